// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pages.h"
#include "items/ticket.h"

#include <QAbstractTableModel>

namespace wg {

/// Every source with its health, in place. GUI thread.
class SourceTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column
    {
        Name,
        Datasets,
        PapLevel,
        Health,
        LastAsked,
        ColumnCount
    };
    enum Role
    {
        WellRole = Qt::UserRole + 1,
        TroubleRole
    };
    enum class Well
    {
        Good,
        Idle,
        Off,
        Trouble
    };

    explicit SourceTableModel(PageReader &reader, QObject *parent = nullptr);

    /// Reads all again and puts what differs in its place; ends with shown() or failed().
    void refresh();
    [[nodiscard]] const SourceState &stateAt(int row) const { return m_sources.at(row); }
    /// "off", "not permitted", "well", "unreachable" …: state in a word or two.
    [[nodiscard]] static QString health(const SourceState &source);
    [[nodiscard]] static Well wellness(const SourceState &source);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void shown();
    void failed(const wg::Error &error);

private:
    [[nodiscard]] QString text(const SourceState &source, int column) const;

    PageReader &m_reader;
    Ticket m_ticket;
    QList<SourceState> m_sources;
};

} // namespace wg
