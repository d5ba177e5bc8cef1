// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/reader.h"
#include "store/readercards.h"
#include "store/readerfacts.h"

namespace wg {

/// Heads of entity pages, the list of eyes, and what the scheduler must know. Reader thread.
class SummaryReader
{
public:
    SummaryReader(Database &database, Interner &interner, FactReader &facts, CardReader &cards)
        : m_database(database)
        , m_interner(interner)
        , m_facts(facts)
        , m_cards(cards)
        , m_enrichments(database, interner)
    { }

    EntitySummary summary(const Entity &entity);
    QList<CheckState> checks(const Artifact &asked);
    Enrichment enrichment(const Entity &entity);
    MonitorPage monitors(const MonitorQuery &query);
    QList<EyeSchedule> eyes(qint64 afterRow, int limit);
    QList<AskedState> askedStates(const QList<Artifact> &asked);
    qint64 watchedCount();
    bool isWatched(const Entity &entity);

private:
    void fillEye(EntitySummary &summary, qint64 artifact);
    void fillCounts(EntitySummary &summary, qint64 artifact);
    void fillHead(EntitySummary &summary);
    void fillSeen(EntitySummary &summary, qint64 artifact);
    std::optional<qint64> endOfWalk(qint64 afterRow);
    void fillMonitor(MonitorRow &row, qint64 artifact);

    Database &m_database;
    Interner &m_interner;
    FactReader &m_facts;
    CardReader &m_cards;
    EnrichmentReader m_enrichments;
};

} // namespace wg
