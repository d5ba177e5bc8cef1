// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/frames.h"
#include "app/terminalio.h"

#include <QObject>
#include <QStringList>
#include <QTimer>

class QSocketNotifier;

namespace wg {

/// Hands this process' command to the owner of the workspace and is its terminal until it ends.
/// Lives on the main thread.
class LocalClient : public QObject
{
    Q_OBJECT

public:
    explicit LocalClient(QObject *parent = nullptr);
    ~LocalClient() override;

    /// Emits one of finished(), unheard() and lost().
    void run(const QString &path, const QStringList &words);
    /// Asks the owner to show its window; unheard() when it has none.
    void raise(const QString &path);

Q_SIGNALS:
    void finished(int exitCode);
    /// Nobody took the command at this path, for ten seconds or any more.
    void unheard();
    /// The owner went away in the middle of the command.
    void lost();

private:
    void start(const QString &path, FrameKind kind, const QByteArray &bytes);
    void take(const Frame &frame);
    void sendFile(const QString &path);
    void sendMore();
    void stop();

    QLocalSocket m_socket;
    QTimer m_patience;
    TerminalIo m_terminal;
    FrameReader m_frames;
    QByteArray m_first;
    FrameKind m_firstKind = FrameKind::Command;
    std::shared_ptr<InputFile> m_file; ///< what is being sent
    std::unique_ptr<QSocketNotifier> m_more;
    bool m_heard = false;
    bool m_over = false;
};

} // namespace wg
