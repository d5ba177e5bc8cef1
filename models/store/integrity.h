// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QStringList>

namespace wg {

class Database;

/// Looks an SQLite file's structure over, not its indices. Corrupt with the first complaint.
Result<Done> quickCheck(Database &database);

/// "ok" alone, or what the engine and our own rules of consistency complain about. Reads
/// everything.
QStringList complaintsAbout(Database &database);

} // namespace wg
