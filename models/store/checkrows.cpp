// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/checkrows.h"

#include "store/codec.h"

#include <cstring>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// The finalizer of splitmix64.
quint64 mixed(quint64 x)
{
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
    return x ^ (x >> 31);
}

quint64 timeBits(const std::optional<Instant> &time)
{
    return time ? quint64(time->ms) : 0x8000000000000000U;
}

} // namespace

bool CheckRow::lastProofGone() const
{
    return isProof(outcome) ? saysNoSuchName(outcome, detail) : proofGone;
}

int CheckRow::swapsShifted() const
{
    const qint64 shift = isUsable(outcome) ? n : 0;
    return shift >= 3 ? 0 : (swaps << shift) & 7;
}

bool saysNoSuchName(Outcome outcome, const QString &detail)
{
    return outcome == Outcome::Empty && detail == "nxdomain"_L1;
}

Hash128 answerHash(const Observation &answer)
{
    Hash128 hash = setHash(answer.records);
    if (saysNoSuchName(answer.outcome, answer.detail))
        hash[15] ^= 0xff;
    return hash;
}

qint64 datesHash(const QList<Record> &records)
{
    quint64 sum = 0;
    for (const Record &record : records) {
        if (!record.worldFirst && !record.worldLast)
            continue;
        const Hash128 id = recordId(record);
        quint64 bits = 0;
        std::memcpy(&bits, id.data(), sizeof bits);
        bits = mixed(bits ^ timeBits(record.worldFirst));
        sum += mixed(bits ^ timeBits(record.worldLast));
    }
    return qint64(sum);
}

UnchangedChecks::UnchangedChecks(Database &database)
    : m_update(
        database.prepare("UPDATE check_now SET until_at=?, n=n+1 WHERE artifact=? AND source=?"
                         " AND dataset=? AND question=? AND outcome=? AND set_hash=?"
                         " AND parser=? AND dates=? AND pending=0 AND until_at>=? AND until_at<?"))
{ }

bool UnchangedChecks::extend(const CheckKey &key, const Observation &answer, const Hash128 &set,
                             qint64 dates, qint64 intervalMs)
{
    m_update.bind(answer.at);
    m_update.bind(key.artifact);
    m_update.bind(key.source);
    m_update.bind(int(key.dataset));
    m_update.bind(key.question);
    m_update.bind(int(answer.outcome));
    m_update.bind(set);
    m_update.bind(answer.parserVersion);
    m_update.bind(dates);
    m_update.bind(answer.at - 2 * intervalMs);
    m_update.bind(answer.at);
    return m_update.run() && m_update.changed() == 1;
}

std::optional<CheckRow> CheckRows::load(const CheckKey &key)
{
    auto found = m_database.query(
        "SELECT outcome, parser, pending, from_at, until_at, n, dates, set_hash, records, presence,"
        " swaps, failures, confirm_at, proof_at, proof_gone, usable_at, usable_parser, members, "
        "detail"
        " FROM check_now WHERE artifact=? AND source=? AND dataset=? AND question=?",
        key.artifact, key.source, int(key.dataset), key.question);
    if (!found.next())
        return std::nullopt;
    CheckRow row;
    row.outcome = Outcome(found.number(0));
    row.parser = int(found.number(1));
    row.pending = found.number(2);
    row.from = found.instant(3);
    row.until = found.instant(4);
    row.n = found.number(5);
    row.dates = found.number(6);
    row.set = found.hash(7);
    row.records = found.number(8);
    row.presence = Presence(found.number(9));
    row.swaps = int(found.number(10));
    row.failures = found.number(11);
    row.confirmAt = found.instantIfAny(12);
    row.proofAt = found.instantIfAny(13);
    row.proofGone = found.number(14) != 0;
    row.usableAt = found.instantIfAny(15);
    row.usableParser = int(found.number(16));
    row.members = found.bytes(17);
    row.detail = found.text(18);
    return row;
}

void CheckRows::save(const CheckKey &key, const CheckRow &row)
{
    m_database.run(
        "INSERT INTO check_now (artifact, source, dataset, question, outcome, parser, pending, "
        "from_at,"
        " until_at, n, dates, set_hash, records, presence, swaps, failures, confirm_at, proof_at,"
        " proof_gone, usable_at, usable_parser, members, detail)"
        " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
        " ON CONFLICT (artifact, source, dataset, question) DO UPDATE SET outcome=excluded.outcome,"
        " parser=excluded.parser, pending=excluded.pending, from_at=excluded.from_at,"
        " until_at=excluded.until_at, n=excluded.n, dates=excluded.dates,"
        " set_hash=excluded.set_hash, records=excluded.records, presence=excluded.presence,"
        " swaps=excluded.swaps, failures=excluded.failures, confirm_at=excluded.confirm_at,"
        " proof_at=excluded.proof_at, proof_gone=excluded.proof_gone, usable_at=excluded.usable_at,"
        " usable_parser=excluded.usable_parser, members=excluded.members, detail=excluded.detail",
        key.artifact, key.source, int(key.dataset), key.question, int(row.outcome), row.parser,
        row.pending, row.from, row.until, row.n, row.dates, row.set, row.records, int(row.presence),
        row.swaps, row.failures, row.confirmAt, row.proofAt, int(row.proofGone), row.usableAt,
        row.usableParser, row.members, codec::words(row.detail));
}

void CheckRows::close(const CheckKey &key, const CheckRow &row, bool swapped)
{
    m_database.run(
        "INSERT INTO check_past (artifact, source, dataset, question, from_at, until_at, n,"
        " outcome, parser, records, set_hash, swapped, detail)"
        " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING",
        key.artifact, key.source, int(key.dataset), key.question, row.from, row.until, row.n,
        int(row.outcome), row.parser, row.records, row.set, int(swapped), codec::words(row.detail));
}

} // namespace wg
