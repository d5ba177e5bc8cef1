// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/rdapbootstrap.h"
#include "sources/rdapfields.h"
#include "sources/rdapparse.h"

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// As registries write it: "074.125.000.000", "62.239.237.0/32".
std::optional<IpAddress> looseAddress(QString text)
{
    text = text.trimmed();
    if (const qsizetype slash = text.indexOf(u'/'); slash >= 0)
        text.truncate(slash);
    if (text.contains(u':'))
        return parseAddress(text);
    QStringList parts = text.split(u'.');
    for (QString &part : parts) {
        while (part.size() > 1 && part.startsWith(u'0'))
            part.remove(0, 1);
    }
    return parseAddress(parts.join(u'.'));
}

bool isBitSet(const IpAddress &a, int bit)
{
    return (a.bytes[std::size_t(bit / 8)] >> (7 - bit % 8)) & 1;
}

/// False after the very last address.
bool increment(IpAddress &a)
{
    for (int i = a.v6 ? 15 : 3; i >= 0; --i) {
        if (++a.bytes[std::size_t(i)] != 0)
            return true;
    }
    return false;
}

/// The networks an object says it is: its range, else its cidr0 list (NRO extension).
QList<IpNetwork> networksOf(const QJsonObject &object)
{
    const auto first = looseAddress(object.value("startAddress"_L1).toString());
    const auto last = looseAddress(object.value("endAddress"_L1).toString());
    if (first && last)
        return networksOfRange(*first, *last);
    QList<IpNetwork> networks;
    const QJsonArray blocks = object.value("cidr0_cidrs"_L1).toArray();
    for (const QJsonValue &value : blocks) {
        const QJsonObject block = value.toObject();
        QString prefix = block.value("v4prefix"_L1).toString();
        if (prefix.isEmpty())
            prefix = block.value("v6prefix"_L1).toString();
        const auto network =
            parseNetwork(u"%1/%2"_s.arg(prefix).arg(block.value("length"_L1).toInt(-1)));
        if (network && networks.size() < 254)
            networks.append(*network);
    }
    return networks;
}

QString listText(const QList<IpNetwork> &networks)
{
    constexpr qsizetype most = 16;
    if (networks.size() > most)
        return networks.first().first.text() + u" - "_s + networks.last().last().text();
    QStringList texts;
    for (const IpNetwork &network : networks)
        texts.append(network.text());
    return texts.join(u", "_s);
}

/// Where no organisation stands behind a network (RIPE, APNIC), these lines often name the holder.
QString description(const QJsonObject &network)
{
    constexpr qsizetype most = 300;
    const QJsonArray remarks = network.value("remarks"_L1).toArray();
    for (const QJsonValue &value : remarks) {
        const QJsonObject remark = value.toObject();
        const QString title = rdapText(remark, "title"_L1);
        const bool plain = title.isEmpty() && !remark.contains("type"_L1);
        if (!plain && title.compare("description"_L1, Qt::CaseInsensitive) != 0)
            continue;
        QStringList lines;
        const QJsonArray written = remark.value("description"_L1).toArray();
        for (const QJsonValue &line : written)
            lines.append(line.toString().simplified());
        lines.removeAll(QString());
        if (const QString text = lines.join(u", "_s); !isRedacted(text))
            return text.left(most);
    }
    return {};
}

QString country(const QJsonObject &network)
{
    const QString text = rdapText(network, "country"_L1);
    return text.size() == 2 ? text.toUpper() : text;
}

} // namespace

QList<IpNetwork> networksOfRange(IpAddress first, const IpAddress &last)
{
    constexpr qsizetype most = 254; // a 128-bit range needs no more
    QList<IpNetwork> networks;
    if (first.v6 != last.v6)
        return networks;
    while (first.bytes <= last.bytes && networks.size() < most) {
        IpNetwork block{first, first.v6 ? 128 : 32};
        while (block.length > 0 && !isBitSet(first, block.length - 1)
               && IpNetwork{first, block.length - 1}.last().bytes <= last.bytes)
            --block.length;
        networks.append(block);
        first = block.last();
        if (!increment(first))
            break;
    }
    return networks;
}

QList<Record> rdapNetworkRecords(const QJsonObject &network, const Artifact &asked)
{
    const QList<IpNetwork> networks = networksOf(network);
    const auto wanted = rdapNetworkOf(asked);
    const auto around = std::find_if(networks.cbegin(), networks.cend(), [&](const IpNetwork &n) {
        return wanted && n.length <= wanted->length && n.contains(wanted->first);
    });
    if (around == networks.cend())
        return {};
    WhoisRecords out({ArtifactKind::Cidr, around->text()});
    out.single(u"network"_s, listText(networks));
    out.detail(u"handle"_s, rdapText(network, "handle"_L1));
    out.detail(u"parent"_s, rdapText(network, "parentHandle"_L1));
    out.detail(u"changed"_s, rdapEvent(network, {"last changed"_L1}));
    out.single(u"name"_s, rdapText(network, "name"_L1));
    out.single(u"description"_s, description(network));
    const Contact holder = rdapContact(network, "registrant"_L1, 1);
    out.single(u"organisation"_s, holder.name.isEmpty() ? holder.organisation : holder.name);
    out.single(u"country"_s, country(network));
    out.single(u"type"_s, rdapText(network, "type"_L1).toLower());
    out.single(u"created"_s, rdapEvent(network, {"registration"_L1}));
    out.single(u"abuse_email"_s, rdapContact(network, "abuse"_L1).email);
    return out.records();
}

} // namespace wg
