// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/instant.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wg {

/// Small readers that several logs share. Pure; any thread.

/// The next word up to the separator, taken off the front with it; blanks before it are skipped
/// where the separator is a blank.
std::string_view takeField(std::string_view &rest, char separator);
/// All fields of a line, empty ones too.
void splitFields(std::string_view line, char separator, std::vector<std::string_view> &out);
/// "80" from text; nothing for what is no port.
std::optional<quint16> portOf(std::string_view text);
/// "-", "(empty)" and the like say nothing.
bool saysNothing(std::string_view text);

/// Host and port of an absolute URL, or of "host:port"; empty for a path of one's own server and
/// for the rest.
struct UrlHost
{
    std::string_view host;
    quint16 port = 0;
};
UrlHost hostOfUrl(std::string_view url);
/// "tcp/443"; without a port the protocol alone.
std::string serviceOf(std::string_view protocol, std::optional<quint16> port);

/// "10/Oct/2000:13:55:36 -0700"
std::optional<Instant> commonLogTime(std::string_view text);
/// The time at the front of a syslog line, which is taken off with its priority: RFC 3164, which
/// knows no year (the newest that is not in the future counts) and no zone (UTC counts), or RFC
/// 5424.
std::optional<Instant> takeSyslogTime(std::string_view &line, Instant now);

} // namespace wg
