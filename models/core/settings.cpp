// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/settings.h"

#include "core/nearest.h"

#include <algorithm>
#include <limits>

namespace wg {

namespace {

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

} // namespace wg
