// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/settings.h"

#include "core/address.h"
#include "core/dataset.h"
#include "core/entitytext.h"
#include "core/untrustedtext.h"

#include <QRegularExpression>
#include <QUrl>
#include <numeric>

namespace wg {

namespace {

constexpr qsizetype mostValue = 64 * 1024;

bool isSourceName(QStringView name)
{
    return !name.isEmpty() && std::all_of(name.begin(), name.end(), [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'-' || c == u'_';
    });
}

bool matches(const SettingInfo &info, QStringView key)
{
    const QLatin1String pattern(info.key);
    const auto star = pattern.indexOf(QLatin1Char('*'));
    if (star < 0)
        return key == pattern;
    const auto head = pattern.first(star);
    const auto tail = pattern.sliced(star + 1);
    return key.size() > head.size() + tail.size() && key.startsWith(head) && key.endsWith(tail)
        && isSourceName(key.sliced(head.size(), key.size() - head.size() - tail.size()));
}

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

Result<QString> checkText(const QString &key, const QString &value)
{
    constexpr qsizetype most = 200;
    const auto bad = std::any_of(value.begin(), value.end(), [](QChar c) {
        return c.category() == QChar::Other_Control || c.category() == QChar::Other_Format;
    });
    if (value.size() <= most && !bad)
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

bool isPort(const QString &text)
{
    bool ok = false;
    const uint port = text.toUInt(&ok);
    return ok && port > 0 && port <= 65535 && text.front().isDigit();
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
    if (!parts->port.isEmpty() && !isPort(parts->port))
        return expected(key, value, QStringLiteral("a port from 1 to 65535 after the colon"));
    if (proxy && parts->port.isEmpty())
        return expected(
            key, value,
            QStringLiteral("a port after the host, as in %1://127.0.0.1:9050").arg(parts->scheme));
    if (proxy && !parts->rest.isEmpty() && parts->rest != QLatin1String("/"))
        return expected(key, value, QStringLiteral("only a host and a port"));
    QString url = parts->scheme + QLatin1String("://") + parts->host;
    if (!parts->port.isEmpty())
        url += u':' + QString::number(parts->port.toUInt());
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

Result<quint16> portOf(const QString &text, const QString &entry)
{
    if (isPort(text))
        return quint16(text.toUInt());
    return Error{
        ErrorCode::Usage,
        QStringLiteral("\"%1\" is not a server: expected a port from 1 to 65535 after the colon.")
            .arg(madeVisible(entry, 80))};
}

/// "192.0.2.53", "192.0.2.53:5353", "2001:db8::53" or "[2001:db8::53]:5353".
Result<ServerAddress> parseServer(const QString &entry)
{
    QString host = entry;
    QString port;
    const bool bracketed = entry.startsWith(u'[');
    const qsizetype colon = entry.lastIndexOf(u':');
    if (colon >= 0 && (bracketed ? entry.at(colon - 1) == u']' : entry.count(u':') == 1)) {
        host = entry.left(colon);
        port = entry.mid(colon + 1);
        if (port.isEmpty())
            return portOf(QStringLiteral("0"), entry).error();
    }
    if (host.startsWith(u'[') && host.endsWith(u']'))
        host = host.mid(1).chopped(1);
    const auto address = parseAddress(host);
    if (!address) {
        return Error{
            ErrorCode::Usage,
            QStringLiteral("\"%1\" is not a server: expected an IP address, as in 9.9.9.9, "
                           "192.0.2.53:5353 or [2001:db8::53]:5353.")
                .arg(madeVisible(entry, 80))};
    }
    ServerAddress server{address->text(), 53};
    if (!port.isEmpty()) {
        const auto number = portOf(port, entry);
        if (!number)
            return number.error();
        server.port = *number;
    }
    return server;
}

qsizetype editDistance(const QString &a, const QString &b)
{
    std::vector<qsizetype> row(std::size_t(b.size()) + 1);
    std::iota(row.begin(), row.end(), 0);
    for (qsizetype i = 1; i <= a.size(); ++i) {
        qsizetype diagonal = std::exchange(row[0], i);
        for (qsizetype j = 1; j <= b.size(); ++j) {
            const auto at = std::size_t(j);
            const qsizetype change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = std::exchange(row[at], std::min({change, row[at] + 1, row[at - 1] + 1}));
        }
    }
    return row.back();
}

/// A table key with the source's name of the wanted key in place of "*".
QString concrete(const SettingInfo &info, const QString &wanted)
{
    QString key = QString::fromLatin1(info.key);
    const QStringList parts = wanted.split(u'.');
    const QString name =
        parts.size() == 3 && isSourceName(parts[1]) ? parts[1] : QStringLiteral("NAME");
    return key.replace(u'*', name);
}

} // namespace

const SettingInfo *settingInfo(QStringView key)
{
    for (const SettingInfo &info : settingTable()) {
        if (matches(info, key))
            return &info;
    }
    return nullptr;
}

QString nearestSetting(const QString &key)
{
    const QString wanted = key.left(100).toLower();
    QString nearest;
    qsizetype best = std::numeric_limits<qsizetype>::max();
    for (const SettingInfo &info : settingTable()) {
        const QString candidate = concrete(info, wanted);
        const QString word = candidate.mid(candidate.lastIndexOf(u'.') + 1);
        const qsizetype distance =
            std::min(editDistance(wanted, candidate), editDistance(wanted, word) + 1);
        if (distance < best) {
            best = distance;
            nearest = candidate;
        }
    }
    return nearest;
}

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

QString Settings::text(const QString &key) const
{
    const SettingInfo *info = settingInfo(key);
    if (const auto at = m_stored.constFind(key); at != m_stored.constEnd()) {
        // A row that a newer program or a damaged disk wrote counts as not there.
        if (!info)
            return *at;
        if (const auto checked = checkSetting(key, *at))
            return *checked;
    }
    return info ? QString::fromLatin1(info->fallback) : QString();
}

bool Settings::flag(const QString &key) const
{
    return text(key) == QLatin1String("true");
}

qint64 Settings::number(const QString &key) const
{
    return text(key).toLongLong();
}

QString ServerAddress::text() const
{
    if (port == 53)
        return address;
    const QString host = address.contains(u':') ? u'[' + address + u']' : address;
    return host + u':' + QString::number(port);
}

Result<QList<ServerAddress>> parseServers(const QString &commaList)
{
    QList<ServerAddress> servers;
    for (const QString &part : commaList.split(u',', Qt::SkipEmptyParts)) {
        const QString entry = part.trimmed();
        if (entry.isEmpty())
            continue;
        const auto server = parseServer(entry);
        if (!server)
            return server.error();
        if (!servers.contains(*server))
            servers.append(*server);
    }
    return servers;
}

} // namespace wg
