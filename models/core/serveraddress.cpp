// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/address.h"
#include "core/port.h"
#include "core/settings.h"
#include "core/untrustedtext.h"

namespace wg {

namespace {

Result<quint16> portOf(const QString &text, const QString &entry)
{
    if (const quint16 port = portNumber(text).value_or(0); port > 0)
        return port;
    return Error{
        ErrorCode::Usage,
        QStringLiteral("\"%1\" is not a server: expected a port from 1 to 65535 after the colon.")
            .arg(madeVisible(entry, 80))};
}

/// "192.0.2.53", "192.0.2.53:5353", "2001:db8::53" or "[2001:db8::53]:5353".
Result<ServerAddress> parseServer(const QString &entry)
{
    QString host = entry;
    QString port;
    const bool bracketed = entry.startsWith(u'[');
    const qsizetype colon = entry.lastIndexOf(u':');
    if (colon >= 0 && (bracketed ? entry.at(colon - 1) == u']' : entry.count(u':') == 1)) {
        host = entry.left(colon);
        port = entry.mid(colon + 1);
        if (port.isEmpty())
            return portOf(QStringLiteral("0"), entry).error();
    }
    if (host.startsWith(u'[') && host.endsWith(u']'))
        host = host.mid(1).chopped(1);
    const auto address = parseAddress(host);
    if (!address) {
        return Error{
            ErrorCode::Usage,
            QStringLiteral("\"%1\" is not a server: expected an IP address, as in 9.9.9.9, "
                           "192.0.2.53:5353 or [2001:db8::53]:5353.")
                .arg(madeVisible(entry, 80))};
    }
    ServerAddress server{address->text(), 53};
    if (!port.isEmpty()) {
        const auto number = portOf(port, entry);
        if (!number)
            return number.error();
        server.port = *number;
    }
    return server;
}

} // namespace

QString ServerAddress::text() const
{
    if (port == 53)
        return address;
    const QString host = address.contains(u':') ? u'[' + address + u']' : address;
    return host + u':' + QString::number(port);
}

Result<QList<ServerAddress>> parseServers(const QString &commaList)
{
    QList<ServerAddress> servers;
    for (const QString &part : commaList.split(u',', Qt::SkipEmptyParts)) {
        const QString entry = part.trimmed();
        if (entry.isEmpty())
            continue;
        const auto server = parseServer(entry);
        if (!server)
            return server.error();
        if (!servers.contains(*server))
            servers.append(*server);
    }
    return servers;
}

} // namespace wg
