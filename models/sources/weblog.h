// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/logreader.h"

namespace wg {

/// Squid's own access log: time, duration, client, code/status, bytes, method, URL, user,
/// hierarchy/peer, type.
class SquidLog final : public LogReader
{
public:
    LogVerdict read(std::string_view line, LogLine &out) override;
};

/// The common log format and what extends it (combined; Squid's common and combined). Requests for
/// a path alone are those to one's own server.
class CommonLog final : public LogReader
{
public:
    LogVerdict read(std::string_view line, LogLine &out) override;
};

} // namespace wg
