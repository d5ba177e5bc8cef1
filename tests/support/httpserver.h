// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QHash>
#include <QTcpServer>
#include <QUrl>

class QTcpSocket;

namespace wg::test {

/// What the server does with one request.
struct HttpScript
{
    /// How the answer ends.
    enum class End : quint8
    {
        Whole, ///< Content-Length fits, the connection stays
        Cut, ///< closes after the body although more was announced
        Endless, ///< repeats the body for ever
        Hang, ///< says nothing at all
        Drop, ///< closes at once
        Raw, ///< sends the body as it is, without status or headers, and closes
    };
    int status = 200;
    QList<std::pair<QByteArray, QByteArray>> headers{};
    QByteArray body{};
    End end = End::Whole;
    int delayMs = 0;
    int dripMs = 0; ///< one byte of the body in so many milliseconds
};

/// What came in.
struct HttpRequest
{
    QByteArray method;
    QByteArray path;
    QHash<QByteArray, QByteArray> headers; ///< lower-case names
    QByteArray body;
    qint64 atMs = 0; ///< since the server began
};

/// A scripted HTTP/1.1 server on loopback that answers, hangs, cuts and lies. Lives on the test's
/// thread.
class HttpServer : public QObject
{
    Q_OBJECT

public:
    explicit HttpServer(QObject *parent = nullptr);

    [[nodiscard]] QUrl url(const QString &path = QStringLiteral("/")) const;
    [[nodiscard]] quint16 port() const { return m_server.serverPort(); }
    /// One script a request, in order; the last stays.
    void script(const QByteArray &path, const QList<HttpScript> &scripts);
    [[nodiscard]] const QList<HttpRequest> &requests() const { return m_requests; }
    [[nodiscard]] int connections() const { return m_connections; }
    /// Requests being answered now, and the most there ever were.
    [[nodiscard]] int mostAtOnce() const { return m_mostAtOnce; }
    /// Sockets still open.
    [[nodiscard]] int open() const { return m_open; }
    /// From now on nobody listens.
    void close() { m_server.close(); }

private:
    void accept();
    void read(QTcpSocket *socket);
    bool takeRequest(QTcpSocket *socket, QByteArray &buffer);
    HttpScript next(const QByteArray &path);
    void answer(QTcpSocket *socket, const HttpScript &script);
    void sendBody(QTcpSocket *socket, const HttpScript &script);
    void drip(QTcpSocket *socket, const HttpScript &script);

    QElapsedTimer m_began;
    QHash<QByteArray, QList<HttpScript>> m_scripts;
    QHash<QTcpSocket *, QByteArray> m_buffers;
    QList<HttpRequest> m_requests;
    int m_connections = 0;
    int m_open = 0;
    int m_busy = 0;
    int m_mostAtOnce = 0;
    QTcpServer m_server; ///< last: its sockets say goodbye while the rest still stands
};

} // namespace wg::test
