// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/webanswer.h"

#include <QStringList>

namespace wg {

/// A kind of component and its name with its version, as other sources write them: ("Server",
/// "nginx/1.18.0"), ("Framework", "PHP 8.1.2").
using WebComponent = std::pair<QString, QString>;

/// What a server's headers tell of the software behind it. Pure.
QList<WebComponent> componentsOf(const WebAnswer &answer);

/// The cookies that it sets, "NAME; domain=DOMAIN" with a dot in front of a domain whose hosts all
/// get it; never their values. Pure.
QStringList cookiesOf(const WebAnswer &answer);

} // namespace wg
