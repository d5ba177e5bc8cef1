// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commandio.h"
#include "app/exitcode.h"
#include "app/failure.h"
#include "app/session.h"

namespace wg {

/// Replays what a session was opened with, for a terminal: tells cards as they are raised, and in
/// the end what changed. Lives on the main thread; emits finished() once.
class ReplayRun : public QObject
{
    Q_OBJECT

public:
    /// Quiet where the replay is only the way to something else: progress, and nothing more.
    enum class Manner : quint8
    {
        Told,
        Quiet
    };

    ReplayRun(Session &session, std::shared_ptr<CommandIo> io, OutputForm form, Manner manner,
              QObject *parent = nullptr);
    void start();

Q_SIGNALS:
    void finished(wg::ExitCode code);

private:
    void tellCards(const QList<Card> &cards);
    void readCards(std::optional<qint64> beforeRow);
    void tellAll();
    void fail(const Error &error);

    Session &m_session;
    std::shared_ptr<CommandIo> m_io;
    OutputForm m_form;
    Manner m_manner;
    ReplayReport m_report;
    QList<Card> m_cards;
};

} // namespace wg
