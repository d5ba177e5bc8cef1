// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/journalrows.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// Clocks further ahead than this are refused, or one wrong clock would win for ever.
constexpr qint64 mostAheadMs = 5 * minuteMs;

QString packed(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

QJsonValue orNull(const std::optional<Instant> &time)
{
    return time ? QJsonValue(time->ms) : QJsonValue(QJsonValue::Null);
}

std::optional<Instant> timeOf(const QJsonValue &value)
{
    return value.isDouble() ? std::optional(Instant{value.toInteger()}) : std::nullopt;
}

/// at: the store's sequence number, so that an undo knows what was told later.
QString packed(const EyeRow &eye, qint64 at)
{
    return packed({{u"on"_s, eye.on},
                   {u"since"_s, eye.since.ms},
                   {u"baseline"_s, orNull(eye.baselineAt)},
                   {u"seq"_s, eye.baselineSeq},
                   {u"at"_s, at}});
}

std::optional<Instant> snoozeUntil(const JournalEntry &entry)
{
    return timeOf(QJsonDocument::fromJson(entry.payload).object().value(u"until"_s));
}

JournalEntry entryFrom(const Statement &row)
{
    JournalEntry entry;
    entry.id = row.uuid(1);
    entry.author = {row.uuid(2), row.text(3), row.uuid(4)};
    entry.time.packed = quint64(row.number(5));
    entry.verb = verbByName(row.text(6)).value_or(Verb::Undo);
    entry.payload = row.bytes(7);
    entry.basedOn = row.uuid(8);
    return entry;
}

constexpr std::string_view entryColumns =
    "SELECT row_id, id, author, author_name, device, at, verb,"
    " payload, based_on FROM journal";

std::string entriesWhere(std::string_view condition)
{
    std::string sql(entryColumns);
    sql.append(" WHERE ");
    sql.append(condition);
    return sql;
}

void takeTarget(JournalEntry &entry, int kind, const QString &value)
{
    if (kind == 0)
        entry.cards.append(QUuid::fromString(value));
    else
        entry.entities.append({ArtifactKind(kind), value});
}

} // namespace

JournalReport JournalRows::apply(const JournalEntry &entry, Instant now)
{
    JournalReport report;
    report.entry = entry;
    m_resumed.clear();
    if (entry.time.instant() - now > mostAheadMs) {
        m_database.fail(
            {ErrorCode::Refused, u"the entry's clock is more than five minutes ahead"_s});
        return report;
    }
    if (isKnown(entry.id))
        return report;
    m_place = 0;
    m_row = 0;
    switch (entry.verb) {
    case Verb::EyeOn:
        eyesOn(entry, report);
        break;
    case Verb::EyeOff:
        eyesOff(entry, report);
        break;
    case Verb::CardsAcknowledge:
    case Verb::CardsSnooze:
    case Verb::CardsReopen:
        setCards(entry, report);
        break;
    case Verb::RuleAdd:
    case Verb::Release:
    case Verb::Consent:
    case Verb::Forget:
        append(entry);
        for (const Artifact &entity : entry.entities)
            addTarget(entry, int(entity.kind), entity.value, {});
        break;
    case Verb::Undo:
        undo(entry, report);
        break;
    }
    return report;
}

bool JournalRows::isKnown(const QUuid &id)
{
    auto row = m_database.query("SELECT 1 FROM journal WHERE id=?", id);
    return row.next();
}

void JournalRows::append(const JournalEntry &entry)
{
    auto row =
        m_database.query("INSERT INTO journal (id, author, author_name, device, at, verb, payload,"
                         " based_on) VALUES (?,?,?,?,?,?,?,?) RETURNING row_id",
                         entry.id, entry.author.id, entry.author.name, entry.author.device,
                         qint64(entry.time.packed), QString(verbName(entry.verb)), entry.payload,
                         entry.basedOn.isNull() ? std::nullopt : std::optional(entry.basedOn));
    m_row = row.next() ? row.number(0) : 0;
}

/// What changes nothing leaves no entry, which an undo would take back in vain.
void JournalRows::addTarget(const JournalEntry &entry, int kind, const QString &value,
                            const QString &was)
{
    if (m_row == 0)
        append(entry);
    m_database.run("INSERT INTO journal_target (entry, place, kind, value, was) VALUES (?,?,?,?,?)",
                   m_row, m_place++, kind, value,
                   was.isEmpty() ? std::nullopt : std::optional(was));
}

void JournalRows::eyesOn(const JournalEntry &entry, JournalReport &report)
{
    const qint64 seq = m_small.number(u"seq"_s);
    for (const Artifact &entity : entry.entities) {
        const auto before = m_eyes.find(m_interner.artifact(entity));
        if (before && before->on) {
            report.already.append(entity);
            continue;
        }
        if (before && before->baselineAt)
            report.replacedBaseline = before->baselineAt;
        m_eyes.switchOn(entity, entry.time.instant(), seq, entry.author.name);
        addTarget(entry, int(entity.kind), entity.value, before ? packed(*before, seq) : QString());
        report.switchedOn.append(entity);
    }
}

void JournalRows::eyesOff(const JournalEntry &entry, JournalReport &report)
{
    const qint64 seq = m_small.number(u"seq"_s);
    for (const Artifact &entity : entry.entities) {
        const qint64 artifact = m_interner.findArtifact(entity);
        const auto before = artifact ? m_eyes.find(artifact) : std::nullopt;
        if (!before || !before->on) {
            report.already.append(entity);
            continue;
        }
        m_eyes.switchOff(before->row);
        addTarget(entry, int(entity.kind), entity.value, packed(*before, seq));
        report.switchedOff.append(entity);
    }
}

void JournalRows::setCards(const JournalEntry &entry, JournalReport &report)
{
    const CardState state = entry.verb == Verb::CardsAcknowledge ? CardState::Acknowledged
        : entry.verb == Verb::CardsSnooze                        ? CardState::Snoozed
                                                                 : CardState::New;
    const auto until = state == CardState::Snoozed ? snoozeUntil(entry) : std::nullopt;
    QSet<qint64> seen;
    for (const QUuid &target : entry.cards) {
        const auto members = m_cards.withGroup(target);
        if (members.isEmpty())
            report.unknown.append(target);
        for (const auto &[card, id] : members) {
            const auto before = m_cards.before(card);
            if (!before || before->state == CardState::Suppressed || seen.contains(card))
                continue;
            seen.insert(card);
            if (before->state == state && before->snoozedUntil == until)
                continue;
            m_cards.setState(card, state, until);
            addTarget(entry, 0, id.toString(QUuid::WithoutBraces),
                      packed({{u"state"_s, int(before->state)},
                              {u"until"_s, orNull(before->snoozedUntil)}}));
            report.cards.append(id);
        }
    }
    if (report.unknown.size() == entry.cards.size())
        m_database.fail({ErrorCode::NotFound, u"there is no such card"_s});
}

struct JournalRows::Target
{
    int kind;
    QString value;
    QByteArray was;
};

JournalEntry newestUndoable(Database &database, const QUuid &author)
{
    auto rows = database.query(
        entriesWhere("author=? AND undone=0 AND verb IN (?,?,?,?,?,?)"
                     " AND EXISTS (SELECT 1 FROM journal_target t WHERE t.entry=journal.row_id)"
                     " ORDER BY row_id DESC LIMIT 1"),
        author, QString(verbName(Verb::EyeOn)), QString(verbName(Verb::EyeOff)),
        QString(verbName(Verb::CardsAcknowledge)), QString(verbName(Verb::CardsSnooze)),
        QString(verbName(Verb::CardsReopen)), QString(verbName(Verb::RuleAdd)));
    if (!rows.next())
        return {};
    JournalEntry entry = entryFrom(rows);
    const qint64 row = rows.number(0);
    auto targets =
        database.query("SELECT kind, value FROM journal_target WHERE entry=? ORDER BY place", row);
    while (targets.next())
        takeTarget(entry, int(targets.number(0)), targets.text(1));
    return entry;
}

QList<JournalRows::Target> JournalRows::targetsOf(qint64 row)
{
    QList<Target> targets;
    auto rows = m_database.query("SELECT kind, value, was FROM journal_target WHERE entry=?"
                                 " ORDER BY place",
                                 row);
    while (rows.next())
        targets.append({int(rows.number(0)), rows.text(1), rows.text(2).toUtf8()});
    return targets;
}

void JournalRows::undo(const JournalEntry &entry, JournalReport &report)
{
    const QUuid id =
        entry.basedOn.isNull() ? newestUndoable(m_database, entry.author.id).id : entry.basedOn;
    qint64 undoneRow = 0;
    JournalEntry undone;
    {
        auto row = m_database.query(entriesWhere("id=? AND undone=0"), id);
        if (row.next()) {
            undoneRow = row.number(0);
            undone = entryFrom(row);
        }
    }
    if (!undoneRow || undone.verb == Verb::Undo || undone.verb == Verb::Forget) {
        m_database.fail({ErrorCode::NotFound, u"there is nothing to undo"_s});
        return;
    }
    report.entry.basedOn = undone.id;
    append(report.entry);
    m_database.run("UPDATE journal SET undone=1 WHERE row_id=?", undoneRow);
    const QList<Target> targets = targetsOf(undoneRow);
    for (const Target &target : targets) {
        addTarget(report.entry, target.kind, target.value, {});
        takeTarget(undone, target.kind, target.value);
        if (target.kind == 0)
            undoCard(QUuid::fromString(target.value), target.was, report);
        else if (undone.verb == Verb::EyeOn || undone.verb == Verb::EyeOff)
            undoEye({ArtifactKind(target.kind), target.value}, undone, target.was, report);
    }
    report.undone = undone;
}

void JournalRows::undoEye(const Artifact &entity, const JournalEntry &undone, const QByteArray &was,
                          JournalReport &report)
{
    const qint64 artifact = m_interner.artifact(entity);
    const auto now = m_eyes.find(artifact);
    if (!now)
        return;
    const QJsonObject before = QJsonDocument::fromJson(was).object();
    EyeRow row = *now;
    row.on = before.value(u"on"_s).toBool();
    if (!before.isEmpty()) {
        row.since = {before.value(u"since"_s).toInteger()};
        row.baselineAt = timeOf(before.value(u"baseline"_s));
        row.baselineSeq = before.value(u"seq"_s).toInteger();
    }
    m_eyes.restore(artifact, row);
    if (row.on && !now->on)
        report.switchedOn.append(entity);
    else if (!row.on && now->on)
        report.switchedOff.append(entity);
    else
        report.already.append(entity);
    if (undone.verb != Verb::EyeOff)
        return;
    report.baselineKept = true;
    if (row.on && !now->on)
        m_resumed.append({entity, before.value(u"at"_s).toInteger(), undone.time.instant()});
}

void JournalRows::undoCard(const QUuid &card, const QByteArray &was, JournalReport &report)
{
    qint64 row = 0;
    {
        auto found = m_database.query("SELECT row_id FROM card WHERE id=?", card);
        if (!found.next())
            return;
        row = found.number(0);
    }
    const QJsonObject before = QJsonDocument::fromJson(was).object();
    m_cards.setState(row, CardState(before.value(u"state"_s).toInt(int(CardState::New))),
                     timeOf(before.value(u"until"_s)));
    report.cards.append(card);
}

} // namespace wg
