// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/address.h"
#include "core/dataset.h"
#include "core/entitytext.h"
#include "core/port.h"
#include "core/settings.h"
#include "core/untrustedtext.h"

#include <QRegularExpression>
#include <QUrl>

namespace wg {

namespace {

constexpr qsizetype mostValue = 64 * 1024;

Error expected(const QString &key, const QString &value, const QString &what)
{
    return {
        ErrorCode::Usage,
        QStringLiteral("%1 cannot be \"%2\": expected %3.").arg(key, madeVisible(value, 80), what)};
}

Result<QString> checkBool(const QString &key, const QString &value)
{
    const QString lower = value.toLower();
    for (const char *word : {"true", "on", "yes", "1"}) {
        if (lower == QLatin1String(word))
            return QStringLiteral("true");
    }
    for (const char *word : {"false", "off", "no", "0"}) {
        if (lower == QLatin1String(word))
            return QStringLiteral("false");
    }
    return expected(key, value, QStringLiteral("true or false (on, off, yes, no)"));
}

Result<QString> checkInt(const SettingInfo &info, const QString &key, const QString &value)
{
    bool ok = false;
    const qint64 number = value.toLongLong(&ok);
    if (ok && number >= info.least && number <= info.most)
        return QString::number(number);
    const QLatin1String unit(info.unit);
    const QString ofWhat = unit == QLatin1String("s") ? QStringLiteral("a number of seconds")
                                                      : QStringLiteral("a whole number");
    return expected(key, value,
                    QStringLiteral("%1 from %2 to %3").arg(ofWhat).arg(info.least).arg(info.most));
}

Result<QString> checkPap(const QString &key, const QString &value)
{
    if (const auto pap = papByName(value))
        return QString(papName(*pap));
    return expected(key, value, QStringLiteral("RED, AMBER or GREEN"));
}

Result<QString> checkChoice(const SettingInfo &info, const QString &key, const QString &value)
{
    const QStringList choices = QString::fromLatin1(info.choices).split(u'|');
    const QString lower = value.toLower();
    if (choices.contains(lower))
        return lower;
    return expected(key, value, choices.join(QLatin1String(" or ")));
}

bool isOneLine(const QString &value)
{
    return std::none_of(value.begin(), value.end(), [](QChar c) {
        return c.category() == QChar::Other_Control || c.category() == QChar::Other_Format;
    });
}

/// Whatever process reads it later, it is the same file.
Result<QString> checkPath(const QString &key, const QString &value)
{
    constexpr qsizetype most = 4096;
    const bool absolute = value.isEmpty() || value.startsWith(u'/');
    if (absolute && value.size() <= most && isOneLine(value))
        return value.size() > 1 && value.endsWith(u'/') ? value.chopped(1) : value;
    return expected(key, value, QStringLiteral("an absolute path"));
}

Result<QString> checkText(const QString &key, const QString &value)
{
    constexpr qsizetype most = 200;
    if (value.size() <= most && isOneLine(value))
        return value;
    return expected(
        key, value,
        QStringLiteral("one line of at most %1 characters without control characters").arg(most));
}

/// Host of a URL in canonical form, IPv6 with brackets; empty when it is none. QUrl reads "127.1"
/// as an address, so it is not asked.
QString canonicalHost(QStringView host)
{
    if (host.startsWith(u'[') && host.endsWith(u']')) {
        const auto address = parseAddress(host.sliced(1).chopped(1));
        return address && address->v6 ? u'[' + address->text() + u']' : QString();
    }
    if (host.contains(u':'))
        return {};
    if (const auto address = parseAddress(host))
        return address->text();
    return canonicalHostName(host).value_or(QString());
}

/// The pieces of "scheme://host:port/path".
struct UrlParts
{
    QString scheme;
    QString host;
    QString port;
    QString rest;
};

std::optional<UrlParts> splitUrl(const QString &value)
{
    const qsizetype colon = value.indexOf(QLatin1String("://"));
    if (colon <= 0)
        return std::nullopt;
    const QString after = value.mid(colon + 3);
    qsizetype end = 0;
    while (end < after.size() && !QStringView(u"/?#\\").contains(after.at(end)))
        ++end;
    const QString authority = after.left(end);
    const qsizetype portAt = authority.lastIndexOf(u':');
    const bool hasPort = portAt >= 0 && portAt > authority.lastIndexOf(u']');
    UrlParts parts;
    parts.scheme = value.left(colon).toLower();
    parts.host =
        canonicalHost(hasPort ? QStringView(authority).first(portAt) : QStringView(authority));
    parts.port = hasPort ? authority.mid(portAt + 1) : QString();
    parts.rest = after.mid(end);
    return parts;
}

Result<QString> checkUrl(const SettingInfo &info, const QString &key, const QString &value)
{
    if (value.isEmpty())
        return value;
    const bool proxy = *info.choices != '\0';
    const QStringList schemes = proxy
        ? QString::fromLatin1(info.choices).split(u'|')
        : QStringList{QStringLiteral("https"), QStringLiteral("http")};
    const auto parts = splitUrl(value);
    if (!parts || !schemes.contains(parts->scheme))
        return expected(key, value,
                        QStringLiteral("an address that begins with %1://")
                            .arg(schemes.join(QLatin1String(":// or "))));
    if (QStringView(value).contains(u'@'))
        return expected(key, value, QStringLiteral("an address without user name and password"));
    if (parts->host.isEmpty())
        return expected(
            key, value,
            QStringLiteral("a host name or an IP address after %1://").arg(parts->scheme));
    if (!parts->port.isEmpty() && portNumber(parts->port).value_or(0) == 0)
        return expected(key, value, QStringLiteral("a port from 1 to 65535 after the colon"));
    if (proxy && parts->port.isEmpty())
        return expected(
            key, value,
            QStringLiteral("a port after the host, as in %1://127.0.0.1:9050").arg(parts->scheme));
    if (proxy && !parts->rest.isEmpty() && parts->rest != QLatin1String("/"))
        return expected(key, value, QStringLiteral("only a host and a port"));
    QString url = parts->scheme + QLatin1String("://") + parts->host;
    if (!parts->port.isEmpty())
        url += u':' + QString::number(*portNumber(parts->port));
    if (!proxy)
        url += parts->rest;
    const QUrl whole(url, QUrl::StrictMode);
    if (!whole.isValid() || whole.hasQuery() || whole.hasFragment())
        return expected(
            key, value,
            QStringLiteral("an address without query, fragment, spaces and backslashes"));
    return url;
}

Result<QString> checkServers(const QString &key, const QString &value)
{
    const auto servers = parseServers(value);
    if (!servers)
        return Error{ErrorCode::Usage, key + QLatin1String(": ") + servers.error().detail};
    QStringList texts;
    for (const ServerAddress &server : *servers)
        texts.append(server.text());
    return texts.join(u',');
}

Result<QString> checkNames(const QString &key, const QString &value)
{
    QStringList names;
    for (const QString &part :
         value.split(QRegularExpression(QStringLiteral("[,;\\s]+")), Qt::SkipEmptyParts)) {
        const auto name = canonicalHostName(part.startsWith(u'.') ? part.mid(1) : part);
        if (!name || parseAddress(part))
            return expected(key, part, QStringLiteral("domain names separated by commas"));
        if (!names.contains(*name))
            names.append(*name);
    }
    return names.join(u',');
}

} // namespace

Result<QString> checkSetting(const QString &key, const QString &value)
{
    const SettingInfo *info = settingInfo(key);
    if (!info) {
        return Error{ErrorCode::Usage,
                     QStringLiteral("There is no setting \"%1\". Did you mean %2?")
                         .arg(madeVisible(key, 80), nearestSetting(key))};
    }
    if (value.size() > mostValue)
        return expected(key, value, QStringLiteral("a shorter text"));
    const QString text = value.trimmed();
    switch (info->type) {
    case SettingType::Bool:
        return checkBool(key, text);
    case SettingType::Int:
        return checkInt(*info, key, text);
    case SettingType::Pap:
        return checkPap(key, text);
    case SettingType::Text:
        return checkText(key, text);
    case SettingType::Path:
        return checkPath(key, text);
    case SettingType::Url:
        return checkUrl(*info, key, text);
    case SettingType::ServerList:
        return checkServers(key, text);
    case SettingType::NameList:
        return checkNames(key, text);
    case SettingType::Choice:
        return checkChoice(*info, key, text);
    }
    return expected(key, value, QStringLiteral("something else"));
}

} // namespace wg
