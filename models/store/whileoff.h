// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/checkrows.h"
#include "store/eyerows.h"
#include "store/factrows.h"

#include <map>

namespace wg {

struct IngestRules;

/// An eye that an undo switched on again, and the state of the store when it was switched off.
struct OffSince
{
    Entity entity;
    qint64 seq = 0;
    Instant at;
};

/// Finds what sources told about an eye's subject while it was off: for other eyes, for people, by
/// imports. Reads only; writer thread.
class WhileOff
{
public:
    WhileOff(Database &database, Interner &interner, FactRows &facts, EyeRows &eyes,
             CheckRows &checks)
        : m_database(database)
        , m_interner(interner)
        , m_facts(facts)
        , m_eyes(eyes)
        , m_checks(checks)
    { }

    /// How the store differs from what it was then, as one pass of several sources.
    Delta since(const OffSince &off, Instant now, const IngestRules &rules);

private:
    /// A question that has differences: the artifact asked, dataset, source and record type.
    using Place = std::tuple<qint64, Dataset, qint64, qint64>;
    struct Work
    {
        const OffSince &off;
        Delta delta;
        std::map<Place, qsizetype> questions;
    };

    bool wasAsked(qint64 artifact);
    QList<FactKey> ownFacts(qint64 owner, qint64 seq, std::optional<Dataset> only);
    QList<FactKey> factsWithValue(qint64 value, qint64 seq);
    void compare(Work &work, const FactKey &key, qint64 asked);
    QuestionDelta &questionFor(Work &work, const FactKey &key, qint64 asked, const SpanRow &span);
    QString questionText(const FactKey &key, qint64 asked, qint64 source);

    Database &m_database;
    Interner &m_interner;
    FactRows &m_facts;
    EyeRows &m_eyes;
    CheckRows &m_checks;
};

} // namespace wg
