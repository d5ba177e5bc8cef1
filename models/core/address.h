// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/artifact.h"

#include <QString>
#include <array>
#include <optional>

namespace wg {

/// An IPv4 or IPv6 address as bytes; IPv4 uses the first four. IPv4-mapped IPv6 text becomes IPv4.
struct IpAddress
{
    std::array<quint8, 16> bytes{};
    bool v6 = false;

    friend bool operator==(const IpAddress &, const IpAddress &) = default;
    /// 16 bytes whose order is the order of addresses; IPv4 as ::ffff:a.b.c.d.
    [[nodiscard]] QByteArray sortKey() const;
    /// RFC 5952 text.
    [[nodiscard]] QString text() const;
    [[nodiscard]] Artifact artifact() const;
};

/// A network: first address and prefix length.
struct IpNetwork
{
    IpAddress first;
    int length = 0;

    [[nodiscard]] QString text() const;
    [[nodiscard]] bool contains(const IpAddress &a) const;
    [[nodiscard]] IpAddress last() const;
};

/// Strict text: four decimal parts, or RFC 4291; no "127.1", no leading zeros, no zone.
std::optional<IpAddress> parseAddress(QStringView text);
std::optional<IpNetwork> parseNetwork(QStringView text);
/// The enclosing /24 or /64, by which members of a rotating name are known.
IpNetwork neighbourhood(const IpAddress &a);
/// The smallest single network that holds the range.
IpNetwork networkOfRange(const IpAddress &first, const IpAddress &last);
/// "1.2.0.192.in-addr.arpa", or the ip6.arpa form.
QString reverseName(const IpAddress &a);

/// Why an entity is never asked outside (private, loopback, ".internal" …), else no reason.
enum class Reach : quint8
{
    Public, ///< may be asked where PAP allows
    Private, ///< RFC 1918, ULA, loopback, link-local, CGN, multicast …, or a local-use name
    Documentation, ///< reserved for examples and tests: only servers that the user configured are
                   ///< asked
};
Reach reachOf(const IpAddress &a);
/// For names: special-use top labels (RFC 6761, 6762, 7686, 8375, ICANN .internal).
Reach reachOfName(const QString &canonicalName);
Reach reachOf(const Artifact &a);

} // namespace wg
