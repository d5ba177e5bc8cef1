// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/readernetworks.h"

#include "core/address.h"
#include "store/database.h"

using namespace Qt::StringLiterals;

namespace wg {

/// The value that a single-valued fact has now.
QString NetworkReader::whoisNow(const Artifact &owner, const QString &type)
{
    const qint64 number = m_interner.findArtifact(owner);
    if (!number)
        return {};
    auto row = m_database.query(
        "SELECT f.value FROM fact f JOIN word w ON w.id=f.rtype JOIN span s ON s.owner=f.owner"
        " AND s.dataset=f.dataset AND s.rtype=f.rtype AND s.rid=f.rid AND s.state=f.state"
        " WHERE f.owner=? AND f.dataset=? AND w.words=? AND f.vkey='' AND s.gone_seq IS NULL"
        " ORDER BY s.told_seq DESC LIMIT 1",
        number, int(Dataset::Whois), type);
    return row.next() ? row.text(0) : QString();
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

Artifact NetworkReader::smallestAround(const Entity &address)
{
    const auto ip = parseAddress(address.value);
    if (!ip)
        return {};
    // A prefix of every length, the most specific first: exact look-ups, whatever is nested.
    for (int length = ip->v6 ? 128 : 32; length >= 0; --length) {
        IpNetwork network{*ip, length};
        for (int bit = length; bit < (ip->v6 ? 128 : 32); ++bit)
            network.first.bytes[size_t(bit / 8)] &= quint8(~(0x80U >> (bit % 8)));
        auto row = m_database.query("SELECT artifact FROM network_range WHERE first=? AND length=?",
                                    network.first.sortKey(), length);
        if (row.next())
            return m_interner.artifactOf(row.number(0));
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
