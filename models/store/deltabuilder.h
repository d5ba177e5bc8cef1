// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/checkrows.h"
#include "store/eyerows.h"
#include "store/factrows.h"

#include <QSet>

namespace wg {

/// One change of the fact tables that follows from the answer alone, whatever the rules decide.
struct FactEdit
{
    enum class Kind : quint8
    {
        Tell, ///< a new span opens
        Alter, ///< the old state's span closes, the new one's opens
        Dates, ///< world dates moved on
        Back, ///< a pending absence was none
        Presence, ///< a current question says what only history told until now, or only history
                  ///< says it any more
        Reread, ///< a newer parser does not read this in its answer any more
    };
    Kind kind = Kind::Tell;
    FactKey key;
    Record record;
    Hash128 state{};
    SpanRow span; ///< the open span, where there is one
    Presence presence = Presence::Current; ///< of the question that tells it
};

/// A vanished record with its span, by which a verdict is applied.
struct Missing
{
    FactKey key;
    SpanRow span;
    bool pending = false; ///< had a first absence before this pass
    qsizetype question = 0; ///< index of the question in the pass
};

/// One question of a pass that is no plain repetition.
struct OpenQuestion
{
    const Observation *answer = nullptr;
    CheckKey key;
    std::optional<CheckRow> before;
    Hash128 set{};
    qint64 dates = 0;
    qint64 records = 0; ///< known by this answer, of one about the newest alone by those before too
    bool swapped = false; ///< members were exchanged for others
    QByteArray members;
};

/// A pass's delta, and what is to be written for it.
struct BuiltDelta
{
    Delta delta;
    QList<FactEdit> edits;
    QList<Missing> missing;
};

/// Compares answers with what their source said before. Reads only; writer thread.
class DeltaBuilder
{
public:
    DeltaBuilder(Interner &interner, FactRows &facts, EyeRows &eyes, CheckRows &checks,
                 Database &database)
        : m_interner(interner)
        , m_facts(facts)
        , m_eyes(eyes)
        , m_checks(checks)
        , m_database(database)
    { }

    /// Fills in swapped and members of the questions as well.
    BuiltDelta build(const Pass &pass, QList<OpenQuestion> &questions, qint64 seq,
                     qint64 intervalMs, qint64 confirmGapMs, Instant now);
    /// A record that a source newly says, beside what the spans tell of it.
    static Appeared appearedFor(FactRows &facts, const FactKey &key, const Record &record,
                                const QList<SpanRow> &spans, qint64 source);

private:
    struct Work;
    struct OtherEnd;
    void compare(Work &work);
    /// The records of an answer, each once.
    struct Joined
    {
        QSet<QByteArray> ids;
        QList<Record> records;
        QList<FactKey> keys;
    };
    Joined joined(const QList<Record> &records);
    Instant emptySince(const CheckKey &key, const CheckRow &open);
    bool wasHeld(qint64 name, Instant by);
    bool isNewsHere(Work &work, const FactKey &key, const Record &record,
                    const QList<SpanRow> &spans);
    const OtherEnd &otherEnd(Work &work);
    Instant answeredBy(const Work &work);
    static bool isKnownPast(const Work &work, const Record &record, const QList<SpanRow> &spans);
    void compareRecord(Work &work, const Record &record, const FactKey &key);
    void compareDates(Work &work, const Record &record, const FactKey &key, SpanRow span);
    static std::optional<QSet<QByteArray>> saidInPass(const Work &work,
                                                      const QSet<QByteArray> &present);
    QList<std::pair<FactKey, SpanRow>> saidBefore(const Work &work);
    static bool saidByHistory(const Work &work, const FactKey &fact);
    bool saidAtOtherEnd(const Work &work, const Record &record);
    void findMissing(Work &work, const std::optional<QSet<QByteArray>> &said);
    bool rotatedAt(const CheckKey &key, Instant at);
    std::optional<Instant> lastProofBefore(const CheckKey &key, Instant at);
    std::optional<CheckRow> checkBefore(const Pass &pass, const QList<OpenQuestion> &questions,
                                        const OpenQuestion &question);
    std::optional<CheckRow> checkOfAssignment(const Pass &pass, const OpenQuestion &question);
    void findEyes(const Pass &pass, BuiltDelta &built);
    bool liesIn(const Entity &address, const QList<IpNetwork> &networks);
    void findForetold(Delta &delta);
    QUuid cardOfEnd(const EyeView &eye, std::optional<Instant> saidLast, Instant now);
    QUuid cardThatTold(const Artifact &about, const Question &question, qint64 seq);

    Interner &m_interner;
    FactRows &m_facts;
    EyeRows &m_eyes;
    CheckRows &m_checks;
    Database &m_database;
    Instant m_now; ///< of the pass being compared
};

} // namespace wg
