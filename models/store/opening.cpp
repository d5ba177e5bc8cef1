// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/opening.h"

#include "store/backup.h"
#include "store/integrity.h"
#include "store/migrator.h"
#include "store/smallrows.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QtEndian>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

constexpr auto ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

DatabaseConfig configOf(const StoreConfig &config)
{
    DatabaseConfig database;
    if (config.postgres.isEmpty())
        database.file = databaseFile(config.folder);
    else
        database.postgres = config.postgres;
    return database;
}

bool wasClean(Database &database)
{
    const auto clean = database.transact<bool>([&database] {
        const bool lite = database.engine() == Engine::Sqlite;
        if (!lite)
            return true;
        {
            auto table = database.query("SELECT count(*) FROM sqlite_master WHERE name='meta'");
            if (!table.next() || table.number(0) == 0)
                return true;
        }
        auto row = database.query("SELECT number FROM meta WHERE name='clean'");
        return row.next() && row.number(0) != 0;
    });
    return clean && *clean;
}

/// SQLite takes a missing or empty file for a new database. Where there are backups it was lost.
QString lossOf(const StoreConfig &config)
{
    const QFileInfo file(databaseFile(config.folder));
    const QDir backups(backupFolder(config.folder));
    if (!config.postgres.isEmpty() || backups.entryList({u"*.db"_s}, QDir::Files).isEmpty())
        return {};
    if (!file.exists())
        return u"the file is missing"_s;
    return file.isFile() && file.size() == 0 ? u"the file is empty"_s : QString();
}

/// Opens and looks whether the file is sound, as thoroughly as its last shutdown asks for.
Result<std::unique_ptr<Database>> openSound(const DatabaseConfig &config)
{
    auto opened = Database::open(config);
    if (!opened)
        return opened;
    Database &database = **opened;
    if (const auto version = Migrator(database).version(); !version)
        return version.error();
    if (database.engine() == Engine::Sqlite && !wasClean(database)) {
        if (const auto sound = quickCheck(database); !sound)
            return sound.error();
    }
    return opened;
}

/// "watchglass.db" → "watchglass.damaged-20261122T041000.db", with -wal and -shm along; its new
/// name, empty when nothing was there. A journal that stayed would be played into what comes next.
Result<QString> setAside(const QString &file, Instant now)
{
    const QString stamp = now.utc().toString(u"yyyyMMdd'T'HHmmss"_s);
    const QFileInfo info(file);
    QString aside;
    for (int n = 0; n < 1000; ++n) {
        aside = info.absolutePath() + u'/' + info.completeBaseName() + u".damaged-"_s + stamp
            + (n ? u"-%1"_s.arg(n) : QString()) + u".db"_s;
        if (!QFileInfo::exists(aside))
            break;
    }
    const bool exists = QFileInfo::exists(file);
    if (exists && !QFile::rename(file, aside))
        return Error{ErrorCode::Corrupt, u"the database is damaged and cannot be set aside"_s};
    for (const QString &tail : {u"-wal"_s, u"-shm"_s}) {
        if (QFileInfo::exists(file + tail) && !QFile::rename(file + tail, aside + tail))
            QFile::remove(file + tail);
    }
    backup::sync(info.absolutePath());
    return exists ? aside : QString();
}

/// The newest backup that passes its check, copied to the database's place; empty when there is
/// none.
QString restoreNewest(const QString &folder, const QString &file)
{
    const QDir backups(backupFolder(folder));
    const auto found = backups.entryInfoList({u"*.db"_s}, QDir::Files, QDir::Time);
    for (const QFileInfo &candidate : found) {
        const QString path = candidate.absoluteFilePath();
        if (!backup::check(path) || !QFile::copy(path, file))
            continue;
        QFile::setPermissions(file, ownerOnly);
        if (backup::check(file) && backup::sync(file) && backup::sync(folder))
            return path;
        QFile::remove(file);
    }
    return {};
}

Result<std::unique_ptr<Database>> recover(const StoreConfig &config, const QString &damage,
                                          StoreOpening &opening)
{
    const DatabaseConfig database = configOf(config);
    const auto aside = setAside(database.file, config.clock->now());
    if (!aside)
        return aside.error();
    opening.damage = damage;
    opening.keptAside = *aside;
    opening.restoredFrom = restoreNewest(config.folder, database.file);
    return openSound(database);
}

/// The newest backup that this program can read; empty when there is none.
QString newestReadable(const QString &folder, int newest)
{
    const QDir backups(backupFolder(folder));
    const auto found = backups.entryInfoList({u"*.db"_s}, QDir::Files, QDir::Time);
    for (const QFileInfo &candidate : found) {
        const auto opened = Database::open({candidate.absoluteFilePath(), {}, Access::Read});
        const auto version = opened ? Migrator(**opened).version() : Result<int>(0);
        if (version && *version > 0 && *version <= newest)
            return candidate.absoluteFilePath();
    }
    return {};
}

/// What can be done about a database that a newer program made.
Error withWayBack(Error error, const StoreConfig &config, int newest)
{
    error.detail += u"; install the newer Watchglass again"_s;
    if (!config.postgres.isEmpty())
        return error;
    const QString backup = newestReadable(config.folder, newest);
    error.detail += backup.isEmpty()
        ? u" (%1 holds no backup that this one can read)"_s.arg(backupFolder(config.folder))
        : u", or go back to the backup made before it with \"watchglass --workspace '%1' restore '%2'\""_s
              .arg(config.folder, backup);
    return error;
}

Result<Done> migrate(const StoreConfig &config, Database &database, StoreOpening &opening)
{
    Migrator migrator(database);
    const auto version = migrator.version();
    if (!version)
        return version.error();
    if (*version > migrator.newest())
        return withWayBack(migrator.newerSchema(*version), config, migrator.newest());
    const bool behind = *version > 0 && *version < migrator.newest();
    if (behind && database.engine() == Engine::Sqlite) {
        const QString folder = backupFolder(config.folder);
        if (!QDir().mkpath(folder))
            return Error{ErrorCode::NotWritable, u"cannot create "_s + folder};
        QFile::setPermissions(folder, ownerOnly | QFileDevice::ExeOwner);
        const QString target = folder + u"/before-schema-%1.db"_s.arg(migrator.newest());
        if (auto kept = backup::make(database, target); !kept)
            return kept;
    }
    if (behind)
        opening.migratedFrom = *version;
    opening.created = *version == 0 && opening.damage.isEmpty();
    return migrator.migrate(config.clock->now());
}

} // namespace

QString databaseFile(const QString &folder)
{
    return folder + u"/watchglass.db"_s;
}

QString backupFolder(const QString &folder)
{
    return folder + u"/backups"_s;
}

bool opensSlowly(const QString &folder)
{
    constexpr qint64 large = 64 << 20;
    constexpr qint64 schemaAt = 60; // big-endian user_version of SQLite's file format
    QFile file(databaseFile(folder));
    if (file.size() < large || !file.open(QIODevice::ReadOnly) || !file.seek(schemaAt))
        return false;
    const QByteArray version = file.read(4);
    const bool older =
        version.size() == 4 && qFromBigEndian<qint32>(version.constData()) < Migrator::newestStep();
    return older || QFileInfo(databaseFile(folder) + u"-wal"_s).size() > 0;
}

Result<OpenedStore> openUnmarked(const StoreConfig &config)
{
    OpenedStore store;
    const DatabaseConfig database = configOf(config);
    if (config.postgres.isEmpty() && !QDir().mkpath(config.folder))
        return Error{ErrorCode::NotWritable, u"cannot create "_s + config.folder};
    const QString loss = lossOf(config);
    auto opened = loss.isEmpty()
        ? openSound(database)
        : Result<std::unique_ptr<Database>>(Error{ErrorCode::Corrupt, loss});
    if (!opened && opened.error().code == ErrorCode::Corrupt && config.postgres.isEmpty())
        opened = recover(config, opened.error().detail, store.opening);
    if (!opened)
        return opened.error();
    store.database = std::move(*opened);
    if (auto migrated = migrate(config, *store.database, store.opening); !migrated)
        return migrated.error();
    return store;
}

Result<Done> markInUse(Database &database)
{
    return database.transact<Done>([&database] {
        Interner interner(database);
        SmallRows(database, interner).setNumber(u"clean"_s, 0);
        return Done{};
    });
}

Result<OpenedStore> openForWriting(const StoreConfig &config)
{
    auto opened = openUnmarked(config);
    if (!opened)
        return opened;
    const auto marked = markInUse(*opened->database);
    return marked ? std::move(opened) : marked.error();
}

void markClean(Database &database)
{
    if (database.sawDamage())
        return;
    const auto done = database.transact<Done>([&database] {
        Interner interner(database);
        SmallRows(database, interner).setNumber(u"clean"_s, 1);
        return Done{};
    });
    Q_UNUSED(done);
}

} // namespace wg
