// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/whoisfields.h"

using namespace Qt::StringLiterals;

namespace wg {

const WhoisFields &plainFields()
{
    using F = WhoisField;
    static const WhoisFields fields{
        {u"domain name"_s, F::Domain},
        {u"domain"_s, F::Domain},
        {u"domainname"_s, F::Domain},
        {u"puny name"_s, F::Domain},
        {u"nombre de dominio"_s, F::Domain},
        {u"registrar"_s, F::Registrar},
        {u"registrar name"_s, F::Registrar},
        {u"registrar-name"_s, F::Registrar},
        {u"sponsoring registrar"_s, F::Registrar},
        {u"current registar"_s, F::Registrar},
        {u"authorized agency"_s, F::Registrar},
        {u"registration service provider"_s, F::Registrar},
        {u"registrar iana id"_s, F::RegistrarId},
        {u"registrar abuse contact email"_s, F::AbuseEmail},
        {u"registrar registration expiration date"_s, F::RegistrarExpires},
        {u"registrant"_s, F::Organisation},
        {u"registrant organization"_s, F::Organisation},
        {u"registrant organisation"_s, F::Organisation},
        {u"registrant contact organisation"_s, F::Organisation},
        {u"company english name"_s, F::Organisation},
        {u"org-name"_s, F::Organisation},
        {u"owner"_s, F::Organisation},
        {u"holder"_s, F::Organisation},
        {u"registrant name"_s, F::Person},
        {u"registrant contact name"_s, F::Person},
        {u"owner name"_s, F::Person},
        {u"registrant country"_s, F::Country},
        {u"org-country"_s, F::Country},
        {u"registrant email"_s, F::Email},
        {u"registrant contact email"_s, F::Email},
        {u"owner email"_s, F::Email},
        {u"holder-c"_s, F::HolderHandle},
        {u"name server"_s, F::NameServer},
        {u"nserver"_s, F::NameServer},
        {u"nameserver"_s, F::NameServer},
        {u"nameservers"_s, F::NameServer},
        {u"primary server"_s, F::NameServer},
        {u"secondary server"_s, F::NameServer},
        {u"dns primary"_s, F::NameServer},
        {u"dns secondary"_s, F::NameServer},
        {u"domain status"_s, F::Status},
        {u"epp status"_s, F::Status},
        {u"registration status"_s, F::Status},
        {u"estatus del dominio"_s, F::Status},
        {u"dnssec"_s, F::Dnssec},
    };
    return fields;
}

const WhoisFields &domainFields()
{
    using F = WhoisField;
    static const WhoisFields fields{
        {u"creation date"_s, F::Created},
        {u"created"_s, F::Created},
        {u"created on"_s, F::Created},
        {u"created date"_s, F::Created},
        {u"record created"_s, F::Created},
        {u"record created on"_s, F::Created},
        {u"registered"_s, F::Created},
        {u"registered on"_s, F::Created},
        {u"registered date"_s, F::Created},
        {u"registration time"_s, F::Created},
        {u"registration date"_s, F::Created},
        {u"first registration date"_s, F::Created},
        {u"domain name commencement date"_s, F::Created},
        {u"domain created"_s, F::Created},
        {u"domain registered"_s, F::Created},
        {u"fecha de creacion"_s, F::Created},
        {u"updated date"_s, F::Changed},
        {u"last update"_s, F::Changed},
        {u"last updated"_s, F::Changed},
        {u"last updated date"_s, F::Changed},
        {u"last updated on"_s, F::Changed},
        {u"last modified"_s, F::Changed},
        {u"record last modified"_s, F::Changed},
        {u"modification date"_s, F::Changed},
        {u"last-update"_s, F::Changed},
        {u"last-updated"_s, F::Changed},
        {u"updated"_s, F::Changed},
        {u"modified"_s, F::Changed},
        {u"changed"_s, F::Changed},
        {u"expire"_s, F::Expires},
        {u"expires"_s, F::Expires},
        {u"record expired"_s, F::Expires},
        {u"valid until"_s, F::Expires},
        {u"validity"_s, F::Expires},
        {u"expires on"_s, F::Expires},
        {u"expiry date"_s, F::Expires},
        {u"expire date"_s, F::Expires},
        {u"expire-date"_s, F::Expires},
        {u"expiration date"_s, F::Expires},
        {u"expiration time"_s, F::Expires},
        {u"registry expiry date"_s, F::Expires},
        {u"paid-till"_s, F::Expires},
        {u"record expires on"_s, F::Expires},
        {u"record will expire on"_s, F::Expires},
        {u"org"_s, F::Organisation},
        {u"organization"_s, F::Organisation},
        {u"organisation"_s, F::Organisation},
        {u"contact organization"_s, F::Organisation},
        {u"contact email"_s, F::Email},
        {u"status"_s, F::Status},
        {u"domain state"_s, F::Status},
        {u"state"_s, F::Status},
        {u"signed"_s, F::Dnssec},
    };
    return fields;
}

const WhoisFields &contactFields()
{
    using F = WhoisField;
    static const WhoisFields fields{
        {u"org"_s, F::Organisation},
        {u"organization"_s, F::Organisation},
        {u"organisation"_s, F::Organisation},
        {u"organization name"_s, F::Organisation},
        {u"company name"_s, F::Organisation},
        {u"name"_s, F::Person},
        {u"person"_s, F::Person},
        {u"personname"_s, F::Person},
        {u"contact"_s, F::Person},
        {u"country"_s, F::Country},
        {u"country code"_s, F::Country},
        {u"email"_s, F::Email},
        {u"e-mail"_s, F::Email},
        {u"holder email"_s, F::Email},
        {u"domain name commencement date"_s, F::Created},
        {u"expiry date"_s, F::Expires},
        {u"nic-hdl"_s, F::Handle},
    };
    return fields;
}

std::optional<WhoisField> fieldIn(const WhoisFields &fields, const QString &key)
{
    const auto found = fields.constFind(key);
    return found == fields.cend() ? std::nullopt : std::optional(*found);
}

} // namespace wg
