// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/entitytext.h"
#include "sources/rdapfields.h"
#include "sources/rdapparse.h"

using namespace Qt::StringLiterals;

namespace wg {

namespace {

constexpr qsizetype mostMembers = 256;

void addRegistrar(WhoisRecords &out, const QJsonObject &domain)
{
    const QJsonObject registrar = rdapEntity(domain, "registrar"_L1, 1);
    const Contact contact = readJcard(registrar.value("vcardArray"_L1));
    QString name = contact.name.isEmpty() ? contact.organisation : contact.name;
    if (name.isEmpty())
        name = rdapText(registrar, "handle"_L1); // some registries know registrars by handle only
    out.single(u"registrar"_s, name);
    out.detail(u"abuse_email"_s, rdapContact(registrar, "abuse"_L1, 1).email);
    const QJsonArray ids = registrar.value("publicIds"_L1).toArray();
    for (const QJsonValue &value : ids) {
        const QJsonObject id = value.toObject();
        if (id.value("type"_L1).toString().contains("IANA"_L1, Qt::CaseInsensitive))
            out.single(u"registrar_iana_id"_s, id.value("identifier"_L1).toVariant().toString());
    }
}

void addDates(WhoisRecords &out, const QJsonObject &domain)
{
    out.single(u"created"_s, rdapEvent(domain, {"registration"_L1}));
    // Moved by every edit of the registry's: kept, never compared.
    out.detail(u"changed"_s, rdapEvent(domain, {"last changed"_L1, "last update"_L1}));
    out.detail(u"transferred"_s, rdapEvent(domain, {"transfer"_L1}));
    out.single(u"expires"_s, rdapEvent(domain, {"expiration"_L1}));
    out.detail(u"registrar_expires"_s, rdapEvent(domain, {"registrar expiration"_L1}));
}

void addRegistrant(WhoisRecords &out, const QJsonObject &domain)
{
    const Contact contact = rdapContact(domain, "registrant"_L1, 1);
    const bool organised = !contact.organisation.isEmpty();
    out.single(u"registrant"_s, organised ? contact.organisation : contact.name);
    if (organised && contact.name.compare(contact.organisation, Qt::CaseInsensitive) != 0)
        out.attribute(u"name"_s, contact.name);
    out.single(u"country"_s, contact.country);
    out.single(u"email"_s, contact.email);
}

void addDelegation(WhoisRecords &out, const QJsonObject &domain)
{
    const QJsonArray servers = domain.value("nameservers"_L1).toArray();
    for (qsizetype i = 0; i < std::min(servers.size(), mostMembers); ++i) {
        const QJsonObject server = servers[i].toObject();
        QString name = server.value("ldhName"_L1).toString();
        if (name.isEmpty())
            name = server.value("unicodeName"_L1).toString();
        out.member(u"nameserver"_s, canonicalHostName(name.trimmed()).value_or(QString()));
    }
    const QJsonObject secure = domain.value("secureDNS"_L1).toObject();
    if (const QJsonValue isSigned = secure.value("delegationSigned"_L1); isSigned.isBool())
        out.single(u"dnssec"_s, isSigned.toBool() ? u"signed"_s : u"unsigned"_s);
    else if (!secure.value("dsData"_L1).toArray().isEmpty())
        out.single(u"dnssec"_s, u"signed"_s);
}

} // namespace

QList<Record> rdapDomainRecords(const QJsonObject &domain, const Artifact &asked)
{
    WhoisRecords out(asked);
    addRegistrar(out, domain);
    addDates(out, domain);
    addRegistrant(out, domain);
    addDelegation(out, domain);
    const QJsonArray statuses = domain.value("status"_L1).toArray();
    for (qsizetype i = 0; i < std::min(statuses.size(), mostMembers); ++i)
        out.member(u"status"_s, whoisStatus(statuses[i].toString()));
    return out.records();
}

QList<Record> rdapRegistrantRecords(const QJsonObject &domain, const Artifact &asked)
{
    WhoisRecords out(asked);
    addRegistrant(out, domain);
    return out.records();
}

} // namespace wg
