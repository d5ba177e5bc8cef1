// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/record.h"

namespace wg {

/// Fills a list whose last content is done with. It is written over record by record: the memory of
/// each is fetched once, not again to free it. One thread at a time; finish() ends it.
class RecordBatch
{
public:
    explicit RecordBatch(QList<Record> &records)
        : m_records(records)
    { }

    /// A record behind the others, valid until the next. It may hold what an old one held: all of
    /// it is to be written, as PassiveRecordMaker does.
    Record &add()
    {
        ++m_size;
        if (m_size > m_records.size())
            return m_records.emplaceBack();
        if (m_size + ahead <= m_records.size())
            fetch(m_records.at(m_size + ahead - 1));
        return m_records[m_size - 1];
    }
    void dropLast() { --m_size; }
    [[nodiscard]] qsizetype size() const { return m_size; }
    /// What is beyond so many, taken out.
    QList<Record> takeBeyond(qsizetype most)
    {
        finish();
        const QList<Record> beyond = m_records.mid(most);
        m_size = std::min(m_size, most);
        finish();
        return beyond;
    }
    void finish() { m_records.resize(m_size); }

private:
    /// Records between the one at hand and the one whose texts are sent for: memory takes as long.
    static constexpr qsizetype ahead = 4;

    /// What a record holds must be looked at to be freed; asked for early, nobody waits for it.
    static void fetch(const Record &record)
    {
        __builtin_prefetch(record.value.raw().constData());
        __builtin_prefetch(record.details.constData());
    }

    QList<Record> &m_records;
    qsizetype m_size = 0; ///< of what is new
};

} // namespace wg
