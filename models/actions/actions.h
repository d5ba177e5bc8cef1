// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "actions/orders.h"
#include "core/importoptions.h"
#include "core/pages.h"
#include "core/policy.h"
#include "core/secrets.h"
#include "core/settings.h"
#include "store/store.h"

#include <QIODevice>
#include <QObject>
#include <memory>

namespace wg {

struct Recording;
struct RecordingState;
class VirtualClock;

/// What a workspace stands on: its store, and the descriptions of its sources.
struct Ground;

/// Every verb of the program, once. The window, the command line and the local socket only
/// translate to and from these. Lives on the main thread; never blocks it; answers come as futures
/// and signals there.
class Actions : public QObject, public PageReader
{
    Q_OBJECT

public:
    /// Opens the workspace, reading the sources' descriptions meanwhile. Of any thread; a large
    /// workspace that must be checked or brought to a newer schema takes minutes. Errors of
    /// Store::open.
    static Result<std::shared_ptr<Ground>>
    prepare(const WorkspacePaths &paths, const Clock &clock,
            const std::shared_ptr<const Recording> &replayed = nullptr);
    /// Closes what was prepared and nobody stands on.
    static void abandon(Ground &ground);
    /// As prepare(), on the thread that calls, and goes on there.
    static Result<std::unique_ptr<Actions>>
    open(const WorkspacePaths &paths, const Clock &clock, Secrets *secrets = nullptr,
         std::shared_ptr<const Recording> replayed = nullptr);
    /// Starts the net thread; polling begins with startWatching(). Without secrets there is no key
    /// chain: sources that need keys say so. With a recording nobody outside is ever asked: it
    /// answers.
    Actions(Ground &&ground, WorkspacePaths paths, const Clock &clock, Secrets *secrets = nullptr,
            std::shared_ptr<const Recording> replayed = nullptr);
    ~Actions() override;

    /// Loads settings and schedule; must have finished before anything else is ordered.
    QFuture<Result<Done>> begin();
    /// Starts checking eyes when they are due (desktop and serve; not the one-shot command line).
    void startWatching();

    // What is asked ------------------------------------------------------------------------------
    /// Asks every permitted source (unless offline or all fresh) and reads what is stored then.
    /// NothingStored for offline without anything; Held without release; Refused; Unreachable.
    QFuture<Result<LookupReport>> lookup(const Entity &entity, const LookupOrder &order);
    /// Who would learn of an entity if somebody asked now, and who would not, with the reason.
    [[nodiscard]] QList<Party> parties(const Entity &entity) const;
    /// Stops questions about an entity that a person asked and no eye needs.
    void cancelAsk(const Entity &entity);

    // Eyes ---------------------------------------------------------------------------------------
    /// Ends when the first answers of all are in or have failed; the toggle itself is stored at
    /// once (eyesChanged). Off keeps everything.
    QFuture<Result<EyeReport>> switchEyes(const QList<Entity> &entities, EyeState state);
    /// Those of them whose eye is on.
    QFuture<Result<QList<Entity>>> watchedAmong(const QList<Entity> &entities);
    QFuture<Result<PollReport>> poll(PollScope scope, const QList<Entity> &only = {});

    // Cards --------------------------------------------------------------------------------------
    QFuture<Result<JournalReport>> acknowledge(const QList<QUuid> &cards);
    /// Without a time: until the next different change of its entity.
    QFuture<Result<JournalReport>> snooze(const QList<QUuid> &cards, std::optional<Instant> until);
    QFuture<Result<JournalReport>> reopen(const QList<QUuid> &cards);
    /// What hideLike() would hide: the types of record that a card tells of; for a storm the one
    /// its day told of most.
    QFuture<Result<QList<HideRule>>> rulesLike(const QUuid &card);
    /// From now on changes like this card's are hidden for its eyes, under the rules' names; undo
    /// takes it back. Where all of it is hidden already, no entry is written. NotFound for an
    /// unknown card.
    QFuture<Result<JournalReport>> hideLike(const QUuid &card);
    /// Rules that hide, newest first; undo(entry) takes one back.
    QFuture<Result<QList<StoredRule>>> hideRules();
    /// Takes the newest thing of this author back (or the given entry).
    QFuture<Result<JournalReport>> undo(const QUuid &entry = {});

    // Facts from files
    // -----------------------------------------------------------------------------
    /// What to ask a person about a file that they want to import; nothing for most. The device is
    /// left where it was.
    QFuture<std::optional<TableSketch>> sketchOf(std::shared_ptr<QIODevice> device);
    /// Streams the device (read on the compute pool; must stay open): passive DNS, a zone file, a
    /// table, a log of own traffic, or one entity per line.
    QFuture<Result<ImportReport>> importFrom(std::shared_ptr<QIODevice> device, const QString &name,
                                             const ImportOptions &options = {});

    // Settings, sources, privacy
    // -------------------------------------------------------------------
    [[nodiscard]] const Settings &settings() const;
    [[nodiscard]] const Policy &policy() const;
    /// Checks, stores and applies; a null value restores the default. pap GREEN here is *not*
    /// consent; see consent().
    QFuture<Result<QString>> setSetting(const QString &key, const std::optional<QString> &value);
    QFuture<Result<Done>> consent(const QString &source, Consent consent);
    /// Lets a held name go outside.
    QFuture<Result<Done>> release(const Entity &entity);
    /// Reads a key anew that could not be had before.
    QFuture<Result<SourceTest>> testSource(const QString &name);
    /// Puts the key into the key chain. Usage for what can be no key, Refused where the key chain
    /// is locked, Failed where there is none.
    QFuture<Result<Done>> setSourceKey(const QString &name, const QByteArray &key);
    /// NotFound where none is set.
    QFuture<Result<Done>> removeSourceKey(const QString &name);
    QFuture<Result<QList<QueuedAsk>>> queuedAsks();
    QFuture<Result<Done>> dropQueued(const Entity &entity);

    // Recordings
    // -------------------------------------------------------------------
    /// What is asked from now on, in later runs too, is written down with its answers, without
    /// keys. Refused for a folder that holds other things, and in a replay; NotWritable.
    QFuture<Result<RecordingState>> startRecording(const QString &folder);
    /// How it stood when it ended. NotFound where nothing is recorded.
    QFuture<Result<RecordingState>> stopRecording();
    /// An empty folder where nothing is recorded.
    QFuture<Result<RecordingState>> recordingState();
    /// Runs the recording that this was opened with to its end on its clock; switches on the eyes
    /// that were on in it. workProgress() counts its hours, cardsRaised() tells what changed.
    QFuture<Result<ReplayReport>> replay(VirtualClock &clock);

    // Housekeeping
    // ---------------------------------------------------------------------------------
    /// To the given file, or to the workspace's backups folder. The path written.
    QFuture<Result<QString>> backup(const QString &target = {});
    QFuture<Result<QStringList>> checkStore();
    /// Marks an entity's page as looked at, and cards as shown on the desktop.
    void looked(const Entity &entity);
    QFuture<Result<Done>> markNotified(const QList<QUuid> &cards);
    /// Cards raised but not yet shown on the desktop (before a crash): one summary, not a storm.
    QFuture<Result<QList<Card>>> unnotified();
    [[nodiscard]] NetworkState networkState() const;
    [[nodiscard]] World world() const;
    /// By the clock of this workspace: that of a recording goes its own way.
    [[nodiscard]] Instant now() const;
    [[nodiscard]] qint64 openCards() const;
    [[nodiscard]] const StoreOpening &opening() const;

    // PageReader
    // -----------------------------------------------------------------------------------
    QFuture<Result<CardPage>> cards(const CardQuery &query) override;
    QFuture<Result<CardAnchors>> cardAnchors(const CardQuery &query, int step,
                                             qint64 most) override;
    QFuture<Result<Card>> card(const QUuid &id) override;
    QFuture<Result<FactPage>> facts(const FactQuery &query) override;
    QFuture<Result<EntitySummary>> summary(const Entity &entity) override;
    QFuture<Result<MonitorPage>> monitors(const MonitorQuery &query) override;
    QFuture<Result<QList<SourceState>>> sources() override;

Q_SIGNALS:
    /// New visible cards, already stored; in the order they were raised.
    void cardsRaised(const QList<wg::Card> &cards);
    /// States of cards changed, or an existing card got another change: read pages again.
    void cardsChanged();
    void openCardsChanged(qint64 open);
    /// Something of these entities' pages changed in the store.
    void entitiesTouched(const QList<wg::Artifact> &entities);
    void eyesChanged(const QList<wg::Artifact> &entities);
    void sourcesChanged();
    void settingsChanged(const QString &key);
    void networkStateChanged(const wg::NetworkState &state);
    void queueChanged(int waiting);
    /// One source about one entity: asked, answered, refused …; pages show it in place.
    void askProgress(const wg::AskProgress &progress);
    /// The store cannot take what arrives (disk full …): say so where it is seen.
    void troubled(const wg::Error &error);
    /// Work of more than a moment: done of total; total 0 when it is over.
    void workProgress(const QString &what, qint64 done, qint64 total);

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace wg
