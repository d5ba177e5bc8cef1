// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/zeeklog.h"

#include "sources/logtext.h"

#include <algorithm>

namespace wg {

void ZeekLog::readHeader(std::string_view line)
{
    constexpr std::string_view fields = "#fields\t";
    if (!line.starts_with(fields))
        return;
    splitFields(line.substr(fields.size()), '\t', m_cells);
    m_columns.clear();
    for (const std::string_view name : m_cells)
        m_columns.push_back(FlowFields::fieldOf(name));
}

LogVerdict ZeekLog::read(std::string_view line, LogLine &out)
{
    if (line.starts_with('#')) {
        readHeader(line);
        return LogVerdict::Elsewise;
    }
    if (m_columns.empty())
        return LogVerdict::Bad; // nobody said what the columns are
    splitFields(line, '\t', m_cells);
    if (m_cells.size() != m_columns.size())
        return LogVerdict::Bad;
    m_fields.clear();
    for (std::size_t i = 0; i < m_columns.size(); ++i)
        m_fields.set(m_columns[i], m_cells[i]);
    return m_fields.contact(out);
}

} // namespace wg
