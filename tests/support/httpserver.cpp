// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/httpserver.h"

#include <QTcpSocket>
#include <QTimer>
#include <memory>

namespace wg::test {

HttpServer::HttpServer(QObject *parent)
    : QObject(parent)
{
    m_began.start();
    connect(&m_server, &QTcpServer::newConnection, this, &HttpServer::accept);
    m_server.listen(QHostAddress::LocalHost);
}

QUrl HttpServer::url(const QString &path) const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1%2").arg(m_server.serverPort()).arg(path));
}

void HttpServer::script(const QByteArray &path, const QList<HttpScript> &scripts)
{
    m_scripts.insert(path, scripts);
}

void HttpServer::accept()
{
    while (QTcpSocket *socket = m_server.nextPendingConnection()) {
        ++m_connections;
        ++m_open;
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
        connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
            --m_open;
            m_buffers.remove(socket);
            socket->deleteLater();
        });
    }
}

void HttpServer::read(QTcpSocket *socket)
{
    QByteArray &buffer = m_buffers[socket];
    buffer += socket->readAll();
    while (takeRequest(socket, buffer)) { }
}

bool HttpServer::takeRequest(QTcpSocket *socket, QByteArray &buffer)
{
    const qsizetype end = buffer.indexOf("\r\n\r\n");
    if (end < 0)
        return false;
    QList<QByteArray> lines = buffer.first(end).split('\n');
    const QList<QByteArray> words = lines.takeFirst().trimmed().split(' ');
    HttpRequest request;
    request.method = words.value(0);
    request.path = words.value(1);
    for (const QByteArray &line : lines) {
        const qsizetype colon = line.indexOf(':');
        request.headers.insert(line.first(std::max<qsizetype>(colon, 0)).toLower(),
                               line.sliced(colon + 1).trimmed());
    }
    const qsizetype length = request.headers.value("content-length").toLongLong();
    if (buffer.size() < end + 4 + length)
        return false;
    request.body = buffer.sliced(end + 4, length);
    request.atMs = m_began.elapsed();
    buffer.remove(0, end + 4 + length);
    m_requests.append(request);
    m_mostAtOnce = std::max(m_mostAtOnce, ++m_busy);
    const HttpScript script = next(request.path);
    QTimer::singleShot(script.delayMs, socket, [this, socket, script] { answer(socket, script); });
    return true;
}

HttpScript HttpServer::next(const QByteArray &path)
{
    const auto found = m_scripts.find(path);
    if (found == m_scripts.end())
        return {.status = 404, .body = "no such page"};
    return found->size() > 1 ? found->takeFirst() : found->first();
}

void HttpServer::answer(QTcpSocket *socket, const HttpScript &script)
{
    using End = HttpScript::End;
    if (script.end == End::Hang)
        return;
    --m_busy;
    if (script.end == End::Raw) {
        socket->write(script.body);
        socket->disconnectFromHost();
        return;
    }
    if (script.end == End::Drop) {
        socket->abort();
        return;
    }
    QByteArray head = "HTTP/1.1 " + QByteArray::number(script.status) + " Said\r\n";
    bool sized = false;
    for (const auto &[name, value] : script.headers) {
        head += name + ": " + value + "\r\n";
        sized = sized || name.toLower() == "transfer-encoding";
    }
    const qsizetype length = script.body.size() + (script.end == End::Cut ? 1000 : 0);
    if (!sized && script.end != End::Endless)
        head += "Content-Length: " + QByteArray::number(length) + "\r\n";
    socket->write(head + "\r\n");
    if (script.dripMs > 0)
        drip(socket, script);
    else
        sendBody(socket, script);
}

void HttpServer::sendBody(QTcpSocket *socket, const HttpScript &script)
{
    socket->write(script.body);
    if (script.end == HttpScript::End::Cut)
        socket->disconnectFromHost();
    if (script.end != HttpScript::End::Endless)
        return;
    connect(socket, &QTcpSocket::bytesWritten, socket, [socket, body = script.body] {
        if (socket->bytesToWrite() < 1 << 20)
            socket->write(body);
    });
}

void HttpServer::drip(QTcpSocket *socket, const HttpScript &script)
{
    auto *timer = new QTimer(socket);
    connect(timer, &QTimer::timeout, socket, [socket, timer, body = script.body, at = 0]() mutable {
        socket->write(body.sliced(at++, 1));
        if (at == body.size())
            timer->stop();
    });
    timer->start(script.dripMs);
}

} // namespace wg::test
