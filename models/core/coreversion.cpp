// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/coreversion.h"

#include <libpsl.h>
#include <sodium.h>
#include <unicode/uversion.h>

namespace wg {

QString coreVersion()
{
    return QStringLiteral("libsodium %1\nICU %2\nlibpsl %3")
        .arg(QLatin1String(sodium_version_string()), QLatin1String(U_ICU_VERSION),
             QLatin1String(psl_get_version()));
}

} // namespace wg
