// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace wg {

/// MurmurHash3 (x86, 32 bits, seed 0).
quint32 murmurHash3(QByteArrayView bytes);

/// The number by which Shodan knows an icon (http.favicon.hash): MurmurHash3 of its Base64 in lines
/// of 76 (RFC 2045), as a signed number.
qint32 iconHash(const QByteArray &icon);

} // namespace wg
