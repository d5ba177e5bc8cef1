// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/flowfields.h"

#include "sources/dnstypes.h"
#include "sources/logtext.h"
#include "sources/passiverecord.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <unordered_map>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

using F = FlowField;

constexpr std::pair<std::string_view, F> names[] = {
    {"ts", F::Time},
    {"time", F::Time},
    {"timestamp", F::Time},
    {"@timestamp", F::Time},
    {"_time", F::Time},
    {"date", F::Time},
    {"datetime", F::Time},
    {"event_time", F::Time},
    {"id.orig_h", F::Who},
    {"src_ip", F::Who},
    {"srcip", F::Who},
    {"source_ip", F::Who},
    {"source_address", F::Who},
    {"src", F::Who},
    {"src_port", F::SourcePort},
    {"source.ip", F::Who},
    {"client_ip", F::Who},
    {"client", F::Who},
    {"client.ip", F::Who},
    {"id.resp_h", F::Address},
    {"dest_ip", F::Address},
    {"dst_ip", F::Address},
    {"dstip", F::Address},
    {"destination_ip", F::Address},
    {"destination_address", F::Address},
    {"dst", F::Address},
    {"destination.ip", F::Address},
    {"id.resp_p", F::Port},
    {"dest_port", F::Port},
    {"dst_port", F::Port},
    {"dstport", F::Port},
    {"destination_port", F::Port},
    {"destination.port", F::Port},
    {"proto", F::Protocol},
    {"protocol", F::Protocol},
    {"transport", F::Protocol},
    {"network.transport", F::Protocol},
    {"domain", F::Name},
    {"dest_host", F::Name},
    {"dst_host", F::Name},
    {"destination_host", F::Name},
    {"destination.domain", F::Name},
    {"url.domain", F::Name},
    {"http.hostname", F::Name},
    {"http_host", F::Name},
    {"host", F::Host},
    {"hostname", F::Host},
    {"server_name", F::ServerName},
    {"sni", F::ServerName},
    {"tls.sni", F::ServerName},
    {"tls.client.server_name", F::ServerName},
    {"query", F::Query},
    {"qname", F::Query},
    {"query_name", F::Query},
    {"dns.rrname", F::Query},
    {"dns.question.name", F::Query},
    {"dns.queries.rrname", F::Query},
    {"qtype_name", F::QueryType},
    {"qtype", F::QueryType},
    {"query_type", F::QueryType},
    {"dns.rrtype", F::QueryType},
    {"dns.question.type", F::QueryType},
    {"dns.queries.rrtype", F::QueryType},
    {"url", F::Url},
    {"request_url", F::Url},
    {"url.full", F::Url},
    {"url.original", F::Url},
    {"action", F::Action},
    {"verdict", F::Action},
    {"event.action", F::Action},
    {"alert.action", F::Action},
    {"verdict.action", F::Action},
    {"event_type", F::Event},
    {"dns.type", F::DnsPart},
    {"direction", F::Direction},
    {"method", F::Method},
    {"uri", F::Method},
    {"status_code", F::Method},
    {"http.http_method", F::Method},
    {"http.request.method", F::Method},
};

const std::unordered_map<std::string_view, F> &fields()
{
    static const std::unordered_map<std::string_view, F> known(std::begin(names), std::end(names));
    return known;
}

bool isNumber(std::string_view text)
{
    return !text.empty() && text.find_first_not_of("0123456789") == text.npos;
}

std::string queryTypeOf(std::string_view text)
{
    quint16 number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    return isNumber(text) && read.ec == std::errc() ? dnsTypeName(number).toStdString()
                                                    : std::string(text.substr(0, 20));
}

/// Many programs tell of things with a date and an address in JSON; only a log says which of one's
/// own hosts it was.
bool isHost(std::string_view text)
{
    constexpr std::size_t longest = 253;
    return !text.empty() && text.size() <= longest
        && text.find_first_of(" \t/@\"") == std::string_view::npos;
}

std::optional<Instant> timeOf(std::string_view text)
{
    if (const auto time = passiveTime(text))
        return time;
    return commonLogTime(text);
}

bool isBlocked(std::string_view action)
{
    constexpr std::array<std::string_view, 4> words{"block", "den", "drop", "reject"};
    std::string lower(action.substr(0, 40));
    for (char &c : lower)
        c = c >= 'A' && c <= 'Z' ? char(c + 0x20) : c;
    return std::any_of(words.begin(), words.end(),
                       [&lower](std::string_view word) { return lower.starts_with(word); });
}

constexpr quint16 firstFreePort = 1024;

} // namespace

FlowField FlowFields::fieldOf(std::string_view name)
{
    const auto field = fields().find(name);
    return field == fields().end() ? F::Nothing : field->second;
}

void FlowFields::set(FlowField field, std::string_view text)
{
    if (field == F::Nothing || saysNothing(text))
        return;
    std::string_view &kept = m_texts[std::size_t(field)];
    const bool better = field == F::QueryType && isNumber(kept); // its name may follow
    if (kept.empty() || better)
        kept = text;
}

/// The name that was asked for says most; the address it led to is told beside it, but for DNS,
/// where it is the resolver's.
void FlowFields::fillTarget(LogLine &out) const
{
    const UrlHost url = hostOfUrl(text(F::Url));
    const bool http = !url.host.empty() || !text(F::Method).empty();
    if (!text(F::Query).empty()) {
        out.name = text(F::Query);
        out.type = "dns"_L1;
        out.service = queryTypeOf(text(F::QueryType));
        return;
    }
    const auto port = portOf(text(F::Port));
    out.address = text(F::Address);
    const std::string_view protocol = text(F::Protocol);
    if (!text(F::ServerName).empty()) {
        out.name = text(F::ServerName);
        out.type = "tls"_L1;
        out.service = serviceOf("tcp", port);
        return;
    }
    const std::string_view host = http ? text(F::Host) : std::string_view();
    out.name = !url.host.empty() ? url.host : !text(F::Name).empty() ? text(F::Name) : host;
    out.type = http ? "web"_L1 : "connection"_L1;
    const auto where = port ? port : url.port > 0 ? std::optional(url.port) : std::nullopt;
    out.service = serviceOf(http && protocol.empty() ? "tcp" : protocol, where);
}

/// What a program that looks at packets tells once more: the same file or look-up on its way back.
bool FlowFields::isEcho() const
{
    const std::string_view part = text(F::DnsPart);
    const bool answer = part == "answer" || part == "response";
    return text(F::Event) == "fileinfo" || (answer && text(F::Event) == "dns");
}

/// Whether the one that is told as the source was asked: an alert is about a packet, and that may
/// have been the answer.
bool FlowFields::isAnswer() const
{
    if (text(F::Event).empty())
        return false;
    if (!text(F::Direction).empty())
        return text(F::Direction) == "to_client";
    const auto from = portOf(text(F::SourcePort));
    const auto to = portOf(text(F::Port));
    return from && to && *from > 0 && *from < firstFreePort && *to >= firstFreePort;
}

/// The other way round.
FlowFields FlowFields::turned() const
{
    FlowFields turned = *this;
    const auto swap = [&turned](FlowField a, FlowField b) {
        std::swap(turned.m_texts[std::size_t(a)], turned.m_texts[std::size_t(b)]);
    };
    swap(F::Who, F::Address);
    swap(F::SourcePort, F::Port);
    return turned;
}

LogVerdict FlowFields::contact(LogLine &out) const
{
    return isAnswer() ? turned().contactSaid(out) : contactSaid(out);
}

LogVerdict FlowFields::contactSaid(LogLine &out) const
{
    if (!text(F::Time).empty()) {
        out.at = timeOf(text(F::Time));
        if (!out.at)
            return LogVerdict::Bad;
    }
    out.who = text(F::Who);
    if (!isHost(out.who))
        return out.at ? LogVerdict::Elsewise : LogVerdict::Bad;
    if (isEcho())
        return LogVerdict::Elsewise;
    fillTarget(out);
    if (out.name.empty() && out.address.empty())
        return LogVerdict::Elsewise;
    if (isBlocked(text(F::Action)) || isBlocked(text(F::Event)))
        out.type = "blocked"_L1;
    return LogVerdict::Contact;
}

} // namespace wg
