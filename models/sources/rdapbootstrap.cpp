// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/rdapbootstrap.h"

#include "core/entitytext.h"
#include "core/names.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// The first https URL of a service, else its first http URL (the gate decides about that).
QUrl serviceUrl(const QJsonArray &urls)
{
    QUrl plain;
    for (const QJsonValue &value : urls) {
        const QUrl url(value.toString(), QUrl::StrictMode);
        if (!url.isValid() || url.host().isEmpty() || !url.userInfo().isEmpty() || url.hasQuery())
            continue;
        if (url.scheme() == "https"_L1)
            return url;
        if (url.scheme() == "http"_L1 && plain.isEmpty())
            plain = url;
    }
    return plain;
}

} // namespace

QString rdapFileName(RdapRegistry registry)
{
    switch (registry) {
    case RdapRegistry::Dns:
        return u"dns.json"_s;
    case RdapRegistry::Ipv4:
        return u"ipv4.json"_s;
    case RdapRegistry::Ipv6:
        return u"ipv6.json"_s;
    }
    return {};
}

Artifact rdapSubject(const Artifact &entity)
{
    if (rdapNetworkOf(entity))
        return entity;
    if (entity.kind != ArtifactKind::Domain)
        return {};
    return {ArtifactKind::Domain, registeredDomain(entity.value)};
}

std::optional<IpNetwork> rdapNetworkOf(const Artifact &subject)
{
    if (subject.kind == ArtifactKind::Cidr)
        return parseNetwork(subject.value);
    const auto address = isAddress(subject) ? parseAddress(subject.value) : std::nullopt;
    return address ? std::optional(IpNetwork{*address, address->v6 ? 128 : 32}) : std::nullopt;
}

RdapRegistry rdapRegistryOf(const Artifact &subject)
{
    const auto network = rdapNetworkOf(subject);
    if (!network)
        return RdapRegistry::Dns;
    return network->first.v6 ? RdapRegistry::Ipv6 : RdapRegistry::Ipv4;
}

Result<RdapBootstrap> RdapBootstrap::parse(const QByteArray &bytes, RdapRegistry registry)
{
    const QString file = rdapFileName(registry);
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &problem);
    if (!document.isObject()) {
        return Error{
            ErrorCode::Malformed,
            u"the RDAP bootstrap file %1 is not JSON (%2)"_s.arg(file, problem.errorString())};
    }
    RdapBootstrap out;
    QSet<QString> hosts;
    const QJsonArray services = document.object().value("services"_L1).toArray();
    for (const QJsonValue &service : services) {
        const QJsonArray parts = service.toArray();
        const QUrl base = serviceUrl(parts.at(1).toArray());
        if (base.isEmpty())
            continue;
        ++out.m_services;
        hosts.insert(base.host(QUrl::FullyEncoded));
        const QJsonArray entries = parts.at(0).toArray();
        for (const QJsonValue &entry : entries)
            out.add(entry.toString(), base, registry);
    }
    if (out.m_labels.isEmpty() && out.m_networks.isEmpty()) {
        return Error{ErrorCode::Malformed,
                     u"the RDAP bootstrap file %1 names no service"_s.arg(file)};
    }
    out.m_hosts = QStringList(hosts.cbegin(), hosts.cend());
    return out;
}

void RdapBootstrap::add(const QString &entry, const QUrl &base, RdapRegistry registry)
{
    if (registry != RdapRegistry::Dns) {
        if (const auto network = parseNetwork(entry))
            m_networks.append({*network, base});
    } else if (entry.isEmpty()) {
        m_labels.insert(entry, base); // the root: whatever no other entry covers
    } else if (const auto name = canonicalHostName(entry)) {
        m_labels.insert(*name, base);
    }
}

QUrl RdapBootstrap::baseFor(const Artifact &subject) const
{
    const auto wanted = rdapNetworkOf(subject);
    if (!wanted) {
        QString name = subject.value;
        while (true) {
            if (const auto known = m_labels.constFind(name); known != m_labels.cend())
                return *known;
            if (name.isEmpty())
                return {};
            const qsizetype dot = name.indexOf(u'.');
            name = dot < 0 ? QString() : name.mid(dot + 1);
        }
    }
    QUrl best;
    int length = -1;
    for (const auto &[network, base] : m_networks) {
        const bool holds = network.length <= wanted->length && network.contains(wanted->first);
        if (holds && network.length > length) {
            best = base;
            length = network.length;
        }
    }
    return best;
}

QUrl rdapUrl(const QUrl &base, const Artifact &subject)
{
    QString path = base.path(QUrl::FullyEncoded);
    while (path.endsWith(u'/'))
        path.chop(1);
    path += rdapNetworkOf(subject) ? "/ip/"_L1 : "/domain/"_L1;
    QUrl url = base;
    url.setPath(path + subject.value, QUrl::StrictMode);
    url.setFragment({});
    return url;
}

} // namespace wg
