// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/store.h"

namespace wg {

class Database;

/// A store opened for writing: recovered and migrated.
struct OpenedStore
{
    std::unique_ptr<Database> database;
    StoreOpening opening;
};

/// Opens the writer's connection. A database that is damaged is set aside with its journal, dated,
/// and the newest good backup takes its place, else an empty one. Writer thread.
Result<OpenedStore> openUnmarked(const StoreConfig &config);
/// Tells the next start, until markClean(), that this one may have ended badly; before anything is
/// written. Waits for the disk.
Result<Done> markInUse(Database &database);
/// Both.
Result<OpenedStore> openForWriting(const StoreConfig &config);

/// Tells the next start that everything is written and need not be checked; not where damage was
/// seen.
void markClean(Database &database);

/// Whether opening will take long enough to say so: a large database that was not closed well, and
/// is read through, or that is of an older schema. Any thread; opens nothing.
bool opensSlowly(const QString &folder);

/// The SQLite file of a workspace.
QString databaseFile(const QString &folder);
/// Where backups of a workspace lie: before each migration, and the daily ones.
QString backupFolder(const QString &folder);

} // namespace wg
