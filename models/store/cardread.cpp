// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/cardread.h"

#include "store/codec.h"

namespace wg {

namespace {

constexpr int mostConcerned = 1000;
/// A card's details never fill memory, whatever a pass told.
constexpr int mostChanges = 10'000;

} // namespace

const std::string cardSelect =
    "SELECT c.row_id, c.id, c.entity, c.cause, c.weight, c.state, c.detected_at, c.source,"
    " c.snoozed_until, c.hidden_by, c.signature, c.grp, g.n, c.change_count, c.datasets, c.headline"
    " FROM card c LEFT JOIN card_group g ON g.id=c.grp";

Card cardFrom(const Statement &row, Interner &interner)
{
    Card card;
    card.row = row.number(0);
    card.id = row.uuid(1);
    card.entity = interner.artifactOf(row.number(2));
    card.cause = Cause(row.number(3));
    card.weight = int(row.number(4));
    card.state = CardState(row.number(5));
    card.detectedAt = row.instant(6);
    card.source = interner.sourceOf(row.number(7));
    card.snoozedUntil = row.instantIfAny(8);
    card.hiddenBy = row.text(9);
    card.signature = row.hash(10);
    card.group = row.uuid(11);
    card.groupSize = row.isNull(12) ? 1 : int(row.number(12));
    card.changeCount = int(row.number(13));
    card.datasets = codec::toDatasets(row.bytes(14));
    card.headline = row.text(15);
    return card;
}

QList<Artifact> concernedBy(Database &database, Interner &interner, const Card &card)
{
    QList<Artifact> concerns;
    auto rows = database.query("SELECT artifact FROM card_entity WHERE card=? AND concern=1"
                               " ORDER BY artifact LIMIT ?",
                               card.row, mostConcerned);
    while (rows.next())
        concerns.append(interner.artifactOf(rows.number(0)));
    return concerns;
}

QList<Artifact> groupOf(Database &database, Interner &interner, const QUuid &group)
{
    QList<Artifact> members;
    auto rows = database.query("SELECT DISTINCT entity FROM card WHERE grp=? AND grp IS NOT NULL"
                               " ORDER BY entity LIMIT ?",
                               group, mostConcerned);
    while (rows.next())
        members.append(interner.artifactOf(rows.number(0)));
    return members;
}

QList<Change> changesOf(Database &database, Interner &interner, qint64 card)
{
    QList<Change> changes;
    auto rows = database.query(
        "SELECT id, kind, asked, dataset, source, question, owner, rtype, identity, value, "
        "attributes,"
        " details, old_words, new_words, world_first, world_last, told_at, fetched_at, novelty,"
        " hidden_by FROM card_change WHERE card=? ORDER BY place, id LIMIT ?",
        card, mostChanges);
    while (rows.next()) {
        Change change;
        change.id = rows.uuid(0);
        change.kind = ChangeKind(rows.number(1));
        change.question = {interner.artifactOf(rows.number(2)), Dataset(rows.number(3)),
                           interner.sourceOf(rows.number(4)), interner.wordOf(rows.number(5))};
        Record &record = change.record;
        record.owner = interner.artifactOf(rows.number(6));
        record.dataset = change.question.dataset;
        record.type = interner.wordOf(rows.number(7));
        record.identity = Identity(rows.number(8));
        record.value = UntrustedText::fromString(rows.text(9));
        record.attributes = codec::toAttributes(rows.text(10));
        record.details = codec::toAttributes(rows.text(11));
        record.worldFirst = rows.instantIfAny(14);
        record.worldLast = rows.instantIfAny(15);
        change.before = UntrustedText::fromString(rows.text(12));
        change.after = UntrustedText::fromString(rows.text(13));
        change.worldFirst = record.worldFirst;
        change.toldAt = rows.instant(16);
        change.fetchedAt = rows.instant(17);
        change.novelty = Novelty(rows.number(18));
        change.hiddenBy = rows.text(19);
        changes.append(change);
    }
    return changes;
}

} // namespace wg
