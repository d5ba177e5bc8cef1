// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/passiverecord.h"
#include "sources/tablecolumns.h"

namespace wg {

/// Turns rows of a table into records of any dataset. One thread at a time; owned by ImportReader.
class TableLine
{
public:
    /// told: when the file is read.
    TableLine(TableColumns columns, std::optional<Dataset> dataset, Instant told);

    /// Appends the row's record; returns what is wrong, or nothing. A row without anything in it
    /// has neither.
    QString read(const QList<QByteArray> &cells, QList<Record> &out);
    /// The first row may be the header, or stand below one in a comment.
    [[nodiscard]] bool isHeader(const QList<QByteArray> &cells) const
    {
        return cells == m_columns.header;
    }
    [[nodiscard]] const TableColumns &columns() const { return m_columns; }

private:
    [[nodiscard]] QByteArray cell(const QList<QByteArray> &cells, TableField field) const;
    [[nodiscard]] QString tooMany(const QList<QByteArray> &cells) const;
    QString readDates(const QList<QByteArray> &cells);
    QString readDataset(const QList<QByteArray> &cells);
    QString readDns(const QList<QByteArray> &cells, Record &record);
    QString readFact(const QList<QByteArray> &cells, Record &record);
    QString fillValue(const QByteArray &text, Record &record) const;
    QString addDetails(const QList<QByteArray> &cells, Record &record) const;

    TableColumns m_columns;
    std::optional<Dataset> m_usual; ///< of rows that name none
    Instant m_told;
    PassiveRecordMaker m_maker;
    std::optional<Dataset> m_dataset; ///< of the row
    std::optional<Instant> m_first;
    std::optional<Instant> m_last;
};

} // namespace wg
