// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/readercards.h"

#include "store/cardread.h"

#include <limits>
#include <queue>

namespace wg {

namespace {

/// Filtered queries beyond this are not counted.
constexpr qint64 mostCounted = 10'000;
constexpr int mostAtOnce = 5000;

QList<CardState> statesOf(const CardQuery &query)
{
    return query.states.isEmpty()
        ? QList<CardState>{CardState::New, CardState::Acknowledged, CardState::Snoozed}
        : query.states;
}

bool byStateOnly(const CardQuery &query)
{
    return !query.entity && !query.dataset && query.day.isEmpty();
}

std::optional<qint64> dayNumber(const QString &day)
{
    const auto at = parseInstant(day);
    return at ? std::optional(at->ms / dayMs) : std::nullopt;
}

/// The numbers of states, fit for an IN list: ours, never from outside.
std::string stateList(const CardQuery &query)
{
    std::string list;
    for (const CardState state : statesOf(query))
        list += (list.empty() ? "" : ",") + std::to_string(int(state));
    return list;
}

} // namespace

CardPage CardReader::page(const CardQuery &query)
{
    CardPage page;
    page.cards = load(rowsOf(query), query.withChanges);
    page.total = total(query);
    return page;
}

QList<qint64> CardReader::rowsOf(const CardQuery &query)
{
    return byStateOnly(query) ? rowsByState(query) : rowsByFilter(query);
}

QList<qint64> CardReader::rowsByState(const CardQuery &query)
{
    const int limit = std::clamp(query.limit, 1, mostAtOnce);
    QList<qint64> rows;
    for (const CardState state : statesOf(query)) {
        for (int lead = query.grouped ? 1 : 0; lead <= 1; ++lead) {
            auto stream = query.afterRow
                ? m_database.query("SELECT row_id FROM card WHERE state=? AND lead=? AND row_id>?"
                                   " ORDER BY row_id LIMIT ?",
                                   int(state), lead, *query.afterRow, limit)
                : m_database.query("SELECT row_id FROM card WHERE state=? AND lead=? AND row_id<?"
                                   " ORDER BY row_id DESC LIMIT ?",
                                   int(state), lead,
                                   query.beforeRow.value_or(std::numeric_limits<qint64>::max()),
                                   limit);
            while (stream.next())
                rows.append(stream.number(0));
        }
    }
    if (query.afterRow)
        std::sort(rows.begin(), rows.end());
    else
        std::sort(rows.begin(), rows.end(), std::greater<>());
    return rows.mid(0, limit);
}

Statement CardReader::filtered(const CardQuery &query, std::string_view columns,
                               std::string_view tail)
{
    std::string sql = "SELECT " + std::string(columns);
    std::string where;
    // The unary plus keeps the planner away from an index of states that filters badly.
    if (query.entity) {
        sql += " FROM card_entity k JOIN card c ON c.row_id=k.card";
        where = " WHERE k.artifact=?";
    } else if (!query.day.isEmpty()) {
        sql += " FROM card c";
        where = " WHERE c.day=?";
    } else {
        sql += " FROM card_dataset k JOIN card c ON c.row_id=k.card";
        where = " WHERE k.dataset=?";
    }
    where += " AND +c.state IN (" + stateList(query) + ")";
    if (query.entity && !query.day.isEmpty())
        where += " AND +c.day=?";
    if (query.dataset && (query.entity || !query.day.isEmpty()))
        where += " AND EXISTS (SELECT 1 FROM card_dataset d WHERE d.dataset=? AND d.card=c.row_id)";
    // A group is led by whichever entity came last; an entity's own list shows its own cards.
    if (query.grouped && !query.entity)
        where += " AND +c.lead=1";
    auto statement = m_database.prepare(sql + where + std::string(tail));
    const qint64 day = dayNumber(query.day).value_or(-1);
    if (query.entity)
        statement.bind(m_interner.findArtifact(*query.entity));
    if (!query.day.isEmpty())
        statement.bind(day);
    if (query.dataset)
        statement.bind(int(*query.dataset));
    return statement;
}

QList<qint64> CardReader::rowsByFilter(const CardQuery &query)
{
    const bool joined = query.entity || query.day.isEmpty();
    const std::string row = joined ? "k.card" : "c.row_id";
    const std::string tail = " AND " + row + (query.afterRow ? ">? ORDER BY " : "<? ORDER BY ")
        + row + (query.afterRow ? " LIMIT ?" : " DESC LIMIT ?");
    auto statement = filtered(query, row, tail);
    statement.bind(query.afterRow ? *query.afterRow
                                  : query.beforeRow.value_or(std::numeric_limits<qint64>::max()));
    statement.bind(std::clamp(query.limit, 1, mostAtOnce));
    QList<qint64> rows;
    while (statement.next())
        rows.append(statement.number(0));
    return rows;
}

qint64 CardReader::total(const CardQuery &query)
{
    if (byStateOnly(query)) {
        auto sum =
            m_database.query("SELECT sum(n) FROM card_count WHERE state IN (" + stateList(query)
                             + ")" + (query.grouped ? " AND lead=1" : ""));
        return sum.next() ? sum.number(0) : 0;
    }
    auto counted = filtered(query, "1", " LIMIT " + std::to_string(mostCounted + 1));
    qint64 n = 0;
    while (counted.next())
        ++n;
    return n > mostCounted ? -1 : n;
}

QList<Card> CardReader::load(const QList<qint64> &rows, bool withChanges)
{
    QList<Card> cards;
    cards.reserve(rows.size());
    auto one = m_database.prepare(cardSelect + " WHERE c.row_id=?");
    for (const qint64 row : rows) {
        one.bind(row);
        if (!one.next())
            continue;
        cards.append(cardFrom(one, m_interner));
        one.run();
        Card &card = cards.last();
        card.concerns = concernedBy(m_database, m_interner, card);
        if (withChanges)
            card.changes = changesOf(m_database, m_interner, row);
    }
    return cards;
}

Card CardReader::card(const QUuid &id)
{
    qint64 row = 0;
    {
        auto found = m_database.query("SELECT row_id FROM card WHERE id=?", id);
        if (!found.next())
            return {};
        row = found.number(0);
    }
    const auto cards = load({row}, true);
    if (cards.isEmpty())
        return {};
    Card card = cards.constFirst();
    if (!card.group.isNull()) {
        const auto members = groupOf(m_database, m_interner, card.group);
        for (const Artifact &member : members) {
            if (!card.concerns.contains(member))
                card.concerns.append(member);
        }
    }
    return card;
}

QList<Card> CardReader::unnotified(int limit)
{
    QList<qint64> rows;
    auto found =
        m_database.query("SELECT row_id FROM card WHERE notified=0 ORDER BY row_id LIMIT ?",
                         std::clamp(limit, 1, mostAtOnce));
    while (found.next())
        rows.append(found.number(0));
    return load(rows, false);
}

qint64 CardReader::open()
{
    auto count =
        m_database.query("SELECT n FROM card_count WHERE state=? AND lead=1", int(CardState::New));
    return count.next() ? count.number(0) : 0;
}

CardAnchors CardReader::anchors(const CardQuery &query, int step, qint64 most)
{
    CardAnchors anchors;
    anchors.step = std::max(1, step);
    const auto take = [&anchors](qint64 row) {
        if (++anchors.counted % anchors.step == 0)
            anchors.rows.append(row);
    };
    const qint64 below = query.beforeRow.value_or(std::numeric_limits<qint64>::max());
    if (!byStateOnly(query)) {
        const std::string row = query.entity || query.day.isEmpty() ? "k.card" : "c.row_id";
        auto walk = filtered(query, row, " AND " + row + "<? ORDER BY " + row + " DESC LIMIT ?");
        walk.bind(below);
        walk.bind(most);
        while (walk.next())
            take(walk.number(0));
        return anchors;
    }
    // Each state is one run of the index; the runs are merged by row.
    std::vector<Statement> runs;
    std::priority_queue<std::pair<qint64, size_t>> heads;
    for (const CardState state : statesOf(query)) {
        for (int lead = query.grouped ? 1 : 0; lead <= 1; ++lead) {
            runs.push_back(m_database.query("SELECT row_id FROM card WHERE state=? AND lead=?"
                                            " AND row_id<? ORDER BY row_id DESC LIMIT ?",
                                            int(state), lead, below, most));
            if (runs.back().next())
                heads.push({runs.back().number(0), runs.size() - 1});
        }
    }
    while (!heads.empty() && anchors.counted < most) {
        const auto [row, run] = heads.top();
        heads.pop();
        take(row);
        if (runs[run].next())
            heads.push({runs[run].number(0), run});
    }
    return anchors;
}

} // namespace wg
