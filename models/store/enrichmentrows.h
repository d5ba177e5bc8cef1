// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/enrichment.h"
#include "store/factrows.h"

#include <QSet>

namespace wg {

class SmallRows;

/// What is kept once per entity for its enrichment, made of the spans that are open. Writer thread,
/// except for what only reads.
class EnrichmentRows
{
public:
    EnrichmentRows(Database &database, Interner &interner)
        : m_database(database)
        , m_interner(interner)
        , m_facts(database, interner)
    { }

    /// By one keyed read; in the order of roles.
    QList<Told> kept(qint64 artifact);

    /// Makes what is kept of these owners anew, and writes what differs. Inside the caller's
    /// transaction.
    void renew(const QSet<qint64> &owners);
    /// Owners of facts that were stored before enrichments were kept, from an owner on, in their
    /// order; at most so many.
    QList<qint64> candidates(qint64 after, int most);
    /// Keeps what was stored before, of some owners more, inside the caller's transaction; goes on
    /// where it stopped. False once all are done.
    bool goThroughStored(SmallRows &small);

private:
    struct Kept
    {
        int role = 0;
        qint64 source = 0;
        qint64 value = 0;
        qint64 name = 0;
        friend bool operator==(const Kept &, const Kept &) = default;
    };
    QList<Kept> stored(qint64 artifact);
    QList<Kept> current(qint64 owner);
    void take(QList<Kept> &kept, const Record &record, qint64 source);
    void renew(qint64 owner);

    Database &m_database;
    Interner &m_interner;
    FactRows m_facts;
};

} // namespace wg
