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
    [[nodiscard]] int lastParser() const { return isUsable(outcome) ? parser : usableParser; }
    [[nodiscard]] bool lastProofGone() const;
    [[nodiscard]] qint64 lastFailures() const { return isUsable(outcome) ? 0 : failures + n; }
    /// The swap bits of the last three usable checks, with room for the one that comes now.
    [[nodiscard]] int swapsShifted() const;
};

/// The detail by which a source says that a name does not exist.
bool saysNoSuchName(Outcome outcome, const QString &detail);
/// setHash, in which an answer "no such name" differs from an empty one.
Hash128 answerHash(const Observation &answer);
/// Fingerprint of world dates, which are no part of the set; 0 when the records have none.
qint64 datesHash(const QList<Record> &records);

/// The statement of unchanged checks, held while a batch runs.
class UnchangedChecks
{
public:
    explicit UnchangedChecks(Database &database);
    /// The whole of an unchanged check: one row, in place. False when it is not unchanged.
    bool extend(const CheckKey &key, const Observation &answer, const Hash128 &set, qint64 dates,
                qint64 intervalMs);

private:
    Statement m_update;
};

/// check_now and check_past: when which question was asked and what the outcome was. Writer thread.
class CheckRows
{
public:
    explicit CheckRows(Database &database)
        : m_database(database)
    { }

    std::optional<CheckRow> load(const CheckKey &key);
    /// Writes the open span; the row may be new.
    void save(const CheckKey &key, const CheckRow &row);
    /// Keeps a span that has ended.
    void close(const CheckKey &key, const CheckRow &row, bool swapped);

private:
    Database &m_database;
};

} // namespace wg
