// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTcpServer>
#include <QUdpSocket>
#include <functional>

namespace wg::test {

/// One DNS question as it came in.
struct DnsAsked
{
    enum class Over : quint8
    {
        Udp,
        Tcp
    };
    QByteArray packet;
    QByteArray name; ///< as on the wire, with dots, case kept
    quint16 type = 0;
    Over over = Over::Udp;
    quint16 fromPort = 0;
    bool edns = false;
};

/// Header bits of an answer.
enum DnsFlags : quint16
{
    Response = 0x8000,
    Authoritative = 0x0400,
    Truncation = 0x0200
};

/// The answer's header and the question, with count A records (192.0.2.1 …).
QByteArray dnsAnswer(const DnsAsked &asked, quint16 flags = Response, int addresses = 0);

/// A scripted DNS server on loopback, UDP and TCP on one port. Lives on the test's thread.
class DnsServer : public QObject
{
    Q_OBJECT

public:
    /// Packets to send back, none for silence.
    using Script = std::function<QList<QByteArray>(const DnsAsked &)>;

    explicit DnsServer(Script script, QObject *parent = nullptr);

    [[nodiscard]] quint16 port() const { return m_udp.localPort(); }
    [[nodiscard]] const QList<DnsAsked> &asked() const { return m_asked; }
    /// Answers late what came over UDP.
    void answer(const DnsAsked &asked, const QByteArray &packet);

private:
    void readUdp();
    void acceptTcp();
    DnsAsked understand(const QByteArray &packet) const;

    Script m_script;
    QUdpSocket m_udp;
    QList<DnsAsked> m_asked;
    QTcpServer m_tcp;
};

} // namespace wg::test
