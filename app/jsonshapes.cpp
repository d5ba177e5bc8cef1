// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/jsonshapes.h"

#include "app/enrichmentshapes.h"
#include "app/exitcode.h"
#include "core/ids.h"
#include "items/facttable.h"

using namespace Qt::StringLiterals;

namespace wg {

namespace {

QJsonValue timeOrNull(std::optional<Instant> t)
{
    return t ? QJsonValue(toRfc3339(*t)) : QJsonValue();
}

/// The earliest or latest of the sources' own times; nothing when none tells one.
/// Where nobody says until when, the last answer that told it.
std::optional<Instant> lastTold(const FactRow &fact)
{
    std::optional<Instant> last;
    for (const auto &sighting : fact.sightings) {
        const Instant seen = sighting.worldLast.value_or(sighting.toldAt);
        last = last ? std::max(*last, seen) : seen;
    }
    return last;
}

QJsonObject attributesOf(const Record &record)
{
    QJsonObject attributes;
    for (const auto &detail : record.details)
        attributes.insert(detail.name, detail.text.raw());
    for (const auto &attribute : record.attributes)
        attributes.insert(attribute.name, attribute.text.raw());
    const bool dns = record.dataset == Dataset::Resolutions || record.dataset == Dataset::Dns;
    const bool whois = record.dataset == Dataset::Whois;
    attributes.insert(dns ? u"rrtype"_s : whois ? u"field"_s : u"type"_s, record.type);
    return attributes;
}

QJsonObject toJson(const FactRow &fact)
{
    QStringList sources;
    for (const auto &sighting : fact.sightings) {
        if (!sources.contains(sighting.source))
            sources.append(sighting.source);
    }
    QJsonObject object{
        {u"value"_s, fact.reverse ? fact.record.owner.value : fact.record.value.raw()},
        {u"attributes"_s, attributesOf(fact.record)},
        {u"first_seen"_s, timeOrNull(firstSeen(fact))},
        {u"last_seen"_s, timeOrNull(lastTold(fact))},
        {u"sources"_s, QJsonArray::fromStringList(sources)},
        {u"owner"_s, fact.record.owner.value},
        {u"reverse"_s, fact.reverse},
        {u"current"_s, fact.current},
        {u"gone"_s, fact.gone},
    };
    if (fact.enrichment)
        object.insert(u"enrichment"_s, briefEnrichmentJson(*fact.enrichment));
    return object;
}

QJsonObject toJson(const CheckState &check)
{
    return {
        {u"source"_s, check.question.source},
        {u"question"_s, check.question.text},
        {u"asked"_s, check.question.asked.value},
        {u"outcome"_s, QString(outcomeName(check.outcome))},
        {u"at"_s, toRfc3339(check.at)},
        {u"since"_s, toRfc3339(check.from)},
        {u"count"_s, check.count},
        {u"detail"_s, check.detail},
    };
}

/// The value concerned: for a modified record its own, whatever attribute changed.
QString toldValue(const Change &change)
{
    if (change.kind == ChangeKind::Modified)
        return change.record.value.raw();
    return change.after.isEmpty() ? change.before.raw() : change.after.raw();
}

QJsonObject toJson(const Change &change)
{
    return {
        {u"kind"_s, QString(changeKindName(change.kind))},
        {u"dataset"_s, QString(datasetName(change.question.dataset))},
        {u"value"_s, toldValue(change)},
        {u"owner"_s, change.record.owner.value},
        {u"reverse"_s, leadsTo(change.record, change.question.asked)},
        {u"type"_s, change.record.type},
        {u"before"_s, change.before.isEmpty() ? QJsonValue() : QJsonValue(change.before.raw())},
        {u"after"_s, change.after.isEmpty() ? QJsonValue() : QJsonValue(change.after.raw())},
        {u"first_seen"_s, timeOrNull(change.worldFirst)},
        {u"told_at"_s, toRfc3339(change.toldAt)},
        {u"source"_s, change.question.source},
        {u"novelty"_s, QString(noveltyName(change.novelty))},
        {u"hidden_by"_s, change.hiddenBy.isEmpty() ? QJsonValue() : QJsonValue(change.hiddenBy)},
    };
}

} // namespace

QJsonObject toJson(const Artifact &artifact)
{
    return {{u"kind"_s, QString(kindName(artifact.kind))}, {u"value"_s, artifact.value}};
}

QJsonArray toJson(const QList<Artifact> &artifacts)
{
    QJsonArray array;
    for (const auto &artifact : artifacts)
        array.append(toJson(artifact));
    return array;
}

QJsonObject toJson(const LookupReport &report)
{
    QJsonObject datasets;
    for (const auto &dataset : report.datasets) {
        QJsonArray records;
        for (const auto &fact : dataset.facts)
            records.append(toJson(fact));
        QJsonArray checks;
        for (const auto &check : dataset.checks)
            checks.append(toJson(check));
        datasets.insert(QString(datasetName(dataset.dataset)),
                        QJsonObject{{u"records"_s, records}, {u"checks"_s, checks}});
    }
    return {{u"entity"_s, toJson(report.entity)},
            {u"enrichment"_s, enrichmentJson(report.enrichment)},
            {u"system_tags"_s, systemTagsJson(report.enrichment)},
            {u"datasets"_s, datasets},
            {u"queued"_s, report.queued}};
}

QJsonObject toJson(const MonitorRow &monitor)
{
    return {
        {u"entity"_s, toJson(monitor.entity)},
        {u"since"_s, toRfc3339(monitor.since)},
        {u"baseline_at"_s, timeOrNull(monitor.baselineAt)},
        {u"last_checked"_s, timeOrNull(monitor.lastChecked)},
        {u"next_due"_s, timeOrNull(monitor.nextDue)},
        {u"open_alerts"_s, monitor.openCards},
        {u"author"_s, monitor.author},
    };
}

QJsonObject toJson(const PollReport &report)
{
    return {
        {u"checked"_s, report.checked}, {u"changed"_s, report.changed},
        {u"alerts"_s, report.alerts},   {u"failed"_s, report.failed},
        {u"waiting"_s, report.waiting},
    };
}

QJsonObject toJson(const Card &card)
{
    QStringList datasets;
    for (const auto dataset : card.datasets)
        datasets.append(datasetName(dataset));
    QJsonArray changes;
    for (const auto &change : card.changes)
        changes.append(toJson(change));
    QJsonObject object{
        {u"id"_s, uuidText(card.id)},
        {u"entity"_s, toJson(card.entity)},
        {u"concerns"_s, toJson(card.concerns)},
        {u"dataset"_s, datasets.value(0)},
        {u"datasets"_s, QJsonArray::fromStringList(datasets)},
        {u"day"_s, toDay(card.detectedAt)},
        {u"cause"_s, QString(causeName(card.cause))},
        {u"weight"_s, card.weight},
        {u"state"_s, QString(cardStateName(card.state))},
        {u"detected_at"_s, toRfc3339(card.detectedAt)},
        {u"source"_s, card.source},
        {u"group"_s, card.group.isNull() ? QJsonValue() : QJsonValue(uuidText(card.group))},
        {u"group_size"_s, card.groupSize},
        {u"snoozed_until"_s, timeOrNull(card.snoozedUntil)},
        {u"hidden_by"_s, card.hiddenBy.isEmpty() ? QJsonValue() : QJsonValue(card.hiddenBy)},
        {u"changes"_s, changes},
    };
    return object;
}

namespace {

QJsonObject toJson(const QuotaState &quota)
{
    return {
        {u"left"_s, quota.left},
        {u"limit"_s, quota.limit},
        {u"seconds"_s, quota.perMs > 0 ? QJsonValue(quota.perMs / secondMs) : QJsonValue()},
        {u"whole_at"_s, timeOrNull(quota.wholeAt)},
    };
}

QString keyStateName(KeyState state)
{
    switch (state) {
    case KeyState::Absent:
        return u"absent"_s;
    case KeyState::Unread:
        return u"set"_s;
    case KeyState::Found:
        return u"found"_s;
    case KeyState::Locked:
        return u"locked"_s;
    case KeyState::Failed:
        return u"failed"_s;
    }
    return {};
}

} // namespace

QJsonObject toJson(const SourceState &state)
{
    QStringList datasets;
    for (const auto dataset : state.info.datasets)
        datasets.append(datasetName(dataset));
    return {
        {u"name"_s, state.info.name},
        {u"datasets"_s, QJsonArray::fromStringList(datasets)},
        {u"pap"_s, QString(papName(state.info.pap))},
        {u"presence"_s, QString(presenceName(state.info.presence))},
        {u"enabled"_s, state.enabled},
        {u"permitted"_s, state.permitted},
        {u"why_not"_s, state.whyNot.isEmpty() ? QJsonValue() : QJsonValue(state.whyNot)},
        {u"needs_key"_s, state.info.needsKey},
        {u"has_key"_s, state.key != KeyState::Absent},
        {u"key_state"_s, state.info.takesKey ? QJsonValue(keyStateName(state.key)) : QJsonValue()},
        {u"on_demand"_s, state.info.onDemand},
        {u"last_outcome"_s,
         state.lastOutcome ? QJsonValue(QString(outcomeName(*state.lastOutcome))) : QJsonValue()},
        {u"last_asked"_s, timeOrNull(state.lastAsked)},
        {u"last_good"_s, timeOrNull(state.lastGood)},
        {u"last_detail"_s, state.lastDetail},
        {u"lacking"_s, QJsonArray::fromStringList(state.lacking)},
        {u"lacking_since"_s, timeOrNull(state.lackingSince)},
        {u"paused_until"_s, timeOrNull(state.pausedUntil)},
        {u"quota"_s, state.quota ? QJsonValue(toJson(*state.quota)) : QJsonValue()},
        {u"learns"_s, state.info.learns},
        {u"terms"_s, state.info.terms},
    };
}

QJsonObject toJson(const ImportReport &report)
{
    return {
        {u"kind"_s, report.kind},
        {u"lines"_s, report.lines},
        {u"records"_s, report.records},
        {u"new"_s, report.newRecords},
        {u"entities"_s, report.entities},
        {u"bad"_s, report.bad},
        {u"alerts"_s, report.cards},
        {u"bad_lines"_s, QJsonArray::fromStringList(report.firstBad)},
        {u"internal"_s, report.internal},
        {u"notes"_s, QJsonArray::fromStringList(report.notes)},
    };
}

QJsonObject toJson(const JournalEntry &entry)
{
    QJsonArray cards;
    for (const auto &card : entry.cards)
        cards.append(uuidText(card));
    return {
        {u"verb"_s, QString(verbName(entry.verb))},
        {u"at"_s, toRfc3339(entry.time.instant())},
        {u"author"_s, entry.author.name},
        {u"entities"_s, toJson(entry.entities)},
        {u"cards"_s, cards},
    };
}

QJsonObject toJson(const Error &error)
{
    const QJsonObject inner{
        {u"code"_s, QString(exitWord(exitCodeOf(error.code)))},
        {u"message"_s, errorSentence(error)},
    };
    return {{u"error"_s, inner}};
}

QJsonObject labelled(QJsonObject json, World world)
{
    switch (world) {
    case World::Own:
        break;
    case World::Sample:
        json.insert(u"world"_s, u"sample"_s);
        break;
    case World::Replay:
        json.insert(u"world"_s, u"replay"_s);
        break;
    }
    return json;
}

} // namespace wg
