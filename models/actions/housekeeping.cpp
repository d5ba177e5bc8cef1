// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/actions.h"
#include "actions/parts.h"

#include "core/after.h"
#include "watch/outlook.h"

#include <QDir>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// "watchglass-20261122-041000.db" in the backups folder: sorts by time.
QString backupName(Instant now)
{
    return u"watchglass-%1.db"_s.arg(now.utc().toString(u"yyyyMMdd-HHmmss"_s));
}

/// The day of a backup by its name, or nothing for a foreign file.
QDate backupDay(const QString &name)
{
    return QDate::fromString(name.mid(int(qstrlen("watchglass-")), 8), u"yyyyMMdd"_s);
}

/// Keeps the newest of each of the last days and of each of the weeks before.
void pruneBackups(const QString &folder, int days, int weeks)
{
    QDir dir(folder);
    QStringList files = dir.entryList({u"watchglass-*.db"_s}, QDir::Files, QDir::Name);
    std::reverse(files.begin(), files.end());
    QSet<QDate> keptDays;
    QSet<int> keptWeeks;
    for (const auto &file : files) {
        const QDate day = backupDay(file);
        if (!day.isValid() || keptDays.contains(day)) {
            if (day.isValid())
                dir.remove(file);
            continue;
        }
        int year = 0;
        const int week = day.weekNumber(&year) + 100 * year;
        if (keptDays.size() < days)
            keptDays.insert(day);
        else if (keptWeeks.size() < weeks && !keptWeeks.contains(week))
            keptWeeks.insert(week);
        else
            dir.remove(file);
    }
}

/// Names the nearest source where a key holds one that does not exist.
std::optional<Error> unknownSource(const Policy &policy, const QString &key)
{
    if (!key.startsWith("source."_L1))
        return std::nullopt;
    const QString name = key.section(u'.', 1, -2);
    const QString what = key.section(u'.', -1);
    if (what == "key"_L1 || what == "api_key"_L1 || what == "password"_L1) {
        return Error{ErrorCode::Usage,
                     u"keys are kept in the key chain, not among the settings: use "
                     "\"watchglass source set-key %1\""_s.arg(name)};
    }
    if (isKnownSource(policy, name))
        return std::nullopt;
    return Error{ErrorCode::Usage,
                 u"there is no source \"%1\"; did you mean \"%2\"?"_s.arg(
                     name, nearestSource(policy, name))};
}

/// The source whose way to its servers a setting changes; empty for none. PAP and proxy decide
/// whether and how resolvers are reached, too.
QString sourceBehind(const QString &key)
{
    if (key.startsWith("source."_L1))
        return key.section(u'.', 1, -2);
    if (key.startsWith("dns."_L1) || key == "pap"_L1 || key == "proxy"_L1)
        return u"dns"_s;
    return key.startsWith("rdap."_L1) ? u"rdap"_s : QString();
}

} // namespace

QFuture<Result<QString>> Actions::setSetting(const QString &key,
                                             const std::optional<QString> &value)
{
    QString text;
    if (const auto unknown = unknownSource(m_parts->policy, key))
        return readyFuture(Result<QString>(*unknown));
    if (value) {
        const auto checked = checkSetting(key, *value);
        if (!checked)
            return readyFuture(Result<QString>(checked.error()));
        text = *checked;
    } else if (!settingInfo(key)) {
        return readyFuture(Result<QString>(checkSetting(key, {}).error()));
    }
    const std::optional<QString> stored = value ? std::optional(text) : std::nullopt;
    return after(this, m_parts->store->write<Done>([key, stored](Writer &writer) {
        return writer.setSetting(key, stored);
    }),
                 [this, key, stored](const Result<Done> &done) -> Result<QString> {
                     if (!done)
                         return done.error();
                     if (stored)
                         m_parts->settings.set(key, *stored);
                     else
                         m_parts->settings.unset(key);
                     m_parts->applyPolicy();
                     if (const QString source = sourceBehind(key); !source.isEmpty())
                         m_parts->resetSource(source);
                     Q_EMIT settingsChanged(key);
                     Q_EMIT sourcesChanged();
                     return m_parts->settings.text(key);
                 });
}

QFuture<Result<QString>> Actions::backup(const QString &target)
{
    QString path = target;
    if (path.isEmpty()) {
        QDir().mkpath(m_parts->paths.backups);
        path = m_parts->paths.backups + u'/' + backupName(m_parts->clock.now());
    }
    return after(
        this, m_parts->store->read<Done>([path](Reader &reader) { return reader.backupTo(path); }),
        [path](const Result<Done> &done) -> Result<QString> {
            if (!done)
                return done.error();
            return path;
        });
}

QFuture<Result<QStringList>> Actions::checkStore()
{
    return m_parts->store->read<QStringList>([](Reader &reader) { return reader.integrity(); });
}

void Actions::looked(const Entity &entity)
{
    m_parts->store->write<Done>(
        [entity, at = m_parts->clock.now()](Writer &writer) { return writer.looked(entity, at); });
}

QFuture<Result<Done>> Actions::markNotified(const QList<QUuid> &cards)
{
    return m_parts->store->write<Done>(
        [cards](Writer &writer) { return writer.markNotified(cards); });
}

QFuture<Result<QList<Card>>> Actions::unnotified()
{
    return m_parts->store->read<QList<Card>>([](Reader &reader) { return reader.unnotified(500); });
}

void Actions::Parts::doChores()
{
    onWakeTimer();
    retryQueue();
    const Instant now = clock.now();
    if (now - lastBackupLook < hourMs && now >= lastBackupLook)
        return;
    lastBackupLook = now;
    backUpDaily();
    store->write<Done>([now](Writer &writer) { return writer.tidy(now); });
}

/// Once a day, where anything but checks was written since.
void Actions::Parts::backUpDaily()
{
    static const QString lastKey = u"internal.backup_version"_s;
    QDir dir(paths.backups);
    const QStringList files = dir.entryList({u"watchglass-*.db"_s}, QDir::Files, QDir::Name);
    if (!files.isEmpty() && backupDay(files.last()) >= clock.now().utc().date())
        return;
    after(&self, store->read<qint64>([](Reader &reader) { return reader.contentVersion(); }),
          [this](const Result<qint64> &version) {
              if (!version || settings.text(lastKey) == QString::number(*version))
                  return;
              after(&self, self.backup(), [this, version = *version](const Result<QString> &path) {
                  if (!path) {
                      Q_EMIT self.troubled(path.error());
                      return;
                  }
                  settings.set(lastKey, QString::number(version));
                  store->write<Done>([version](Writer &writer) {
                      return writer.setSetting(lastKey, QString::number(version));
                  });
                  pruneBackups(paths.backups, int(settings.number(u"backup.keep_daily"_s)),
                               int(settings.number(u"backup.keep_weekly"_s)));
              });
          });
}

} // namespace wg
