// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pages.h"
#include "store/interner.h"

namespace wg {

/// Pages of cards. Row numbers come from an index first, cards are then read by number, so that a
/// page costs the same however many cards there are. Reader thread.
class CardReader
{
public:
    CardReader(Database &database, Interner &interner)
        : m_database(database)
        , m_interner(interner)
    { }

    CardPage page(const CardQuery &query);
    CardAnchors anchors(const CardQuery &query, int step, qint64 most);
    /// With changes; a card with a null id when there is none.
    Card card(const QUuid &id);
    QList<Card> unnotified(int limit);
    /// New cards, a group as one.
    qint64 open();

private:
    QList<qint64> rowsOf(const CardQuery &query);
    QList<qint64> rowsByState(const CardQuery &query);
    QList<qint64> rowsByFilter(const CardQuery &query);
    Statement filtered(const CardQuery &query, std::string_view columns, std::string_view tail);
    qint64 total(const CardQuery &query);
    QList<Card> load(const QList<qint64> &rows, bool withChanges);

    Database &m_database;
    Interner &m_interner;
};

} // namespace wg
