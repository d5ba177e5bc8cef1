// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QUrl>

namespace wg {

/// Reads a URL or relative reference from outside without QUrl's leniency: printable ASCII only, no
/// backslash, no user info, and a host that is a name, a dotted quad or a bracketed IPv6 address as
/// written. QUrl alone turns "0x7f.1", "2130706433" and "127.1" into 127.0.0.1. Else Refused.
Result<QUrl> strictUrl(QByteArrayView text);

/// True for 127.0.0.0/8, ::1 and "localhost".
bool isLoopbackHost(const QString &host);

} // namespace wg
