// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pages.h"
#include "items/await.h"

#include <QAbstractTableModel>

namespace wg {

/// The switched-on eyes, read in pages. GUI thread.
class MonitorTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column
    {
        EntityName,
        Since,
        Baseline,
        LastChecked,
        NextDue,
        Open,
        Trouble,
        ColumnCount
    };
    enum Role
    {
        LinkRole = Qt::UserRole + 1,
        TroubleRole
    };

    explicit MonitorTableModel(PageReader &reader, QObject *parent = nullptr);

    /// Starts anew; ends with shown() or failed().
    void show(const QString &filter);
    /// Reads as much again as is held and puts what differs in its place.
    void refresh();
    [[nodiscard]] const QString &filter() const { return m_query.filter; }
    [[nodiscard]] qint64 total() const { return m_total; }
    [[nodiscard]] bool isReading() const { return m_reading; }
    [[nodiscard]] const MonitorRow &rowAt(int row) const { return m_rows.at(row); }

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
    void readOn(std::optional<qint64> after, const QList<MonitorRow> &soFar, qsizetype wanted);
    void take(const QList<MonitorRow> &rows);
    [[nodiscard]] QString text(const MonitorRow &row, int column) const;
    [[nodiscard]] QString toolTip(const MonitorRow &row, int column) const;

    PageReader &m_reader;
    MonitorQuery m_query;
    Ticket m_ticket;
    QList<MonitorRow> m_rows;
    qint64 m_total = 0;
    bool m_reading = false;
    bool m_again = false;
    bool m_more = false;
};

} // namespace wg
