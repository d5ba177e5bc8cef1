// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/enrichment.h"

#include "core/address.h"
#include "core/entitytext.h"
#include "core/hostname.h"
#include "core/names.h"
#include "core/spoof.h"
#include "core/taglists.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

struct Kind
{
    Dataset dataset;
    QLatin1String type;
    FactRole role;
};

constexpr Kind kinds[] = {
    {Dataset::Network, "asn"_L1, FactRole::Asn},
    {Dataset::Network, "prefix"_L1, FactRole::Prefix},
    {Dataset::Network, "country"_L1, FactRole::Country},
    {Dataset::Whois, "country"_L1, FactRole::Country},
    {Dataset::Whois, "registrar"_L1, FactRole::Registrar},
    {Dataset::Whois, "nameserver"_L1, FactRole::NameServer},
    {Dataset::Dns, "NS"_L1, FactRole::NameServer},
    {Dataset::Dns, "CNAME"_L1, FactRole::Alias},
    {Dataset::Dns, "PTR"_L1, FactRole::ReverseName},
};

/// Holders and registrars have names; what is longer is something else.
constexpr qsizetype longestValue = 300;
constexpr qsizetype longestSlug = 24;

std::optional<FactRole> roleOf(Dataset dataset, QStringView type)
{
    const auto found = std::find_if(std::begin(kinds), std::end(kinds), [&](const Kind &kind) {
        return kind.dataset == dataset && kind.type == type;
    });
    return found == std::end(kinds) ? std::nullopt : std::optional(found->role);
}

/// "AS64496" for "AS64496", "as64496" and "64496".
QString asnText(QStringView text)
{
    if (text.startsWith("AS"_L1, Qt::CaseInsensitive))
        text = text.sliced(2);
    bool ok = false;
    const quint32 number = text.toUInt(&ok);
    return ok && number > 0 ? u"AS%1"_s.arg(number) : QString();
}

QString countryText(const QString &text)
{
    const bool two = text.size() == 2 && text[0].isLetter() && text[1].isLetter();
    return two ? text.toUpper() : QString();
}

/// In one form for all sources, so that they can be seen to agree; empty where it makes no sense.
QString valueText(FactRole role, const QString &raw)
{
    const QString text = raw.simplified().left(longestValue);
    switch (role) {
    case FactRole::Asn:
        return asnText(text);
    case FactRole::Prefix: {
        const auto network = parseNetwork(text);
        return network ? network->text() : QString();
    }
    case FactRole::Country:
        return countryText(text);
    case FactRole::Registrar:
        return text;
    case FactRole::NameServer:
    case FactRole::Alias:
    case FactRole::ReverseName:
        return canonicalHostName(text).value_or(QString());
    case FactRole::Address: {
        const auto address = parseAddress(text);
        return address ? address->text() : QString();
    }
    }
    return {};
}

/// What an organisation is called in short: the first word of "EXAMPLE-NET - Example Inc., US".
QString slug(const QString &holder)
{
    QString out;
    for (const QChar c : holder.toLower()) {
        if (c.unicode() < 0x80 && (c.isLetterOrNumber() || (c == u'-' && !out.isEmpty())))
            out += c;
        else if (!out.isEmpty())
            break;
    }
    out.truncate(longestSlug);
    while (out.endsWith(u'-'))
        out.chop(1);
    return out;
}

/// One tag an ASN; that sources differ is seen by their being several.
QList<SystemTag> asnTags(const QList<Told> &told)
{
    QList<SystemTag> tags;
    for (const Saying &asn : sayings(told, FactRole::Asn)) {
        const QString holder = asn.name.raw();
        const QString word = slug(holder);
        const QString whose =
            holder.isEmpty() ? asn.value.raw() : u"%1 (%2)"_s.arg(asn.value.raw(), holder);
        const QString why = u"%1, says %2"_s.arg(whose, asn.sources.join(u", "_s));
        tags.append({u"asn:"_s + (word.isEmpty() ? asn.value.raw().toLower() : word),
                     UntrustedText::fromString(why),
                     {},
                     {},
                     false});
    }
    return tags;
}

} // namespace

bool mayEnrich(Dataset dataset, QStringView type)
{
    return roleOf(dataset, type).has_value();
}

std::optional<Told> toldBy(const Record &record, const QString &source)
{
    const auto role = roleOf(record.dataset, record.type);
    if (!role)
        return std::nullopt;
    // A domain's whois tells where its owner lives, which is no place of the domain.
    const bool ofOwner = record.dataset == Dataset::Whois && *role == FactRole::Country
        && record.owner.kind == ArtifactKind::Domain;
    const QString value = valueText(*role, record.value.raw());
    if (ofOwner || value.isEmpty())
        return std::nullopt;
    Told told{*role, UntrustedText::trusted(value), {}, source};
    if (*role == FactRole::Asn) {
        told.name = UntrustedText::trusted(
            attribute(record.details, u"holder").raw().simplified().left(longestValue));
    }
    return told;
}

QList<Saying> sayings(const QList<Told> &told, FactRole role)
{
    QList<Saying> list;
    for (const Told &one : told) {
        if (one.role != role)
            continue;
        auto same = std::find_if(list.begin(), list.end(),
                                 [&one](const Saying &s) { return s.value == one.value; });
        if (same == list.end())
            same = list.insert(list.end(), {one.value, {}, {}});
        if (same->name.isEmpty())
            same->name = one.name;
        if (!same->sources.contains(one.source))
            same->sources.append(one.source);
    }
    std::stable_sort(list.begin(), list.end(), [](const Saying &a, const Saying &b) {
        return a.sources.size() > b.sources.size();
    });
    return list;
}

Enrichment enriched(Enrichment known, const TagLists &lists, Instant now,
                    const QStringList &ownNames)
{
    if (known.entity.kind == ArtifactKind::Domain) {
        const QString &name = known.entity.value;
        known.registeredDomain = registeredDomain(name);
        known.suffixListDate = publicSuffixListDate();
        known.skeleton = skeleton(toUnicodeName(name).value_or(name));
        known.lookAlike = confusableWarning(name, ownNames);
    }
    known.tags = asnTags(known.told) + lists.tagsOf(known, now);
    return known;
}

} // namespace wg
