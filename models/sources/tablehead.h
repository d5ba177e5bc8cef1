// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

namespace wg {

/// Takes the next line off the front, without its end.
QByteArrayView takeLine(QByteArrayView &rest);
/// Whether a table's line stands before its header, or is it.
bool isTableComment(QByteArrayView line);

/// How the beginning of a table looks. Views of what it was found in.
struct TableHead
{
    QByteArrayView comment; ///< the last one before the first line that is none
    QByteArrayView first; ///< that line; empty where there are only comments
    QByteArrayView rest;
    /// The comment has as many cells as the line below it: it is the header, the line is a row.
    bool commented = false;
};

TableHead tableHead(QByteArrayView beginning);

} // namespace wg
