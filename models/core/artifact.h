// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHashFunctions>
#include <QMetaType>
#include <QString>
#include <compare>

namespace wg {

/// What kind of thing a value is. The numbers are stored; never renumber.
enum class ArtifactKind : quint8
{
    Domain = 1,
    Ipv4 = 2,
    Ipv6 = 3,
    Cidr = 4,
    Asn = 5,
    CertificateSha1 = 6,
    CertificateSha256 = 7,
    Spki = 8,
    Email = 9,
    Organisation = 10,
    NameServer = 11,
    Tracker = 12,
    FileHash = 13,
    Url = 14,
};

/// Anything one can pivot to: a kind and its canonical text. Domains are lower-case A-labels
/// without trailing dot, addresses RFC 5952, networks "address/length".
struct Artifact
{
    ArtifactKind kind = ArtifactKind::Domain;
    QString value;

    friend bool operator==(const Artifact &, const Artifact &) = default;
    friend bool operator<(const Artifact &a, const Artifact &b)
    {
        return a.kind != b.kind ? a.kind < b.kind : a.value < b.value;
    }
    friend size_t qHash(const Artifact &a, size_t seed = 0)
    {
        return qHashMulti(seed, quint8(a.kind), a.value);
    }
    [[nodiscard]] bool isEmpty() const { return value.isEmpty(); }
};

/// An Artifact whose kind is Domain, Ipv4 or Ipv6; made by parseEntity().
using Entity = Artifact;

[[nodiscard]] bool isEntity(const Artifact &a);
[[nodiscard]] bool isAddress(const Artifact &a);

/// "domain", "ipv4", "cidr" …: the word in JSON, files and the command line.
[[nodiscard]] QLatin1String kindName(ArtifactKind kind);

} // namespace wg

Q_DECLARE_METATYPE(wg::Artifact)
