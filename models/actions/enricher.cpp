// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/enricher.h"

namespace wg {

void Enricher::complete(QList<FactRow> &rows) const
{
    QHash<const Enrichment *, std::shared_ptr<const Enrichment>> done;
    for (FactRow &row : rows) {
        if (!row.enrichment)
            continue;
        auto &made = done[row.enrichment.get()];
        if (!made)
            made = std::make_shared<const Enrichment>(completed(*row.enrichment));
        row.enrichment = made;
    }
}

} // namespace wg
