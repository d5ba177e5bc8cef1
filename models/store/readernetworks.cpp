// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/readernetworks.h"

#include "core/address.h"
#include "store/codec.h"
#include "store/database.h"

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// The key with everything after its first bits cleared.
QByteArray beginning(QByteArray key, int bits)
{
    for (int bit = bits; bit < int(key.size()) * 8; ++bit)
        key[bit / 8] = char(key[bit / 8] & ~(0x80 >> (bit % 8)));
    return key;
}

int commonBits(const QByteArray &one, const QByteArray &other)
{
    int bits = 0;
    const int most = int(std::min(one.size(), other.size())) * 8;
    while (bits < most && ((one[bits / 8] ^ other[bits / 8]) & (0x80 >> (bits % 8))) == 0)
        ++bits;
    return bits;
}

} // namespace

bool HeldNetwork::isAssignment() const
{
    return type.contains("assign"_L1, Qt::CaseInsensitive)
        && !type.contains("alloc"_L1, Qt::CaseInsensitive);
}

/// The value that a single-valued fact has now.
QString NetworkReader::whoisNow(const Artifact &owner, const QString &type)
{
    const qint64 number = m_interner.findArtifact(owner);
    if (!number)
        return {};
    auto row = m_database.query(
        "SELECT f.said FROM fact f JOIN word w ON w.id=f.rtype"
        " WHERE f.owner=? AND f.dataset=? AND w.words=? AND f.vkey='' AND f.gone_seq IS NULL"
        " ORDER BY f.told_seq DESC LIMIT 1",
        number, int(Dataset::Whois), type);
    return row.next() ? codec::parted(row.text(0)).rest : QString();
}

Artifact NetworkReader::toldNetworkOf(const Entity &address)
{
    const auto network = parseNetwork(whoisNow(address, u"network"_s));
    return network ? Artifact{ArtifactKind::Cidr, network->text()} : Artifact();
}

Artifact NetworkReader::networkOf(const Entity &address)
{
    Artifact told = toldNetworkOf(address);
    return told.isEmpty() ? smallestAround(address) : told;
}

/// Whether a registry still says anything of a network.
bool NetworkReader::isRegistered(qint64 network)
{
    return m_database
        .query("SELECT 1 FROM fact WHERE owner=? AND dataset=? AND gone_seq IS NULL LIMIT 1",
               network, int(Dataset::Whois))
        .next();
}

/// The nearest network that does not begin later is the smallest around the address, or lies before
/// it; in that case every network around the address also holds the one that was met.
Artifact NetworkReader::smallestAround(const Entity &address)
{
    const auto ip = parseAddress(address.value);
    if (!ip)
        return {};
    const int before = ip->v6 ? 0 : 96; // bits of the key that every IPv4 address has
    auto nearest = m_database.prepare("SELECT first, length, artifact FROM network_range"
                                      " WHERE (first, length)<=(?,?)"
                                      " ORDER BY first DESC, length DESC LIMIT 1");
    for (int length = ip->v6 ? 128 : 32; length >= 0;) {
        nearest.bind(beginning(ip->sortKey(), before + length));
        nearest.bind(length);
        if (!nearest.next())
            return {};
        const int common = commonBits(nearest.bytes(0), ip->sortKey()) - before;
        const Artifact met = m_interner.artifactOf(nearest.number(2));
        const auto network = parseNetwork(met.value);
        if (network && network->contains(*ip) && isRegistered(nearest.number(2)))
            return met;
        length = std::min(common, length - 1);
        while (nearest.next()) { } // it starts over
    }
    return {};
}

QList<HeldNetwork> NetworkReader::around(const QList<Entity> &addresses)
{
    QList<HeldNetwork> list;
    for (const Entity &address : addresses) {
        HeldNetwork held;
        held.address = address;
        held.network = toldNetworkOf(address);
        held.told = !held.network.isEmpty();
        if (!held.told)
            held.network = smallestAround(address);
        if (held.network.isEmpty())
            continue;
        held.type = whoisNow(held.network, u"type"_s);
        list.append(held);
    }
    return list;
}

} // namespace wg
