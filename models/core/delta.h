// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/address.h"
#include "core/change.h"

#include <QList>
#include <functional>

namespace wg {

/// A record that the answer holds and this source was not saying (no open span of this source), or
/// said only since the question was last answered, when the fact's other end was asked.
struct Appeared
{
    Record record;
    bool saidByOthers = false; ///< another source says or said it
    std::optional<Instant> othersLast; ///< latest worldLast or toldAt among other sources
    std::optional<Instant>
        earliestFirst; ///< earliest worldFirst over all sources, this answer included
    std::optional<Instant>
        confirmedGoneAt; ///< when a current source's absence was confirmed before
    std::optional<Instant> toldAt; ///< where it was told before this pass: while the eye was off
    std::optional<Record> instead; ///< what this source last said in its place, before that was
                                   ///< confirmed gone: the old registrar
};
/// A record this (current) source was saying and the answer lacks.
struct Vanished
{
    Record record;
    std::optional<Instant> absentSince; ///< first complete answer without it, if not this one
    qint64 absentSeq = 0; ///< its sequence number
    std::optional<Instant> saidLast; ///< last complete or empty answer before that one
    QUuid foretoldBy; ///< visible card of the pass of absentSeq that told what the same question
                      ///< gained, or null
    QUuid goneWith; ///< the card that told that the name no longer exists, where this question
                    ///< was answered only later; or null
    bool rotatedThen = false; ///< the name was exchanging its members when this one went
};
/// Same identity, other state.
struct Altered
{
    Record before;
    Record after;
};
/// A historical record whose worldLast moved on by more than thirty days.
struct Resumed
{
    Record record;
    Instant previousLast;
};

/// How the answer to one question differs from what this source said before. Only questions whose
/// answer differs, or that have pending absences, are here; unusable outcomes never are.
struct QuestionDelta
{
    Observation answer; ///< records only for small answers needed by rules; see store
    bool firstAnswer = false; ///< no usable complete answer before: it extends baselines
    bool parserChanged = false; ///< other parser version: extends, too
    std::optional<Instant> previousProof; ///< last complete or empty answer before this one
    std::optional<Instant> previousCheck; ///< last usable answer before this one
    int recentSwaps =
        0; ///< of the last three checks, how many exchanged members for others, this included
    bool wasEmptyName = false; ///< the previous proof was NXDOMAIN (detail "nxdomain")
    bool existedBefore = false; ///< … and something of the name is older than that
    QList<Appeared> appeared;
    QList<Vanished> vanished;
    QList<Altered> altered;
    QList<Resumed> resumed;
    QList<IpNetwork>
        knownNeighbourhoods; ///< of every address this question ever told, before this answer
};

/// What a person asked not to be told of any more: changes of one type of record of one eye.
struct HideRule
{
    Dataset dataset = Dataset::Resolutions;
    QString type; ///< record type: "A", "expires"

    friend bool operator==(const HideRule &, const HideRule &) = default;
    /// As hidden cards keep it: "hide resolutions A".
    [[nodiscard]] QString name() const
    {
        return QStringLiteral("hide %1 %2").arg(datasetName(dataset), type);
    }
};

/// A rule as it is listed; undoing its journal entry takes it back.
struct StoredRule
{
    QUuid entry;
    Artifact entity; ///< whose eye
    HideRule rule;
    QString author;
    Instant at;
};

/// A switched-on eye that covers what was asked.
struct EyeView
{
    QUuid monitor;
    Artifact entity;
    Instant since; ///< the toggle
    std::optional<Instant> baselineAt;
    qint64 baselineSeq = 0; ///< store sequence at the toggle
    int cardsToday = 0;
    QList<HideRule> hides;
};

/// Everything the rules may look at for one pass.
struct Delta
{
    Artifact asked;
    QString source;
    Purpose purpose = Purpose::Poll;
    Instant at;
    qint64 seq = 0;
    qint64 intervalMs = dayMs;
    qint64 confirmGapMs = 900'000;
    QList<QuestionDelta> questions;
    QList<EyeView> eyes;
    bool whileOff = false; ///< no answer's, but all that was told while these eyes were off; what
                           ///< vanished is confirmed
};

/// A change that belongs to a card already told: the confirmed half of a move.
struct Amendment
{
    QUuid card;
    Change change;
};

/// What the rules decide. The store applies it in the same transaction.
struct Verdict
{
    QList<Amendment> amendments; ///< appended to existing cards, which keep state and place
    QList<Card> cards; ///< with their changes; Suppressed ones too
    QList<Hash128> gone; ///< vanished records whose absence is confirmed now
    QList<Hash128> pending; ///< vanished records absent for the first time
    std::optional<Instant> confirmAt; ///< when the pass wants to be asked again
};

/// Pure: the same delta gives the same verdict. Runs on the store's thread inside the transaction.
using Judge = std::function<Verdict(const Delta &)>;

} // namespace wg
