// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pages.h"
#include "items/anchoredpages.h"
#include "items/ticket.h"

#include <QAbstractListModel>
#include <QMap>
#include <QSet>
#include <functional>
#include <memory>

namespace wg {

/// Cards, newest first, read in pages while they are looked at: a million cost what a screenful
/// costs. A card keeps its place until the list is shown anew, whatever its state becomes. GUI
/// thread.
class CardListModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role
    {
        LoadedRole = Qt::UserRole + 1,
        IdRole
    };
    /// Rows a view sees at first; the others follow by themselves.
    static constexpr int firstRows = 10'240;

    explicit CardListModel(PageReader &reader, QObject *parent = nullptr);

    /// Starts anew; ends with shown() or failed().
    void show(const CardQuery &query);
    [[nodiscard]] const CardQuery &query() const { return m_query; }
    /// States may have changed: the rows in view are read again, in place; others when they are
    /// seen.
    void refresh(int first, int last);
    /// Cards that were just raised, in that order; those that fit the query appear at the top.
    void raise(const QList<Card> &cards);

    /// The card of a row, or null while it is not loaded yet.
    [[nodiscard]] const Card *cardAt(int row) const;
    /// The row of a loaded card, or -1.
    [[nodiscard]] int rowOf(const QUuid &id) const;
    /// The ids of these rows, which are in order: at once when all were seen, else after the others
    /// were read. Pages chosen whole are read again where they are not loaded: what left the query
    /// stays out.
    using IdsThen = std::function<void(const Result<QList<QUuid>> &)>;
    void ids(const QList<int> &rows, const IdsThen &then);
    /// Cards of the whole query when it was read, plus those raised since.
    [[nodiscard]] qint64 total() const { return m_total; }
    [[nodiscard]] bool isReading() const { return m_reading; }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    /// Only after growing failed: a view that comes to the end tries again.
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

Q_SIGNALS:
    void shown();
    void failed(const wg::Error &error);

private:
    struct Reading
    {
        int page = 0;
        QFuture<Result<CardPage>> future;
    };
    /// What is wanted of a page that is not loaded.
    struct Missing
    {
        int page = 0;
        qint64 key = 0;
        std::optional<qint64> next; ///< where the page after it begins
        QList<int> places;
        bool whole = false;
    };
    struct WantedIds
    {
        CardQuery query; ///< also when the list shows something else by then
        IdsThen then;
        QList<QUuid> found;
        QList<Missing> missing;
    };

    void takeFirst(const Result<CardPage> &page);
    void grow(int most);
    void takeMore(const Result<CardAnchors> &anchors, int most);
    void takePage(int page, const Result<CardPage> &read);
    [[nodiscard]] Missing missing(int page) const;
    void takeSeen(WantedIds &wanted) const;
    void readIds(const std::shared_ptr<WantedIds> &wanted);
    [[nodiscard]] std::optional<qint64> keyAfter(int page) const;
    void dropGone(int page, const QList<Card> &cards);
    void dropRows(int page, int place, int count);
    void unload(int page);
    void want(int row);
    void readAhead(int row);
    void read(int page);
    void forgetFarPages(int near);
    void dropOutside(int first, int last);
    void put(int row, const Card &card);
    void joinGroup(const Card &card);
    template <class Match>
    int findRow(Match match) const;
    [[nodiscard]] QVariant text(const Card &card, int role) const;
    [[nodiscard]] bool fits(const Card &card) const;
    [[nodiscard]] QModelIndex at(int row) const { return index(row, 0); }

    PageReader &m_reader;
    CardQuery m_query;
    Ticket m_ticket;
    QList<Card> m_head; ///< raised since the list was read, newest first
    AnchoredPages m_frame;
    QHash<int, QList<Card>> m_loaded;
    QHash<int, QList<QUuid>> m_seen; ///< pages no longer loaded: what their rows stand for, 4 KB
    QList<int> m_used; ///< loaded pages, latest use last
    QList<Reading> m_underway;
    QSet<int> m_awaited; ///< pages whose rows were looked at before they were there
    qint64 m_total = 0;
    bool m_reading = false;
    bool m_growing = false;
    bool m_more = false;
};

} // namespace wg
