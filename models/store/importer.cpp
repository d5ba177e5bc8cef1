// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/importer.h"

#include "store/bulkfacts.h"

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// Held facts beyond this are judged at once: memory is bounded, an eye may get a second card.
constexpr qsizetype mostHeld = 200'000;
/// More are not under way at once; what is left of older ones was cut off.
constexpr std::size_t mostImports = 8;
constexpr qsizetype mostCachedWatches = 100'000;

} // namespace

IngestReport Importer::take(const QString &source, const FactBatch &facts, Instant at,
                            const IngestRules &rules)
{
    IngestReport report;
    Held &held = heldOf(source, at);
    if (facts.isEmpty()) {
        finish(source, at, rules, held, report);
        m_imports.erase({at, source});
        return report;
    }
    learnEyes();
    const std::vector<bool> leftOut = hold(facts, held);
    report.seq = m_tables.small.nextSequence();
    report.observations = int(facts.size());
    BulkFacts bulk(m_tables.database, m_tables.interner, m_tables.facts);
    report.newFacts +=
        bulk.write(facts, leftOut, {m_tables.interner.source(source), report.seq, at});
    if (m_tables.database.failed())
        return report;
    if (held.count > mostHeld)
        finish(source, at, rules, held, report);
    return report;
}

/// What an import that was cut off had held back is told when it is repeated.
Importer::Held &Importer::heldOf(const QString &source, Instant at)
{
    const std::pair key{at, source};
    if (!m_imports.contains(key) && m_imports.size() >= mostImports)
        m_imports.erase(m_imports.begin());
    return m_imports[key];
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

/// Facts that concern an eye wait for the end; nothing where none does.
std::vector<bool> Importer::hold(const FactBatch &facts, Held &held)
{
    if (m_allKnown && m_watched.isEmpty())
        return {};
    std::vector<bool> watched;
    for (std::size_t end = 0; end < facts.ends().size(); ++end)
        watched.push_back(isWatched(facts.artifact(end)));
    std::vector<bool> leftOut(facts.size());
    for (std::size_t i = 0; i < facts.size(); ++i) {
        const FactBatch::Row &row = facts.rows()[i];
        const bool byValue = row.value && watched[*row.value];
        if (!watched[row.owner] && !byValue)
            continue;
        leftOut[i] = true;
        const Record record = facts.record(i);
        if (watched[row.owner])
            held.facts[record.owner].append(record);
        if (byValue)
            held.facts[facts.artifact(*row.value)].append(record);
        held.count += int(watched[row.owner]) + int(byValue);
    }
    return leftOut;
}

/// A fact that is known is no news to be judged, but another log adds to its count.
void Importer::joinSightings(const QList<Record> &records)
{
    for (const Record &record : records)
        m_tables.facts.joinDetails(m_tables.facts.keyOf(record), record, recordState(record));
}

void Importer::finish(const QString &source, Instant at, const IngestRules &rules, Held &held,
                      IngestReport &report)
{
    const auto facts = std::exchange(held.facts, {});
    held.count = 0;
    Ingest ingest(m_tables, rules);
    for (const auto &[entity, records] : facts) {
        std::map<Dataset, QList<Record>> byDataset;
        for (const Record &record : records)
            byDataset[record.dataset].append(record);
        Pass pass{entity, source, Purpose::Import, {}};
        for (const auto &[dataset, told] : byDataset) {
            Observation answer;
            answer.question = {entity, dataset, source, u"import"_s};
            answer.presence = Presence::Historical;
            answer.outcome = Outcome::Truncated;
            answer.at = at;
            answer.records = told;
            pass.observations.append(answer);
        }
        ingest.judgeImport(pass, report);
        joinSightings(byDataset[Dataset::Sightings]);
    }
}

} // namespace wg
