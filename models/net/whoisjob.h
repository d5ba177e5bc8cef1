// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/address.h"
#include "core/ledger.h"
#include "net/hostline.h"
#include "net/whoisclient.h"

#include <QTcpSocket>
#include <QTimer>

namespace wg {

/// What all questions of a WHOIS client share. Lives on the net thread, owned by the client.
struct WhoisRoom
{
    const Gate &gate;
    const Clock &clock;
    LedgerSink &ledger;
    HostLines &lines;
    WhoisTimes times{};
    HostFinder findHost = systemHostFinder();
};

/// One WHOIS question from queue to answer. Lives on the net thread, owned by the client.
class WhoisJob : public QObject
{
    Q_OBJECT

public:
    using Ended = std::function<void(Result<WhoisAnswer> &&)>;

    /// ended is called once, from the event loop, from stop() or from the destructor.
    WhoisJob(WhoisRoom &room, WhoisQuestion question, Ended ended);
    ~WhoisJob() override;

    void start();
    void stop(const Error &why) { finish(why); }

private:
    void leaveQueue();
    void findHost();
    void connectTo(const QString &where);
    void connected();
    void bytesCame();
    void closed();
    void broke(const QString &why);
    [[nodiscard]] QString host() const { return m_server.host(QUrl::FullyEncoded); }
    void finish(Result<WhoisAnswer> &&result);

    WhoisRoom &m_room;
    WhoisQuestion m_question;
    Ended m_ended;
    QUrl m_server;
    HostLines::Ticket m_ticket = 0;
    QTimer m_queue;
    QTimer m_stall;
    QTimer m_deadline;
    QByteArray m_text;
    QTcpSocket m_socket; ///< last: nothing of it is heard once the rest goes
};

} // namespace wg
