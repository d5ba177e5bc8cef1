// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/factbatch.h"
#include "store/ingest.h"

#include <map>

namespace wg {

/// Bulk facts of files, a few of which may take turns: each is known by its source and time. Facts
/// that concern an eye are held back until the file's end, so that an import that was cut off and
/// is repeated still tells them, once. Writer thread.
class Importer
{
public:
    explicit Importer(IngestTables tables)
        : m_tables(tables)
    { }

    /// One batch in the caller's transaction; an empty one ends the file and raises its cards.
    IngestReport take(const QString &source, const FactBatch &facts, Instant at,
                      const IngestRules &rules);

private:
    /// What an import has held back, by the entity whose eye is concerned.
    struct Held
    {
        std::map<Artifact, QList<Record>> facts;
        qsizetype count = 0;
    };

    Held &heldOf(const QString &source, Instant at);
    std::vector<bool> hold(const FactBatch &facts, Held &held);
    void learnEyes();
    bool isWatched(const Artifact &artifact);
    void joinSightings(const QList<Record> &records);
    void finish(const QString &source, Instant at, const IngestRules &rules, Held &held,
                IngestReport &report);

    IngestTables m_tables;
    std::map<std::pair<Instant, QString>, Held> m_imports; ///< under way, the oldest first
    QHash<Artifact, bool> m_watched;
    bool m_allKnown = false;
};

} // namespace wg
