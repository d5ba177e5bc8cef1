// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/networds.h"

#include "core/untrustedtext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <array>

namespace wg {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestQuote = 200;

QString wordsIn(const QJsonValue &value)
{
    constexpr std::array names{
        "message", "error_description", "error",       "errors", "detail", "msg", "reason",
        "title",   "description",       "response_msg"};
    if (value.isString())
        return UntrustedText::fromString(value.toString()).raw().simplified().left(longestQuote);
    if (value.isArray())
        return wordsIn(value.toArray().first());
    if (!value.isObject())
        return {};
    const QJsonObject object = value.toObject();
    for (const char *name : names) {
        if (const QString words = wordsIn(object.value(QLatin1String(name))); !words.isEmpty())
            return words;
    }
    return {};
}

bool isReadable(const QByteArray &contentType)
{
    const QByteArray type = contentType.toLower();
    return type.startsWith("text/plain") || type.contains("json");
}

} // namespace

Error refused(QString why)
{
    return {ErrorCode::Refused, std::move(why)};
}

Error unreachable(QString why)
{
    return {ErrorCode::Unreachable, std::move(why)};
}

QString words(AttemptEnd::Kind kind, const QString &host, const QString &detail)
{
    using Kind = AttemptEnd::Kind;
    switch (kind) {
    case Kind::Answer:
        return u"%1 answered"_s.arg(host);
    case Kind::Cut:
        return u"%1 broke off its answer"_s.arg(host);
    case Kind::NoName:
        return u"%1 cannot be found"_s.arg(host);
    case Kind::NoRoute:
        return u"%1 cannot be reached: %2"_s.arg(host, detail);
    case Kind::Closed:
        return u"%1 refuses or drops the connection: %2"_s.arg(host, detail);
    case Kind::NoAnswer:
        return u"%1 does not answer"_s.arg(host);
    case Kind::Slow:
        return u"%1 takes too long to answer"_s.arg(host);
    case Kind::Tls:
        return u"no trustworthy connection to %1: %2"_s.arg(host, detail);
    case Kind::Proxy:
        return u"the proxy does not lead to %1: %2"_s.arg(host, detail);
    case Kind::TooLarge:
        return u"%1 answers more than is taken"_s.arg(host);
    case Kind::Malformed:
        return u"the answer of %1 cannot be read: %2"_s.arg(host, detail);
    }
    return {};
}

QString refusalWords(const QString &host, const HttpAnswer &answer)
{
    const QString status = u"%1 answers %2"_s.arg(host).arg(answer.status);
    if (!isReadable(answer.contentType))
        return status;
    QString said = wordsInJson(answer.body);
    if (said.isEmpty())
        said = UntrustedText::fromUtf8(answer.body.left(longestQuote)).raw().simplified();
    return said.isEmpty() ? status : status + u": "_s + said;
}

QString wordsInJson(const QByteArray &body)
{
    constexpr qsizetype mostBytes = 1 << 16;
    const QJsonDocument json = QJsonDocument::fromJson(body.left(mostBytes));
    return json.isObject() ? wordsIn(json.object()) : QString();
}

} // namespace wg
