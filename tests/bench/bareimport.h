// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QFileInfo>
#include <QString>

namespace wg::bench {

/// The peers of an import. Each prints one JSON object and returns an exit code.

/// simdjson alone: the members that an import reads, of every line, nothing made of them.
int bareParse(QFile &file);
/// SQLite alone: the rows of a workspace that holds one import, in the same transactions, sorted by
/// the same keys, upserted into the same tables of a new database. Reading them is not counted.
int bareUpsert(const QString &workspace, const QString &fresh);

} // namespace wg::bench
