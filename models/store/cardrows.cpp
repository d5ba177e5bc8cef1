// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/cardrows.h"

#include "core/ids.h"
#include "store/cardread.h"
#include "store/codec.h"

namespace wg {

namespace {

constexpr qint64 groupWithinMs = 48 * hourMs;

} // namespace

bool CardRows::add(Card &card, qint64 seq)
{
    {
        auto known = m_database.query("SELECT row_id FROM card WHERE id=?", card.id);
        if (known.next()) {
            card.row = known.number(0);
            return false;
        }
    }
    insert(card, seq);
    QSet<Artifact> entities(card.concerns.cbegin(), card.concerns.cend());
    entities.insert(card.entity);
    for (const Artifact &entity : std::as_const(entities)) {
        const qint64 artifact = m_interner.artifact(entity);
        m_database.run("INSERT INTO card_entity (artifact, card, concern) VALUES (?,?,?)"
                       " ON CONFLICT DO NOTHING",
                       artifact, card.row, int(card.concerns.contains(entity)));
        if (card.state != CardState::Suppressed)
            m_eyes.countCard(artifact, card.detectedAt);
    }
    for (const Dataset dataset : std::as_const(card.datasets)) {
        m_database.run(
            "INSERT INTO card_dataset (dataset, card) VALUES (?,?) ON CONFLICT DO NOTHING",
            int(dataset), card.row);
    }
    qint64 place = 0;
    for (const Change &change : std::as_const(card.changes))
        insertChange(card.row, change, place++);
    count(card.state, 1, 1);
    if (card.state != CardState::Suppressed && card.signature != Hash128{})
        group(card);
    return true;
}

void CardRows::insert(Card &card, qint64 seq)
{
    card.changeCount = std::max(card.changeCount, int(card.changes.size()));
    auto added = m_database.query(
        "INSERT INTO card (id, entity, cause, weight, state, detected_at, day, seq, source,"
        " snoozed_until, hidden_by, signature, change_count, notified, datasets, headline)"
        " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) RETURNING row_id",
        card.id, m_interner.artifact(card.entity), int(card.cause), card.weight, int(card.state),
        card.detectedAt, card.detectedAt.ms / dayMs, seq, m_interner.source(card.source),
        card.snoozedUntil, codec::words(card.hiddenBy), card.signature, card.changeCount,
        card.state == CardState::New ? 0 : 1, codec::fromDatasets(card.datasets),
        codec::words(card.headline));
    if (added.next())
        card.row = added.number(0);
}

void CardRows::insertChange(qint64 row, const Change &change, qint64 place)
{
    const Record &record = change.record;
    m_database.run(
        "INSERT INTO card_change (card, id, place, kind, asked, dataset, source, question, owner, "
        "rtype,"
        " identity, value, attributes, details, old_words, new_words, world_first, world_last, "
        "told_at,"
        " fetched_at, novelty, hidden_by) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
        " ON CONFLICT DO NOTHING",
        row, change.id, place, int(change.kind), m_interner.artifact(change.question.asked),
        int(change.question.dataset), m_interner.source(change.question.source),
        m_interner.word(change.question.text), m_interner.artifact(record.owner),
        m_interner.word(record.type), int(record.identity), record.value.raw(),
        codec::fromAttributes(record.attributes), codec::fromAttributes(record.details),
        change.before.raw(), change.after.raw(), change.worldFirst, record.worldLast, change.toldAt,
        change.fetchedAt, int(change.novelty), codec::words(change.hiddenBy));
}

void CardRows::count(CardState state, int lead, int by)
{
    m_database.run("INSERT INTO card_count (state, lead, n) VALUES (?,?,?)"
                   " ON CONFLICT (state, lead) DO UPDATE SET n=card_count.n+excluded.n",
                   int(state), lead, by);
}

void CardRows::unlead(qint64 row)
{
    auto card = m_database.query("SELECT state FROM card WHERE row_id=? AND lead=1", row);
    if (!card.next())
        return;
    const auto state = CardState(card.number(0));
    m_database.run("UPDATE card SET lead=0 WHERE row_id=?", row);
    count(state, 1, -1);
    count(state, 0, 1);
}

void CardRows::group(Card &card)
{
    const qint64 entity = m_interner.artifact(card.entity);
    qint64 lead = 0;
    QUuid id;
    bool same = false;
    {
        auto known = m_database.query("SELECT lead_card, entity, last_at, grp FROM card_signature"
                                      " WHERE signature=?",
                                      card.signature);
        if (known.next() && card.detectedAt - known.instant(2) <= groupWithinMs) {
            lead = known.number(0);
            same = known.number(1) == entity;
            id = known.uuid(3);
        }
    }
    if (!id.isNull()) {
        auto member = m_database.query("SELECT 1 FROM card WHERE grp=? AND entity=?", id, entity);
        same = member.next();
    }
    if (lead && !same) {
        if (id.isNull()) {
            id = contentUuid(toBytes(card.signature) + card.id.toRfc4122());
            m_database.run("INSERT INTO card_group (id, n) VALUES (?, 1)", id);
            m_database.run("UPDATE card SET grp=? WHERE row_id=?", id, lead);
        }
        m_database.run("UPDATE card_group SET n=n+1 WHERE id=?", id);
        m_database.run("UPDATE card SET grp=? WHERE row_id=?", id, card.row);
        unlead(lead);
        auto size = m_database.query("SELECT n FROM card_group WHERE id=?", id);
        card.group = id;
        card.groupSize = size.next() ? int(size.number(0)) : 1;
    } else if (lead && !id.isNull()) {
        return; // the same entity again: stands alone, the group goes on
    }
    m_database.run(
        "INSERT INTO card_signature (signature, lead_card, entity, last_at, grp)"
        " VALUES (?,?,?,?,?) ON CONFLICT (signature) DO UPDATE SET"
        " lead_card=excluded.lead_card, entity=excluded.entity, last_at=excluded.last_at,"
        " grp=excluded.grp",
        card.signature, card.row, entity, card.detectedAt,
        id.isNull() ? std::nullopt : std::optional(id.toRfc4122()));
}

bool CardRows::amend(const QUuid &id, const Change &change)
{
    qint64 row = 0;
    qint64 place = 0;
    {
        auto card = m_database.query("SELECT row_id, change_count FROM card WHERE id=?", id);
        if (!card.next())
            return false;
        row = card.number(0);
        place = card.number(1);
    }
    {
        auto known =
            m_database.query("SELECT 1 FROM card_change WHERE card=? AND id=?", row, change.id);
        if (known.next())
            return false;
    }
    insertChange(row, change, place);
    m_database.run("UPDATE card SET change_count=change_count+1 WHERE row_id=?", row);
    m_database.run("INSERT INTO card_dataset (dataset, card) VALUES (?,?) ON CONFLICT DO NOTHING",
                   int(change.question.dataset), row);
    return true;
}

QList<QUuid> CardRows::reopenSnoozed(const Card &raised)
{
    QSet<Artifact> entities(raised.concerns.cbegin(), raised.concerns.cend());
    entities.insert(raised.entity);
    QList<QUuid> sleeping;
    for (const Artifact &entity : std::as_const(entities)) {
        auto cards = m_database.query("SELECT c.id FROM card_entity e JOIN card c"
                                      " ON c.row_id=e.card WHERE e.artifact=? AND +c.state=?"
                                      " AND c.snoozed_until IS NULL AND c.row_id<>?"
                                      " AND c.signature<>?",
                                      m_interner.artifact(entity), int(CardState::Snoozed),
                                      raised.row, raised.signature);
        while (cards.next())
            sleeping.append(cards.uuid(0));
    }
    QList<QUuid> woken;
    for (const QUuid &card : std::as_const(sleeping)) {
        for (const auto &[row, id] : withGroup(card)) {
            const auto was = before(row);
            if (!was || was->state != CardState::Snoozed || was->snoozedUntil)
                continue;
            setState(row, CardState::New, std::nullopt);
            woken.append(id);
        }
    }
    return woken;
}

QList<std::pair<qint64, QUuid>> CardRows::withGroup(const QUuid &card)
{
    QList<std::pair<qint64, QUuid>> list;
    QByteArray group;
    {
        auto row = m_database.query("SELECT row_id, grp FROM card WHERE id=?", card);
        if (!row.next())
            return list;
        if (row.isNull(1))
            return {{row.number(0), card}};
        group = row.bytes(1);
    }
    auto members =
        m_database.query("SELECT row_id, id FROM card WHERE grp=? ORDER BY row_id", group);
    while (members.next())
        list.append({members.number(0), members.uuid(1)});
    return list;
}

std::optional<CardBefore> CardRows::before(qint64 row)
{
    auto card = m_database.query("SELECT state, snoozed_until FROM card WHERE row_id=?", row);
    if (!card.next())
        return std::nullopt;
    return CardBefore{CardState(card.number(0)), card.instantIfAny(1)};
}

void CardRows::setState(qint64 row, CardState state, std::optional<Instant> snoozedUntil)
{
    CardState was = state;
    int lead = 1;
    {
        auto card = m_database.query("SELECT state, lead FROM card WHERE row_id=?", row);
        if (!card.next())
            return;
        was = CardState(card.number(0));
        lead = int(card.number(1));
    }
    m_database.run("UPDATE card SET state=?, snoozed_until=?, notified=1 WHERE row_id=?",
                   int(state), snoozedUntil, row);
    if (was != state) {
        count(was, lead, -1);
        count(state, lead, 1);
    }
}

QList<std::pair<qint64, QUuid>> CardRows::dueSnoozes(Instant now)
{
    QList<std::pair<qint64, QUuid>> list;
    auto cards = m_database.query("SELECT row_id, id FROM card WHERE snoozed_until IS NOT NULL"
                                  " AND snoozed_until<=? AND state=? ORDER BY row_id",
                                  now, int(CardState::Snoozed));
    while (cards.next())
        list.append({cards.number(0), cards.uuid(1)});
    return list;
}

Card CardRows::load(qint64 row)
{
    Card card;
    {
        auto found = m_database.query(cardSelect + " WHERE c.row_id=?", row);
        if (!found.next())
            return card;
        card = cardFrom(found, m_interner);
    }
    card.concerns = concernedBy(m_database, m_interner, card);
    return card;
}

void CardRows::markNotified(const QUuid &card)
{
    m_database.run("UPDATE card SET notified=1 WHERE id=?", card);
}

} // namespace wg
