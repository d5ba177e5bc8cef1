// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/outside.h"

#include "core/names.h"
#include "core/settings.h"
#include "sources/dnssource.h"
#include "sources/rdapsource.h"
#include "sources/sourceset.h"
#include "sources/whoissource.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Sources", text);
}

QString resolversText(const Policy &policy)
{
    const auto servers = parseServers(policy.dnsServers);
    if (!servers || servers->isEmpty())
        return tr("this computer's resolver");
    QStringList names;
    for (const auto &server : *servers)
        names.append(server.text());
    return names.join(u", ");
}

QString learnerName(const SourceInfo &info, const Policy &policy, const Entity &entity)
{
    if (const QUrl base = policy.baseUrls.value(info.name); base.isValid())
        return base.authority();
    if (info.name == "dns"_L1)
        return tr("%1, and through it the name servers of the domain").arg(resolversText(policy));
    if (info.name == "rdap"_L1) {
        return isAddress(entity)
            ? tr("the RDAP service of its address registry")
            : tr("the RDAP registry of .%1").arg(entity.value.section(u'.', -1));
    }
    if (info.name == "whois"_L1) {
        return tr("the WHOIS server of .%1, if it has no RDAP service")
            .arg(entity.value.section(u'.', -1));
    }
    if (meetsTarget(info.name))
        return tr("whoever runs the web server of %1, who sees your address").arg(entity.value);
    if (info.name == "cymru"_L1)
        return tr("%1, and through it Team Cymru").arg(resolversText(policy));
    return info.party;
}

/// What a source hears of: a registry never hears a host's own labels.
Artifact subjectOf(const SourceInfo &info, const Entity &entity)
{
    if (info.name == "rdap"_L1)
        return rdapSubject(entity);
    if (info.name == "whois"_L1)
        return whoisSubject(entity);
    const bool name = entity.kind == ArtifactKind::Domain;
    return info.registered && name ? Artifact{entity.kind, registeredDomain(entity.value)} : entity;
}

} // namespace

Outside::Outside(const Catalogue &catalogue, const Clock &clock, LedgerSink &ledger,
                 QObject *parent)
    : QObject(parent)
    , m_fetcher(m_gate, clock, ledger)
    , m_dns(m_gate, clock, ledger)
    , m_whois(m_gate, clock, ledger)
    , m_tls(m_gate, clock, ledger)
    , m_tape(clock)
    , m_sources(makeSources(catalogue, m_gate, {m_fetcher, m_dns, m_whois, m_tls}, m_keys, clock))
{
    m_fetcher.setTape(&m_tape);
    m_dns.setTape(&m_tape);
    m_whois.setTape(&m_tape);
    m_tls.setTape(&m_tape);
    connect(&m_fetcher, &Fetcher::reachabilityChanged, this, &Outside::reachabilityChanged);
    connect(&m_fetcher, &Fetcher::quotaChanged, this, &Outside::quotaChanged);
    connect(&m_keys, &KeyRing::wanted, this, &Outside::keyWanted);
    for (const auto &source : m_sources) {
        if (auto *dns = qobject_cast<DnsSource *>(source.get()))
            connect(dns, &DnsSource::resolverTested, this, &Outside::resolverTested);
        if (auto *rdap = qobject_cast<RdapSource *>(source.get()))
            connect(rdap, &RdapSource::fileFetched, this, &Outside::rdapFileFetched);
    }
}

Outside::~Outside() = default;

void Outside::end()
{
    m_sources.clear();
}

void Outside::setPolicy(const Policy &policy)
{
    m_gate.setPolicy(policy);
}

bool Outside::permits(const SourceInfo &source, const Artifact &subject) const
{
    return m_gate.ask({source.name, source.name, source.pap, subject, Asker::Eye}).ok();
}

std::optional<Instant> Outside::waitUntil(const QString &source) const
{
    return m_fetcher.waitUntil(source);
}

void Outside::rememberWait(const QString &source, Instant until)
{
    m_fetcher.rememberWait(source, until);
}

void Outside::reset(const QString &source)
{
    m_fetcher.reset(source);
    if (source == "dns"_L1)
        forgetResolvers();
}

void Outside::setKey(const QString &source, const SourceKey &key)
{
    m_keys.set(source, key);
    if (key.state == KeyState::Found && !m_tape.isReplaying())
        m_tape.keepSecret(confidentialOf(key.value));
}

std::optional<QuotaState> Outside::quota(const QString &source) const
{
    return m_fetcher.quota(source);
}

QByteArray Outside::savedQuota(const QString &source) const
{
    return m_fetcher.savedQuota(source);
}

void Outside::restoreQuota(const QString &source, const QByteArray &saved)
{
    m_fetcher.restoreQuota(source, saved);
}

void Outside::forgetQuota(const QString &source)
{
    m_fetcher.forgetQuota(source);
}

void Outside::forgetResolvers()
{
    for (const auto &source : m_sources) {
        if (auto *dns = qobject_cast<DnsSource *>(source.get()))
            dns->forgetVerdicts();
    }
}

void Outside::rememberResolver(const QString &server, Outcome verdict, const QString &detail,
                               Instant at)
{
    for (const auto &source : m_sources) {
        if (auto *dns = qobject_cast<DnsSource *>(source.get()))
            dns->rememberVerdict({server, verdict, detail, at});
    }
}

void Outside::rememberRdapFile(const RdapFile &file)
{
    for (const auto &source : m_sources) {
        if (auto *rdap = qobject_cast<RdapSource *>(source.get()))
            rdap->rememberFile(file);
    }
}

QList<Learner> whoLearns(const Policy &policy, const Entity &entity)
{
    const Gate gate(policy);
    QList<Learner> learners;
    for (const auto &info : policy.sources) {
        if (!info.asksOutside || info.onDemand)
            continue;
        const Artifact subject = subjectOf(info, entity);
        if (subject.isEmpty() || !concerns(info, entity))
            continue;
        Learner learner;
        learner.source = info.name;
        learner.who = learnerName(info, policy, entity);
        learner.pap = info.pap;
        const auto permit = gate.ask({info.name, info.name, info.pap, subject, Asker::Person});
        learner.permitted = permit.ok();
        if (!permit) {
            learner.whyNot = permit.error().detail;
            learner.held = permit.error().code == ErrorCode::Held;
            Policy consented = policy;
            consented.consents.insert(info.name);
            consented.ceiling = std::max(consented.ceiling, info.pap);
            learner.needsConsent = info.pap == Pap::Green
                && Gate(consented)
                       .ask({info.name, info.name, info.pap, subject, Asker::Person})
                       .ok();
        }
        learners.append(learner);
    }
    return learners;
}

} // namespace wg
