// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/enrichmentrows.h"
#include "store/readernetworks.h"

#include <memory>

namespace wg {

/// Reads what is told of entities for their enrichment; what follows from it is made elsewhere.
/// Reader thread.
class EnrichmentReader
{
public:
    EnrichmentReader(Database &database, Interner &interner)
        : m_database(database)
        , m_interner(interner)
        , m_rows(database, interner)
        , m_networks(database, interner)
    { }

    /// For a row of a table: what is kept of it, and for an address the country of its network
    /// where no source tells one.
    std::shared_ptr<const Enrichment> ofRow(const Entity &entity);
    /// For a page: also what its registered domain or network tells, and the addresses that a name
    /// has now.
    Enrichment ofPage(const Entity &entity, const Artifact &registration);

private:
    QList<Told> kept(const Artifact &artifact);
    void addRoles(QList<Told> &told, const Artifact &from, const QList<FactRole> &roles);
    void addAddresses(QList<Told> &told, const Entity &entity);

    Database &m_database;
    Interner &m_interner;
    EnrichmentRows m_rows;
    NetworkReader m_networks;
};

} // namespace wg
