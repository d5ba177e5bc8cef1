// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dataset.h"

#include <QString>

namespace wg {

QLatin1String datasetName(Dataset dataset)
{
    switch (dataset) {
    case Dataset::Resolutions:
        return QLatin1String("resolutions");
    case Dataset::Dns:
        return QLatin1String("dns");
    case Dataset::Whois:
        return QLatin1String("whois");
    case Dataset::Certificates:
        return QLatin1String("certificates");
    case Dataset::Subdomains:
        return QLatin1String("subdomains");
    case Dataset::Trackers:
        return QLatin1String("trackers");
    case Dataset::Components:
        return QLatin1String("components");
    case Dataset::HostPairs:
        return QLatin1String("hostpairs");
    case Dataset::Cookies:
        return QLatin1String("cookies");
    case Dataset::Services:
        return QLatin1String("services");
    case Dataset::Malware:
        return QLatin1String("malware");
    case Dataset::Osint:
        return QLatin1String("osint");
    case Dataset::Network:
        return QLatin1String("network");
    case Dataset::Sightings:
        return QLatin1String("sightings");
    }
    return QLatin1String("unknown");
}

std::optional<Dataset> datasetByName(QStringView name)
{
    constexpr auto first = int(Dataset::Resolutions);
    constexpr auto last = int(Dataset::Sightings);
    for (int number = first; number <= last; ++number) {
        if (name.compare(datasetName(Dataset(number)), Qt::CaseInsensitive) == 0)
            return Dataset(number);
    }
    return std::nullopt;
}

QLatin1String outcomeName(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Complete:
        return QLatin1String("complete");
    case Outcome::Truncated:
        return QLatin1String("truncated");
    case Outcome::Empty:
        return QLatin1String("empty");
    case Outcome::SuspiciousEmpty:
        return QLatin1String("suspicious_empty");
    case Outcome::Refused:
        return QLatin1String("refused");
    case Outcome::Unreachable:
        return QLatin1String("unreachable");
    case Outcome::Malformed:
        return QLatin1String("malformed");
    }
    return QLatin1String("unknown");
}

QLatin1String presenceName(Presence presence)
{
    switch (presence) {
    case Presence::Current:
        return QLatin1String("current");
    case Presence::Historical:
        return QLatin1String("historical");
    }
    return QLatin1String("unknown");
}

QLatin1String papName(Pap pap)
{
    switch (pap) {
    case Pap::Red:
        return QLatin1String("RED");
    case Pap::Amber:
        return QLatin1String("AMBER");
    case Pap::Green:
        return QLatin1String("GREEN");
    }
    return QLatin1String("unknown");
}

std::optional<Pap> papByName(QStringView name)
{
    for (const auto pap : {Pap::Red, Pap::Amber, Pap::Green}) {
        if (name.compare(papName(pap), Qt::CaseInsensitive) == 0)
            return pap;
    }
    return std::nullopt;
}

} // namespace wg
