// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "watch/watcher.h"

#include <algorithm>

namespace wg {

void Watcher::nextDues(const QList<Entity> &entities,
                       std::function<void(const QHash<Artifact, Instant> &)> done)
{
    QHash<Artifact, Instant> dues;
    QList<Entity> others;
    for (const auto &entity : entities) {
        if (const auto due = scheduledDue(entity))
            dues.insert(entity, *due);
        else
            others.append(entity);
    }
    if (others.isEmpty()) {
        done(dues);
        return;
    }
    readBefore(others,
               [this, others, dues, done = std::move(done)](const Result<AskedBefore> &before) {
                   auto all = dues;
                   for (const auto &entity : others) {
                       if (const auto due = before ? storedDue(entity, *before) : std::nullopt)
                           all.insert(entity, *due);
                   }
                   done(all);
               });
}

/// Of the desks that have room for another question.
std::optional<Instant> Watcher::nextDue() const
{
    std::optional<Instant> next;
    for (int i = 0; i < int(m_desks.size()); ++i) {
        const Desk &desk = m_desks[size_t(i)];
        if (!desk.permitted || desk.underWay >= desk.most)
            continue;
        if (const auto due = m_schedule.nextDue(i)) {
            const Instant then = std::max(*due, desk.roomAt.value_or(*due));
            next = std::min(next.value_or(then), then);
        }
    }
    return next;
}

void Watcher::whenIdle(std::function<void(std::optional<Instant>)> idle)
{
    m_idleWaiters.append(std::move(idle));
    tellIdle();
}

void Watcher::tellIdle()
{
    if (m_idleWaiters.isEmpty() || !m_underWay.isEmpty() || m_pumpPosted
        || m_pipeline.backlog() > 0)
        return;
    const auto next = nextDue();
    for (const auto &idle : std::exchange(m_idleWaiters, {}))
        idle(next);
}

std::optional<Instant> Watcher::scheduledDue(const Entity &entity) const
{
    std::optional<Instant> next;
    for (int i = 0; i < int(m_desks.size()); ++i) {
        const auto due =
            m_desks[size_t(i)].permitted ? m_schedule.dueOf(subjectOf(entity, i), i) : std::nullopt;
        if (due && (!next || *due < *next))
            next = due;
    }
    return next;
}

std::optional<Instant> Watcher::storedDue(const Entity &entity, const AskedBefore &before) const
{
    const Instant now = m_clock.now();
    const auto held = membershipIn(before, entity, now, now);
    std::optional<Instant> next;
    for (int i = 0; i < int(m_desks.size()); ++i) {
        const Desk &desk = m_desks[size_t(i)];
        Artifact subject = watchedSubject(desk, entity);
        if (!desk.permitted || subject.isEmpty())
            continue;
        if (i == m_registry && held && !held->asksItself)
            subject = held->network;
        const AskedState *state = before.of(subject, desk.info.name);
        if (!state)
            continue;
        const Instant due = plannedDue(*state, i);
        next = std::min(next.value_or(due), due);
    }
    return next;
}

/// Whether the source, or the registry of the network around an address, was asked an interval ago
/// at most.
bool Watcher::isFresh(const Entity &entity, int desk, const AskedBefore &before) const
{
    const QString name = m_desks[size_t(desk)].info.name;
    const Artifact own = m_desks[size_t(desk)].source->subject(entity);
    const Instant now = m_clock.now();
    const auto held = desk == m_registry ? membershipIn(before, entity, now, now) : std::nullopt;
    const bool shares = held && !held->asksItself;
    const auto isNew = [&](const Artifact &subject) {
        const AskedState *state = before.of(subject, name);
        return state && state->failures == 0 && state->lastAsked <= now
            && now - state->lastAsked < intervalOf(desk);
    };
    return isNew(own) || (shares && isNew(held->network));
}

} // namespace wg
