// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/urltext.h"

#include "core/address.h"

namespace wg {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestUrl = 8192;

Error refused(const char *why)
{
    return {ErrorCode::Refused, QLatin1String(why)};
}

bool isPlain(QByteArrayView text)
{
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return c > 0x20 && c < 0x7f && c != '\\'; });
}

/// What stands between "//" and the path; empty for a reference without authority.
QByteArrayView authorityOf(QByteArrayView text)
{
    const qsizetype slashes = text.indexOf("//");
    if (slashes < 0 || (slashes > 0 && text[slashes - 1] != ':'))
        return {};
    for (qsizetype i = 0; i < slashes; ++i) {
        if (text[i] == '/' || text[i] == '?' || text[i] == '#')
            return {};
    }
    qsizetype end = slashes + 2;
    while (end < text.size() && text[end] != '/' && text[end] != '?' && text[end] != '#')
        ++end;
    return text.sliced(slashes + 2, end - slashes - 2);
}

QByteArrayView hostOf(QByteArrayView authority)
{
    if (authority.startsWith('[')) {
        const qsizetype close = authority.indexOf(']');
        return close < 0 ? authority : authority.first(close + 1);
    }
    const qsizetype colon = authority.indexOf(':');
    return colon < 0 ? authority : authority.first(colon);
}

bool isHonestHost(QByteArrayView host, const QString &understood)
{
    const QString written = QString::fromLatin1(host).toLower();
    if (written.startsWith('['_L1)) {
        const auto address = parseAddress(QStringView(written).sliced(1).chopped(1));
        return address && written.endsWith(']'_L1) && address->v6;
    }
    if (written != understood || written.isEmpty() || written.endsWith('.'_L1))
        return false;
    const auto lastDot = written.lastIndexOf('.'_L1);
    const bool numeric = written.at(lastDot + 1).isDigit();
    return !numeric || parseAddress(written).has_value();
}

} // namespace

Result<QUrl> strictUrl(QByteArrayView text)
{
    if (text.isEmpty() || text.size() > longestUrl || !isPlain(text))
        return refused("the address is not plainly written");
    const QByteArrayView authority = authorityOf(text);
    if (authority.contains('@'))
        return refused("the address carries a user name");
    const QUrl url = QUrl::fromEncoded(text.toByteArray(), QUrl::StrictMode);
    if (!url.isValid())
        return refused("the address cannot be read");
    if (authority.isEmpty() != url.host().isEmpty())
        return refused("the address has no host");
    if (!authority.isEmpty() && !isHonestHost(hostOf(authority), url.host(QUrl::FullyEncoded)))
        return refused("the host is spelled in a way that hides where it leads");
    return url;
}

bool isLoopbackHost(const QString &host)
{
    if (host.compare("localhost"_L1, Qt::CaseInsensitive) == 0)
        return true;
    const auto address = parseAddress(host);
    if (!address)
        return false;
    if (!address->v6)
        return address->bytes[0] == 127;
    static constexpr std::array<quint8, 16> one{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    return address->bytes == one;
}

} // namespace wg
