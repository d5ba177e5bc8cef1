// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "watch/findings.h"

#include "core/ids.h"
#include "watch/judge.h"
#include "watch/pagerotation.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// How one question's differences are treated for the eyes that look on.
enum class Treatment
{
    Silent,
    Told,
    SinceLastAsked
};

/// When the newest of the eyes was switched on, and with it all that one order named.
Instant newestToggle(const QList<EyeView> &eyes)
{
    Instant newest;
    for (const auto &eye : eyes)
        newest = std::max(newest, eye.since);
    return newest;
}

Treatment treatmentFor(const EyeView &eye, Instant toggled, const Delta &delta,
                       const QuestionDelta &question)
{
    const bool baseline = delta.purpose == Purpose::Baseline && eye.since == toggled;
    const auto before = question.previousProof ? question.previousProof : question.previousCheck;
    const bool isOld = before && eye.since - *before > delta.intervalMs;
    if (isOld && delta.purpose != Purpose::Import)
        return Treatment::SinceLastAsked;
    return baseline ? Treatment::Silent : Treatment::Told;
}

/// The loudest treatment that any eye asks for.
Treatment treatment(const Delta &delta, const QuestionDelta &question)
{
    if (delta.eyes.isEmpty())
        return Treatment::Silent;
    if (delta.whileOff)
        return Treatment::Told;
    // A first answer extends the baseline; one that is cut leaves it open, so that what began since
    // the last cut answer is told all the same.
    const bool openBaseline =
        question.answer.outcome == Outcome::Truncated && question.previousCheck.has_value();
    const bool extends = (question.firstAnswer && !openBaseline) || question.parserChanged;
    if (extends && delta.purpose != Purpose::Import)
        return Treatment::Silent;
    const Instant toggled = newestToggle(delta.eyes);
    Treatment loudest = Treatment::Silent;
    for (const auto &eye : delta.eyes)
        loudest = std::max(loudest, treatmentFor(eye, toggled, delta, question));
    return loudest;
}

bool isLiveAddresses(const QuestionDelta &question)
{
    return question.answer.presence == Presence::Current
        && question.answer.question.dataset == Dataset::Resolutions;
}

/// A rotating name loses no member singly; all of them at once are no rotation.
bool isRotating(const QuestionDelta &question)
{
    return isLiveAddresses(question) && question.recentSwaps >= 2
        && question.answer.outcome != Outcome::Empty;
}

/// The rule by which everyone who would be told wants to hear no more of such records.
QString hideRuleFor(const Delta &delta, const Change &change)
{
    const HideRule rule{change.question.dataset, change.record.type};
    const bool all = std::all_of(delta.eyes.cbegin(), delta.eyes.cend(),
                                 [&](const EyeView &eye) { return eye.hides.contains(rule); });
    return all ? rule.name() : QString();
}

bool inKnownNeighbourhood(const QuestionDelta &question, const Record &record)
{
    const auto address = parseAddress(record.value.raw());
    if (!address)
        return false;
    return std::any_of(question.knownNeighbourhoods.cbegin(), question.knownNeighbourhoods.cend(),
                       [&](const IpNetwork &network) { return network.contains(*address); });
}

bool isRevocation(const Altered &altered)
{
    const auto revoked = [](const Record &record) {
        return !attribute(record.attributes, u"revoked").isEmpty();
    };
    return altered.after.dataset == Dataset::Certificates && revoked(altered.after)
        && !revoked(altered.before);
}

/// What an attribute-only difference says: "preference 10".
UntrustedText attributesText(const Record &record)
{
    QStringList parts;
    for (const auto &attribute : record.attributes)
        parts.append(attribute.name + u' ' + attribute.text.raw());
    return UntrustedText::fromString(parts.join(u", "));
}

/// What a change shows: the value, or seen from the value's side (names of an address) the owner.
UntrustedText toldValue(const Artifact &asked, const Record &record)
{
    return leadsTo(record, asked) ? UntrustedText::trusted(record.owner.value) : record.value;
}

Change makeChange(const Delta &delta, const QuestionDelta &question, ChangeKind kind,
                  const Record &record)
{
    Change change;
    change.kind = kind;
    change.question = question.answer.question;
    change.record = record;
    if (kind == ChangeKind::Removed)
        change.before = toldValue(delta.asked, record);
    else
        change.after = toldValue(delta.asked, record);
    change.worldFirst = record.worldFirst;
    change.toldAt = delta.at;
    change.fetchedAt = question.answer.at;
    return change;
}

/// Everything that makes the change this change, so that a replay finds it again.
QUuid changeId(const Change &change)
{
    QByteArray content("change\x01");
    content += char(change.kind);
    content += toBytes(recordId(change.record));
    content += change.question.source.toUtf8() + '\0' + change.question.text.toUtf8() + '\0';
    content += change.before.raw().toUtf8() + '\0' + change.after.raw().toUtf8() + '\0';
    content += QByteArray::number(change.fetchedAt.ms);
    return contentUuid(content);
}

/// Collects the findings of one question.
class QuestionFinder
{
public:
    QuestionFinder(const Delta &delta, const QuestionDelta &question, Findings &findings)
        : m_delta(delta)
        , m_question(question)
        , m_findings(findings)
        , m_treatment(treatment(delta, question))
        , m_rotating(isRotating(question))
        , m_page(question)
    { }

    void run()
    {
        for (const auto &appeared : m_question.appeared)
            look(appeared);
        for (const auto &vanished : m_question.vanished)
            look(vanished);
        for (const auto &altered : m_question.altered)
            look(altered);
        for (const auto &resumed : m_question.resumed)
            look(resumed);
    }

private:
    void look(const Appeared &appeared)
    {
        if (m_treatment == Treatment::Silent)
            return;
        const Record &record = appeared.record;
        // A file is never all that there is, and has no last check to begin after.
        const bool doubtful = m_question.answer.outcome == Outcome::Truncated
            && m_delta.purpose != Purpose::Import && !beganSinceLastCheck(record);
        if (doubtful && m_question.firstAnswer)
            return;
        const auto kind = kindOf(appeared);
        if (!kind)
            return;
        Change change = makeChange(m_delta, m_question, *kind, record);
        if (appeared.instead)
            change.before = appeared.instead->value;
        change.toldAt = appeared.toldAt.value_or(m_delta.at);
        const auto began = appeared.earliestFirst ? appeared.earliestFirst : record.worldFirst;
        change.novelty = noveltyOf(m_delta, m_question, began);
        const bool known = inKnownNeighbourhood(m_question, record);
        if ((m_rotating && known) || m_page.isMember(appeared))
            change.hiddenBy = rules::rotating;
        else if (change.novelty == Novelty::Backfill && *kind == ChangeKind::Added)
            change.hiddenBy = rules::backfill;
        else if (doubtful)
            change.hiddenBy = rules::truncated;
        add(std::move(change), {}, !known && !m_question.knownNeighbourhoods.isEmpty());
    }

    void look(const Vanished &vanished)
    {
        if (!m_delta.whileOff && !isConfirmed(vanished))
            return;
        const bool missed = !m_delta.whileOff && wasGoneAtBaseline(vanished);
        const bool stale = missed && wasStaleAtBaseline(vanished);
        if (m_treatment == Treatment::Silent || (missed && !stale))
            return;
        Change change = makeChange(m_delta, m_question, ChangeKind::Removed, vanished.record);
        // Members that went while the name still exchanged them are no news when it calms down.
        const bool calming = vanished.rotatedThen && isLiveAddresses(m_question)
            && m_question.answer.outcome != Outcome::Empty;
        if (m_rotating || calming || m_page.isMember(vanished))
            change.hiddenBy = rules::rotating;
        add(std::move(change), vanished.foretoldBy, false);
        m_findings.found.last().goneWith = vanished.goneWith;
        if (stale)
            m_findings.found.last().sinceLastAsked = true;
    }

    /// A second proof without the record, long enough after the first, is news; a first one waits.
    bool isConfirmed(const Vanished &vanished)
    {
        if (m_question.answer.presence != Presence::Current || !isProof(m_question.answer.outcome))
            return false;
        const auto since = vanished.absentSince;
        if (!since || m_delta.at - *since < m_delta.confirmGapMs) {
            m_findings.pending.append(recordId(vanished.record));
            if (!m_rotating)
                confirmBy(since.value_or(m_delta.at) + m_delta.confirmGapMs);
            return false;
        }
        m_findings.gone.append(recordId(vanished.record));
        return true;
    }

    void look(const Altered &altered)
    {
        // Who tells what was ever seen tells of several states, and unsays none; but a certificate
        // is revoked once.
        const bool accumulates = m_question.answer.presence == Presence::Historical
            && altered.after.identity == Identity::Value && !isRevocation(altered);
        if (m_treatment == Treatment::Silent || accumulates)
            return;
        Change change = makeChange(m_delta, m_question, ChangeKind::Modified, altered.after);
        const bool otherValue =
            altered.after.identity == Identity::Type && altered.before.value != altered.after.value;
        change.before = otherValue ? altered.before.value : attributesText(altered.before);
        change.after = otherValue ? altered.after.value : attributesText(altered.after);
        if (m_page.isMember(altered))
            change.hiddenBy = rules::rotating;
        add(std::move(change), {}, false);
    }

    void look(const Resumed &resumed)
    {
        if (m_treatment == Treatment::Silent)
            return;
        Change change = makeChange(m_delta, m_question, ChangeKind::Returned, resumed.record);
        change.novelty = noveltyOf(m_delta, m_question, resumed.record.worldLast);
        if (change.novelty == Novelty::Backfill)
            change.hiddenBy = rules::backfill;
        add(std::move(change), {}, false);
    }

    /// Added, returned, or another value; nothing when other sources said it already.
    [[nodiscard]] std::optional<ChangeKind> kindOf(const Appeared &appeared) const
    {
        const bool current = m_question.answer.presence == Presence::Current;
        if (appeared.instead)
            return ChangeKind::Modified;
        if (current && appeared.confirmedGoneAt)
            return ChangeKind::Returned;
        if (!appeared.saidByOthers)
            return ChangeKind::Added;
        if (current && appeared.othersLast && m_delta.at - *appeared.othersLast > returnAfterMs)
            return ChangeKind::Returned;
        return std::nullopt;
    }

    [[nodiscard]] bool beganSinceLastCheck(const Record &record) const
    {
        return record.worldFirst && m_question.previousCheck
            && *record.worldFirst > *m_question.previousCheck;
    }

    /// It was already missing when the eyes that look on were switched on.
    [[nodiscard]] bool wasGoneAtBaseline(const Vanished &vanished) const
    {
        return std::all_of(m_delta.eyes.cbegin(), m_delta.eyes.cend(),
                           [&](const EyeView &eye) { return *vanished.absentSince <= eye.since; });
    }

    /// What had said it was then no baseline any more, but a cache too old.
    [[nodiscard]] bool wasStaleAtBaseline(const Vanished &vanished) const
    {
        return std::any_of(m_delta.eyes.cbegin(), m_delta.eyes.cend(), [&](const EyeView &eye) {
            return vanished.saidLast && eye.since - *vanished.saidLast > m_delta.intervalMs;
        });
    }

    void confirmBy(Instant at)
    {
        if (!m_findings.confirmAt || at < *m_findings.confirmAt)
            m_findings.confirmAt = at;
    }

    void add(Change change, const QUuid &foretoldBy, bool newNetwork)
    {
        change.id = changeId(change);
        Finding finding;
        finding.foretoldBy = foretoldBy;
        finding.nameGone = m_question.answer.detail == "nxdomain"_L1;
        const bool exists = m_question.wasEmptyName && change.kind != ChangeKind::Removed;
        finding.nameBack = exists && m_question.existedBefore;
        finding.nameBorn = exists && !m_question.existedBefore;
        // That the name itself went or came back is more than a change of one of its records.
        if (change.hiddenBy.isEmpty() && !finding.nameGone && !exists)
            change.hiddenBy = hideRuleFor(m_delta, change);
        finding.sinceLastAsked = m_treatment == Treatment::SinceLastAsked;
        finding.newNetwork = newNetwork;
        finding.change = std::move(change);
        m_findings.found.append(std::move(finding));
    }

    const Delta &m_delta;
    const QuestionDelta &m_question;
    Findings &m_findings;
    Treatment m_treatment;
    bool m_rotating;
    PageRotation m_page;
};

} // namespace

Novelty noveltyOf(const Delta &delta, const QuestionDelta &question, std::optional<Instant> began)
{
    const auto &previousCheck = question.previousCheck;
    if (question.answer.presence == Presence::Current)
        return Novelty::Here;
    Instant baseline = delta.at;
    for (const auto &eye : delta.eyes)
        baseline = std::min(baseline, eye.since);
    if (!began)
        return Novelty::Us;
    const bool imported = delta.purpose == Purpose::Import;
    if (!imported && previousCheck && *began > *previousCheck - worldSlackMs)
        return Novelty::World;
    return *began > baseline ? Novelty::Us : Novelty::Backfill;
}

Findings findChanges(const Delta &delta)
{
    Findings findings;
    for (const auto &question : delta.questions)
        QuestionFinder(delta, question, findings).run();
    return findings;
}

} // namespace wg
