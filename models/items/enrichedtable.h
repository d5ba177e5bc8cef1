// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/enrichmentwords.h"
#include "items/facttable.h"

namespace wg {

/// Facts that lead to an entity each, with what is known of that entity in columns of their own.
/// GUI thread.
class EnrichedTableModel : public FactTableModel
{
    Q_OBJECT

public:
    enum Column
    {
        Asn = FactTableModel::ColumnCount,
        Country,
        Tags,
        ColumnCount
    };
    enum Role
    {
        ChipsRole = FactTableModel::SortRole + 1 ///< a QStringList, to be drawn as chips
    };

    using FactTableModel::FactTableModel;

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    [[nodiscard]] QString text(const FactRow &row, int column) const override;
    [[nodiscard]] QStringList toolTip(const FactRow &row, int column) const override;
    [[nodiscard]] QVariant sortKey(const FactRow &row, int column) const override;
};

} // namespace wg
