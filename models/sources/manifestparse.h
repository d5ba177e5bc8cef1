// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/manifest.h"
#include "sources/source.h"

namespace wg {

/// Pure and thread-safe: what a described source answered, as its manifest reads it. One
/// observation for each dataset of each question that was asked.
QList<Observation> parseManifest(const Manifest &manifest, const RawPass &raw);

/// The texts of an answer's rows that another question follows, each once; only those that are a
/// name within a path and nothing else.
QStringList rowsToFollow(const Following &following, const QByteArray &body);

/// What a page says of the next one.
struct PageLook
{
    qint64 rows = 0;
    std::optional<QString> next; ///< Cursor
    std::optional<qint64> pages; ///< Page
};
/// Reads no more than that; nothing known where the page cannot be read.
PageLook lookAtPage(const Paging &paging, const QByteArray &body);

} // namespace wg
