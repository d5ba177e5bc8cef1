// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/address.h"
#include "core/ledger.h"
#include "net/hostline.h"
#include "net/tlsclient.h"

#include <QSslSocket>
#include <QTimer>

namespace wg {

/// What all questions of a TLS client share. Lives on the net thread, owned by the client.
struct TlsRoom
{
    const Gate &gate;
    const Clock &clock;
    LedgerSink &ledger;
    HostLines &lines;
    TlsTimes times{};
    HostFinder findHost = systemHostFinder();
};

/// One handshake from queue to answer. Lives on the net thread, owned by the client.
class TlsJob : public QObject
{
    Q_OBJECT

public:
    using Ended = std::function<void(Result<TlsAnswer> &&)>;

    /// ended is called once, from the event loop, from stop() or from the destructor.
    TlsJob(TlsRoom &room, TlsQuestion question, Ended ended);
    ~TlsJob() override;

    void start();
    void stop(const Error &why) { finish(why); }

private:
    void leaveQueue();
    void findHost();
    void connectNext();
    void connected();
    void tell(const QString &party);
    void shaken();
    void broke(const QString &why);
    [[nodiscard]] QString host() const { return m_server.host(QUrl::FullyEncoded); }
    void finish(Result<TlsAnswer> &&result);

    TlsRoom &m_room;
    TlsQuestion m_question;
    Ended m_ended;
    QUrl m_server;
    QStringList m_places; ///< where to connect to, one after the other
    HostLines::Ticket m_ticket = 0;
    QTimer m_queue;
    QTimer m_stall;
    QTimer m_deadline;
    QSslSocket m_socket; ///< last: nothing of it is heard once the rest goes
};

} // namespace wg
