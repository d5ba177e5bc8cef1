// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/logreader.h"

#include <vector>

namespace wg {

/// What the kernel's packet filter logs (iptables' LOG, nftables' log), through syslog or dmesg:
/// "… IN=eth1 OUT=eth0 SRC=… DST=… PROTO=TCP SPT=… DPT=443 …". A prefix that speaks of dropping,
/// rejecting or blocking is believed.
class IptablesLog final : public LogReader
{
public:
    explicit IptablesLog(Instant now)
        : m_now(now)
    { }
    LogVerdict read(std::string_view line, LogLine &out) override;

private:
    Instant m_now;
};

/// pfSense's and OPNsense's filterlog: commas in a fixed order behind the head of a syslog line.
class FilterLog final : public LogReader
{
public:
    explicit FilterLog(Instant now)
        : m_now(now)
    { }
    LogVerdict read(std::string_view line, LogLine &out) override;

private:
    LogVerdict readFields(LogLine &out) const;

    Instant m_now;
    std::vector<std::string_view> m_fields;
};

} // namespace wg
