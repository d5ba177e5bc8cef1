// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace wg {

/// "c-ares 1.18.1", for --version and bug reports.
QString netVersion();

} // namespace wg
