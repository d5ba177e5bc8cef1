// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/firewalllog.h"

#include "core/address.h"
#include "sources/jsontext.h"
#include "sources/logtext.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// The value of " KEY=value", or nothing.
std::string_view valueOf(std::string_view line, std::string_view key)
{
    for (std::size_t at = line.find(key); at != line.npos; at = line.find(key, at + 1)) {
        const bool whole = at == 0 || line[at - 1] == ' ';
        const std::size_t value = at + key.size();
        if (whole && value < line.size() && line[value] == '=')
            return line.substr(value + 1, line.find(' ', value) - value - 1);
    }
    return {};
}

/// Whether a log prefix says that the packet got no further.
bool isBlocked(std::string_view prefix)
{
    std::string upper(prefix);
    for (char &c : upper)
        c = c >= 'a' && c <= 'z' ? char(c - 0x20) : c;
    constexpr std::array<std::string_view, 6> words{"DROP", "BLOCK",  "REJECT",
                                                    "DENY", "DENIED", "BANNED"};
    return std::any_of(words.begin(), words.end(),
                       [&upper](std::string_view word) { return upper.find(word) != upper.npos; });
}

bool isPublic(std::string_view text)
{
    const auto address = parseAddress(textOf(text));
    return address && reachOf(*address) == Reach::Public;
}

} // namespace

LogVerdict IptablesLog::read(std::string_view line, LogLine &out)
{
    out.at = takeSyslogTime(line, m_now);
    const std::size_t begin = line.find("IN=");
    std::string_view packet = line.substr(std::min(begin, line.size()));
    packet = packet.substr(0, packet.find('[')); // in which ICMP repeats what it is about
    const std::string_view from = valueOf(packet, "SRC");
    const std::string_view to = valueOf(packet, "DST");
    const std::string_view protocol = valueOf(packet, "PROTO");
    if (from.empty() || to.empty() || protocol.empty())
        return out.at ? LogVerdict::Elsewise : LogVerdict::Bad;
    // What goes to this very computer comes in and does not go out.
    const bool toItself = !valueOf(packet, "IN").empty() && valueOf(packet, "OUT").empty();
    out.who = toItself ? to : from;
    out.address = toItself ? from : to;
    // The rule's name stands behind the program's; before it, hosts have names of their own.
    const std::string_view head = line.substr(0, begin);
    const std::size_t kernel = head.find("kernel:");
    out.type =
        isBlocked(head.substr(kernel == head.npos ? 0 : kernel)) ? "blocked"_L1 : "connection"_L1;
    out.service = serviceOf(protocol, portOf(valueOf(packet, "DPT")));
    return LogVerdict::Contact;
}

LogVerdict FilterLog::read(std::string_view line, LogLine &out)
{
    out.at = takeSyslogTime(line, m_now);
    const std::size_t program = line.find("filterlog");
    if (program == line.npos)
        return out.at ? LogVerdict::Elsewise : LogVerdict::Bad;
    // "filterlog: 5,…", "filterlog[123]: 5,…", and by RFC 5424 "filterlog 123 - [meta …] 5,…"
    const std::size_t comma = line.find(',', program);
    const std::size_t begin = line.rfind(' ', comma);
    if (comma == line.npos || begin == line.npos)
        return LogVerdict::Bad;
    splitFields(line.substr(begin + 1), ',', m_fields);
    return readFields(out);
}

/// After the rule, its sub-rule, anchor and tracker, the interface and the reason stand action,
/// direction and IP version; the rest depends on the version.
LogVerdict FilterLog::readFields(LogLine &out) const
{
    constexpr std::size_t action = 6;
    constexpr std::size_t direction = 7;
    constexpr std::size_t version = 8;
    if (m_fields.size() <= version)
        return LogVerdict::Bad;
    const bool v6 = m_fields[version] == "6";
    const std::size_t protocol = v6 ? 12 : 16;
    const std::size_t source = v6 ? 15 : 18;
    if (m_fields.size() <= source + 1)
        return LogVerdict::Bad;
    const bool blocked = m_fields[action] == "block" || m_fields[action] == "reject";
    if (!blocked && m_fields[action] != "pass")
        return LogVerdict::Elsewise; // translation rules
    out.who = m_fields[source];
    out.address = m_fields[source + 1];
    // What is blocked on its way in from the Internet goes to one's own address, public or not.
    if (blocked && m_fields[direction] == "in" && isPublic(out.who))
        std::swap(out.who, out.address);
    out.type = blocked ? "blocked"_L1 : "connection"_L1;
    out.service = serviceOf(m_fields[protocol], std::nullopt);
    if ((out.service == "tcp" || out.service == "udp") && m_fields.size() > source + 3)
        out.service = serviceOf(m_fields[protocol], portOf(m_fields[source + 3]));
    return LogVerdict::Contact;
}

} // namespace wg
