// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "actions/actions.h"
#include "actions/enricher.h"
#include "actions/folderimports.h"
#include "actions/netroom.h"
#include "actions/sourcekeys.h"
#include "core/after.h"

#include <QTimer>

namespace wg {

struct Imported;

/// What Actions holds; shared by the files that implement its verbs.
struct Actions::Parts
{
    Parts(Actions &actions, std::unique_ptr<Store> opened, Catalogue described,
          WorkspacePaths where, const Clock &time, Secrets *secrets,
          std::shared_ptr<const Recording> played)
        : self(actions)
        , store(std::move(opened))
        , paths(std::move(where))
        , clock(time)
        , replayed(std::move(played))
        , catalogue(std::move(described))
        , sources(catalogue.infos())
        , net(catalogue, *store, time, compute)
        , keys(secrets, settings,
               [this](const QString &key, const std::optional<QString> &entry) {
                   return store->write<Done>(
                       [=](Writer &writer) { return writer.setSetting(key, entry); });
               })
        , folder(actions, *store, time, [this](const QString &key, const QString &text) {
            settings.set(key, text);
            store->write<Done>([=](Writer &writer) { return writer.setSetting(key, text); });
        })
    {
        readers.setMaxThreadCount(mostImports);
    }
    ~Parts();

    Actions &self;
    std::unique_ptr<Store> store;
    WorkspacePaths paths;
    const Clock &clock;
    const std::shared_ptr<const Recording> replayed; ///< answers in everybody's place, if any
    const Catalogue catalogue;
    const QList<SourceInfo> sources;
    QThreadPool compute;
    NetRoom net;
    Settings settings;
    SourceKeys keys;
    FolderImports folder;
    QString folderTrouble; ///< one sentence
    /// Under way at once, each with a thread that reads.
    static constexpr int mostImports = 4;
    struct WaitingImport
    {
        ImportTurn turn = ImportTurn::Person;
        std::function<void()> begin;
    };
    QList<WaitingImport> imports; ///< that have not begun
    int importsRunning = 0;
    Instant lastImport; ///< each has a time of its own
    /// Reads what is imported: a pipe may keep a thread waiting, which must not be one of those
    /// that answers are understood on.
    QThreadPool readers;
    Policy policy;
    QSet<QString> consents;
    QSet<QString> releases;
    Author author;
    HybridTime lastStamp;
    NetworkState network;
    qint64 openCards = 0;
    bool watching = false;
    bool retrying = false;
    QTimer chores;
    QTimer wake; ///< runs while a snooze has an end
    std::optional<Instant> nextWake; ///< when the next snooze is over
    QTimer quotaTimer; ///< runs while quotas wait to be written
    QHash<QString, QString> quotaNotes;
    Instant lastBackupLook;
    QHash<Artifact, int>
        extended; ///< facts that extended baselines of late, for the toggle's report

    /// By the lists and the names of this moment.
    [[nodiscard]] Enricher enricher() const
    {
        return {catalogue.lists, policy.ownNames, clock.now()};
    }
    void knowAuthor();
    void enrichStored();
    /// Why the workspace may not be opened here.
    std::optional<Error> otherWorld();
    [[nodiscard]] JournalEntry entry(Verb verb);
    QFuture<Result<JournalReport>> apply(JournalEntry entry);
    void took(const JournalReport &report);
    void applyPolicy();
    Instant importTime();
    void beginImports();
    void imported(const Result<Imported> &imported);
    void watchFolder();
    void readOpenCards();
    void onIngested(const IngestReport &report);
    void rememberSources(const Watcher &watcher);
    void onOnline(bool online);
    void resetSource(const QString &source);
    void noteQuota(const QString &source, const QByteArray &saved);
    void writeQuotas();
    [[nodiscard]] RecordedWorkspace recordedWorkspace() const;
    void resumeRecording();
    QFuture<Result<Done>> noteRecording(const QString &into);
    void noteRdapFiles();
    void forgetRecording();
    QFuture<Result<Done>> catchUp(VirtualClock &played);
    QFuture<Result<Done>> takeRecordedSettings(QList<std::pair<QString, QString>> recorded);
    void tellKeys();
    void restoreQuotas();
    [[nodiscard]] QList<SourceState> sourceStates(const QList<SourceMemory> &memories,
                                                  const QHash<QString, QuotaState> &quotas) const;
    void tellKey(const QString &source, const SourceKey &key);
    QFuture<Result<Done>> keyChanged(const QString &source);
    [[nodiscard]] std::optional<Error> unknownSource(const QString &name) const;
    void forgetResolvers();
    void tellNetwork();
    void gatherTroubles();
    void doChores();
    void backUpDaily();
    void planWake();
    void startWakeTimer();
    void onWakeTimer();
    QFuture<Result<Done>> wakeDue();
    /// A page with cards or their number, read when what is due is awake.
    template <class T>
    QFuture<Result<T>> readCards(std::function<Result<T>(Reader &)> work)
    {
        if (!nextWake || *nextWake > clock.now())
            return store->read<T>(std::move(work));
        return after(&self, wakeDue(), [this, work = std::move(work)](const Result<Done> &) {
            return store->read<T>(work);
        });
    }
    void retryQueue();
    QFuture<Result<LookupReport>> readLookup(const Entity &entity, const LookupOrder &order,
                                             const AskSummary &summary);
};

/// A future that is ready.
template <class T>
QFuture<T> readyFuture(T value)
{
    return QtFuture::makeReadyFuture(std::move(value));
}

} // namespace wg
