// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/checkrows.h"

#include "store/codec.h"
#include "store/fingerprint.h"

namespace wg {

namespace {

Instant newestOf(const Pass &pass)
{
    Instant newest;
    for (const Observation &answer : pass.observations)
        newest = std::max(newest, answer.at);
    return newest;
}

} // namespace

bool CheckRow::lastProofGone() const
{
    return isProof(outcome) ? saysNoSuchName(outcome, detail) : proofGone;
}

int CheckRow::lastParser() const
{
    const bool shows = outcome == Outcome::Complete || n > 1 || usableParser == 0;
    return isUsable(outcome) && shows ? parser : usableParser;
}

int CheckRow::swapsShifted() const
{
    const qint64 shift = isUsable(outcome) ? n : 0;
    return shift >= 3 ? 0 : (swaps << shift) & 7;
}

UnchangedChecks::UnchangedChecks(Database &database)
    : m_database(database)
    , m_repeat(database.prepare("UPDATE check_repeat SET until_at=?, n=n+1 WHERE artifact=?"
                                " AND source=? AND print=? AND until_at>=? AND until_at<?"))
    , m_extend(database.prepare(
          "UPDATE check_open SET until_at=?, detail=?, n=n+1, repeats=1"
          " WHERE artifact=? AND source=? AND dataset=? AND question=? AND outcome=?"
          " AND set_hash=? AND parser=? AND dates=? AND pending=0"
          " AND until_at>=? AND until_at<?"))
{ }

bool UnchangedChecks::repeat(qint64 artifact, qint64 source, const Pass &pass, qint64 intervalMs)
{
    if (pass.fingerprint == Hash128{})
        return false;
    const Instant at = newestOf(pass);
    m_repeat.bind(at);
    m_repeat.bind(artifact);
    m_repeat.bind(source);
    m_repeat.bind(pass.fingerprint);
    m_repeat.bind(at - 2 * intervalMs);
    m_repeat.bind(at);
    return m_repeat.run() && m_repeat.changed() == 1;
}

void UnchangedChecks::settle(Database &database, qint64 artifact, qint64 source)
{
    std::optional<Instant> until;
    qint64 n = 0;
    {
        auto row = database.query(
            "SELECT until_at, n FROM check_repeat WHERE artifact=? AND source=?", artifact, source);
        if (row.next()) {
            until = row.instant(0);
            n = row.number(1);
        }
    }
    if (until)
        database.run("DELETE FROM check_repeat WHERE artifact=? AND source=?", artifact, source);
    if (n > 0) {
        database.run("UPDATE check_open SET until_at=?, n=n+?, repeats=0"
                     " WHERE artifact=? AND source=? AND repeats=1",
                     *until, n, artifact, source);
    } else {
        database.run("UPDATE check_open SET repeats=0"
                     " WHERE artifact=? AND source=? AND repeats=1",
                     artifact, source);
    }
}

void UnchangedChecks::settleAll(Database &database, qint64 artifact)
{
    QList<qint64> sources;
    {
        auto rows = database.query("SELECT source FROM check_repeat WHERE artifact=?", artifact);
        while (rows.next())
            sources.append(rows.number(0));
    }
    for (const qint64 source : std::as_const(sources))
        settle(database, artifact, source);
}

void UnchangedChecks::compareWith(qint64 artifact, qint64 source, const Pass &pass)
{
    m_database.run("INSERT INTO check_repeat (artifact, source, print, until_at, n)"
                   " VALUES (?,?,?,?,0)",
                   artifact, source, pass.fingerprint, newestOf(pass));
}

bool UnchangedChecks::extend(const CheckKey &key, const Observation &answer, const Hash128 &set,
                             qint64 dates, qint64 intervalMs)
{
    m_extend.bind(answer.at);
    m_extend.bind(codec::words(answer.detail));
    m_extend.bind(key.artifact);
    m_extend.bind(key.source);
    m_extend.bind(int(key.dataset));
    m_extend.bind(key.question);
    m_extend.bind(int(answer.outcome));
    m_extend.bind(set);
    m_extend.bind(answer.parserVersion);
    m_extend.bind(dates);
    m_extend.bind(answer.at - 2 * intervalMs);
    m_extend.bind(answer.at);
    return m_extend.run() && m_extend.changed() == 1;
}

void CheckRows::mayRepeat(const CheckKey &key)
{
    m_database.run("UPDATE check_open SET repeats=1 WHERE artifact=? AND source=? AND dataset=?"
                   " AND question=?",
                   key.artifact, key.source, int(key.dataset), key.question);
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
        "INSERT INTO check_open (artifact, source, dataset, question, outcome, parser, pending, "
        "from_at,"
        " until_at, n, dates, set_hash, records, presence, swaps, failures, confirm_at, proof_at,"
        " proof_gone, usable_at, usable_parser, members, detail, repeats)"
        " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,1)"
        " ON CONFLICT (artifact, source, dataset, question) DO UPDATE SET outcome=excluded.outcome,"
        " parser=excluded.parser, pending=excluded.pending, from_at=excluded.from_at,"
        " until_at=excluded.until_at, n=excluded.n, dates=excluded.dates,"
        " set_hash=excluded.set_hash, records=excluded.records, presence=excluded.presence,"
        " swaps=excluded.swaps, failures=excluded.failures, confirm_at=excluded.confirm_at,"
        " proof_at=excluded.proof_at, proof_gone=excluded.proof_gone, usable_at=excluded.usable_at,"
        " usable_parser=excluded.usable_parser, members=excluded.members, detail=excluded.detail,"
        " repeats=1",
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
