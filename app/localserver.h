// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "actions/actions.h"
#include "app/commandrunner.h"
#include "app/frames.h"

#include <QLocalServer>

namespace wg {

/// Takes commands of other processes for the workspace that this one owns. Lives on the main
/// thread.
class LocalServer : public QObject
{
    Q_OBJECT

public:
    /// Whether there is a window that a second desktop may raise.
    enum class Face : quint8
    {
        Window,
        None
    };

    LocalServer(Actions &actions, Face face, QObject *parent = nullptr);

    /// Listens for this user only. NotWritable.
    Result<Done> listen(const QString &path);
    void close();
    [[nodiscard]] int clients() const { return m_clients; }
    [[nodiscard]] bool hasWindow() const { return m_face == Face::Window; }

Q_SIGNALS:
    /// A second desktop was started: show the window.
    void raiseAsked();
    void idle();

private:
    void welcome();

    Actions &m_actions;
    Face m_face;
    QLocalServer m_server;
    int m_clients = 0;
};

/// One client and its command; deletes itself when the client goes.
class LocalSession : public QObject
{
    Q_OBJECT

public:
    LocalSession(Actions &actions, QLocalSocket *socket, LocalServer *server);

    void askFor(const QString &path, CommandIo::Opened opened);
    void send(FrameKind kind, const QByteArray &bytes);
    [[nodiscard]] const QString &folder() const { return m_folder; }

Q_SIGNALS:
    void raiseAsked();

private:
    void read();
    void take(const Frame &frame);
    void run(const QByteArray &json);
    void finish(ExitCode code);
    void takeChunk(const QByteArray &bytes);

    Actions &m_actions;
    LocalServer &m_server;
    QLocalSocket *m_socket;
    FrameReader m_frames;
    CommandRunner *m_runner = nullptr;
    QString m_folder;
    CommandIo::Opened m_opened;
    std::shared_ptr<QIODevice> m_spool; ///< what the client reads for its command, till its end
    bool m_oneLine = false; ///< a key: it is never on a disk, and ends with its line
};

} // namespace wg
