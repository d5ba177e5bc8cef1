// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/eyerows.h"

#include "core/ids.h"
#include "core/names.h"
#include "store/checkrows.h"

namespace wg {

namespace {

/// No answer concerns more eyes than this; a /8 full of eyes must not stop the writer.
constexpr int mostConcerned = 10'000;

const std::string viewColumns =
    "SELECT id, artifact, since_at, baseline_at, baseline_seq, cards_day,"
    " cards_today FROM monitor";

} // namespace

std::optional<EyeRow> EyeRows::find(qint64 artifact)
{
    auto row = m_database.query("SELECT row_id, id, is_on, since_at, baseline_at, baseline_seq"
                                " FROM monitor WHERE artifact=?",
                                artifact);
    if (!row.next())
        return std::nullopt;
    return EyeRow{row.number(0),  row.uuid(1),         row.number(2) != 0,
                  row.instant(3), row.instantIfAny(4), row.number(5)};
}

void EyeRows::switchOn(const Entity &entity, Instant at, qint64 seq, const QString &author)
{
    const qint64 artifact = m_interner.artifact(entity);
    std::optional<qint64> registration;
    std::optional<QByteArray> addressKey;
    if (const auto address = parseAddress(entity.value); isAddress(entity) && address) {
        addressKey = address->sortKey();
    } else if (const QString name = registeredDomain(entity.value); !name.isEmpty()) {
        registration = m_interner.artifact({ArtifactKind::Domain, name});
    }
    const bool wasOn = isOn(artifact);
    m_database.run("INSERT INTO monitor (id, artifact, is_on, since_at, baseline_seq, author,"
                   " registration, address_key) VALUES (?,?,1,?,?,?,?,?)"
                   " ON CONFLICT (artifact) DO UPDATE SET is_on=1, since_at=excluded.since_at,"
                   " baseline_at=NULL, baseline_seq=excluded.baseline_seq, author=excluded.author",
                   newUuid(at), artifact, at, seq, author, registration, addressKey);
    countOn(wasOn ? 0 : 1);
    awaitBaseline(artifact, registration);
}

/// An answer that only repeats what was said is the first after a toggle, too: it may not go by
/// unseen.
void EyeRows::awaitBaseline(qint64 artifact, std::optional<qint64> registration)
{
    UnchangedChecks::settleAll(m_database, artifact);
    if (registration && *registration != artifact)
        UnchangedChecks::settleAll(m_database, *registration);
}

void EyeRows::switchOff(qint64 row)
{
    countOn(-m_database.run("UPDATE monitor SET is_on=0 WHERE row_id=? AND is_on=1", row));
}

void EyeRows::restore(qint64 artifact, const EyeRow &before)
{
    const bool wasOn = isOn(artifact);
    m_database.run("UPDATE monitor SET is_on=?, since_at=?, baseline_at=?, baseline_seq=?"
                   " WHERE artifact=?",
                   int(before.on), before.since, before.baselineAt, before.baselineSeq, artifact);
    countOn(int(before.on) - int(wasOn));
}

void EyeRows::countOn(qint64 by)
{
    if (by == 0)
        return;
    m_database.run("INSERT INTO meta (name, number) VALUES ('watched', ?)"
                   " ON CONFLICT (name) DO UPDATE SET number=meta.number+excluded.number",
                   by);
}

bool EyeRows::isOn(qint64 artifact)
{
    auto row = m_database.query("SELECT is_on FROM monitor WHERE artifact=?", artifact);
    return row.next() && row.number(0) != 0;
}

QList<EyeView> EyeRows::views(Statement rows, Instant now)
{
    QList<EyeView> list;
    const qint64 today = now.ms / dayMs;
    while (rows.next()) {
        EyeView eye;
        eye.monitor = rows.uuid(0);
        eye.entity = m_interner.artifactOf(rows.number(1));
        eye.since = rows.instant(2);
        eye.baselineAt = rows.instantIfAny(3);
        eye.baselineSeq = rows.number(4);
        eye.cardsToday = rows.number(5) == today ? int(rows.number(6)) : 0;
        eye.hides = m_rules.of(eye.entity);
        list.append(eye);
    }
    return list;
}

QList<EyeView> EyeRows::concerned(const Artifact &asked, Reaches reaches,
                                  const QList<IpNetwork> &networks, Instant now)
{
    const qint64 artifact = m_interner.findArtifact(asked);
    QList<EyeView> eyes;
    QSet<QUuid> seen;
    const auto take = [&](Statement rows) {
        for (const EyeView &eye : views(std::move(rows), now)) {
            if (!seen.contains(eye.monitor))
                eyes.append(eye);
            seen.insert(eye.monitor);
        }
    };
    take(m_database.query(viewColumns + " WHERE artifact=? AND is_on=1", artifact));
    if (reaches == Reaches::Registration && asked.kind == ArtifactKind::Domain) {
        take(m_database.query(viewColumns
                                  + " WHERE registration=? AND is_on=1 ORDER BY row_id LIMIT ?",
                              artifact, mostConcerned));
    }
    for (const IpNetwork &network : networks) {
        take(m_database.query(viewColumns
                                  + " WHERE address_key>=? AND address_key<=? AND is_on=1"
                                    " ORDER BY address_key LIMIT ?",
                              network.first.sortKey(), network.last().sortKey(), mostConcerned));
    }
    return eyes;
}

void EyeRows::markBaseline(qint64 artifact, Reaches reaches, Instant at)
{
    m_database.run("UPDATE monitor SET baseline_at=? WHERE artifact=? AND is_on=1"
                   " AND baseline_at IS NULL",
                   at, artifact);
    if (reaches != Reaches::Registration)
        return;
    m_database.run("UPDATE monitor SET baseline_at=? WHERE registration=? AND is_on=1"
                   " AND baseline_at IS NULL",
                   at, artifact);
    const Artifact asked = m_interner.artifactOf(artifact);
    const auto network =
        asked.kind == ArtifactKind::Cidr ? parseNetwork(asked.value) : std::nullopt;
    if (network) {
        m_database.run("UPDATE monitor SET baseline_at=? WHERE address_key>=? AND address_key<=?"
                       " AND is_on=1 AND baseline_at IS NULL",
                       at, network->first.sortKey(), network->last().sortKey());
    }
}

void EyeRows::countCard(qint64 artifact, Instant at)
{
    const qint64 day = at.ms / dayMs;
    m_database.run(
        "UPDATE monitor SET cards_today=CASE WHEN cards_day=? THEN cards_today+1 ELSE 1 END,"
        " cards_day=? WHERE artifact=?",
        day, day, artifact);
}

} // namespace wg
