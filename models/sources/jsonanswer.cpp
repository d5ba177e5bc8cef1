// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/jsonanswer.h"

#include "sources/answertext.h"

#include <algorithm>

namespace wg {

namespace {

/// 2^63 has so many digits: fewer always fit.
constexpr qsizetype longDigits = 19;

/// The end of the text that begins at a quotation mark.
qsizetype textEnd(const QByteArray &json, qsizetype from)
{
    qsizetype i = from + 1;
    for (; i < json.size() && json[i] != '"'; ++i)
        i += json[i] == '\\' ? 1 : 0;
    return std::min(i + 1, json.size());
}

qsizetype numberEnd(const QByteArray &json, qsizetype from)
{
    constexpr std::string_view numberBytes = "0123456789+-.eE";
    qsizetype i = from;
    while (i < json.size() && numberBytes.find(json[i]) != std::string_view::npos)
        ++i;
    return i;
}

bool isLong(QByteArrayView number)
{
    const QByteArrayView digits = number.startsWith('-') ? number.sliced(1) : number;
    return digits.size() >= longDigits
        && std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
}

QByteArray longNumbersAsTexts(const QByteArray &json)
{
    QByteArray out;
    out.reserve(json.size() + 64);
    for (qsizetype i = 0; i < json.size();) {
        const bool text = json[i] == '"';
        const qsizetype end = text ? textEnd(json, i) : std::max(numberEnd(json, i), i + 1);
        const QByteArrayView part(json.constData() + i, end - i);
        if (!text && isLong(part))
            out.append('"').append(part).append('"');
        else
            out.append(part);
        i = end;
    }
    return out;
}

} // namespace

std::optional<simdjson::dom::element> JsonAnswer::read(const QByteArray &answer)
{
    const QByteArray bytes = withoutMark(answer);
    simdjson::dom::element root;
    const auto parsed = [&](const QByteArray &json) {
        return m_parser.parse(json.constData(), std::size_t(json.size())).get(root);
    };
    const auto error = parsed(bytes);
    if (error == simdjson::SUCCESS)
        return root;
    if (error != simdjson::NUMBER_ERROR || parsed(longNumbersAsTexts(bytes)) != simdjson::SUCCESS)
        return std::nullopt;
    return root;
}

} // namespace wg
