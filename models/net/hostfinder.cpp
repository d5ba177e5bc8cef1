// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/hostfinder.h"

#include <QHostInfo>

namespace wg {

using namespace Qt::StringLiterals;

HostFinder systemHostFinder()
{
    return [](const QString &host, QObject *context, const HostFound &found) {
        QHostInfo::lookupHost(absoluteName(host), context, [found](const QHostInfo &info) {
            QList<IpAddress> addresses;
            const auto all = info.addresses();
            for (const QHostAddress &one : all) {
                if (const auto address = parseAddress(one.toString()))
                    addresses.append(*address);
            }
            found(addresses);
        });
    };
}

QString absoluteName(const QString &host)
{
    const bool complete = !host.contains(u'.') || host.endsWith(u'.') || parseAddress(host);
    return complete ? host : host + u'.';
}

Result<IpAddress> publicAddress(const QString &host, const QList<IpAddress> &addresses, int attempt)
{
    if (addresses.isEmpty())
        return Error{ErrorCode::Unreachable, u"%1 cannot be found"_s.arg(host)};
    for (const IpAddress &address : addresses) {
        if (reachOf(address) != Reach::Public) {
            return Error{ErrorCode::Refused,
                         u"%1 leads to %2, which is no public address"_s.arg(host, address.text())};
        }
    }
    return addresses.at(attempt % addresses.size());
}

} // namespace wg
