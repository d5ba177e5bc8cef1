// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace wg {

/// A page as UTF-8, by its byte order mark, else by its Content-Type header, else by what its
/// beginning says of itself; Windows-1252 where nothing does and it is no UTF-8. Without U+0000.
/// Pure; never fails.
QByteArray htmlAsUtf8(const QByteArray &body, const QByteArray &contentType);

} // namespace wg
