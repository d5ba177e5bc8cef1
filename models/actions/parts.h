// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "actions/actions.h"
#include "actions/netroom.h"

#include <QTimer>

namespace wg {

/// What Actions holds; shared by the files that implement its verbs.
struct Actions::Parts
{
    Parts(Actions &actions, std::unique_ptr<Store> opened, WorkspacePaths where, const Clock &time)
        : self(actions)
        , store(std::move(opened))
        , paths(std::move(where))
        , clock(time)
        , net(*store, time, compute)
    { }
    ~Parts();

    Actions &self;
    std::unique_ptr<Store> store;
    WorkspacePaths paths;
    const Clock &clock;
    QThreadPool compute;
    NetRoom net;
    Settings settings;
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
    Instant lastBackupLook;
    QHash<Artifact, int>
        extended; ///< facts that extended baselines of late, for the toggle's report

    [[nodiscard]] JournalEntry entry(Verb verb);
    QFuture<Result<JournalReport>> apply(JournalEntry entry);
    void took(const JournalReport &report);
    void applyPolicy();
    void readOpenCards();
    void onIngested(const IngestReport &report);
    void onOnline(bool online);
    void tellNetwork();
    void doChores();
    void backUpDaily();
    void wakeCards();
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
