// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/csvrow.h"
#include "sources/linebuffer.h"
#include "sources/tableline.h"

#include <deque>

namespace wg {

/// Reads a table row by row. A row whose quotation mark is never closed is one bad line; what
/// stands behind it is read as rows of its own. Owned by ImportReader; one thread at a time.
class TableReader
{
public:
    /// What is made of a last row that has no line end and fewer cells than the header, or an open
    /// quotation mark: a person's file may look so, one that is being written is not done.
    enum class HalfRow : quint8
    {
        Read,
        PassedOver
    };
    TableReader(LineBuffer &lines, TableLine line, HalfRow halfRow = HalfRow::Read);

    enum class Row : quint8
    {
        Read,
        End
    };
    /// Appends the next row's record, if it is one. Failed when the device fails.
    Result<Row> next(QList<Record> &out);
    /// What was wrong with the row, or nothing.
    [[nodiscard]] const QString &trouble() const { return m_trouble; }
    /// Where the row began.
    [[nodiscard]] qint64 line() const { return m_row; }
    [[nodiscard]] qint64 lines() const { return m_lines; }

private:
    bool nextLine(QByteArray &line);
    void readOn(QByteArray line);
    [[nodiscard]] bool isHalfRow() const;

    LineBuffer &m_buffer;
    TableLine m_line;
    HalfRow m_halfRow;
    CsvRow m_cells;
    std::deque<QByteArray> m_again; ///< lines that a broken row had taken
    QString m_trouble;
    qint64 m_row = 0;
    qint64 m_lines = 0; ///< taken so far
    bool m_begun = false; ///< the header is behind
    bool m_ended = true; ///< the last line read has its end
};

} // namespace wg
