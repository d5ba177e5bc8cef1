// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/enrichmentwords.h"

#include <algorithm>

namespace wg {

using namespace Qt::StringLiterals;

namespace {

QStringList valuesOf(const QList<Saying> &sayings)
{
    QStringList values;
    for (const Saying &saying : sayings)
        values.append(saying.value.shown(60));
    return values;
}

QString named(const Saying &saying)
{
    return saying.name.isEmpty() ? saying.value.shown(60)
                                 : saying.value.shown(60) + u' ' + saying.name.shown(60);
}

} // namespace

QString EnrichmentWords::asn(const Enrichment &known)
{
    const auto asns = sayings(known.told, FactRole::Asn);
    return asns.size() == 1 ? named(asns.first()) : valuesOf(asns).join(tr(" or "));
}

QString EnrichmentWords::prefix(const Enrichment &known)
{
    return valuesOf(sayings(known.told, FactRole::Prefix)).join(tr(" or "));
}

QString EnrichmentWords::country(const Enrichment &known)
{
    return valuesOf(sayings(known.told, FactRole::Country)).join(tr(" or "));
}

QString EnrichmentWords::registeredDomain(const Enrichment &known)
{
    return known.registeredDomain == known.entity.value ? QString() : known.registeredDomain;
}

QStringList EnrichmentWords::facts(const Enrichment &known)
{
    QStringList parts{asn(known), prefix(known), country(known)};
    if (const QString domain = registeredDomain(known); !domain.isEmpty())
        parts.append(tr("below %1").arg(madeVisible(domain, 100)));
    parts.removeAll(QString());
    return parts;
}

QStringList EnrichmentWords::sources(const Enrichment &known, FactRole role)
{
    QStringList lines;
    const auto all = sayings(known.told, role);
    for (const Saying &saying : all) {
        lines.append(
            tr("%1, says %2").arg(named(saying), madeVisible(saying.sources.join(u", "_s), 200)));
    }
    if (all.size() > 1)
        lines.append(tr("The sources differ."));
    return lines;
}

QStringList EnrichmentWords::sources(const Enrichment &known)
{
    QStringList lines;
    for (const FactRole role : {FactRole::Asn, FactRole::Prefix, FactRole::Country})
        lines += sources(known, role);
    if (!known.registeredDomain.isEmpty()) {
        const QString date =
            known.suffixListDate.isEmpty() ? tr("unknown date") : known.suffixListDate;
        lines.append(tr("registered domain %1, by the public suffix list of %2")
                         .arg(madeVisible(known.registeredDomain, 100), date));
    }
    return lines;
}

QString EnrichmentWords::why(const SystemTag &tag)
{
    const QString reason = tag.why.shown(300);
    if (tag.list.isEmpty())
        return reason;
    const QString list = madeVisible(tag.list, 100);
    return tag.old ? tr("%1 (%2 of %3, over a year old)").arg(reason, list, tag.date)
                   : tr("%1 (%2 of %3)").arg(reason, list, tag.date);
}

QList<EnrichmentWords::Chip> EnrichmentWords::chips(const Enrichment &known)
{
    QList<Chip> chips;
    for (const SystemTag &tag : known.tags) {
        auto same = std::find_if(chips.begin(), chips.end(),
                                 [&tag](const Chip &chip) { return chip.tag == tag.tag; });
        if (same == chips.end())
            same = chips.insert(chips.end(), {madeVisible(tag.tag, 60), {}});
        same->why.append(why(tag));
    }
    return chips;
}

QList<EnrichmentWords::Chip> EnrichmentWords::remarkable(const Enrichment &known)
{
    auto all = chips(known);
    all.removeIf([](const Chip &chip) {
        return chip.tag.startsWith("asn:"_L1) || chip.tag == "routable"_L1;
    });
    return all;
}

} // namespace wg
