// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/taglists.h"
#include "sources/catalogue.h"

namespace wg {

/// Lists that can be used, and files that cannot.
struct ReadTagLists
{
    std::shared_ptr<const TagLists> lists; ///< never null
    QList<BrokenManifest> broken;
};

/// A list as resources/lists/README.md describes it; Malformed with "LINE:COLUMN: sentence".
Result<TagList> readTagList(const QByteArray &bytes);
/// The program's own lists, and "*.json" in the user's folder; there may be none. A list of the
/// user's takes the place of the program's of the same name. A file that cannot be used is named,
/// the others count. Reads files: not for the GUI thread.
ReadTagLists readTagLists(const QString &userFolder);

} // namespace wg
