// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/cardrows.h"
#include "store/smallrows.h"
#include "store/whileoff.h"
#include "store/writer.h"

namespace wg {

/// Appends journal entries and applies their effects. Each target keeps what it was before, so that
/// an undo puts exactly that back. Writer thread.
class JournalRows
{
public:
    JournalRows(Database &database, Interner &interner, EyeRows &eyes, CardRows &cards,
                SmallRows &small)
        : m_database(database)
        , m_interner(interner)
        , m_eyes(eyes)
        , m_cards(cards)
        , m_small(small)
    { }

    /// Inside the caller's transaction; failures stick to the database.
    JournalReport apply(const JournalEntry &entry, Instant now);
    /// Eyes that the entry just applied switched on again with their old baseline.
    [[nodiscard]] const QList<OffSince> &resumed() const { return m_resumed; }

private:
    bool isKnown(const QUuid &id);
    struct Target;
    void append(const JournalEntry &entry);
    void addTarget(const JournalEntry &entry, int kind, const QString &value, const QString &was);
    QList<Target> targetsOf(qint64 row);
    void eyesOn(const JournalEntry &entry, JournalReport &report);
    void eyesOff(const JournalEntry &entry, JournalReport &report);
    void setCards(const JournalEntry &entry, JournalReport &report);
    void undo(const JournalEntry &entry, JournalReport &report);
    void undoEye(const Artifact &entity, const JournalEntry &undone, const QByteArray &was,
                 JournalReport &report);
    void undoCard(const QUuid &card, const QByteArray &was, JournalReport &report);

    Database &m_database;
    Interner &m_interner;
    EyeRows &m_eyes;
    CardRows &m_cards;
    SmallRows &m_small;
    qint64 m_row = 0; ///< of the entry being applied, 0 until it changed something
    qint64 m_place = 0;
    QList<OffSince> m_resumed;
};

/// The newest entry that U would undo, read from the journal; a null id when there is none.
JournalEntry newestUndoable(Database &database, const QUuid &author);

} // namespace wg
