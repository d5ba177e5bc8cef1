// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/record.h"

#include <QStringList>
#include <optional>

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

/// Of what an answer speaks.
enum class Extent : quint8
{
    Whole, ///< of all that the source has to say
    Since, ///< of what came since an earlier answer: what it lacks still stands
    Same, ///< the source's word that its last answer still holds; it has no records
};

/// From where the next ask of a question goes on. Kept with the answer that gave it.
struct Bookmark
{
    QString question; ///< its text
    Hash128 print{}; ///< of the request for the whole, and of how its answers are read
    QString cursor; ///< behind which the next answer begins; empty: at the beginning
    QByteArray etag; ///< by which the server knows the last answer
    QByteArray modified; ///< the same, as a date of HTTP
    Instant wholeAt; ///< when all was last asked for

    [[nodiscard]] bool saysNothing() const
    {
        return cursor.isEmpty() && etag.isEmpty() && modified.isEmpty();
    }
    friend bool operator==(const Bookmark &, const Bookmark &) = default;
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
    Extent extent = Extent::Whole;
    std::optional<Bookmark> bookmark{}; ///< takes the place of the one before; one that says
                                        ///< nothing removes it, also after a failure
    /// Documented fields that most of its rows lack; nothing where nobody could look.
    std::optional<QStringList> lacking{};
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
