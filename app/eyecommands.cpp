// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commandrunner.h"
#include "app/jsonshapes.h"
#include "core/entitytext.h"
#include "core/ids.h"
#include "core/titles.h"
#include "core/untrustedtext.h"
#include "items/words.h"

#include <QtConcurrent>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

constexpr int mostAlerts = 100'000;

QString timeOr(std::optional<Instant> t, const QString &other)
{
    return t ? toRfc3339(*t) : other;
}

QJsonArray invalidJson(const QList<Error> &invalid)
{
    QJsonArray array;
    for (const auto &error : invalid)
        array.append(madeVisible(error.detail));
    return array;
}

QJsonArray idsJson(const QList<QUuid> &ids)
{
    QJsonArray array;
    for (const auto &id : ids)
        array.append(uuidText(id));
    return array;
}

/// Behind a card that is not simply new: "  [hidden by backfill]".
QString stateMark(const Card &card)
{
    switch (card.state) {
    case CardState::New:
        return {};
    case CardState::Suppressed:
        return u"  [hidden by %1]"_s.arg(madeVisible(card.hiddenBy, 80));
    case CardState::Snoozed:
        if (card.snoozedUntil)
            return u"  [snoozed until %1]"_s.arg(toRfc3339(*card.snoozedUntil));
        break;
    case CardState::Acknowledged:
        break;
    }
    return u"  [%1]"_s.arg(cardStateName(card.state));
}

/// "added A 192.0.2.1", "modified MX mx.example.com: preference 10 → preference 20"
QString changeText(const Change &change)
{
    const Record &record = change.record;
    const QString type =
        leadsTo(record, change.question.asked) ? Words::reverseType(record.type) : record.type;
    const QString what = u"%1 %2 "_s.arg(changeKindName(change.kind), type);
    if (change.record.dataset == Dataset::Certificates && change.kind != ChangeKind::Modified)
        return what
            + CommandRunner::tr("for %1 (%2)")
                  .arg(titleOf(change.record).shown(120), change.record.value.shown(120));
    if (change.kind != ChangeKind::Modified)
        return what + (change.after.isEmpty() ? change.before : change.after).shown(120);
    const QString states = change.before.shown(120) + u" → "_s + change.after.shown(120);
    const bool whole =
        change.record.identity == Identity::Type && change.record.value.raw() == change.after.raw();
    return whole ? what + states : what + change.record.value.shown(120) + u": "_s + states;
}

QString cardLine(const Card &card)
{
    QStringList changes;
    for (const auto &change : card.changes)
        changes.append(changeText(change));
    if (card.cause == Cause::Storm)
        changes.append(CommandRunner::tr("%1; what else changes that day is hidden: "
                                         "alerts --suppressed, rule add")
                           .arg(card.headline));
    return changes.join(u"; ");
}

} // namespace

/// Why nobody may be asked about any of the entities; nothing where somebody may.
QStringList CommandRunner::whyNobody(const QList<Entity> &entities) const
{
    constexpr qsizetype looked = 20;
    QStringList reasons;
    for (const auto &entity : entities.mid(0, looked)) {
        const auto parties = m_actions.parties(entity);
        for (const auto &party : parties) {
            if (party.permitted)
                return {};
            if (!reasons.contains(party.whyNot))
                reasons.append(party.whyNot);
        }
    }
    return reasons;
}

void CommandRunner::runMonitor()
{
    const QString what = m_command.arguments.value(0);
    m_command.arguments = m_command.arguments.mid(1);
    if (what == "add"_L1)
        return addMonitors();
    if (what == "remove"_L1)
        return removeMonitors();
    if (what == "list"_L1)
        return listSomeMonitors();
    if (what == "check"_L1)
        return checkMonitors();
    if (what.isEmpty())
        return usage(tr("monitor takes: add, remove, list or check"));
    fail(unknownWord(tr("order"), what, {u"add"_s, u"remove"_s, u"list"_s, u"check"_s}));
}

void CommandRunner::addMonitors()
{
    if (!m_command.has("--file")) {
        if (const auto entities = entitiesOf(m_command.arguments))
            switchEyes(*entities, EyeState::On);
        return;
    }
    addMonitorsOf(m_command.value("--file"));
}

void CommandRunner::addMonitorsOf(const QString &file)
{
    m_io->openInput(file, [this](const Result<std::shared_ptr<QIODevice>> &opened) {
        if (!opened)
            return fail(opened.error());
        // Off this thread, which may be the window's: the file may be large or slow to come.
        await(QtConcurrent::run([device = *opened] { return readEntityList(*device); }),
              [this](const EntityList &list) { switchListed(list); });
    });
}

void CommandRunner::switchListed(const EntityList &list)
{
    m_invalid = list.invalid;
    if (tellInvalid(list.entities, tr("the file names no domain and no address")))
        switchEyes(list.entities, EyeState::On);
}

void CommandRunner::switchEyes(const QList<Entity> &entities, EyeState state)
{
    await(m_actions.switchEyes(entities, state), [this](const EyeReport &report) {
        const JournalReport &journal = report.journal;
        QJsonObject json{
            {u"on"_s, toJson(journal.switchedOn)},
            {u"off"_s, toJson(journal.switchedOff)},
            {u"already"_s, toJson(journal.already)},
            {u"invalid"_s, invalidJson(m_invalid)},
            {u"asked"_s, report.asked},
            {u"answered"_s, report.answered},
            {u"waiting"_s, report.waiting},
        };
        QStringList lines;
        for (const auto &entity : journal.switchedOn.mid(0, 20))
            lines.append(tr("%1: eye on").arg(entity.value));
        for (const auto &entity : journal.switchedOff.mid(0, 20))
            lines.append(tr("%1: eye off; everything known stays").arg(entity.value));
        for (const auto &entity : journal.already.mid(0, 20))
            lines.append(tr("%1: was so already").arg(entity.value));
        if (journal.replacedBaseline) {
            json.insert(u"replaced_baseline"_s, toRfc3339(*journal.replacedBaseline));
            lines.append(tr("a new baseline replaces the one of %1")
                             .arg(toRfc3339(*journal.replacedBaseline)));
        }
        const QStringList reasons =
            report.answered == 0 ? whyNobody(journal.switchedOn) : QStringList();
        json.insert(u"not_asked_because"_s, QJsonArray::fromStringList(reasons));
        if (!reasons.isEmpty())
            lines.append(tr("nobody was asked yet: %1").arg(reasons.join(u" · "_s)));
        else if (report.asked > 0)
            lines.append(
                tr("%1 of %2 sources gave a first answer").arg(report.answered).arg(report.asked));
        if (report.waiting > 0)
            lines.append(waitingWords(report.waiting));
        reply(json, lines.join(u'\n'));
    });
}

void CommandRunner::removeMonitors()
{
    if (const auto entities = entitiesOf(m_command.arguments))
        switchEyes(*entities, EyeState::Off);
}

void CommandRunner::listSomeMonitors()
{
    if (!m_command.arguments.isEmpty()) {
        const auto entities = entitiesOf(m_command.arguments);
        if (!entities)
            return;
        m_listed = *entities;
    }
    listMonitors(std::nullopt);
}

void CommandRunner::listMonitors(std::optional<qint64> afterRow)
{
    await(m_actions.monitors({{}, afterRow, 500}), [this](const MonitorPage &page) {
        m_monitors.append(page.monitors);
        if (page.monitors.size() == 500)
            return listMonitors(page.monitors.last().row);
        QJsonArray array;
        QList<QStringList> rows;
        for (const auto &monitor : std::as_const(m_monitors)) {
            if (!m_listed.isEmpty() && !m_listed.contains(monitor.entity))
                continue;
            array.append(toJson(monitor));
            rows.append({monitor.entity.value, tr("since %1").arg(toRfc3339(monitor.since)),
                         tr("checked %1").arg(timeOr(monitor.lastChecked, tr("never"))),
                         tr("next %1").arg(timeOr(monitor.nextDue, tr("not planned")))});
        }
        reply({{u"monitors"_s, array}},
              rows.isEmpty() ? tr("no eye is switched on") : textTable(rows));
    });
}

void CommandRunner::checkMonitors()
{
    const auto entities = entitiesOf(m_command.arguments);
    if (!entities)
        return;
    await(m_actions.watchedAmong(*entities),
          [this, all = *entities](const QList<Entity> &watched) { checkWatched(all, watched); });
}

void CommandRunner::checkWatched(const QList<Entity> &entities, const QList<Entity> &watched)
{
    QList<Entity> others = entities;
    others.removeIf([&watched](const Entity &entity) { return watched.contains(entity); });
    if (watched.isEmpty())
        return fail({ErrorCode::NotFound, tr("%1 is not watched").arg(others.first().value)});
    for (const auto &entity : std::as_const(others))
        warn(tr("%1 is not watched").arg(entity.value));
    await(m_actions.poll(PollScope::All, watched), [this, others](const PollReport &report) {
        QJsonObject json = toJson(report);
        json.insert(u"not_watched"_s, toJson(others));
        json.insert(u"invalid"_s, invalidJson(m_invalid));
        reply(json,
              tr("%1 checked, %2 changed, %3 failed")
                      .arg(report.checked)
                      .arg(report.changed)
                      .arg(report.failed)
                  + (report.waiting > 0 ? u'\n' + waitingWords(report.waiting) : QString()));
    });
}

void CommandRunner::runAlerts()
{
    const QString what = m_command.arguments.value(0);
    if (!what.isEmpty())
        return changeAlerts(what);
    CardQuery query;
    query.withChanges = true;
    m_cardLimit = m_command.has("--limit") ? m_command.value("--limit").toInt() : mostAlerts;
    if (m_cardLimit < 1 || m_cardLimit > mostAlerts)
        return usage(tr("--limit takes a number from 1 to %1").arg(mostAlerts));
    query.limit = int(std::min<qint64>(m_cardLimit, 500));
    if (m_command.has("--suppressed"))
        query.states = {CardState::New, CardState::Acknowledged, CardState::Snoozed,
                        CardState::Suppressed};
    if (m_command.has("--entity")) {
        const auto entity = parseEntity(m_command.value("--entity"));
        if (!entity)
            return fail(entity.error());
        query.entity = *entity;
    }
    if (m_command.has("--dataset")) {
        query.dataset = datasetByName(m_command.value("--dataset"));
        if (!query.dataset)
            return fail(unknownDataset(m_command.value("--dataset")));
    }
    query.day = m_command.value("--day");
    if (!query.day.isEmpty() && (query.day.size() != 10 || !parseInstant(query.day)))
        return usage(tr("--day takes a date as YYYY-MM-DD"));
    if (!m_command.has("--after"))
        return listAlerts(query);
    const QUuid after(m_command.value("--after"));
    if (after.isNull())
        return usage(tr("--after takes the id of an alert"));
    await(m_actions.card(after), [this, query](const Card &card) {
        CardQuery newer = query;
        newer.afterRow = card.row;
        listAlerts(newer);
    });
}

/// Page after page, so that no page holds the store for long, until there are as many as wanted.
void CommandRunner::listAlerts(const CardQuery &query)
{
    await(m_actions.cards(query), [this, query](const CardPage &page) {
        if (m_cards.isEmpty())
            m_cardTotal = page.total;
        m_cards.append(page.cards);
        const bool more = page.cards.size() == query.limit && m_cards.size() < m_cardLimit;
        if (!more)
            return replyAlerts();
        CardQuery next = query;
        (query.afterRow ? next.afterRow : next.beforeRow) = page.cards.last().row;
        next.limit = int(std::min<qint64>(query.limit, m_cardLimit - m_cards.size()));
        listAlerts(next);
    });
}

QString cardText(const Card &card)
{
    return u"%1  %2  %3  %4%5\n    %6"_s.arg(toRfc3339(card.detectedAt), card.entity.value,
                                             causeName(card.cause), uuidText(card.id),
                                             stateMark(card), cardLine(card));
}

void CommandRunner::replyAlerts()
{
    QJsonArray array;
    QStringList lines;
    for (const auto &card : std::as_const(m_cards)) {
        array.append(toJson(card));
        lines.append(cardText(card));
    }
    const qint64 total = std::max<qint64>(m_cardTotal, m_cards.size());
    reply({{u"total"_s, total}, {u"alerts"_s, array}},
          lines.isEmpty() ? tr("no alerts") : lines.join(u'\n'));
}

void CommandRunner::changeAlerts(const QString &what)
{
    const QStringList orders{u"ack"_s, u"snooze"_s, u"reopen"_s};
    if (!orders.contains(what))
        return fail(unknownWord(tr("order"), what, orders));
    QList<QUuid> ids;
    for (const auto &text : m_command.arguments.mid(1)) {
        ids.append(QUuid(text));
        if (ids.last().isNull())
            return usage(tr("\"%1\" is no id of an alert").arg(madeVisible(text, 60)));
    }
    if (ids.isEmpty())
        return usage(tr("name at least one alert by its id"));
    std::optional<Instant> until;
    if (m_command.has("--until")) {
        until = parseInstant(m_command.value("--until"));
        if (!until || *until <= m_actions.now())
            return usage(tr("--until takes an RFC 3339 time that is still to come"));
    }
    const auto said = [this](const JournalReport &report) {
        for (const auto &id : report.unknown)
            warn(tr("there is no alert %1").arg(uuidText(id)));
        reply({{u"changed"_s, idsJson(report.cards)}, {u"unknown"_s, idsJson(report.unknown)}},
              tr("%n alert(s) changed", nullptr, int(report.cards.size())));
    };
    if (what == "ack"_L1)
        await(m_actions.acknowledge(ids), said);
    else if (what == "snooze"_L1)
        await(m_actions.snooze(ids, until), said);
    else
        await(m_actions.reopen(ids), said);
}

} // namespace wg
