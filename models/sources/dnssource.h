// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/dnsclient.h"
#include "sources/resolvertest.h"
#include "sources/source.h"

#include <QHash>
#include <memory>
#include <vector>

namespace wg {

struct DnsAsk;

/// Live DNS at the policy's resolvers: seven types of a name, or the PTR of an address. Lives on
/// the net thread; asks the next resolver only when the first could not be reached at all.
class DnsSource final : public Source
{
    Q_OBJECT

public:
    DnsSource(const Gate &gate, DnsClient &client, const Clock &clock, QObject *parent = nullptr);
    ~DnsSource() override;

    [[nodiscard]] SourceInfo info() const override;
    [[nodiscard]] Artifact subject(const Entity &entity) const override;
    [[nodiscard]] QStringList fullNames() const override;
    void ask(const AskOrder &order, AskDone done) override;
    void cancel(quint64 ticket) override;
    void test(std::function<void(Outcome, QString)> done) override;

    /// What was stored about resolvers in an earlier run.
    void rememberVerdict(const ResolverVerdict &verdict) { m_tester.remember(verdict); }
    /// Resolvers are tested anew: settings or the network are not what they were.
    void forgetVerdicts() { m_tester.forget(); }

Q_SIGNALS:
    /// A resolver was tested with random names; outcome SuspiciousEmpty means that it invents
    /// answers.
    void resolverTested(const QString &server, wg::Outcome outcome, const QString &detail,
                        wg::Instant at);

private:
    using AskPtr = std::shared_ptr<DnsAsk>;

    void start(const AskPtr &ask);
    void startTrusted(const AskPtr &ask, const ResolverVerdict &verdict);
    void sendRound(const AskPtr &ask);
    void took(const AskPtr &ask, qsizetype slot, DnsReply &&reply);
    void roundDone(const AskPtr &ask);
    void refuse(const AskPtr &ask, Outcome outcome, const QString &detail);
    void finish(const AskPtr &ask);
    QString fullName(const ServerAddress &server);

    const Gate &m_gate;
    DnsClient &m_client;
    const Clock &m_clock;
    ResolverTester m_tester;
    QHash<DnsAsk *, AskPtr> m_asks;
    std::vector<std::pair<ServerAddress, QString>> m_names; ///< few; so that text is made once
};

} // namespace wg
