// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/names.h"

#include "core/address.h"
#include "core/hostname.h"
#include "core/instant.h"
#include "core/spoof.h"

#include <libpsl.h>

namespace wg {

namespace {

/// Reads suffixes off a name; the compiled-in list, so that nothing is opened.
bool isSuffix(const char *name, int types)
{
    return psl_is_public_suffix2(psl_builtin(), name, types) != 0;
}

bool isSpecialTop(QStringView top)
{
    return reachOfName(QStringLiteral("x.%1").arg(top)) != Reach::Public;
}

} // namespace

QString registeredDomain(const QString &canonicalName)
{
    const QByteArray name = canonicalName.toLatin1();
    // Registries know only the ICANN part of the list: example.github.io is registered as
    // github.io.
    const char *registered = nullptr;
    const char *rest = name.constData();
    while (rest && !isSuffix(rest, PSL_TYPE_ICANN)) {
        registered = rest;
        rest = std::strchr(rest, '.');
        if (rest)
            ++rest;
    }
    return registered && rest ? QString::fromLatin1(registered) : QString();
}

QString publicSuffixListDate()
{
    const auto time = qint64(psl_builtin_file_time());
    return time > 0 ? toDay(Instant::fromSeconds(time)) : QString();
}

bool isKnownTop(QStringView topLabel)
{
    return isSuffix(topLabel.toLatin1().constData(), PSL_TYPE_ICANN | PSL_TYPE_NO_STAR_RULE)
        || isSpecialTop(topLabel);
}

} // namespace wg
