// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/instant.h"
#include "core/result.h"

#include <QString>

namespace wg {

/// Puts a backup in the place of a workspace's database, which must not be open. The backup is
/// checked first and copied, the database that was there is kept beside it under a dated name,
/// which is returned (empty when there was none). NotFound, Corrupt, NewerSchema, NotWritable,
/// DiskFull.
Result<QString> restoreBackup(const QString &folder, const QString &backupFile, const Clock &clock);

} // namespace wg
