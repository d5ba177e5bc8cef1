// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/database.h"

#include <QMap>

namespace wg {

/// Brings a database to this program's schema by numbered, forward-only steps. Writer thread.
class Migrator
{
public:
    /// The steps that are compiled in, or others in a test.
    explicit Migrator(Database &database);
    Migrator(Database &database, QMap<int, QString> steps);

    /// 0 for an empty database.
    Result<int> version();
    /// The error of a database that is ahead of this program.
    [[nodiscard]] Error newerSchema(int version) const;
    /// Of the steps that this program brings.
    static int newestStep();
    [[nodiscard]] int newest() const;
    /// Every missing step, each in a transaction of its own. NewerSchema when the database is
    /// ahead.
    Result<Done> migrate(Instant now);

    /// The engine's words for {i64} {bytes} {text} {identity} {keyed} {parting} {mark}.
    static QString expanded(const QString &sql, Engine engine);
    /// Statements of a step without comments and separators.
    static QStringList statements(const QString &step);

private:
    Result<Done> apply(int number, Instant now);

    Database &m_database;
    QMap<int, QString> m_steps;
};

} // namespace wg
