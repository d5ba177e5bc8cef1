// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/record.h"
#include "sources/knownfields.h"
#include "sources/passiverecord.h"
#include "sources/recordbatch.h"

#include <memory>

namespace wg {

/// Reads one line of COF (draft-dulaunoy-dnsop-passive-dns-cof and what came before it), bare or
/// within a DNSDB frame. One thread at a time; owned by ImportReader.
class CofLine
{
public:
    /// told: when the file is read.
    explicit CofLine(Instant told);
    ~CofLine();

    /// The bytes behind the line that must be readable.
    static constexpr qsizetype padding = 64;

    /// Appends the line's records; returns what is wrong, or nothing. A line that only frames
    /// others has neither. line[0, size + padding) must be readable.
    QString read(const char *line, qsizetype size, RecordBatch &out);
    /// Counts which documented fields the line that was read last holds; nothing where it only
    /// frames others or could not be read.
    void countKnown(KnownFields &known) const;
    /// A frame began and was not closed: without its end an answer is not known to be whole.
    [[nodiscard]] bool isOpen() const;
    /// The server said itself that this is not all.
    [[nodiscard]] bool wasCut() const;
    /// Some line framed others.
    [[nodiscard]] bool wasFramed() const;

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace wg
