// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "actions/actions.h"
#include "app/chronicle.h"
#include "app/keychain.h"
#include "app/localserver.h"
#include "app/stage.h"
#include "app/workspace.h"

#include <QDeadlineTimer>
#include <QTimer>

namespace wg {

/// Owns an opened workspace: lock, store, actions and the local socket. Lives on the main thread.
class Session
{
public:
    /// The slow part of opening; of any thread, while the lock is held.
    static Result<std::shared_ptr<Ground>> prepare(const WorkspacePaths &paths, const Stage &stage);
    /// On what was prepared. Needs the lock to be held, and tells there where it listens. Errors of
    /// LocalServer::listen.
    static Result<std::unique_ptr<Session>> open(const WorkspacePaths &paths, WorkspaceLock &lock,
                                                 Stage stage, LocalServer::Face face,
                                                 Ground &&ground);
    /// For telling the bundled story: nobody is heard until that has ended and the workspace is
    /// opened again, but told to wait.
    static Result<std::unique_ptr<Session>> openAlone(const WorkspacePaths &paths,
                                                      WorkspaceLock &lock, Stage stage);
    /// Notes how far the clock of a replay has come.
    ~Session();
    Session(const Session &) = delete;
    Session &operator=(const Session &) = delete;

    [[nodiscard]] Actions &actions() { return *m_actions; }
    /// Logs as much as the settings say, from now on; they must have been read.
    void followLogLevel();
    [[nodiscard]] LocalServer &server() { return *m_server; }
    [[nodiscard]] const Stage &stage() const { return m_stage; }
    [[nodiscard]] const QString &folder() const { return m_folder; }
    /// The recording was replayed to its end.
    void replayEnded();

private:
    Session(QString folder, Stage stage);
    static std::unique_ptr<Session> begin(const WorkspacePaths &paths, Stage stage,
                                          LocalServer::Face face, Ground &&ground);
    void noteTime();

    QString m_folder;
    Stage m_stage;
    QTimer m_noteTime;
    QFuture<Result<Done>> m_noting; ///< on the compute pool
    KeyChain m_keyChain;
    std::unique_ptr<Actions> m_actions;
    std::unique_ptr<Chronicle> m_chronicle;
    std::unique_ptr<LocalServer> m_server;
};

/// Tries to own a workspace, or to be heard by who owns it, for at most ten seconds. Lives on the
/// main thread; ends with exactly one of owned(), answered() or failed().
class Entrance : public QObject
{
    Q_OBJECT

public:
    /// What is waited for.
    enum class For : quint8
    {
        Command,
        Story
    };

    /// Words of the command to hand over; empty to ask a running desktop to show itself.
    Entrance(WorkspacePaths paths, QStringList words, QObject *parent = nullptr);
    void enter();
    [[nodiscard]] WorkspaceLock &lock() { return m_lock; }

Q_SIGNALS:
    void owned();
    void answered(int exitCode);
    void failed(const wg::Error &error);
    /// Somebody has the workspace and does not listen (yet, any more, or for a window); we go on
    /// trying, and while it tells the sample story as long as that takes.
    void waiting(wg::Entrance::For what);

private:
    void handOver();
    void goOnWaiting();

    WorkspacePaths m_paths;
    QStringList m_words;
    WorkspaceLock m_lock;
    QTimer m_retry;
    QDeadlineTimer m_deadline;
};

} // namespace wg
