// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/whoissource.h"

#include "core/names.h"
#include "sources/httpsource.h"
#include "sources/sourceinfos.h"
#include "sources/whoisparse.h"

using namespace Qt::StringLiterals;

namespace wg {

namespace {

constexpr auto ianaServer = "whois.iana.org"_L1;

/// Some servers want to be asked in their own way, or answer in their own language.
QByteArray questionLine(const QString &host, const QString &name)
{
    if (host == "whois.denic.de"_L1)
        return "-T dn,ace " + name.toLatin1();
    if (host == "whois.jprs.jp"_L1)
        return name.toLatin1() + "/e";
    return name.toLatin1();
}

Question questionAbout(const Artifact &subject)
{
    return {subject, Dataset::Whois, u"whois"_s, u"domain"_s};
}

Intent intentAbout(const Artifact &about, Asker asker)
{
    return {u"whois"_s, u"whois"_s, Pap::Amber, about, asker};
}

QString topOf(const Artifact &subject)
{
    return subject.value.section(u'.', -1);
}

} // namespace

/// One ask under way.
struct WhoisAsk
{
    AskOrder order;
    AskDone done; ///< null once it was called
    RawPass pass;
    quint64 number = 0; ///< of the question to the registry
};

Artifact whoisSubject(const Entity &entity)
{
    return entity.kind == ArtifactKind::Domain ? rdapSubject(entity) : Artifact();
}

WhoisSource::WhoisSource(const Gate &gate, RdapDirectory &directory, WhoisClient &client,
                         const Clock &clock, QObject *parent)
    : Source(parent)
    , m_gate(gate)
    , m_directory(directory)
    , m_client(client)
    , m_clock(clock)
    , m_self(std::make_shared<WhoisSource *>(this))
{ }

WhoisSource::~WhoisSource()
{
    *m_self = nullptr;
    const auto left = m_asks.values();
    for (const AskPtr &ask : left)
        fail(ask, Outcome::Unreachable, u"the program is ending"_s);
}

SourceInfo WhoisSource::info() const
{
    return whoisInfo();
}

Artifact WhoisSource::subject(const Entity &entity) const
{
    return whoisSubject(entity);
}

void WhoisSource::ask(const AskOrder &order, AskDone done)
{
    const auto ask = std::make_shared<WhoisAsk>();
    ask->order = order;
    ask->done = std::move(done);
    ask->pass = {order.subject, u"whois"_s, order.purpose, {}, parseWhois};
    m_asks.insert(ask.get(), ask);
    const auto permit = m_gate.ask(intentAbout(order.subject, order.asker));
    if (!permit)
        return fail(ask, Outcome::Refused, permit.error().detail);
    if (m_directory.names(order.subject))
        return finish(ask);
    m_directory.want(RdapRegistry::Dns, order.asker, Freshness::Day,
                     [self = m_self, ask](const Result<RdapBootstrap> &bootstrap) {
                         if (*self && ask->done)
                             (*self)->took(ask, bootstrap);
                     });
}

void WhoisSource::took(const AskPtr &ask, const Result<RdapBootstrap> &bootstrap)
{
    const Artifact &subject = ask->order.subject;
    if (!bootstrap) {
        return fail(ask, outcomeOf(bootstrap.error().code),
                    u"asked only where RDAP is missing, which is not known: %1"_s.arg(
                        bootstrap.error().detail));
    }
    if (!bootstrap->baseFor(subject).isEmpty())
        return finish(ask);
    findServer(topOf(subject), ask->order.asker, [this, ask](const Result<QString> &host) {
        if (!ask->done)
            return;
        if (!host)
            return fail(ask, outcomeOf(host.error().code), host.error().detail);
        if (host->isEmpty()) {
            return fail(ask, Outcome::Refused,
                        u"IANA names neither an RDAP nor a WHOIS server for .%1"_s.arg(
                            topOf(ask->order.subject)));
        }
        askRegistry(ask, *host);
    });
}

void WhoisSource::findServer(const QString &top, Asker asker, const Named &named)
{
    const QUrl from = m_gate.policy().baseUrls.value(u"whois"_s);
    const auto known = m_servers.constFind(top);
    const Instant now = m_clock.now();
    if (known != m_servers.cend() && known->from == from && now < known->at + dayMs
        && now + dayMs > known->at)
        return named(known->host);
    auto &waiting = m_waiting[top];
    waiting.append(named);
    if (waiting.size() > 1)
        return;
    // IANA hears the ending alone, which names nobody.
    const auto permit = m_gate.ask(intentAbout({ArtifactKind::Domain, u"iana.org"_s}, asker));
    if (!permit)
        return tookServer(top, from, permit.error());
    m_client.ask({*permit, ianaServer, top.toLatin1()},
                 [self = m_self, top, from](Result<WhoisAnswer> &&answer) {
                     if (*self)
                         (*self)->tookServer(top, from, std::move(answer));
                 });
}

void WhoisSource::tookServer(const QString &top, const QUrl &from, Result<WhoisAnswer> &&answer)
{
    Result<QString> host = QString();
    if (!answer)
        host = answer.error();
    else if (answer->cut)
        host = Error{ErrorCode::Unreachable, u"%1 broke off its answer"_s.arg(ianaServer)};
    else
        host = whoisServerOf(answer->text);
    if (host)
        m_servers.insert(top, {from, *host, m_clock.now()});
    const auto waiting = m_waiting.take(top);
    for (const Named &named : waiting)
        named(host);
}

void WhoisSource::askRegistry(const AskPtr &ask, const QString &host)
{
    const Artifact &subject = ask->order.subject;
    const auto permit = m_gate.ask(intentAbout(subject, ask->order.asker));
    if (!permit)
        return fail(ask, Outcome::Refused, permit.error().detail);
    ask->number = m_client.ask({*permit, host, questionLine(host, subject.value)},
                               [self = m_self, ask](Result<WhoisAnswer> &&answer) {
                                   if (!*self || !ask->done)
                                       return;
                                   if (!answer)
                                       return (*self)->fail(ask, outcomeOf(answer.error().code),
                                                            answer.error().detail);
                                   RawAnswer raw;
                                   raw.question = questionAbout(ask->order.subject);
                                   raw.bytes = std::move(answer->text);
                                   raw.cut = answer->cut;
                                   raw.at = answer->at;
                                   ask->pass.answers = {raw};
                                   (*self)->finish(ask);
                               });
}

void WhoisSource::fail(const AskPtr &ask, Outcome outcome, const QString &detail)
{
    RawAnswer answer;
    answer.question = questionAbout(ask->order.subject);
    answer.failure = outcome;
    answer.sent = outcome != Outcome::Refused;
    answer.detail = detail;
    answer.at = m_clock.now();
    ask->pass.answers = {answer};
    finish(ask);
}

void WhoisSource::finish(const AskPtr &ask)
{
    m_asks.remove(ask.get());
    if (const AskDone done = std::exchange(ask->done, nullptr))
        done(std::move(ask->pass));
}

void WhoisSource::cancel(quint64 ticket)
{
    const auto asks = m_asks.values();
    for (const AskPtr &ask : asks) {
        if (ask->order.ticket != ticket || !ask->done)
            continue;
        fail(ask, Outcome::Unreachable, u"cancelled"_s);
        m_client.cancel(ask->number);
    }
}

void WhoisSource::test(std::function<void(Outcome, QString)> done)
{
    const auto permit =
        m_gate.ask(intentAbout({ArtifactKind::Domain, u"iana.org"_s}, Asker::Person));
    if (!permit)
        return done(Outcome::Refused, permit.error().detail);
    m_client.ask({*permit, ianaServer, "int"},
                 [done = std::move(done)](Result<WhoisAnswer> &&answer) {
                     if (answer)
                         done(Outcome::Complete, u"%1 answers"_s.arg(ianaServer));
                     else
                         done(outcomeOf(answer.error().code), answer.error().detail);
                 });
}

} // namespace wg
