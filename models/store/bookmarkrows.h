// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/observation.h"
#include "store/interner.h"

namespace wg {

/// From where the next ask of a question goes on. Either thread; what changes rows is for the
/// writer.
class BookmarkRows
{
public:
    BookmarkRows(Database &database, Interner &interner)
        : m_database(database)
        , m_interner(interner)
    { }

    /// Takes the place of the one before; writes nothing where that is the same. One that says
    /// nothing is removed.
    void keep(qint64 asked, qint64 source, const Bookmark &bookmark);
    /// Of a source that never was asked there are none, whatever its question.
    void forget(const QString &source);
    /// Only those whose answers were stored: what came before a cursor must be known, and by what
    /// a server knows an answer only while that answer is the newest and nothing waits for its
    /// confirmation.
    QList<Bookmark> of(const Artifact &asked, const QString &source);

private:
    /// What stands of the answers to one question, over its datasets.
    struct Standing
    {
        bool known = false; ///< each had a usable answer once
        bool newest = false; ///< each has one now, and nothing is pending
    };
    Standing standing(qint64 asked, qint64 source, qint64 question);

    Database &m_database;
    Interner &m_interner;
};

} // namespace wg
