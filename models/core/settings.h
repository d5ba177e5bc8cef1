// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QHash>
#include <QList>
#include <QString>
#include <span>

namespace wg {

/// What a setting's text must be.
enum class SettingType : quint8
{
    Bool,
    Int,
    Pap,
    Text,
    Path, ///< absolute, of a file or folder on this computer
    Url,
    ServerList,
    NameList,
    Choice
};
/// Which part of the settings page shows it.
enum class SettingGroup : quint8
{
    General,
    Sources,
    Privacy,
    Appearance
};

/// One key of the workspace's settings. A key stands here once, with default, unit and meaning; the
/// dialog, the command line and the documentation are made from this table.
struct SettingInfo
{
    const char *key; ///< "watch.confirm_gap"; "source.*.enabled" stands for each source
    SettingType type;
    SettingGroup group;
    const char *fallback; ///< default, as text
    const char *unit; ///< "s", or ""
    const char *choices; ///< "system|light|dark" for Choice, else ""
    qint64 least; ///< Int: smallest and largest value
    qint64 most;
    const char *title; ///< QT_TRANSLATE_NOOP("Settings", …)
    const char *meaning; ///< QT_TRANSLATE_NOOP("Settings", …)
};

/// The table, in the order of the settings page.
std::span<const SettingInfo> settingTable();
/// The row of a key, patterns resolved; nothing for an unknown key.
const SettingInfo *settingInfo(QStringView key);
/// The nearest existing key, for "did you mean".
QString nearestSetting(const QString &key);

/// Checks and canonicalises a value ("green" → "GREEN", "on" → "true"); Usage says what was
/// expected.
Result<QString> checkSetting(const QString &key, const QString &value);

/// Settings as stored, typed on reading; absent keys have their default.
class Settings
{
public:
    Settings() = default;
    explicit Settings(QHash<QString, QString> stored)
        : m_stored(std::move(stored))
    { }

    [[nodiscard]] QString text(const QString &key) const;
    [[nodiscard]] bool flag(const QString &key) const;
    [[nodiscard]] qint64 number(const QString &key) const;
    [[nodiscard]] bool isSet(const QString &key) const { return m_stored.contains(key); }
    [[nodiscard]] const QHash<QString, QString> &stored() const { return m_stored; }
    void set(const QString &key, const QString &value) { m_stored.insert(key, value); }
    void unset(const QString &key) { m_stored.remove(key); }

private:
    QHash<QString, QString> m_stored;
};

/// "ADDRESS:PORT" or "[V6]:PORT" of the dns.servers setting.
struct ServerAddress
{
    QString address; ///< canonical IP text
    quint16 port = 53;
    friend bool operator==(const ServerAddress &, const ServerAddress &) = default;
    /// "9.9.9.9", or with ":5353" where the port is not 53.
    [[nodiscard]] QString text() const;
};
Result<QList<ServerAddress>> parseServers(const QString &commaList);

} // namespace wg
