// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/codec.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

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

constexpr QChar partSign = u'\x1c';
constexpr QChar ownerSign = u'\x1d';
constexpr QChar pairSign = u'\x1e';
constexpr QChar nameSign = u'\x1f';

/// Names that millions of facts have. The letters are stored.
struct Letter
{
    QChar letter;
    QLatin1String name;
};
constexpr std::array letters{Letter{u'b', "bailiwick"_L1}, Letter{u'c', "count"_L1},
                             Letter{u'p', "preference"_L1}, Letter{u't', "ttl"_L1}};

constexpr qsizetype usualPacked = 32;

/// A pair by itself: the bailiwick is the owner, written with its last dot.
constexpr QChar ownBailiwick = u'B';

bool isSign(QChar c)
{
    return c >= partSign && c <= nameSign;
}

const Letter *letterOf(const QString &name)
{
    const auto *const known = std::find_if(letters.begin(), letters.end(), [&](const Letter &each) {
        return name.size() == each.name.size() && name == each.name;
    });
    return known == letters.end() ? nullptr : known;
}

bool hasSign(const QString &text)
{
    bool found = false; // without a way out of the loop many letters are looked at together
    for (const QChar c : text)
        found |= isSign(c);
    return found;
}

bool isPackable(const Attribute &attribute)
{
    const QString &name = attribute.name;
    const bool named = letterOf(name)
        || (!name.startsWith(u'{') && !name.startsWith(ownBailiwick) && !hasSign(name));
    return named && !hasSign(attribute.text.raw());
}

/// Whether a text is the owner's name, and what stands behind it.
std::optional<QStringView> behindOwner(QStringView text, const QString &owner)
{
    const QStringView behind = text.mid(std::min(owner.size(), text.size()));
    const bool own =
        !owner.isEmpty() && text.startsWith(owner) && (behind.isEmpty() || behind == u'.');
    return own ? std::optional(behind) : std::nullopt;
}

/// Whether a sign must part it from the next one.
bool appendPacked(QString &to, const Attribute &attribute, const QString &owner)
{
    const auto behind = behindOwner(attribute.text.raw(), owner);
    const Letter *const known = letterOf(attribute.name);
    if (behind && !behind->isEmpty() && known == letters.begin()) {
        to += ownBailiwick;
        return false;
    }
    if (known)
        to += known->letter;
    else
        to += attribute.name + nameSign;
    if (behind)
        to += ownerSign + behind->toString();
    else
        to += attribute.text.raw();
    return true;
}

Attribute unpackedOne(QStringView pair, const QString &owner)
{
    QString name;
    const qsizetype end = pair.indexOf(nameSign);
    if (end >= 0) {
        name = pair.left(end).toString();
    } else {
        const auto known = std::find_if(letters.begin(), letters.end(), [&](const Letter &each) {
            return pair.startsWith(each.letter);
        });
        name = known == letters.end() ? pair.left(1).toString() : QString(known->name);
    }
    QString text = pair.mid(end >= 0 ? end + 1 : 1).toString();
    if (text.startsWith(ownerSign))
        text.replace(0, 1, owner);
    return {name, UntrustedText::fromString(text)};
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

std::optional<QString> packed(const Attributes &attributes, const QString &owner)
{
    if (!std::all_of(attributes.cbegin(), attributes.cend(), isPackable))
        return fromAttributes(attributes);
    QString text;
    if (!attributes.isEmpty())
        text.reserve(usualPacked);
    bool apart = false;
    for (const Attribute &attribute : attributes) {
        if (apart)
            text += pairSign;
        apart = appendPacked(text, attribute, owner);
    }
    return text.isEmpty() ? std::nullopt : std::optional(text);
}

Attributes unpacked(const QString &text, const QString &owner)
{
    if (text.isEmpty() || text.startsWith(u'{'))
        return toAttributes(text);
    Attributes attributes;
    for (QStringView rest = text; !rest.isEmpty();) {
        if (rest.startsWith(ownBailiwick)) {
            attributes.append({letters[0].name, UntrustedText::fromString(owner + u'.')});
            rest = rest.mid(1);
            continue;
        }
        const qsizetype end = rest.indexOf(pairSign);
        attributes.append(unpackedOne(end < 0 ? rest : rest.left(end), owner));
        rest = end < 0 ? QStringView() : rest.mid(end + 1);
    }
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

std::optional<QString> joined(const Said &said)
{
    QString text = said.details;
    if (!said.attributes.isEmpty() || !said.rest.isEmpty())
        text += partSign + said.attributes;
    if (!said.rest.isEmpty())
        text += partSign + said.rest;
    return text.isEmpty() ? std::nullopt : std::optional(text);
}

Said parted(const QString &text)
{
    const qsizetype details = text.indexOf(partSign);
    if (details < 0)
        return {text, {}, {}};
    const qsizetype attributes = text.indexOf(partSign, details + 1);
    if (attributes < 0)
        return {text.left(details), text.mid(details + 1), {}};
    return {text.left(details), text.mid(details + 1, attributes - details - 1),
            text.mid(attributes + 1)};
}

QString sortKey(const QString &value)
{
    if (value.size() <= longestSortKey)
        return value;
    qsizetype end = 0; // as the engines count: a surrogate pair is one
    for (qsizetype points = 0; points < longestSortKey && end < value.size(); ++points)
        end += value.at(end).isHighSurrogate() ? 2 : 1;
    return value.left(end);
}

std::optional<QString> words(const QString &text)
{
    if (text.isEmpty())
        return std::nullopt;
    return UntrustedText::fromString(text).raw();
}

QString decodable(const QString &text)
{
    constexpr QChar mark(0xfeff);
    return text.startsWith(mark) ? mark + text : text;
}

QString baseName(const QString &source)
{
    return source.section(u'@', 0, 0);
}

} // namespace wg::codec
