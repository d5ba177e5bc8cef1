// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policy.h"
#include "sources/outside.h"
#include "watch/jobs.h"
#include "watch/membership.h"
#include "watch/pipeline.h"
#include "watch/schedule.h"

#include <QElapsedTimer>
#include <QSet>
#include <QTimer>
#include <deque>

namespace wg {

/// Asks sources: for people at once, for eyes when they are due, paced so that nothing piles up.
/// Owns everything on the net thread, where it is made and lives; finished jobs call back there.
class Watcher : public QObject
{
    Q_OBJECT

public:
    Watcher(const Catalogue &catalogue, Store &store, const Clock &clock, QThreadPool &compute,
            LedgerSink &ledger, QObject *parent = nullptr);
    ~Watcher() override;

    void setPolicy(const Policy &policy);
    /// Reads all eyes and what was asked for them; then calls done.
    void load(std::function<void()> done);
    [[nodiscard]] bool isLoaded() const { return m_loaded; }
    /// From now on eyes are checked when due. Overdue ones (a closed laptop) are spread.
    void startWatching();
    /// Records what passes, or answers in everybody's place.
    [[nodiscard]] Tape &tape() { return m_outside.tape(); }
    /// Calls once nothing is under way and nothing that is due waits, with the next thing that will
    /// be due. For clocks that are moved on by hand.
    void whenIdle(std::function<void(std::optional<Instant>)> idle);
    /// The clock was moved on: what is due by now is asked.
    void clockMoved() { pump(); }

    /// One entity at every source, or where the cache is older than the source's interval.
    void ask(const Entity &entity, AskWish wish, AskJob::Done done);
    void cancelAsk(const Entity &entity);
    void eyesOn(const QList<Entity> &entities, BaselineJob::Done done);
    void eyesOff(const QList<Entity> &entities);
    /// Eyes that an undo switched on again with their old baseline.
    void eyesResumed(const QList<Entity> &entities);
    void poll(bool all, const QList<Entity> &only, PollJob::Done done);
    void test(const QString &source, std::function<void(Outcome, QString)> done);
    void resetSource(const QString &source);
    /// What is known of a source's key.
    void setKey(const QString &source, const SourceKey &key);
    /// Another key has a quota of its own.
    void forgetQuota(const QString &source);
    /// What is left of those quotas that are known.
    [[nodiscard]] QHash<QString, QuotaState> quotas() const;
    /// What of a source's quota was used up before a restart.
    void restoreQuota(const QString &source, const QByteArray &saved);
    /// What earlier runs learnt: verdicts on resolvers, who asked to be left alone until when, and
    /// the registries' bootstrap files.
    void remember(const QList<ResolverMemory> &resolvers, const QList<SourceMemory> &sources,
                  const QList<RdapFile> &files);
    /// When these eyes' next checks are due, over all sources; also before load().
    void nextDues(const QList<Entity> &entities,
                  std::function<void(const QHash<Artifact, Instant> &)> done);

Q_SIGNALS:
    void ingested(const wg::IngestReport &report);
    void progress(const wg::Artifact &entity, const QString &source, bool answered,
                  wg::Outcome outcome, const QString &detail);
    /// A source answered or failed: for its health.
    void sourceSpoke(const QString &source, wg::Outcome outcome, const QString &detail,
                     wg::Instant at, wg::Instant pausedUntil);
    /// Which documented fields the answers to a question lack has changed.
    void lackingChanged(const QString &source, const QString &question, const QStringList &fields,
                        wg::Instant at);
    void resolverTested(const QString &server, wg::Outcome verdict, const QString &detail,
                        wg::Instant at);
    void rdapFileFetched(const wg::RdapFile &file);
    /// What of a source's quota is used up, to be kept over a restart.
    void quotaChanged(const QString &source, const QByteArray &saved);
    /// Somebody has to read this source's key and to call setKey().
    void keyWanted(const QString &source);
    void loadChanged(qint64 asking);
    void onlineChanged(bool online);
    void troubled(const wg::Error &error);

private:
    struct Desk
    {
        Source *source = nullptr; ///< owned by m_outside
        SourceInfo info;
        bool permitted = false;
        int underWay = 0;
        int most = 8; ///< asks under way at most
        int preparing = 0; ///< of these, those whose bookmarks are still read
        std::deque<quint32> ordered; ///< slots that a person wants now, before those that are due
        std::optional<Instant> roomAt; ///< its quota is used up until then
        bool toldWaiting = false; ///< those who wait for answers know
    };
    struct UnderWay
    {
        int desk = 0;
        Artifact subject;
        std::optional<quint32> slot;
        int failures = 0;
        QList<std::shared_ptr<SlotJob>> slotJobs;
        QList<std::shared_ptr<AskJob>> askJobs;
        bool isOut = false; ///< the source has the order
        bool cancelled = false; ///< before that
    };
    using SubjectAtDesk = std::pair<Artifact, int>;
    /// What is asked for an entity's sake, desk by desk. Finding a registered domain costs more
    /// than all else about an eye, so whoever needs it twice hands it on.
    using Subjects = std::vector<Artifact>;

    void loadPage(qint64 afterRow, std::function<void()> done);
    void loadStates(const QList<EyeSchedule> &eyes, const std::function<void()> &done);
    void takeStates(const QList<EyeSchedule> &eyes, const QHash<Entity, Subjects> &subjects,
                    const AskedBefore &before);
    [[nodiscard]] QHash<Entity, Subjects> subjectsOf(const QList<Entity> &entities) const;
    void readBefore(const QList<Entity> &entities,
                    const std::function<void(const Result<AskedBefore> &)> &taken);
    void readBefore(const QHash<Entity, Subjects> &subjects,
                    const std::function<void(const Result<AskedBefore> &)> &taken);
    [[nodiscard]] std::optional<Instant> scheduledDue(const Entity &entity) const;
    [[nodiscard]] std::optional<Instant> storedDue(const Entity &entity,
                                                   const AskedBefore &before) const;
    [[nodiscard]] bool isFresh(const Entity &entity, int desk, const AskedBefore &before) const;
    void addEye(const Entity &entity, const Subjects &subjects,
                const std::function<Instant(const Artifact &, int)> &due);
    void turnOn(const QList<Entity> &entities, std::function<void(const QList<Entity> &)> turned);
    void join(const Entity &eye, const Artifact &subject, int desk, Instant due);
    /// The slot that nobody wants any more, if it was the last eye.
    std::optional<quint32> leave(const Entity &eye, const Artifact &subject, int desk);

    [[nodiscard]] static Artifact watchedSubject(const Desk &desk, const Entity &entity);
    [[nodiscard]] Subjects subjectsOf(const Entity &entity) const;
    [[nodiscard]] std::optional<Artifact> networkAround(const Entity &entity, int desk) const;
    [[nodiscard]] Artifact subjectOf(const Entity &entity, int desk) const;
    void noteNetwork(const UnderWay &underWay, const Answered &answer);
    void lodge(const Entity &address, const Artifact &network);
    void askItself(const Entity &address, Instant due);
    [[nodiscard]] Instant soon(const Entity &address, qsizetype count) const;
    void move(const Entity &address, const Artifact &from, Instant due);
    [[nodiscard]] qint64 intervalOf(int desk) const;
    [[nodiscard]] Instant plannedDue(const AskedState &state, int desk) const;
    [[nodiscard]] bool isPermitted(const Desk &desk) const;

    void launch(int desk, AskOrder order, UnderWay underWay);
    void send(int desk, const AskOrder &order);
    void pumpLater();
    void askDesks(const std::shared_ptr<AskJob> &job, AskWish wish, const QSet<int> &desks);
    void pump();
    bool pumpOne(int desk, Instant now);
    [[nodiscard]] bool hasRoom(int desk);
    void postpone(int desk);
    std::optional<Turn> nextTurn(int desk, Instant now);
    void order(quint32 slot, int desk);
    void letGo(quint32 slot);
    void catchUp(int desk);
    void onIngested(const QList<Answered> &answers, const IngestReport &report);
    void settle(const Answered &answer);
    void reschedule(const UnderWay &underWay, const Answered &answer);
    void tellPoll(const UnderWay &underWay, const Answered &answer);
    void finishPoll();
    void noteLoad();
    void tellQuota(const QString &source);
    void noteHealth(const QString &source, const Answered &answer);
    void noteLacking(const QString &source, const Answered &answer);
    void noteReach(const Answered &answer);
    void planNextPump();
    void tellIdle();
    [[nodiscard]] std::optional<Instant> nextDue() const;
    void watchClock();

    Store &m_store;
    const Clock &m_clock;
    Policy m_policy;
    Outside m_outside;
    std::vector<Desk> m_desks;
    Pipeline m_pipeline;
    Schedule m_schedule;
    QHash<Artifact, QSet<Artifact>> m_sharers; ///< subject → eyes, where they differ
    QSet<Artifact> m_eyes;
    QHash<Artifact, Membership> m_memberships; ///< of addresses whose network is asked for them
    int m_registry = -1; ///< the desk that is asked about networks
    QHash<quint64, UnderWay> m_underWay;
    QHash<SubjectAtDesk, quint64> m_asking; ///< so that identical questions are asked once
    QHash<quint32, QList<std::shared_ptr<SlotJob>>> m_slotJobs;
    std::shared_ptr<PollJob> m_poll;
    QHash<QString, std::pair<Outcome, Instant>> m_health;
    QHash<QString, QHash<QString, QStringList>> m_lacking; ///< by source and question
    QHash<QString, QByteArray> m_quotas; ///< as last told
    QTimer m_nextPump;
    QTimer m_clockWatch;
    QTimer m_loadTold;
    QElapsedTimer m_monotonic;
    Instant m_wallAtMonotonic;
    quint64 m_lastTicket = 0;
    int m_unreachableInRow = 0;
    bool m_watching = false;
    bool m_loaded = false;
    QList<std::function<void()>> m_loadWaiters;
    QList<std::function<void(std::optional<Instant>)>> m_idleWaiters;
    QSet<Artifact> m_turningOn; ///< the store is asked in which networks they lie
    QSet<Artifact> m_offWhileLoading; ///< pages already read may still call these eyes on
    std::vector<quint32> m_keptIn; ///< slots that the gate refused when it was their turn
    bool m_pollsDue = false; ///< the poll takes whatever is due, not only certain eyes
    bool m_online = true;
    bool m_pumpPosted = false;
};

/// When a source that was asked like this wants to be asked again, back-off and confirmation
/// included.
Instant dueAfter(const AskedState &state, qint64 intervalMs);

} // namespace wg
