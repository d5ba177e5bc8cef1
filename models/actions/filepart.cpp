// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/filepart.h"

#include "core/record.h"

#include <QDateTime>
#include <QFileInfo>
#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

constexpr QLatin1String mapEnding{".map"};
/// By the beginning of a file, and by what stands before the offset, one is known again.
constexpr qint64 knownBy = 64 << 10;
/// Longer lines are passed over in any case.
constexpr qint64 longestLine = 1 << 20;
constexpr qint64 mostMapping = 64 << 10;

/// Formats whose lines say the same wherever they stand, if they come behind the head.
bool canGoOn(const QString &format)
{
    constexpr std::array formats{"csv"_L1,      "squid"_L1,     "clf"_L1,  "zeek"_L1,
                                 "iptables"_L1, "filterlog"_L1, "json"_L1, "cof"_L1};
    return std::any_of(formats.begin(), formats.end(),
                       [&format](QLatin1String each) { return format == each; });
}

QByteArray bytesAt(QFile &file, qint64 from, qint64 most)
{
    return file.seek(from) ? file.read(most) : QByteArray();
}

QString hashBefore(QFile &file, qint64 offset)
{
    const qint64 size = std::min(offset, knownBy);
    return hexOf(hashOf(bytesAt(file, 0, size) + bytesAt(file, offset - size, size)));
}

/// Behind the last line end.
qint64 wholeLines(QFile &file)
{
    const qint64 size = file.size();
    const qint64 from = std::max<qint64>(0, size - longestLine);
    const qsizetype last = bytesAt(file, from, size - from).lastIndexOf('\n');
    return last < 0 ? from : from + last + 1;
}

/// Comments at the beginning and, of a table, the header behind them.
QByteArray headOf(QFile &file, const QString &format, const ImportOptions &options)
{
    QByteArray head;
    const bool table = format == "csv"_L1;
    if (!table && format != "zeek"_L1)
        return head;
    const bool headless = options.columns.section(u'=', 0, 0).trimmed().toInt() > 0;
    file.seek(0);
    for (QByteArray line = file.readLine(longestLine); !line.isEmpty();
         line = file.readLine(longestLine)) {
        const bool comment =
            line.startsWith('#') || line.startsWith("\xef\xbb\xbf#") || line.trimmed().isEmpty();
        if (comment || (table && !headless))
            head += line;
        if (!comment || head.size() > longestLine)
            break;
    }
    return head;
}

/// "map = COLUMN=FIELD,…", "dataset = NAME", "format = NAME", one a line.
Result<ImportOptions> mappingIn(const QString &path)
{
    ImportOptions options;
    options.turn = ImportTurn::Folder;
    if (path.isEmpty())
        return options;
    const QString name = madeVisible(QFileInfo(path).fileName(), 80);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorCode::NotFound, u"%1 cannot be read: %2"_s.arg(name, file.errorString())};
    const QStringList lines = QString::fromUtf8(file.read(mostMapping)).split(u'\n');
    for (const QString &line : lines) {
        const QString text = line.trimmed();
        if (text.isEmpty() || text.startsWith(u'#'))
            continue;
        const QString key = text.section(u'=', 0, 0).trimmed();
        const QString value = text.section(u'=', 1).trimmed();
        if (key == "map"_L1)
            options.columns = value;
        else if (key == "format"_L1)
            options.format = value;
        else if (key == "dataset"_L1)
            options.dataset = datasetByName(value);
        if ((key != "map"_L1 && key != "format"_L1 && key != "dataset"_L1)
            || (key == "dataset"_L1 && !options.dataset)) {
            return Error{ErrorCode::Usage,
                         u"%1: a line is map = COLUMN=FIELD,… or dataset = NAME or format = NAME; "
                         "\"%2\" is none"_s.arg(name, madeVisible(text, 80))};
        }
    }
    return options;
}

Error unreadable(const QString &path, const QString &why)
{
    return {ErrorCode::NotFound,
            u"%1 cannot be read: %2"_s.arg(madeVisible(QFileInfo(path).fileName(), 80), why)};
}

} // namespace

QString FileMemory::text() const
{
    return QStringList{version, map, format, QString::number(offset), start}.join(u'|');
}

FileMemory FileMemory::fromText(const QString &text)
{
    const QStringList parts = text.split(u'|');
    return {parts.value(0), parts.value(1), parts.value(2), parts.value(3).toLongLong(),
            parts.value(4)};
}

FilePart::FilePart(const QString &path, QByteArray head)
    : m_file(path)
    , m_head(std::move(head))
{ }

Result<Done> FilePart::openAt(qint64 from, qint64 end)
{
    if (!m_file.open(QIODevice::ReadOnly) || !m_file.seek(from))
        return unreadable(m_file.fileName(), m_file.errorString());
    m_end = end;
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    return Done{};
}

bool FilePart::atEnd() const
{
    return m_head.isEmpty() && m_file.pos() >= m_end;
}

qint64 FilePart::readData(char *data, qint64 most)
{
    if (m_head.isEmpty())
        return m_file.read(data, std::min(most, m_end - m_file.pos()));
    const qint64 size = std::min<qint64>(most, m_head.size());
    std::copy_n(m_head.constData(), size, data);
    m_head.remove(0, size);
    return size;
}

QString mappingFileOf(const QString &path)
{
    const QString own = path + mapEnding;
    if (QFile::exists(own))
        return own;
    const QString all = QFileInfo(path).path() + u"/default"_s + mapEnding;
    return QFile::exists(all) ? all : QString();
}

bool isMappingFile(const QString &path)
{
    return path.endsWith(mapEnding);
}

FileMemory memoryOfSame(const QString &path, const QList<FileMemory> &others)
{
    FileMemory same;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return same;
    for (const FileMemory &other : others) {
        if (other.offset > same.offset && other.offset <= file.size()
            && hashBefore(file, other.offset) == other.start)
            same = other;
    }
    return same;
}

Result<FileOpening> openFilePart(const QString &path, const FileMemory &memory, LastLine lastLine)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return unreadable(path, file.errorString());
    FileOpening opening;
    const QString mapping = mappingFileOf(path);
    opening.map = mapping.isEmpty()
        ? QString()
        : QString::number(QFileInfo(mapping).lastModified().toMSecsSinceEpoch());
    const auto options = mappingIn(mapping);
    if (!options)
        return options.error();
    opening.options = *options;
    opening.end = wholeLines(file);
    opening.cut = opening.end < file.size();
    const bool goesOn = memory.offset > 0 && memory.offset <= opening.end
        && memory.map == opening.map && canGoOn(memory.format)
        && hashBefore(file, memory.offset) == memory.start;
    QByteArray head;
    if (goesOn) {
        opening.from = memory.offset;
        head = headOf(file, memory.format, opening.options);
        opening.options.format = memory.format;
    }
    opening.start = hashBefore(file, opening.end);
    const qint64 end = lastLine == LastLine::Taken ? file.size() : opening.end;
    if (end <= opening.from && (goesOn || opening.cut))
        return opening;
    opening.device = std::make_shared<FilePart>(path, head);
    if (const auto opened = opening.device->openAt(opening.from, end); !opened)
        return opened.error();
    return opening;
}

} // namespace wg
