// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/networds.h"

#include "core/untrustedtext.h"

namespace wg {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestQuote = 200;

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
    const QString said = UntrustedText::fromUtf8(answer.body.left(longestQuote)).raw().simplified();
    return said.isEmpty() ? status : status + u": "_s + said;
}

} // namespace wg
