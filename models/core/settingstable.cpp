// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/settings.h"

#include <QtGlobal>

namespace wg {

namespace {

constexpr qint64 day = 86'400;
constexpr qint64 year = 365 * day;

constexpr SettingInfo table[] = {
    {"author.name", SettingType::Text, SettingGroup::General, "", "", "", 0, 0,
     QT_TRANSLATE_NOOP("Settings", "Your name"),
     QT_TRANSLATE_NOOP("Settings",
                       "The name written beside everything you do. Empty: the name of "
                       "your user account.")},
    {"notifications.enabled", SettingType::Bool, SettingGroup::General, "true", "", "", 0, 0,
     QT_TRANSLATE_NOOP("Settings", "Show desktop notifications"),
     QT_TRANSLATE_NOOP("Settings",
                       "Says on the desktop when something that you watch has changed.")},
    {"tray.keep_running", SettingType::Bool, SettingGroup::General, "true", "", "", 0, 0,
     QT_TRANSLATE_NOOP("Settings", "Keep watching when the window is closed"),
     QT_TRANSLATE_NOOP("Settings",
                       "Closing the window leaves the program in the tray, where it goes "
                       "on checking what you watch.")},
    {"watch.confirm_gap", SettingType::Int, SettingGroup::General, "900", "s", "", 0, day,
     QT_TRANSLATE_NOOP("Settings", "Wait before believing that something is gone"),
     QT_TRANSLATE_NOOP("Settings",
                       "A record that is missing for the first time is looked for again "
                       "after this time. Only then it counts as gone.")},
    {"backup.keep_daily", SettingType::Int, SettingGroup::General, "7", "", "", 0, 365,
     QT_TRANSLATE_NOOP("Settings", "Daily backups to keep"),
     QT_TRANSLATE_NOOP("Settings",
                       "How many of the newest daily backups of the workspace are kept.")},
    {"backup.keep_weekly", SettingType::Int, SettingGroup::General, "4", "", "", 0, 520,
     QT_TRANSLATE_NOOP("Settings", "Weekly backups to keep"),
     QT_TRANSLATE_NOOP("Settings", "How many weekly backups are kept beside the daily ones.")},
    {"log.level", SettingType::Choice, SettingGroup::General, "info", "", "info|debug", 0, 0,
     QT_TRANSLATE_NOOP("Settings", "How much is logged"),
     QT_TRANSLATE_NOOP("Settings",
                       "\"info\" notes what happens, \"debug\" also every question and "
                       "answer. Keys are never logged.")},

    {"dns.servers", SettingType::ServerList, SettingGroup::Sources, "", "", "", 0, 0,
     QT_TRANSLATE_NOOP("Settings", "DNS servers"),
     QT_TRANSLATE_NOOP("Settings",
                       "Addresses of the resolvers to ask, separated by commas; a port may "
                       "follow a colon. Empty: the servers of this computer.")},
    {"rdap.bootstrap", SettingType::Url, SettingGroup::Sources, "https://data.iana.org/rdap/", "",
     "", 0, 0, QT_TRANSLATE_NOOP("Settings", "Where the list of RDAP servers comes from"),
     QT_TRANSLATE_NOOP("Settings",
                       "The web folder that holds IANA's four lists, which say who "
                       "registers which names and networks.")},
    {"rdap.registrar", SettingType::Bool, SettingGroup::Sources, "false", "", "", 0, 0,
     QT_TRANSLATE_NOOP("Settings", "Also ask the registrar"),
     QT_TRANSLATE_NOOP("Settings",
                       "Follows the registry's link to the registrar, who may know the "
                       "holder and may tell him. Needs PAP GREEN.")},
    {"files.folder", SettingType::Path, SettingGroup::Sources, "", "", "", 0, 0,
     QT_TRANSLATE_NOOP("Settings", "Folder to import from"),
     QT_TRANSLATE_NOOP("Settings",
                       "New and changed files in this folder are imported by themselves while "
                       "Watchglass runs; they are never moved or changed. Empty: none.")},
    {"files.quiet", SettingType::Int, SettingGroup::Sources, "3", "s", "", 0, 3600,
     QT_TRANSLATE_NOOP("Settings", "Quiet before a file is read"),
     QT_TRANSLATE_NOOP("Settings",
                       "How long a file in this folder must stay as it is before it is imported. A "
                       "last line without its end is given some three times as long.")},
    {"source.*.enabled", SettingType::Bool, SettingGroup::Sources, "true", "", "", 0, 0,
     QT_TRANSLATE_NOOP("Settings", "Use this source"),
     QT_TRANSLATE_NOOP("Settings",
                       "A source that is off is never asked; what it said before stays.")},
    {"source.*.base_url", SettingType::Url, SettingGroup::Sources, "", "", "", 0, 0,
     QT_TRANSLATE_NOOP("Settings", "Address of the source"),
     QT_TRANSLATE_NOOP("Settings",
                       "Asks this server in place of the source's own, for a mirror or a "
                       "laboratory. Empty: the source's own.")},
    {"source.*.interval", SettingType::Int, SettingGroup::Sources, "0", "s", "", 0, year,
     QT_TRANSLATE_NOOP("Settings", "Time between checks"),
     QT_TRANSLATE_NOOP("Settings",
                       "How often the source is asked about what you watch. 0: the "
                       "source's own interval.")},
    {"source.*.allow_special", SettingType::Bool, SettingGroup::Sources, "false", "", "", 0, 0,
     QT_TRANSLATE_NOOP("Settings", "May be asked about private names and addresses"),
     QT_TRANSLATE_NOOP("Settings",
                       "Lets this source see private and special-use addresses and names "
                       "and your organisation's own names.")},
    {"source.*.allow_http", SettingType::Bool, SettingGroup::Sources, "false", "", "", 0, 0,
     QT_TRANSLATE_NOOP("Settings", "May be asked without encryption"),
     QT_TRANSLATE_NOOP("Settings",
                       "Allows plain http to a server that is not this computer. Everyone "
                       "on the way can read and change what is said.")},
    {"source.maxmind.file", SettingType::Path, SettingGroup::Sources, "", "", "", 0, 0,
     QT_TRANSLATE_NOOP("Settings", "GeoLite2 or GeoIP2 file"),
     QT_TRANSLATE_NOOP("Settings",
                       "Where an ASN, Country or City file (*.mmdb) of MaxMind's lies on "
                       "this computer. It is read here, and nobody is asked. Empty: none.")},

    {"pap", SettingType::Pap, SettingGroup::Privacy, "AMBER", "", "", 0, 0,
     QT_TRANSLATE_NOOP("Settings", "How visible look-ups may be (PAP)"),
     QT_TRANSLATE_NOOP("Settings",
                       "RED asks nobody. AMBER asks third parties. GREEN may also ask "
                       "servers of those you investigate.")},
    {"cache_only", SettingType::Bool, SettingGroup::Privacy, "false", "", "", 0, 0,
     QT_TRANSLATE_NOOP("Settings", "Ask nobody, show what is stored"),
     QT_TRANSLATE_NOOP("Settings",
                       "Stops every question to the outside until it is switched off, "
                       "whatever else is allowed.")},
    {"proxy", SettingType::Url, SettingGroup::Privacy, "", "", "socks5|socks5h|http", 0, 0,
     QT_TRANSLATE_NOOP("Settings", "Proxy"),
     QT_TRANSLATE_NOOP("Settings",
                       "Everything goes through this proxy (socks5, socks5h or http), DNS "
                       "as well. If it is down, nothing is asked. Empty: no proxy.")},
    {"names.own", SettingType::NameList, SettingGroup::Privacy, "", "", "", 0, 0,
     QT_TRANSLATE_NOOP("Settings", "Names of your own organisation"),
     QT_TRANSLATE_NOOP("Settings",
                       "Domains, separated by commas, that are never asked about outside; "
                       "names below them are included.")},
    {"copy.defang", SettingType::Bool, SettingGroup::Privacy, "true", "", "", 0, 0,
     QT_TRANSLATE_NOOP("Settings", "Copy names and addresses defanged"),
     QT_TRANSLATE_NOOP("Settings", "Copies example[.]com, so that nobody opens it by accident.")},

    {"appearance.theme", SettingType::Choice, SettingGroup::Appearance, "system", "",
     "system|light|dark", 0, 0, QT_TRANSLATE_NOOP("Settings", "Theme"),
     QT_TRANSLATE_NOOP("Settings", "Light or dark colours, or as the desktop has them.")},
    {"appearance.density", SettingType::Choice, SettingGroup::Appearance, "comfortable", "",
     "comfortable|compact", 0, 0, QT_TRANSLATE_NOOP("Settings", "Density"),
     QT_TRANSLATE_NOOP("Settings", "Compact shows more rows at once.")},
};

} // namespace

std::span<const SettingInfo> settingTable()
{
    return table;
}

} // namespace wg
