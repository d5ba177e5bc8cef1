// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/tablesketch.h"

#include "sources/csvrow.h"
#include "sources/importkind.h"
#include "sources/tablehead.h"

namespace wg {

namespace {

constexpr qsizetype mostRows = 3;
constexpr qsizetype mostColumns = 200; ///< that a person is asked about

QStringList cellsOf(const CsvRow &row)
{
    QStringList cells;
    for (const QByteArray &cell : row.cells())
        cells.append(QString::fromUtf8(cell));
    return cells;
}

} // namespace

std::optional<TableSketch> sketchTable(QByteArrayView beginning, Instant now)
{
    const auto found = importKind(beginning, {}, now);
    if (!found || found->unread.isEmpty())
        return std::nullopt;
    const TableHead head = tableHead(beginning);
    const QByteArrayView header = head.commented ? head.comment.sliced(1).trimmed() : head.first;
    CsvRow row(separatorOf(header));
    if (!row.take(header) || row.cells().size() > mostColumns)
        return std::nullopt; // a header of several lines explains nothing
    TableSketch sketch{cellsOf(row), {}};
    row.clear();
    QByteArrayView first = head.commented ? head.first : QByteArrayView();
    QByteArrayView rest = head.rest;
    while ((!first.isEmpty() || !rest.isEmpty()) && sketch.rows.size() < mostRows) {
        const QByteArrayView line =
            first.isEmpty() ? takeLine(rest) : std::exchange(first, QByteArrayView());
        if (line.trimmed().isEmpty() || !row.take(line))
            continue;
        sketch.rows.append(cellsOf(row));
        row.clear();
    }
    return sketch;
}

} // namespace wg
