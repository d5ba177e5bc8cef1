// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/address.h"
#include "core/result.h"

#include <QHash>
#include <QStringList>
#include <QUrl>

namespace wg {

/// The bootstrap files that a look-up may need.
enum class RdapRegistry : quint8
{
    Dns,
    Ipv4,
    Ipv6
};
/// "dns.json" …
QString rdapFileName(RdapRegistry registry);
/// What a registry is asked about for an entity's sake: its registered domain, or the address or
/// network itself; empty when there is nothing to ask.
Artifact rdapSubject(const Artifact &entity);
/// What an address or a network stands in; nothing for a domain.
std::optional<IpNetwork> rdapNetworkOf(const Artifact &subject);
RdapRegistry rdapRegistryOf(const Artifact &subject);

/// One of IANA's bootstrap files (RFC 9224), understood. A value; broken entries in it are passed
/// over.
class RdapBootstrap
{
public:
    /// Malformed when no entry at all is usable.
    static Result<RdapBootstrap> parse(const QByteArray &bytes, RdapRegistry registry);

    /// The service for a domain (longest label match), address or network (longest prefix that
    /// holds it); empty when none.
    [[nodiscard]] QUrl baseFor(const Artifact &subject) const;
    /// Every host of the file, for redirects.
    [[nodiscard]] const QStringList &hosts() const { return m_hosts; }
    [[nodiscard]] qsizetype services() const { return m_services; }

private:
    void add(const QString &entry, const QUrl &base, RdapRegistry registry);

    QHash<QString, QUrl> m_labels;
    QList<std::pair<IpNetwork, QUrl>> m_networks;
    QStringList m_hosts;
    qsizetype m_services = 0;
};

/// The URL of an object below a service, with exactly one slash between them.
QUrl rdapUrl(const QUrl &base, const Artifact &subject);

} // namespace wg
