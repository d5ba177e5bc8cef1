// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace wg {

class Database;

/// "ok" alone, or what the engine and our own rules of consistency complain about. Reads
/// everything.
QStringList complaintsAbout(Database &database);

} // namespace wg
