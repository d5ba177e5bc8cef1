// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/stage.h"

#include "actions/replayfolder.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QtConcurrent>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

constexpr qint64 mostMarkBytes = 1 << 16;

QString markOf(const QString &workspace)
{
    return workspace + u"/replay.json"_s;
}

Stage replayed(Recording recording, const ReplayMark &mark, double speed, VirtualClock::Begin begin)
{
    Stage stage;
    auto clock = std::make_shared<VirtualClock>(mark.at, speed, begin);
    stage.virtualClock = clock.get();
    stage.clock = std::move(clock);
    stage.recording = std::make_shared<const Recording>(std::move(recording));
    stage.mark = mark;
    return stage;
}

} // namespace

Result<std::optional<ReplayMark>> readReplayMark(const QString &workspace)
{
    QFile file(markOf(workspace));
    if (!file.exists())
        return std::optional<ReplayMark>();
    const bool open = file.open(QIODevice::ReadOnly);
    const QJsonObject object = QJsonDocument::fromJson(file.read(mostMarkBytes)).object();
    const auto at = parseInstant(object.value("at"_L1).toString());
    // What may be a replay must not be taken for the real world.
    if (!open || !at) {
        return Error{ErrorCode::Malformed,
                     u"%1 cannot be read; it says which recording the workspace replays"_s.arg(
                         file.fileName())};
    }
    return std::optional(ReplayMark{object.value("recording"_L1).toString(),
                                    object.value("id"_L1).toString(), *at,
                                    object.value("ended"_L1).toBool()});
}

Result<Done> writeReplayMark(const QString &workspace, const ReplayMark &mark)
{
    const QJsonObject object{{u"recording"_s, mark.folder},
                             {u"id"_s, mark.id},
                             {u"at"_s, toRfc3339(mark.at)},
                             {u"ended"_s, mark.ended}};
    QSaveFile file(markOf(workspace));
    const bool written = file.open(QIODevice::WriteOnly)
        && file.write(QJsonDocument(object).toJson()) > 0 && file.commit();
    if (written)
        return Done{};
    return Error{ErrorCode::NotWritable,
                 u"%1 cannot be written: %2"_s.arg(file.fileName(), file.errorString())};
}

namespace {

Result<Stage> readStage(const QString &workspace)
{
    const auto mark = readReplayMark(workspace);
    if (!mark)
        return mark.error();
    if (!*mark) {
        Stage stage;
        stage.clock = std::make_shared<SystemClock>();
        return stage;
    }
    auto recording = readRecording((*mark)->folder);
    // Without its recording a replay has no answers; still it asks nobody.
    if (!recording && recording.error().code != ErrorCode::NotFound)
        return recording.error();
    return replayed(recording ? std::move(*recording) : Recording(), **mark, 1,
                    VirtualClock::Begin::AtOnce);
}

/// A lost database comes back from its backups.
bool holdsFacts(const QString &workspace)
{
    return QFile::exists(workspace + u"/watchglass.db"_s)
        || !QDir(workspace + u"/backups"_s).isEmpty();
}

Result<Stage> readReplayStage(const QString &workspace, const QString &folder, double speed)
{
    const auto found = readReplayMark(workspace);
    if (!found)
        return found.error();
    auto recording = readRecording(folder);
    if (!recording)
        return recording.error();
    ReplayMark mark{folder, recording->id, recording->from, false};
    if (*found && (*found)->id == recording->id) {
        // Facts of later days would stand in the way of a story that begins again.
        const bool begins = recording->isBundled() && !(*found)->ended;
        if (begins) {
            if (const auto cleared = clearReplay(workspace, recording->id); !cleared)
                return cleared.error();
        } else {
            mark.at = (*found)->at;
            mark.ended = (*found)->ended;
        }
    } else if (*found || holdsFacts(workspace)) {
        return Error{ErrorCode::Refused,
                     u"the workspace %1 was not made by replaying this recording; name a new "
                     "folder with --workspace DIR"_s.arg(workspace)};
    }
    if (const auto marked = writeReplayMark(workspace, mark); !marked)
        return marked.error();
    return replayed(std::move(*recording), mark, speed, VirtualClock::Begin::OnCall);
}

} // namespace

QFuture<Result<Stage>> stageOf(const QString &workspace)
{
    return QtConcurrent::run(&readStage, workspace);
}

QFuture<Result<Stage>> replayStage(const QString &workspace, const QString &recording, double speed)
{
    return QtConcurrent::run(&readReplayStage, workspace, recording, speed);
}

} // namespace wg
