// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/importoptions.h"
#include "core/instant.h"
#include "core/result.h"
#include "sources/logreader.h"
#include "sources/tablecolumns.h"

#include <QByteArrayView>

namespace wg {

/// The kinds of file that can be imported, told by their first bytes.
enum class ImportKind : quint8
{
    CofNdjson,
    Zone,
    EntityList,
    Table,
    Log
};

/// What a file was found to be.
struct FoundKind
{
    ImportKind kind = ImportKind::EntityList;
    LogFormat log = LogFormat::Squid; ///< of a Log
    TableColumns columns; ///< of a Table
    QString unread = {}; ///< of a list that looks like a table: why it is not read as one
    bool commented = false; ///< whose header is a comment: its first line is a row
    bool likeLog = false; ///< of a list whose lines look like a log's of no known kind
    /// "cof", "zone", "entities", "csv", "squid" …
    [[nodiscard]] QString name() const;
};

/// By the beginning of a file, or by what a person said of it. Malformed for something that is none
/// of them, Usage for options that do not fit. 64 bytes behind the beginning must be readable.
Result<FoundKind> importKind(QByteArrayView beginning, const ImportOptions &options, Instant now);

} // namespace wg
