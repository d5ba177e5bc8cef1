// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QStringList>
#include <QUrl>

namespace wg {

/// Something that a page has fetched, or leads to, and by which element and attribute.
struct HtmlReference
{
    QString cause; ///< "script.src", "link.href" …
    QUrl url; ///< absolute
};

/// What a page says without any of its scripts being run.
struct HtmlPage
{
    QString title; ///< one line
    QStringList generators; ///< of <meta name="generator">
    QList<HtmlReference> references; ///< in the page's order
    QString code; ///< all scripts in the page, and a line for each reference as written
    bool cut = false; ///< there was more than is read
};

/// Reads a page of UTF-8 that url answered with: at most 2 MiB, 512 elements deep, 10,000
/// references. Pure; any thread; never fails, whatever the bytes are.
HtmlPage readHtml(const QByteArray &utf8, const QUrl &url);

} // namespace wg
