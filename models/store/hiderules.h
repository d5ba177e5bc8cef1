// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/delta.h"

#include <QHash>
#include <optional>

namespace wg {

class Database;

/// Every rule that holds, newest first, read from the journal.
QList<StoredRule> storedRules(Database &database);

/// What changes like a card's are: the types of record it tells of. A storm card stands for the
/// type that its day told of most.
QList<HideRule> rulesLike(Database &database, const QUuid &card);

/// The rules by eye, kept in memory from their first use until they change. Writer thread.
class HideRules
{
public:
    explicit HideRules(Database &database)
        : m_database(database)
    { }

    QList<HideRule> of(const Artifact &entity);
    void forget() { m_known.reset(); }

private:
    Database &m_database;
    std::optional<QHash<Artifact, QList<HideRule>>> m_known;
};

} // namespace wg
