// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "watch/schedule.h"

#include <algorithm>
#include <utility>

namespace wg {

namespace {

/// Heap order: the earliest on top.
constexpr auto later = [](const auto &a, const auto &b) { return a.due > b.due; };

} // namespace

Schedule::Schedule(int sources)
    : m_heaps(size_t(sources))
{ }

std::optional<quint32> Schedule::slotOf(const Artifact &subject, int source) const
{
    const auto it = m_subjectIndex.constFind(subject);
    if (it == m_subjectIndex.constEnd())
        return std::nullopt;
    for (quint32 slot = m_firstSlots[*it]; slot != none; slot = m_slots[slot].next) {
        if (m_slots[slot].source == source)
            return slot;
    }
    return std::nullopt;
}

quint32 Schedule::makeSlot(const Artifact &subject, int source, Instant due)
{
    auto it = m_subjectIndex.constFind(subject);
    if (it == m_subjectIndex.constEnd()) {
        it = m_subjectIndex.insert(subject, quint32(m_subjects.size()));
        m_subjects.push_back(subject);
        m_firstSlots.push_back(none);
    }
    Slot slot;
    slot.due = due;
    slot.subject = *it;
    slot.source = quint8(source);
    m_slots.push_back(slot);
    const auto index = quint32(m_slots.size() - 1);
    m_slots.back().next = std::exchange(m_firstSlots[*it], index);
    return index;
}

quint32 Schedule::want(const Artifact &subject, int source, Instant due)
{
    const auto existing = slotOf(subject, source);
    const quint32 index = existing ? *existing : makeSlot(subject, source, due);
    Slot &slot = m_slots[index];
    if (slot.eyes++ > 0) {
        hasten(index, due);
        return index;
    }
    ++m_live;
    slot.due = due;
    slot.failures = 0;
    if (!slot.underWay)
        push(index);
    return index;
}

void Schedule::unwant(const Artifact &subject, int source)
{
    const auto existing = slotOf(subject, source);
    if (!existing || m_slots[*existing].eyes == 0)
        return;
    if (--m_slots[*existing].eyes == 0)
        --m_live;
}

bool Schedule::isStale(const HeapEntry &entry) const
{
    const Slot &slot = m_slots[entry.slot];
    return slot.eyes == 0 || slot.underWay || slot.due != entry.due;
}

void Schedule::push(quint32 slot)
{
    auto &heap = m_heaps[m_slots[slot].source];
    heap.push_back({m_slots[slot].due, slot});
    std::push_heap(heap.begin(), heap.end(), later);
}

void Schedule::dropStale(int source) const
{
    auto &heap = m_heaps[size_t(source)];
    while (!heap.empty() && isStale(heap.front())) {
        std::pop_heap(heap.begin(), heap.end(), later);
        heap.pop_back();
    }
}

std::optional<Turn> Schedule::take(int source, Instant now)
{
    dropStale(source);
    auto &heap = m_heaps[size_t(source)];
    if (heap.empty() || heap.front().due > now)
        return std::nullopt;
    const quint32 index = heap.front().slot;
    std::pop_heap(heap.begin(), heap.end(), later);
    heap.pop_back();
    return takeSlot(index);
}

std::optional<Turn> Schedule::takeSlot(quint32 index)
{
    Slot &slot = m_slots[index];
    if (slot.underWay || slot.eyes == 0)
        return std::nullopt;
    slot.underWay = true;
    return Turn{m_subjects[slot.subject], slot.source, index, slot.failures};
}

void Schedule::done(quint32 index, Instant due, int failures)
{
    Slot &slot = m_slots[index];
    slot.underWay = false;
    slot.failures = quint8(std::min(failures, 255));
    slot.due = due;
    if (slot.eyes > 0)
        push(index);
}

void Schedule::hasten(quint32 index, Instant due)
{
    Slot &slot = m_slots[index];
    if (slot.underWay || slot.eyes == 0 || slot.due <= due)
        return;
    slot.due = due;
    push(index);
}

std::vector<quint32> Schedule::hastenAll(int source, Instant due)
{
    auto &heap = m_heaps[size_t(source)];
    heap.clear();
    std::vector<quint32> live;
    for (quint32 i = 0; i < m_slots.size(); ++i) {
        Slot &slot = m_slots[i];
        if (slot.source != source || slot.eyes == 0)
            continue;
        live.push_back(i);
        if (slot.underWay)
            continue;
        slot.due = std::min(slot.due, due);
        heap.push_back({slot.due, i});
    }
    std::make_heap(heap.begin(), heap.end(), later);
    return live;
}

std::vector<quint32> Schedule::dueSlots(int source, Instant now) const
{
    std::vector<quint32> due;
    for (quint32 i = 0; i < m_slots.size(); ++i) {
        const Slot &slot = m_slots[i];
        if (slot.source == source && slot.eyes > 0 && (slot.underWay || slot.due <= now))
            due.push_back(i);
    }
    return due;
}

void Schedule::clampFuture(int source, Instant now, qint64 intervalMs)
{
    for (quint32 i = 0; i < m_slots.size(); ++i) {
        Slot &slot = m_slots[i];
        if (slot.source == source && slot.eyes > 0 && slot.due > now + intervalMs)
            hasten(i, spread(now, intervalMs, m_subjects[slot.subject], source));
    }
}

qint64 Schedule::spreadOverdue(int source, Instant now, qint64 windowMs)
{
    std::vector<quint32> overdue;
    for (quint32 i = 0; i < m_slots.size(); ++i) {
        const Slot &slot = m_slots[i];
        if (slot.source == source && slot.eyes > 0 && !slot.underWay && slot.due <= now)
            overdue.push_back(i);
    }
    std::sort(overdue.begin(), overdue.end(), [this](quint32 a, quint32 b) {
        return std::pair(m_slots[a].due, a) < std::pair(m_slots[b].due, b);
    });
    const auto count = qint64(overdue.size());
    for (qint64 i = 0; i < count; ++i) {
        m_slots[overdue[size_t(i)]].due = now + windowMs * i / std::max<qint64>(count, 1);
        push(overdue[size_t(i)]);
    }
    return count;
}

std::optional<Instant> Schedule::nextDue(int source) const
{
    dropStale(source);
    const auto &heap = m_heaps[size_t(source)];
    if (heap.empty())
        return std::nullopt;
    return heap.front().due;
}

std::optional<Instant> Schedule::dueOf(const Artifact &subject, int source) const
{
    const auto slot = slotOf(subject, source);
    if (!slot || m_slots[*slot].eyes == 0)
        return std::nullopt;
    return m_slots[*slot].due;
}

std::optional<quint32> Schedule::find(const Artifact &subject, int source) const
{
    const auto slot = slotOf(subject, source);
    return slot && m_slots[*slot].eyes > 0 ? slot : std::nullopt;
}

/// FNV-1a: the same in every process, which qHash is not.
Instant spread(Instant from, qint64 windowMs, const Artifact &subject, int source)
{
    quint64 hash = 0xcbf29ce484222325U + quint64(source);
    for (const QChar c : subject.value)
        hash = (hash ^ c.unicode()) * 0x100000001b3U;
    return from + (windowMs > 0 ? qint64((hash >> 16) % quint64(windowMs)) : 0);
}

} // namespace wg
