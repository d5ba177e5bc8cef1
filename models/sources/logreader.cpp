// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/logreader.h"

#include "sources/firewalllog.h"
#include "sources/jsonlog.h"
#include "sources/weblog.h"
#include "sources/zeeklog.h"

#include <array>

namespace wg {

namespace {

constexpr std::array formats{LogFormat::Squid,    LogFormat::Clf,       LogFormat::Zeek,
                             LogFormat::Iptables, LogFormat::Filterlog, LogFormat::Json};

} // namespace

std::unique_ptr<LogReader> makeLogReader(LogFormat format, Instant now)
{
    switch (format) {
    case LogFormat::Squid:
        return std::make_unique<SquidLog>();
    case LogFormat::Clf:
        return std::make_unique<CommonLog>();
    case LogFormat::Zeek:
        return std::make_unique<ZeekLog>();
    case LogFormat::Iptables:
        return std::make_unique<IptablesLog>(now);
    case LogFormat::Filterlog:
        return std::make_unique<FilterLog>(now);
    case LogFormat::Json:
        return std::make_unique<JsonLog>();
    }
    Q_UNREACHABLE();
}

QLatin1String logFormatName(LogFormat format)
{
    switch (format) {
    case LogFormat::Squid:
        return QLatin1String("squid");
    case LogFormat::Clf:
        return QLatin1String("clf");
    case LogFormat::Zeek:
        return QLatin1String("zeek");
    case LogFormat::Iptables:
        return QLatin1String("iptables");
    case LogFormat::Filterlog:
        return QLatin1String("filterlog");
    case LogFormat::Json:
        return QLatin1String("json");
    }
    Q_UNREACHABLE();
}

std::optional<LogFormat> logFormatByName(const QString &name)
{
    for (const LogFormat format : formats) {
        if (name == logFormatName(format))
            return format;
    }
    return std::nullopt;
}

std::optional<LogFormat> recogniseLog(std::string_view line, Instant now)
{
    if (line.starts_with("#separator ") || line.starts_with("#fields\t"))
        return LogFormat::Zeek;
    for (const LogFormat format : formats) {
        LogLine told;
        const LogVerdict verdict = makeLogReader(format, now)->read(line, told);
        if (verdict == LogVerdict::Contact || verdict == LogVerdict::OwnServer)
            return format;
    }
    return std::nullopt;
}

} // namespace wg
