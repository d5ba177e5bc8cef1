// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pages.h"
#include "items/pagedrows.h"

namespace wg {

/// The switched-on eyes. GUI thread.
class MonitorTableModel : public PagedRows<MonitorRow>
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
    [[nodiscard]] const QString &filter() const { return m_query.filter; }

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void read(const QString &cursor, std::function<void(const Result<Slice> &)> take) override;
    [[nodiscard]] int pageSize() const override { return m_query.limit; }
    [[nodiscard]] QByteArray keyOf(const MonitorRow &row) const override;
    [[nodiscard]] QString text(const MonitorRow &row, int column) const;
    [[nodiscard]] QString toolTip(const MonitorRow &row, int column) const;

    PageReader &m_reader;
    MonitorQuery m_query;
};

} // namespace wg
