// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/localserver.h"

#include <QBuffer>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QPointer>
#include <QTemporaryFile>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// The far end's terminal. Outlives the session only as long as its command does.
class RemoteIo final : public CommandIo
{
public:
    explicit RemoteIo(LocalSession *session)
        : m_session(session)
    { }

    void out(const QByteArray &bytes) override { send(FrameKind::Out, bytes); }
    void err(const QByteArray &bytes) override { send(FrameKind::Err, bytes); }
    void progress(const QString &line) override { send(FrameKind::Progress, line.toUtf8()); }
    void openInput(const QString &path, Opened opened) override
    {
        if (m_session)
            m_session->askFor(path, std::move(opened));
    }
    [[nodiscard]] QString absolute(const QString &path) const override
    {
        return m_session ? QDir(m_session->folder()).absoluteFilePath(path) : path;
    }

private:
    void send(FrameKind kind, const QByteArray &bytes)
    {
        if (m_session)
            m_session->send(kind, bytes);
    }

    QPointer<LocalSession> m_session;
};

} // namespace

LocalServer::LocalServer(Actions &actions, Face face, QObject *parent)
    : QObject(parent)
    , m_actions(actions)
    , m_face(face)
    , m_server(this)
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &LocalServer::welcome);
}

Result<Done> LocalServer::listen(const QString &path)
{
    QLocalServer::removeServer(path); // we hold the lock: what lies there is a dead owner's
    if (m_server.listen(path))
        return Done{};
    return Error{ErrorCode::NotWritable,
                 u"cannot listen at %1: %2"_s.arg(path, m_server.errorString())};
}

void LocalServer::close()
{
    m_server.close();
}

void LocalServer::welcome()
{
    while (QLocalSocket *socket = m_server.nextPendingConnection()) {
        auto *session = new LocalSession(m_actions, socket, this);
        ++m_clients;
        connect(session, &LocalSession::raiseAsked, this, &LocalServer::raiseAsked);
        connect(session, &QObject::destroyed, this, [this] {
            if (--m_clients == 0)
                Q_EMIT idle();
        });
    }
}

LocalSession::LocalSession(Actions &actions, QLocalSocket *socket, LocalServer *server)
    : QObject(server)
    , m_actions(actions)
    , m_server(*server)
    , m_socket(socket)
{
    socket->setParent(this);
    connect(socket, &QLocalSocket::readyRead, this, &LocalSession::read);
    connect(socket, &QLocalSocket::disconnected, this,
            &QObject::deleteLater); // losing the client cancels
    read();
}

void LocalSession::read()
{
    m_frames.feed(m_socket->readAll());
    while (const auto frame = m_frames.next())
        take(*frame);
    if (m_frames.isBroken())
        m_socket->abort();
}

void LocalSession::take(const Frame &frame)
{
    switch (frame.kind) {
    case FrameKind::Command:
        return run(frame.bytes);
    case FrameKind::Chunk:
        return takeChunk(frame.bytes);
    case FrameKind::NoFile:
        if (m_opened)
            std::exchange(m_opened, {})(Error{ErrorCode::NotFound, QString::fromUtf8(frame.bytes)});
        return;
    case FrameKind::Raise:
        if (!m_server.hasWindow())
            return m_socket->abort(); // the other desktop waits until the workspace is free
        Q_EMIT raiseAsked();
        return finish(ExitCode::Done);
    case FrameKind::Heard:
    case FrameKind::Out:
    case FrameKind::Err:
    case FrameKind::Progress:
    case FrameKind::Open:
    case FrameKind::Exit:
        break;
    }
    m_socket->abort(); // not a frame a client may send
}

void LocalSession::run(const QByteArray &json)
{
    if (m_runner)
        return m_socket->abort();
    send(FrameKind::Heard, {});
    const QJsonObject order = QJsonDocument::fromJson(json).object();
    QStringList words;
    for (const auto &word : order.value(u"words"_s).toArray())
        words.append(word.toString());
    m_folder = order.value(u"folder"_s).toString();
    const auto command = parseCommand(words);
    if (!command) { // of another version: clients check their words themselves
        send(FrameKind::Err, (errorSentence(command.error()) + u'\n').toUtf8());
        return finish(ExitCode::Usage);
    }
    m_runner = new CommandRunner(m_actions, std::make_shared<RemoteIo>(this), *command, this);
    connect(m_runner, &CommandRunner::finished, this, &LocalSession::finish);
    m_runner->start();
}

void LocalSession::finish(ExitCode code)
{
    send(FrameKind::Exit, QByteArray::number(int(code)));
    m_socket->disconnectFromServer();
}

void LocalSession::askFor(const QString &path, CommandIo::Opened opened)
{
    m_opened = std::move(opened);
    m_oneLine = path == hiddenInput;
    const auto file = std::make_shared<QTemporaryFile>();
    const auto buffer = std::make_shared<QBuffer>();
    m_spool = m_oneLine ? std::shared_ptr<QIODevice>(buffer) : file;
    if (m_oneLine ? !buffer->open(QIODevice::ReadWrite) : !file->open()) {
        std::exchange(m_opened, {})(Error{ErrorCode::NotWritable, m_spool->errorString()});
        return;
    }
    send(FrameKind::Open, path.toUtf8());
}

void LocalSession::takeChunk(const QByteArray &bytes)
{
    if (!m_opened)
        return;
    if (!bytes.isEmpty() && m_spool->write(bytes) != bytes.size())
        return std::exchange(m_opened, {})(Error{ErrorCode::DiskFull, m_spool->errorString()});
    // A line is at its end where somebody types it; nobody types as much as a chunk.
    const bool whole = m_oneLine && (bytes.contains('\n') || m_spool->size() >= mostTyped);
    if (!bytes.isEmpty() && !whole)
        return;
    m_spool->seek(0);
    std::exchange(m_opened, {})(std::shared_ptr<QIODevice>(std::move(m_spool)));
}

void LocalSession::send(FrameKind kind, const QByteArray &bytes)
{
    sendFrame(*m_socket, kind, bytes);
}

} // namespace wg
