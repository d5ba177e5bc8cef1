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
        LinkRole = Qt::UserRole + 1,
        GoneRole,
        NoveltyRole ///< in the column of news, where the change is news
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
    [[nodiscard]] static QString side(const Change &change, const UntrustedText &value);

    QList<Change> m_changes;
    bool m_oneDataset = true; ///< then its name says nothing
};

/// What a change's value leads to, if anything.
[[nodiscard]] std::optional<Artifact> linkOf(const Change &change);

} // namespace wg
