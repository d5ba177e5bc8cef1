// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/exitcode.h"
#include "app/frames.h"

#include <QFile>
#include <QObject>
#include <QStringList>

namespace wg {

/// Hands this process' command to the owner of the workspace and is its terminal until it ends.
/// Lives on the main thread.
class LocalClient : public QObject
{
    Q_OBJECT

public:
    explicit LocalClient(QObject *parent = nullptr);

    /// finished() when the command ended; unheard() when nobody listens at the path (any more).
    void run(const QString &path, const QStringList &words);
    /// Asks the owner to show its window.
    void raise(const QString &path);

Q_SIGNALS:
    void finished(int exitCode);
    void unheard();

private:
    void take(const Frame &frame);
    void sendFile(const QString &path);
    void sendMore();
    void stop(bool heard);

    QLocalSocket m_socket;
    FrameReader m_frames;
    QByteArray m_first;
    FrameKind m_firstKind = FrameKind::Command;
    QFile m_file;
    bool m_sending = false;
    bool m_answered = false;
    bool m_over = false;
};

} // namespace wg
