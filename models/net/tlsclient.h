// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/instant.h"
#include "net/gate.h"
#include "net/hostfinder.h"

#include <QByteArrayList>
#include <QObject>
#include <functional>
#include <memory>

namespace wg {

class Tape;

/// One TLS handshake with a host's port 443; nothing is said after it.
struct TlsQuestion
{
    Permit permit;
    QString
        host; ///< a name, which is also said in the handshake (SNI), or an address, which is not
};

/// What both sides agreed on, and who the other says it is.
struct TlsAnswer
{
    QByteArrayList chain; ///< DER, as presented: the server's own certificate first
    QString protocol; ///< "TLSv1.3"
    QString cipher; ///< as OpenSSL writes it
    QString alpn; ///< "h2"; empty where the server chose none
    QString distrust; ///< why this machine's authorities do not vouch for it; empty where they do
    Instant at;
};

/// How patient the client is; tests shorten it.
struct TlsTimes
{
    int stallMs = 10'000; ///< until one address is connected, and again until the handshake is done
    int wholeMs = 30'000; ///< over all of a name's addresses
    int personQueueMs = 60'000; ///< how long a person's question waits for its turn
    int eyeQueueMs = 600'000;
    qint64 betweenMs = secondMs; ///< one host gets one handshake in this time
};

using TlsDone = std::function<void(Result<TlsAnswer> &&)>;

/// Shakes hands with servers to see their certificates. Whoever answers is recorded, nobody is
/// trusted, so nothing is sent but the handshake. No retries beyond a name's other addresses. Lives
/// on the net thread; callbacks come there, each exactly once, also on shutdown.
class TlsClient : public QObject
{
    Q_OBJECT

public:
    TlsClient(const Gate &gate, const Clock &clock, LedgerSink &ledger, QObject *parent = nullptr);
    ~TlsClient() override;

    /// Refused (gate, private server, proxy setting, queue), Unreachable or Cancelled with a
    /// sentence. Never calls done from inside. The number is for cancel().
    quint64 ask(const TlsQuestion &question, TlsDone done);
    void cancel(quint64 number);

    void setTimes(const TlsTimes &times);
    /// How names are resolved that must be looked at first; tests bring their own.
    void setHostFinder(HostFinder finder);
    /// Where what passes is recorded, or what is answered comes from; not owned, may go first.
    void setTape(Tape *tape);

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace wg
