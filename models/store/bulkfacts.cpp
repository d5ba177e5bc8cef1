// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/bulkfacts.h"

#include "store/codec.h"
#include "store/manyrows.h"

#include <tuple>

namespace wg {

namespace {

/// Kind and first letters as a number in the order of the texts, or nearly so: what has these in
/// common lies on one page anyway.
quint64 beginningOf(const Artifact &artifact)
{
    auto beginning = quint64(artifact.kind);
    for (qsizetype i = 0; i < 7; ++i) {
        const char16_t letter = i < artifact.value.size() ? artifact.value[i].unicode() : u'\0';
        beginning = beginning << 8 | std::min<quint64>(letter, 0xff);
    }
    return beginning;
}

bool isSame(const FactKey &one, const FactKey &two)
{
    return one.owner == two.owner && one.dataset == two.dataset && one.type == two.type
        && one.vkey == two.vkey && one.id == two.id;
}

} // namespace

/// The place of an artifact among those of this batch. Neighbours share their text.
int BulkFacts::end(const Artifact &artifact)
{
    if (!m_rows.empty()) {
        const Artifact &last = m_ends[std::size_t(m_rows.back().ownerPlace)];
        if (last.kind == artifact.kind && last.value.constData() == artifact.value.constData())
            return m_rows.back().ownerPlace;
    }
    int &place = m_places[artifact]; // one more than the place, 0 for a new one
    if (place == 0) {
        m_ends.push_back(artifact);
        place = int(m_ends.size());
    }
    return place - 1;
}

qint64 BulkFacts::typeNumber(const QString &type)
{
    const auto known = std::find_if(m_types.cbegin(), m_types.cend(),
                                    [&type](const auto &each) { return each.first == type; });
    if (known != m_types.cend())
        return known->second;
    m_types.emplace_back(type, m_interner.word(type));
    return m_types.back().second;
}

void BulkFacts::add(const Record &record)
{
    Row row;
    row.record = &record;
    row.ownerPlace = end(record.owner);
    if (const auto value = FactRows::reverseOf(record))
        row.valuePlace = end(*value);
    FactKey &key = row.key;
    key.dataset = record.dataset;
    key.type = typeNumber(record.type);
    key.identity = record.identity;
    if (record.identity == Identity::Value) {
        key.vkey = codec::sortKey(record.value.raw());
        key.cut = key.vkey.size() < record.value.raw().size();
    }
    if (key.cut)
        key.id = recordId(record);
    m_rows.push_back(row);
}

void BulkFacts::numberArtifacts()
{
    std::vector<std::pair<quint64, std::size_t>> order;
    order.reserve(m_ends.size());
    for (std::size_t place = 0; place < m_ends.size(); ++place)
        order.emplace_back(beginningOf(m_ends[place]), place);
    std::sort(order.begin(), order.end());
    std::vector<const Artifact *> sorted;
    sorted.reserve(order.size());
    for (const auto &[beginning, place] : order)
        sorted.push_back(&m_ends[place]);
    const auto numbers = m_interner.interned(sorted);
    m_numbers.assign(m_ends.size(), {});
    for (std::size_t i = 0; i < order.size(); ++i)
        m_numbers[order[i].second] = numbers[i];
    for (Row &row : m_rows)
        row.key.owner = m_numbers[std::size_t(row.ownerPlace)].number;
}

void BulkFacts::sortRows()
{
    std::stable_sort(m_rows.begin(), m_rows.end(), [](const Row &a, const Row &b) {
        const FactKey &one = a.key;
        const FactKey &two = b.key;
        return std::tie(one.owner, one.dataset, one.type, one.vkey, one.id)
            < std::tie(two.owner, two.dataset, two.type, two.vkey, two.id);
    });
}

/// Rows of a file that tell of one fact are one record, as in an answer; but for what many tell
/// together.
void BulkFacts::joinRepeated()
{
    const auto isTold = [](const Row &kept, const Row &row) {
        return isSame(kept.key, row.key) && !FactRows::manyTell(row.key.dataset);
    };
    std::size_t kept = 0;
    for (std::size_t i = 1; i < m_rows.size(); ++i) {
        Row &row = m_rows[i];
        Row &last = m_rows[kept];
        if (!isTold(last, row)) {
            if (++kept != i)
                m_rows[kept] = row;
            continue;
        }
        if (m_joined.empty() || last.record != &m_joined.back()) {
            m_joined.push_back(*last.record);
            last.record = &m_joined.back();
        }
        joinRecord(m_joined.back(), *row.record);
        if (last.record->value == row.record->value)
            last.valuePlace = row.valuePlace;
    }
    if (!m_rows.empty())
        m_rows.resize(kept + 1);
}

int BulkFacts::write(const Telling &telling)
{
    numberArtifacts();
    sortRows();
    joinRepeated();
    const int added = writeFacts(telling);
    writeReverse();
    m_rows.clear();
    m_joined.clear();
    m_ends.clear();
    m_places.clear();
    return added;
}

SpanRow BulkFacts::spanOf(const Record &record, const Telling &telling)
{
    SpanRow span;
    span.source = telling.source;
    span.toldSeq = telling.seq;
    span.toldAt = telling.at;
    span.presence = Presence::Historical;
    span.worldFirst = wholeSeconds(record.worldFirst);
    span.worldLast = wholeSeconds(record.worldLast);
    return span;
}

/// Rows of owners that were met for the first time, of which nothing can be known: each fact once.
std::vector<std::size_t> BulkFacts::freshRows() const
{
    std::vector<std::size_t> fresh;
    fresh.reserve(m_rows.size());
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const FactKey &key = m_rows[i].key;
        const bool repeated = !fresh.empty() && isSame(key, m_rows[fresh.back()].key);
        if (m_numbers[std::size_t(m_rows[i].ownerPlace)].fresh && !repeated)
            fresh.push_back(i);
    }
    return fresh;
}

int BulkFacts::writeFacts(const Telling &telling)
{
    const std::vector<std::size_t> fresh = freshRows();
    writeMany(m_database, FactRows::insertFact, fresh.size(), [&](Statement &to, std::size_t i) {
        const Row &row = m_rows[fresh[i]];
        m_facts.bindFact(to, row.key, spanOf(*row.record, telling), *row.record,
                         codec::packed(row.record->details, row.record->owner.value));
    });
    for (const std::size_t i : fresh) {
        const Row &row = m_rows[i];
        if (row.valuePlace >= 0)
            m_back.push_back({m_numbers[std::size_t(row.valuePlace)].number, i});
        m_facts.addNetwork(row.key.owner, *row.record);
    }
    int added = int(fresh.size());
    auto next = fresh.cbegin();
    for (std::size_t i = 0; i < m_rows.size() && !m_database.failed(); ++i) {
        if (next != fresh.cend() && *next == i)
            ++next;
        else
            added += int(writeKnown(m_rows[i], spanOf(*m_rows[i].record, telling)));
    }
    return added;
}

/// The source's own open span widens; a source that never said it opens one. True when the state is
/// new.
bool BulkFacts::writeKnown(const Row &row, const SpanRow &told)
{
    const Record &record = *row.record;
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
    std::stable_sort(m_back.begin(), m_back.end(), [this](const Back &a, const Back &b) {
        return std::tuple(a.value, m_rows[a.row].key.dataset)
            < std::tuple(b.value, m_rows[b.row].key.dataset);
    });
    writeMany(m_database, FactRows::insertReverse, m_back.size(),
              [&](Statement &to, std::size_t i) {
                  const Row &row = m_rows[m_back[i].row];
                  FactRows::bindReverse(to, m_back[i].value, m_ends[std::size_t(row.valuePlace)],
                                        row.key);
              });
    struct Count
    {
        qint64 value = 0;
        Dataset dataset = Dataset::Dns;
        qint64 facts = 0;
    };
    std::vector<Count> counts;
    for (const Back &back : m_back) {
        const Dataset dataset = m_rows[back.row].key.dataset;
        if (counts.empty() || counts.back().value != back.value || counts.back().dataset != dataset)
            counts.push_back({back.value, dataset, 0});
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
