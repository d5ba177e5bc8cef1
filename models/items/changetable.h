// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/change.h"

#include <QAbstractTableModel>

namespace wg {

/// The changes of one card, one a row, before and after side by side. GUI thread.
class ChangeTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column
    {
        Kind,
        What,
        Before,
        After,
        News,
        FirstSeen,
        ColumnCount
    };
    enum Role
    {
        KindRole = Qt::UserRole + 1,
        LinkRole,
        NoveltyRole
    };

    using QAbstractTableModel::QAbstractTableModel;

    void show(const QList<Change> &changes);
    [[nodiscard]] const Change &changeAt(int row) const { return m_changes.at(row); }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString text(const Change &change, int column) const;

    QList<Change> m_changes;
};

/// What a change's value leads to, if anything.
[[nodiscard]] std::optional<Artifact> linkOf(const Change &change);

} // namespace wg
