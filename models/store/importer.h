// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/ingest.h"

#include <map>

namespace wg {

/// Bulk facts of one file. Facts that concern an eye are held back until the file's end, so that an
/// import that was cut off and is repeated still tells them, once. Writer thread.
class Importer
{
public:
    explicit Importer(IngestTables tables)
        : m_tables(tables)
    { }

    /// One batch in the caller's transaction; an empty one ends the file and raises its cards.
    IngestReport take(const QString &source, const QList<Record> &records, Instant at,
                      const IngestRules &rules);

private:
    struct Row;
    void write(const Row &row, qint64 source, qint64 seq, Instant at, IngestReport &report);
    bool hold(const Record &record);
    void learnEyes();
    bool isWatched(const Artifact &artifact);
    void joinSightings(const QList<Record> &records);
    void finish(const QString &source, Instant at, const IngestRules &rules, IngestReport &report);

    IngestTables m_tables;
    QString m_source;
    Instant m_at;
    std::map<Artifact, QList<Record>> m_held; ///< by the entity whose eye is concerned
    QHash<Artifact, bool> m_watched;
    bool m_allKnown = false;
    qsizetype m_heldCount = 0;
};

} // namespace wg
