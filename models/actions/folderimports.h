// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "actions/filepart.h"
#include "actions/orders.h"
#include "actions/watchedfolder.h"
#include "core/instant.h"
#include "core/settings.h"
#include "store/store.h"

namespace wg {

class Actions;

inline const QString filesSource = QStringLiteral("files");
inline const QString folderKey = QStringLiteral("files.folder");
inline const QString quietKey = QStringLiteral("files.quiet");

/// Imports what turns up in the watched folder, one file after the other, and remembers in the
/// workspace which version of which file it has had, and how far it was read: of a file that grows
/// only what came is read. A last line without its end is awaited; that of a table or a list, which
/// may never get one, for some seconds. What became of the last one is what the source
/// "files" last said; a file that cannot be taken is told once. Lives on the main thread.
class FolderImports : public QObject
{
    Q_OBJECT

public:
    /// Writes one of our own keys into the workspace.
    using Remember = std::function<void(const QString &key, const QString &text)>;
    FolderImports(Actions &actions, Store &store, const Clock &clock, Remember remember);

    /// Empty: none. The settings hold what earlier runs have had.
    void watch(const QString &folder, const Settings &settings);

Q_SIGNALS:
    /// What is wrong with the folder or its last file, or nothing any more.
    void troubleChanged(const QString &trouble);

private:
    struct Found
    {
        QString path;
        QString version;
        LastLine lastLine = LastLine::Awaited;
    };

    void take(const Found &found);
    void takeNext();
    void over();
    void read(const Found &found, const FileOpening &opening);
    void took(const Found &found, const FileOpening &opening, const Result<ImportReport> &report);
    [[nodiscard]] QList<FileMemory> memoriesOfKin(const QString &path) const;
    void remember(const Found &found, const FileOpening &opening, const QString &format);
    void awaitLastLine(const Found &found, const QString &format);
    void tell(Outcome outcome, const QString &detail);
    void tellTrouble(const QString &detail);

    Actions &m_actions;
    Store &m_store;
    const Clock &m_clock;
    Remember m_remember;
    WatchedFolder m_folder;
    int m_lastLineMs = 0; ///< how long a last line may be without its end before it is taken
    QHash<QString, FileMemory> m_memories; ///< by path
    QHash<QString, FileMemory> m_before; ///< by path, of what was in a file that began anew
    QList<Found> m_waiting; ///< the first is being read, and only that one is open
};

} // namespace wg
