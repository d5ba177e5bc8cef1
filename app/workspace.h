// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "actions/orders.h"
#include "core/result.h"

#include <QString>

namespace wg {

/// The folder a workspace lives in: --workspace, else $WATCHGLASS_WORKSPACE, else the user's data
/// folder.
QString workspaceFolder(const QString &asked);
/// Where the bundled story is kept, beside the user's own: --workspace, else the user's data
/// folder.
QString sampleFolder(const QString &asked);
/// Makes the folder (0700). NotWritable with the way out.
Result<WorkspacePaths> prepareWorkspace(const QString &folder);
/// Where an owner of a workspace listens; at most 100 characters, in a 0700 folder.
Result<QString> socketPath(const QString &folder);

/// Holds the workspace's lock for life; a dead owner leaves none. The locked file tells where its
/// owner listens: others may have another runtime folder, or none (cron).
class WorkspaceLock
{
public:
    WorkspaceLock() = default;
    ~WorkspaceLock();
    WorkspaceLock(const WorkspaceLock &) = delete;
    WorkspaceLock &operator=(const WorkspaceLock &) = delete;

    /// True when it is ours now, false when another process has it; NotWritable.
    Result<bool> tryLock(const QString &folder);
    /// The owner listens there from now on.
    Result<Done> announce(const QString &socket);
    /// Where the owner listens; empty when it does not (yet), or the file is not ours to trust.
    [[nodiscard]] QString announced() const;

private:
    int m_descriptor = -1;
};

} // namespace wg
