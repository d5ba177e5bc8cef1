// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/cofimport.h"

#include "core/entitytext.h"
#include "sources/cofline.h"
#include "sources/linebuffer.h"
#include "sources/zoneline.h"

using namespace Qt::StringLiterals;

namespace wg {

namespace {

constexpr qsizetype mostBadTold = 100;
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
    Parts(QIODevice &device, Instant now, int most)
        : lines(device)
        , batchSize(std::max(most, 1))
        , cof(now)
        , zone(now)
    { }

    LineBuffer lines;
    qsizetype batchSize;
    CofLine cof;
    ZoneLine zone;
    ImportTally tally;
    QList<Record> leftOver; ///< of a line with more records than the batch had room for
    std::optional<ImportKind> kind;
    bool openTold = false; ///< that the last frame or entry is not closed

    [[nodiscard]] bool isOpen() const
    {
        return kind == ImportKind::Zone ? zone.isOpen() : cof.isOpen();
    }

    void bad(QString why);
    template <class T>
    Result<QList<T>> batch(QList<T> first,
                           const std::function<void(const TextLine &, QList<T> &)> &take);
    void takeRecords(const TextLine &line, QList<Record> &out);
    void takeList(const TextLine &line, QList<Artifact> &out);
};

void ImportReader::Parts::bad(QString why)
{
    ++tally.bad;
    if (tally.firstBad.size() < mostBadTold)
        tally.firstBad.append({tally.lines, std::move(why)});
}

template <class T>
Result<QList<T>>
ImportReader::Parts::batch(QList<T> out,
                           const std::function<void(const TextLine &, QList<T> &)> &take)
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
    return out;
}

void ImportReader::Parts::takeRecords(const TextLine &line, QList<Record> &out)
{
    const qsizetype before = out.size();
    QString problem = kind == ImportKind::Zone
        ? zone.read({line.start, std::size_t(line.size)}, line.indented, out)
        : cof.read(line.start, line.size, out);
    tally.records += out.size() - before;
    if (!problem.isEmpty())
        bad(std::move(problem));
}

void ImportReader::Parts::takeList(const TextLine &line, QList<Artifact> &out)
{
    QList<Artifact> found = findEntities(QString::fromUtf8(line.start, line.size));
    if (found.isEmpty()) {
        bad(u"no domain or address in \"%1\""_s.arg(
            madeVisible(QString::fromUtf8(line.start, std::min<qsizetype>(line.size, 200)), 80)));
        return;
    }
    dropHostsColumn(found);
    tally.entities += found.size();
    out += found;
}

ImportReader::ImportReader(QIODevice &device, Instant now, int batchSize)
    : m_parts(std::make_unique<Parts>(device, now, batchSize))
{ }

ImportReader::~ImportReader() = default;

Result<ImportKind> ImportReader::kind()
{
    if (m_parts->kind)
        return *m_parts->kind;
    const QByteArrayView start = m_parts->lines.beginning();
    if (!m_parts->lines.error().isEmpty())
        return Error{ErrorCode::Failed, m_parts->lines.error()};
    if (start.startsWith("\xff\xfe") || start.startsWith("\xfe\xff"))
        return Error{ErrorCode::Malformed, u"the file is UTF-16; save it as UTF-8"_s};
    if (start.contains('\0'))
        return Error{ErrorCode::Malformed, u"the file is not text"_s};
    qsizetype at = 0;
    while (at < start.size()) { // the first line that says something
        const qsizetype end = start.indexOf('\n', at);
        const QByteArrayView line = start.sliced(at, (end < 0 ? start.size() : end) - at).trimmed();
        if (line.startsWith('{'))
            return *(m_parts->kind = ImportKind::CofNdjson);
        if (line.startsWith("[{") || line.startsWith("[\"") || line == "[")
            return Error{ErrorCode::Malformed,
                         u"the file is one JSON array; one object per line is needed"_s};
        if (line.startsWith('<'))
            return Error{ErrorCode::Malformed, u"the file is a web page or XML"_s};
        if (ZoneLine::isZone({line.data(), std::size_t(line.size())}))
            return *(m_parts->kind = ImportKind::Zone);
        if (!line.isEmpty() && !line.startsWith('#') && !line.startsWith(';'))
            break;
        at = end < 0 ? start.size() : end + 1;
    }
    if (findEntities(QString::fromUtf8(start), 1).isEmpty()) {
        return Error{
            ErrorCode::Malformed,
            u"the file holds neither passive DNS (COF, one object per line) nor a zone nor "
            "a list of domains or addresses"_s};
    }
    return *(m_parts->kind = ImportKind::EntityList);
}

Result<QList<Record>> ImportReader::nextRecords()
{
    if (const auto known = kind(); !known)
        return known.error();
    if (*m_parts->kind == ImportKind::EntityList)
        return QList<Record>();
    QList<Record> first = std::exchange(m_parts->leftOver, {});
    if (first.isEmpty())
        first.reserve(m_parts->batchSize);
    auto batch =
        m_parts->batch<Record>(std::move(first), [this](const TextLine &line, QList<Record> &out) {
            m_parts->takeRecords(line, out);
        });
    const bool ended = batch && batch->size() < m_parts->batchSize;
    if (ended && m_parts->isOpen() && !std::exchange(m_parts->openTold, true)) {
        m_parts->bad(m_parts->kind == ImportKind::Zone
                         ? u"the file ends within an entry in parentheses"_s
                         : u"the file ends before the server said that its answer is whole"_s);
    }
    if (batch && batch->size() > m_parts->batchSize) {
        m_parts->leftOver = batch->mid(m_parts->batchSize);
        batch->resize(m_parts->batchSize);
    }
    return batch;
}

Result<QList<Artifact>> ImportReader::nextEntities()
{
    if (const auto known = kind(); !known)
        return known.error();
    if (*m_parts->kind != ImportKind::EntityList)
        return QList<Artifact>();
    return m_parts->batch<Artifact>(
        {}, [this](const TextLine &line, QList<Artifact> &out) { m_parts->takeList(line, out); });
}

const ImportTally &ImportReader::tally() const
{
    return m_parts->tally;
}

} // namespace wg
