// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/whileoff.h"

#include "store/codec.h"
#include "store/deltabuilder.h"
#include "store/readerfacts.h"
#include "store/writer.h"

#include <bit>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// One card tells no more than this of one side of an entity's facts.
constexpr int mostFacts = 5000;

/// The span of a source that was open at a sequence number.
const SpanRow *openAt(const QList<SpanRow> &spans, qint64 source, qint64 seq)
{
    const auto it = std::find_if(spans.cbegin(), spans.cend(), [&](const SpanRow &span) {
        return span.source == source && span.toldSeq <= seq
            && (!span.goneSeq || *span.goneSeq > seq);
    });
    return it == spans.cend() ? nullptr : &*it;
}

const SpanRow *openNow(const QList<SpanRow> &spans, qint64 source)
{
    return openAt(spans, source, std::numeric_limits<qint64>::max());
}

/// What was known before a span opened; of two sources that told in one ingest the first counts.
QList<SpanRow> knownBefore(const QList<SpanRow> &spans, const SpanRow &told)
{
    QList<SpanRow> before;
    for (SpanRow span : spans) {
        if (std::pair(span.toldSeq, span.source) >= std::pair(told.toldSeq, told.source))
            continue;
        if (span.goneSeq && *span.goneSeq > told.toldSeq) {
            span.goneSeq.reset();
            span.goneAt.reset();
            span.goneHow.reset();
        }
        before.append(span);
    }
    return before;
}

} // namespace

Delta WhileOff::since(const OffSince &off, Instant now, const IngestRules &rules)
{
    Work work{off, {}, {}};
    Delta &delta = work.delta;
    delta.asked = off.entity;
    delta.whileOff = true;
    delta.at = now;
    delta.confirmGapMs = rules.confirmGapMs;
    const qint64 own = m_interner.artifact(off.entity);
    for (const FactKey &key : ownFacts(own, off.seq, std::nullopt))
        compare(work, key, own);
    for (const FactKey &key : factsWithValue(own, off.seq))
        compare(work, key, own);
    const Artifact registration = FactReader(m_database, m_interner).registrationOf(off.entity);
    if (!registration.isEmpty() && registration != off.entity) {
        const qint64 other = m_interner.artifact(registration);
        for (const FactKey &key : ownFacts(other, off.seq, Dataset::Whois))
            compare(work, key, wasAsked(other) ? other : own);
    }
    delta.eyes = m_eyes.concerned(off.entity, Reaches::AskedOnly, {}, now);
    return std::move(work.delta);
}

/// A network's facts may come from answers about its addresses alone.
bool WhileOff::wasAsked(qint64 artifact)
{
    auto row = m_database.query("SELECT 1 FROM check_open WHERE artifact=? AND dataset=? LIMIT 1",
                                artifact, int(Dataset::Whois));
    return row.next();
}

QList<FactKey> WhileOff::ownFacts(qint64 owner, qint64 seq, std::optional<Dataset> only)
{
    auto rows = m_database.query("SELECT DISTINCT dataset, rtype, vkey, rid FROM fact"
                                 " WHERE owner=? AND (told_seq>? OR gone_seq>?)"
                                 " ORDER BY dataset, rtype, vkey, rid LIMIT ?",
                                 owner, seq, seq, mostFacts);
    QList<FactKey> keys;
    while (rows.next()) {
        const auto dataset = Dataset(rows.number(0));
        if (!only || dataset == *only)
            keys.append(m_facts.keyOf(owner, dataset, rows.number(1), rows.text(2), rows.bytes(3)));
    }
    return keys;
}

/// Names that an address had: live DNS says them of the name, not of the address.
QList<FactKey> WhileOff::factsWithValue(qint64 value, qint64 seq)
{
    auto rows = m_database.query(
        "SELECT DISTINCT f.owner, f.dataset, f.rtype, f.vkey, f.rid FROM reverse r"
            + std::string(FactRows::factOfReverse)
            + " WHERE r.value=? AND r.owner<>? AND (f.traits & 1)=1 AND (f.told_seq>? OR "
              "f.gone_seq>?)"
              " ORDER BY f.dataset, f.owner, f.rtype, f.vkey, f.rid LIMIT ?",
        codec::sortKey(m_interner.artifactOf(value).value), value, value, seq, seq, mostFacts);
    QList<FactKey> keys;
    while (rows.next()) {
        keys.append(m_facts.keyOf(rows.number(0), Dataset(rows.number(1)), rows.number(2),
                                  rows.text(3), rows.bytes(4)));
    }
    return keys;
}

void WhileOff::compare(Work &work, const FactKey &key, qint64 asked)
{
    const QList<SpanRow> spans = m_facts.spans(key);
    QSet<qint64> sources;
    for (const SpanRow &span : spans) {
        if (sources.contains(span.source)
            || (key.owner != asked && key.dataset != Dataset::Whois
                && span.presence != Presence::Historical))
            continue;
        sources.insert(span.source);
        const SpanRow *then = openAt(spans, span.source, work.off.seq);
        const SpanRow *now = openNow(spans, span.source);
        if (now && !then) {
            Appeared appeared =
                DeltaBuilder::appearedFor(m_facts, key, m_facts.record(key, *now, spans),
                                          knownBefore(spans, *now), span.source);
            appeared.toldAt = now->toldAt;
            questionFor(work, key, asked, *now).appeared.append(appeared);
        } else if (then && !now && then->goneHow != GoneHow::Reread) {
            Vanished vanished;
            vanished.record = m_facts.record(key, *then, spans);
            vanished.absentSince = then->goneAt;
            questionFor(work, key, asked, *then).vanished.append(vanished);
        } else if (then && now && then->state != now->state) {
            questionFor(work, key, asked, *now)
                .altered.append(
                    {m_facts.record(key, *then, spans), m_facts.record(key, *now, spans)});
        }
    }
}

QuestionDelta &WhileOff::questionFor(Work &work, const FactKey &key, qint64 asked,
                                     const SpanRow &span)
{
    Delta &delta = work.delta;
    const Place place{asked, key.dataset, span.source, key.type};
    if (const auto known = work.questions.find(place); known != work.questions.end())
        return delta.questions[known->second];
    work.questions.insert({place, delta.questions.size()});
    QuestionDelta question;
    Observation &answer = question.answer;
    answer.question = {m_interner.artifactOf(asked), key.dataset, m_interner.sourceOf(span.source),
                       questionText(key, asked, span.source)};
    answer.presence = span.presence;
    answer.outcome = Outcome::Complete;
    answer.at = delta.at;
    question.previousCheck = work.off.at;
    question.previousProof = work.off.at;
    const auto check =
        m_checks.load({asked, span.source, key.dataset, m_interner.word(answer.question.text)});
    if (check) {
        answer.at = check->until;
        answer.detail = check->detail;
        if (isProof(check->outcome))
            answer.outcome = check->outcome;
        const int swaps = check->n >= 3 ? 0 : (check->swaps << (check->n - 1)) & 7;
        question.recentSwaps = std::popcount(unsigned(swaps));
    }
    question.knownNeighbourhoods =
        m_facts.neighbourhoods(key.owner, key.dataset, key.type, span.source, work.off.seq);
    if (delta.source.isEmpty())
        delta.source = answer.question.source;
    delta.questions.append(question);
    return delta.questions.last();
}

/// A live DNS question is called like its record type; elsewhere one question brings many types.
QString WhileOff::questionText(const FactKey &key, qint64 asked, qint64 source)
{
    if (codec::baseName(m_interner.sourceOf(source)) == "dns"_L1)
        return m_interner.wordOf(key.type);
    auto row = m_database.query("SELECT question FROM check_now WHERE artifact=? AND source=?"
                                " AND dataset=? ORDER BY question LIMIT 1",
                                asked, source, int(key.dataset));
    return row.next() ? m_interner.wordOf(row.number(0)) : u"import"_s;
}

} // namespace wg
