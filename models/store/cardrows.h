// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/change.h"
#include "store/eyerows.h"
#include "store/interner.h"

namespace wg {

/// What an acknowledgement, snooze or reopening had found, for its undo.
struct CardBefore
{
    CardState state = CardState::New;
    std::optional<Instant> snoozedUntil;
};

/// Cards, their changes, groups and counters. Writer thread.
class CardRows
{
public:
    CardRows(Database &database, Interner &interner, EyeRows &eyes)
        : m_database(database)
        , m_interner(interner)
        , m_eyes(eyes)
    { }

    /// Stores a card unless its id is known; row, group and group size are filled in. True when
    /// new.
    bool add(Card &card, qint64 seq);
    /// True when the card exists and did not have the change.
    bool amend(const QUuid &card, const Change &change);
    /// Cards about what this one is about that were snoozed until something different changes
    /// become New, each with its group.
    QList<QUuid> reopenSnoozed(const Card &raised);

    /// The card and, when it is in a group, all cards of the group.
    QList<std::pair<qint64, QUuid>> withGroup(const QUuid &card);
    std::optional<CardBefore> before(qint64 row);
    void setState(qint64 row, CardState state, std::optional<Instant> snoozedUntil);
    /// Rows of cards whose snooze ended.
    QList<std::pair<qint64, QUuid>> dueSnoozes(Instant now);
    void markNotified(const QUuid &card);
    /// A stored card without its changes.
    Card load(qint64 row);

private:
    void insert(Card &card, qint64 seq);
    void group(Card &card);
    void insertChange(qint64 row, const Change &change, qint64 place);
    void count(CardState state, int lead, int by);
    void unlead(qint64 row);

    Database &m_database;
    Interner &m_interner;
    EyeRows &m_eyes;
};

} // namespace wg
