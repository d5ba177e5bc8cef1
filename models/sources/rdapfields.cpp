// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/rdapfields.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

bool hasRole(const QJsonObject &entity, QLatin1String role)
{
    const QJsonValue roles = entity.value("roles"_L1);
    if (roles.isString())
        return roles.toString().compare(role, Qt::CaseInsensitive) == 0;
    const QJsonArray list = roles.toArray();
    return std::any_of(list.begin(), list.end(), [role](const QJsonValue &r) {
        return r.toString().compare(role, Qt::CaseInsensitive) == 0;
    });
}

/// The entities of an object in an order of their own: registries change theirs.
QList<QJsonObject> entitiesOf(const QJsonObject &object)
{
    const QJsonArray array = object.value("entities"_L1).toArray();
    QList<std::pair<QByteArray, QJsonObject>> keyed;
    for (const QJsonValue &value : array) {
        const QJsonObject entity = value.toObject(); // null members are none
        keyed.append({entity.value("handle"_L1).toString().toUtf8() + '\0'
                          + QJsonDocument(entity).toJson(QJsonDocument::Compact),
                      entity});
    }
    std::sort(keyed.begin(), keyed.end(),
              [](const auto &one, const auto &other) { return one.first < other.first; });
    QList<QJsonObject> entities;
    for (const auto &[key, entity] : std::as_const(keyed))
        entities.append(entity);
    return entities;
}

/// Every entity with this role, outer ones first.
void collect(const QJsonObject &object, QLatin1String role, int depth, QList<QJsonObject> &out)
{
    constexpr qsizetype most = 64;
    const QList<QJsonObject> entities = entitiesOf(object);
    for (const QJsonObject &entity : entities) {
        if (hasRole(entity, role) && out.size() < most)
            out.append(entity);
    }
    if (depth <= 1)
        return;
    for (const QJsonObject &entity : entities)
        collect(entity, role, depth - 1, out);
}

/// "+0000" as some registries write it is not RFC 3339's "+00:00".
QString withColonInZone(const QString &date)
{
    const qsizetype sign = date.size() - 5;
    if (sign < 10 || (date[sign] != u'+' && date[sign] != u'-') || date.contains(u'Z'))
        return date;
    return date.left(sign + 3) + u':' + date.mid(sign + 3);
}

} // namespace

void WhoisRecords::add(const QString &type, const QString &value, Identity identity)
{
    const auto same = [&](const Record &r) {
        return r.type == type && (identity == Identity::Type || r.value.raw() == value);
    };
    m_added = !value.isEmpty() && std::none_of(m_records.cbegin(), m_records.cend(), same);
    if (!m_added)
        return;
    Record record;
    record.owner = m_owner;
    record.dataset = Dataset::Whois;
    record.type = type;
    record.value = UntrustedText::fromString(value);
    record.identity = identity;
    m_records.append(std::move(record));
}

void WhoisRecords::single(const QString &type, const QString &value)
{
    add(type, value, Identity::Type);
}

void WhoisRecords::member(const QString &type, const QString &value)
{
    add(type, value, Identity::Value);
}

void WhoisRecords::attribute(const QString &name, const QString &text)
{
    if (m_added)
        setAttribute(m_records.last().attributes, name, UntrustedText::fromString(text));
}

void WhoisRecords::detail(const QString &name, const QString &text)
{
    if (m_added)
        setAttribute(m_records.last().details, name, UntrustedText::fromString(text));
}

QString whoisStatus(const QString &text)
{
    QString words;
    const QString plain = text.simplified();
    for (qsizetype i = 0; i < plain.size(); ++i) {
        const QChar c = plain[i];
        if (c == u' ' && plain.mid(i + 1).startsWith("http"_L1))
            break;
        if (c.isUpper() && i > 0 && plain[i - 1].isLower())
            words += u' ';
        words += c == u'_' ? QChar(u' ') : c.toLower();
    }
    return isRedacted(words) ? QString() : words;
}

QString rdapText(const QJsonObject &object, QLatin1String member)
{
    const QString text = object.value(member).toString().simplified();
    return isRedacted(text) ? QString() : text;
}

QString rdapEvent(const QJsonObject &object, std::initializer_list<QLatin1String> actions)
{
    const QJsonArray events = object.value("events"_L1).toArray();
    std::optional<Instant> chosen;
    for (const QLatin1String action : actions) {
        const bool earliest = action == "registration"_L1;
        for (const QJsonValue &value : events) {
            const QJsonObject event = value.toObject();
            if (event.value("eventAction"_L1).toString().compare(action, Qt::CaseInsensitive) != 0)
                continue;
            const QString date = event.value("eventDate"_L1).toString().trimmed();
            const auto at = parseInstant(withColonInZone(date));
            if (at && (!chosen || (earliest ? *at < *chosen : *chosen < *at)))
                chosen = at;
        }
        if (chosen)
            return toRfc3339(*chosen);
    }
    return {};
}

QJsonObject rdapEntity(const QJsonObject &object, QLatin1String role, int depth)
{
    QList<QJsonObject> found;
    collect(object, role, depth, found);
    return found.value(0);
}

Contact rdapContact(const QJsonObject &object, QLatin1String role, int depth)
{
    QList<QJsonObject> found;
    collect(object, role, depth, found);
    for (const QJsonObject &entity : std::as_const(found)) {
        const Contact contact = readJcard(entity.value("vcardArray"_L1));
        if (!(contact.name + contact.organisation + contact.email + contact.country).isEmpty())
            return contact;
    }
    return {};
}

} // namespace wg
