// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/csvrow.h"

#include <algorithm>

namespace wg {

void CsvRow::clear()
{
    m_cells.clear();
    m_cell.clear();
    m_quoted = false;
    m_begun = false;
}

void CsvRow::endCell()
{
    m_cells.append(m_cell.trimmed());
    m_cell.clear();
}

bool CsvRow::take(QByteArrayView line)
{
    if (m_begun)
        m_cell.append('\n'); // the line end within the quotation marks
    m_begun = true;
    for (qsizetype i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (m_quoted && c == '"') {
            m_quoted = i + 1 < line.size() && line[i + 1] == '"';
            if (m_quoted)
                m_cell.append(line[++i]);
        } else if (m_quoted) {
            m_cell.append(c);
        } else if (c == '"' && QByteArrayView(m_cell).trimmed().isEmpty()) {
            m_cell.clear();
            m_quoted = true;
        } else if (c == m_separator) {
            endCell();
        } else {
            m_cell.append(c);
        }
    }
    if (m_quoted)
        return false;
    endCell();
    return true;
}

char separatorOf(QByteArrayView header)
{
    char best = ',';
    qsizetype most = 0;
    for (const char separator : {',', ';', '\t', '|'}) {
        const auto times = std::count(header.begin(), header.end(), separator);
        if (times > most) {
            most = times;
            best = separator;
        }
    }
    return best;
}

} // namespace wg
