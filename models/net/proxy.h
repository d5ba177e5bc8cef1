// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QUrl>
#include <optional>

class QAbstractSocket;
class QNetworkAccessManager;

namespace wg {

/// Sends everything through the policy's proxy (socks5:// resolves names there, http://), or
/// directly when it is empty; the system's proxy is never used. An unreadable proxy is an error:
/// nothing may go.
std::optional<Error> useProxy(QNetworkAccessManager &manager, const QUrl &proxy);
/// The same for a socket that is not connected yet.
std::optional<Error> useProxy(QAbstractSocket &socket, const QUrl &proxy);

} // namespace wg
