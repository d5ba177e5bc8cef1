// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/whoisjob.h"

#include "net/networds.h"
#include "net/proxy.h"

namespace wg {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 mostBytes = 1 << 20;
constexpr qsizetype longestLine = 512;

/// A second line would be a second question.
bool isOneLine(const QByteArray &line)
{
    return !line.isEmpty() && line.size() <= longestLine
        && std::none_of(line.begin(), line.end(), [](char c) { return quint8(c) < 0x20; });
}

} // namespace

WhoisJob::WhoisJob(WhoisRoom &room, WhoisQuestion question, Ended ended)
    : m_room(room)
    , m_question(std::move(question))
    , m_ended(std::move(ended))
{
    for (QTimer *timer : {&m_queue, &m_stall, &m_deadline})
        timer->setSingleShot(true);
    connect(&m_queue, &QTimer::timeout, this, [this] {
        finish(refused(u"%1 is asked so much that there was no turn"_s.arg(host())));
    });
    connect(&m_stall, &QTimer::timeout, this, [this] { broke(u"it went silent"_s); });
    connect(&m_deadline, &QTimer::timeout, this,
            [this] { finish(unreachable(u"%1 takes too long to answer"_s.arg(host()))); });
    connect(&m_socket, &QAbstractSocket::connected, this, &WhoisJob::connected);
    connect(&m_socket, &QIODevice::readyRead, this, &WhoisJob::bytesCame);
    connect(&m_socket, &QAbstractSocket::errorOccurred, this, &WhoisJob::closed);
    m_socket.setReadBufferSize(mostBytes + 1);
}

WhoisJob::~WhoisJob()
{
    finish(Error{ErrorCode::Cancelled, u"the program is closing"_s});
    m_socket.disconnect(this);
}

void WhoisJob::start()
{
    const Intent &intent = m_question.permit.intent();
    const auto server = m_room.gate.whoisServer(intent.source, m_question.host);
    if (!server)
        return finish(server.error());
    if (!isOneLine(m_question.line))
        return finish(refused(u"the question is not one line"_s));
    m_server = *server;
    m_ticket = m_room.lines.enter({.line = intent.source + u' ' + m_server.authority(),
                                   .windows = {{1, m_room.times.betweenMs}},
                                   .parallel = 1,
                                   .asker = intent.asker},
                                  [this] { leaveQueue(); });
    m_queue.start(intent.asker == Asker::Eye ? m_room.times.eyeQueueMs
                                             : m_room.times.personQueueMs);
}

void WhoisJob::leaveQueue()
{
    m_queue.stop();
    if (const auto objection = m_room.gate.objection(m_question.permit))
        return finish(*objection);
    m_deadline.start(m_room.times.wholeMs);
    m_stall.start(m_room.times.stallMs);
    findHost();
}

/// The servers' names are what an unprotected answer said: what they lead to is looked at first.
void WhoisJob::findHost()
{
    const QString &source = m_question.permit.intent().source;
    if (!m_room.gate.distrustsName(source, m_server, {u"*"_s}))
        return connectTo(host());
    m_room.findHost(host(), this, [this](const QList<IpAddress> &addresses) {
        if (!m_ended)
            return;
        const auto address = publicAddress(host(), addresses, 0);
        if (address)
            connectTo(address->text());
        else
            finish(address.error());
    });
}

void WhoisJob::connectTo(const QString &where)
{
    // Settings may have changed while the name was looked up, and with them the way.
    if (const auto objection = m_room.gate.objection(m_question.permit))
        return finish(*objection);
    const auto server = m_room.gate.whoisServer(m_question.permit.intent().source, m_question.host);
    if (!server || *server != m_server)
        return finish(refused(u"the settings changed meanwhile"_s));
    if (const auto error = useProxy(m_socket, m_room.gate.policy().proxy))
        return finish(*error);
    m_socket.connectToHost(where, quint16(m_server.port()));
}

void WhoisJob::connected()
{
    m_stall.start();
    const Intent &intent = m_question.permit.intent();
    m_room.ledger.told({m_room.clock.now(), intent.about, intent.fullSource, host(), intent.pap,
                        intent.asker == Asker::Person});
    m_socket.write(m_question.line + "\r\n");
}

void WhoisJob::bytesCame()
{
    m_stall.start();
    m_text += m_socket.readAll();
    if (m_text.size() > mostBytes)
        finish(Error{ErrorCode::TooLarge, u"%1 answers more than is taken"_s.arg(host())});
}

/// The server's closing is how an answer ends.
void WhoisJob::closed()
{
    if (m_socket.error() != QAbstractSocket::RemoteHostClosedError)
        return broke(m_socket.errorString());
    bytesCame();
    if (m_text.isEmpty())
        return finish(unreachable(u"%1 closed the connection without an answer"_s.arg(host())));
    finish(WhoisAnswer{m_text, false, m_room.clock.now()});
}

void WhoisJob::broke(const QString &why)
{
    if (!m_text.isEmpty())
        return finish(WhoisAnswer{m_text, true, m_room.clock.now()});
    const bool proxied = !m_room.gate.policy().proxy.isEmpty();
    finish(unreachable(proxied ? u"the proxy does not lead to %1: %2"_s.arg(host(), why)
                               : u"%1 cannot be reached: %2"_s.arg(host(), why)));
}

void WhoisJob::finish(Result<WhoisAnswer> &&result)
{
    const Ended ended = std::exchange(m_ended, nullptr);
    if (!ended)
        return;
    for (QTimer *timer : {&m_queue, &m_stall, &m_deadline})
        timer->stop();
    m_socket.disconnect(this);
    m_socket.abort();
    if (m_ticket != 0)
        m_room.lines.leave(std::exchange(m_ticket, 0));
    ended(std::move(result));
}

} // namespace wg
