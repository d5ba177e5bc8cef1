// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session.h"
#include "app/terminalio.h"
#include "app/verbs.h"

namespace wg {

/// What `source recordings replay` was given; nothing for other commands.
struct ReplayOrder
{
    QString folder;
    double speed = 0; ///< 0 where none was named
};
Result<std::optional<ReplayOrder>> replayOrder(const CommandLine &command);

/// One verb, or `serve`, without a window: owns the workspace for that long, or has the owner do
/// it. Ends the application with the verb's exit code. Lives on the main thread.
class Headless : public QObject
{
    Q_OBJECT

public:
    Headless(WorkspacePaths paths, CommandLine command, QStringList words);
    ~Headless() override;

    void start();
    void stop();

private:
    void open();
    void openWorld();
    void openSample();
    void openOn(const Result<Stage> &stage);
    Result<std::unique_ptr<Session>> openSession(const Stage &stage);
    void leaveWhenIdle(ExitCode code);
    void begin();
    void replay();
    void restore();
    void runVerb();
    void serve();
    void fail(const Error &error);
    void leave(int exitCode);

    WorkspacePaths m_paths;
    CommandLine m_command;
    bool m_replays = false; ///< before anything else, what it was opened with
    Entrance m_entrance;
    std::shared_ptr<TerminalIo> m_terminal;
    std::unique_ptr<Session> m_session;
    bool m_left = false;
};

} // namespace wg
