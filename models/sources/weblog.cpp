// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/weblog.h"

#include "sources/logtext.h"
#include "sources/passiverecord.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

bool isStatus(std::string_view text)
{
    return text.size() == 3
        && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool isMethod(std::string_view text)
{
    return !text.empty() && text.size() <= 20 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
    });
}

/// Whom a request is for: by its URL. CONNECT names "host:port".
bool fillFromUrl(std::string_view url, bool denied, LogLine &out)
{
    const UrlHost target = hostOfUrl(url);
    if (target.host.empty())
        return false;
    out.name = target.host;
    out.type = denied ? "blocked"_L1 : "web"_L1;
    out.service = serviceOf("tcp", target.port);
    return true;
}

} // namespace

LogVerdict SquidLog::read(std::string_view line, LogLine &out)
{
    std::array<std::string_view, 9> fields;
    for (auto &field : fields)
        field = takeField(line, ' ');
    const auto &[time, duration, client, code, bytes, method, url, user, peer] = fields;
    const std::size_t slash = code.find('/');
    const bool stamped = time.size() >= 10 && time.find_first_not_of("0123456789.") == time.npos;
    if (!stamped || slash == code.npos || !isStatus(code.substr(slash + 1)) || !isMethod(method)
        || peer.find('/') == peer.npos)
        return LogVerdict::Bad;
    out.at = passiveTime(time);
    out.who = client;
    const std::string_view verdict = code.substr(0, slash);
    if (!fillFromUrl(url, verdict.find("DENIED") != verdict.npos, out))
        return url.starts_with('/') ? LogVerdict::OwnServer : LogVerdict::Elsewise; // "error:…"
    const std::string_view reached = peer.substr(peer.find('/') + 1);
    if (peer.find("DIRECT") != peer.npos && !saysNothing(reached))
        out.address = reached; // another peer is a proxy of one's own
    return LogVerdict::Contact;
}

LogVerdict CommonLog::read(std::string_view line, LogLine &out)
{
    const std::string_view client = takeField(line, ' ');
    const std::size_t time = line.find('[');
    const std::size_t timeEnd = line.find("] \"", time == line.npos ? 0 : time);
    if (client.empty() || time == line.npos || timeEnd == line.npos)
        return LogVerdict::Bad;
    out.at = commonLogTime(line.substr(time + 1, timeEnd - time - 1));
    std::string_view rest = line.substr(timeEnd + 3);
    std::size_t requestEnd = 0;
    while (requestEnd < rest.size() && rest[requestEnd] != '"')
        requestEnd += rest[requestEnd] == '\\' ? 2 : 1;
    if (!out.at || requestEnd >= rest.size())
        return LogVerdict::Bad;
    std::string_view request = rest.substr(0, requestEnd);
    rest.remove_prefix(requestEnd + 1);
    if (!isStatus(takeField(rest, ' ')))
        return LogVerdict::Bad;
    out.who = client;
    if (!isMethod(takeField(request, ' ')))
        return LogVerdict::Elsewise; // what a scanner sent instead of a request
    const bool denied = rest.find("DENIED") != rest.npos;
    return fillFromUrl(takeField(request, ' '), denied, out) ? LogVerdict::Contact
                                                             : LogVerdict::OwnServer;
}

} // namespace wg
