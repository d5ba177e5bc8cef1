// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/codec.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>

namespace wg::codec {

namespace {

/// Text that stands in JSON as it is.
bool isPlain(const QString &text)
{
    return std::all_of(text.cbegin(), text.cend(),
                       [](QChar c) { return c >= u' ' && c < u'\x7f' && c != u'"' && c != u'\\'; });
}

/// What QJsonDocument writes for nearly all of them, at a tenth of its cost.
QString plainJson(const Attributes &attributes)
{
    QString json(u'{');
    for (const Attribute &attribute : attributes) {
        const QString &text = attribute.text.raw();
        if (!isPlain(attribute.name) || !isPlain(text))
            return {};
        json += json.size() > 1 ? QStringView(u",\"") : QStringView(u"\"");
        json += attribute.name;
        json += QStringView(u"\":\"");
        json += text;
        json += u'"';
    }
    json += u'}';
    return json;
}

} // namespace

std::optional<QString> fromAttributes(const Attributes &attributes)
{
    if (attributes.isEmpty())
        return std::nullopt;
    if (QString plain = plainJson(attributes); !plain.isEmpty())
        return plain;
    QJsonObject object;
    for (const Attribute &attribute : attributes)
        object.insert(attribute.name, attribute.text.raw());
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

Attributes toAttributes(const QString &json)
{
    Attributes attributes;
    if (json.isEmpty())
        return attributes;
    const QJsonObject object = QJsonDocument::fromJson(json.toUtf8()).object();
    for (auto it = object.begin(); it != object.end(); ++it)
        attributes.append({it.key(), UntrustedText::fromString(it.value().toString())});
    return attributes;
}

QByteArray fromDatasets(const QList<Dataset> &datasets)
{
    QByteArray bytes;
    for (const Dataset dataset : datasets)
        bytes.append(char(dataset));
    return bytes;
}

QList<Dataset> toDatasets(const QByteArray &bytes)
{
    QList<Dataset> datasets;
    for (const char byte : bytes)
        datasets.append(Dataset(byte));
    return datasets;
}

QString sortKey(const QString &value)
{
    constexpr qsizetype most = 48;
    if (value.size() <= most)
        return value;
    return value.left(value.at(most - 1).isHighSurrogate() ? most - 1 : most);
}

std::optional<QString> words(const QString &text)
{
    if (text.isEmpty())
        return std::nullopt;
    return UntrustedText::fromString(text).raw();
}

QString baseName(const QString &source)
{
    return source.section(u'@', 0, 0);
}

} // namespace wg::codec
