// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pages.h"

#include <QPromise>

namespace wg::test {

/// Pages from lists in memory; keeps every query, may fail, and may hold answers back until told.
class FakeReader : public PageReader
{
public:
    QList<Card> stored; ///< newest first
    QList<FactRow> factRows;
    QList<MonitorRow> eyes;
    QList<SourceState> states;
    std::optional<Error> error;
    QList<CardQuery> cardQueries;
    int factQueries = 0;
    bool holdFacts = false;
    QList<std::pair<std::shared_ptr<QPromise<Result<FactPage>>>, FactPage>> held;

    template <class T>
    QFuture<Result<T>> answer(T value)
    {
        return QtFuture::makeReadyFuture(error ? Result<T>(*error) : Result<T>(std::move(value)));
    }

    QFuture<Result<CardPage>> cards(const CardQuery &query) override
    {
        cardQueries.append(query);
        CardPage page;
        for (const auto &card : std::as_const(stored)) {
            if (!query.states.isEmpty() && !query.states.contains(card.state))
                continue;
            ++page.total;
            if ((!query.beforeRow || card.row < *query.beforeRow)
                && page.cards.size() < query.limit)
                page.cards.append(card);
        }
        return answer(page);
    }
    QFuture<Result<CardAnchors>> cardAnchors(const CardQuery &query, int step, qint64 most) override
    {
        CardAnchors anchors;
        anchors.step = step;
        for (const auto &card : std::as_const(stored)) {
            if ((!query.states.isEmpty() && !query.states.contains(card.state))
                || (query.beforeRow && card.row >= *query.beforeRow) || anchors.counted >= most)
                continue;
            if (++anchors.counted % step == 0)
                anchors.rows.append(card.row);
        }
        return answer(anchors);
    }
    QFuture<Result<Card>> card(const QUuid &id) override
    {
        for (const auto &card : std::as_const(stored)) {
            if (card.id == id)
                return answer(card);
        }
        return QtFuture::makeReadyFuture(Result<Card>(Error{ErrorCode::NotFound, {}}));
    }
    QFuture<Result<FactPage>> facts(const FactQuery &query) override
    {
        ++factQueries;
        FactPage page;
        const auto from = query.afterKey.toLongLong();
        page.rows = factRows.mid(from, query.limit);
        if (!query.filter.isEmpty()) {
            page.rows.removeIf([&query](const FactRow &row) {
                return !row.record.value.raw().contains(query.filter);
            });
        }
        page.total = factRows.size();
        if (from + query.limit < factRows.size())
            page.nextKey = QString::number(from + query.limit);
        if (!holdFacts)
            return answer(page);
        held.append({std::make_shared<QPromise<Result<FactPage>>>(), page});
        held.last().first->start();
        return held.last().first->future();
    }
    void releaseFacts()
    {
        for (const auto &[promise, page] : std::exchange(held, {})) {
            promise->addResult(Result<FactPage>(page));
            promise->finish();
        }
    }
    QFuture<Result<EntitySummary>> summary(const Entity &entity) override
    {
        EntitySummary summary;
        summary.entity = entity;
        return answer(summary);
    }
    QFuture<Result<MonitorPage>> monitors(const MonitorQuery &query) override
    {
        MonitorPage page;
        page.total = eyes.size();
        for (const auto &row : std::as_const(eyes)) {
            if ((!query.afterRow || row.row > *query.afterRow)
                && page.monitors.size() < query.limit)
                page.monitors.append(row);
        }
        if (page.monitors.size() == query.limit)
            page.nextRow = page.monitors.constLast().row;
        return answer(page);
    }
    QFuture<Result<QList<SourceState>>> sources() override { return answer(states); }
};

inline Card cardOf(qint64 row)
{
    Card card;
    card.id = QUuid(uint(row), 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
    card.row = row;
    card.entity = {ArtifactKind::Domain, QStringLiteral("host%1.example").arg(row)};
    card.datasets = {Dataset::Resolutions};
    card.changeCount = 1;
    return card;
}

/// Cards with rows count … 1, newest first.
inline QList<Card> cardsOf(qint64 count)
{
    QList<Card> cards;
    cards.reserve(count);
    for (qint64 row = count; row > 0; --row)
        cards.append(cardOf(row));
    return cards;
}

inline FactRow factOf(const QString &value, const QString &type = QStringLiteral("A"))
{
    FactRow row;
    row.record.owner = {ArtifactKind::Domain, QStringLiteral("example.com")};
    row.record.dataset = Dataset::Resolutions;
    row.record.type = type;
    row.record.value = UntrustedText::fromString(value);
    row.sightings = {{QStringLiteral("mnemonic"), Instant{1000}, Instant{2000}, Instant{3000}, {}}};
    return row;
}

} // namespace wg::test
