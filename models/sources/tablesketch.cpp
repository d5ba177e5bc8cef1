// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/tablesketch.h"

#include "sources/csvrow.h"
#include "sources/importkind.h"

namespace wg {

namespace {

constexpr qsizetype mostRows = 3;
constexpr qsizetype mostColumns = 200; ///< that a person is asked about

/// Takes a line and its end off the front.
QByteArrayView takeLine(QByteArrayView &text)
{
    const qsizetype end = text.indexOf('\n');
    const QByteArrayView line = end < 0 ? text : text.first(end);
    text = end < 0 ? QByteArrayView() : text.sliced(end + 1);
    return line.trimmed();
}

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
    QByteArrayView header;
    QByteArrayView comment;
    while (!beginning.isEmpty() && (header.isEmpty() || isTableComment(header))) {
        comment = isTableComment(header) ? header : comment;
        header = takeLine(beginning);
    }
    QByteArrayView below = header; // the first row, where a comment is the header
    if (isHeaderOf(comment, header)) {
        header = comment.sliced(1).trimmed();
    } else {
        below = {};
    }
    CsvRow row(separatorOf(header));
    if (!row.take(header) || row.cells().size() > mostColumns)
        return std::nullopt; // a header of several lines explains nothing
    TableSketch sketch{cellsOf(row), {}};
    row.clear();
    while ((!below.isEmpty() || !beginning.isEmpty()) && sketch.rows.size() < mostRows) {
        const QByteArrayView line =
            below.isEmpty() ? takeLine(beginning) : std::exchange(below, QByteArrayView());
        if (line.isEmpty() || !row.take(line))
            continue;
        sketch.rows.append(cellsOf(row));
        row.clear();
    }
    return sketch;
}

} // namespace wg
