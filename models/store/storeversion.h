// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace wg {

/// "SQLite 3.40.1", for --version and bug reports.
QString storeVersion();

} // namespace wg
