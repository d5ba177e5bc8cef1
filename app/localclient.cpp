// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/localclient.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSocketNotifier>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// What may wait in the socket before more of a file is read.
constexpr qint64 enoughQueued = 1 << 20;
constexpr int patienceMs = 10'000;

} // namespace

LocalClient::LocalClient(QObject *parent)
    : QObject(parent)
    , m_socket(this)
    , m_patience(this)
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(patienceMs);
    m_patience.setTimerType(Qt::PreciseTimer);
    connect(&m_patience, &QTimer::timeout, this, &LocalClient::stop);
    connect(&m_socket, &QLocalSocket::connected, this,
            [this] { sendFrame(m_socket, m_firstKind, m_first); });
    connect(&m_socket, &QLocalSocket::readyRead, this, [this] {
        m_frames.feed(m_socket.readAll());
        while (const auto frame = m_frames.next())
            take(*frame);
        if (m_frames.isBroken())
            stop();
    });
    connect(&m_socket, &QLocalSocket::bytesWritten, this, &LocalClient::sendMore);
    connect(&m_socket, &QLocalSocket::errorOccurred, this, &LocalClient::stop);
    connect(&m_socket, &QLocalSocket::disconnected, this, &LocalClient::stop);
}

LocalClient::~LocalClient() = default;

void LocalClient::run(const QString &path, const QStringList &words)
{
    const QJsonObject order{
        {u"words"_s, QJsonArray::fromStringList(words)},
        {u"folder"_s, QDir::currentPath()},
    };
    start(path, FrameKind::Command, QJsonDocument(order).toJson(QJsonDocument::Compact));
}

void LocalClient::raise(const QString &path)
{
    start(path, FrameKind::Raise, {});
}

void LocalClient::start(const QString &path, FrameKind kind, const QByteArray &bytes)
{
    m_firstKind = kind;
    m_first = bytes;
    m_patience.start();
    m_socket.connectToServer(path);
}

void LocalClient::take(const Frame &frame)
{
    m_heard = true;
    m_patience.stop();
    switch (frame.kind) {
    case FrameKind::Heard:
        return;
    case FrameKind::Out:
        return m_terminal.out(frame.bytes);
    case FrameKind::Err:
        return m_terminal.err(frame.bytes);
    case FrameKind::Progress:
        return m_terminal.progress(QString::fromUtf8(frame.bytes));
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
    const auto opened = InputFile::openPath(path);
    if (!opened)
        return sendFrame(m_socket, FrameKind::NoFile, opened.error().detail.toUtf8());
    m_file = *opened;
    m_more = std::make_unique<QSocketNotifier>(m_file->descriptor(), QSocketNotifier::Read);
    connect(m_more.get(), &QSocketNotifier::activated, this, &LocalClient::sendMore);
    sendMore();
}

/// Sends what can be read at once; the notifier or the socket calls again for the rest.
void LocalClient::sendMore()
{
    while (m_file && m_socket.bytesToWrite() < enoughQueued && m_file->isReady()) {
        QByteArray bytes(256 * 1024, Qt::Uninitialized);
        const qint64 got = m_file->read(bytes.data(), bytes.size());
        if (got < 0)
            sendFrame(m_socket, FrameKind::NoFile, m_file->errorString().toUtf8());
        else
            sendFrame(m_socket, FrameKind::Chunk, bytes.first(got));
        if (got <= 0)
            m_file.reset();
    }
    if (m_more)
        m_more->setEnabled(m_file && m_socket.bytesToWrite() < enoughQueued);
}

void LocalClient::stop()
{
    if (std::exchange(m_over, true))
        return;
    m_patience.stop();
    if (m_heard)
        Q_EMIT lost();
    else
        Q_EMIT unheard();
}

} // namespace wg
