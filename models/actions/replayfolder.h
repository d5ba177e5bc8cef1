// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QString>

namespace wg {

/// Setting: id of the recording that a workspace plays.
inline const QString replayKey = QStringLiteral("internal.replay");
/// Setting: who works in a workspace; made after the former.
inline const QString authorKey = QStringLiteral("internal.author");

/// Takes database, raw answers and backups out of a workspace that nobody has open, so that the
/// recording it plays can begin anew. Refused, and nothing is touched, where its facts are not of
/// that recording; NotWritable.
Result<Done> clearReplay(const QString &workspace, const QString &recordingId);

} // namespace wg
