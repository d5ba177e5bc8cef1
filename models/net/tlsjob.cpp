// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/tlsjob.h"

#include "net/networds.h"
#include "net/proxy.h"

#include <QSslCipher>
#include <QSslConfiguration>

namespace wg {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostPlaces = 4;
constexpr qsizetype longestChain = 20;

/// As a browser offers them; the oldest versions, too, as far as the system's library speaks them.
QSslConfiguration offer()
{
    QSslConfiguration offer = QSslConfiguration::defaultConfiguration();
    offer.setProtocol(QSsl::AnyProtocol);
    offer.setAllowedNextProtocols({"h2", "http/1.1"});
    return offer;
}

QString protocolName(QSsl::SslProtocol protocol)
{
    switch (int(protocol)) {
    case int(QSsl::TlsV1_3):
        return u"TLSv1.3"_s;
    case int(QSsl::TlsV1_2):
        return u"TLSv1.2"_s;
    default:
        return u"older than TLSv1.2"_s;
    }
}

QString distrustIn(const QList<QSslError> &errors)
{
    QStringList words;
    for (const QSslError &error : errors)
        words.append(error.errorString());
    words.removeDuplicates();
    return words.join(u' ');
}

} // namespace

TlsJob::TlsJob(TlsRoom &room, TlsQuestion question, Ended ended)
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
    connect(&m_socket, &QAbstractSocket::connected, this, &TlsJob::connected);
    connect(&m_socket, &QSslSocket::encrypted, this, &TlsJob::shaken);
    connect(&m_socket, &QAbstractSocket::errorOccurred, this,
            [this] { broke(m_socket.errorString()); });
    m_socket.setSslConfiguration(offer());
    // The certificate is verified, and what is wrong with it told; the handshake goes on, and
    // nothing follows it.
    m_socket.setPeerVerifyMode(QSslSocket::QueryPeer);
}

TlsJob::~TlsJob()
{
    finish(Error{ErrorCode::Cancelled, u"the program is closing"_s});
    m_socket.disconnect(this);
}

void TlsJob::start()
{
    const Intent &intent = m_question.permit.intent();
    const auto server = m_room.gate.tlsServer(intent.source, m_question.host);
    if (!server)
        return finish(server.error());
    m_server = *server;
    m_ticket = m_room.lines.enter({.line = intent.source + u' ' + m_server.authority(),
                                   .windows = {{1, m_room.times.betweenMs}},
                                   .parallel = 1,
                                   .asker = intent.asker},
                                  [this] { leaveQueue(); });
    m_queue.start(intent.asker == Asker::Eye ? m_room.times.eyeQueueMs
                                             : m_room.times.personQueueMs);
}

void TlsJob::leaveQueue()
{
    m_queue.stop();
    if (const auto objection = m_room.gate.objection(m_question.permit))
        return finish(*objection);
    m_deadline.start(m_room.times.wholeMs);
    findHost();
}

/// The name is the target's own: it may lead anywhere, so what it leads to is looked at first.
void TlsJob::findHost()
{
    const QString &source = m_question.permit.intent().source;
    if (!m_room.gate.distrustsName(source, m_server, {})) {
        m_places = {host()};
        return connectNext();
    }
    tell(systemResolver);
    m_room.findHost(host(), this, [this](const QList<IpAddress> &addresses) {
        if (!m_ended)
            return;
        if (const auto first = publicAddress(host(), addresses, 0); !first)
            return finish(first.error());
        for (const IpAddress &address : addresses.first(std::min(mostPlaces, addresses.size())))
            m_places.append(address.text());
        connectNext();
    });
}

void TlsJob::connectNext()
{
    // Settings may have changed while others were tried, and with them the way.
    if (const auto objection = m_room.gate.objection(m_question.permit))
        return finish(*objection);
    const auto server = m_room.gate.tlsServer(m_question.permit.intent().source, m_question.host);
    if (!server || *server != m_server)
        return finish(refused(u"the settings changed meanwhile"_s));
    if (const auto error = useProxy(m_socket, m_room.gate.policy().proxy))
        return finish(*error);
    m_stall.start(m_room.times.stallMs);
    m_socket.connectToHostEncrypted(m_places.takeFirst(), quint16(m_server.port()),
                                    m_question.host);
}

void TlsJob::connected()
{
    m_stall.start();
    m_places.clear(); // somebody is there
    tell(host());
}

void TlsJob::tell(const QString &party)
{
    const Intent &intent = m_question.permit.intent();
    m_room.ledger.told({m_room.clock.now(), intent.about, intent.fullSource, party, intent.pap,
                        intent.asker == Asker::Person});
}

void TlsJob::shaken()
{
    TlsAnswer answer;
    const auto chain = m_socket.peerCertificateChain();
    for (const QSslCertificate &certificate : chain.first(std::min(longestChain, chain.size())))
        answer.chain.append(certificate.toDer());
    answer.protocol = protocolName(m_socket.sessionProtocol());
    answer.cipher = m_socket.sessionCipher().name();
    answer.alpn = QString::fromLatin1(m_socket.sslConfiguration().nextNegotiatedProtocol());
    answer.distrust = distrustIn(m_socket.sslHandshakeErrors());
    answer.at = m_room.clock.now();
    finish(std::move(answer));
}

void TlsJob::broke(const QString &why)
{
    m_stall.stop();
    if (m_ended && !m_places.isEmpty()) {
        const QSignalBlocker quiet(m_socket);
        m_socket.abort();
        // Not from inside the socket's own signal.
        QMetaObject::invokeMethod(
            this,
            [this] {
                if (m_ended)
                    connectNext();
            },
            Qt::QueuedConnection);
        return;
    }
    const bool proxied = !m_room.gate.policy().proxy.isEmpty();
    finish(unreachable(proxied ? u"the proxy does not lead to %1: %2"_s.arg(host(), why)
                               : u"no TLS with %1: %2"_s.arg(host(), why)));
}

void TlsJob::finish(Result<TlsAnswer> &&result)
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
