// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/restore.h"

#include "store/backup.h"
#include "store/migrator.h"
#include "store/opening.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// Sound, ours, and not of a newer program.
Result<Done> judgeBackup(const QString &file)
{
    if (!QFileInfo(file).isFile())
        return Error{ErrorCode::NotFound, u"there is no file %1"_s.arg(file)};
    if (const auto sound = backup::check(file); !sound)
        return Error{ErrorCode::Malformed,
                     u"%1 is no sound backup: %2"_s.arg(file, sound.error().detail)};
    DatabaseConfig config;
    config.file = file;
    config.access = Access::Read;
    auto opened = Database::open(config);
    if (!opened)
        return opened.error();
    const auto version = Migrator(**opened).version();
    if (!version)
        return version.error();
    if (*version == 0)
        return Error{ErrorCode::Malformed, u"%1 is no backup of Watchglass"_s.arg(file)};
    if (*version > Migrator(**opened).newest()) {
        return Error{ErrorCode::NewerSchema,
                     u"%1 has schema %2, this program knows %3; update Watchglass"_s.arg(file)
                         .arg(*version)
                         .arg(Migrator(**opened).newest())};
    }
    return Done{};
}

QString asideName(const QString &file, Instant now)
{
    const QFileInfo info(file);
    const QString stem = info.absolutePath() + u'/' + info.completeBaseName() + u".replaced-"_s
        + now.utc().toString(u"yyyyMMdd'T'HHmmss"_s);
    QString aside = stem + u".db"_s;
    for (int n = 1; QFileInfo::exists(aside); ++n)
        aside = stem + u"-%1.db"_s.arg(n);
    return aside;
}

/// The database and its journal move together, so that nothing committed stays behind, and nothing
/// is played into what comes next.
bool moveAside(const QString &file, const QString &aside)
{
    if (QFileInfo::exists(file) && !QFile::rename(file, aside))
        return false;
    for (const QString &tail : {u"-wal"_s, u"-shm"_s}) {
        if (QFileInfo::exists(file + tail))
            QFile::rename(file + tail, aside + tail);
    }
    return true;
}

} // namespace

Result<QString> restoreBackup(const QString &folder, const QString &backupFile, const Clock &clock)
{
    if (const auto good = judgeBackup(backupFile); !good)
        return good.error();
    const QString file = databaseFile(folder);
    const QString fresh = file + u".restoring"_s;
    QFile::remove(fresh);
    if (!QFile::copy(backupFile, fresh)) {
        QFile::remove(fresh);
        return Error{ErrorCode::DiskFull,
                     u"%1 cannot be copied into the workspace"_s.arg(backupFile)};
    }
    QFile::setPermissions(fresh, QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    if (!backup::check(fresh) || !backup::sync(fresh)) {
        QFile::remove(fresh);
        return Error{ErrorCode::DiskFull, u"the copy of %1 is not sound"_s.arg(backupFile)};
    }
    const QString aside = asideName(file, clock.now());
    const bool existed = QFileInfo::exists(file);
    if (!moveAside(file, aside))
        return Error{ErrorCode::NotWritable, u"%1 cannot be set aside"_s.arg(file)};
    if (!QFile::rename(fresh, file))
        return Error{ErrorCode::NotWritable,
                     u"%1 cannot be put in place; what was there is %2"_s.arg(fresh, aside)};
    backup::sync(folder);
    return existed ? aside : QString();
}

} // namespace wg
