// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <algorithm>
#include <simdjson.h>
#include <string_view>

namespace wg {

/// UTF-8 as text.
inline QString textOf(std::string_view bytes)
{
    return QString::fromUtf8(bytes.data(), qsizetype(bytes.size()));
}

/// Calls take(name, value) for every member of an object until it returns an error.
template <class Take>
simdjson::error_code eachMember(simdjson::ondemand::object object, Take take)
{
    for (auto field : object) {
        std::string_view name;
        simdjson::ondemand::value value;
        if (const auto error = field.unescaped_key().get(name))
            return error;
        if (const auto error = field.value().get(value))
            return error;
        if (const auto error = take(name, value))
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

/// A string's text, a number's digits, "" for null; INCORRECT_TYPE for the rest. The view lives
/// until the parser's next document.
inline simdjson::simdjson_result<std::string_view> scalarText(simdjson::ondemand::value value)
{
    simdjson::ondemand::json_type type{};
    if (const auto error = value.type().get(type))
        return error;
    switch (type) {
    case simdjson::ondemand::json_type::string:
        return value.get_string();
    case simdjson::ondemand::json_type::number: {
        std::string_view digits = value.raw_json_token();
        while (!digits.empty() && (digits.back() == ' ' || digits.back() == '\t'))
            digits.remove_suffix(1);
        // Plain digits need no proof; whatever else must not pass as a number unread.
        const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
        const bool plain = digits.size() < 19 && digits.front() != '0'
            && std::all_of(digits.begin(), digits.end(), isDigit);
        if (!plain) {
            double checked = 0;
            if (const auto error = value.get_double().get(checked))
                return error;
        }
        return digits;
    }
    case simdjson::ondemand::json_type::null:
        if (value.is_null())
            return std::string_view();
        return simdjson::INCORRECT_TYPE;
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
