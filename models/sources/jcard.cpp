// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/jcard.h"

#include <QJsonArray>
#include <QJsonObject>
#include <array>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// ["fn", {}, "text", "value"]: name, parameters, type, value.
struct Property
{
    QString name;
    QJsonObject parameters;
    QJsonValue value;
};

Property propertyOf(const QJsonValue &json)
{
    const QJsonArray parts = json.toArray();
    return {parts.at(0).toString().toLower(), parts.at(1).toObject(), parts.at(3)};
}

/// The first text in a value that may be a list of texts.
QString textOf(const QJsonValue &value)
{
    if (!value.isArray())
        return value.toString().simplified();
    const QJsonArray parts = value.toArray();
    for (const QJsonValue &part : parts) {
        const QString text = part.toString().simplified();
        if (!text.isEmpty())
            return text;
    }
    return {};
}

QString meant(const QString &text)
{
    return isRedacted(text) ? QString() : text;
}

QString countryOf(const Property &address)
{
    constexpr qsizetype countryPart = 6; // RFC 6350 6.3.1
    QString country = address.parameters.value("cc"_L1).toString().simplified();
    if (country.isEmpty())
        country = textOf(address.value.toArray().at(countryPart));
    return meant(country.size() == 2 ? country.toUpper() : country);
}

QString mailOf(const QJsonValue &value)
{
    QString mail = textOf(value);
    if (mail.startsWith("mailto:"_L1, Qt::CaseInsensitive))
        mail = mail.mid(7);
    const qsizetype at = mail.indexOf(u'@');
    const bool plausible = at > 0 && at + 1 < mail.size() && !mail.contains(u' ');
    return plausible ? meant(mail.toLower()) : QString();
}

void take(Contact &contact, const Property &property)
{
    const auto fill = [](QString &field, const QString &text) {
        if (field.isEmpty())
            field = text;
    };
    if (property.name == "fn"_L1) {
        fill(contact.name, meant(textOf(property.value)));
    } else if (property.name == "org"_L1) {
        fill(contact.organisation, meant(textOf(property.value)));
    } else if (property.name == "adr"_L1) {
        fill(contact.country, countryOf(property));
    } else if (property.name == "email"_L1) {
        const QString mail = mailOf(property.value);
        if (property.parameters.value("pref"_L1).toVariant().toString() == "1"_L1
            && !mail.isEmpty())
            contact.email = mail;
        else
            fill(contact.email, mail);
    }
}

} // namespace

Contact readJcard(const QJsonValue &vcardArray)
{
    Contact contact;
    const QJsonArray card = vcardArray.toArray();
    if (card.at(0).toString().compare("vcard"_L1, Qt::CaseInsensitive) != 0)
        return contact;
    // Some servers leave out the inner array and list the properties behind the label.
    const bool nested = card.at(1).toArray().at(0).isArray();
    const QJsonArray properties = nested ? card.at(1).toArray() : card;
    for (const QJsonValue &property : properties)
        take(contact, propertyOf(property));
    return contact;
}

bool isRedacted(const QString &text)
{
    static constexpr std::array marks{"redacted"_L1,
                                      "gdpr masked"_L1,
                                      "not disclosed"_L1,
                                      "data protected"_L1,
                                      "statutory masking"_L1,
                                      "non-public data"_L1,
                                      "not available from registry"_L1};
    static constexpr std::array empties{"-"_L1,    "n/a"_L1,  "na."_L1,
                                        "none"_L1, "null"_L1, "unknown"_L1};
    const QString lower = text.trimmed().toLower();
    const auto contains = [&](QLatin1String mark) { return lower.contains(mark); };
    const auto equals = [&](QLatin1String word) { return lower == word; };
    return std::any_of(marks.begin(), marks.end(), contains)
        || std::any_of(empties.begin(), empties.end(), equals);
}

} // namespace wg
