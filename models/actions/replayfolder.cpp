// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/replayfolder.h"

#include "store/database.h"
#include "store/opening.h"
#include "store/reader.h"

#include <QDir>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// A replay that was killed before it noted whose the workspace is has let nobody work in it.
bool isOf(const QString &workspace, const QString &recordingId)
{
    const SystemClock clock;
    const auto database = Database::open({databaseFile(workspace), {}, Access::Read});
    if (!database)
        return true; // it was killed while it was made
    const auto settings = Reader(**database, clock).settings();
    if (!settings)
        return true;
    const QString made = settings->text(replayKey);
    return made == recordingId || (made.isEmpty() && !settings->isSet(authorKey));
}

} // namespace

Result<Done> clearReplay(const QString &workspace, const QString &recordingId)
{
    if (QFile::exists(databaseFile(workspace)) && !isOf(workspace, recordingId)) {
        return Error{ErrorCode::Refused,
                     u"the workspace %1 holds facts that are not of this recording; name a new "
                     "folder with --workspace DIR"_s.arg(workspace)};
    }
    const QDir folder(workspace);
    const QStringList files =
        folder.entryList({u"watchglass.db*"_s, u"watchglass-raw.db*"_s}, QDir::Files);
    for (const QString &file : files) {
        if (!QFile::remove(folder.filePath(file))) {
            return Error{ErrorCode::NotWritable,
                         u"%1 cannot be removed"_s.arg(folder.filePath(file))};
        }
    }
    QDir backups(backupFolder(workspace));
    if (backups.exists() && !backups.removeRecursively())
        return Error{ErrorCode::NotWritable, u"%1 cannot be removed"_s.arg(backups.path())};
    return Done{};
}

} // namespace wg
