// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/bulkfacts.h"

#include "store/codec.h"

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
    std::sort(m_rows.begin(), m_rows.end(), [](const Row &a, const Row &b) {
        const FactKey &one = a.key;
        const FactKey &two = b.key;
        return std::tie(one.owner, one.dataset, one.type, one.vkey, one.id)
            < std::tie(two.owner, two.dataset, two.type, two.vkey, two.id);
    });
}

int BulkFacts::write(const Telling &telling)
{
    numberArtifacts();
    sortRows();
    const int added = writeFacts(telling);
    writeReverse();
    m_rows.clear();
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

int BulkFacts::writeFacts(const Telling &telling)
{
    int added = 0;
    Statement fact = m_database.prepare(FactRows::insertFact);
    for (std::size_t i = 0; i < m_rows.size() && !m_database.failed(); ++i) {
        const Row &row = m_rows[i];
        const Record &record = *row.record;
        const SpanRow told = spanOf(record, telling);
        // Of what was met for the first time nothing can be known, but by this batch.
        const bool fresh = m_numbers[std::size_t(row.ownerPlace)].fresh;
        if (fresh) {
            m_facts.bindFact(fact, row.key, told, record, true);
            fact.run();
        }
        if (!fresh || fact.changed() != 1) {
            added += int(writeKnown(row, told));
            continue;
        }
        ++added;
        if (row.valuePlace >= 0)
            m_back.push_back({m_numbers[std::size_t(row.valuePlace)].number, i});
        m_facts.addNetwork(row.key.owner, record);
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
    Statement reverse = m_database.prepare(FactRows::insertReverse);
    Statement count = m_database.prepare(FactRows::countReverse);
    for (auto at = m_back.cbegin(); at != m_back.cend();) {
        const qint64 value = at->value;
        const Dataset dataset = m_rows[at->row].key.dataset;
        qint64 added = 0;
        for (; at != m_back.cend() && at->value == value; ++at) {
            const Row &row = m_rows[at->row];
            if (row.key.dataset != dataset)
                break;
            FactRows::bindReverse(reverse, value, m_ends[std::size_t(row.valuePlace)], row.key);
            reverse.run();
            added += reverse.changed();
        }
        if (added > 0) {
            count.bind(value);
            count.bind(int(dataset));
            count.bind(added);
            count.run();
        }
    }
    m_back.clear();
}

} // namespace wg
