// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/factbatch.h"
#include "store/factrows.h"

#include <vector>

namespace wg {

/// Writes one batch of facts of a historical source. The rows of each table are written in the
/// order of its keys, by statements that stay prepared: in any other order every row would touch
/// another page. Writer thread; within the caller's transaction.
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
    /// leftOut: rows of the batch that are not written, or none. How many facts are new.
    int write(const FactBatch &batch, const std::vector<bool> &leftOut, const Telling &telling);

private:
    /// One row of a batch with the numbers of its texts.
    struct Row
    {
        const FactBatch *batch = nullptr;
        std::size_t place = 0; ///< in the batch
        qint64 owner = 0;
        qint64 type = 0;
        qint64 value = 0; ///< 0 for none
        Dataset dataset = Dataset::Dns;
        bool freshOwner = false;

        [[nodiscard]] const FactBatch::Row &told() const { return batch->rows()[place]; }
        [[nodiscard]] std::string_view vkey() const { return batch->text(told().vkey); }
        /// As in the tables.
        [[nodiscard]] std::string_view rid() const;
    };

    /// A new fact that is found from its value's side, with most of its row in that table.
    struct Back
    {
        qint64 value = 0;
        qint64 owner = 0;
        qint64 type = 0;
        quint32 row = 0;
        Dataset dataset = Dataset::Dns;
        bool ownKey = false; ///< the whole key
    };

    void takeRows(const FactBatch &batch, const std::vector<bool> &leftOut);
    [[nodiscard]] std::vector<Interned> numbersOf(const FactBatch &batch,
                                                  const std::vector<bool> &used);
    static bool isBefore(const Row &one, const Row &two);
    static bool isSame(const Row &one, const Row &two);
    void joinRepeated();
    [[nodiscard]] std::vector<std::size_t> freshRows() const;
    int writeFacts(const Telling &telling);
    static void bindFact(Statement &to, const Row &row, const Telling &telling, bool atOnce);
    void writeReverse();
    bool writeKnown(const Row &row, const Telling &telling);

    Database &m_database;
    Interner &m_interner;
    FactRows &m_facts;
    std::vector<Row> m_rows;
    FactBatch m_joined; ///< of several rows each
    std::vector<Back> m_back;
};

} // namespace wg
