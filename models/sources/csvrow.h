// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

namespace wg {

/// One row of a table in text (RFC 4180), put together from its lines: a cell in quotation marks
/// may hold separators, doubled quotation marks and line ends. Values only; any thread.
///
/// Ours: for libcsv, which streams as well, one quotation mark that is never closed swallows the
/// rest of the file. Here the reader may give the row up, and go on with the line behind its first.
class CsvRow
{
public:
    explicit CsvRow(char separator)
        : m_separator(separator)
    { }

    /// Takes one line without its end. True when the row is whole, false while a quotation mark is
    /// open.
    bool take(QByteArrayView line);
    /// Starts over with the next line.
    void clear();

    [[nodiscard]] const QList<QByteArray> &cells() const { return m_cells; }

private:
    void endCell();

    char m_separator;
    QList<QByteArray> m_cells;
    QByteArray m_cell;
    bool m_quoted = false; ///< within quotation marks
    bool m_begun = false; ///< a row is under way
};

/// The separator that stands most often in a header: comma, semicolon, tab or bar; a comma where
/// there is none.
char separatorOf(QByteArrayView header);

} // namespace wg
