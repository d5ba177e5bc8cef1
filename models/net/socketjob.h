// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/address.h"
#include "core/ledger.h"
#include "net/gate.h"
#include "net/hostfinder.h"
#include "net/hostline.h"

#include <QTcpSocket>
#include <QTimer>

namespace wg {

/// How long a question to one server may take.
struct SocketTimes
{
    int stallMs; ///< without progress
    int wholeMs; ///< from leaving the queue to the end
    int personQueueMs; ///< how long a person's question waits for its turn
    int eyeQueueMs;
    qint64 betweenMs; ///< one server gets one question in this time
};

/// What all questions of a client share. Lives on the net thread, owned by the client.
struct SocketRoom
{
    const Gate &gate;
    const Clock &clock;
    LedgerSink &ledger;
    HostLines &lines;
    SocketTimes times;
    HostFinder findHost = systemHostFinder();
};

/// One question to one server, from queue to end: waits for its turn, finds where the server is,
/// tries one place after the other. What is said there is the heirs' matter. Lives on the net
/// thread.
class SocketJob : public QObject
{
    Q_OBJECT

public:
    void start();
    void stop(const Error &why) { fail(why); }

protected:
    /// What a name leads to is looked at first, unless it is one of those trusted ("*": any).
    SocketJob(SocketRoom &room, Permit permit, std::unique_ptr<QTcpSocket> socket,
              QStringList trusted, qsizetype mostPlaces);

    /// Whom the gate lets it ask now.
    [[nodiscard]] virtual Result<QUrl> server() const = 0;
    virtual void connectTo(const QString &place, quint16 port) = 0;
    /// A resolver is about to learn the server's name.
    virtual void resolving() { }
    /// Somebody is there.
    virtual void reached() { }
    /// Nobody is, or who was went away.
    virtual void gone(const QString &why) = 0;
    /// Ends it.
    virtual void fail(const Error &why) = 0;

    /// This place is no good: the next one, or gone().
    void broke(const QString &why);
    /// Something came.
    void progress() { m_stall.start(); }
    void tell(const QString &party);
    /// Ends timers, connection and turn; false when that was before.
    bool close();

    [[nodiscard]] QTcpSocket &socket() { return *m_socket; }
    [[nodiscard]] QString host() const { return m_server.host(QUrl::FullyEncoded); }
    [[nodiscard]] Instant now() const { return m_room.clock.now(); }
    [[nodiscard]] const Gate &gate() const { return m_room.gate; }
    [[nodiscard]] const Permit &permit() const { return m_permit; }
    /// "the proxy does not lead to …" where there is a proxy, else what is told.
    [[nodiscard]] Error unreached(const QString &directly, const QString &why) const;

private:
    void leaveQueue();
    void findHost();
    void connectNext();
    void connected();

    SocketRoom &m_room;
    const Permit m_permit;
    const QStringList m_trusted;
    const qsizetype m_mostPlaces;
    QUrl m_server;
    QStringList m_places; ///< where to connect to, one after the other
    HostLines::Ticket m_ticket = 0;
    bool m_open = true;
    QTimer m_queue;
    QTimer m_stall;
    QTimer m_deadline;
    std::unique_ptr<QTcpSocket> m_socket; ///< last: nothing of it is heard once the rest goes
};

/// A question that ends once, with an answer or an error.
template <class Answer>
class AnsweredJob : public SocketJob
{
public:
    using Ended = std::function<void(Result<Answer> &&)>;

protected:
    /// ended is called once, from the event loop, from stop() or from the destructor.
    AnsweredJob(SocketRoom &room, Permit permit, std::unique_ptr<QTcpSocket> socket,
                QStringList trusted, qsizetype mostPlaces, Ended ended)
        : SocketJob(room, std::move(permit), std::move(socket), std::move(trusted), mostPlaces)
        , m_ended(std::move(ended))
    { }
    ~AnsweredJob() override
    {
        finish(Error{ErrorCode::Cancelled, QStringLiteral("the program is closing")});
    }

    void fail(const Error &why) final { finish(why); }
    void finish(Result<Answer> &&result)
    {
        const Ended ended = std::exchange(m_ended, nullptr);
        if (close() && ended)
            ended(std::move(result));
    }

private:
    Ended m_ended;
};

} // namespace wg
