// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/manifestfields.h"

#include "core/nearest.h"

using namespace Qt::StringLiterals;

namespace wg {

namespace {

const LocatedJson nothing;

QString meant(const QString &word, const QStringList &words)
{
    const QString near = nearestWord(word, words);
    return near.isEmpty() ? u"; known are "_s + words.join(u", "_s)
                          : u"; did you mean \"%1\"?"_s.arg(near);
}

} // namespace

ManifestFields::ManifestFields(const LocatedJson &object, QString &trouble)
    : m_object(object.kind == LocatedJson::Kind::Object ? object : nothing)
    , m_trouble(trouble)
{
    if (object.kind != LocatedJson::Kind::Object)
        fail(object.place, u"an object is expected"_s);
}

void ManifestFields::fail(const TextPlace &place, const QString &sentence)
{
    if (m_trouble.isEmpty())
        m_trouble = at(place, sentence);
}

const LocatedJson *ManifestFields::find(const QString &name)
{
    if (!m_known.contains(name))
        m_known.append(name);
    return m_object.member(name);
}

const LocatedJson *ManifestFields::need(const QString &name)
{
    const LocatedJson *found = find(name);
    if (!found)
        fail(m_object.place, u"\"%1\" is missing"_s.arg(name));
    return found;
}

const LocatedJson *ManifestFields::typed(const QString &name, LocatedJson::Kind kind,
                                         const QString &what)
{
    const LocatedJson *found = find(name);
    if (!found || found->kind == kind)
        return found;
    fail(found->place, u"\"%1\" must be %2"_s.arg(name, what));
    return nullptr;
}

QString ManifestFields::text(const QString &name)
{
    const LocatedJson *found = typed(name, LocatedJson::Kind::Text, u"a text"_s);
    return found ? found->text : QString();
}

QString ManifestFields::neededText(const QString &name)
{
    const QString read = text(name);
    const LocatedJson *found = need(name);
    if (found && read.isEmpty())
        fail(found->place, u"\"%1\" must not be empty"_s.arg(name));
    return read;
}

int ManifestFields::number(const QString &name, int fallback, int least, int most)
{
    const LocatedJson *found = typed(name, LocatedJson::Kind::Number, u"a number"_s);
    if (!found)
        return fallback;
    bool whole = false;
    const int value = found->text.toInt(&whole);
    if (whole && value >= least && value <= most)
        return value;
    fail(found->place,
         u"\"%1\" must be a whole number from %2 to %3"_s.arg(name).arg(least).arg(most));
    return fallback;
}

bool ManifestFields::flag(const QString &name)
{
    const LocatedJson *found = typed(name, LocatedJson::Kind::Bool, u"true or false"_s);
    return found && found->text == "true"_L1;
}

QStringList ManifestFields::texts(const QString &name)
{
    const LocatedJson *found = find(name);
    if (!found)
        return {};
    if (found->kind == LocatedJson::Kind::Text)
        return {found->text};
    if (found->kind != LocatedJson::Kind::List)
        fail(found->place, u"\"%1\" must be a text or a list of texts"_s.arg(name));
    QStringList all;
    for (const LocatedJson &item : found->items) {
        if (item.kind == LocatedJson::Kind::Text)
            all.append(item.text);
        else
            fail(item.place, u"a text is expected"_s);
    }
    return all;
}

int ManifestFields::choice(const QString &name, const QStringList &words)
{
    const QString word = text(name);
    const auto index = int(words.indexOf(word));
    if (const LocatedJson *found = m_object.member(name); found && index < 0)
        fail(found->place, u"\"%1\" cannot be \"%2\""_s.arg(name, word) + meant(word, words));
    return index;
}

void ManifestFields::eachObject(const QString &name,
                                const std::function<void(ManifestFields &)> &take)
{
    const LocatedJson *found = typed(name, LocatedJson::Kind::List, u"a list"_s);
    if (!found)
        return;
    for (const LocatedJson &item : found->items) {
        ManifestFields fields(item, m_trouble);
        take(fields);
        fields.end();
    }
}

void ManifestFields::object(const QString &name, const std::function<void(ManifestFields &)> &take)
{
    const LocatedJson *found = typed(name, LocatedJson::Kind::Object, u"an object"_s);
    if (!found)
        return;
    ManifestFields fields(*found, m_trouble);
    take(fields);
    fields.end();
}

void ManifestFields::end()
{
    QStringList seen;
    for (const LocatedMember &member : m_object.members) {
        if (seen.contains(member.name))
            fail(member.place, u"\"%1\" stands here twice"_s.arg(member.name));
        else if (!m_known.contains(member.name))
            fail(member.place,
                 u"\"%1\" is unknown here"_s.arg(member.name) + meant(member.name, m_known));
        seen.append(member.name);
    }
}

} // namespace wg
