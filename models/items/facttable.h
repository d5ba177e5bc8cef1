// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pages.h"
#include "items/pagedrows.h"

namespace wg {

/// The facts of one dataset of one entity; a dataset with columns of its own derives from it. GUI
/// thread.
class FactTableModel : public PagedRows<FactRow>
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
    /// All that the row leads to: what the cell of its value does, or more.
    [[nodiscard]] virtual QList<Artifact> links(int row) const;
    /// What people copy: the value as it is.
    [[nodiscard]] QString rawValue(int row) const;

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    /// What the cell of the value leads to.
    [[nodiscard]] virtual std::optional<Artifact> link(const FactRow &row) const;
    [[nodiscard]] virtual QString text(const FactRow &row, int column) const;
    [[nodiscard]] virtual QStringList toolTip(const FactRow &row, int column) const;
    [[nodiscard]] virtual QVariant sortKey(const FactRow &row, int column) const;

private:
    void read(const QString &cursor, std::function<void(const Result<Slice> &)> take) override;
    [[nodiscard]] int pageSize() const override { return m_query.limit; }
    [[nodiscard]] QByteArray keyOf(const FactRow &row) const override;

    PageReader &m_reader;
    FactQuery m_query;
};

/// Earliest and latest moment that any source gives for a fact.
[[nodiscard]] std::optional<Instant> firstSeen(const FactRow &row);
[[nodiscard]] std::optional<Instant> lastSeen(const FactRow &row);
/// What the row leads to: its value, or its owner when seen from the value's side.
[[nodiscard]] std::optional<Artifact> linkOf(const FactRow &row);

} // namespace wg
