// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLatin1String>
#include <QMetaType>
#include <array>
#include <optional>

namespace wg {

/// A kind of fact. The numbers are stored; never renumber.
enum class Dataset : quint8
{
    Resolutions = 1,
    Dns = 2,
    Whois = 3,
    Certificates = 4,
    Subdomains = 5,
    Trackers = 6,
    Components = 7,
    HostPairs = 8,
    Cookies = 9,
    Services = 10,
    Malware = 11,
    Osint = 12,
    Network = 13,
    Sightings = 14,
};

/// Every dataset, in the order of tabs.
inline constexpr std::array allDatasets{
    Dataset::Resolutions, Dataset::Dns,        Dataset::Whois,    Dataset::Certificates,
    Dataset::Subdomains,  Dataset::Network,    Dataset::Services, Dataset::HostPairs,
    Dataset::Trackers,    Dataset::Components, Dataset::Cookies,  Dataset::Malware,
    Dataset::Osint,       Dataset::Sightings};

/// "resolutions": the word in JSON, settings and the command line.
QLatin1String datasetName(Dataset dataset);
std::optional<Dataset> datasetByName(QStringView name);

/// What an answer is. The numbers are stored.
enum class Outcome : quint8
{
    Complete = 1,
    Truncated = 2,
    Empty = 3,
    SuspiciousEmpty = 4,
    Refused = 5,
    Unreachable = 6,
    Malformed = 7,
};
/// "complete", "suspicious_empty" …
QLatin1String outcomeName(Outcome outcome);
/// Complete or Empty: may prove that something is there or is not.
constexpr bool isProof(Outcome o)
{
    return o == Outcome::Complete || o == Outcome::Empty;
}
/// Proof, or Truncated: brings facts.
constexpr bool isUsable(Outcome o)
{
    return isProof(o) || o == Outcome::Truncated;
}

/// Whether a source tells what holds now or what was ever seen.
enum class Presence : quint8
{
    Current = 1,
    Historical = 2
};
QLatin1String presenceName(Presence presence);

/// How visible a look-up may be; ordered, so that a ceiling compares.
enum class Pap : quint8
{
    Red = 0,
    Amber = 1,
    Green = 2
};
/// "RED", "AMBER", "GREEN".
QLatin1String papName(Pap pap);
std::optional<Pap> papByName(QStringView name);

} // namespace wg

Q_DECLARE_METATYPE(wg::Dataset)
