// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pages.h"
#include "core/taglists.h"

namespace wg {

/// Adds to what a reader read what follows from it: registered domains, skeletons and system tags.
/// A value that goes along to the reader's thread, where it works.
struct Enricher
{
    std::shared_ptr<const TagLists> lists;
    QStringList ownNames;
    Instant now;

    [[nodiscard]] Enrichment completed(Enrichment known) const
    {
        return enriched(std::move(known), *lists, now, ownNames);
    }
    /// Rows of one page that lead to the same entity share what is told of it.
    void complete(QList<FactRow> &rows) const;
};

} // namespace wg
