// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "watch/causes.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// The stories that changes of one pass can belong to, in the order in which cards are raised.
enum class Story
{
    Registration,
    NameServers,
    Mail,
    Records
};

bool isMailPolicy(const Change &change)
{
    const QString &text = change.record.value.raw();
    return text.startsWith("v=spf1"_L1, Qt::CaseInsensitive)
        || text.startsWith("v=DMARC1"_L1, Qt::CaseInsensitive)
        || text.startsWith("v=DKIM1"_L1, Qt::CaseInsensitive);
}

Story storyOf(const Change &change)
{
    if (change.question.dataset == Dataset::Whois)
        return Story::Registration;
    if (leadsTo(change.record, change.question.asked))
        return Story::Records; // others may name it as they like
    const QString &type = change.record.type;
    if (type == "NS"_L1 || type == "SOA"_L1)
        return Story::NameServers;
    if (type == "MX"_L1 || (type == "TXT"_L1 && isMailPolicy(change)))
        return Story::Mail;
    return Story::Records;
}

bool any(const QList<Finding> &findings, ChangeKind kind)
{
    return std::any_of(findings.cbegin(), findings.cend(),
                       [kind](const Finding &f) { return f.change.kind == kind; });
}

bool allAre(const QList<Finding> &findings, ChangeKind kind)
{
    return std::all_of(findings.cbegin(), findings.cend(),
                       [kind](const Finding &f) { return f.change.kind == kind; });
}

/// Some address question of the pass lost members while it gained others.
bool addressesReplaced(const Delta &delta)
{
    return std::any_of(delta.questions.cbegin(), delta.questions.cend(), [](const auto &question) {
        return question.answer.question.dataset == Dataset::Resolutions
            && question.answer.presence == Presence::Current && !question.appeared.isEmpty()
            && !question.vanished.isEmpty();
    });
}

Cause registrationCause(const QList<Finding> &findings)
{
    // A field that a registry begins or ceases to publish says nothing of who holds the name.
    const auto changedHands = [](const Finding &f) {
        const QString &type = f.change.record.type;
        return f.change.kind == ChangeKind::Modified
            && (type == "registrar"_L1 || type == "registrar_iana_id"_L1 || type == "registrant"_L1
                || type == "organisation"_L1);
    };
    const auto movedOn = [](const Finding &f) {
        return f.change.kind == ChangeKind::Modified && f.change.record.type == "expires"_L1
            && f.change.after.raw() > f.change.before.raw();
    };
    const auto delegated = [](const Finding &f) { return f.change.record.type == "nameserver"_L1; };
    if (std::any_of(findings.cbegin(), findings.cend(), changedHands))
        return Cause::Transfer;
    if (std::all_of(findings.cbegin(), findings.cend(), movedOn))
        return Cause::Renewal;
    return std::all_of(findings.cbegin(), findings.cend(), delegated) ? Cause::NameServers
                                                                      : Cause::Registration;
}

Cause recordsCause(const Delta &delta, const QList<Finding> &findings)
{
    const bool added = any(findings, ChangeKind::Added) || any(findings, ChangeKind::Returned);
    const bool addresses = std::any_of(findings.cbegin(), findings.cend(), [](const Finding &f) {
        return f.change.question.dataset == Dataset::Resolutions;
    });
    if (added && addresses && addressesReplaced(delta))
        return Cause::Moved;
    if (allAre(findings, ChangeKind::Returned))
        return Cause::Returned;
    if (allAre(findings, ChangeKind::Removed))
        return Cause::GoneRecords;
    return allAre(findings, ChangeKind::Added) ? Cause::NewRecords : Cause::Mixed;
}

Cause causeOf(const Delta &delta, Story story, const QList<Finding> &findings)
{
    if (delta.purpose == Purpose::Import)
        return Cause::Imported;
    switch (story) {
    case Story::Registration:
        return registrationCause(findings);
    case Story::NameServers:
        return Cause::NameServers;
    case Story::Mail:
        return Cause::Mail;
    case Story::Records:
        return recordsCause(delta, findings);
    }
    Q_UNREACHABLE();
}

/// One cause that takes every finding of the pass, if there is one.
std::optional<Cause> wholeCause(const Delta &delta, const QList<Finding> &visible)
{
    const auto some = [&](auto member) {
        return std::any_of(visible.cbegin(), visible.cend(),
                           [&](const auto &f) { return f.*member; });
    };
    if (delta.whileOff)
        return Cause::WhileOff;
    if (some(&Finding::sinceLastAsked))
        return Cause::SinceLastAsked;
    if (some(&Finding::nameGone) && allAre(visible, ChangeKind::Removed))
        return Cause::NameGone;
    if (some(&Finding::nameBack))
        return Cause::NameBack;
    if (some(&Finding::nameBorn))
        return Cause::NewRecords;
    if (delta.purpose == Purpose::Import)
        return Cause::Imported;
    return std::nullopt;
}

int baseWeight(Cause cause)
{
    switch (cause) {
    case Cause::Transfer:
        return 95;
    case Cause::NameServers:
        return 85;
    case Cause::NameGone:
    case Cause::NameBack:
        return 80;
    case Cause::Moved:
        return 75;
    case Cause::Storm:
        return 70;
    case Cause::Returned:
        return 65;
    case Cause::NewRecords:
    case Cause::Mixed:
        return 60;
    case Cause::Mail:
        return 55;
    case Cause::GoneRecords:
        return 50;
    case Cause::Registration:
        return 45;
    case Cause::SinceLastAsked:
        return 40;
    case Cause::WhileOff:
        return 60;
    case Cause::Imported:
        return 30;
    case Cause::Renewal:
        return 20;
    }
    Q_UNREACHABLE();
}

} // namespace

QList<Bundle> bundlesOf(const Delta &delta, const QList<Finding> &visible)
{
    if (visible.isEmpty())
        return {};
    if (const auto whole = wholeCause(delta, visible))
        return {{*whole, visible}};
    std::array<QList<Finding>, 4> stories;
    for (const auto &finding : visible)
        stories[size_t(storyOf(finding.change))].append(finding);
    QList<Bundle> bundles;
    for (size_t i = 0; i < stories.size(); ++i) {
        if (!stories[i].isEmpty())
            bundles.append({causeOf(delta, Story(i), stories[i]), stories[i]});
    }
    return bundles;
}

int weightOf(Cause cause, const QList<Finding> &findings)
{
    const bool newNetwork = std::any_of(findings.cbegin(), findings.cend(),
                                        [](const Finding &f) { return f.newNetwork; });
    return std::min(100, baseWeight(cause) + (newNetwork ? 10 : 0));
}

Hash128 signatureOf(const Card &card)
{
    QList<Record> parts;
    for (const auto &change : card.changes) {
        Record part;
        part.dataset = change.question.dataset;
        part.type = change.record.type + u'/' + QString::number(int(change.kind));
        part.value = change.after.isEmpty() ? change.before : change.after;
        parts.append(part);
    }
    Record cause;
    cause.type = QString::number(int(card.cause));
    parts.append(cause);
    return setHash(parts);
}

} // namespace wg
