// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace wg {

/// "libsodium 1.0.18\nICU 72.1\n…", one library a line, for --version and bug reports.
QString coreVersion();

} // namespace wg
