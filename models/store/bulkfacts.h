// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/factrows.h"

#include <deque>
#include <vector>

namespace wg {

/// One batch of facts of a historical source. The rows of each table are written in the order of
/// its keys, by statements that stay prepared: in any other order every row would touch another
/// page. Writer thread; within the caller's transaction.
class BulkFacts
{
public:
    BulkFacts(Database &database, Interner &interner, FactRows &facts)
        : m_database(database)
        , m_interner(interner)
        , m_facts(facts)
    { }

    /// What is told of each fact that is new here: by whom and when.
    struct Telling
    {
        qint64 source = 0;
        qint64 seq = 0;
        Instant at;
    };
    /// Keeps a pointer to the record, which must live until write().
    void add(const Record &record);
    /// Writes what was added and forgets it; how many facts are new.
    int write(const Telling &telling);

private:
    struct Row
    {
        const Record *record = nullptr;
        int ownerPlace = 0;
        int valuePlace = -1;
        FactKey key; ///< without an id, where the value's beginning is enough
    };

    /// A fact from its value's side.
    struct Back
    {
        qint64 value = 0;
        std::size_t row = 0; ///< in m_rows, once they are sorted
    };

    int end(const Artifact &artifact);
    qint64 typeNumber(const QString &type);
    void numberArtifacts();
    void sortRows();
    void joinRepeated();
    static SpanRow spanOf(const Record &record, const Telling &telling);
    [[nodiscard]] std::vector<std::size_t> freshRows() const;
    int writeFacts(const Telling &telling);
    void writeReverse();
    bool writeKnown(const Row &row, const SpanRow &told);

    Database &m_database;
    Interner &m_interner;
    FactRows &m_facts;
    std::vector<Row> m_rows;
    std::deque<Record> m_joined; ///< of several rows each
    std::vector<Back> m_back; ///< of new facts
    std::vector<Artifact> m_ends; ///< owners and values, each once
    std::vector<Interned> m_numbers; ///< of the ends
    QHash<Artifact, int> m_places; ///< in m_ends, counted from 1
    std::vector<std::pair<QString, qint64>> m_types;
};

} // namespace wg
