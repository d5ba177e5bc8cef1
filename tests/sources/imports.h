// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/importreader.h"

#include <optional>

namespace wg {

/// Everything that the reader finds in a file. For tests.
struct WholeImport
{
    QString kind;
    QList<Record> records;
    ImportTally tally;
    std::optional<Error> error;

    /// "owner dataset TYPE value" of every record.
    [[nodiscard]] QStringList lines() const;
    /// "2: why" of every bad line.
    [[nodiscard]] QStringList bad() const;
    /// The record that has such a line; an empty one if none has.
    [[nodiscard]] Record of(const QString &line) const;
};

/// The present of these tests, for dates without a year.
constexpr Instant importTime{1'795'000'000'000}; // 2026-11-18
WholeImport importText(QByteArray text, const ImportOptions &options = {}, int batch = 1000);
WholeImport importData(const QString &file, const ImportOptions &options = {});

} // namespace wg
