// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/importreader.h"

#include "core/entitytext.h"
#include "sources/cofline.h"
#include "sources/contactbook.h"
#include "sources/linebuffer.h"
#include "sources/tablehead.h"
#include "sources/tablereader.h"
#include "sources/zoneline.h"

using namespace Qt::StringLiterals;

namespace wg {

namespace {

constexpr qsizetype mostBadTold = 100;
/// Records that the last line of a batch may bring beyond it.
constexpr qsizetype usualOverhang = 16;
constexpr QLatin1String tooLong{"the line is longer than 1 MiB"};

bool isThisHost(const Artifact &a)
{
    static const QSet<QString> values{u"0.0.0.0"_s, u"127.0.0.1"_s, u"::"_s, u"::1"_s};
    return isAddress(a) && values.contains(a.value);
}

/// "0.0.0.0 ads.example.com" in a hosts file is about the name only.
void dropHostsColumn(QList<Artifact> &entities)
{
    const auto isName = [](const Artifact &a) { return !isAddress(a); };
    if (entities.size() > 1 && std::any_of(entities.cbegin(), entities.cend(), isName))
        entities.removeIf(isThisHost);
}

} // namespace

struct ImportReader::Parts
{
    Parts(QIODevice &device, Instant at, int most, ImportOptions said)
        : lines(device)
        , batchSize(std::max(most, 1))
        , now(at)
        , options(std::move(said))
        , cof(at)
        , zone(at)
        , contacts(options.ownNames, at)
    { }

    LineBuffer lines;
    qsizetype batchSize;
    Instant now;
    ImportOptions options;
    CofLine cof;
    ZoneLine zone;
    std::unique_ptr<TableReader> table;
    std::unique_ptr<LogReader> log;
    ContactBook contacts;
    ImportTally tally;
    QList<Record> leftOver; ///< of a line with more records than the batch had room for
    qsizetype leftTaken = 0; ///< of them
    std::optional<FoundKind> found;
    bool openTold = false; ///< that the last frame or entry is not closed
    bool logRead = false; ///< to its end
    bool tableRead = false; ///< to its end
    bool header = false; ///< of a table that is read as a list, to come

    [[nodiscard]] bool is(ImportKind kind) const { return found && found->kind == kind; }
    [[nodiscard]] bool isOpen() const
    {
        return is(ImportKind::Zone) ? zone.isOpen() : is(ImportKind::CofNdjson) && cof.isOpen();
    }

    void bad(QString why) { bad(std::move(why), tally.lines); }
    void bad(QString why, qint64 line);
    template <class Out, class Take>
    Result<Done> readLines(Out &out, Take take);
    void takeRecords(const TextLine &line, RecordBatch &out);
    void takeList(const TextLine &line, QList<Artifact> &out);
    void takeLog(const TextLine &line);
    Result<bool> readLog();
    Result<Done> logRecords(QList<Record> &records);
    void takeRow(QList<Record> &records);
    Result<Done> tableRecords(QList<Record> &records);
    Result<Done> lineRecords(QList<Record> &records);
};

void ImportReader::Parts::bad(QString why, qint64 line)
{
    ++tally.bad;
    if (tally.firstBad.size() < mostBadTold)
        tally.firstBad.append({line, std::move(why)});
}

/// Calls take(line, out) for every line that says something until there is a batch.
template <class Out, class Take>
Result<Done> ImportReader::Parts::readLines(Out &out, Take take)
{
    TextLine line;
    while (out.size() < batchSize && lines.next(line)) {
        ++tally.lines;
        if (line.tooLong) {
            bad(tooLong);
            zone.lose();
        } else if (!line.isBlank() && line.start[0] != '#')
            take(line, out);
    }
    if (!lines.error().isEmpty())
        return Error{ErrorCode::Failed, lines.error()};
    return Done();
}

void ImportReader::Parts::takeRecords(const TextLine &line, RecordBatch &out)
{
    const qsizetype before = out.size();
    QString problem = is(ImportKind::Zone)
        ? zone.read({line.start, std::size_t(line.size)}, line.indented, out)
        : cof.read(line.start, line.size, out);
    tally.records += out.size() - before;
    if (!problem.isEmpty())
        bad(std::move(problem));
}

void ImportReader::Parts::takeList(const TextLine &line, QList<Artifact> &out)
{
    if (header) {
        header = isTableComment(QByteArrayView(line.start, line.size));
        return;
    }
    QList<Artifact> listed = findEntities(QString::fromUtf8(line.start, line.size));
    if (listed.isEmpty()) {
        bad(u"no domain or address in \"%1\""_s.arg(
            madeVisible(QString::fromUtf8(line.start, std::min<qsizetype>(line.size, 200)), 80)));
        return;
    }
    dropHostsColumn(listed);
    tally.entities += listed.size();
    out += listed;
}

void ImportReader::Parts::takeLog(const TextLine &line)
{
    LogLine told;
    auto verdict = log->read({line.start, std::size_t(line.size)}, told);
    if (verdict == LogVerdict::Contact) {
        switch (contacts.enter(told)) {
        case ContactBook::Entered::Counted:
            return;
        case ContactBook::Entered::Internal:
            verdict = LogVerdict::OwnServer;
            break;
        case ContactBook::Entered::Elsewise:
            verdict = LogVerdict::Elsewise;
            break;
        case ContactBook::Entered::NoEntity:
            return bad(u"it names no domain and no address"_s);
        case ContactBook::Entered::NotYet:
            return bad(u"its date has not come yet"_s);
        }
    }
    if (verdict == LogVerdict::OwnServer)
        ++tally.internal;
    else if (verdict == LogVerdict::Bad)
        bad(u"it is no line of a %1 log"_s.arg(found->name()));
    else if (line.start[0] != '#')
        ++tally.elsewise;
}

/// A batch of lines into the book. False at the end, and when the book is full.
Result<bool> ImportReader::Parts::readLog()
{
    TextLine line;
    for (qsizetype i = 0; i < batchSize; ++i) {
        if (contacts.isFull())
            return false;
        if (!lines.next(line)) {
            logRead = true;
            if (!lines.error().isEmpty())
                return Error{ErrorCode::Failed, lines.error()};
            return false;
        }
        ++tally.lines;
        if (line.tooLong)
            bad(tooLong);
        else if (!line.isBlank())
            takeLog(line);
    }
    return true;
}

Result<Done> ImportReader::Parts::logRecords(QList<Record> &records)
{
    records = contacts.take(batchSize);
    while (records.isEmpty() && !logRead) {
        for (bool more = true; more;) {
            const auto read = readLog();
            if (!read)
                return read.error();
            more = *read;
        }
        records = contacts.take(batchSize);
    }
    tally.records += records.size();
    return Done();
}

/// What a row tells of contact is counted as a log's line is, the rest stays.
void ImportReader::Parts::takeRow(QList<Record> &records)
{
    if (records.isEmpty() || records.last().dataset != Dataset::Sightings)
        return;
    switch (contacts.enter(records.takeLast())) {
    case ContactBook::Entered::Counted:
        break;
    case ContactBook::Entered::Internal:
        ++tally.internal;
        break;
    case ContactBook::Entered::Elsewise:
        ++tally.elsewise;
        break;
    case ContactBook::Entered::NoEntity:
        bad(u"it names no domain and no address"_s, table->line());
        break;
    case ContactBook::Entered::NotYet: // a table's dates were looked at when its row was read
        break;
    }
}

/// Rows until there are records to tell: what tells of contact is known at the end, or when there
/// is too much of it.
Result<Done> ImportReader::Parts::tableRecords(QList<Record> &records)
{
    records.clear();
    do {
        while (!tableRead && records.size() < batchSize && !contacts.isFull()) {
            const qsizetype before = records.size();
            const auto row = table->next(records);
            if (!row)
                return row.error();
            tableRead = *row == TableReader::Row::End;
            tally.lines = table->lines();
            if (!tableRead && !table->trouble().isEmpty())
                bad(table->trouble(), table->line());
            if (records.size() > before)
                takeRow(records);
        }
        if (tableRead || contacts.isFull())
            records += contacts.take(batchSize - records.size());
    } while (records.isEmpty() && !tableRead);
    tally.records += records.size();
    return Done();
}

Result<Done> ImportReader::Parts::lineRecords(QList<Record> &records)
{
    records.reserve(batchSize + usualOverhang);
    RecordBatch batch(records);
    for (; leftTaken < leftOver.size() && batch.size() < batchSize; ++leftTaken)
        batch.add() = std::move(leftOver[leftTaken]);
    if (leftTaken < leftOver.size()) {
        batch.finish();
        return Done();
    }
    leftTaken = 0;
    leftOver.clear();
    const auto read = readLines(
        batch, [this](const TextLine &line, RecordBatch &out) { takeRecords(line, out); });
    leftOver = batch.takeBeyond(batchSize);
    if (!read)
        return read.error();
    if (records.size() < batchSize && isOpen() && !std::exchange(openTold, true)) {
        bad(is(ImportKind::Zone)
                ? u"the file ends within an entry in parentheses"_s
                : u"the file ends before the server said that its answer is whole"_s);
    }
    return Done();
}

ImportReader::ImportReader(QIODevice &device, Instant now, int batchSize, ImportOptions options)
    : m_parts(std::make_unique<Parts>(device, now, batchSize, std::move(options)))
{ }

ImportReader::~ImportReader() = default;

Result<ImportKind> ImportReader::kind()
{
    Parts &parts = *m_parts;
    if (parts.found)
        return parts.found->kind;
    const QByteArrayView start = parts.lines.beginning();
    if (!parts.lines.error().isEmpty())
        return Error{ErrorCode::Failed, parts.lines.error()};
    const auto found = importKind(start, parts.options, parts.now);
    if (!found)
        return found.error();
    parts.found = *found;
    if (found->kind == ImportKind::Log)
        parts.log = makeLogReader(found->log, parts.now);
    parts.tally.unread = found->likeLog
        ? u"its lines look like those of a log, of no kind that is known"_s
        : found->unread;
    parts.header = !found->unread.isEmpty() && !found->commented;
    if (found->kind == ImportKind::Table) {
        parts.tally.ignored = found->columns.ignored;
        parts.table = std::make_unique<TableReader>(
            parts.lines, TableLine(found->columns, parts.options.dataset, parts.now),
            parts.options.turn == ImportTurn::Folder ? TableReader::HalfRow::PassedOver
                                                     : TableReader::HalfRow::Read);
    }
    return found->kind;
}

QString ImportReader::kindName() const
{
    return m_parts->found ? m_parts->found->name() : QString();
}

Result<bool> ImportReader::readAhead()
{
    if (const auto known = kind(); !known)
        return known.error();
    return m_parts->is(ImportKind::Log) ? m_parts->readLog() : Result<bool>(false);
}

Result<Done> ImportReader::nextRecords(QList<Record> &batch)
{
    const auto known = kind();
    if (!known)
        return known.error();
    switch (*known) {
    case ImportKind::EntityList:
        batch.clear();
        return Done();
    case ImportKind::Log:
        return m_parts->logRecords(batch);
    case ImportKind::Table:
        return m_parts->tableRecords(batch);
    case ImportKind::CofNdjson:
    case ImportKind::Zone:
        return m_parts->lineRecords(batch);
    }
    Q_UNREACHABLE();
}

Result<QList<Artifact>> ImportReader::nextEntities()
{
    if (const auto known = kind(); !known)
        return known.error();
    if (!m_parts->is(ImportKind::EntityList))
        return QList<Artifact>();
    QList<Artifact> entities;
    const auto read =
        m_parts->readLines(entities, [this](const TextLine &line, QList<Artifact> &out) {
            m_parts->takeList(line, out);
        });
    if (!read)
        return read.error();
    return entities;
}

const ImportTally &ImportReader::tally() const
{
    return m_parts->tally;
}

} // namespace wg
