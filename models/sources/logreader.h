// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/instant.h"

#include <QString>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace wg {

/// Logs of own traffic that can be imported.
enum class LogFormat : quint8
{
    Squid, ///< Squid's native access log
    Clf, ///< common and combined log format
    Zeek, ///< tab-separated, with its own header
    Iptables, ///< kernel messages of iptables and nftables
    Filterlog, ///< pfSense and OPNsense
    Json ///< one object a line, Zeek's and others'
};

/// One contact of an own host with something, as a line of a log tells it. The views live as long
/// as the line and the reader's next read().
struct LogLine
{
    std::string_view name; ///< that was asked for, may be empty
    std::string_view address; ///< that was connected to, may be empty
    std::string_view who; ///< the own host
    QLatin1String type; ///< "connection", "blocked", "web", "tls" or "dns"
    std::string service; ///< "tcp/443", a DNS type; may be empty
    std::optional<Instant> at;
};

/// What a line is.
enum class LogVerdict : quint8
{
    Contact,
    OwnServer, ///< contact, but with a server of one's own
    Elsewise, ///< fine, but about no contact: a comment, another program's message
    Bad
};

/// Reads one line of a log after the other. One thread at a time.
class LogReader
{
public:
    virtual ~LogReader() = default;
    virtual LogVerdict read(std::string_view line, LogLine &out) = 0;
};

/// now: by which dates without a year are told.
std::unique_ptr<LogReader> makeLogReader(LogFormat format, Instant now);

/// "squid", "clf" …
QLatin1String logFormatName(LogFormat format);
std::optional<LogFormat> logFormatByName(const QString &name);
/// The format of which this is a line that tells of contact (or, for Zeek, the header).
std::optional<LogFormat> recogniseLog(std::string_view line, Instant now);

} // namespace wg
