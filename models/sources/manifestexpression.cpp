// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/manifestreader.h"

#include "core/nearest.h"
#include "sources/certificatefields.h"

#include <array>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

struct TransformWord
{
    QLatin1String word;
    Transform::Kind kind;
    bool takesArgument;
};

constexpr std::array transformWords{
    TransformWord{"lower"_L1, Transform::Kind::Lower, false},
    TransformWord{"upper"_L1, Transform::Kind::Upper, false},
    TransformWord{"trim"_L1, Transform::Kind::Trim, false},
    TransformWord{"host"_L1, Transform::Kind::Host, false},
    TransformWord{"parent"_L1, Transform::Kind::Parent, false},
    TransformWord{"address"_L1, Transform::Kind::Address, false},
    TransformWord{"url_host"_L1, Transform::Kind::UrlHost, false},
    TransformWord{"record_type"_L1, Transform::Kind::RecordType, false},
    TransformWord{"time"_L1, Transform::Kind::Time, false},
    TransformWord{"hex"_L1, Transform::Kind::Hex, false},
    TransformWord{"decimal"_L1, Transform::Kind::Decimal, false},
    TransformWord{"serial"_L1, Transform::Kind::Serial, false},
    TransformWord{"lines"_L1, Transform::Kind::Lines, false},
    TransformWord{"split"_L1, Transform::Kind::Split, true},
    TransformWord{"join"_L1, Transform::Kind::Join, true},
    TransformWord{"before"_L1, Transform::Kind::Before, true},
    TransformWord{"after"_L1, Transform::Kind::After, true},
    TransformWord{"prefix"_L1, Transform::Kind::Prefix, true},
    TransformWord{"suffix"_L1, Transform::Kind::Suffix, true},
    TransformWord{"only"_L1, Transform::Kind::Only, true},
    TransformWord{"with"_L1, Transform::Kind::With, true},
    TransformWord{"or"_L1, Transform::Kind::Or, true},
    TransformWord{"certificate"_L1, Transform::Kind::Certificate, true},
    TransformWord{"not"_L1, Transform::Kind::Not, true},
};

/// A mistake in what stands behind the colon.
void checkArgument(ManifestFields &fields, const LocatedJson &item, const Transform &transform)
{
    const bool place =
        transform.kind == Transform::Kind::With || transform.kind == Transform::Kind::Or;
    if (place) {
        const auto read = parseJsonPlace(transform.argument);
        if (!read || read->isMany())
            fields.fail(item.place, u"\"%1\" is no place"_s.arg(transform.argument));
    }
    if (transform.kind != Transform::Kind::Certificate)
        return;
    const QStringList known = certificateFields();
    if (known.contains(transform.argument))
        return;
    const QString near = nearestWord(transform.argument, known);
    fields.fail(item.place,
                near.isEmpty() ? u"a certificate has no \"%1\""_s.arg(transform.argument)
                               : u"a certificate has no \"%1\"; did you mean \"%2\"?"_s.arg(
                                   transform.argument, near));
}

Transform readTransform(ManifestFields &fields, const LocatedJson &item)
{
    const qsizetype colon = item.text.indexOf(u':');
    const QString word = item.text.left(colon < 0 ? item.text.size() : colon);
    QStringList known;
    for (const auto &[name, kind, takesArgument] : transformWords) {
        known.append(name);
        if (name != word)
            continue;
        if (takesArgument != (colon >= 0))
            fields.fail(item.place,
                        takesArgument ? u"\"%1\" needs a text behind a colon"_s.arg(word)
                                      : u"\"%1\" takes nothing behind a colon"_s.arg(word));
        const Transform transform{kind, colon < 0 ? QString() : item.text.mid(colon + 1)};
        checkArgument(fields, item, transform);
        return transform;
    }
    const QString near = nearestWord(word, known);
    fields.fail(item.place,
                near.isEmpty()
                    ? u"no transform is called \"%1\""_s.arg(word)
                    : u"no transform is called \"%1\"; did you mean \"%2\"?"_s.arg(word, near));
    return {};
}

std::optional<JsonPlace> placeIn(ManifestFields &fields, const LocatedJson &item, bool many)
{
    const auto place =
        item.kind == LocatedJson::Kind::Text ? parseJsonPlace(item.text) : std::nullopt;
    if (!place)
        fields.fail(item.place, u"a place is expected, like \"/data/0/ip\" or \"1/name\""_s);
    else if (!many && place->isMany())
        fields.fail(item.place, u"\"*\" stands for many values, here one is expected"_s);
    return place;
}

/// A text is "=constant" or a place, so that nothing else need be written for most.
Expression shortExpression(ManifestFields &fields, const LocatedJson &item)
{
    Expression expression;
    if (item.text.startsWith(u'=') && item.text.size() > 1)
        expression.constant = item.text.mid(1);
    else if (const auto place = placeIn(fields, item, false))
        expression.places = {*place};
    return expression;
}

/// One place, or a list of which the first that holds something counts.
QList<JsonPlace> placesIn(ManifestFields &fields, const LocatedJson &item)
{
    QList<JsonPlace> places;
    const bool several = item.kind == LocatedJson::Kind::List;
    for (const LocatedJson &each : several ? item.items : QList<LocatedJson>{item}) {
        if (const auto place = placeIn(fields, each, false))
            places.append(*place);
    }
    return places;
}

Expression expressionIn(ManifestFields &fields, const LocatedJson &item)
{
    if (item.kind == LocatedJson::Kind::Text)
        return shortExpression(fields, item);
    Expression expression;
    if (item.kind == LocatedJson::Kind::List) {
        expression.places = placesIn(fields, item);
        return expression;
    }
    ManifestFields inner(item, fields.trouble());
    const LocatedJson *one = inner.find(u"at"_s);
    const LocatedJson *all = inner.find(u"all"_s);
    if (one && all)
        fields.fail(all->place, u"\"at\" and \"all\" exclude each other"_s);
    expression.all = all != nullptr;
    if (one || all)
        expression.places = placesIn(fields, one ? *one : *all);
    expression.constant = inner.text(u"text"_s);
    expression.transforms = readTransforms(inner);
    inner.end();
    if (!expression.isSet())
        fields.fail(item.place, u"\"at\", \"all\" or \"text\" is missing"_s);
    return expression;
}

} // namespace

QList<Transform> readTransforms(ManifestFields &fields)
{
    const LocatedJson *steps = fields.find(u"as"_s);
    if (!steps)
        return {};
    QList<Transform> transforms;
    const bool several = steps->kind == LocatedJson::Kind::List;
    for (const LocatedJson &step : several ? steps->items : QList<LocatedJson>{*steps})
        transforms.append(readTransform(fields, step));
    return transforms;
}

std::optional<JsonPlace> readPlace(ManifestFields &fields, const QString &name)
{
    const LocatedJson *item = fields.find(name);
    return item ? placeIn(fields, *item, false) : std::nullopt;
}

JsonPlace readPlaces(ManifestFields &fields, const QString &name)
{
    const LocatedJson *item = fields.find(name);
    return (item ? placeIn(fields, *item, true) : std::nullopt).value_or(JsonPlace{});
}

QList<JsonPlace> readPlaceList(ManifestFields &fields, const QString &name)
{
    QList<JsonPlace> places;
    for (const QString &text : fields.texts(name)) {
        if (const auto place = parseJsonPlace(text); place && !place->isMany())
            places.append(*place);
        else
            fields.fail(fields.find(name)->place, u"\"%1\" is no place"_s.arg(text));
    }
    return places;
}

Expression readExpression(ManifestFields &fields, const QString &name)
{
    const LocatedJson *item = fields.find(name);
    return item ? expressionIn(fields, *item) : Expression{};
}

QList<std::pair<QString, Expression>> readNamed(ManifestFields &fields, const QString &name)
{
    QList<std::pair<QString, Expression>> named;
    const LocatedJson *object = fields.find(name);
    if (!object)
        return named;
    if (object->kind != LocatedJson::Kind::Object)
        fields.fail(object->place, u"\"%1\" must be an object"_s.arg(name));
    for (const LocatedMember &member : object->members)
        named.append({member.name, expressionIn(fields, member.value)});
    return named;
}

} // namespace wg
