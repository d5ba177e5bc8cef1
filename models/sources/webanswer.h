// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/fetcher.h"

#include <QUrl>

namespace wg {

/// What a web server answered to one request, as it is kept and parsed again.
struct WebAnswer
{
    QUrl url; ///< that was asked, whatever server the settings put in its place
    int status = 0;
    QList<std::pair<QByteArray, QByteArray>> headers; ///< lower-case names; Set-Cookie repeats
    QByteArray body;

    /// All values of a header, in their order.
    [[nodiscard]] QByteArrayList header(QByteArrayView name) const;
    /// Where it sends on to; not a URL where it does not.
    [[nodiscard]] QUrl redirection() const;
};

/// As bytes: the URL, the status, a line for each header, an empty line, the body.
QByteArray webAnswerBytes(const QUrl &url, const HttpAnswer &answer);
/// Pure; nothing where the bytes are none.
std::optional<WebAnswer> readWebAnswer(const QByteArray &bytes);

} // namespace wg
