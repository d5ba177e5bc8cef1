// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/dnssource.h"

#include "sources/dnsparse.h"
#include "sources/dnstypes.h"
#include "sources/sourceinfos.h"

#include <array>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// What a name is asked for. The first two are asked three times for a baseline, so that a name
/// that rotates with every question is known as such from the start.
constexpr std::array<quint16, 7> nameTypes{dnstype::a,   dnstype::aaaa, dnstype::ns,   dnstype::mx,
                                           dnstype::txt, dnstype::soa,  dnstype::cname};
constexpr std::array<quint16, 1> addressTypes{dnstype::ptr};
constexpr qsizetype repeatedTypes = 2;
constexpr int baselineRounds = 3;

std::span<const quint16> typesFor(const Artifact &subject)
{
    return isAddress(subject) ? std::span<const quint16>(addressTypes) : nameTypes;
}

Dataset datasetFor(quint16 type)
{
    return type == dnstype::a || type == dnstype::aaaa ? Dataset::Resolutions : Dataset::Dns;
}

bool isLost(const RawAnswer &answer)
{
    return answer.failure == Outcome::Unreachable;
}

} // namespace

/// One ask under way: its answers fill the slots of the pass.
struct DnsAsk
{
    DnsSource *source = nullptr; ///< null once the source is gone
    AskOrder order;
    AskDone done; ///< null once it was called
    QList<ServerAddress> servers; ///< the first is being asked
    std::optional<Permit> permit; ///< to ask it
    RawPass pass;
    RawPass lost; ///< what the first resolver's silence looked like
    int round = 0;
    int open = 0;
    Instant floor; ///< later rounds are later
};

DnsSource::DnsSource(const Gate &gate, DnsClient &client, const Clock &clock, QObject *parent)
    : Source(parent)
    , m_gate(gate)
    , m_client(client)
    , m_clock(clock)
    , m_tester(gate, client, clock, [this](const ResolverVerdict &v) {
        Q_EMIT resolverTested(v.server, v.outcome, v.detail, v.at);
    })
{ }

DnsSource::~DnsSource()
{
    const auto left = std::exchange(m_asks, {});
    for (const AskPtr &ask : left) {
        ask->source = nullptr;
        refuse(ask, Outcome::Unreachable, u"the program is ending"_s);
    }
}

SourceInfo DnsSource::info() const
{
    return dnsInfo();
}

Artifact DnsSource::subject(const Entity &entity) const
{
    return isEntity(entity) ? entity : Artifact();
}

QStringList DnsSource::fullNames() const
{
    QStringList names;
    const auto servers = m_client.servers();
    for (const ServerAddress &server : servers)
        names.append(u"dns@"_s + server.text());
    return names;
}

QString DnsSource::fullName(const ServerAddress &server)
{
    for (const auto &[known, name] : m_names) {
        if (known == server)
            return name;
    }
    return m_names.emplace_back(server, u"dns@"_s + server.text()).second;
}

void DnsSource::ask(const AskOrder &order, AskDone done)
{
    const auto ask = std::make_shared<DnsAsk>();
    ask->source = this;
    ask->order = order;
    ask->done = std::move(done);
    ask->servers = m_client.servers();
    m_asks.insert(ask.get(), ask);
    if (ask->servers.isEmpty()) {
        ask->pass.source = u"dns"_s;
        refuse(ask, Outcome::Unreachable, u"no resolver is known; set dns.servers"_s);
        return;
    }
    start(ask);
}

void DnsSource::start(const AskPtr &ask)
{
    const ServerAddress server = ask->servers.first();
    ask->pass = {ask->order.subject, fullName(server), ask->order.purpose, {}, parseDns};
    auto permit = m_gate.ask({u"dns"_s, ask->pass.source, Pap::Green, ask->order.subject,
                              ask->order.asker, ask->order.leave});
    if (!permit) { // said before the resolver hears anything
        refuse(ask, Outcome::Refused, permit.error().detail);
        return;
    }
    ask->permit = std::move(*permit);
    m_tester.check(server, ask->order.asker, ask->order.leave,
                   [this, ask](const ResolverVerdict &verdict) { startTrusted(ask, verdict); });
}

void DnsSource::startTrusted(const AskPtr &ask, const ResolverVerdict &verdict)
{
    if (!ask->done)
        return;
    if (verdict.outcome == Outcome::SuspiciousEmpty)
        refuse(ask, Outcome::SuspiciousEmpty, verdict.detail);
    else
        sendRound(ask);
}

void DnsSource::sendRound(const AskPtr &ask)
{
    const Artifact &subject = ask->order.subject;
    if (const auto objection = m_gate.objection(*ask->permit)) {
        if (ask->round == 0)
            refuse(ask, Outcome::Refused, objection->detail);
        else
            finish(ask);
        return;
    }
    auto types = typesFor(subject);
    if (ask->round > 0)
        types = types.first(repeatedTypes);
    const qsizetype first = ask->pass.answers.size();
    ask->pass.answers.reserve(first + qsizetype(types.size()));
    for (const quint16 type : types) {
        RawAnswer answer;
        answer.question = {subject, datasetFor(type), ask->pass.source, dnsTypeName(type)};
        ask->pass.answers.append(std::move(answer));
    }
    ask->open = int(types.size());
    const QString name = dnsQuestionName(subject);
    const ServerAddress server = ask->servers.first();
    for (qsizetype i = 0; i < qsizetype(types.size()); ++i) {
        m_client.ask(*ask->permit, server, name, types[std::size_t(i)],
                     [ask, slot = first + i](DnsReply &&reply) {
                         if (ask->source && ask->done)
                             ask->source->took(ask, slot, std::move(reply));
                     });
    }
}

void DnsSource::took(const AskPtr &ask, qsizetype slot, DnsReply &&reply)
{
    RawAnswer &answer = ask->pass.answers[slot];
    if (reply.packet.isEmpty()) {
        const bool silent = reply.failure == Outcome::Complete;
        answer.failure = silent ? Outcome::Unreachable : reply.failure;
        answer.detail = std::move(reply.detail);
    }
    answer.bytes = std::move(reply.packet.isEmpty() ? reply.unreadable : reply.packet);
    answer.at = std::max(reply.at, ask->floor);
    if (--ask->open == 0)
        roundDone(ask);
}

void DnsSource::roundDone(const AskPtr &ask)
{
    auto &answers = ask->pass.answers;
    if (ask->round == 0 && std::all_of(answers.cbegin(), answers.cend(), isLost)) {
        if (ask->lost.source.isEmpty())
            ask->lost = ask->pass;
        ask->servers.removeFirst();
        if (!ask->servers.isEmpty())
            return start(ask);
        ask->pass = std::move(ask->lost); // nobody answered: the first resolver's silence is told
        return finish(ask);
    }
    const bool again = ask->order.purpose == Purpose::Baseline && !isAddress(ask->order.subject);
    if (!again || ++ask->round >= baselineRounds)
        return finish(ask);
    for (const RawAnswer &answer : std::as_const(answers))
        ask->floor = std::max(ask->floor, answer.at + 1);
    sendRound(ask);
}

void DnsSource::refuse(const AskPtr &ask, Outcome outcome, const QString &detail)
{
    ask->pass.asked = ask->order.subject;
    ask->pass.purpose = ask->order.purpose;
    ask->pass.parse = parseDns;
    ask->pass.answers.clear();
    for (const quint16 type : typesFor(ask->order.subject)) {
        RawAnswer answer;
        answer.question = {ask->order.subject, datasetFor(type), ask->pass.source,
                           dnsTypeName(type)};
        answer.failure = outcome;
        answer.sent = outcome != Outcome::Refused;
        answer.detail = detail;
        answer.at = m_clock.now();
        ask->pass.answers.append(std::move(answer));
    }
    ask->round = 0;
    finish(ask);
}

void DnsSource::finish(const AskPtr &ask)
{
    // A repeated question that failed says nothing that the first round did not say.
    const auto rounds = qsizetype(typesFor(ask->order.subject).size());
    auto &answers = ask->pass.answers;
    if (answers.size() > rounds) {
        answers.erase(
            std::remove_if(answers.begin() + rounds, answers.end(),
                           [](const RawAnswer &a) { return a.failure != Outcome::Complete; }),
            answers.end());
    }
    m_asks.remove(ask.get());
    if (const AskDone done = std::exchange(ask->done, nullptr))
        done(std::move(ask->pass));
}

void DnsSource::cancel(quint64 ticket)
{
    const auto asks = m_asks.values();
    for (const AskPtr &ask : asks) {
        if (ask->order.ticket == ticket && ask->done)
            refuse(ask, Outcome::Unreachable, u"cancelled"_s);
    }
}

void DnsSource::test(std::function<void(Outcome, QString)> done)
{
    m_tester.forget(); // what it said before is just what is in doubt
    AskOrder order;
    order.subject = {ArtifactKind::Domain, u"iana.org"_s};
    order.purpose = Purpose::Person;
    order.asker = Asker::Person;
    ask(order, [done = std::move(done)](RawPass &&pass) {
        const Observation first = parseDnsAnswer(pass.answers.first());
        const QString who = pass.source.mid(4);
        done(first.outcome, isUsable(first.outcome) ? u"%1 answers"_s.arg(who) : first.detail);
    });
}

} // namespace wg
