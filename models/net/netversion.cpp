// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/netversion.h"

#include <ares.h>

namespace wg {

QString netVersion()
{
    return QStringLiteral("c-ares ") + QLatin1String(ares_version(nullptr));
}

} // namespace wg
