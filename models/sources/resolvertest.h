// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/dnsclient.h"

#include <QHash>
#include <functional>
#include <memory>
#include <vector>

namespace wg {

/// What the test with random names said about one resolver.
struct ResolverVerdict
{
    QString server; ///< ServerAddress::text()
    Outcome outcome = Outcome::Complete; ///< SuspiciousEmpty: it invents answers
    QString detail;
    Instant at;
    bool ofThisRun = true; ///< false when the store remembered it
};

/// Asks each resolver for three names that cannot exist, before its first use and daily; whoever
/// has addresses for them invents answers, and is looked at again soon: it may be another
/// network's. Lives on the net thread, owned by DnsSource.
class ResolverTester
{
public:
    using Ready = std::function<void(const ResolverVerdict &)>;
    using Tested = std::function<void(const ResolverVerdict &)>;

    ResolverTester(const Gate &gate, DnsClient &client, const Clock &clock, Tested tested);
    ~ResolverTester();
    ResolverTester(const ResolverTester &) = delete;
    ResolverTester &operator=(const ResolverTester &) = delete;

    /// Calls ready at once when the last verdict is fresh, else after a test. Never after
    /// destruction.
    void check(const ServerAddress &server, Asker asker, Leave leave, Ready ready);
    void remember(ResolverVerdict verdict);
    /// The next who asks has every resolver tested anew.
    void forget() { m_verdicts.clear(); }

private:
    struct Running;

    [[nodiscard]] bool isFresh(const ResolverVerdict &verdict, Asker asker) const;
    void begin(const ServerAddress &server, Leave leave);
    void finish(const QString &server);

    const Gate &m_gate;
    DnsClient &m_client;
    const Clock &m_clock;
    Tested m_tested;
    QHash<QString, ResolverVerdict> m_verdicts;
    QHash<QString, std::shared_ptr<Running>> m_running;
    std::shared_ptr<char> m_alive; ///< answers that come after the end look here
};

} // namespace wg
