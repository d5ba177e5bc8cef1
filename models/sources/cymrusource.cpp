// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/cymrusource.h"

#include "sources/cymruparse.h"
#include "sources/dnstypes.h"
#include "sources/sourceinfos.h"

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// More than anybody really announces one prefix from.
constexpr qsizetype mostHolders = 4;

Question questionAbout(const Artifact &subject, const QString &text)
{
    return {subject, Dataset::Network, u"cymru"_s, text};
}

RawAnswer answerOf(const Question &question, DnsReply &&reply)
{
    RawAnswer answer;
    answer.question = question;
    if (reply.packet.isEmpty()) {
        const bool silent = reply.failure == Outcome::Complete;
        answer.failure = silent ? Outcome::Unreachable : reply.failure;
        answer.detail = std::move(reply.detail);
    }
    answer.bytes = std::move(reply.packet.isEmpty() ? reply.unreadable : reply.packet);
    answer.at = reply.at;
    return answer;
}

} // namespace

/// One ask under way.
struct CymruAsk
{
    CymruSource *source = nullptr; ///< null once the source is gone
    AskOrder order;
    AskDone done; ///< null once it was called
    QList<ServerAddress> servers; ///< the first is being asked
    std::optional<Permit> permit;
    RawPass pass;
    qsizetype open = 0; ///< autonomous systems that are being asked about
};

CymruSource::CymruSource(const Gate &gate, DnsClient &client, const Clock &clock, QObject *parent)
    : Source(parent)
    , m_gate(gate)
    , m_client(client)
    , m_clock(clock)
{ }

CymruSource::~CymruSource()
{
    const auto left = m_asks.values();
    for (const AskPtr &ask : left) {
        ask->source = nullptr;
        fail(ask, Outcome::Unreachable, u"the program is ending"_s);
    }
}

SourceInfo CymruSource::info() const
{
    return cymruInfo();
}

Artifact CymruSource::subject(const Entity &entity) const
{
    return isAddress(entity) ? entity : Artifact();
}

void CymruSource::ask(const AskOrder &order, AskDone done)
{
    const auto ask = std::make_shared<CymruAsk>();
    ask->source = this;
    ask->order = order;
    ask->done = std::move(done);
    ask->servers = m_client.servers();
    ask->pass = {order.subject, u"cymru"_s, order.purpose, {}, parseCymru};
    m_asks.insert(ask.get(), ask);
    auto permit = m_gate.ask({u"cymru"_s, u"cymru"_s, Pap::Amber, order.subject, order.asker});
    if (!permit)
        return fail(ask, Outcome::Refused, permit.error().detail);
    ask->permit = std::move(*permit);
    if (ask->servers.isEmpty())
        return fail(ask, Outcome::Unreachable, u"no resolver is known; set dns.servers"_s);
    askOrigin(ask);
}

void CymruSource::askOrigin(const AskPtr &ask)
{
    m_client.ask(*ask->permit, ask->servers.first(), cymruOriginName(ask->order.subject),
                 dnstype::txt, [ask](DnsReply &&reply) {
                     if (ask->source && ask->done)
                         ask->source->tookOrigin(ask, std::move(reply));
                 });
}

void CymruSource::tookOrigin(const AskPtr &ask, DnsReply &&reply)
{
    const RawAnswer answer =
        answerOf(questionAbout(ask->order.subject, u"origin"_s), std::move(reply));
    if (answer.failure == Outcome::Unreachable && ask->servers.size() > 1) {
        ask->servers.removeFirst();
        return askOrigin(ask);
    }
    ask->pass.answers = {answer};
    const QStringList asns = cymruOrigins(answer).mid(0, mostHolders);
    ask->open = asns.size();
    if (asns.isEmpty())
        return finish(ask);
    for (const QString &asn : asns) {
        m_client.ask(*ask->permit, ask->servers.first(), cymruHolderName(asn), dnstype::txt,
                     [ask, asn](DnsReply &&told) {
                         if (ask->source && ask->done)
                             ask->source->tookHolder(ask, asn, std::move(told));
                     });
    }
}

void CymruSource::tookHolder(const AskPtr &ask, const QString &asn, DnsReply &&reply)
{
    ask->pass.answers.append(answerOf(questionAbout(ask->order.subject, asn), std::move(reply)));
    if (--ask->open == 0)
        finish(ask);
}

void CymruSource::fail(const AskPtr &ask, Outcome outcome, const QString &detail)
{
    RawAnswer answer;
    answer.question = questionAbout(ask->order.subject, u"origin"_s);
    answer.failure = outcome;
    answer.sent = outcome != Outcome::Refused;
    answer.detail = detail;
    answer.at = m_clock.now();
    ask->pass.answers = {answer};
    finish(ask);
}

void CymruSource::finish(const AskPtr &ask)
{
    m_asks.remove(ask.get());
    if (const AskDone done = std::exchange(ask->done, nullptr))
        done(std::move(ask->pass));
}

void CymruSource::cancel(quint64 ticket)
{
    const auto asks = m_asks.values();
    for (const AskPtr &ask : asks) {
        if (ask->order.ticket == ticket && ask->done)
            fail(ask, Outcome::Unreachable, u"cancelled"_s);
    }
}

void CymruSource::test(std::function<void(Outcome, QString)> done)
{
    AskOrder order;
    order.subject = {ArtifactKind::Ipv4, u"193.0.6.139"_s};
    order.purpose = Purpose::Person;
    order.asker = Asker::Person;
    ask(order, [done = std::move(done)](RawPass &&pass) {
        const Observation seen = parseCymru(pass).first();
        done(seen.outcome, isUsable(seen.outcome) ? u"Team Cymru answers"_s : seen.detail);
    });
}

} // namespace wg
