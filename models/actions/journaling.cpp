// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/actions.h"
#include "actions/parts.h"
#include "core/ids.h"

#include "core/after.h"
#include "watch/outlook.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

QByteArray json(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

/// What hiding changes like those of a card would write down.
struct HideOffer
{
    QList<Artifact> concerns;
    QList<HideRule> rules;
    bool stands = false; ///< all of it is hidden already
};

Result<HideOffer> offerLike(Reader &reader, const QUuid &card)
{
    const auto known = reader.card(card);
    if (!known)
        return known.error();
    const auto rules = reader.rulesLike(card);
    if (!rules)
        return rules.error();
    const auto stored = reader.hideRules();
    if (!stored)
        return stored.error();
    const auto stands = [&](const Artifact &entity, const HideRule &rule) {
        return std::any_of(stored->cbegin(), stored->cend(), [&](const StoredRule &each) {
            return each.entity == entity && each.rule == rule;
        });
    };
    HideOffer offer{known->concerns, *rules, !rules->isEmpty()};
    for (const Artifact &entity : std::as_const(offer.concerns)) {
        for (const HideRule &rule : std::as_const(offer.rules))
            offer.stands = offer.stands && stands(entity, rule);
    }
    return offer;
}

} // namespace

JournalEntry Actions::Parts::entry(Verb verb)
{
    JournalEntry made;
    made.id = newUuid(clock.now());
    made.author = author;
    lastStamp = HybridTime::next(lastStamp, clock.now());
    made.time = lastStamp;
    made.verb = verb;
    return made;
}

QFuture<Result<JournalReport>> Actions::Parts::apply(JournalEntry made)
{
    return after(
        &self,
        store->write<JournalReport>([made = std::move(made), rules = rulesFor(policy)](
                                        Writer &writer) { return writer.apply(made, rules); }),
        [this](const Result<JournalReport> &report) {
            if (report)
                took(*report);
            return report;
        });
}

/// Tells everyone what an entry did, whoever ordered it.
void Actions::Parts::took(const JournalReport &report)
{
    if (!report.switchedOff.isEmpty())
        net.order([eyes = report.switchedOff](Watcher &watcher) { watcher.eyesOff(eyes); });
    if (!report.switchedOn.isEmpty() && report.entry.verb == Verb::Undo)
        net.order([eyes = report.switchedOn](Watcher &watcher) { watcher.eyesResumed(eyes); });
    const auto eyes = report.switchedOn + report.switchedOff;
    if (!eyes.isEmpty())
        Q_EMIT self.eyesChanged(eyes);
    if (!report.raised.isEmpty())
        Q_EMIT self.cardsRaised(report.raised);
    if (!report.cards.isEmpty()) {
        planWake();
        Q_EMIT self.cardsChanged();
    }
    if (!report.cards.isEmpty() || !report.raised.isEmpty())
        readOpenCards();
}

QFuture<Result<JournalReport>> Actions::acknowledge(const QList<QUuid> &cards)
{
    JournalEntry entry = m_parts->entry(Verb::CardsAcknowledge);
    entry.cards = cards;
    return m_parts->apply(entry);
}

QFuture<Result<JournalReport>> Actions::snooze(const QList<QUuid> &cards,
                                               std::optional<Instant> until)
{
    JournalEntry entry = m_parts->entry(Verb::CardsSnooze);
    entry.cards = cards;
    entry.payload = json({{u"until"_s, until ? QJsonValue(until->ms) : QJsonValue()}});
    // Known before anybody can read the cards; a wake too early finds nothing to wake.
    if (until)
        m_parts->nextWake = std::min(m_parts->nextWake.value_or(*until), *until);
    return m_parts->apply(entry);
}

QFuture<Result<JournalReport>> Actions::reopen(const QList<QUuid> &cards)
{
    JournalEntry entry = m_parts->entry(Verb::CardsReopen);
    entry.cards = cards;
    return m_parts->apply(entry);
}

QFuture<Result<QList<HideRule>>> Actions::rulesLike(const QUuid &card)
{
    return m_parts->store->read<QList<HideRule>>(
        [card](Reader &reader) { return reader.rulesLike(card); });
}

QFuture<Result<QList<StoredRule>>> Actions::hideRules()
{
    return m_parts->store->read<QList<StoredRule>>(
        [](Reader &reader) { return reader.hideRules(); });
}

QFuture<Result<JournalReport>> Actions::hideLike(const QUuid &card)
{
    return after(this, m_parts->store->read<HideOffer>([card](Reader &reader) {
        return offerLike(reader, card);
    }),
                 [this](const Result<HideOffer> &offer) -> QFuture<Result<JournalReport>> {
                     if (!offer)
                         return readyFuture(Result<JournalReport>(offer.error()));
                     JournalReport standing;
                     standing.already = offer->concerns;
                     if (offer->stands)
                         return readyFuture(Result<JournalReport>(standing));
                     QJsonArray rules;
                     for (const HideRule &rule : offer->rules) {
                         rules.append(QJsonObject{{u"dataset"_s, datasetName(rule.dataset)},
                                                  {u"type"_s, rule.type}});
                     }
                     JournalEntry entry = m_parts->entry(Verb::RuleAdd);
                     entry.entities = offer->concerns;
                     entry.payload = json({{u"rules"_s, rules}});
                     return m_parts->apply(entry);
                 });
}

QFuture<Result<JournalReport>> Actions::undo(const QUuid &basedOn)
{
    JournalEntry entry = m_parts->entry(Verb::Undo);
    entry.basedOn = basedOn;
    return m_parts->apply(entry);
}

QFuture<Result<Done>> Actions::consent(const QString &source, Consent consent)
{
    const bool given = consent == Consent::Given;
    if (m_parts->consents.contains(source) == given)
        return readyFuture(Result<Done>(Done{}));
    JournalEntry entry = m_parts->entry(Verb::Consent);
    entry.payload = json({{u"source"_s, source}, {u"given"_s, given}});
    return after(this, m_parts->apply(entry),
                 [this, source, given](const Result<JournalReport> &report) -> Result<Done> {
                     if (!report)
                         return report.error();
                     if (given)
                         m_parts->consents.insert(source);
                     else
                         m_parts->consents.remove(source);
                     m_parts->applyPolicy();
                     m_parts->resetSource(source);
                     Q_EMIT sourcesChanged();
                     return Done{};
                 });
}

QFuture<Result<Done>> Actions::release(const Entity &entity)
{
    if (m_parts->releases.contains(entity.value))
        return readyFuture(Result<Done>(Done{}));
    JournalEntry entry = m_parts->entry(Verb::Release);
    entry.entities = {entity};
    return after(this, m_parts->apply(entry),
                 [this, entity](const Result<JournalReport> &report) -> Result<Done> {
                     if (!report)
                         return report.error();
                     m_parts->releases.insert(entity.value);
                     m_parts->applyPolicy();
                     return Done{};
                 });
}

} // namespace wg
