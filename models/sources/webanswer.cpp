// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/webanswer.h"

#include <algorithm>

namespace wg {

namespace {

constexpr qsizetype mostHeaders = 500;
constexpr qsizetype longestLine = 16'384;
constexpr qsizetype longestLocation = 8192;

/// One line, whatever a server smuggled in.
QByteArray lineOf(QByteArray text)
{
    text.replace('\r', ' ').replace('\n', ' ');
    return text.left(longestLine) + '\n';
}

bool isRedirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

} // namespace

QByteArrayList WebAnswer::header(QByteArrayView name) const
{
    QByteArrayList values;
    for (const auto &[key, value] : headers) {
        if (key == name)
            values.append(value);
    }
    return values;
}

QUrl WebAnswer::redirection() const
{
    const QByteArray location = header("location").value(0);
    if (!isRedirect(status) || location.isEmpty() || location.size() > longestLocation)
        return {};
    return url.resolved(QUrl(QString::fromUtf8(location)));
}

QByteArray webAnswerBytes(const QUrl &url, const HttpAnswer &answer)
{
    QByteArray bytes = lineOf(url.toEncoded()) + lineOf(QByteArray::number(answer.status));
    QByteArrayList names = answer.headers.keys();
    std::sort(names.begin(), names.end());
    for (const QByteArray &name : names) {
        // Of all headers only cookies cannot be told apart once commas join them.
        const QByteArray value = answer.headers.value(name);
        const QByteArrayList values =
            name == "set-cookie" ? value.split('\n') : QByteArrayList{value};
        for (const QByteArray &one : values)
            bytes += lineOf(name + ": " + one);
    }
    return bytes + '\n' + answer.body;
}

std::optional<WebAnswer> readWebAnswer(const QByteArray &bytes)
{
    WebAnswer answer;
    qsizetype at = 0;
    const auto takeLine = [&]() -> std::optional<QByteArray> {
        const qsizetype end = bytes.indexOf('\n', at);
        if (end < 0)
            return std::nullopt;
        return bytes.sliced(std::exchange(at, end + 1), end - at);
    };
    const auto url = takeLine();
    const auto status = takeLine();
    if (!url || !status)
        return std::nullopt;
    answer.url = QUrl::fromEncoded(*url, QUrl::StrictMode);
    answer.status = status->toInt();
    if (!answer.url.isValid() || answer.url.host().isEmpty() || answer.status <= 0)
        return std::nullopt;
    for (auto line = takeLine(); line && !line->isEmpty(); line = takeLine()) {
        const qsizetype colon = line->indexOf(": ");
        if (colon > 0 && answer.headers.size() < mostHeaders)
            answer.headers.append({line->first(colon), line->sliced(colon + 2).trimmed()});
    }
    answer.body = bytes.sliced(at);
    return answer;
}

} // namespace wg
