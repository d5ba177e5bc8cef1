// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QTcpServer>
#include <QUrl>

class QTcpSocket;

namespace wg::test {

/// A scripted server on loopback that takes one line and answers with text, as WHOIS does. Lives on
/// the test's thread.
class TextServer : public QObject
{
    Q_OBJECT

public:
    /// What follows the text.
    enum class End : quint8
    {
        Close,
        Hang, ///< nothing, for ever
        Drip, ///< the text again and again, slowly
    };

    explicit TextServer(QObject *parent = nullptr);

    /// What is said to every line for which nothing else is scripted.
    void say(const QByteArray &text, End end = End::Close) { m_scripts.insert({}, {text, end}); }
    /// What is said to one line.
    void sayTo(const QByteArray &line, const QByteArray &text, End end = End::Close)
    {
        m_scripts.insert(line, {text, end});
    }

    /// As a base URL names it.
    [[nodiscard]] QUrl url() const;
    [[nodiscard]] const QByteArrayList &lines() const { return m_lines; }
    [[nodiscard]] int connections() const { return m_connections; }
    /// Connections still open, and the most there ever were.
    [[nodiscard]] int open() const { return m_open; }
    [[nodiscard]] int mostAtOnce() const { return m_mostAtOnce; }
    /// From now on nobody listens.
    void close() { m_server.close(); }

private:
    struct Script
    {
        QByteArray text;
        End end = End::Close;
    };

    void accept();
    void read(QTcpSocket *socket);
    static void drip(QTcpSocket *socket, const QByteArray &text);

    QHash<QByteArray, Script> m_scripts; ///< by line; the empty one for all others
    QByteArrayList m_lines;
    int m_connections = 0;
    int m_open = 0;
    int m_mostAtOnce = 0;
    QTcpServer m_server; ///< last: its sockets say goodbye while the rest still stands
};

} // namespace wg::test
