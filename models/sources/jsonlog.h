// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/flowfields.h"

#include <memory>

namespace wg {

/// One JSON object a line, with the usual names for who, when and where (Zeek, Suricata, Elastic
/// Common Schema and what is like them). The 64 bytes behind a line must be readable.
class JsonLog final : public LogReader
{
public:
    JsonLog();
    ~JsonLog() override;
    LogVerdict read(std::string_view line, LogLine &out) override;

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace wg
