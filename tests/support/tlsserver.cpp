// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/tlsserver.h"

#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>

namespace wg::test {

namespace {

/// Signed by itself for rdap.registrar.example, good for a hundred years.
constexpr const char *certificatePem =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBiTCCAS6gAwIBAgIBATAKBggqhkjOPQQDAjAhMR8wHQYDVQQDDBZyZGFwLnJl\n"
    "Z2lzdHJhci5leGFtcGxlMCAXDTIwMDEwMTAwMDAwMFoYDzIxMjAwMTAxMDAwMDAw\n"
    "WjAhMR8wHQYDVQQDDBZyZGFwLnJlZ2lzdHJhci5leGFtcGxlMFkwEwYHKoZIzj0C\n"
    "AQYIKoZIzj0DAQcDQgAE1KSenHURL/+zjQYzQhW+3luo7F5VV2mX1/VlMb9jNTrX\n"
    "wESuprmCz6E88Q7/4ItLWchaHq1CWYQ4sbmozKpHiaNVMFMwIQYDVR0RBBowGIIW\n"
    "cmRhcC5yZWdpc3RyYXIuZXhhbXBsZTAPBgNVHRMBAf8EBTADAQH/MB0GA1UdDgQW\n"
    "BBSCffuAjUa855FJNY6Oft5TtrEPmjAKBggqhkjOPQQDAgNJADBGAiEAuONoFC9C\n"
    "v65PaffGbd/fpimtm7OOH2wFZwhqfYhZTV4CIQCu6sjW2Dp1Hkf/DmSg9UhlcbC7\n"
    "W9Fw53iYp4dRdslZ/w==\n"
    "-----END CERTIFICATE-----\n";
/// Its key, worth nothing outside this test.
constexpr const char *privateKeyPem =
    "-----BEGIN PRIVATE KEY-----\n"
    "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgLJoyTrYRI3DI4CzT\n"
    "jGnB3likndsUM2TWWNvoUEVQPl+hRANCAATUpJ6cdREv/7ONBjNCFb7eW6jsXlVX\n"
    "aZfX9WUxv2M1OtfARK6muYLPoTzxDv/gi0tZyFoerUJZhDixuajMqkeJ\n"
    "-----END PRIVATE KEY-----\n";

} // namespace

TlsServer::TlsServer(QObject *parent)
    : QObject(parent)
{
    setProtocols({});
    connect(&m_server, &QSslServer::startedEncryptionHandshake, this, &TlsServer::noteBeginning);
    connect(&m_server, &QTcpServer::pendingConnectionAvailable, this, &TlsServer::accept);
    m_server.listen(QHostAddress::LocalHost);
}

QSslCertificate TlsServer::certificate()
{
    return QSslCertificate(certificatePem);
}

void TlsServer::setProtocols(const QByteArrayList &protocols)
{
    QSslConfiguration own = QSslConfiguration::defaultConfiguration();
    own.setLocalCertificate(certificate());
    own.setPrivateKey(QSslKey(privateKeyPem, QSsl::Ec));
    own.setAllowedNextProtocols(protocols);
    m_server.setSslConfiguration(own);
}

QUrl TlsServer::url() const
{
    return QUrl(QStringLiteral("https://127.0.0.1:%1").arg(port()));
}

void TlsServer::noteBeginning(QSslSocket *socket)
{
    ++m_handshakes;
    ++m_open;
    connect(socket, &QTcpSocket::disconnected, this, [this] { --m_open; });
}

void TlsServer::accept()
{
    QTcpSocket *socket = m_server.nextPendingConnection();
    connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
        m_received += socket->readAll();
        if (m_received.contains("\r\n\r\n"))
            socket->write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
    });
    connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
}

} // namespace wg::test
