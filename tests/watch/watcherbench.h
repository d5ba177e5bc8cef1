// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "watch/watcher.h"

#include <QTemporaryDir>
#include <atomic>

namespace wg::test {

constexpr int patienceMs = 20'000;

/// A clock that a test moves; every look at it is a millisecond later than the one before.
class MovedClock final : public Clock
{
public:
    [[nodiscard]] Instant now() const override { return {++m_ms}; }
    void move(qint64 ms) { m_ms += ms; }

private:
    mutable std::atomic<qint64> m_ms = 1'790'000'000'000;
};

class LedgerLog final : public LedgerSink
{
public:
    void told(const LedgerEvent &event) override { byPerson.append(event.byPerson); }
    QList<bool> byPerson;
};

enum class PollAll : quint8
{
    Yes,
    No
};

/// A watcher over a workspace of its own, under a clock that the test moves.
class WatcherBench
{
public:
    explicit WatcherBench(Policy policy);
    ~WatcherBench();

    /// Ends and begins again, as a new start of the program does.
    void end();
    void begin();

    void journal(Verb verb, const QList<Entity> &entities);
    void load();
    /// Switches eyes on and waits for their baseline; how many sources' answers were usable.
    int watch(const QList<Entity> &entities);
    /// All counts are -1 when the poll did not end.
    PollJob::Tally poll(PollAll all);
    /// Opens an entity's page: asks where the cache is too old. How many sources were asked.
    int open(const Entity &entity);

    Policy policy;
    MovedClock clock;
    LedgerLog ledger;
    std::unique_ptr<Store> store;
    std::unique_ptr<Watcher> watcher;
    QList<Card> cards; ///< raised since the start

private:
    QTemporaryDir m_folder;
    QThreadPool m_compute;
};

} // namespace wg::test
