// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/webheaders.h"

using namespace Qt::StringLiterals;

namespace wg {

namespace {

constexpr qsizetype mostCookies = 200;
constexpr qsizetype longestName = 200;

/// What stands in a list of "NAME/VERSION (remark)", remarks left out.
QStringList productsIn(const QString &value)
{
    QStringList products;
    const QStringList parts = value.split(u',', Qt::SkipEmptyParts);
    for (const QString &part : parts) {
        QString product = part.section(u'(', 0, 0).trimmed();
        const qsizetype slash = product.indexOf(u'/');
        if (slash > 0 && slash + 1 < product.size() && product.at(slash + 1).isDigit())
            product[slash] = u' ';
        if (!product.isEmpty())
            products.append(product);
    }
    return products;
}

/// "1.1 varnish, 1.1 0a1b.cloudfront.net (CloudFront)": which of a proxy's many machines answered
/// changes with every request, so that a host's name counts for nothing.
QStringList proxiesIn(const QString &value)
{
    QStringList proxies;
    const QStringList parts = value.split(u',', Qt::SkipEmptyParts);
    for (const QString &part : parts) {
        const QString remark = part.section(u'(', 1).section(u')', 0, 0);
        const QString by = part.section(u'(', 0, 0).simplified().section(u' ', 1, 1);
        const bool machine = by.contains(u'.') || by.contains(u':')
            || std::any_of(by.cbegin(), by.cend(), [](QChar c) { return c.isDigit(); });
        const QString proxy = !remark.isEmpty() ? remark : machine ? QString() : by;
        if (!proxy.isEmpty())
            proxies.append(proxy);
    }
    return proxies;
}

QString cookieIn(const QString &text, const QString &host)
{
    const QStringList parts = text.split(u';');
    const QString name = parts.first().section(u'=', 0, 0).trimmed().left(longestName);
    if (name.isEmpty() || !parts.first().contains(u'='))
        return {};
    QString domain = host;
    for (const QString &part : parts.mid(1)) {
        if (part.section(u'=', 0, 0).trimmed().compare("domain"_L1, Qt::CaseInsensitive) != 0)
            continue;
        QString told = part.section(u'=', 1).trimmed().toLower().left(longestName);
        while (told.startsWith(u'.'))
            told.remove(0, 1);
        if (!told.isEmpty())
            domain = u'.' + told;
    }
    return name + "; domain="_L1 + domain;
}

} // namespace

QList<WebComponent> componentsOf(const WebAnswer &answer)
{
    QList<WebComponent> components;
    const auto each = [&](QByteArrayView header, const auto &take) {
        for (const QByteArray &value : answer.header(header))
            take(QString::fromUtf8(value));
    };
    each("server", [&](const QString &value) {
        components.append({u"Server"_s, value.section(" ("_L1, 0, 0).trimmed()});
    });
    each("x-powered-by", [&](const QString &value) {
        for (const QString &product : productsIn(value))
            components.append({u"Framework"_s, product});
    });
    each("x-aspnet-version", [&](const QString &value) {
        components.append({u"Framework"_s, "ASP.NET "_L1 + value.trimmed()});
    });
    each("x-aspnetmvc-version", [&](const QString &value) {
        components.append({u"Framework"_s, "ASP.NET MVC "_L1 + value.trimmed()});
    });
    each("x-generator", [&](const QString &value) {
        components.append({u"CMS"_s, value.section(" ("_L1, 0, 0).trimmed()});
    });
    each("via", [&](const QString &value) {
        for (const QString &proxy : proxiesIn(value))
            components.append({u"Proxy"_s, proxy});
    });
    components.removeIf([](const WebComponent &component) { return component.second.isEmpty(); });
    return components;
}

QStringList cookiesOf(const WebAnswer &answer)
{
    QStringList cookies;
    const QString host = answer.url.host(QUrl::FullyEncoded);
    for (const QByteArray &value : answer.header("set-cookie")) {
        const QString cookie = cookieIn(QString::fromUtf8(value), host);
        if (!cookie.isEmpty() && !cookies.contains(cookie) && cookies.size() < mostCookies)
            cookies.append(cookie);
    }
    return cookies;
}

} // namespace wg
