// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/verbs.h"
#include "core/coreversion.h"
#include "net/netversion.h"
#include "store/storeversion.h"

using namespace Qt::StringLiterals;

namespace wg {

QString versionText()
{
    return u"Watchglass %1\nQt %2\n%3\n%4\n%5\n"_s.arg(QLatin1String(WATCHGLASS_VERSION),
                                                       QLatin1String(qVersion()), storeVersion(),
                                                       netVersion(), coreVersion());
}

} // namespace wg
