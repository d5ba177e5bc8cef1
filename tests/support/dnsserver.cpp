// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/dnsserver.h"

#include <QNetworkDatagram>
#include <QTcpSocket>
#include <QtEndian>

namespace wg::test {

namespace {

constexpr qsizetype headerBytes = 12;
constexpr int portsToTry = 20;

qsizetype questionEnd(const QByteArray &packet)
{
    qsizetype at = headerBytes;
    while (at < packet.size() && packet[at] != 0)
        at += quint8(packet[at]) + 1;
    return at + 5;
}

QByteArray wire16(quint16 value)
{
    QByteArray bytes(2, '\0');
    qToBigEndian(value, bytes.data());
    return bytes;
}

} // namespace

QByteArray dnsAnswer(const DnsAsked &asked, quint16 flags, int addresses)
{
    QByteArray packet = asked.packet.first(2) + wire16(flags) + wire16(1)
        + wire16(quint16(addresses)) + wire16(0) + wire16(0);
    packet += asked.packet.sliced(headerBytes, questionEnd(asked.packet) - headerBytes);
    for (int i = 1; i <= addresses; ++i) {
        packet += QByteArray::fromHex("c00c00010001000000e10004c00002");
        packet += char(i);
    }
    return packet;
}

DnsServer::DnsServer(Script script, QObject *parent)
    : QObject(parent)
    , m_script(std::move(script))
{
    for (int i = 0; i < portsToTry && !m_tcp.isListening(); ++i) {
        m_udp.close();
        m_udp.bind(QHostAddress::LocalHost);
        m_tcp.listen(QHostAddress::LocalHost, m_udp.localPort());
    }
    connect(&m_udp, &QUdpSocket::readyRead, this, &DnsServer::readUdp);
    connect(&m_tcp, &QTcpServer::newConnection, this, &DnsServer::acceptTcp);
}

DnsAsked DnsServer::understand(const QByteArray &packet) const
{
    DnsAsked asked;
    asked.packet = packet;
    qsizetype at = headerBytes;
    while (at < packet.size() && packet[at] != 0) {
        const qsizetype length = quint8(packet[at]);
        asked.name += (asked.name.isEmpty() ? "" : ".") + packet.mid(at + 1, length);
        at += length + 1;
    }
    if (packet.size() >= at + 3)
        asked.type = qFromBigEndian<quint16>(packet.constData() + at + 1);
    asked.edns = packet.size() > headerBytes && packet[11] == 1;
    return asked;
}

void DnsServer::readUdp()
{
    while (m_udp.hasPendingDatagrams()) {
        const QNetworkDatagram datagram = m_udp.receiveDatagram();
        DnsAsked asked = understand(datagram.data());
        asked.fromPort = quint16(datagram.senderPort());
        m_asked.append(asked);
        const auto packets = m_script(asked);
        for (const QByteArray &packet : packets)
            m_udp.writeDatagram(packet, datagram.senderAddress(), asked.fromPort);
    }
}

void DnsServer::answer(const DnsAsked &asked, const QByteArray &packet)
{
    m_udp.writeDatagram(packet, QHostAddress::LocalHost, asked.fromPort);
}

void DnsServer::acceptTcp()
{
    while (QTcpSocket *socket = m_tcp.nextPendingConnection()) {
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
            while (socket->bytesAvailable() >= 2) {
                const auto length = qFromBigEndian<quint16>(socket->peek(2).constData());
                if (socket->bytesAvailable() < 2 + length)
                    return;
                DnsAsked asked = understand(socket->read(2 + length).sliced(2));
                asked.over = DnsAsked::Over::Tcp;
                asked.fromPort = socket->peerPort();
                m_asked.append(asked);
                const auto packets = m_script(asked);
                for (const QByteArray &packet : packets)
                    socket->write(wire16(quint16(packet.size())) + packet);
            }
        });
    }
}

} // namespace wg::test
