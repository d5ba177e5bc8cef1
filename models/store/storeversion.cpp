// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/storeversion.h"

#include <sqlite3.h>

namespace wg {

QString storeVersion()
{
    return QStringLiteral("SQLite ") + QLatin1String(sqlite3_libversion());
}

} // namespace wg
