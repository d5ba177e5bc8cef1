// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/observation.h"
#include "store/interner.h"

namespace wg {

/// The numbers of one question.
struct CheckKey
{
    qint64 artifact = 0;
    qint64 source = 0;
    Dataset dataset = Dataset::Dns;
    qint64 question = 0;
};

/// The open check span of a question with what was before it.
struct CheckRow
{
    Outcome outcome = Outcome::Unreachable;
    int parser = 0;
    qint64 pending = 0;
    Instant from;
    Instant until;
    qint64 n = 1;
    qint64 dates = 0;
    Hash128 set{};
    qint64 records = 0;
    Presence presence = Presence::Current;
    int swaps = 0; ///< bits of the last three usable checks, at the span's first
    qint64 failures = 0; ///< unusable checks in a row before this span
    std::optional<Instant> confirmAt;
    std::optional<Instant> proofAt; ///< before this span
    bool proofGone = false; ///< that proof was NXDOMAIN
    std::optional<Instant> usableAt; ///< before this span
    int usableParser = 0;
    QByteArray members; ///< sorted 8-byte beginnings of record ids; empty when many
    QString detail;

    /// The same with this span counted in.
    [[nodiscard]] std::optional<Instant> lastProof() const
    {
        return isProof(outcome) ? until : proofAt;
    }
    [[nodiscard]] std::optional<Instant> lastUsable() const
    {
        return isUsable(outcome) ? until : usableAt;
    }
    /// Which parser read what is held. An answer that is less than the one before, empty or cut,
    /// does not show what a newer one spells otherwise, unless it is repeated.
    [[nodiscard]] int lastParser() const;
    [[nodiscard]] bool lastProofGone() const;
    [[nodiscard]] qint64 lastFailures() const { return isUsable(outcome) ? 0 : failures + n; }
    /// The swap bits of the last three usable checks, with room for the one that comes now.
    [[nodiscard]] int swapsShifted() const;
};

/// The statements of unchanged checks, held while a batch runs.
class UnchangedChecks
{
public:
    explicit UnchangedChecks(Database &database);
    /// The whole of an ask that brought what it brought before: one small row, in place. False when
    /// it did not.
    bool repeat(qint64 artifact, qint64 source, const Pass &pass, qint64 intervalMs);
    /// Counts repetitions into the open spans they belong to, before one of them is touched.
    static void settle(Database &database, qint64 artifact, qint64 source);
    /// Of every source: the next answer of each is looked at question by question.
    static void settleAll(Database &database, qint64 artifact);
    /// From now on the whole ask is compared with this one, whose spans were all just written.
    void compareWith(qint64 artifact, qint64 source, const Pass &pass);
    /// One question of an ask that did change, perhaps for another reason than before. False when
    /// the question changed as well.
    bool extend(const CheckKey &key, const Observation &answer, const Hash128 &set, qint64 dates,
                qint64 intervalMs);

private:
    Database &m_database;
    Statement m_repeat;
    Statement m_extend;
};

/// check_open and check_past: when which question was asked and what the outcome was. Writer
/// thread.
class CheckRows
{
public:
    explicit CheckRows(Database &database)
        : m_database(database)
    { }

    /// The span is one of those that the repetitions of its whole ask count for.
    void mayRepeat(const CheckKey &key);
    /// The open span, repetitions counted in.
    std::optional<CheckRow> load(const CheckKey &key);
    /// Writes the open span, whose repetitions are settled; the row may be new.
    void save(const CheckKey &key, const CheckRow &row);
    /// Keeps a span that has ended.
    void close(const CheckKey &key, const CheckRow &row, bool swapped);

private:
    Database &m_database;
};

} // namespace wg
