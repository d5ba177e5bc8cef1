// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/tablehead.h"

#include "sources/csvrow.h"

namespace wg {

namespace {

bool isHeaderOf(QByteArrayView comment, QByteArrayView row)
{
    const auto cellsIn = [separator = separatorOf(row)](QByteArrayView line) {
        CsvRow cut(separator);
        return cut.take(line) ? cut.cells().size() : 0;
    };
    return comment.startsWith('#') && cellsIn(row) > 1 && cellsIn(comment) == cellsIn(row);
}

} // namespace

QByteArrayView takeLine(QByteArrayView &rest)
{
    const qsizetype end = rest.indexOf('\n');
    const QByteArrayView line = end < 0 ? rest : rest.first(end);
    rest = end < 0 ? QByteArrayView() : rest.sliced(end + 1);
    return line.endsWith('\r') ? line.chopped(1) : line;
}

/// "sep=;" is a spreadsheet's word to itself.
bool isTableComment(QByteArrayView line)
{
    const bool separator = line.size() == 5 && line.toByteArray().toLower().startsWith("sep=");
    return line.startsWith('#') || separator;
}

TableHead tableHead(QByteArrayView beginning)
{
    TableHead head;
    head.rest = beginning;
    while (head.first.isEmpty() && !head.rest.isEmpty()) {
        const QByteArrayView line = takeLine(head.rest);
        const QByteArrayView text = line.trimmed();
        if (isTableComment(text))
            head.comment = text;
        else if (!text.isEmpty())
            head.first = line; // blanks before it may be empty cells
    }
    head.commented = isHeaderOf(head.comment, head.first);
    return head;
}

} // namespace wg
