// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <algorithm>
#include <cstring>
#include <simdjson.h>
#include <string_view>

namespace wg {

/// UTF-8 as text.
inline QString textOf(std::string_view bytes)
{
    return QString::fromUtf8(bytes.data(), qsizetype(bytes.size()));
}

/// Compares with a word known beforehand, for which the compiler needs no call.
template <std::size_t size>
bool is(std::string_view text, const char (&word)[size])
{
    return text.size() == size - 1 && std::memcmp(text.data(), word, size - 1) == 0;
}

template <std::size_t size>
bool begins(std::string_view text, const char (&word)[size])
{
    return text.size() >= size - 1 && std::memcmp(text.data(), word, size - 1) == 0;
}

/// A member's name: where it lies unless escapes must be undone first.
inline simdjson::simdjson_result<std::string_view> memberName(simdjson::ondemand::field &field)
{
    const char *const name = field.key().raw();
    const char *end = name; // a quotation mark is known to follow
    while (*end != '"' && *end != '\\')
        ++end;
    if (*end == '"')
        return std::string_view(name, std::size_t(end - name));
    return field.unescaped_key();
}

/// Calls take(name, value) for every member of an object until it returns an error.
template <class Take>
simdjson::error_code eachMember(simdjson::ondemand::object object, Take take)
{
    for (auto found : object) {
        simdjson::ondemand::field field;
        if (const auto error = std::move(found).get(field))
            return error;
        std::string_view name;
        if (const auto error = memberName(field).get(name))
            return error;
        if (const auto error = take(name, field.value()))
            return error;
    }
    return simdjson::SUCCESS;
}

/// Calls take(value) for every element of a list until it returns an error.
template <class Take>
simdjson::error_code eachElement(simdjson::ondemand::value list, Take take)
{
    simdjson::ondemand::array elements;
    if (const auto error = list.get_array().get(elements))
        return error;
    for (auto element : elements) {
        simdjson::ondemand::value value;
        if (const auto error = element.get(value))
            return error;
        if (const auto error = take(value))
            return error;
    }
    return simdjson::SUCCESS;
}

/// A string's text: where it lies unless escapes must be undone first.
inline simdjson::error_code stringText(simdjson::ondemand::value &value, std::string_view &out)
{
    const std::string_view token = value.raw_json_token(); // blanks may follow
    const std::string_view text = token.substr(1, std::max<std::size_t>(token.rfind('"'), 1) - 1);
    if (text.find('\\') != std::string_view::npos)
        return value.get_string().get(out);
    out = text;
    return simdjson::SUCCESS;
}

/// The digits of a number.
inline simdjson::error_code numberText(simdjson::ondemand::value &value, std::string_view &out)
{
    std::string_view digits = value.raw_json_token();
    while (!digits.empty() && (digits.back() == ' ' || digits.back() == '\t'))
        digits.remove_suffix(1);
    out = digits;
    // Plain digits need no proof; whatever else must not pass as a number unread.
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    const bool plain = digits.size() < 19 && digits.front() != '0'
        && std::all_of(digits.begin(), digits.end(), isDigit);
    double checked = 0;
    return plain ? simdjson::SUCCESS : value.get_double().get(checked);
}

/// A string's text, a number's digits, "" for null; INCORRECT_TYPE for the rest. The view lives
/// until the parser's next document.
inline simdjson::error_code scalarText(simdjson::ondemand::value &value, std::string_view &out)
{
    simdjson::ondemand::json_type type{};
    if (const auto error = value.type().get(type))
        return error;
    switch (type) {
    case simdjson::ondemand::json_type::string:
        return stringText(value, out);
    case simdjson::ondemand::json_type::number:
        return numberText(value, out);
    case simdjson::ondemand::json_type::null:
        out = {};
        return value.is_null() ? simdjson::SUCCESS : simdjson::INCORRECT_TYPE;
    default:
        return simdjson::INCORRECT_TYPE;
    }
}

/// True when nothing but white space follows what was read.
inline bool isAtEnd(simdjson::ondemand::document &document)
{
    return document.current_location().error() == simdjson::OUT_OF_BOUNDS;
}

} // namespace wg
