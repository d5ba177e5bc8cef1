// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/enrichmentshapes.h"

#include "items/enrichmentwords.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// The context of translated words.
struct Shapes
{
    Q_DECLARE_TR_FUNCTIONS(Shapes)
};

QJsonValue textOrNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

QLatin1String roleName(FactRole role)
{
    switch (role) {
    case FactRole::Asn:
        return "asn"_L1;
    case FactRole::Prefix:
        return "prefix"_L1;
    case FactRole::Country:
        return "country"_L1;
    case FactRole::Registrar:
        return "registrar"_L1;
    case FactRole::NameServer:
        return "name_server"_L1;
    case FactRole::Alias:
        return "cname"_L1;
    case FactRole::ReverseName:
        return "reverse_name"_L1;
    case FactRole::Address:
        return "address"_L1;
    }
    return {};
}

QString firstOf(const Enrichment &known, FactRole role)
{
    return sayings(known.told, role).value(0).value.raw();
}

void addRow(QList<QStringList> &rows, const QString &what, const QString &value,
            const QString &sources)
{
    if (!value.isEmpty())
        rows.append({u" "_s, what, value, sources});
}

} // namespace

QJsonObject enrichmentJson(const Enrichment &known)
{
    QJsonArray told;
    for (const FactRole role :
         {FactRole::Asn, FactRole::Prefix, FactRole::Country, FactRole::Registrar,
          FactRole::NameServer, FactRole::Alias, FactRole::ReverseName, FactRole::Address}) {
        for (const Saying &saying : sayings(known.told, role)) {
            told.append(QJsonObject{
                {u"what"_s, roleName(role)},
                {u"value"_s, saying.value.raw()},
                {u"name"_s, textOrNull(saying.name.raw())},
                {u"sources"_s, QJsonArray::fromStringList(saying.sources)},
            });
        }
    }
    return {
        {u"asn"_s, textOrNull(firstOf(known, FactRole::Asn))},
        {u"asn_name"_s, textOrNull(sayings(known.told, FactRole::Asn).value(0).name.raw())},
        {u"prefix"_s, textOrNull(firstOf(known, FactRole::Prefix))},
        {u"country"_s, textOrNull(firstOf(known, FactRole::Country))},
        {u"registrar"_s, textOrNull(firstOf(known, FactRole::Registrar))},
        {u"registered_domain"_s, textOrNull(known.registeredDomain)},
        {u"suffix_list_date"_s, textOrNull(known.suffixListDate)},
        {u"skeleton"_s, textOrNull(known.skeleton)},
        {u"looks_like"_s, textOrNull(known.lookAlike)},
        {u"told"_s, told},
    };
}

QJsonArray systemTagsJson(const Enrichment &known)
{
    QJsonArray tags;
    for (const SystemTag &tag : known.tags) {
        tags.append(QJsonObject{
            {u"tag"_s, tag.tag},
            {u"why"_s, tag.why.raw()},
            {u"list"_s, textOrNull(tag.list)},
            {u"date"_s, textOrNull(tag.date)},
            {u"old"_s, tag.old},
        });
    }
    return tags;
}

QJsonObject briefEnrichmentJson(const Enrichment &known)
{
    QStringList tags;
    for (const SystemTag &tag : known.tags)
        tags.append(tag.tag);
    tags.removeDuplicates();
    return {
        {u"asn"_s, textOrNull(firstOf(known, FactRole::Asn))},
        {u"country"_s, textOrNull(firstOf(known, FactRole::Country))},
        {u"system_tags"_s, QJsonArray::fromStringList(tags)},
    };
}

QList<QStringList> enrichmentRows(const Enrichment &known)
{
    QList<QStringList> rows;
    const auto all = [&](FactRole role, const QString &what) {
        for (const Saying &saying : sayings(known.told, role)) {
            const QString name = saying.name.isEmpty() ? QString() : u' ' + saying.name.shown(80);
            addRow(rows, what, saying.value.shown(120) + name,
                   madeVisible(saying.sources.join(u", "_s), 200));
        }
    };
    all(FactRole::Asn, Shapes::tr("ASN"));
    all(FactRole::Prefix, Shapes::tr("prefix"));
    all(FactRole::Country, Shapes::tr("country"));
    all(FactRole::Registrar, Shapes::tr("registrar"));
    addRow(rows, Shapes::tr("registered domain"), known.registeredDomain,
           Shapes::tr("public suffix list of %1").arg(known.suffixListDate));
    addRow(rows, Shapes::tr("careful"), madeVisible(known.lookAlike, 300), {});
    for (const auto &chip : EnrichmentWords::chips(known)) {
        for (const QString &why : chip.why)
            addRow(rows, Shapes::tr("tag"), chip.tag, why);
    }
    return rows;
}

QString briefEnrichment(const Enrichment &known)
{
    QStringList parts{EnrichmentWords::asn(known), EnrichmentWords::country(known)};
    for (const auto &chip : EnrichmentWords::remarkable(known))
        parts.append(chip.tag);
    parts.removeAll(QString());
    return parts.join(u", "_s);
}

} // namespace wg
