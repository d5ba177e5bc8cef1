// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/instant.h"
#include "net/gate.h"
#include "net/hostfinder.h"

#include <QObject>
#include <functional>
#include <memory>

namespace wg {

class Tape;

/// One line to one WHOIS server (RFC 3912).
struct WhoisQuestion
{
    Permit permit;
    QString host; ///< the registry's server; the gate's base URL is applied inside
    QByteArray line; ///< without its end
};

/// What the server wrote until it closed.
struct WhoisAnswer
{
    QByteArray text;
    bool cut = false; ///< the connection broke, or went silent, after some of it had come
    Instant at;
};

/// How patient the client is; tests shorten it.
struct WhoisTimes
{
    int stallMs = 20'000; ///< without progress
    int wholeMs = 60'000; ///< from connecting to the end
    int personQueueMs = 60'000; ///< how long a person's question waits for its turn
    int eyeQueueMs = 600'000;
    qint64 betweenMs = secondMs; ///< one server gets one question in this time
};

using WhoisDone = std::function<void(Result<WhoisAnswer> &&)>;

/// Asks WHOIS servers, each one question at a time and at most one a second: registries bar who
/// asks more. No retries. Lives on the net thread; callbacks come there, each exactly once, also on
/// shutdown.
class WhoisClient : public QObject
{
    Q_OBJECT

public:
    WhoisClient(const Gate &gate, const Clock &clock, LedgerSink &ledger,
                QObject *parent = nullptr);
    ~WhoisClient() override;

    /// Refused (gate, private server, proxy setting, queue), Unreachable, TooLarge (over 1 MiB) or
    /// Cancelled with a sentence. Never calls done from inside. The number is for cancel().
    quint64 ask(const WhoisQuestion &question, WhoisDone done);
    void cancel(quint64 number);

    void setTimes(const WhoisTimes &times);
    /// How names are resolved that must be looked at first; tests bring their own.
    void setHostFinder(HostFinder finder);
    /// Where what passes is recorded, or what is answered comes from; not owned, may go first.
    void setTape(Tape *tape);

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace wg
