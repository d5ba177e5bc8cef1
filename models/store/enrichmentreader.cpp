// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/enrichmentreader.h"

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// A name with more is served by a network that a few of them tell.
constexpr int mostAddresses = 32;

bool tells(const QList<Told> &told, FactRole role)
{
    return std::any_of(told.cbegin(), told.cend(),
                       [role](const Told &one) { return one.role == role; });
}

} // namespace

QList<Told> EnrichmentReader::kept(const Artifact &artifact)
{
    const qint64 number = artifact.isEmpty() ? 0 : m_interner.findArtifact(artifact);
    return number ? m_rows.kept(number) : QList<Told>();
}

void EnrichmentReader::addRoles(QList<Told> &told, const Artifact &from,
                                const QList<FactRole> &roles)
{
    for (const Told &one : kept(from)) {
        if (roles.contains(one.role) && !told.contains(one))
            told.append(one);
    }
}

void EnrichmentReader::addAddresses(QList<Told> &told, const Entity &entity)
{
    const qint64 number = m_interner.findArtifact(entity);
    if (!number)
        return;
    auto rows = m_database.query(
        "SELECT DISTINCT vkey, source FROM fact WHERE owner=? AND dataset=? AND gone_seq IS NULL"
        " AND (traits & 1)=0 ORDER BY vkey, source LIMIT ?",
        number, int(Dataset::Resolutions), mostAddresses);
    while (rows.next()) {
        told.append({FactRole::Address,
                     UntrustedText::fromString(rows.text(0)),
                     {},
                     m_interner.sourceOf(rows.number(1))});
    }
}

std::shared_ptr<const Enrichment> EnrichmentReader::ofRow(const Entity &entity)
{
    auto made = std::make_shared<Enrichment>();
    made->entity = entity;
    made->told = kept(entity);
    if (isAddress(entity) && !tells(made->told, FactRole::Country))
        addRoles(made->told, m_networks.networkOf(entity), {FactRole::Country});
    return made;
}

Enrichment EnrichmentReader::ofPage(const Entity &entity, const Artifact &registration)
{
    Enrichment made;
    made.entity = entity;
    made.told = kept(entity);
    if (isAddress(entity)) {
        addRoles(made.told, registration, {FactRole::Country});
    } else if (registration != entity) {
        addRoles(made.told, registration, {FactRole::Registrar, FactRole::NameServer});
    }
    if (!isAddress(entity))
        addAddresses(made.told, entity);
    return made;
}

} // namespace wg
