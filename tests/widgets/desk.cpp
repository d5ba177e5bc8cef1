// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fakeactions.h"

// A desk in the middle of a day, for screenshots and page tests.
namespace wg::test {

using namespace Qt::StringLiterals;

namespace {

const Entity domain{ArtifactKind::Domain, u"interfaxru.com"_s};
const Entity address{ArtifactKind::Ipv4, u"98.126.38.107"_s};

Instant ago(qint64 ms)
{
    return SystemClock().now() - ms;
}

Record record(const Entity &owner, Dataset dataset, const QString &type, const QString &value)
{
    Record made;
    made.owner = owner;
    made.dataset = dataset;
    made.type = type;
    made.value = UntrustedText::fromString(value);
    return made;
}

FactRow fact(Record made, const QString &source, qint64 firstAgo, qint64 lastAgo, bool current)
{
    FactRow row;
    row.record = std::move(made);
    row.sightings = {{source, ago(firstAgo), ago(lastAgo), ago(firstAgo / 2), std::nullopt}};
    row.current = current;
    return row;
}

CheckState check(const Entity &asked, Dataset dataset, const QString &source, const QString &text,
                 Outcome outcome, qint64 atAgo, const QString &detail = {})
{
    CheckState state;
    state.question = {asked, dataset, source, text};
    state.outcome = outcome;
    state.at = ago(atAgo);
    state.from = ago(atAgo + dayMs);
    state.detail = detail;
    return state;
}

Told told(FactRole role, const QString &value, const QString &source, const QString &name = {})
{
    return {role, UntrustedText::fromString(value), UntrustedText::fromString(name), source};
}

SystemTag tag(const QString &word, const QString &why, const QString &list = {},
              const QString &date = {})
{
    return {word, UntrustedText::fromString(why), list, date, date.startsWith(u"2024"_s)};
}

/// Of every third address nobody told anything yet.
std::shared_ptr<const Enrichment> knownOf(const QString &value, int number)
{
    auto known = std::make_shared<Enrichment>();
    known->entity = {value.contains(u':') ? ArtifactKind::Ipv6 : ArtifactKind::Ipv4, value};
    if (number % 3 != 2) {
        known->told = {told(FactRole::Asn, u"AS35908"_s, u"ripestat"_s, u"VPLSNET - Krypt"_s),
                       told(FactRole::Country, u"US"_s, u"maxmind"_s)};
        known->tags = {tag(u"asn:vplsnet"_s, u"AS35908 (VPLSNET), says ripestat"_s)};
    }
    if (number % 6 == 1) {
        known->told.append(told(FactRole::Asn, u"AS64511"_s, u"cymru"_s, u"OTHER"_s));
        known->told.append(told(FactRole::Country, u"NL"_s, u"rdap"_s));
    }
    if (number % 5 == 0)
        known->tags.append(tag(u"sinkhole"_s, value + u" is in 98.126.38.0/24"_s,
                               u"Known sinkholes"_s, u"2026-08-22"_s));
    if (number % 4 == 0)
        known->tags.append(tag(u"dynamic"_s, u"its reverse name spells the address"_s,
                               u"Reverse names of dynamic addresses"_s, u"2026-11-23"_s));
    return known;
}

QList<FactRow> resolutions()
{
    QList<FactRow> rows;
    const QStringList values{u"98.126.38.107"_s, u"198.51.100.24"_s, u"203.0.113.9"_s,
                             u"192.0.2.77"_s, u"2001:db8:38::107"_s};
    for (int i = 0; i < 41; ++i) {
        const auto value = i < values.size() ? values.at(i) : u"198.51.100.%1"_s.arg(30 + i);
        auto row = fact(
            record(domain, Dataset::Resolutions, value.contains(u':') ? u"AAAA"_s : u"A"_s, value),
            i % 3 == 0 ? u"mnemonic"_s : u"dns@9.9.9.9"_s, (200 + i * 31) * dayMs, i * 9 * dayMs,
            i < 2);
        if (i % 4 == 0)
            row.sightings.append(
                {u"files"_s, ago(900 * dayMs), ago(400 * dayMs), ago(dayMs), std::nullopt});
        row.newSinceLooked = i == 1;
        row.gone = i == 5 || i == 9;
        row.watched = i == 0;
        row.enrichment = knownOf(value, i);
        rows.append(row);
    }
    return rows;
}

QList<FactRow> registration()
{
    QList<FactRow> rows;
    const QList<std::pair<QString, QString>> fields{
        {u"registrar"_s, u"PDR Ltd. d/b/a PublicDomainRegistry.com"_s},
        {u"created"_s, u"2011-03-02T11:20:00Z"_s},
        {u"expires"_s, u"2027-03-02T11:20:00Z"_s},
        {u"changed"_s, u"2026-02-11T08:00:00Z"_s},
        {u"status"_s, u"client transfer prohibited"_s},
        {u"name server"_s, u"ns1.example-dns.net"_s},
        {u"name server"_s, u"ns2.example-dns.net"_s},
        {u"organisation"_s, u"Evil \u202egnp.exe <b>Corp</b> & Söhne"_s}};
    for (const auto &[type, value] : fields)
        rows.append(fact(record(domain, Dataset::Whois, type, value), u"rdap"_s, 300 * dayMs,
                         60'000, true));
    return rows;
}

FactRow certificate(const QString &serial, const QStringList &names, const QString &issuer,
                    qint64 fromAgo, qint64 toAgo)
{
    const QString authority = u"C=US, O=Example Trust, CN="_s + issuer;
    auto made = record(domain, Dataset::Certificates, u"certificate"_s, serial + u' ' + authority);
    const QList<std::pair<QString, QString>> details{{u"common_name"_s, names.value(0)},
                                                     {u"issuer"_s, authority},
                                                     {u"issuer_name"_s, issuer},
                                                     {u"key"_s, u"EC P-256"_s},
                                                     {u"names"_s, names.join(u", "_s)},
                                                     {u"not_after"_s, toRfc3339(ago(toAgo))},
                                                     {u"not_before"_s, toRfc3339(ago(fromAgo))},
                                                     {u"serial"_s, serial}};
    for (const auto &[name, text] : details)
        setAttribute(made.details, name, UntrustedText::fromString(text));
    return fact(made, u"certspotter"_s, fromAgo, toAgo, false);
}

QList<FactRow> certificates()
{
    const QStringList mail{u"mail.interfaxru.com"_s, u"*.interfaxru.com"_s, u"198.51.100.24"_s,
                           u"update.newsagency.example"_s};
    QList<FactRow> rows{certificate(u"0a01"_s, mail, u"Example DV R3"_s, 40 * dayMs, -50 * dayMs),
                        certificate(u"0a02"_s, {u"interfaxru.com"_s, u"www.interfaxru.com"_s},
                                    u"Example Organisation Validation Secure Server CA 2"_s,
                                    400 * dayMs, 35 * dayMs),
                        certificate(u"0a03"_s, {u"xn--80ak6aa92e.interfaxru.com"_s},
                                    u"Evil \u202eAC <b>"_s, 900 * dayMs, 810 * dayMs)};
    QStringList many{u"shared.cdn.example"_s};
    for (int i = 0; i < 120; ++i)
        many.append(u"customer%1.example"_s.arg(i));
    rows.append(certificate(u"0a04"_s, many, u"Example DV R3"_s, 10 * dayMs, -80 * dayMs));
    rows.first().sightings.append(
        {u"crtsh"_s, ago(40 * dayMs), std::nullopt, ago(dayMs), std::nullopt});
    rows.first().newSinceLooked = true;
    return rows;
}

EntitySummary summaryOfDomain()
{
    EntitySummary s;
    s.entity = domain;
    s.known = true;
    s.watched = true;
    s.watchedSince = ago(40 * dayMs);
    s.baselineAt = ago(40 * dayMs);
    s.baselineHave = 3;
    s.baselineWant = 3;
    s.lastChecked = ago(12 * minuteMs);
    s.nextDue = SystemClock().now() + 48 * minuteMs;
    s.firstSeen = ago(5600 * dayMs);
    s.lastSeen = ago(hourMs);
    s.lookedAt = ago(3 * dayMs);
    s.counts = {{Dataset::Resolutions, 41}, {Dataset::Whois, 8}};
    s.newSinceLooked = {{Dataset::Resolutions, 1}, {Dataset::Whois, 1}};
    s.goneSinceLooked = {{Dataset::Resolutions, 2}};
    s.headFacts = {{u"registrar"_s, UntrustedText::fromString(u"PDR Ltd."_s)},
                   {u"created"_s, UntrustedText::fromString(u"2011-03-02T11:20:00Z"_s)},
                   {u"expires"_s, UntrustedText::fromString(u"2027-03-02T11:20:00Z"_s)},
                   {u"country"_s, UntrustedText::fromString(u"RU"_s)}};
    s.enrichment.entity = domain;
    s.enrichment.registeredDomain = domain.value;
    s.enrichment.suffixListDate = u"2023-02-09"_s;
    s.enrichment.told = {told(FactRole::Registrar, u"PDR Ltd."_s, u"rdap"_s)};
    s.enrichment.tags = {
        tag(u"parked"_s, u"its name server ns1.<b>sedoparking</b>.com is one of sedoparking.com"_s,
            u"Domain parking services"_s, u"2024-04-22"_s),
        tag(u"sinkhole"_s, u"its address 98.126.38.107 is in 98.126.38.0/24"_s,
            u"Known sinkholes"_s, u"2026-08-22"_s)};
    s.checks = {
        check(domain, Dataset::Resolutions, u"mnemonic"_s, u"names"_s, Outcome::Truncated,
              2 * hourMs, u"page limit"_s),
        check(domain, Dataset::Whois, u"rdap"_s, u"domain"_s, Outcome::Complete, 12 * minuteMs),
        check(domain, Dataset::Resolutions, u"files"_s, u"import"_s, Outcome::Complete, 9 * dayMs)};
    return s;
}

SourceState source(const QString &name, const QString &title, QList<Dataset> datasets, Pap pap,
                   Presence presence)
{
    SourceState state;
    state.info.name = name;
    state.info.title = title;
    state.info.datasets = std::move(datasets);
    state.info.pap = pap;
    state.info.presence = presence;
    return state;
}

QList<SourceState> sources()
{
    auto dns = source(u"dns"_s, u"Live DNS"_s, {Dataset::Resolutions, Dataset::Dns}, Pap::Green,
                      Presence::Current);
    dns.info.learns =
        u"Your resolver, and through it the name servers of the target, learn the name."_s;
    dns.info.terms = u"Free."_s;
    dns.permitted = false;
    dns.consented = false;
    dns.whyNot = u"PAP is AMBER, and live DNS needs GREEN."_s;
    auto rdap =
        source(u"rdap"_s, u"RDAP registries"_s, {Dataset::Whois}, Pap::Amber, Presence::Current);
    rdap.info.learns =
        u"The registry of the top-level domain or network learns the name or address."_s;
    rdap.info.terms = u"Free; registries limit the rate."_s;
    rdap.lastOutcome = Outcome::Complete;
    rdap.lastAsked = ago(12 * minuteMs);
    rdap.lastGood = rdap.lastAsked;
    auto mnemonic = source(u"mnemonic"_s, u"mnemonic passive DNS"_s, {Dataset::Resolutions},
                           Pap::Amber, Presence::Historical);
    mnemonic.info.learns = u"mnemonic AS, Norway, learns the name or address."_s;
    mnemonic.info.terms = u"Free without a key: 100 questions a minute, 1000 a day."_s;
    mnemonic.lastOutcome = Outcome::Refused;
    mnemonic.lastAsked = ago(2 * hourMs);
    mnemonic.lastGood = ago(26 * hourMs);
    mnemonic.lastDetail = u"HTTP 429: resource limit exceeded"_s;
    mnemonic.pausedUntil = SystemClock().now() + 22 * minuteMs;
    auto files = source(u"files"_s, u"Imported files"_s, {Dataset::Resolutions, Dataset::Dns},
                        Pap::Red, Presence::Historical);
    files.info.learns = u"Nobody."_s;
    files.info.terms = u"Your own."_s;
    files.info.asksOutside = false;
    return {dns, rdap, mnemonic, files};
}

Change change(ChangeKind kind, const QString &type, const QString &before, const QString &after,
              Novelty novelty)
{
    Change made;
    made.kind = kind;
    made.question = {domain, Dataset::Resolutions, u"mnemonic"_s, u"names"_s};
    made.record = record(domain, Dataset::Resolutions, type, after.isEmpty() ? before : after);
    made.before = UntrustedText::fromString(before);
    made.after = UntrustedText::fromString(after);
    made.novelty = novelty;
    made.worldFirst = ago(3 * hourMs);
    return made;
}

QList<Card> cards()
{
    QList<Card> cards;
    const QList<std::tuple<QString, Cause, QString>> what{
        {u"interfaxru.com"_s, Cause::NewRecords, u"A 203.0.113.9"_s},
        {u"login-portal.example"_s, Cause::NameGone, {}},
        {u"mail.krypt-host.net"_s, Cause::Moved, u"A 192.0.2.1 → 198.51.100.7"_s},
        {u"interfaxru.com"_s, Cause::Transfer, u"registrar NameSilo, LLC"_s},
        {u"98.126.38.107"_s, Cause::NewRecords, u"www.interfaxru.com"_s},
        {u"a-very-long-host-name-that-goes-on-and-on.and-on.and-on.example.org"_s,
         Cause::GoneRecords, u"MX mx1.example.org"_s},
        {u"xn--80ak6aa92e.com"_s, Cause::Renewal, u"expires 2028-01-01"_s},
        {u"203.0.113.0"_s, Cause::Storm, {}}};
    for (int i = 0; i < 24; ++i) {
        const auto &[name, cause, headline] = what.at(i % what.size());
        Card card;
        card.id = QUuid(uint(i + 1), 7, 0, 0, 0, 0, 0, 0, 0, 0, 1);
        card.row = 100 - i;
        card.entity = {name.at(0).isDigit() ? ArtifactKind::Ipv4 : ArtifactKind::Domain, name};
        card.concerns = {card.entity};
        card.datasets = {cause == Cause::Transfer || cause == Cause::Renewal
                             ? Dataset::Whois
                             : Dataset::Resolutions};
        card.cause = cause;
        card.headline = headline;
        card.changeCount = cause == Cause::Storm ? 57 : 1 + i % 3;
        card.detectedAt = ago(i * i * 11 * minuteMs);
        card.source = u"mnemonic"_s;
        if (i == 2) {
            card.groupSize = 14;
            card.group = QUuid(9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9);
            for (int n = 0; n < 14; ++n)
                card.concerns.append({ArtifactKind::Domain, u"shop%1.example.net"_s.arg(n)});
        }
        card.changes = {change(ChangeKind::Added, u"A"_s, {}, u"203.0.113.9"_s, Novelty::World),
                        change(ChangeKind::Removed, u"A"_s, u"98.126.38.107"_s, {}, Novelty::Here),
                        change(ChangeKind::Modified, u"MX"_s, u"10 mx1.example.org"_s,
                               u"20 mx1.example.org"_s, Novelty::Us)};
        cards.append(card);
    }
    return cards;
}

QList<MonitorRow> monitors()
{
    QList<MonitorRow> rows;
    for (int i = 0; i < 30; ++i) {
        MonitorRow row;
        row.id = QUuid(uint(i + 1), 8, 0, 0, 0, 0, 0, 0, 0, 0, 1);
        row.row = i + 1;
        row.entity = i == 0 ? domain
            : i == 1        ? address
                            : Entity{ArtifactKind::Domain, u"watched%1.example.net"_s.arg(i)};
        row.since = ago((40 + i) * dayMs);
        row.baselineAt = i == 4 ? std::nullopt : std::optional(ago((40 + i) * dayMs));
        row.lastChecked = ago(i * 7 * minuteMs);
        row.nextDue = SystemClock().now() + (60 - i * 3) * minuteMs;
        row.author = u"ana"_s;
        row.openCards = i % 5 == 0 ? i + 1 : 0;
        row.trouble =
            i == 3 ? u"mnemonic refused since 08:12: resource limit exceeded"_s : QString();
        rows.append(row);
    }
    return rows;
}

} // namespace

void fillDesk(Script &script)
{
    script.sources = sources();
    for (const auto &state : std::as_const(script.sources))
        script.policy.sources.append(state.info);
    script.parties = {{u"rdap"_s,
                       u"the RDAP registry of .com (rdap.verisign.com)"_s,
                       Pap::Amber,
                       true,
                       {},
                       false},
                      {u"mnemonic"_s, u"api.mnemonic.no"_s, Pap::Amber, true, {}, false},
                      {u"dns"_s, u"9.9.9.9, and through it the name servers of the domain"_s,
                       Pap::Green, false, u"PAP is AMBER, and live DNS needs GREEN."_s, true}};
    auto summary = summaryOfDomain();
    summary.lastCards = cards().mid(0, 4);
    script.summaries.insert(domain, summary);
    script.facts[domain][Dataset::Resolutions] = resolutions();
    script.facts[domain][Dataset::Whois] = registration();
    auto &host = script.summaries[address];
    host.known = true;
    host.counts = {{Dataset::Resolutions, 1}};
    host.registration = {ArtifactKind::Cidr, u"98.126.0.0/17"_s};
    host.headFacts = {{u"name"_s, UntrustedText::fromString(u"VPLSNET"_s)},
                      {u"network"_s, UntrustedText::fromString(u"98.126.0.0/17"_s)},
                      {u"country"_s, UntrustedText::fromString(u"US"_s)}};
    host.enrichment.entity = address;
    host.enrichment.told = {
        told(FactRole::Asn, u"AS35908"_s, u"ripestat"_s, u"VPLSNET - Krypt Technologies"_s),
        told(FactRole::Asn, u"AS35908"_s, u"cymru"_s),
        told(FactRole::Prefix, u"98.126.0.0/17"_s, u"ripestat"_s),
        told(FactRole::Country, u"US"_s, u"rdap"_s),
        told(FactRole::Country, u"DE"_s, u"maxmind"_s)};
    host.enrichment.tags = {
        tag(u"asn:vplsnet"_s, u"AS35908 (VPLSNET - Krypt Technologies), says ripestat, cymru"_s),
        tag(u"sinkhole"_s, u"98.126.38.107 is in 98.126.38.0/24"_s, u"Known sinkholes"_s,
            u"2026-08-22"_s),
        tag(u"routable"_s, u"98.126.38.107 is in no network that is set aside"_s,
            u"Special-purpose networks"_s, u"2026-11-23"_s)};
    auto back = fact(record(domain, Dataset::Resolutions, u"A"_s, address.value), u"mnemonic"_s,
                     200 * dayMs, dayMs, true);
    back.reverse = true;
    auto parked = std::make_shared<Enrichment>(script.summaries[domain].enrichment);
    back.enrichment = parked;
    script.facts[address][Dataset::Resolutions] = {back};
    script.cards = cards();
    script.monitors = monitors();
}

void addCertificates(Script &script)
{
    script.facts[domain][Dataset::Certificates] = certificates();
    script.summaries[domain].counts.insert(Dataset::Certificates, certificates().size());
    auto spotter = source(u"certspotter"_s, u"Cert Spotter certificates"_s, {Dataset::Certificates},
                          Pap::Amber, Presence::Historical);
    spotter.lastOutcome = Outcome::Complete;
    script.sources.append(spotter);
    script.policy.sources.append(spotter.info);
    script.summaries[domain].checks.append(check(domain, Dataset::Certificates, u"certspotter"_s,
                                                 u"issuances"_s, Outcome::Complete, hourMs));
}

} // namespace wg::test
