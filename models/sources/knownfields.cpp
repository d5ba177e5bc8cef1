// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/knownfields.h"

namespace wg {

namespace {

constexpr qint64 fewestLacking = 3;

} // namespace

void KnownFields::count(const QString &field, bool isThere, const void *group)
{
    Rows &rows = m_rows[{field, group}];
    ++rows.all;
    rows.lacking += isThere ? 0 : 1;
}

std::optional<QStringList> KnownFields::lacking(qint64 understood) const
{
    const qint64 enough = understood > 0 ? fewestLacking : 1;
    QStringList fields;
    bool known = !m_rows.empty();
    for (const auto &[field, rows] : m_rows) {
        if (2 * rows.lacking <= rows.all)
            continue;
        if (rows.lacking >= enough)
            fields.append(field.first);
        else
            known = false;
    }
    fields.removeDuplicates();
    return known || !fields.isEmpty() ? std::optional(fields) : std::nullopt;
}

} // namespace wg
