// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/weblog.h"

#include "core/address.h"
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

/// A proxy that asks first who one is lets the next request pass: it blocks nothing.
bool onlyAsksWho(std::string_view status)
{
    return status == "407";
}

/// The peer is the one that was meant, not another proxy of one's own.
bool isOrigin(std::string_view peer)
{
    return peer.find("DIRECT") != peer.npos || peer.starts_with("ORIGINAL_DST/")
        || peer.starts_with("PINNED/");
}

/// Who asked: three words before the time, behind what others put before them (the virtual host,
/// the head of syslog).
std::string_view clientOf(std::string_view head)
{
    std::array<std::string_view, 3> last; // the client, its ident, its user
    std::size_t words = 0;
    const std::string_view first = head.substr(0, head.find(' '));
    for (; !head.empty(); ++words) {
        last = {last[1], last[2], takeField(head, ' ')};
        if (last[2].empty())
            break;
    }
    const auto isAddress = [](std::string_view word) {
        return parseAddress(QString::fromLatin1(word.data(), qsizetype(word.size()))).has_value();
    };
    // Users may be of several words.
    const bool client = isAddress(last[0]) || last[0].find('.') != last[0].npos;
    return words > 3 && client && !isAddress(first) ? last[0] : first;
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
    const bool denied = code.substr(0, slash).find("DENIED") != code.npos;
    if (denied && onlyAsksWho(code.substr(slash + 1)))
        return LogVerdict::Elsewise;
    if (!fillFromUrl(url, denied, out))
        return url.starts_with('/') ? LogVerdict::OwnServer : LogVerdict::Elsewise; // "error:…"
    const std::string_view reached = peer.substr(peer.find('/') + 1);
    if (isOrigin(peer) && !saysNothing(reached))
        out.address = reached;
    return LogVerdict::Contact;
}

LogVerdict CommonLog::read(std::string_view line, LogLine &out)
{
    const std::size_t timeEnd = line.find("] \"");
    const std::size_t time = line.substr(0, timeEnd).rfind('[');
    if (time == line.npos || timeEnd == line.npos)
        return LogVerdict::Bad;
    const std::string_view client = clientOf(line.substr(0, time));
    if (client.empty())
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
    const std::string_view status = takeField(rest, ' ');
    if (!isStatus(status))
        return LogVerdict::Bad;
    out.who = client;
    if (!isMethod(takeField(request, ' ')))
        return LogVerdict::Elsewise; // what a scanner sent instead of a request
    const bool denied = rest.find("DENIED") != rest.npos;
    if (denied && onlyAsksWho(status))
        return LogVerdict::Elsewise;
    return fillFromUrl(takeField(request, ' '), denied, out) ? LogVerdict::Contact
                                                             : LogVerdict::OwnServer;
}

} // namespace wg
