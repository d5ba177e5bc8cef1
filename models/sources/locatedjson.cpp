// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/locatedjson.h"

#include "sources/jsontext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

namespace od = simdjson::ondemand;

/// Walks a document front to back; the places it is asked for only ever grow.
class Locating
{
public:
    explicit Locating(const char *begin)
        : m_at(begin)
        , m_lineBegin(begin)
    { }

    simdjson::error_code read(od::value value, LocatedJson &out)
    {
        std::string_view token = value.raw_json_token();
        out.place = placeOf(token.data());
        switch (value.type().value_unsafe()) {
        case od::json_type::array:
            out.kind = LocatedJson::Kind::List;
            return eachElement(
                value, [&](od::value element) { return read(element, out.items.emplaceBack()); });
        case od::json_type::object:
            out.kind = LocatedJson::Kind::Object;
            return readMembers(value, out);
        case od::json_type::string:
            out.kind = LocatedJson::Kind::Text;
            out.text = textOf(value.get_string().value_unsafe());
            return simdjson::SUCCESS;
        case od::json_type::number:
            out.kind = LocatedJson::Kind::Number;
            out.text = textOf(token).trimmed();
            return simdjson::SUCCESS;
        case od::json_type::boolean:
            out.kind = LocatedJson::Kind::Bool;
            out.text = token.starts_with('t') ? u"true"_s : u"false"_s;
            return simdjson::SUCCESS;
        case od::json_type::null:
            break;
        }
        return simdjson::SUCCESS;
    }

private:
    simdjson::error_code readMembers(od::value value, LocatedJson &out)
    {
        od::object object;
        if (const auto error = value.get_object().get(object))
            return error;
        for (auto field : object) {
            LocatedMember &member = out.members.emplaceBack();
            member.place = placeOf(field.key().value_unsafe().raw() - 1);
            std::string_view name;
            od::value inner;
            if (const auto error = field.unescaped_key().get(name))
                return error;
            if (const auto error = field.value().get(inner))
                return error;
            member.name = textOf(name);
            if (const auto error = read(inner, member.value))
                return error;
        }
        return simdjson::SUCCESS;
    }

    TextPlace placeOf(const char *where)
    {
        for (; m_at < where; ++m_at) {
            if (*m_at == '\n') {
                ++m_line;
                m_lineBegin = m_at + 1;
            }
        }
        return {m_line, int(where - m_lineBegin) + 1};
    }

    const char *m_at;
    const char *m_lineBegin;
    int m_line = 1;
};

TextPlace placeAt(const QByteArray &bytes, qsizetype offset)
{
    const QByteArrayView before = QByteArrayView(bytes).first(std::min(offset, bytes.size()));
    const qsizetype lineBegin = before.lastIndexOf('\n') + 1;
    return {int(before.count('\n')) + 1, int(before.size() - lineBegin) + 1};
}

/// Nothing, or what is wrong; simdjson looks at all of it, and Qt knows where the mistake is.
QString mistakeIn(const simdjson::padded_string &padded, const QByteArray &bytes)
{
    simdjson::dom::parser parser;
    simdjson::dom::object object;
    const auto error = parser.parse(padded).get(object);
    if (!error)
        return {};
    QJsonParseError syntax;
    const QJsonDocument whole = QJsonDocument::fromJson(bytes, &syntax);
    if (syntax.error != QJsonParseError::NoError)
        return at(placeAt(bytes, syntax.offset), syntax.errorString());
    if (!whole.isObject())
        return at({}, u"a JSON object is expected"_s);
    return at({}, QString::fromLatin1(simdjson::error_message(error)));
}

} // namespace

const LocatedJson *LocatedJson::member(QStringView name) const
{
    const auto found = std::find_if(members.cbegin(), members.cend(),
                                    [name](const auto &each) { return each.name == name; });
    return found == members.cend() ? nullptr : &found->value;
}

QString at(const TextPlace &place, const QString &sentence)
{
    return u"%1:%2: %3"_s.arg(place.line).arg(place.column).arg(sentence);
}

QJsonValue toJsonValue(const LocatedJson &json)
{
    switch (json.kind) {
    case LocatedJson::Kind::Null:
        return QJsonValue::Null;
    case LocatedJson::Kind::Bool:
        return json.text == "true"_L1;
    case LocatedJson::Kind::Number:
        return json.text.toDouble();
    case LocatedJson::Kind::Text:
        return json.text;
    case LocatedJson::Kind::List: {
        QJsonArray list;
        for (const LocatedJson &item : json.items)
            list.append(toJsonValue(item));
        return list;
    }
    case LocatedJson::Kind::Object: {
        QJsonObject object;
        for (const LocatedMember &member : json.members)
            object.insert(member.name, toJsonValue(member.value));
        return object;
    }
    }
    Q_UNREACHABLE();
}

Result<LocatedJson> readLocatedJson(const QByteArray &file)
{
    constexpr QByteArrayView byteOrderMark("\xEF\xBB\xBF"); // some editors write it
    const QByteArray bytes = file.mid(file.startsWith(byteOrderMark) ? byteOrderMark.size() : 0);
    const simdjson::padded_string padded(bytes.constData(), std::size_t(bytes.size()));
    if (const QString mistake = mistakeIn(padded, bytes); !mistake.isEmpty())
        return Error{ErrorCode::Malformed, mistake};
    od::parser parser;
    od::document document;
    od::value root;
    LocatedJson read;
    auto error = parser.iterate(padded).get(document);
    if (!error)
        error = document.get_value().get(root);
    if (!error)
        error = Locating(padded.data()).read(root, read);
    if (error)
        return Error{ErrorCode::Malformed,
                     at(read.place, QString::fromLatin1(simdjson::error_message(error)))};
    return read;
}

} // namespace wg
