// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/database.h"

namespace wg::backup {

/// VACUUM INTO a temporary name beside target, sync, quick_check, rename; mode 0600. At most half
/// of the free space is used. NotWritable, DiskFull, Corrupt; Refused for PostgreSQL.
Result<Done> make(Database &database, const QString &target);

/// "ok" or SQLite's first complaint about a file, opened read-only.
Result<Done> check(const QString &file);

/// Forces a file, or a folder's entries, to the disk.
bool sync(const QString &path);

} // namespace wg::backup
