// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/resolvertest.h"

#include "sources/dnsparse.h"
#include "sources/dnstypes.h"

#include <QRandomGenerator>
#include <array>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

constexpr int labelLength = 20;
constexpr std::array tops{"com"_L1, "net"_L1, "org"_L1};

/// How long an eye leaves a resolver alone that invents answers.
constexpr qint64 badVerdictMs = 15 * minuteMs;
/// A person's order has it tested at once, but not once for each of its many questions.
constexpr qint64 sameOrderMs = 2 * secondMs;

QString randomName(QLatin1String top)
{
    QString name;
    name.reserve(labelLength + 1 + top.size());
    for (int i = 0; i < labelLength; ++i)
        name += QChar(ushort(u'a' + QRandomGenerator::system()->bounded(26)));
    return name + u'.' + top;
}

} // namespace

/// One test under way.
struct ResolverTester::Running
{
    int open = 0;
    int honest = 0;
    int answered = 0;
    QString invented; ///< a name that got an address
    std::vector<Ready> waiting;
};

ResolverTester::ResolverTester(const Gate &gate, DnsClient &client, const Clock &clock,
                               Tested tested)
    : m_gate(gate)
    , m_client(client)
    , m_clock(clock)
    , m_tested(std::move(tested))
    , m_alive(std::make_shared<char>())
{ }

ResolverTester::~ResolverTester() = default;

void ResolverTester::remember(ResolverVerdict verdict)
{
    verdict.ofThisRun = false;
    const auto known = m_verdicts.constFind(verdict.server);
    if (known == m_verdicts.cend() || known->at < verdict.at)
        m_verdicts.insert(verdict.server, verdict);
}

bool ResolverTester::isFresh(const ResolverVerdict &verdict, Asker asker) const
{
    const qint64 age = m_clock.now() - verdict.at;
    qint64 most = dayMs;
    if (verdict.outcome == Outcome::Unreachable)
        most = hourMs; // accepted without proof: looked at again soon
    else if (verdict.outcome == Outcome::SuspiciousEmpty && !isOrdered(asker))
        most = badVerdictMs;
    else if (verdict.outcome == Outcome::SuspiciousEmpty)
        most = verdict.ofThisRun ? sameOrderMs : 0;
    return age >= 0 && age < most;
}

void ResolverTester::check(const ServerAddress &server, Asker asker, Leave leave, Ready ready)
{
    const QString key = server.text();
    if (const auto running = m_running.constFind(key); running != m_running.cend()) {
        (*running)->waiting.push_back(std::move(ready));
        return;
    }
    const auto known = m_verdicts.constFind(key);
    if (known != m_verdicts.cend() && isFresh(*known, asker)) {
        const ResolverVerdict verdict = *known;
        ready(verdict);
        return;
    }
    const auto running = std::make_shared<Running>();
    running->waiting.push_back(std::move(ready));
    m_running.insert(key, running);
    begin(server, leave);
}

void ResolverTester::begin(const ServerAddress &server, Leave leave)
{
    const QString key = server.text();
    const std::shared_ptr<Running> running = m_running.value(key);
    running->open = int(tops.size());
    const auto took = [this, running, key, alive = std::weak_ptr(m_alive)](const QString &name,
                                                                           const DnsReply &reply) {
        if (alive.expired())
            return;
        const InventionVerdict verdict = judgeInvention(reply.packet);
        running->answered += reply.packet.isEmpty() ? 0 : 1;
        running->honest += verdict == InventionVerdict::Honest ? 1 : 0;
        if (verdict == InventionVerdict::Invents)
            running->invented = name;
        if (--running->open == 0)
            finish(key);
    };
    for (const QLatin1String top : tops) {
        const QString name = randomName(top);
        Intent intent{u"dns"_s,
                      u"dns@"_s + key,
                      Pap::Green,
                      {ArtifactKind::Domain, name},
                      Asker::ResolverTest,
                      leave};
        const auto permit = m_gate.ask(intent);
        if (!permit) {
            took(name, {});
            continue;
        }
        m_client.ask(*permit, server, name, dnstype::a,
                     [took, name](DnsReply &&reply) { took(name, reply); });
    }
}

void ResolverTester::finish(const QString &server)
{
    const std::shared_ptr<Running> running = m_running.take(server);
    ResolverVerdict verdict{server, Outcome::Complete, QString(), m_clock.now()};
    if (!running->invented.isEmpty()) {
        verdict.outcome = Outcome::SuspiciousEmpty;
        verdict.detail =
            u"resolver %1 invents answers: it has an address for the random name %2"_s.arg(
                server, running->invented);
    } else if (running->honest == 0) {
        verdict.outcome = running->answered > 0 ? Outcome::Refused : Outcome::Unreachable;
        verdict.detail = u"resolver %1 could not be tested with random names"_s.arg(server);
    }
    m_verdicts.insert(server, verdict);
    const std::weak_ptr alive(m_alive);
    m_tested(verdict);
    for (const Ready &ready : running->waiting) {
        if (alive.expired())
            return;
        ready(verdict);
    }
}

} // namespace wg
