// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/proxy.h"

#include <QAbstractSocket>
#include <QNetworkAccessManager>
#include <QNetworkProxy>

namespace wg {

using namespace Qt::StringLiterals;

namespace {

constexpr int defaultSocksPort = 1080;
constexpr int defaultHttpPort = 8080;

std::optional<QNetworkProxy> readProxy(const QUrl &url)
{
    if (url.isEmpty())
        return QNetworkProxy(QNetworkProxy::NoProxy);
    const QString scheme = url.scheme();
    const bool socks = scheme == "socks5"_L1 || scheme == "socks5h"_L1;
    if (!url.isValid() || url.host().isEmpty() || (!socks && scheme != "http"_L1))
        return std::nullopt;
    QNetworkProxy proxy(socks ? QNetworkProxy::Socks5Proxy : QNetworkProxy::HttpProxy, url.host(),
                        quint16(url.port(socks ? defaultSocksPort : defaultHttpPort)),
                        url.userName(QUrl::FullyDecoded), url.password(QUrl::FullyDecoded));
    proxy.setCapabilities(proxy.capabilities() | QNetworkProxy::HostNameLookupCapability);
    return proxy;
}

Error unreadable()
{
    return {ErrorCode::Refused, u"the proxy setting cannot be read; nothing is sent"_s};
}

} // namespace

std::optional<Error> useProxy(QNetworkAccessManager &manager, const QUrl &proxy)
{
    const auto read = readProxy(proxy);
    if (!read)
        return unreadable();
    if (manager.proxy() != *read) {
        manager.setProxy(*read);
        // Connections that were made another way must not be used again.
        manager.clearConnectionCache();
    }
    return std::nullopt;
}

std::optional<Error> useProxy(QAbstractSocket &socket, const QUrl &proxy)
{
    const auto read = readProxy(proxy);
    if (!read)
        return unreadable();
    socket.setProxy(*read);
    return std::nullopt;
}

} // namespace wg
