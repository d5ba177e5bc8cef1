// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/importoptions.h"
#include "core/result.h"

#include <QByteArray>
#include <QHash>
#include <QList>

namespace wg {

/// What a column of a table holds. detail.NAME is kept with the fact under that name.
enum class TableField : quint8
{
    Owner,
    Dataset,
    Type,
    Value,
    First,
    Last,
    Count,
    Host,
    Detail
};

/// Which column of a table holds what, by its header or by what a person said. Values only.
struct TableColumns
{
    QHash<TableField, QList<qsizetype>> at; ///< the first that is not empty counts
    QList<std::pair<QString, qsizetype>> details; ///< name and column
    QStringList ignored; ///< columns that nobody explained
    QList<QByteArray> header; ///< as it stands in the file
    bool headless = false; ///< columns were named by number: there is no header
    char separator = ',';

    [[nodiscard]] bool has(TableField field) const { return at.contains(field); }
};

/// Reads a header ("domain,rrtype,ip" …). Malformed where it names no entity, or nothing about it;
/// Usage where options name columns or fields that there are not.
Result<TableColumns> tableColumns(QByteArrayView header, const ImportOptions &options);

} // namespace wg
