// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/dataset.h"
#include "core/instant.h"
#include "core/settings.h"
#include "net/gate.h"

#include <QObject>
#include <functional>
#include <memory>

namespace wg {

class Tape;

/// What came back for one DNS question: the packet, or why there is none.
struct DnsReply
{
    QByteArray packet; ///< wire format as received (UDP, or TCP after truncation); empty when none
    Outcome failure = Outcome::Complete; ///< Unreachable, Refused or Malformed when packet is empty
    QByteArray unreadable; ///< what came instead of a packet when failure is Malformed
    QString detail; ///< one sentence
    Instant at;
};
/// How patient the client is; tests shorten it.
struct DnsTimes
{
    int timeoutMs = 1000; ///< of the first try; each further one waits twice as long
    int tries = 3;
    int inFlight = 1000; ///< questions to one server on the wire, at most; more wait here
};

using DnsDone = std::function<void(DnsReply &&)>;

/// Asks name servers over UDP and TCP through c-ares on QSocketNotifier; raw answers, no cache, no
/// search list, no ECS. A server gets no more questions at once than it has shown to bear, and
/// what it lost is repeated spread over time. Lives on the net thread; callbacks come there, each
/// exactly once, also on shutdown.
class DnsClient : public QObject
{
    Q_OBJECT

public:
    DnsClient(const Gate &gate, const Clock &clock, LedgerSink &ledger, QObject *parent = nullptr);
    ~DnsClient() override;

    /// For servers asked first after this call.
    void setTimes(const DnsTimes &times);
    /// Where what passes is recorded, or what is answered comes from; not owned, may go first.
    void setTape(Tape *tape);

    /// Servers of the policy's dns.servers, else the system's (/etc/resolv.conf); of a recording
    /// those that were asked.
    [[nodiscard]] QList<ServerAddress> servers() const;

    /// One question to one server. name is a canonical host name, type the RR type number.
    void ask(const Permit &permit, const ServerAddress &server, const QString &name, quint16 type,
             DnsDone done);

    /// Questions under way or waiting here, for pacing.
    [[nodiscard]] int pending() const;

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace wg
