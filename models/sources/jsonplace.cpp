// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/jsonplace.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace wg {

namespace {

namespace dom = simdjson::dom;

/// RFC 6901 section 4: "~1" is "/", "~0" is "~".
std::optional<std::string> unescaped(std::string_view token)
{
    std::string plain;
    for (std::size_t i = 0; i < token.size(); ++i) {
        if (token[i] != '~') {
            plain += token[i];
            continue;
        }
        if (++i == token.size() || (token[i] != '0' && token[i] != '1'))
            return std::nullopt;
        plain += token[i] == '0' ? '~' : '/';
    }
    return plain;
}

std::optional<dom::element> childOf(dom::element value, const std::string &token)
{
    dom::element child;
    if (dom::object object; value.get(object) == simdjson::SUCCESS)
        return object.at_key(token).get(child) ? std::nullopt : std::optional(child);
    dom::array list;
    if (value.get(list) != simdjson::SUCCESS)
        return std::nullopt;
    std::size_t index = 0;
    if (token == "-") {
        if (list.size() == 0)
            return std::nullopt;
        index = list.size() - 1;
    } else {
        const auto end = token.data() + token.size();
        const auto read = std::from_chars(token.data(), end, index);
        if (read.ec != std::errc() || read.ptr != end)
            return std::nullopt;
    }
    return list.at(index).get(child) ? std::nullopt : std::optional(child);
}

} // namespace

bool JsonPlace::isMany() const
{
    return std::find(tokens.begin(), tokens.end(), "*") != tokens.end();
}

QString JsonPlace::words() const
{
    QStringList names;
    for (const std::string &token : tokens)
        names.append(QString::fromStdString(token));
    return names.isEmpty() ? text : names.join(QLatin1Char('/'));
}

std::optional<JsonPlace> parseJsonPlace(const QString &text)
{
    JsonPlace place;
    place.text = text;
    const std::string bytes = text.toStdString();
    std::string_view rest = bytes;
    if (!rest.empty() && rest.front() >= '0' && rest.front() <= '9') {
        int up = 0;
        const auto read = std::from_chars(rest.data(), rest.data() + rest.size(), up);
        if (read.ec != std::errc())
            return std::nullopt;
        place.up = up;
        rest.remove_prefix(std::size_t(read.ptr - rest.data()));
        if (rest == "#") {
            place.name = true;
            return place;
        }
    }
    while (!rest.empty()) {
        if (rest.front() != '/')
            return std::nullopt;
        rest.remove_prefix(1);
        const std::size_t end = std::min(rest.find('/'), rest.size());
        auto token = unescaped(rest.substr(0, end));
        if (!token)
            return std::nullopt;
        place.tokens.push_back(*std::move(token));
        rest.remove_prefix(end);
    }
    return place;
}

std::optional<dom::element> JsonRow::find(const JsonPlace &place) const
{
    const qsizetype up = place.up ? *place.up : m_steps.size() - 1;
    if (up >= m_steps.size())
        return std::nullopt;
    std::optional<dom::element> found = m_steps[m_steps.size() - 1 - up].value;
    for (const auto &token : place.tokens) {
        found = childOf(*found, token);
        if (!found)
            return std::nullopt;
    }
    return found;
}

std::optional<QString> JsonRow::nameAt(const JsonPlace &place) const
{
    if (!place.up || *place.up >= m_steps.size() - 1)
        return std::nullopt;
    return QString::fromStdString(m_steps[m_steps.size() - 1 - *place.up].name);
}

void JsonRow::each(const JsonPlace &place, const std::function<void(const JsonRow &)> &take) const
{
    JsonRow row = *this;
    const qsizetype up = place.up ? *place.up : m_steps.size() - 1;
    if (up >= m_steps.size())
        return;
    row.m_steps.resize(m_steps.size() - up);
    row.walk(place, 0, take);
}

void JsonRow::walk(const JsonPlace &place, std::size_t token,
                   const std::function<void(const JsonRow &)> &take)
{
    if (token == place.tokens.size()) {
        take(*this);
        return;
    }
    const auto into = [&](dom::element value, std::string name) {
        m_steps.append({value, std::move(name)});
        walk(place, token + 1, take);
        m_steps.removeLast();
    };
    const dom::element here = value();
    if (place.tokens[token] != "*") {
        if (const auto child = childOf(here, place.tokens[token]))
            into(*child, place.tokens[token]);
    } else if (dom::object object; here.get(object) == simdjson::SUCCESS) {
        for (const auto &[name, value] : object)
            into(value, std::string(name));
    } else if (dom::array list; here.get(list) == simdjson::SUCCESS) {
        std::size_t number = 0;
        for (const dom::element value : list)
            into(value, std::to_string(number++));
    }
}

std::optional<QString> scalarText(dom::element value)
{
    switch (value.type()) {
    case dom::element_type::STRING: {
        const std::string_view text = value.get_string().value_unsafe();
        return QString::fromUtf8(text.data(), qsizetype(text.size()));
    }
    case dom::element_type::INT64:
    case dom::element_type::UINT64:
    case dom::element_type::DOUBLE:
    case dom::element_type::BOOL:
        return QString::fromStdString(simdjson::minify(value));
    default:
        return std::nullopt;
    }
}

std::optional<qint64> wholeNumber(std::optional<dom::element> value)
{
    if (!value)
        return std::nullopt;
    bool isNumber = false;
    const double number = scalarText(*value).value_or(QString()).trimmed().toDouble(&isNumber);
    constexpr double most = 1e15; // up to there every whole number is one
    if (!isNumber || number != std::floor(number) || std::abs(number) > most)
        return std::nullopt;
    return qint64(number);
}

} // namespace wg
