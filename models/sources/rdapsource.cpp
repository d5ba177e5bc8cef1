// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/rdapsource.h"

#include "sources/rdapparse.h"
#include "sources/sourceinfos.h"

using namespace Qt::StringLiterals;

namespace wg {

namespace {

constexpr qint64 mostBytes = 2 << 20;

QList<HostWindow> windowsFor(const QUrl &url)
{
    if (url.host() == "rdap.lacnic.net"_L1)
        return {{1, secondMs}, {10, minuteMs}};
    return {{1, secondMs}};
}

} // namespace

RdapSource::RdapSource(const Gate &gate, Fetcher &fetcher, const Clock &clock, QObject *parent)
    : HttpSource(gate, fetcher, clock, parent)
    , m_directory(gate, fetcher, clock)
{
    connect(&m_directory, &RdapDirectory::fetched, this, &RdapSource::fileFetched);
}

SourceInfo RdapSource::info() const
{
    return rdapInfo();
}

Artifact RdapSource::subject(const Entity &entity) const
{
    return rdapSubject(entity);
}

QList<Question> RdapSource::questions(const Artifact &subject) const
{
    return {{subject, Dataset::Whois, u"rdap"_s, rdapNetworkOf(subject) ? u"ip"_s : u"domain"_s}};
}

ParseFunction RdapSource::parser() const
{
    return parseRdap;
}

void RdapSource::begin(const AskPtr &ask, const Permit &)
{
    m_directory.want(rdapRegistryOf(ask->order.subject), ask->order.asker, Freshness::Day,
                     [this, ask](const Result<RdapBootstrap> &bootstrap) {
                         if (!ask->done)
                             return;
                         if (bootstrap)
                             askRegistry(ask, *bootstrap);
                         else
                             fail(ask, outcomeOf(bootstrap.error().code), bootstrap.error().detail);
                     });
}

void RdapSource::askRegistry(const AskPtr &ask, const RdapBootstrap &bootstrap)
{
    const Artifact &subject = ask->order.subject;
    const QUrl base = bootstrap.baseFor(subject);
    if (base.isEmpty()) {
        const QString where = rdapNetworkOf(subject)
            ? subject.value
            : u'.' + subject.value.mid(subject.value.lastIndexOf(u'.') + 1);
        fail(ask, Outcome::Refused, u"no RDAP service for %1"_s.arg(where));
        return;
    }
    send(ask, rdapUrl(base, subject), Pap::Amber, m_directory.hosts(),
         [this, ask](Result<HttpAnswer> &&answer) { took(ask, std::move(answer)); });
}

void RdapSource::send(const AskPtr &ask, const QUrl &url, Pap pap, const QStringList &hosts,
                      Fetched taken)
{
    const auto agreed = permit(ask->order, pap);
    if (!agreed)
        return taken(agreed.error());
    HttpQuestion question{*agreed, url, hosts};
    question.headers = {{"Accept", "application/rdap+json, application/json;q=0.9"}};
    question.maxBytes = mostBytes;
    question.windows = windowsFor(url);
    question.parallel = 1;
    fetch(ask, question, std::move(taken));
}

void RdapSource::took(const AskPtr &ask, Result<HttpAnswer> &&answer)
{
    ask->pass.answers.append(
        rawAnswer(questions(ask->order.subject).first(), std::move(answer), clock().now()));
    const RawAnswer &registry = ask->pass.answers.first();
    QUrl registrar;
    if (gate().policy().rdapRegistrar && registry.status == 200
        && !rdapNetworkOf(ask->order.subject))
        registrar = registrarLink(registry.bytes);
    if (registrar.isEmpty())
        finish(ask);
    else
        askRegistrar(ask, registrar);
}

void RdapSource::askRegistrar(const AskPtr &ask, const QUrl &url)
{
    // The registrar may be the actor's: GREEN, https, any public host, this one hop.
    send(ask, url, Pap::Green, {u"*"_s}, [this, ask](Result<HttpAnswer> &&answer) {
        const Question question{ask->order.subject, Dataset::Whois, u"rdap"_s, u"registrar"_s};
        ask->pass.answers.append(rawAnswer(question, std::move(answer), clock().now()));
        finish(ask);
    });
}

void RdapSource::test(std::function<void(Outcome, QString)> done)
{
    m_directory.want(
        RdapRegistry::Dns, Asker::Person, Freshness::Now,
        [done = std::move(done)](const Result<RdapBootstrap> &bootstrap) {
            if (!bootstrap)
                return done(outcomeOf(bootstrap.error().code), bootstrap.error().detail);
            done(Outcome::Complete,
                 u"IANA's list names %1 registries' services"_s.arg(bootstrap->services()));
        });
}

} // namespace wg
