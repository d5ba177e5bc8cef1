// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "watch/judge.h"

#include "core/ids.h"
#include "core/titles.h"
#include "watch/causes.h"
#include "watch/findings.h"

#include <QHash>
#include <algorithm>
#include <map>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

QList<Artifact> concerned(const Delta &delta)
{
    QList<Artifact> entities;
    for (const auto &eye : delta.eyes)
        entities.append(eye.entity);
    std::sort(entities.begin(), entities.end());
    return entities;
}

/// The watched entity, or what was asked where several eyes share it. A network has no page: the
/// first of its addresses stands for it.
Artifact cardEntity(const Delta &delta, const QList<Artifact> &concerns)
{
    const bool shared = concerns.size() != 1 && isEntity(delta.asked);
    return shared || concerns.isEmpty() ? delta.asked : concerns.first();
}

QUuid cardId(const Card &card)
{
    QByteArray content("card\x01");
    content += char(card.entity.kind) + card.entity.value.toUtf8() + '\0';
    content += char(card.cause);
    content += char(card.state == CardState::Suppressed);
    for (const auto &change : card.changes)
        content += change.id.toRfc4122();
    return contentUuid(content);
}

void describe(Card &card, const QList<Finding> &findings)
{
    for (const auto &finding : findings) {
        card.changes.append(finding.change);
        if (!card.datasets.contains(finding.change.question.dataset))
            card.datasets.append(finding.change.question.dataset);
    }
    card.changeCount = int(card.changes.size());
    const Change &first = card.changes.first();
    const bool certificate = first.record.dataset == Dataset::Certificates;
    card.headline = certificate ? titleOf(first.record).raw()
        : first.after.isEmpty() ? first.before.raw()
                                : first.after.raw();
    card.signature = signatureOf(card);
}

Card makeCard(const Delta &delta, Cause cause, const QList<Finding> &findings)
{
    Card card;
    card.concerns = concerned(delta);
    card.entity = cardEntity(delta, card.concerns);
    card.cause = cause;
    card.weight = weightOf(cause, findings);
    card.detectedAt = delta.at;
    card.source = delta.source;
    card.hiddenBy = findings.first().change.hiddenBy;
    card.state = card.hiddenBy.isEmpty() ? CardState::New : CardState::Suppressed;
    describe(card, findings);
    card.id = cardId(card);
    return card;
}

/// One card a day that stands for all beyond the limit; its id makes it one.
Card stormCard(const Delta &delta, const Card &cause, int cards)
{
    Card card = cause;
    card.cause = Cause::Storm;
    card.weight = 70;
    card.signature = {};
    card.changes.clear();
    card.changeCount = cards;
    card.headline = u"more than %1 cards in a day"_s.arg(stormLimit);
    card.id = contentUuid("storm\x01" + card.entity.value.toUtf8() + toDay(delta.at).toUtf8());
    return card;
}

/// Of the calmest eye: one that storms does not silence what others below a registration share.
int cardsToday(const Delta &delta)
{
    const auto calmest = std::min_element(
        delta.eyes.cbegin(), delta.eyes.cend(),
        [](const EyeView &a, const EyeView &b) { return a.cardsToday < b.cardsToday; });
    return calmest == delta.eyes.cend() ? 0 : calmest->cardsToday;
}

/// Visible cards beyond the limit are hidden behind one storm card.
void calmStorm(const Delta &delta, QList<Card> &cards)
{
    int today = cardsToday(delta);
    QList<Card> storms;
    for (auto &card : cards) {
        if (card.state != CardState::New || ++today <= stormLimit)
            continue;
        if (storms.isEmpty())
            storms.append(stormCard(delta, card, today));
        card.state = CardState::Suppressed;
        card.hiddenBy = rules::storm;
        for (auto &change : card.changes)
            change.hiddenBy = rules::storm;
    }
    cards.append(storms);
}

} // namespace

Verdict judge(const Delta &delta)
{
    Findings findings = findChanges(delta);
    Verdict verdict;
    verdict.gone = findings.gone;
    verdict.pending = findings.pending;
    verdict.confirmAt = findings.confirmAt;

    QList<Finding> visible;
    std::map<QString, QList<Finding>> hidden;
    for (auto &finding : findings.found) {
        if (!finding.change.hiddenBy.isEmpty())
            hidden[finding.change.hiddenBy].append(finding);
        else if (!finding.goneWith.isNull())
            verdict.amendments.append({finding.goneWith, finding.change});
        else if (!finding.foretoldBy.isNull() && !finding.nameGone)
            verdict.amendments.append({finding.foretoldBy, finding.change});
        else
            visible.append(finding);
    }
    for (const auto &bundle : bundlesOf(delta, visible))
        verdict.cards.append(makeCard(delta, bundle.cause, bundle.findings));
    for (const auto &[rule, held] : hidden) {
        for (const auto &bundle : bundlesOf(delta, held))
            verdict.cards.append(makeCard(delta, bundle.cause, bundle.findings));
    }
    calmStorm(delta, verdict.cards);
    return verdict;
}

} // namespace wg
