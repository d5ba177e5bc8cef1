// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/tlsjob.h"

#include "net/networds.h"

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

TlsJob::TlsJob(SocketRoom &room, TlsQuestion question, Ended ended)
    : AnsweredJob(room, question.permit, std::make_unique<QSslSocket>(), {}, mostPlaces,
                  std::move(ended))
    , m_question(std::move(question))
    , m_socket(static_cast<QSslSocket &>(socket()))
{
    connect(&m_socket, &QSslSocket::encrypted, this, &TlsJob::shaken);
    connect(&m_socket, &QAbstractSocket::errorOccurred, this,
            [this] { broke(m_socket.errorString()); });
    m_socket.setSslConfiguration(offer());
    // The certificate is verified, and what is wrong with it told; the handshake goes on, and
    // nothing follows it.
    m_socket.setPeerVerifyMode(QSslSocket::QueryPeer);
}

Result<QUrl> TlsJob::server() const
{
    return gate().tlsServer(permit().intent().source, m_question.host);
}

void TlsJob::connectTo(const QString &place, quint16 port)
{
    m_socket.connectToHostEncrypted(place, port, m_question.host);
}

/// The name is the target's own.
void TlsJob::resolving()
{
    tell(systemResolver);
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
    answer.at = now();
    finish(std::move(answer));
}

void TlsJob::gone(const QString &why)
{
    fail(unreached(u"no TLS with %1: %2"_s, why));
}

} // namespace wg
