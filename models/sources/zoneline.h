// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/passiverecord.h"
#include "sources/recordbatch.h"

#include <string>
#include <string_view>
#include <vector>

namespace wg {

/// Reads a zone file (RFC 1035, 5.1) line by line, also what dig and AXFR print. Signatures and
/// what else only proves the zone (RRSIG, NSEC, NSEC3, NSEC3PARAM, ZONEMD) are passed over. One
/// thread at a time; owned by ImportReader.
class ZoneLine
{
public:
    /// told: when the file is read.
    explicit ZoneLine(Instant told);

    /// Whether a file that has such a line is a zone file: a directive, or owner, class and type.
    static bool isZone(std::string_view line);

    /// Appends the records of the entry that ends in this line; returns what is wrong, or nothing.
    /// A line that begins an entry ends an open one before it, which is lost.
    /// indented: blanks stood before the line, which has none at its ends any more.
    QString read(std::string_view line, bool indented, RecordBatch &out);
    /// A line could not be read: the entry it belongs to is lost, and the owner of what follows.
    void lose();
    /// An entry began in parentheses and they were not closed.
    [[nodiscard]] bool isOpen() const { return m_depth > 0; }

private:
    QString readOn(std::string_view line, bool indented, RecordBatch &out);
    void loseOrigin();
    QString takeEntry(RecordBatch &out);
    QString takeDirective();
    QString takeRecord(RecordBatch &out);
    /// Absolute; nothing for a relative name without an origin.
    [[nodiscard]] std::optional<std::string> absolute(std::string_view name) const;
    [[nodiscard]] QString faultOf(quint16 type, std::size_t from) const;
    [[nodiscard]] std::optional<std::string> dataOf(quint16 type, std::size_t from) const;

    PassiveRecordMaker m_maker;
    std::vector<std::string> m_words; ///< of the entry so far; quoted ones keep their quotes
    std::size_t m_bytes = 0;
    bool m_indented = false; ///< the entry has no owner of its own
    int m_depth = 0; ///< of parentheses
    QLatin1String m_fault; ///< of the entry's text
    std::string m_origin; ///< without the last dot
    bool m_hasOrigin = false;
    std::string m_owner;
};

} // namespace wg
