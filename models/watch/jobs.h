// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "watch/pipeline.h"

#include <QSet>
#include <functional>
#include <memory>
#include <vector>

namespace wg {

/// How somebody wants an entity asked.
struct AskWish
{
    bool onlyStale = false; ///< where the cache is older than the source's interval
    QList<Dataset> datasets; ///< only sources that fill one of them; empty for all
    QStringList sources{}; ///< only these; empty: all but those that are asked on demand
    QStringList onceFor{}; ///< GREEN sources let out for this order alone
    Purpose purpose = Purpose::Person;
    Asker asker = Asker::Person;
};

/// What the sources said to one look-up, counted by source.
struct AskSummary
{
    Entity entity;
    int asked = 0;
    int usable = 0;
    int unreachable = 0;
    int notUnderstood = 0; ///< answered, but malformed or suspicious
    int refused = 0;
    QString source; ///< the first of the gravest that were not usable: unreachable, not understood,
                    ///< refused; WHOIS rather than the RDAP that it stands in for
    QString detail; ///< what it said
};

/// A person's look-up: done when every source asked has answered and is stored. Net thread.
class AskJob
{
public:
    using Done = std::function<void(const AskSummary &)>;
    AskJob(Entity entity, Done done);

    void expect() { ++m_open; }
    void answered(const Answered &answer);
    /// All questions are out; done may be called from here on.
    void sealed();
    [[nodiscard]] const Entity &entity() const { return m_summary.entity; }

private:
    void finishIfDone();

    AskSummary m_summary;
    Done m_done;
    int m_open = 1;
    int m_gravest = 0;
};

/// Waits for certain slots of the schedule: a toggle's first answers.
class SlotJob
{
public:
    virtual ~SlotJob() = default;
    virtual void answered(const Answered &answer) = 0;
    /// The source's quota is used up: it is asked when there is room again.
    virtual void postponed() = 0;
};

/// The first answers after a toggle.
class BaselineJob final : public SlotJob
{
public:
    struct Outcomes
    {
        int asked = 0;
        int usable = 0;
        int refused = 0;
        int unreachable = 0;
        int waiting = 0; ///< for their sources' quotas
    };
    using Done = std::function<void(const Outcomes &)>;
    explicit BaselineJob(Done done);

    void expect() { ++m_open; }
    void answered(const Answered &answer) override;
    void postponed() override;
    void sealed();

private:
    void finishIfDone();

    Outcomes m_outcomes;
    Done m_done;
    int m_open = 1;
};

/// One order to poll: which slots are still open, and what came out.
class PollJob
{
public:
    struct Tally
    {
        qint64 checked = 0;
        qint64 changed = 0;
        qint64 alerts = 0;
        qint64 failed = 0;
        qint64 waiting = 0; ///< checks that wait for their sources' quotas
    };
    using Done = std::function<void(const Tally &)>;

    /// Slots that are to be answered; each at most once.
    void expect(const std::vector<quint32> &slots_);
    void addWaiter(Done done) { m_waiters.append(std::move(done)); }
    [[nodiscard]] bool wants(quint32 slot) const;
    /// Takes the slot off the list; true when it was on it.
    bool strike(quint32 slot);
    /// As strike(), of a check that waits for a quota.
    void postpone(quint32 slot);
    void checked(const Entity &eye) { m_checked.insert(eye); }
    void failed(const Entity &eye) { m_failed.insert(eye); }
    /// New cards, and new changes of cards told before.
    void told(const IngestReport &report);
    [[nodiscard]] bool isDone() const { return m_open == 0; }
    void finish();

private:
    std::vector<bool> m_pending;
    qint64 m_open = 0;
    qint64 m_alerts = 0;
    qint64 m_waiting = 0;
    QSet<Artifact> m_checked;
    QSet<Artifact> m_changed;
    QSet<Artifact> m_failed;
    QList<Done> m_waiters;
};

} // namespace wg
