// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/whoisjob.h"

#include "net/networds.h"

namespace wg {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 mostBytes = 1 << 20;
constexpr qsizetype longestLine = 512;

/// A second line would be a second question.
bool isOneLine(const QByteArray &line)
{
    return !line.isEmpty() && line.size() <= longestLine
        && std::none_of(line.begin(), line.end(), [](char c) { return quint8(c) < 0x20; });
}

} // namespace

WhoisJob::WhoisJob(SocketRoom &room, WhoisQuestion question, Ended ended)
    : AnsweredJob(room, question.permit, std::make_unique<QTcpSocket>(), {u"*"_s}, 1,
                  std::move(ended))
    , m_question(std::move(question))
    , m_socket(socket())
{
    connect(&m_socket, &QIODevice::readyRead, this, &WhoisJob::bytesCame);
    connect(&m_socket, &QAbstractSocket::errorOccurred, this, &WhoisJob::closed);
    m_socket.setReadBufferSize(mostBytes + 1);
}

Result<QUrl> WhoisJob::server() const
{
    auto server = gate().whoisServer(permit().intent().source, m_question.host);
    if (server && !isOneLine(m_question.line))
        return refused(u"the question is not one line"_s);
    return server;
}

void WhoisJob::connectTo(const QString &place, quint16 port)
{
    m_socket.connectToHost(place, port);
}

void WhoisJob::reached()
{
    m_socket.write(m_question.line + "\r\n");
}

void WhoisJob::bytesCame()
{
    progress();
    m_text += m_socket.readAll();
    if (m_text.size() > mostBytes)
        finish(Error{ErrorCode::TooLarge, u"%1 answers more than is taken"_s.arg(host())});
}

/// The server's closing is how an answer ends.
void WhoisJob::closed()
{
    if (m_socket.error() != QAbstractSocket::RemoteHostClosedError)
        return broke(m_socket.errorString());
    bytesCame();
    if (m_text.isEmpty())
        return finish(unreachable(u"%1 closed the connection without an answer"_s.arg(host())));
    finish(WhoisAnswer{m_text, false, now()});
}

void WhoisJob::gone(const QString &why)
{
    if (!m_text.isEmpty())
        return finish(WhoisAnswer{m_text, true, now()});
    fail(unreached(u"%1 cannot be reached: %2"_s, why));
}

} // namespace wg
