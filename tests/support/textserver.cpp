// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/textserver.h"

#include <QTcpSocket>
#include <QTimer>

namespace wg::test {

TextServer::TextServer(QObject *parent)
    : QObject(parent)
{
    connect(&m_server, &QTcpServer::newConnection, this, &TextServer::accept);
    m_server.listen(QHostAddress::LocalHost);
}

QUrl TextServer::url() const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_server.serverPort()));
}

void TextServer::accept()
{
    while (QTcpSocket *socket = m_server.nextPendingConnection()) {
        ++m_connections;
        m_mostAtOnce = std::max(m_mostAtOnce, ++m_open);
        connect(socket, &QAbstractSocket::disconnected, this, [this, socket] {
            --m_open;
            socket->deleteLater();
        });
        connect(socket, &QIODevice::readyRead, this, [this, socket] { read(socket); });
    }
}

void TextServer::read(QTcpSocket *socket)
{
    if (!socket->canReadLine())
        return;
    const QByteArray line = socket->readLine().trimmed();
    m_lines.append(line);
    const Script script = m_scripts.value(m_scripts.contains(line) ? line : QByteArray());
    socket->write(script.text);
    if (script.end == End::Close)
        socket->disconnectFromHost();
    else if (script.end == End::Drip)
        drip(socket, script.text);
}

void TextServer::drip(QTcpSocket *socket, const QByteArray &text)
{
    auto *timer = new QTimer(socket);
    connect(timer, &QTimer::timeout, socket, [socket, text] { socket->write(text); });
    timer->start(10);
}

} // namespace wg::test
