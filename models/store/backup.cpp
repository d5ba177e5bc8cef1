// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/backup.h"

#include "store/integrity.h"

#include <QFile>
#include <QFileInfo>
#include <QStorageInfo>
#include <QUuid>
#include <fcntl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace wg::backup {

namespace {

constexpr auto ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

constexpr qsizetype headSize = 100;
constexpr qsizetype writeVersionAt = 18;
constexpr char legacyJournal = 1;
constexpr qsizetype applicationIdAt = 68;

Result<Done> enoughSpace(Database &database, const QString &folder)
{
    qint64 pages = 0;
    qint64 pageSize = 0;
    {
        auto count = database.query("PRAGMA page_count");
        pages = count.next() ? count.number(0) : 0;
    }
    {
        auto size = database.query("PRAGMA page_size");
        pageSize = size.next() ? size.number(0) : 0;
    }
    const QStorageInfo storage(folder);
    if (storage.isValid() && pages * pageSize > storage.bytesAvailable() / 2) {
        return Error{ErrorCode::DiskFull,
                     u"a backup would take more than half of the free space in %1"_s.arg(folder)};
    }
    return Done{};
}

/// Outside a transaction, as VACUUM wants it.
Result<Done> vacuumInto(Database &database, const QString &file)
{
    database.run("VACUUM INTO ?", file);
    return database.failed() ? Result<Done>(database.takeError()) : Result<Done>(Done{});
}

/// By its head: the SQLite database format's "application id" is ours, and the "file format write
/// version" says that no journal belongs to it, as a workspace's own would.
bool isBackup(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return false;
    const QByteArray head = file.read(headSize);
    return head.size() == headSize && head.startsWith("SQLite format 3")
        && head.at(writeVersionAt) == legacyJournal && head.mid(applicationIdAt, 4) == "WGLS";
}

/// Refused where something lies that a backup may not take the place of.
Result<Done> mayTake(const QString &target)
{
    const QFileInfo there(target);
    if (there.isDir())
        return Error{ErrorCode::Refused, u"%1 is a folder; name a file"_s.arg(target)};
    const bool isFree = !there.exists() && !there.isSymLink();
    if (isFree || (there.isFile() && (there.size() == 0 || isBackup(target))))
        return Done{};
    return Error{ErrorCode::Refused,
                 u"%1 exists and is no backup; it stays as it is: name another file"_s.arg(target)};
}

} // namespace

bool sync(const QString &path)
{
    const int file = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return false;
    const bool done = ::fsync(file) == 0;
    ::close(file);
    return done;
}

Result<Done> check(const QString &file)
{
    if (!QFileInfo::exists(file))
        return Error{ErrorCode::NotFound, u"there is no file "_s + file};
    DatabaseConfig config;
    config.file = file;
    config.access = Access::Read;
    auto opened = Database::open(config);
    if (!opened)
        return opened.error();
    return quickCheck(**opened);
}

Result<Done> make(Database &database, const QString &target)
{
    if (database.engine() != Engine::Sqlite)
        return Error{ErrorCode::Refused, u"a PostgreSQL store is backed up with its own tools"_s};
    if (const auto may = mayTake(target); !may)
        return may;
    const QString folder = QFileInfo(target).absolutePath();
    if (!QFileInfo(folder).isWritable())
        return Error{ErrorCode::NotWritable, u"cannot write in "_s + folder};
    if (auto space = enoughSpace(database, folder); !space)
        return space;
    const QString part =
        target + u'.' + QUuid::createUuid().toString(QUuid::WithoutBraces) + u".part"_s;
    {
        QFile empty(part);
        if (!empty.open(QIODevice::ReadWrite | QIODevice::NewOnly, ownerOnly))
            return Error{ErrorCode::NotWritable, u"cannot create "_s + part};
    }
    auto made = vacuumInto(database, part);
    if (made && !sync(part))
        made = Error{ErrorCode::NotWritable, u"cannot sync "_s + part};
    if (made)
        made = check(part);
    if (made
        && ::rename(QFile::encodeName(part).constData(), QFile::encodeName(target).constData())
            != 0)
        made = Error{ErrorCode::NotWritable, u"cannot rename to "_s + target};
    if (!made)
        QFile::remove(part);
    else
        sync(folder);
    return made;
}

} // namespace wg::backup
