// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSslCertificate>
#include <QSslServer>
#include <QUrl>

namespace wg::test {

/// What a TLS server on loopback is asked for; it answers every HTTP request with "{}". Its
/// certificate is for rdap.registrar.example, signed by itself. Lives on the test's thread.
class TlsServer : public QObject
{
    Q_OBJECT

public:
    explicit TlsServer(QObject *parent = nullptr);

    static QSslCertificate certificate();

    /// Which protocol is chosen of those that a client offers; none at first.
    void setProtocols(const QByteArrayList &protocols);
    [[nodiscard]] quint16 port() const { return m_server.serverPort(); }
    [[nodiscard]] QUrl url() const;
    /// Everything that came in once hands were shaken.
    [[nodiscard]] const QByteArray &received() const { return m_received; }
    /// Handshakes that began, whatever became of them.
    [[nodiscard]] int handshakes() const { return m_handshakes; }
    /// Connections still open.
    [[nodiscard]] int open() const { return m_open; }
    /// From now on nobody listens.
    void close() { m_server.close(); }

private:
    void noteBeginning(QSslSocket *socket);
    void accept();

    QByteArray m_received;
    int m_handshakes = 0;
    int m_open = 0;
    QSslServer m_server; ///< last: its sockets say goodbye while the rest still stands
};

} // namespace wg::test
