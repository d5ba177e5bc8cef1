// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/bulkfacts.h"

#include "store/manyrows.h"

#include <tuple>

namespace wg {

namespace {

/// Kind and first letters as a number in the order of the texts: what has these in common lies on
/// one page anyway.
quint64 beginningOf(const Named &name)
{
    auto beginning = quint64(name.kind);
    for (std::size_t i = 0; i < 7; ++i)
        beginning = beginning << 8 | (i < name.utf8.size() ? quint8(name.utf8[i]) : 0);
    return beginning;
}

std::optional<qint64> secondsOf(std::optional<Instant> at)
{
    return at ? std::optional(at->seconds()) : std::nullopt;
}

} // namespace

std::string_view BulkFacts::Row::rid() const
{
    const FactBatch::Row &row = told();
    if (row.identity == Identity::Type)
        return "T";
    return row.cut ? std::string_view(reinterpret_cast<const char *>(row.id.data()), row.id.size())
                   : std::string_view();
}

bool BulkFacts::isBefore(const Row &one, const Row &two)
{
    const auto numbers = [](const Row &row) { return std::tie(row.owner, row.dataset, row.type); };
    if (numbers(one) != numbers(two))
        return numbers(one) < numbers(two);
    const int byKey = one.vkey().compare(two.vkey());
    return byKey != 0 ? byKey < 0 : one.rid() < two.rid();
}

bool BulkFacts::isSame(const Row &one, const Row &two)
{
    return one.owner == two.owner && one.dataset == two.dataset && one.type == two.type
        && one.vkey() == two.vkey() && one.rid() == two.rid();
}

int BulkFacts::write(const FactBatch &batch, const std::vector<bool> &leftOut,
                     const Telling &telling)
{
    takeRows(batch, leftOut);
    std::stable_sort(m_rows.begin(), m_rows.end(), isBefore);
    joinRepeated();
    const int added = writeFacts(telling);
    writeReverse();
    m_rows.clear();
    m_joined.clear();
    return added;
}

void BulkFacts::takeRows(const FactBatch &batch, const std::vector<bool> &leftOut)
{
    std::vector<bool> used(batch.ends().size(), leftOut.empty());
    for (std::size_t i = 0; i < leftOut.size(); ++i) {
        const FactBatch::Row &told = batch.rows()[i];
        if (leftOut[i])
            continue;
        used[told.owner] = true;
        if (told.value)
            used[*told.value] = true;
    }
    const std::vector<Interned> ends = numbersOf(batch, used);
    std::vector<qint64> types;
    for (const QString &type : batch.types())
        types.push_back(m_interner.word(type));
    m_rows.reserve(batch.size());
    for (std::size_t i = 0; i < batch.size(); ++i) {
        if (!leftOut.empty() && leftOut[i])
            continue;
        const FactBatch::Row &told = batch.rows()[i];
        const Interned owner = ends[told.owner];
        m_rows.push_back({&batch, i, owner.number, types[told.type],
                          told.value ? ends[*told.value].number : 0, told.dataset, owner.fresh});
    }
}

/// Of those that are used.
std::vector<Interned> BulkFacts::numbersOf(const FactBatch &batch, const std::vector<bool> &used)
{
    const auto nameOf = [&batch](std::size_t place) {
        const FactBatch::End &end = batch.ends()[place];
        return Named{end.kind, batch.text(end.text)};
    };
    std::vector<std::pair<quint64, std::size_t>> order;
    order.reserve(used.size());
    for (std::size_t place = 0; place < used.size(); ++place) {
        if (used[place])
            order.emplace_back(beginningOf(nameOf(place)), place);
    }
    std::sort(order.begin(), order.end());
    std::vector<Named> sorted;
    sorted.reserve(order.size());
    for (const auto &[beginning, place] : order)
        sorted.push_back(nameOf(place));
    const auto numbers = m_interner.interned(sorted);
    std::vector<Interned> inTheirOrder(used.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        inTheirOrder[order[i].second] = numbers[i];
    return inTheirOrder;
}

/// Rows of a file that tell of one fact are one record, as in an answer; but for what many tell
/// together.
void BulkFacts::joinRepeated()
{
    std::size_t kept = 0;
    for (std::size_t i = 1; i < m_rows.size(); ++i) {
        Row &row = m_rows[i];
        Row &last = m_rows[kept];
        if (!isSame(last, row) || FactRows::manyTell(row.dataset)) {
            if (++kept != i)
                m_rows[kept] = row;
            continue;
        }
        Record joined = last.batch->record(last.place);
        const Record twin = row.batch->record(row.place);
        joinRecord(joined, twin);
        if (joined.value == twin.value)
            last.value = row.value;
        m_joined.add(joined);
        last.batch = &m_joined;
        last.place = m_joined.size() - 1;
    }
    if (!m_rows.empty())
        m_rows.resize(kept + 1);
}

/// Rows of owners that were met for the first time, of which nothing can be known: each fact once.
std::vector<std::size_t> BulkFacts::freshRows() const
{
    std::vector<std::size_t> fresh;
    fresh.reserve(m_rows.size());
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const bool repeated = !fresh.empty() && isSame(m_rows[i], m_rows[fresh.back()]);
        if (m_rows[i].freshOwner && !repeated)
            fresh.push_back(i);
    }
    return fresh;
}

/// As FactRows::insertFact names the columns.
void BulkFacts::bindFact(Statement &to, const Row &row, const Telling &telling, bool atOnce)
{
    const FactBatch::Row &told = row.told();
    to.bind(row.owner);
    to.bind(int(row.dataset));
    to.bind(row.type);
    to.bindKept(row.vkey());
    to.bindKeptBytes(row.rid());
    to.bind(telling.source);
    to.bind(telling.seq);
    to.bind(traitsOf(Presence::Historical, std::nullopt));
    to.bind(secondsOf(told.worldFirst));
    to.bind(secondsOf(told.worldLast));
    if (told.said.size > 0)
        to.bindKept(row.batch->text(told.said));
    else
        to.bind(std::nullopt);
    to.bind(atOnce ? std::nullopt : std::optional(telling.at));
}

int BulkFacts::writeFacts(const Telling &telling)
{
    const std::vector<std::size_t> fresh = freshRows();
    const bool atOnce = !fresh.empty() && m_facts.noteTelling(telling.seq, telling.at);
    writeMany(m_database, FactRows::insertFact, fresh.size(), [&](Statement &to, std::size_t i) {
        bindFact(to, m_rows[fresh[i]], telling, atOnce);
    });
    for (const std::size_t i : fresh) {
        const Row &row = m_rows[i];
        const FactBatch::Row &told = row.told();
        if (row.value != 0) {
            m_back.push_back({row.value, row.owner, row.type, quint32(i), row.dataset,
                              told.ownKey && row.rid().empty()});
        }
        if (row.batch->ends()[told.owner].kind == ArtifactKind::Cidr)
            m_facts.addNetwork(row.owner, row.batch->record(row.place));
    }
    int added = int(fresh.size());
    auto next = fresh.cbegin();
    for (std::size_t i = 0; i < m_rows.size() && !m_database.failed(); ++i) {
        if (next != fresh.cend() && *next == i)
            ++next;
        else
            added += int(writeKnown(m_rows[i], telling));
    }
    return added;
}

/// The source's own open span widens; a source that never said it opens one. True when the state is
/// new.
bool BulkFacts::writeKnown(const Row &row, const Telling &telling)
{
    const Record record = row.batch->record(row.place);
    SpanRow told;
    told.source = telling.source;
    told.toldSeq = telling.seq;
    told.toldAt = telling.at;
    told.presence = Presence::Historical;
    told.worldFirst = wholeSeconds(record.worldFirst);
    told.worldLast = wholeSeconds(record.worldLast);
    const FactKey key = m_facts.keyOf(record);
    const Hash128 state = recordState(record);
    const QList<SpanRow> spans = m_facts.spans(key);
    for (SpanRow span : spans) {
        if (span.source != told.source || span.goneAt || span.state != state)
            continue;
        const SpanRow old = span;
        widen(span.worldFirst, span.worldLast, told.worldFirst, told.worldLast);
        if (span.worldFirst != old.worldFirst || span.worldLast != old.worldLast)
            m_facts.moveWorld(key, span);
        m_facts.joinWhereManyTell(key, record, state);
        return false;
    }
    return m_facts.tell(key, told, record);
}

void BulkFacts::writeReverse()
{
    // Their facts are sorted already.
    std::sort(m_back.begin(), m_back.end(), [](const Back &a, const Back &b) {
        return std::tie(a.value, a.dataset, a.row) < std::tie(b.value, b.dataset, b.row);
    });
    writeMany(m_database, FactRows::insertReverse, m_back.size(),
              [&](Statement &to, std::size_t i) {
                  const Back &back = m_back[i];
                  to.bind(back.value);
                  to.bind(int(back.dataset));
                  to.bind(back.owner);
                  to.bind(back.type);
                  const Row &row = m_rows[back.row];
                  to.bindKept(back.ownKey || row.told().ownKey ? std::string_view() : row.vkey());
                  to.bindKeptBytes(back.ownKey ? std::string_view() : row.rid());
              });
    struct Count
    {
        qint64 value = 0;
        Dataset dataset = Dataset::Dns;
        qint64 facts = 0;
    };
    std::vector<Count> counts;
    for (const Back &back : m_back) {
        if (counts.empty() || counts.back().value != back.value
            || counts.back().dataset != back.dataset)
            counts.push_back({back.value, back.dataset, 0});
        ++counts.back().facts;
    }
    writeMany(m_database, FactRows::countReverse, counts.size(), [&](Statement &to, std::size_t i) {
        to.bind(counts[i].value);
        to.bind(int(counts[i].dataset));
        to.bind(counts[i].facts);
    });
    m_back.clear();
}

} // namespace wg
