// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/cardrows.h"
#include "store/deltabuilder.h"
#include "store/writer.h"

namespace wg {

/// Writes what an answer told and what the rules decided about it. Writer thread.
class VerdictRows
{
public:
    VerdictRows(FactRows &facts, CardRows &cards)
        : m_facts(facts)
        , m_cards(cards)
    { }

    /// Spans and facts that follow from the answer alone.
    void applyEdits(const BuiltDelta &built, qint64 source, IngestReport &report);
    /// Confirmed and first absences. Returns how many stay pending for each question of the pass.
    QHash<qsizetype, qint64> applyAbsences(const BuiltDelta &built, const Verdict &verdict,
                                           qint64 source);
    /// Cards and amendments; newly visible ones go into the report.
    void applyCards(const Verdict &verdict, const Delta &delta, IngestReport &report);

private:
    FactRows &m_facts;
    CardRows &m_cards;
};

/// Without rules: nothing is shown, a first absence waits and a second one is believed.
Verdict silentVerdict(const Delta &delta);

} // namespace wg
