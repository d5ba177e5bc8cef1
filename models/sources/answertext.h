// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace wg {

/// A web page where data is due: a captive portal, an error page, a block page.
inline bool isWebPage(const QByteArray &body)
{
    const QByteArray start = body.left(4096).trimmed();
    return start.startsWith('<') || start.startsWith("\xef\xbb\xbf<");
}

/// The answer without the byte order mark that some servers put before it.
inline QByteArray withoutMark(const QByteArray &body)
{
    return body.startsWith("\xef\xbb\xbf") ? body.mid(3) : body;
}

/// Says of a usable answer that not every row of it could be read; empty where all could.
inline QString wordsOfUnread(qint64 unread, qint64 all)
{
    return unread == 0 ? QString()
                       : QStringLiteral("%1 of %2 rows could not be read").arg(unread).arg(all);
}

} // namespace wg
