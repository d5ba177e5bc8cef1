// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <map>
#include <optional>

namespace wg {

/// How many rows of an answer hold which of the fields that its source documents: what most of
/// them lack is a sign that answers look different now.
class KnownFields
{
public:
    /// Another row; rows of different groups are counted apart.
    void count(const QString &field, bool isThere, const void *group = nullptr);

    /// The fields that most rows lack, each once. Rows without a field that others have may be odd
    /// ones, so it takes a few; where none of the rows was understood, one. Nothing where
    /// there were too few rows to tell.
    [[nodiscard]] std::optional<QStringList> lacking(qint64 understood) const;

private:
    struct Rows
    {
        qint64 all = 0;
        qint64 lacking = 0;
    };
    std::map<std::pair<QString, const void *>, Rows> m_rows;
};

} // namespace wg
