// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/importkind.h"

#include "core/entitytext.h"
#include "core/nearest.h"
#include "core/untrustedtext.h"
#include "sources/tablehead.h"
#include "sources/zoneline.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// The first lines may be about something else than contact, or cut by a rotation.
constexpr int mostLinesTried = 20;

/// What --format takes, in the order in which the documentation has them.
const QStringList &formatNames()
{
    static const QStringList names{u"cof"_s, u"zone"_s, u"entities"_s, u"csv"_s,       u"squid"_s,
                                   u"clf"_s, u"zeek"_s, u"iptables"_s, u"filterlog"_s, u"json"_s};
    return names;
}

std::string_view viewOf(QByteArrayView bytes)
{
    return {bytes.data(), std::size_t(bytes.size())};
}

FoundKind tableOf(TableColumns columns)
{
    FoundKind found{ImportKind::Table, LogFormat::Squid, {}};
    found.columns = std::move(columns);
    return found;
}

/// The header of a table: its first line, or the last comment before it.
Result<FoundKind> tableIn(QByteArrayView start, const ImportOptions &options)
{
    const TableHead head = tableHead(start);
    Error why{ErrorCode::Malformed, u"the file is empty"_s};
    if (!head.first.isEmpty()) {
        auto columns = tableColumns(head.first, options);
        if (columns)
            return tableOf(*std::move(columns));
        why = columns.error();
    }
    QByteArrayView comment = head.comment;
    while (comment.startsWith('#') || comment.startsWith(' '))
        comment = comment.sliced(1);
    if (comment.isEmpty())
        return why;
    auto columns = tableColumns(comment, options);
    if (columns)
        return tableOf(*std::move(columns));
    return head.commented ? columns.error() : why;
}

/// One of the first lines is one of a log.
std::optional<LogFormat> logIn(QByteArrayView start, Instant now)
{
    for (int i = 0; i < mostLinesTried && !start.isEmpty(); ++i) {
        const QByteArrayView line = takeLine(start);
        if (const auto format = recogniseLog(viewOf(line.trimmed()), now))
            return format;
    }
    return std::nullopt;
}

/// One of the first lines has a member that only passive DNS has.
bool isPassiveDns(QByteArrayView start)
{
    for (int i = 0; i < mostLinesTried && !start.isEmpty(); ++i) {
        const std::string_view line = viewOf(takeLine(start));
        for (const std::string_view member : {"\"rrname\"", "\"cond\"", "\"obj\""}) {
            if (line.find(member) != std::string_view::npos)
                return true;
        }
    }
    return false;
}

/// Objects of a kind that nobody knows.
Error unknownJson()
{
    return {ErrorCode::Malformed,
            u"the JSON lines are neither passive DNS (COF: rrname, rrtype, rdata) nor a log with "
            "the usual names of Zeek, Suricata or the Elastic Common Schema; --format says what "
            "the file is: %1"_s.arg(formatNames().join(", "_L1))};
}

/// A header that nobody understood and rows below it: in one column the header names no entity and
/// the first row does.
bool looksLikeTable(const TableHead &head)
{
    QByteArrayView rest = head.rest;
    const QByteArrayView header = head.first;
    const QByteArrayView row = takeLine(rest);
    const auto isEntity = [](const QByteArray &cell) {
        return parseEntity(QString::fromUtf8(cell.trimmed())).ok();
    };
    for (const char separator : {',', ';', '\t', '|'}) {
        const QList<QByteArray> names = header.toByteArray().replace('"', "").split(separator);
        const QList<QByteArray> cells = row.toByteArray().replace('"', "").split(separator);
        for (qsizetype i = 0; names.size() > 1 && i < std::min(names.size(), cells.size()); ++i) {
            if (!names[i].trimmed().isEmpty() && !isEntity(names[i]) && isEntity(cells[i]))
                return true;
        }
    }
    return false;
}

/// Time of day and words behind it, as every program writes its log.
bool looksLikeLog(QByteArrayView start)
{
    static const QRegularExpression stamp(
        u"(?:\\d{2}:\\d{2}:\\d{2}|^\\S*\\b1[5-9]\\d{8}\\b).*\\s\\S+\\s\\S+"_s);
    int lines = 0;
    int stamped = 0;
    while (lines < mostLinesTried && !start.isEmpty()) {
        const QByteArrayView line = takeLine(start).trimmed();
        if (line.isEmpty() || line.startsWith('#') || line.startsWith(';'))
            continue;
        ++lines;
        stamped += stamp.match(QString::fromUtf8(line.first(std::min<qsizetype>(line.size(), 500))))
                       .hasMatch();
    }
    return stamped > 0 && 2 * stamped >= lines;
}

/// What is told by the first line that says something; nothing for one that is like a list's.
Result<std::optional<ImportKind>> plainKind(QByteArrayView start)
{
    using Plain = std::optional<ImportKind>;
    while (!start.isEmpty()) {
        const QByteArrayView lines = start;
        const QByteArrayView line = takeLine(start).trimmed();
        if (line.startsWith('{')) {
            const bool whole = line.endsWith('}') && line.size() > 2;
            if (whole && !isPassiveDns(lines))
                return unknownJson();
            return Plain(ImportKind::CofNdjson);
        }
        if (line.startsWith("[{") || line.startsWith("[\"") || line == "[")
            return Error{ErrorCode::Malformed,
                         u"the file is one JSON array; one object per line is needed"_s};
        if (line.startsWith('<') && !(line.size() > 1 && line[1] >= '0' && line[1] <= '9'))
            return Error{ErrorCode::Malformed, u"the file is a web page or XML"_s};
        if (ZoneLine::isZone(viewOf(line)))
            return Plain(ImportKind::Zone);
        if (!line.isEmpty() && !line.startsWith('#') && !line.startsWith(';'))
            break;
    }
    return Plain();
}

Result<FoundKind> saidKind(QByteArrayView start, const ImportOptions &options)
{
    const QString &format = options.format;
    if (format == "csv"_L1)
        return tableIn(start, options);
    if (const auto log = logFormatByName(format))
        return FoundKind{ImportKind::Log, *log, {}};
    if (format == "cof"_L1)
        return FoundKind{ImportKind::CofNdjson, {}, {}};
    if (format == "zone"_L1)
        return FoundKind{ImportKind::Zone, {}, {}};
    if (format == "entities"_L1)
        return FoundKind{ImportKind::EntityList, {}, {}};
    return Error{ErrorCode::Usage,
                 u"there is no format \"%1\"; the formats are: %2"_s.arg(
                     madeVisible(format, 60), formatNames().join(", "_L1))};
}

} // namespace

QString FoundKind::name() const
{
    switch (kind) {
    case ImportKind::CofNdjson:
        return u"cof"_s;
    case ImportKind::Zone:
        return u"zone"_s;
    case ImportKind::EntityList:
        return u"entities"_s;
    case ImportKind::Table:
        return u"csv"_s;
    case ImportKind::Log:
        return logFormatName(log);
    }
    Q_UNREACHABLE();
}

Result<FoundKind> importKind(QByteArrayView start, const ImportOptions &options, Instant now)
{
    if (start.startsWith("\xff\xfe") || start.startsWith("\xfe\xff"))
        return Error{ErrorCode::Malformed, u"the file is UTF-16; save it as UTF-8"_s};
    if (start.contains('\0'))
        return Error{ErrorCode::Malformed, u"the file is not text"_s};
    if (!options.format.isEmpty())
        return saidKind(start, options);
    if (!options.columns.isEmpty() || options.dataset)
        return tableIn(start, options);
    if (const auto log = logIn(start, now))
        return FoundKind{ImportKind::Log, *log, {}};
    const auto plain = plainKind(start);
    if (!plain)
        return plain.error();
    if (*plain)
        return FoundKind{**plain, {}, {}};
    auto table = tableIn(start, options);
    if (table)
        return table;
    if (!findEntities(QString::fromUtf8(start), 1).isEmpty()) {
        FoundKind list;
        const TableHead head = tableHead(start);
        list.commented = head.commented;
        list.unread = list.commented || looksLikeTable(head) ? table.error().detail : QString();
        list.likeLog = list.unread.isEmpty() && looksLikeLog(start);
        return list;
    }
    return Error{ErrorCode::Malformed,
                 u"the file holds neither passive DNS (COF, one object per line) nor a zone nor a "
                 "list of domains or addresses, nor is it a table or a log that is known; "
                 "--format says what it is: %1"_s.arg(formatNames().join(", "_L1))};
}

} // namespace wg
