// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIODevice>

namespace wg::bench {

/// How the records of one name stand in the file.
enum class RecordOrder : quint8
{
    Together, ///< one behind the other, as in an export of one name after the other
    Apart ///< spread over the whole file
};

/// Writes passive DNS (COF, one object a line, 259 bytes each with its line end): five records a
/// name, of types A, AAAA, NS (two values), MX, TXT and CNAME, no fact twice. The same bytes at
/// every call. False when the device takes no more.
bool writeRecords(QIODevice &out, qint64 records, RecordOrder order);

} // namespace wg::bench
