// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/flowfields.h"

#include <vector>

namespace wg {

/// Zeek's tab-separated logs (conn, dns, http, ssl): lines that begin with # say which column is
/// what.
class ZeekLog final : public LogReader
{
public:
    LogVerdict read(std::string_view line, LogLine &out) override;

private:
    void readHeader(std::string_view line);

    std::vector<FlowField> m_columns;
    std::vector<std::string_view> m_cells;
    FlowFields m_fields;
};

} // namespace wg
