// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/logtext.h"

#include "sources/jsontext.h"

#include <QDate>
#include <array>
#include <charconv>

namespace wg {

namespace {

constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::optional<int> numberOf(std::string_view text)
{
    int number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size() || number < 0)
        return std::nullopt;
    return number;
}

/// 1 to 12, or 0.
int monthOf(std::string_view name)
{
    const auto month = std::find(months.begin(), months.end(), name);
    return month == months.end() ? 0 : int(month - months.begin()) + 1;
}

/// "13:55:36", ms of the day.
std::optional<qint64> timeOfDay(std::string_view text)
{
    if (text.size() != 8 || text[2] != ':' || text[5] != ':')
        return std::nullopt;
    const auto hour = numberOf(text.substr(0, 2));
    const auto minute = numberOf(text.substr(3, 2));
    const auto second = numberOf(text.substr(6, 2));
    if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 60)
        return std::nullopt;
    return *hour * hourMs + *minute * minuteMs + *second * secondMs;
}

std::optional<Instant> instantOf(int year, int month, int day, qint64 ofDay)
{
    const QDate date(year, month, day);
    if (!date.isValid() || year < 1970)
        return std::nullopt;
    return Instant{(date.toJulianDay() - QDate(1970, 1, 1).toJulianDay()) * dayMs + ofDay};
}

/// "Nov 23 01:02:03", "Nov  3 01:02:03"
std::optional<Instant> yearlessTime(std::string_view &line, Instant now)
{
    std::string_view rest = line;
    const int month = monthOf(takeField(rest, ' '));
    const auto day = numberOf(takeField(rest, ' '));
    const auto ofDay = timeOfDay(takeField(rest, ' '));
    if (month == 0 || !day || !ofDay)
        return std::nullopt;
    line = rest;
    const int year = now.utc().date().year();
    const auto thisYear = instantOf(year, month, *day, *ofDay);
    // A clock that is a little ahead, or east of UTC, is not a year behind.
    if (thisYear && *thisYear <= now + dayMs)
        return thisYear;
    return instantOf(year - 1, month, *day, *ofDay);
}

} // namespace

std::string_view takeField(std::string_view &rest, char separator)
{
    while (separator == ' ' && !rest.empty() && rest.front() == ' ')
        rest.remove_prefix(1);
    const std::size_t end = std::min(rest.find(separator), rest.size());
    const std::string_view field = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return field;
}

void splitFields(std::string_view line, char separator, std::vector<std::string_view> &out)
{
    out.clear();
    while (true) {
        const std::size_t end = line.find(separator);
        out.push_back(line.substr(0, end));
        if (end == std::string_view::npos)
            return;
        line.remove_prefix(end + 1);
    }
}

std::optional<quint16> portOf(std::string_view text)
{
    const auto number = numberOf(text);
    return number && *number > 0 && *number <= 0xffff ? std::optional(quint16(*number))
                                                      : std::nullopt;
}

bool saysNothing(std::string_view text)
{
    return text.empty() || text == "-" || text == "(empty)" || text == "null";
}

UrlHost hostOfUrl(std::string_view url)
{
    UrlHost out;
    const std::size_t scheme = url.find("://");
    if (scheme != std::string_view::npos) {
        const std::string_view name = url.substr(0, scheme);
        out.port = name == "https" || name == "wss" ? 443 : name == "ftp" ? 21 : 80;
        url.remove_prefix(scheme + 3);
    } else if (!portOf(url.substr(url.rfind(':') + 1)) || url.find(':') == url.npos) {
        return out;
    }
    url = url.substr(0, url.find_first_of("/?#"));
    if (const std::size_t user = url.rfind('@'); user != std::string_view::npos)
        url.remove_prefix(user + 1);
    const std::size_t bracket = url.find(']');
    const bool v6 = url.starts_with('[') && bracket != std::string_view::npos;
    const std::size_t colon = url.find(':', v6 ? bracket : 0);
    if (colon != std::string_view::npos)
        out.port = portOf(url.substr(colon + 1)).value_or(out.port);
    out.host = v6 ? url.substr(1, bracket - 1) : url.substr(0, colon);
    return out;
}

std::string serviceOf(std::string_view protocol, std::optional<quint16> port)
{
    std::string service(protocol);
    for (char &c : service)
        c = c >= 'A' && c <= 'Z' ? char(c + 0x20) : c;
    if (service.size() > 20)
        service.resize(20);
    if (port)
        service += (service.empty() ? "" : "/") + std::to_string(*port);
    return service;
}

std::optional<Instant> commonLogTime(std::string_view text)
{
    const auto day = numberOf(takeField(text, '/'));
    const int month = monthOf(takeField(text, '/'));
    const auto year = numberOf(takeField(text, ':'));
    const auto ofDay = timeOfDay(takeField(text, ' '));
    if (!day || month == 0 || !year || !ofDay)
        return std::nullopt;
    const auto local = instantOf(*year, month, *day, *ofDay);
    if (!local || text.size() != 5)
        return local;
    const auto hours = numberOf(text.substr(1, 2));
    const auto minutes = numberOf(text.substr(3, 2));
    if (!hours || !minutes)
        return std::nullopt;
    const qint64 ahead = *hours * hourMs + *minutes * minuteMs;
    return text.front() == '-' ? *local + ahead : *local - ahead;
}

std::optional<Instant> takeSyslogTime(std::string_view &line, Instant now)
{
    if (line.starts_with('<')) {
        const std::size_t end = line.find('>');
        line.remove_prefix(end == std::string_view::npos || end > 5 ? 0 : end + 1);
        if (line.starts_with("1 "))
            line.remove_prefix(2);
    }
    if (const auto time = yearlessTime(line, now))
        return time;
    std::string_view rest = line;
    const auto time = parseInstant(textOf(takeField(rest, ' ')));
    if (time)
        line = rest;
    return time;
}

} // namespace wg
