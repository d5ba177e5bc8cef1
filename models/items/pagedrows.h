// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/merge.h"
#include "items/pagedtable.h"
#include "items/ticket.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace wg {

/// A table of rows read page by page as one scrolls, and brought up to date in place: rows that
/// stay keep their selection and their place on the screen. GUI thread.
template <class Row>
class PagedRows : public PagedTable
{
public:
    /// Reads as much again as is held and puts what differs in its place.
    void refresh()
    {
        if (m_reading)
            m_again = true;
        else
            readOn({}, {}, Taking::InPlace, std::max<qsizetype>(m_rows.size(), pageSize()));
    }
    /// Reads what is still missing until there are so many rows; so does a reading under way.
    void readUpTo(qsizetype most)
    {
        m_most = most;
        if (!m_reading && !m_next.isEmpty() && m_rows.size() < most)
            readOn(m_next, {}, Taking::AtTheEnd, 0);
    }

    /// Of the whole query; -1 when nobody counted.
    [[nodiscard]] qint64 total() const { return m_total; }
    [[nodiscard]] bool isReading() const { return m_reading; }
    [[nodiscard]] bool isWhole() const { return m_next.isEmpty() && !m_reading; }
    [[nodiscard]] const Row &rowAt(int row) const { return m_rows.at(row); }

    int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : int(m_rows.size());
    }
    bool canFetchMore(const QModelIndex &parent) const override
    {
        return !parent.isValid() && !m_reading && !m_next.isEmpty();
    }
    void fetchMore(const QModelIndex &parent) override
    {
        if (canFetchMore(parent))
            readOn(m_next, {}, Taking::AtTheEnd, pageSize());
    }

protected:
    struct Slice
    {
        QList<Row> rows;
        QString next; ///< where the next page begins; empty: no more
        qint64 total = 0;
    };
    enum class Taking : quint8
    {
        InPlace,
        AtTheEnd
    };

    using PagedTable::PagedTable;

    /// Forgets all rows, lets the query change, and reads its first page.
    template <class ChangeQuery>
    void showAnew(ChangeQuery changeQuery)
    {
        beginResetModel();
        changeQuery();
        m_rows.clear();
        m_next.clear();
        m_total = 0;
        m_again = false;
        m_most = 0;
        m_ticket.renew();
        endResetModel();
        readOn({}, {}, Taking::InPlace, pageSize());
    }

    /// Hands a reading on: sends the query from a cursor and gives the page to take().
    virtual void read(const QString &cursor, std::function<void(const Result<Slice> &)> take) = 0;
    [[nodiscard]] virtual int pageSize() const = 0;
    /// What makes two rows the same one.
    [[nodiscard]] virtual QByteArray keyOf(const Row &row) const = 0;

private:
    void readOn(const QString &cursor, const QList<Row> &soFar, Taking taking, qsizetype wanted)
    {
        m_reading = true;
        read(cursor,
             [this, ticket = m_ticket.current(), soFar, taking, wanted](const Result<Slice> &page) {
                 if (!m_ticket.isCurrent(ticket))
                     return;
                 if (!page) {
                     m_reading = false;
                     Q_EMIT failed(page.error());
                     return;
                 }
                 const auto rows = soFar + page->rows;
                 // A narrowed page may be empty and still not be the last.
                 const qsizetype all =
                     rows.size() + (taking == Taking::AtTheEnd ? m_rows.size() : 0);
                 if (!page->next.isEmpty() && (rows.size() < wanted || all < m_most))
                     readOn(page->next, rows, taking, wanted);
                 else
                     take(*page, rows, taking);
             });
    }

    void take(const Slice &last, const QList<Row> &rows, Taking taking)
    {
        m_total = last.total;
        m_next = last.next;
        if (taking == Taking::InPlace)
            mergeIn(rows);
        else if (!rows.isEmpty())
            append(rows);
        m_reading = false;
        Q_EMIT shown();
        if (std::exchange(m_again, false))
            refresh();
    }

    void append(const QList<Row> &rows)
    {
        beginInsertRows({}, int(m_rows.size()), int(m_rows.size() + rows.size()) - 1);
        m_rows += rows;
        endInsertRows();
    }

    void mergeIn(const QList<Row> &rows)
    {
        const MergeSteps steps{[this](int first, int last) { beginInsertRows({}, first, last); },
                               [this] { endInsertRows(); },
                               [this](int i) { beginRemoveRows({}, i, i); },
                               [this] { endRemoveRows(); }};
        mergeRows(
            m_rows, rows, [this](const Row &row) { return keyOf(row); }, steps, [](int) {});
        if (!m_rows.isEmpty())
            Q_EMIT dataChanged(index(0, 0), index(int(m_rows.size()) - 1, columnCount() - 1));
    }

    Ticket m_ticket;
    QList<Row> m_rows;
    QString m_next;
    qint64 m_total = 0;
    bool m_reading = false;
    bool m_again = false; ///< something changed while reading
    qsizetype m_most = 0; ///< so many rows are wanted, not only the first
};

} // namespace wg
