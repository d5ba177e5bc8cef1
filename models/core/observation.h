// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/record.h"

namespace wg {

/// Why a question was asked; decides what its answer may raise.
enum class Purpose : quint8
{
    Poll = 1, ///< an eye's turn: differences become cards
    Baseline = 2, ///< the toggle: the answer is the state at that moment
    Person = 3, ///< someone looked or pressed R: as Poll for entities that are watched
    Import = 4, ///< a file: cards only as "new to us"
};

/// What was asked in one go. source carries the resolver for DNS ("dns@192.0.2.53"); text is the
/// source's own word for it ("A", "domain", "names").
struct Question
{
    Artifact asked;
    Dataset dataset = Dataset::Dns;
    QString source;
    QString text;

    friend bool operator==(const Question &, const Question &) = default;
    friend size_t qHash(const Question &q, size_t seed = 0)
    {
        return qHashMulti(seed, q.asked, quint8(q.dataset), q.source, q.text);
    }
};

/// What one source said to one question at one time.
struct Observation
{
    Question question;
    Presence presence = Presence::Current;
    Outcome outcome = Outcome::Unreachable;
    QString detail; ///< the source's own words or our sentence, may hold outside text
    Instant at; ///< when the answer was complete here
    int parserVersion = 1; ///< a bump extends baselines instead of raising cards
    QList<Record> records;
    QByteArray raw; ///< the answer as received; empty where the record set is the answer
};

/// All that one ask of one source about one artifact brought. Differences of one pass with one
/// cause are one card.
struct Pass
{
    Artifact asked;
    QString source;
    Purpose purpose = Purpose::Poll;
    QList<Observation> observations;
    Hash128 fingerprint{}; ///< of all that is compared, made beforehand off the writer's thread
};

} // namespace wg

Q_DECLARE_METATYPE(wg::Observation)
Q_DECLARE_METATYPE(wg::Pass)
