// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/address.h"
#include "core/entitytext.h"

#include <span>

namespace wg {

namespace {

struct Range
{
    std::array<quint8, 16> prefix;
    int length;
    Reach reach;
};

/// IANA's special-purpose registry (RFC 6890 and updates) for IPv4, first match wins.
constexpr Range rangesV4[] = {
    {{192, 0, 2}, 24, Reach::Documentation},
    {{198, 51, 100}, 24, Reach::Documentation},
    {{203, 0, 113}, 24, Reach::Documentation},
    {{0}, 8, Reach::Private},
    {{10}, 8, Reach::Private},
    {{100, 64}, 10, Reach::Private},
    {{127}, 8, Reach::Private},
    {{169, 254}, 16, Reach::Private},
    {{172, 16}, 12, Reach::Private},
    {{192, 0, 0}, 24, Reach::Private},
    {{192, 168}, 16, Reach::Private},
    {{198, 18}, 15, Reach::Private},
    {{224}, 4, Reach::Private},
    {{240}, 4, Reach::Private},
};
/// Within 2000::/3; all else but NAT64 is private.
constexpr Range rangesV6[] = {
    {{0x20, 0x01, 0x0d, 0xb8}, 32, Reach::Documentation},
    {{0x3f, 0xff, 0x00}, 20, Reach::Documentation},
    {{0x20, 0x01, 0x00, 0x02, 0, 0}, 48, Reach::Private},
    {{0x20, 0x01, 0x00, 0x10}, 28, Reach::Private},
    {{0x20, 0x01, 0x00, 0x20}, 28, Reach::Private},
};

bool startsWith(const std::array<quint8, 16> &bytes, const std::array<quint8, 16> &prefix,
                int length)
{
    const auto whole = std::size_t(length / 8);
    if (!std::equal(prefix.begin(), prefix.begin() + std::ptrdiff_t(whole), bytes.begin()))
        return false;
    const int rest = length % 8;
    return rest == 0 || ((bytes[whole] ^ prefix[whole]) >> (8 - rest)) == 0;
}

Reach reachIn(std::span<const Range> ranges, const std::array<quint8, 16> &bytes)
{
    for (const Range &range : ranges) {
        if (startsWith(bytes, range.prefix, range.length))
            return range.reach;
    }
    return Reach::Public;
}

Reach reachOfV4At(const std::array<quint8, 16> &bytes, std::size_t offset)
{
    IpAddress v4;
    std::copy_n(bytes.begin() + std::ptrdiff_t(offset), 4, v4.bytes.begin());
    return reachIn(rangesV4, v4.bytes);
}

Reach reachOfV6(const std::array<quint8, 16> &bytes)
{
    constexpr std::array<quint8, 16> nat64{0x00, 0x64, 0xff, 0x9b};
    if (startsWith(bytes, nat64, 96))
        return reachOfV4At(bytes, 12);
    constexpr std::array<quint8, 16> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    if (startsWith(bytes, mapped, 96))
        return reachOfV4At(bytes, 12);
    if ((bytes[0] & 0xe0) != 0x20)
        return Reach::Private;
    if (bytes[0] == 0x20 && bytes[1] == 0x02) // 6to4
        return reachOfV4At(bytes, 2);
    return reachIn(rangesV6, bytes);
}

/// Both ends must be public for a network to be.
Reach reachOfNetwork(const IpNetwork &network)
{
    const Reach first = reachOf(network.first);
    return first != Reach::Public ? first : reachOf(network.last());
}

/// What of address space a name under in-addr.arpa or ip6.arpa stands for; only as far as its
/// labels are numbers, so RFC 2317 names work as well.
std::optional<IpNetwork> reversedNetwork(QStringView name)
{
    const bool v6 = name.endsWith(QLatin1String(".ip6.arpa"));
    if (!v6 && !name.endsWith(QLatin1String(".in-addr.arpa")))
        return std::nullopt;
    const auto labels = name.chopped(v6 ? 9 : 13).split(u'.');
    IpNetwork network;
    network.first.v6 = v6;
    const int most = v6 ? 32 : 4;
    for (auto label = labels.crbegin(); label != labels.crend() && network.length < most; ++label) {
        bool ok = false;
        const uint value = label->toUInt(&ok, v6 ? 16 : 10);
        if (!ok || value > (v6 ? 15u : 255u))
            break;
        const auto i = std::size_t(network.length++);
        if (v6)
            network.first.bytes[i / 2] |= quint8(i % 2 == 0 ? value << 4 : value);
        else
            network.first.bytes[i] = quint8(value);
    }
    network.length *= v6 ? 4 : 8;
    return network;
}

bool isLocalUse(QStringView top)
{
    constexpr QLatin1String labels[] = {
        QLatin1String("local"),    QLatin1String("localhost"), QLatin1String("localdomain"),
        QLatin1String("internal"), QLatin1String("intranet"),  QLatin1String("private"),
        QLatin1String("corp"),     QLatin1String("home"),      QLatin1String("lan"),
        QLatin1String("onion"),    QLatin1String("i2p"),       QLatin1String("invalid"),
        QLatin1String("alt")};
    return std::any_of(std::begin(labels), std::end(labels),
                       [top](QLatin1String label) { return top == label; });
}

Reach reachOfHost(const QString &host)
{
    if (const auto address = parseAddress(host))
        return reachOf(*address);
    const auto name = canonicalHostName(host);
    return name ? reachOfName(*name) : Reach::Private;
}

} // namespace

Reach reachOf(const IpAddress &a)
{
    return a.v6 ? reachOfV6(a.bytes) : reachIn(rangesV4, a.bytes);
}

Reach reachOfName(const QString &canonicalName)
{
    const QStringView name(canonicalName);
    const QStringView top = name.sliced(name.lastIndexOf(u'.') + 1);
    if (top == u"test" || top == u"example")
        return Reach::Documentation;
    if (top.size() == name.size() || isLocalUse(top))
        return Reach::Private;
    if (top != u"arpa")
        return Reach::Public;
    if (name == u"home.arpa" || name.endsWith(u".home.arpa"))
        return Reach::Private;
    const auto network = reversedNetwork(name);
    // A short prefix such as 192.in-addr.arpa holds mostly public space.
    if (!network || reachOf(network->first) != reachOf(network->last()))
        return Reach::Public;
    return reachOf(network->first);
}

Reach reachOf(const Artifact &a)
{
    switch (a.kind) {
    case ArtifactKind::Domain:
    case ArtifactKind::NameServer:
        return reachOfName(a.value);
    case ArtifactKind::Ipv4:
    case ArtifactKind::Ipv6:
        return reachOfHost(a.value);
    case ArtifactKind::Cidr:
        if (const auto network = parseNetwork(a.value))
            return reachOfNetwork(*network);
        return Reach::Private;
    case ArtifactKind::Email:
        return reachOfHost(a.value.sliced(a.value.lastIndexOf(u'@') + 1));
    case ArtifactKind::Url:
        if (const auto entity = parseEntity(a.value))
            return reachOf(*entity);
        return Reach::Private;
    case ArtifactKind::Asn:
    case ArtifactKind::CertificateSha1:
    case ArtifactKind::CertificateSha256:
    case ArtifactKind::Spki:
    case ArtifactKind::Organisation:
    case ArtifactKind::Tracker:
    case ArtifactKind::FileHash:
        return Reach::Public;
    }
    return Reach::Private;
}

} // namespace wg
