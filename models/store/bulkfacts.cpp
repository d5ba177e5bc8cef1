// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/bulkfacts.h"

#include "store/codec.h"

#include <numeric>
#include <tuple>

namespace wg {

/// The place of an artifact among those of this batch. Neighbours share their text.
int BulkFacts::end(const Artifact &artifact)
{
    if (!m_rows.empty()) {
        const Artifact &last = m_ends[std::size_t(m_rows.back().ownerPlace)];
        if (last.kind == artifact.kind && last.value.constData() == artifact.value.constData())
            return m_rows.back().ownerPlace;
    }
    const auto known = m_places.constFind(artifact);
    if (known != m_places.cend())
        return *known;
    m_ends.push_back(artifact);
    return *m_places.insert(artifact, int(m_ends.size()) - 1);
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
    row.type = typeNumber(record.type);
    row.id = recordId(record);
    m_rows.push_back(row);
}

void BulkFacts::numberArtifacts()
{
    std::vector<std::size_t> order(m_ends.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [this](std::size_t a, std::size_t b) {
        return std::tie(m_ends[a].kind, m_ends[a].value)
            < std::tie(m_ends[b].kind, m_ends[b].value);
    });
    m_numbers.assign(m_ends.size(), 0);
    for (const std::size_t place : order)
        m_numbers[place] = m_interner.artifact(m_ends[place]);
    for (Row &row : m_rows)
        row.owner = m_numbers[std::size_t(row.ownerPlace)];
}

void BulkFacts::sortRows()
{
    std::sort(m_rows.begin(), m_rows.end(), [](const Row &a, const Row &b) {
        const Record &first = *a.record;
        const Record &second = *b.record;
        return std::tie(a.owner, first.dataset, a.type, first.value, a.id)
            < std::tie(b.owner, second.dataset, b.type, second.value, b.id);
    });
}

FactKey BulkFacts::keyOf(const Row &row) const
{
    return {row.owner, row.record->dataset, row.type, row.id};
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

int BulkFacts::writeFacts(const Telling &telling)
{
    int added = 0;
    Statement fact = m_database.prepare(FactRows::insertFact);
    Statement span = m_database.prepare(FactRows::insertSpan);
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const Row &row = m_rows[i];
        const Record &record = *row.record;
        const Hash128 state = recordState(record);
        FactRows::bindFact(fact, keyOf(row), record, state);
        fact.run();
        if (m_database.failed())
            break;
        if (fact.changed() != 1) {
            writeKnown(row, telling);
            continue;
        }
        ++added;
        SpanRow told;
        told.source = telling.source;
        told.toldSeq = telling.seq;
        told.toldAt = telling.at;
        told.presence = Presence::Historical;
        told.worldFirst = record.worldFirst;
        told.worldLast = record.worldLast;
        told.state = state;
        FactRows::bindSpan(span, keyOf(row), told);
        span.run();
        if (row.valuePlace >= 0)
            m_back.push_back({m_numbers[std::size_t(row.valuePlace)], i});
        m_facts.addNetwork(row.owner, record);
    }
    return added;
}

/// The source's own open span widens; a source that never said it opens one.
void BulkFacts::writeKnown(const Row &row, const Telling &telling)
{
    const Record &record = *row.record;
    const FactKey key = keyOf(row);
    const Hash128 state = recordState(record);
    m_facts.joinWhereManyTell(key, record, state);
    const QList<SpanRow> spans = m_facts.spans(key);
    for (SpanRow span : spans) {
        if (span.source != telling.source || span.goneAt)
            continue;
        const SpanRow old = span;
        widen(span.worldFirst, span.worldLast, record.worldFirst, record.worldLast);
        if (span.worldFirst != old.worldFirst || span.worldLast != old.worldLast)
            m_facts.moveWorld(key, span);
        return;
    }
    SpanRow span;
    span.source = telling.source;
    span.toldSeq = telling.seq;
    span.toldAt = telling.at;
    span.presence = Presence::Historical;
    span.worldFirst = record.worldFirst;
    span.worldLast = record.worldLast;
    span.state = state;
    m_facts.open(key, span);
}

void BulkFacts::writeReverse()
{
    const auto keyOfBack = [this](const Back &back) {
        const Row &row = m_rows[back.row];
        return std::tie(back.value, row.record->dataset, row.owner, row.type, row.id);
    };
    std::sort(m_back.begin(), m_back.end(), [&](const Back &a, const Back &b) {
        return a.value != b.value ? a.value < b.value : keyOfBack(a) < keyOfBack(b);
    });
    Statement reverse = m_database.prepare(FactRows::insertReverse);
    for (auto at = m_back.cbegin(); at != m_back.cend();) {
        const qint64 value = at->value;
        const Dataset dataset = m_rows[at->row].record->dataset;
        qint64 added = 0;
        for (; at != m_back.cend() && at->value == value; ++at) {
            const Row &row = m_rows[at->row];
            if (row.record->dataset != dataset)
                break;
            reverse.bind(value);
            reverse.bind(int(dataset));
            reverse.bind(row.owner);
            reverse.bind(row.type);
            reverse.bind(row.id);
            reverse.bind(FactRows::reverseKey(*row.record, m_ends[std::size_t(row.valuePlace)]));
            reverse.run();
            added += reverse.changed();
        }
        m_facts.countReverse(value, dataset, added);
    }
    m_back.clear();
}

} // namespace wg
