// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/verdictrows.h"

namespace wg {

namespace {

/// A page is told to read again for this many values of one pass at most.
constexpr qsizetype mostTouched = 1000;

QSet<QByteArray> setOf(const QList<Hash128> &ids)
{
    QSet<QByteArray> set;
    for (const Hash128 &id : ids)
        set.insert(toBytes(id));
    return set;
}

/// What a baseline lacks was not there at the toggle, however long its answers took.
Instant absentSince(const Delta &delta)
{
    if (delta.purpose != Purpose::Baseline)
        return delta.at;
    Instant toggled;
    for (const EyeView &eye : delta.eyes)
        toggled = std::max(toggled, eye.since);
    return delta.eyes.isEmpty() ? delta.at : std::min(toggled, delta.at);
}

} // namespace

void VerdictRows::applyEdits(const BuiltDelta &built, qint64 source, IngestReport &report)
{
    const Delta &delta = built.delta;
    for (const FactEdit &edit : built.edits) {
        if (edit.kind == FactEdit::Kind::Back) {
            m_facts.clearAbsent(edit.key, source);
            continue;
        }
        if (edit.kind == FactEdit::Kind::Dates) {
            m_facts.moveWorld(edit.key, edit.span);
            continue;
        }
        if (edit.kind == FactEdit::Kind::Reread) {
            m_facts.close(edit.key, edit.span, delta.seq, delta.at, GoneHow::Reread);
            m_facts.clearAbsent(edit.key, source);
            continue;
        }
        if (edit.kind == FactEdit::Kind::Presence) {
            m_facts.setPresence(edit.key, edit.span, edit.presence);
            continue;
        }
        SpanRow span;
        span.source = source;
        span.toldSeq = delta.seq;
        span.toldAt = delta.at;
        span.presence = edit.presence;
        span.worldFirst = edit.record.worldFirst;
        span.worldLast = edit.record.worldLast;
        if (edit.kind == FactEdit::Kind::Alter)
            m_facts.close(edit.key, edit.span, delta.seq, delta.at, GoneHow::Altered);
        if (m_facts.tell(edit.key, span, edit.record))
            ++report.newFacts;
        if (const auto value = valueArtifact(edit.record);
            value && isEntity(*value) && report.touched.size() < mostTouched)
            report.touched.append(*value);
    }
}

QHash<qsizetype, qint64> VerdictRows::applyAbsences(const BuiltDelta &built, const Verdict &verdict,
                                                    qint64 source)
{
    const QSet<QByteArray> gone = setOf(verdict.gone);
    const QSet<QByteArray> pending = setOf(verdict.pending);
    QHash<qsizetype, qint64> waiting;
    for (const Missing &missing : built.missing) {
        const QByteArray id = toBytes(missing.key.id);
        if (gone.contains(id)) {
            m_facts.close(missing.key, missing.span, built.delta.seq, built.delta.at,
                          GoneHow::Absent);
            m_facts.clearAbsent(missing.key, source);
        } else if (pending.contains(id)) {
            m_facts.markAbsent(missing.key, source, {absentSince(built.delta), built.delta.seq});
            ++waiting[missing.question];
        } else if (missing.pending) {
            ++waiting[missing.question];
        }
    }
    return waiting;
}

void VerdictRows::applyCards(const Verdict &verdict, const Delta &delta, IngestReport &report)
{
    for (const Amendment &amendment : verdict.amendments) {
        if (!m_cards.amend(amendment.card, amendment.change))
            continue;
        report.amended.append(amendment.card);
        ++report.changes;
        for (const EyeView &eye : delta.eyes)
            report.amendedFor.append(eye.entity);
    }
    for (Card card : verdict.cards) {
        if (!m_cards.add(card, delta.seq) || card.state == CardState::Suppressed)
            continue;
        m_cards.reopenSnoozed(card);
        report.changes += card.changeCount;
        report.touched += card.concerns;
        report.touched.append(card.entity);
        report.cards.append(card);
    }
}

Verdict silentVerdict(const Delta &delta)
{
    Verdict verdict;
    for (const QuestionDelta &question : delta.questions) {
        for (const Vanished &vanished : question.vanished) {
            const Hash128 id = recordId(vanished.record);
            if (vanished.absentSince) {
                verdict.gone.append(id);
            } else {
                verdict.pending.append(id);
                verdict.confirmAt = delta.at + delta.confirmGapMs;
            }
        }
    }
    return verdict;
}

} // namespace wg
