// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/localclient.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <cstdio>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// What may wait in the socket before more of a file is read.
constexpr qint64 enoughQueued = 1 << 20;

void write(FILE *stream, const QByteArray &bytes)
{
    std::fwrite(bytes.constData(), 1, size_t(bytes.size()), stream);
    std::fflush(stream);
}

} // namespace

LocalClient::LocalClient(QObject *parent)
    : QObject(parent)
    , m_socket(this)
    , m_file(this)
{
    connect(&m_socket, &QLocalSocket::connected, this,
            [this] { sendFrame(m_socket, m_firstKind, m_first); });
    connect(&m_socket, &QLocalSocket::readyRead, this, [this] {
        m_frames.feed(m_socket.readAll());
        while (const auto frame = m_frames.next())
            take(*frame);
    });
    connect(&m_socket, &QLocalSocket::bytesWritten, this, &LocalClient::sendMore);
    connect(&m_socket, &QLocalSocket::errorOccurred, this, [this] { stop(m_answered); });
    connect(&m_socket, &QLocalSocket::disconnected, this, [this] { stop(m_answered); });
}

void LocalClient::run(const QString &path, const QStringList &words)
{
    const QJsonObject order{
        {u"words"_s, QJsonArray::fromStringList(words)},
        {u"folder"_s, QDir::currentPath()},
    };
    m_first = QJsonDocument(order).toJson(QJsonDocument::Compact);
    m_firstKind = FrameKind::Command;
    m_socket.connectToServer(path);
}

void LocalClient::raise(const QString &path)
{
    m_first.clear();
    m_firstKind = FrameKind::Raise;
    m_socket.connectToServer(path);
}

void LocalClient::take(const Frame &frame)
{
    m_answered = true;
    switch (frame.kind) {
    case FrameKind::Out:
        return write(stdout, frame.bytes);
    case FrameKind::Err:
        return write(stderr, frame.bytes);
    case FrameKind::Progress:
        if (isatty(STDERR_FILENO))
            write(stderr, '\r' + frame.bytes);
        return;
    case FrameKind::Open:
        return sendFile(QString::fromUtf8(frame.bytes));
    case FrameKind::Exit:
        m_over = true;
        Q_EMIT finished(frame.bytes.toInt());
        return;
    case FrameKind::Command:
    case FrameKind::Chunk:
    case FrameKind::NoFile:
    case FrameKind::Raise:
        break;
    }
}

void LocalClient::sendFile(const QString &path)
{
    m_file.setFileName(path);
    const bool opened =
        path == "-"_L1 ? m_file.open(stdin, QIODevice::ReadOnly) : m_file.open(QIODevice::ReadOnly);
    if (!opened) {
        sendFrame(m_socket, FrameKind::NoFile,
                  u"%1 cannot be read: %2"_s.arg(path, m_file.errorString()).toUtf8());
        return;
    }
    m_sending = true;
    sendMore();
}

void LocalClient::sendMore()
{
    while (m_sending && m_socket.bytesToWrite() < enoughQueued) {
        const QByteArray bytes = m_file.read(256 * 1024);
        sendFrame(m_socket, FrameKind::Chunk, bytes);
        m_sending = !bytes.isEmpty();
    }
}

void LocalClient::stop(bool heard)
{
    if (std::exchange(m_over, true))
        return;
    if (heard)
        Q_EMIT finished(int(ExitCode::Failed));
    else
        Q_EMIT unheard();
}

} // namespace wg
