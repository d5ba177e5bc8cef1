// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/actions.h"
#include "actions/parts.h"
#include "actions/replayer.h"
#include "actions/replayfolder.h"

#include "core/after.h"

using namespace Qt::StringLiterals;

namespace wg {

namespace {

const QString recordingKey = u"internal.recording"_s;

/// "source.NAME.interval" → NAME.
QString intervalOf(const QString &key)
{
    const bool is = key.startsWith("source."_L1) && key.endsWith(".interval"_L1);
    return is ? key.section(u'.', 1, -2) : QString();
}

/// Settings by which answers are judged, and no others, go from a recording into a workspace.
bool isJudgedBy(const QString &key)
{
    return key == "names.own"_L1 || key == "watch.confirm_gap"_L1 || !intervalOf(key).isEmpty();
}

using StateTold = std::function<void(Result<RecordingState>)>;

QFuture<Result<RecordingState>> recordInto(NetRoom &net, const QString &folder)
{
    return net.ask<Result<RecordingState>>([folder](Watcher &watcher, const StateTold &told) {
        watcher.tape().record(folder, [told](const Result<RecordingState> &state) { told(state); });
    });
}

} // namespace

QFuture<Result<RecordingState>> Actions::startRecording(const QString &folder)
{
    Parts &parts = *m_parts;
    const QString now = parts.settings.text(recordingKey);
    if (parts.replayed) {
        return readyFuture(Result<RecordingState>(
            Error{ErrorCode::Refused, u"this workspace replays a recording: nothing is asked"_s}));
    }
    if (!now.isEmpty() && now != folder) {
        return readyFuture(Result<RecordingState>(
            Error{ErrorCode::Conflict, u"%1 is being recorded into; stop that first"_s.arg(now)}));
    }
    if (!now.isEmpty()) {
        using State = Result<RecordingState>;
        return after(this, recordingState(), [this, folder](const State &state) -> QFuture<State> {
            if (!state || !state->folder.isEmpty())
                return readyFuture(state);
            return recordInto(m_parts->net, folder); // it could not be opened before
        });
    }
    return after(
        this, recordInto(parts.net, folder),
        [this, folder](const Result<RecordingState> &state) -> QFuture<Result<RecordingState>> {
            if (!state)
                return readyFuture(Result<RecordingState>(state.error()));
            m_parts->noteRdapFiles();
            return after(this, m_parts->noteRecording(folder),
                         [state = *state](const Result<Done> &noted) {
                             return noted ? Result<RecordingState>(state)
                                          : Result<RecordingState>(noted.error());
                         });
        });
}

QFuture<Result<RecordingState>> Actions::stopRecording()
{
    if (m_parts->settings.text(recordingKey).isEmpty()) {
        return readyFuture(
            Result<RecordingState>(Error{ErrorCode::NotFound, u"nothing is being recorded"_s}));
    }
    m_parts->forgetRecording();
    return m_parts->net.ask<Result<RecordingState>>([](Watcher &watcher, const StateTold &told) {
        watcher.tape().stop([told](const Result<RecordingState> &state) { told(state); });
    });
}

QFuture<Result<RecordingState>> Actions::recordingState()
{
    return m_parts->net.ask<Result<RecordingState>>([](Watcher &watcher, const StateTold &told) {
        watcher.tape().askState([told](const Result<RecordingState> &state) { told(state); });
    });
}

void Actions::Parts::forgetRecording()
{
    settings.unset(recordingKey);
    store->write<Done>(
        [](Writer &writer) { return writer.setSetting(recordingKey, std::nullopt); });
}

/// What makes the same answers mean the same elsewhere.
RecordedWorkspace Actions::Parts::recordedWorkspace() const
{
    RecordedWorkspace workspace;
    const auto &stored = settings.stored();
    for (auto it = stored.cbegin(); it != stored.cend(); ++it) {
        // Whose recording it is need not be told to who gets it.
        const bool kept = isJudgedBy(it.key()) && it.key() != "names.own"_L1;
        const SettingInfo *info = kept ? settingInfo(it.key()) : nullptr;
        if (info && it.value() != QLatin1String(info->fallback))
            workspace.settings.append({it.key(), it.value()});
    }
    workspace.manifests = catalogue.own;
    return workspace;
}

/// Goes on with what an earlier run began; nobody waits for it. A folder that takes no more is
/// told, and left alone: it may be a disk that is not mounted.
void Actions::Parts::resumeRecording()
{
    const QString into = settings.text(recordingKey);
    if (into.isEmpty() || replayed)
        return;
    after(&self, recordInto(net, into), [this](const Result<RecordingState> &state) {
        if (!state)
            Q_EMIT self.troubled(state.error());
    });
}

/// Later runs record, too. What came since, or that nothing did, means nothing to who has not heard
/// the rest: in a recording everything is asked for in full once.
QFuture<Result<Done>> Actions::Parts::noteRecording(const QString &into)
{
    settings.set(recordingKey, into);
    QStringList names;
    for (const SourceInfo &info : sources)
        names.append(info.name);
    return store->write<Done>([into, names](Writer &writer) {
        for (const QString &name : names) {
            if (auto forgotten = writer.forgetBookmarks(name); !forgotten)
                return forgotten;
        }
        return writer.setSetting(recordingKey, into);
    });
}

/// Who is asked is known from earlier runs; the recording must know it, too.
void Actions::Parts::noteRdapFiles()
{
    using Files = QList<RdapFile>;
    after(&self, store->read<Files>([](Reader &reader) { return reader.rdapFiles(); }),
          [this](const Result<Files> &files) {
              if (!files)
                  return;
              net.order([files = *files](Watcher &watcher) {
                  for (const RdapFile &file : files) {
                      const QString base = file.base.endsWith(u'/') ? file.base : file.base + u'/';
                      Exchange exchange;
                      exchange.request.method = u"GET"_s;
                      exchange.request.place = base + file.name;
                      exchange.notes = {{u"status"_s, 200}, {u"url"_s, base + file.name}};
                      exchange.bodies = {file.body};
                      const Artifact iana{ArtifactKind::Domain, u"iana.org"_s};
                      watcher.tape().note({u"rdap"_s, u"rdap"_s, Pap::Amber, iana, Asker::Person},
                                          std::move(exchange));
                  }
              });
          });
}

/// One after the other; only those by which answers are judged.
QFuture<Result<Done>>
Actions::Parts::takeRecordedSettings(QList<std::pair<QString, QString>> recorded)
{
    recorded.removeIf([this](const auto &setting) {
        const QString source = intervalOf(setting.first);
        const bool known = source.isEmpty()
            || std::any_of(sources.begin(), sources.end(),
                           [&](const SourceInfo &info) { return info.name == source; });
        return !known || !isJudgedBy(setting.first);
    });
    if (recorded.isEmpty())
        return readyFuture(Result<Done>(Done{}));
    const auto [key, value] = recorded.takeFirst();
    return after(&self, self.setSetting(key, value),
                 [this, recorded](const Result<QString> &set) -> QFuture<Result<Done>> {
                     if (!set)
                         return readyFuture(Result<Done>(set.error()));
                     return takeRecordedSettings(recorded);
                 });
}

/// A replay that was killed goes on behind what it stored, however long ago its time was noted.
QFuture<Result<Done>> Actions::Parts::catchUp(VirtualClock &played)
{
    using Memories = QList<SourceMemory>;
    return after(&self,
                 store->read<Memories>([](Reader &reader) { return reader.sourceMemories(); }),
                 [&played](const Result<Memories> &memories) -> Result<Done> {
                     if (!memories)
                         return memories.error();
                     for (const SourceMemory &memory : *memories)
                         played.moveTo(memory.lastAsked);
                     return Done{};
                 });
}

QFuture<Result<ReplayReport>> Actions::replay(VirtualClock &clock)
{
    if (!m_parts->replayed) {
        return readyFuture(Result<ReplayReport>(
            Error{ErrorCode::Refused, u"this workspace replays no recording"_s}));
    }
    const auto ready =
        after(this, m_parts->takeRecordedSettings(m_parts->replayed->settings),
              [this, &clock](const Result<Done> &taken) {
                  return taken ? m_parts->catchUp(clock) : readyFuture(Result<Done>(taken.error()));
              });
    return after(this, ready,
                 [this, &clock](const Result<Done> &caughtUp) -> QFuture<Result<ReplayReport>> {
                     if (!caughtUp)
                         return readyFuture(Result<ReplayReport>(caughtUp.error()));
                     const Recording &recording = *m_parts->replayed;
                     auto *replayer = new Replayer(*this, m_parts->net, recording,
                                                   eyesIn(recording, m_parts->sources), clock);
                     return replayer->run();
                 });
}

/// A workspace belongs to the world, or to one recording, for good: a backup of a replay would ask
/// the world about what it plays, and a real one would be answered by the recording.
std::optional<Error> Actions::Parts::otherWorld()
{
    const QString made = settings.text(replayKey);
    const QString here = replayed ? replayed->id : QString();
    if (made == here || (replayed && here.isEmpty())) // a replay whose recording is gone is read
        return std::nullopt;
    if (made.isEmpty() && store->opening().created) {
        settings.set(replayKey, here);
        store->write<Done>([here](Writer &writer) { return writer.setSetting(replayKey, here); });
        return std::nullopt;
    }
    return made.isEmpty()
        ? Error{ErrorCode::Refused,
                u"this workspace was not made by replaying a recording; name another with "
                "--workspace DIR"_s}
        : Error{ErrorCode::Refused,
                u"this workspace was made by replaying a recording, and may not ask the world; "
                "replay the recording again instead"_s};
}

} // namespace wg
