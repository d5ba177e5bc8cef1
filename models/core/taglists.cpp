// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/taglists.h"

#include <QDate>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

constexpr int oldAfterDays = 366;

/// The address with everything after its first bits cleared.
QByteArray networkKey(const IpAddress &address, int length)
{
    QByteArray key(reinterpret_cast<const char *>(address.bytes.data()), address.v6 ? 16 : 4);
    for (int bit = length; bit < int(key.size()) * 8; ++bit)
        key[bit / 8] = char(key[bit / 8] & ~(0x80 >> (bit % 8)));
    return key;
}

/// "dyn" of "dyn12": numbers count hosts.
QString withoutNumber(QString part)
{
    while (!part.isEmpty() && part.back().isDigit())
        part.chop(1);
    return part;
}

QStringList partsOf(const QString &name)
{
    QStringList parts;
    QString part;
    for (const QChar c : name) {
        if (c.isLetterOrNumber())
            part += c;
        else if (!part.isEmpty())
            parts.append(std::exchange(part, {}));
    }
    if (!part.isEmpty())
        parts.append(part);
    for (QString &one : parts)
        one = withoutNumber(one);
    return parts;
}

QList<uint> numbersIn(const QString &name)
{
    QList<uint> numbers;
    QString digits;
    for (const QChar c : name + u'.') {
        if (c.isDigit()) {
            digits += c;
            continue;
        }
        if (!digits.isEmpty())
            numbers.append(std::exchange(digits, {}).left(9).toUInt());
    }
    return numbers;
}

bool holdsRow(const QList<uint> &numbers, const QList<uint> &row)
{
    return std::search(numbers.cbegin(), numbers.cend(), row.cbegin(), row.cend())
        != numbers.cend();
}

QString hexDigits(const IpAddress &address)
{
    return QString::fromLatin1(
        QByteArray(reinterpret_cast<const char *>(address.bytes.data()), address.v6 ? 16 : 4)
            .toHex());
}

QString named(const QString &key, const QString &who)
{
    return who.isEmpty() ? key : u"%1 (%2)"_s.arg(key, who);
}

} // namespace

bool isOld(const QString &date, Instant now)
{
    const QDate day = QDate::fromString(date, Qt::ISODate);
    return !day.isValid() || day.daysTo(now.utc().date()) > oldAfterDays;
}

bool spellsAddress(const QString &name, const IpAddress &address)
{
    const QString hex = hexDigits(address);
    if (address.v6)
        return QString(name).remove(u'-').remove(u'.').contains(hex);
    if (name.contains(hex))
        return true;
    const QList<uint> forth{address.bytes[0], address.bytes[1], address.bytes[2], address.bytes[3]};
    const QList<uint> back(forth.crbegin(), forth.crend());
    const QList<uint> numbers = numbersIn(name);
    return holdsRow(numbers, forth) || holdsRow(numbers, back);
}

void TagLists::add(const TagList &list)
{
    const auto same = std::find_if(m_lists.begin(), m_lists.end(),
                                   [&list](const TagList &one) { return one.name == list.name; });
    if (same == m_lists.end())
        m_lists.append(list);
    else
        *same = list;
}

void TagLists::build()
{
    for (int list = 0; list < m_lists.size(); ++list) {
        const auto &entries = m_lists.at(list).entries;
        for (int entry = 0; entry < entries.size(); ++entry)
            index(entries.at(entry), {list, entry, false});
    }
}

void TagLists::index(const TagEntry &entry, const Place &place)
{
    for (const QString &name : entry.names)
        m_names[name].append(place);
    for (const QString &name : entry.nameServers)
        m_nameServers[name].append(place);
    for (const QString &asn : entry.asns)
        m_asns[asn].append(place);
    for (const QString &word : entry.words)
        m_words[word].append(place);
    for (const QString &word : entry.unless)
        m_opposites.insert(word);
    for (const IpNetwork &network : entry.addresses)
        indexNetwork(network, place);
    for (const IpNetwork &network : entry.except)
        indexNetwork(network, {place.list, place.entry, true});
}

void TagLists::indexNetwork(const IpNetwork &network, const Place &place)
{
    Networks &networks = network.first.v6 ? m_networks6 : m_networks4;
    networks[network.length][networkKey(network.first, network.length)].append(place);
}

/// The name itself and all it lies below; of each list the nearest.
QList<TagLists::Match> TagLists::namesAround(const Places &places, const QString &name)
{
    QList<Match> matches;
    QSet<int> met;
    for (qsizetype from = 0; from >= 0 && from < name.size();) {
        const QString around = name.mid(from);
        const auto found = places.constFind(around);
        if (found != places.cend()) {
            for (const Place &place : *found) {
                if (!met.contains(place.list))
                    matches.append({place, around});
                met.insert(place.list);
            }
        }
        const qsizetype dot = name.indexOf(u'.', from);
        from = dot < 0 ? -1 : dot + 1;
    }
    return matches;
}

/// Of each list the smallest network around the address decides.
QList<TagLists::Match> TagLists::networksAround(const IpAddress &address) const
{
    QList<Match> matches;
    QSet<int> met;
    for (const auto &[length, networks] : address.v6 ? m_networks6 : m_networks4) {
        const auto found = networks.constFind(networkKey(address, length));
        if (found == networks.cend())
            continue;
        for (const Place &place : *found) {
            if (met.contains(place.list))
                continue;
            met.insert(place.list);
            if (place.excepted)
                continue;
            IpNetwork network{address, length};
            const QByteArray &key = found.key();
            std::copy(key.cbegin(), key.cend(), network.first.bytes.begin());
            matches.append({place, network.text()});
        }
    }
    return matches;
}

/// A word counts only where the name spells the address as well: "pool.ntp.example" is no pool of
/// addresses.
QList<TagLists::Match> TagLists::dynamicWords(const QString &name, const IpAddress &address) const
{
    if (m_words.isEmpty() || !spellsAddress(name, address))
        return {};
    const QStringList parts = partsOf(name);
    const auto opposite = [this](const QString &part) { return m_opposites.contains(part); };
    if (std::any_of(parts.cbegin(), parts.cend(), opposite))
        return {};
    QList<Match> matches;
    QSet<int> met;
    for (const QString &part : parts) {
        for (const Place &place : m_words.value(part)) {
            if (!met.contains(place.list))
                matches.append({place, part});
            met.insert(place.list);
        }
    }
    return matches;
}

void TagLists::tell(QList<SystemTag> &tags, const Match &match, const QString &why,
                    Instant now) const
{
    const TagList &list = m_lists.at(match.place.list);
    const SystemTag tag{list.tag, UntrustedText::fromString(why), list.title, list.date,
                        isOld(list.date, now)};
    if (!tags.contains(tag))
        tags.append(tag);
}

void TagLists::tellAddress(QList<SystemTag> &tags, const Entity &entity, const QString &address,
                           Instant now) const
{
    const auto parsed = parseAddress(address);
    if (!parsed)
        return;
    const bool own = isAddress(entity);
    for (const Match &match : networksAround(*parsed)) {
        const TagList &list = m_lists.at(match.place.list);
        if (!own && list.tag == notRoutableTag)
            continue;
        const QString which = own ? address : u"its address "_s + address;
        const QString &who = list.entries.at(match.place.entry).who;
        tell(tags, match, u"%1 is in %2"_s.arg(which, named(match.key, who)), now);
    }
}

void TagLists::tellTold(QList<SystemTag> &tags, const Entity &entity, const Told &told,
                        Instant now) const
{
    const QString &value = told.value.raw();
    const auto each = [&](const QList<Match> &matches, const QString &sentence) {
        for (const Match &match : matches) {
            const TagList &list = m_lists.at(match.place.list);
            const QString &who = list.entries.at(match.place.entry).who;
            tell(tags, match, sentence.arg(value, named(match.key, who)), now);
        }
    };
    switch (told.role) {
    case FactRole::Asn:
        for (const Place &place : m_asns.value(value)) {
            const QString &who = m_lists.at(place.list).entries.at(place.entry).who;
            tell(tags, {place, value}, u"it is announced by %1"_s.arg(named(value, who)), now);
        }
        break;
    case FactRole::NameServer:
        each(namesAround(m_nameServers, value), u"its name server %1 is one of %2"_s);
        break;
    case FactRole::Alias:
        each(namesAround(m_names, value), u"its CNAME %1 leads to %2"_s);
        break;
    case FactRole::ReverseName:
        if (const auto address = parseAddress(entity.value))
            each(dynamicWords(value, *address),
                 u"its reverse name %1 spells the address and says \"%2\""_s);
        break;
    case FactRole::Address:
        tellAddress(tags, entity, value, now);
        break;
    case FactRole::Prefix:
    case FactRole::Country:
    case FactRole::Registrar:
        break;
    }
}

/// Said only where a list could have said the opposite.
void TagLists::tellRoutable(QList<SystemTag> &tags, const IpAddress &address, Instant now) const
{
    const auto named = [](const SystemTag &tag) { return tag.tag == notRoutableTag; };
    const auto list = std::find_if(m_lists.cbegin(), m_lists.cend(),
                                   [](const TagList &one) { return one.tag == notRoutableTag; });
    if (list == m_lists.cend() || std::any_of(tags.cbegin(), tags.cend(), named))
        return;
    const QString why = address.text() + u" is in no network that is set aside"_s;
    tags.append({u"routable"_s, UntrustedText::trusted(why), list->title, list->date,
                 isOld(list->date, now)});
}

QList<SystemTag> TagLists::tagsOf(const Enrichment &known, Instant now) const
{
    QList<SystemTag> tags;
    const QString &value = known.entity.value;
    const auto address = parseAddress(value);
    if (address) {
        tellAddress(tags, known.entity, value, now);
    } else {
        for (const Match &match : namesAround(m_names, value)) {
            // The service's own site is no customer of it.
            if (value == match.key || value == u"www."_s + match.key)
                continue;
            const TagList &list = m_lists.at(match.place.list);
            const QString &who = list.entries.at(match.place.entry).who;
            tell(tags, match, u"it lies below %1"_s.arg(named(match.key, who)), now);
        }
    }
    for (const Told &told : known.told)
        tellTold(tags, known.entity, told, now);
    if (address)
        tellRoutable(tags, *address, now);
    return tags;
}

} // namespace wg
