// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/socketjob.h"

#include "net/networds.h"
#include "net/proxy.h"

namespace wg {

using namespace Qt::StringLiterals;

SocketJob::SocketJob(SocketRoom &room, Permit permit, std::unique_ptr<QTcpSocket> socket,
                     QStringList trusted, qsizetype mostPlaces)
    : m_room(room)
    , m_permit(std::move(permit))
    , m_trusted(std::move(trusted))
    , m_mostPlaces(mostPlaces)
    , m_socket(std::move(socket))
{
    for (QTimer *timer : {&m_queue, &m_stall, &m_deadline})
        timer->setSingleShot(true);
    connect(&m_queue, &QTimer::timeout, this,
            [this] { fail(refused(u"%1 is asked so much that there was no turn"_s.arg(host()))); });
    connect(&m_stall, &QTimer::timeout, this, [this] { broke(u"it went silent"_s); });
    connect(&m_deadline, &QTimer::timeout, this,
            [this] { fail(unreachable(u"%1 takes too long to answer"_s.arg(host()))); });
    connect(m_socket.get(), &QAbstractSocket::connected, this, &SocketJob::connected);
}

void SocketJob::start()
{
    const auto asked = server();
    if (!asked)
        return fail(asked.error());
    m_server = *asked;
    const Intent &intent = m_permit.intent();
    m_ticket = m_room.lines.enter({.line = intent.source + u' ' + m_server.authority(),
                                   .windows = {{1, m_room.times.betweenMs}},
                                   .parallel = 1,
                                   .asker = intent.asker},
                                  [this] { leaveQueue(); });
    m_queue.start(intent.asker == Asker::Eye ? m_room.times.eyeQueueMs
                                             : m_room.times.personQueueMs);
}

void SocketJob::leaveQueue()
{
    m_queue.stop();
    if (const auto objection = m_room.gate.objection(m_permit))
        return fail(*objection);
    m_deadline.start(m_room.times.wholeMs);
    m_stall.start(m_room.times.stallMs);
    findHost();
}

/// The name is the target's own, or what an unprotected answer said: it may lead anywhere, so what
/// it leads to is looked at first.
void SocketJob::findHost()
{
    if (!m_room.gate.distrustsName(m_permit.intent().source, m_server, m_trusted)) {
        m_places = {host()};
        return connectNext();
    }
    resolving();
    m_room.findHost(host(), this, [this](const QList<IpAddress> &addresses) {
        if (!m_open)
            return;
        if (const auto first = publicAddress(host(), addresses, 0); !first)
            return fail(first.error());
        for (const IpAddress &address : addresses.first(std::min(m_mostPlaces, addresses.size())))
            m_places.append(address.text());
        connectNext();
    });
}

void SocketJob::connectNext()
{
    // Settings may have changed while others were tried, and with them the way.
    if (const auto objection = m_room.gate.objection(m_permit))
        return fail(*objection);
    const auto asked = server();
    if (!asked || *asked != m_server)
        return fail(refused(u"the settings changed meanwhile"_s));
    if (const auto error = useProxy(*m_socket, m_room.gate.policy().proxy))
        return fail(*error);
    m_stall.start(m_room.times.stallMs);
    connectTo(m_places.takeFirst(), quint16(m_server.port()));
}

void SocketJob::connected()
{
    progress();
    m_places.clear(); // somebody is there
    tell(host());
    reached();
}

void SocketJob::tell(const QString &party)
{
    const Intent &intent = m_permit.intent();
    m_room.ledger.told(
        {now(), intent.about, intent.fullSource, party, intent.pap, intent.asker == Asker::Person});
}

void SocketJob::broke(const QString &why)
{
    m_stall.stop();
    if (!m_open || m_places.isEmpty())
        return gone(why);
    const QSignalBlocker quiet(*m_socket);
    m_socket->abort();
    // Not from inside the socket's own signal.
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (m_open)
                connectNext();
        },
        Qt::QueuedConnection);
}

bool SocketJob::close()
{
    if (!std::exchange(m_open, false))
        return false;
    for (QTimer *timer : {&m_queue, &m_stall, &m_deadline})
        timer->stop();
    m_socket->disconnect(this);
    m_socket->abort();
    if (m_ticket != 0)
        m_room.lines.leave(std::exchange(m_ticket, 0));
    return true;
}

Error SocketJob::unreached(const QString &directly, const QString &why) const
{
    const bool proxied = !m_room.gate.policy().proxy.isEmpty();
    const QString words = proxied ? u"the proxy does not lead to %1: %2"_s : directly;
    return unreachable(words.arg(host(), why));
}

} // namespace wg
