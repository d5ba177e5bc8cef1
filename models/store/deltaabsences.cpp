// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/codec.h"
#include "store/deltawork.h"
#include "store/fingerprint.h"

using namespace Qt::StringLiterals;

namespace wg {

namespace {

constexpr qint64 endJoinedMs = 2 * dayMs; ///< so long the rest of a gone name joins its card

bool isDns(const QString &source)
{
    return codec::baseName(source) == "dns"_L1;
}

} // namespace

/// Beside DNS, several answers of one pass may speak for what a dataset holds now; what any of them
/// says is there, and when one of them failed nothing is known to be missing. History has no voice.
std::optional<QSet<QByteArray>> DeltaBuilder::saidInPass(const Work &work,
                                                         const QSet<QByteArray> &present)
{
    const Observation &answer = *work.question.answer;
    QSet<QByteArray> said = present;
    if (isDns(answer.question.source))
        return said;
    for (const Observation &other : work.pass.observations) {
        if (&other == &answer || other.question.dataset != answer.question.dataset
            || other.presence != Presence::Current)
            continue;
        if (!isProof(other.outcome) || other.extent == Extent::Same) // it does not say what holds
            return std::nullopt;
        for (const Record &record : other.records)
            said.insert(toBytes(recordId(record)));
    }
    return said;
}

/// What a question said by its last answers, as far as a span tells. An address owns no
/// resolutions: what is told of it belongs to the names on it, of which nothing else was asked.
QList<std::pair<FactKey, SpanRow>> DeltaBuilder::saidBefore(const Work &work)
{
    const Observation &answer = *work.question.answer;
    const Artifact &asked = answer.question.asked;
    const Dataset dataset = answer.question.dataset;
    const CheckKey &key = work.question.key;
    if (isDns(answer.question.source))
        return m_facts.openSpans(key.artifact, dataset, m_interner.word(answer.question.text),
                                 key.source);
    QSet<qint64> owners{key.artifact};
    bool fromOtherEnd = isAddress(asked) && dataset == Dataset::Resolutions;
    for (const Record &record : answer.records) {
        if (record.owner != asked && valueArtifact(record) == asked)
            fromOtherEnd = true;
        else
            owners.insert(m_interner.artifact(record.owner));
    }
    QList<std::pair<FactKey, SpanRow>> said;
    for (const qint64 owner : std::as_const(owners))
        said += m_facts.openSpans(owner, dataset, 0, key.source);
    if (fromOtherEnd)
        said += m_facts.openSpansAt(key.artifact, dataset, key.source);
    return said;
}

bool DeltaBuilder::saidByHistory(const Work &work, const FactKey &fact)
{
    const Observation &answer = *work.question.answer;
    for (const Observation &other : work.pass.observations) {
        if (other.presence != Presence::Historical
            || other.question.dataset != answer.question.dataset)
            continue;
        const bool says =
            std::any_of(other.records.cbegin(), other.records.cend(),
                        [&fact](const Record &record) { return recordId(record) == fact.id; });
        if (says)
            return true;
    }
    return false;
}

/// A source may be asked for the addresses of a name and for the names on an address: what one of
/// these questions says, the other does not take back as long as the answer is no older than two
/// intervals.
bool DeltaBuilder::saidAtOtherEnd(const Work &work, const Record &record)
{
    const Question &asked = work.question.answer->question;
    if (asked.dataset != Dataset::Resolutions || isDns(asked.source))
        return false;
    const Artifact other =
        record.owner == asked.asked ? valueArtifact(record).value_or(Artifact()) : record.owner;
    if (other.isEmpty() || other == asked.asked)
        return false;
    const Instant since = work.question.answer->at - 2 * work.built.delta.intervalMs;
    auto checks = m_database.query(
        "SELECT members, records FROM check_now WHERE artifact=? AND source=? AND dataset=?"
        " AND presence=? AND records>0 AND (until_at>=? AND outcome IN (?,?) OR usable_at>=?)",
        m_interner.findArtifact(other), work.question.key.source, int(asked.dataset),
        int(Presence::Current), since, int(Outcome::Complete), int(Outcome::Truncated), since);
    while (checks.next()) {
        const QByteArray members = checks.bytes(0);
        const bool many = members.isEmpty() && checks.number(1) > mostMembers;
        if (many || isMember(members, recordId(record)))
            return true;
    }
    return false;
}

void DeltaBuilder::findMissing(Work &work, const std::optional<QSet<QByteArray>> &said)
{
    if (!said)
        return;
    const CheckKey &key = work.question.key;
    // Read by another parser, a fact that is spelled otherwise looks like one that is gone.
    const bool reread =
        work.delta.parserChanged && work.question.answer->outcome == Outcome::Complete;
    for (const auto &[fact, span] : saidBefore(work)) {
        if (span.presence != Presence::Current || said->contains(toBytes(fact.id)))
            continue;
        if (reread) {
            const auto kind =
                saidByHistory(work, fact) ? FactEdit::Kind::Presence : FactEdit::Kind::Reread;
            work.built.edits.append({kind, fact, {}, span.state, span, Presence::Historical});
            continue;
        }
        Vanished vanished;
        vanished.record = m_facts.record(fact, span);
        const auto absent = m_facts.absence(fact, key.source);
        if (saidAtOtherEnd(work, vanished.record)) {
            if (absent)
                work.built.edits.append({FactEdit::Kind::Back, fact, {}, span.state, span, {}});
            continue;
        }
        if (absent) {
            vanished.absentSince = absent->since;
            vanished.absentSeq = absent->seq;
            vanished.saidLast = lastProofBefore(key, absent->since);
            vanished.rotatedThen = rotatedAt(key, absent->since);
            work.pendings = true;
        }
        work.delta.vanished.append(vanished);
        work.built.missing.append({fact, span, absent.has_value(), work.index});
    }
}

/// Whether at least two of the three checks up to a time exchanged members for others. A span that
/// ends by an exchange says so.
bool DeltaBuilder::rotatedAt(const CheckKey &key, Instant at)
{
    auto spans = m_database.query("SELECT swapped, n, outcome FROM check_past WHERE artifact=?"
                                  " AND source=? AND dataset=? AND question=? AND until_at<?"
                                  " ORDER BY from_at DESC LIMIT 9",
                                  key.artifact, key.source, int(key.dataset), key.question, at);
    int swaps = 0;
    qint64 checks = 0;
    while (checks < 3 && spans.next()) {
        swaps += int(spans.number(0));
        checks += isUsable(Outcome(spans.number(2))) ? spans.number(1) : 0;
    }
    return swaps >= 2;
}

std::optional<Instant> DeltaBuilder::lastProofBefore(const CheckKey &key, Instant at)
{
    auto span = m_database.query("SELECT until_at FROM check_past WHERE artifact=? AND source=?"
                                 " AND dataset=? AND question=? AND until_at<? AND outcome IN (?,?)"
                                 " ORDER BY from_at DESC LIMIT 1",
                                 key.artifact, key.source, int(key.dataset), key.question, at,
                                 int(Outcome::Complete), int(Outcome::Empty));
    return span.next() ? std::optional(span.instant(0)) : std::nullopt;
}

/// A confirmed removal joins the card of its move: one that the pass of the first absence raised
/// and that tells what the same question gained.
void DeltaBuilder::findForetold(Delta &delta)
{
    for (QuestionDelta &question : delta.questions) {
        const bool nameGone = saysNoSuchName(question.answer.outcome, question.answer.detail);
        for (Vanished &vanished : question.vanished) {
            if (!vanished.absentSince)
                continue;
            // Its card lists every eye there was then: any one of them leads to it.
            const auto witness =
                std::find_if(delta.eyes.cbegin(), delta.eyes.cend(), [&](const EyeView &eye) {
                    return eye.since <= *vanished.absentSince;
                });
            if (witness != delta.eyes.cend()) {
                vanished.foretoldBy =
                    cardThatTold(witness->entity, question.answer.question, vanished.absentSeq);
                if (nameGone)
                    vanished.goneWith = cardOfEnd(*witness, vanished.saidLast, delta.at);
            }
        }
    }
}

/// The card that told a while ago that a name no longer exists, unless it was back since: told so,
/// taken as a new baseline, or said again by this question.
QUuid DeltaBuilder::cardOfEnd(const EyeView &eye, std::optional<Instant> saidLast, Instant now)
{
    const Instant since = std::max({eye.since, saidLast.value_or(now), now - endJoinedMs});
    auto row = m_database.query("SELECT c.id, c.cause, c.state FROM card_entity e"
                                " JOIN card c ON c.row_id=e.card WHERE e.artifact=?"
                                " AND c.cause IN (?,?) AND c.detected_at>?"
                                " ORDER BY e.card DESC LIMIT 1",
                                m_interner.findArtifact(eye.entity), int(Cause::NameGone),
                                int(Cause::NameBack), since);
    const bool stands = row.next() && Cause(row.number(1)) == Cause::NameGone
        && CardState(row.number(2)) != CardState::Suppressed;
    return stands ? row.uuid(0) : QUuid();
}

QUuid DeltaBuilder::cardThatTold(const Artifact &about, const Question &question, qint64 seq)
{
    auto row = m_database.query(
        "SELECT c.id FROM card_entity e JOIN card c ON c.row_id=e.card WHERE e.artifact=?"
        " AND c.seq=? AND c.state<>? AND EXISTS (SELECT 1 FROM card_change h WHERE h.card=c.row_id"
        " AND h.asked=? AND h.dataset=? AND h.source=? AND h.question=? AND h.kind IN (?,?))"
        " ORDER BY e.card DESC LIMIT 1",
        m_interner.findArtifact(about), seq, int(CardState::Suppressed),
        m_interner.findArtifact(question.asked), int(question.dataset),
        m_interner.source(question.source), m_interner.word(question.text), int(ChangeKind::Added),
        int(ChangeKind::Returned));
    return row.next() ? row.uuid(0) : QUuid();
}

} // namespace wg
