// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/dataset.h"

#include <QStringList>
#include <optional>

namespace wg {

/// Who waits for an import: people go first.
enum class ImportTurn : quint8
{
    Person,
    Folder
};

/// What a person says of a file that is imported, where the file does not tell it itself.
struct ImportOptions
{
    QString format; ///< "squid", "csv" …; empty: told by the first lines
    QString columns; ///< of a table: "column=field,…"; empty: told by the header
    std::optional<Dataset> dataset; ///< of a table's rows that name none
    QStringList ownNames; ///< the organisation's: contact with them is internal
    ImportTurn turn = ImportTurn::Person;
};

/// The beginning of a table whose header does not say what its columns hold, for a person who may.
struct TableSketch
{
    QStringList columns; ///< the header's cells, as outside words as the rest
    QList<QStringList> rows; ///< the first few
};

} // namespace wg
