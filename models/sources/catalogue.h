// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sourceinfo.h"
#include "net/regularfile.h"

#include <QHash>
#include <QStringList>
#include <memory>

namespace wg {

struct Manifest;
class TagLists;

/// A manifest or list that cannot be used, and why.
struct BrokenManifest
{
    QString file;
    QString why; ///< "LINE:COLUMN: sentence"
};

/// Every source there is: the programmed ones, those that manifests of the program describe, and
/// those that the user's manifests do. Made once at start; a value that threads share.
struct Catalogue
{
    QList<std::shared_ptr<const Manifest>> manifests;
    QHash<QString, QByteArray> own; ///< texts of those that are the user's, by source
    QList<BrokenManifest> broken;
    std::shared_ptr<const TagLists> lists; ///< of which system tags are made; never null

    /// What each declares, in the order in which they are shown; files last.
    [[nodiscard]] QList<SourceInfo> infos() const;
    /// Names of those that are off until somebody switches them on.
    [[nodiscard]] QStringList offAtFirst() const;
};

/// The program's own manifests and lists, and "*.json" in the user's folders, by name; a folder
/// that is not there, or not named, holds none. A file that cannot be used is named, the others
/// count.
Catalogue readCatalogue(const QString &userFolder, const QString &listFolder = {},
                        Links links = Links::Followed);

} // namespace wg
