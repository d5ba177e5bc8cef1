// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/artifact.h"
#include "core/instant.h"

#include <QHash>
#include <QList>
#include <optional>
#include <vector>

namespace wg {

/// One (subject, source) whose turn it is. source is the index in the watcher's list of sources.
struct Turn
{
    Artifact subject;
    int source = 0;
    quint32 slot = 0; ///< handle for done()
    int failures = 0; ///< unusable checks in a row before this one
};

/// When each source is to be asked about each subject. A value without clock or I/O; made for
/// millions: a slot is 24 bytes and a heap entry, a subject is held once however many eyes share
/// it.
class Schedule
{
public:
    explicit Schedule(int sources);

    /// One more eye wants subject asked at source; an earlier due time of the slot wins. The slot.
    quint32 want(const Artifact &subject, int source, Instant due);
    /// One eye less; the last one takes the slot out.
    void unwant(const Artifact &subject, int source);

    /// Takes the next slot of the source that is due, if any; it is under way until done().
    std::optional<Turn> take(int source, Instant now);
    /// Takes this very slot, due or not; nothing when it is under way or no longer wanted.
    std::optional<Turn> takeSlot(quint32 slot);
    /// The answer is in: its next turn.
    void done(quint32 slot, Instant due, int failures);
    /// Earlier than planned (a confirmation, "ask now"); never later.
    void hasten(quint32 slot, Instant due);
    /// Every live slot of the source, hastened; under way or not.
    std::vector<quint32> hastenAll(int source, Instant due);
    /// Live slots of the source that are due.
    [[nodiscard]] std::vector<quint32> dueSlots(int source, Instant now) const;
    /// After the clock was set back: nothing waits longer than one interval.
    void clampFuture(int source, Instant now, qint64 intervalMs);
    /// Overdue slots (the computer slept) are spread evenly over the window, in their order.
    qint64 spreadOverdue(int source, Instant now, qint64 windowMs);

    [[nodiscard]] std::optional<Instant> nextDue(int source) const;
    [[nodiscard]] std::optional<Instant> dueOf(const Artifact &subject, int source) const;
    /// The live slot, if any eye wants it.
    [[nodiscard]] std::optional<quint32> find(const Artifact &subject, int source) const;
    [[nodiscard]] int sourceOf(quint32 slot) const { return m_slots[slot].source; }
    [[nodiscard]] bool isUnderWay(quint32 slot) const { return m_slots[slot].underWay; }
    [[nodiscard]] quint32 slotCount() const { return quint32(m_slots.size()); }
    [[nodiscard]] qint64 size() const { return m_live; }

private:
    static constexpr quint32 none = ~quint32(0);
    struct Slot
    {
        Instant due;
        quint32 subject = 0;
        quint32 next = none; ///< slot of the same subject
        quint32 eyes = 0;
        quint8 source = 0;
        quint8 failures = 0;
        bool underWay = false;
    };
    struct HeapEntry
    {
        Instant due;
        quint32 slot;
    };

    [[nodiscard]] std::optional<quint32> slotOf(const Artifact &subject, int source) const;
    quint32 makeSlot(const Artifact &subject, int source, Instant due);
    void push(quint32 slot);
    void dropStale(int source) const;
    [[nodiscard]] bool isStale(const HeapEntry &entry) const;

    std::vector<Slot> m_slots;
    std::vector<Artifact> m_subjects;
    QHash<Artifact, quint32> m_subjectIndex;
    std::vector<quint32> m_firstSlots; ///< of each subject
    mutable std::vector<std::vector<HeapEntry>> m_heaps;
    qint64 m_live = 0;
};

/// A uniformly spread moment in [from, from + windowMs), the same for the same subject and source,
/// so that eyes switched on together do not ask together for ever.
Instant spread(Instant from, qint64 windowMs, const Artifact &subject, int source);

} // namespace wg
