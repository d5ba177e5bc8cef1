// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pages.h"
#include "items/await.h"

#include <QAbstractTableModel>

namespace wg {

/// The facts of one dataset of one entity, read in pages and brought up to date in place. GUI
/// thread.
class FactTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column
    {
        Value,
        Type,
        FirstSeen,
        LastSeen,
        Sources,
        ColumnCount
    };
    enum Role
    {
        LinkRole = Qt::UserRole + 1,
        GoneRole,
        NewRole,
        WatchedRole,
        SortRole
    };

    explicit FactTableModel(PageReader &reader, QObject *parent = nullptr);

    /// Starts anew; ends with shown() or failed().
    void show(const FactQuery &query);
    [[nodiscard]] const FactQuery &query() const { return m_query; }
    /// Reads as much again as is held and puts what differs in its place.
    void refresh();
    [[nodiscard]] qint64 total() const { return m_total; }
    [[nodiscard]] bool isReading() const { return m_reading; }
    [[nodiscard]] bool isWhole() const { return m_nextKey.isEmpty() && !m_reading; }
    [[nodiscard]] const FactRow &rowAt(int row) const { return m_rows.at(row); }
    /// What people copy: the value as it is.
    [[nodiscard]] QString rawValue(int row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

Q_SIGNALS:
    void shown();
    void failed(const wg::Error &error);

private:
    void readOn(const QString &afterKey, const QList<FactRow> &soFar, qsizetype wanted);
    void take(const FactPage &page, const QList<FactRow> &rows);
    [[nodiscard]] QString text(const FactRow &row, int column) const;
    [[nodiscard]] QString toolTip(const FactRow &row, int column) const;
    [[nodiscard]] QVariant sortKey(const FactRow &row, int column) const;

    PageReader &m_reader;
    FactQuery m_query;
    Ticket m_ticket;
    QList<FactRow> m_rows;
    QString m_nextKey;
    qint64 m_total = 0;
    bool m_reading = false;
    bool m_again = false; ///< something changed while reading
};

/// Earliest and latest moment that any source gives for a fact.
[[nodiscard]] std::optional<Instant> firstSeen(const FactRow &row);
[[nodiscard]] std::optional<Instant> lastSeen(const FactRow &row);
/// What the row leads to: its value, or its owner when seen from the value's side.
[[nodiscard]] std::optional<Artifact> linkOf(const FactRow &row);

} // namespace wg
