// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/virtualclock.h"
#include "net/recording.h"

#include <QFuture>
#include <memory>

namespace wg {

/// What marks a workspace that was made by replaying a recording. Such a workspace never asks
/// anybody outside.
struct ReplayMark
{
    QString folder; ///< of the recording
    QString id; ///< of the recording
    Instant at; ///< how far its clock has come
    bool ended = false; ///< the recording was replayed to its end
};
/// Nothing for a workspace of the real world. Malformed where the mark cannot be read.
Result<std::optional<ReplayMark>> readReplayMark(const QString &workspace);
Result<Done> writeReplayMark(const QString &workspace, const ReplayMark &mark);

/// The world that an opened workspace lives in: this machine's time and the network, or a
/// recording's.
struct Stage
{
    std::shared_ptr<Clock> clock;
    VirtualClock *virtualClock = nullptr; ///< the same, in a replay
    std::shared_ptr<const Recording> recording; ///< null in the real world
    std::optional<ReplayMark> mark;
};

/// As the workspace's mark says; a replay's clock goes on from where it stopped. Read on the
/// compute pool, as the next.
QFuture<Result<Stage>> stageOf(const QString &workspace);
/// For replaying a recording in a workspace that is new or was made of this very one; others are
/// Refused. The bundled story begins anew where it was not told to its end. The clock begins on
/// call. speed: as for VirtualClock.
QFuture<Result<Stage>> replayStage(const QString &workspace, const QString &recording,
                                   double speed);

/// Where the bundled story lies.
inline const QString sampleRecording = QStringLiteral(":/sample");

} // namespace wg
