// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/importer.h"

#include <tuple>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// Held facts beyond this are judged at once: memory is bounded, an eye may get a second card.
constexpr qsizetype mostHeld = 200'000;
constexpr qsizetype mostCachedWatches = 100'000;

} // namespace

struct Importer::Row
{
    FactKey key;
    Record record;
    Hash128 state{};
};

IngestReport Importer::take(const QString &source, const QList<Record> &records, Instant at,
                            const IngestRules &rules)
{
    IngestReport report;
    if (source != m_source || at != m_at) {
        // What an import that was cut off had held back is told when it is repeated.
        m_held.clear();
        m_heldCount = 0;
        m_source = source;
        m_at = at;
    }
    if (records.isEmpty()) {
        finish(source, at, rules, report);
        return report;
    }
    learnEyes();
    QList<Row> rows;
    rows.reserve(records.size());
    for (const Record &record : records) {
        const FactKey key = m_tables.facts.keyOf(record);
        if (!hold(record))
            rows.append({key, record, recordState(record)});
    }
    std::sort(rows.begin(), rows.end(), [](const Row &a, const Row &b) {
        return std::tie(a.key.owner, a.key.dataset, a.key.type, a.record.value, a.key.id)
            < std::tie(b.key.owner, b.key.dataset, b.key.type, b.record.value, b.key.id);
    });
    const qint64 number = m_tables.interner.source(source);
    report.seq = m_tables.small.nextSequence();
    report.observations = int(records.size());
    for (const Row &row : std::as_const(rows)) {
        write(row, number, report.seq, at, report);
        if (m_tables.database.failed())
            return report;
    }
    if (m_heldCount > mostHeld)
        finish(source, at, rules, report);
    return report;
}

/// With few eyes they are all known beforehand; with many, each name is looked up once a batch.
void Importer::learnEyes()
{
    m_watched.clear();
    m_allKnown = true;
    auto rows =
        m_tables.database.query("SELECT a.kind, a.value FROM monitor m"
                                " JOIN artifact a ON a.id=m.artifact WHERE m.is_on=1 LIMIT ?",
                                mostCachedWatches);
    while (rows.next())
        m_watched.insert({ArtifactKind(rows.number(0)), rows.text(1)}, true);
    if (m_watched.size() < mostCachedWatches)
        return;
    m_allKnown = false;
    m_watched.clear();
}

bool Importer::isWatched(const Artifact &artifact)
{
    if (const auto known = m_watched.constFind(artifact); known != m_watched.cend())
        return *known;
    if (m_allKnown)
        return false;
    const qint64 number = m_tables.interner.findArtifact(artifact);
    if (m_watched.size() > mostCachedWatches)
        m_watched.clear();
    return *m_watched.insert(artifact, number && m_tables.eyes.isOn(number));
}

bool Importer::hold(const Record &record)
{
    const auto value = valueArtifact(record);
    bool held = false;
    for (const auto &end : {std::optional(record.owner), value}) {
        if (!end || !isWatched(*end))
            continue;
        m_held[*end].append(record);
        ++m_heldCount;
        held = true;
    }
    return held;
}

void Importer::write(const Row &row, qint64 source, qint64 seq, Instant at, IngestReport &report)
{
    if (m_tables.facts.add(row.key, row.record, row.state)) {
        ++report.newFacts;
    } else {
        // Known: the source's own open span widens; a source that never said it opens one.
        for (SpanRow span : m_tables.facts.spans(row.key)) {
            if (span.source != source || span.goneAt)
                continue;
            const SpanRow old = span;
            widen(span.worldFirst, span.worldLast, row.record.worldFirst, row.record.worldLast);
            if (span.worldFirst != old.worldFirst || span.worldLast != old.worldLast)
                m_tables.facts.moveWorld(row.key, span);
            return;
        }
    }
    SpanRow span;
    span.source = source;
    span.toldSeq = seq;
    span.toldAt = at;
    span.presence = Presence::Historical;
    span.worldFirst = row.record.worldFirst;
    span.worldLast = row.record.worldLast;
    span.state = row.state;
    m_tables.facts.open(row.key, span);
}

/// A fact that is known is no news to be judged, but another log adds to its count.
void Importer::joinSightings(const QList<Record> &records)
{
    for (const Record &record : records)
        m_tables.facts.joinDetails(m_tables.facts.keyOf(record), record, recordState(record));
}

void Importer::finish(const QString &source, Instant at, const IngestRules &rules,
                      IngestReport &report)
{
    const auto held = std::exchange(m_held, {});
    m_heldCount = 0;
    Ingest ingest(m_tables, rules);
    for (const auto &[entity, records] : held) {
        std::map<Dataset, QList<Record>> byDataset;
        for (const Record &record : records)
            byDataset[record.dataset].append(record);
        Pass pass{entity, source, Purpose::Import, {}};
        for (const auto &[dataset, facts] : byDataset) {
            Observation answer;
            answer.question = {entity, dataset, source, u"import"_s};
            answer.presence = Presence::Historical;
            answer.outcome = Outcome::Truncated;
            answer.at = at;
            answer.records = facts;
            pass.observations.append(answer);
        }
        ingest.judgeImport(pass, report);
        joinSightings(byDataset[Dataset::Sightings]);
    }
}

} // namespace wg
