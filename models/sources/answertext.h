// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace wg {

/// A web page where data is due: a captive portal, an error page, a block page.
inline bool isWebPage(const QByteArray &body)
{
    const QByteArray start = body.left(4096).trimmed();
    return start.startsWith('<') || start.startsWith("\xef\xbb\xbf<");
}

} // namespace wg
