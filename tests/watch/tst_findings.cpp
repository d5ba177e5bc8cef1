// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/runner.h"
#include "watch/deltas.h"
#include "watch/findings.h"
#include "watch/judge.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace wg;
using namespace wg::test;

namespace {

const Entity name = domain("interfaxru.com");
const HideRule noAddresses{Dataset::Resolutions, u"A"_s};

/// A poll in which one address is confirmed gone.
Delta lost(const char *address = "192.0.2.7")
{
    Delta delta = pollOf(name);
    delta.questions[0].vanished.append(vanished(record(name, "A", address), day0 - hourMs));
    return delta;
}

/// A poll in which one address is new.
Delta gained(const char *address = "203.0.113.9")
{
    Delta delta = pollOf(name);
    delta.questions[0].appeared.append(appeared(record(name, "A", address)));
    return delta;
}

EyeView eyeOf(const Delta &delta, const char *entity)
{
    EyeView eye = delta.eyes.first();
    eye.entity = domain(entity);
    return eye;
}

QString hiddenBy(const Delta &delta)
{
    const Findings findings = findChanges(delta);
    return findings.found.size() == 1 ? findings.found.first().change.hiddenBy : u"not one"_s;
}

} // namespace

/// Which differences are changes, and which rule hides them.
class TstFindings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aMemberThatWentWhileTheNameRotatedIsHiddenWhenItCalmsDown()
    {
        Delta delta = lost();
        delta.questions[0].vanished[0].rotatedThen = true;
        QCOMPARE(hiddenBy(delta), QString(rules::rotating));
    }

    void aMoveToAnAddressKnownBeforeStillTellsWhatItLost()
    {
        // The new address raised no card: another source had said it. One exchange is no rotation.
        Delta delta = lost();
        delta.questions[0].recentSwaps = 1;
        QCOMPARE(hiddenBy(delta), QString());
    }

    void aRotatingNameThatCeasesToExistIsTold()
    {
        Delta delta = lost();
        QuestionDelta &question = delta.questions[0];
        question.recentSwaps = 2;
        question.answer.outcome = Outcome::Empty;
        question.answer.detail = u"nxdomain"_s;
        question.vanished[0].rotatedThen = true;
        QCOMPARE(hiddenBy(delta), QString());
        question.vanished[0].absentSince.reset();
        const Findings first = findChanges(delta);
        QVERIFY(first.found.isEmpty());
        QVERIFY(first.confirmAt);
    }

    void aRotatingMemberThatIsAbsentHurriesNobody()
    {
        Delta delta = lost();
        delta.questions[0].recentSwaps = 2;
        delta.questions[0].vanished[0].absentSince.reset();
        const Findings findings = findChanges(delta);
        QCOMPARE(findings.pending.size(), 1);
        QVERIFY(!findings.confirmAt);
    }

    void whatWasMissingAtTheBaselineIsNoNews()
    {
        Delta delta = lost();
        delta.eyes[0].since = day0 - hourMs;
        const Findings findings = findChanges(delta);
        QCOMPARE(findings.gone.size(), 1);
        QVERIFY(findings.found.isEmpty());
    }

    void aRuleHidesItsTypeOfRecordUnderItsName()
    {
        Delta delta = gained();
        delta.eyes[0].hides = {noAddresses};
        QCOMPARE(hiddenBy(delta), u"hide resolutions A"_s);
        delta.eyes[0].hides = {{Dataset::Dns, u"A"_s}, {Dataset::Resolutions, u"AAAA"_s}};
        QCOMPARE(hiddenBy(delta), QString());
    }

    void aRuleOfOneEyeHidesNothingFromAnother()
    {
        Delta delta = gained();
        delta.eyes.append(eyeOf(delta, "www.interfaxru.com"));
        delta.eyes[0].hides = {noAddresses};
        QCOMPARE(hiddenBy(delta), QString());
        delta.eyes[1].hides = {noAddresses};
        QCOMPARE(hiddenBy(delta), noAddresses.name());
    }

    void noRuleHidesThatTheNameWentOrCameBack()
    {
        Delta gone = lost();
        gone.questions[0].answer.outcome = Outcome::Empty;
        gone.questions[0].answer.detail = u"nxdomain"_s;
        gone.eyes[0].hides = {noAddresses};
        QCOMPARE(hiddenBy(gone), QString());
        Delta back = gained();
        back.questions[0].wasEmptyName = true;
        back.eyes[0].hides = {noAddresses};
        QCOMPARE(hiddenBy(back), QString());
    }

    void whatWasToldWhileTheEyeWasOffIsConfirmedAndKeepsItsTime()
    {
        Delta delta = gained();
        delta.whileOff = true;
        delta.questions[0].appeared[0].toldAt = day0 - dayMs;
        // Closed long before: neither the gap nor the baseline is asked about again.
        delta.questions[0].vanished.append(vanished(record(name, "A", "192.0.2.7"), day0 - 1));
        const Findings findings = findChanges(delta);
        QCOMPARE(findings.found.size(), 2);
        QCOMPARE(findings.found[0].change.toldAt.ms, (day0 - dayMs).ms);
        QCOMPARE(findings.found[1].change.kind, ChangeKind::Removed);
        QVERIFY(findings.gone.isEmpty());
        QVERIFY(findings.pending.isEmpty());
        QVERIFY(!findings.confirmAt);
    }

    void severalSourcesOfOnePassAreEachReadByTheirOwnPresence()
    {
        Delta delta = gained();
        delta.whileOff = true;
        QuestionDelta old = delta.questions[0];
        old.answer.presence = Presence::Historical;
        old.appeared[0].earliestFirst = day0 - 4000 * dayMs;
        delta.questions.append(old);
        const Findings findings = findChanges(delta);
        QCOMPARE(findings.found[0].change.novelty, Novelty::Here);
        QCOMPARE(findings.found[1].change.novelty, Novelty::Backfill);
        QCOMPARE(findings.found[1].change.hiddenBy, QString(rules::backfill));
    }

    void aFirstAnswerThatIsCutLeavesTheBaselineOpen()
    {
        Delta delta = gained();
        QuestionDelta &question = delta.questions[0];
        question.firstAnswer = true;
        question.previousProof.reset();
        question.answer.outcome = Outcome::Truncated;
        question.appeared[0].record.worldFirst = day0 - minuteMs;
        QCOMPARE(findChanges(delta).found.size(), 1);
        question.previousCheck.reset();
        QVERIFY(findChanges(delta).found.isEmpty());
    }

    void anImportTellsWhatIsNewToUsAndHidesWhatIsOlderThanTheEye()
    {
        Delta delta = gained();
        delta.purpose = Purpose::Import;
        QuestionDelta &question = delta.questions[0];
        question.answer.presence = Presence::Historical;
        question.answer.outcome = Outcome::Truncated;
        question.previousProof.reset();
        question.previousCheck.reset();
        question.appeared[0].earliestFirst = day0 - hourMs;
        QCOMPARE(findChanges(delta).found.size(), 1);
        QCOMPARE(findChanges(delta).found[0].change.novelty, Novelty::Us);
        QCOMPARE(hiddenBy(delta), QString());
        question.appeared[0].earliestFirst = day0 - 400 * dayMs;
        QCOMPARE(hiddenBy(delta), QString(rules::backfill));
    }

    void whatWasMissingAtTheToggleIsTheBaselineUnlessTheCacheBeforeWasOld()
    {
        Delta delta = lost();
        delta.eyes[0].since = day0 - hourMs;
        Vanished &vanished = delta.questions[0].vanished[0];
        const auto found = [&] { return findChanges(delta).found; };
        QVERIFY(found().isEmpty());
        vanished.saidLast = day0 - hourMs - delta.intervalMs;
        QVERIFY(found().isEmpty());
        vanished.saidLast = *vanished.saidLast - 1;
        QCOMPARE(found().size(), 1);
        QVERIFY(found().first().sinceLastAsked);
        QCOMPARE(findChanges(delta).gone.size(), 1);
    }

    void aHistoricalRecordSeenAgainAfterAMonthHasReturned()
    {
        Delta delta = pollOf(name);
        delta.questions[0].answer.presence = Presence::Historical;
        Record seen = record(name, "A", "192.0.2.7");
        seen.worldLast = day0 - hourMs;
        delta.questions[0].resumed.append({seen, day0 - 90 * dayMs});
        const Findings findings = findChanges(delta);
        QCOMPARE(findings.found.size(), 1);
        QCOMPARE(findings.found[0].change.kind, ChangeKind::Returned);
        QCOMPARE(findings.found[0].change.novelty, Novelty::World);
        QCOMPARE(findings.found[0].change.hiddenBy, QString());
        delta.purpose = Purpose::Import;
        QCOMPARE(findChanges(delta).found[0].change.novelty, Novelty::Us);
    }

    void thatItWasSeenAgainBeforeTheBaselineIsBackfill()
    {
        for (const auto purpose : {Purpose::Poll, Purpose::Import}) {
            Delta delta = pollOf(name);
            delta.purpose = purpose;
            delta.questions[0].answer.presence = Presence::Historical;
            Record seen = record(name, "A", "192.0.2.7");
            seen.worldLast = day0 - 2000 * dayMs;
            delta.questions[0].resumed.append({seen, day0 - 2900 * dayMs});
            const Findings findings = findChanges(delta);
            QCOMPARE(findings.found.size(), 1);
            QCOMPARE(findings.found[0].change.novelty, Novelty::Backfill);
            QCOMPARE(findings.found[0].change.hiddenBy, rules::backfill);
        }
    }

    void whoTellsWhatWasEverSeenModifiesNothing()
    {
        Delta delta = pollOf(name, "MX");
        const Record before = record(name, "MX", "mx.example.com");
        Record after = before;
        setAttribute(after.attributes, u"preference"_s, UntrustedText::trusted(u"20"_s));
        delta.questions[0].altered.append({before, after});
        QCOMPARE(findChanges(delta).found.size(), 1);
        delta.questions[0].answer.presence = Presence::Historical;
        QVERIFY(findChanges(delta).found.isEmpty());
    }

    void thatACertificateIsRevokedIsTold()
    {
        Delta delta = pollOf(name);
        Question &question = delta.questions[0].answer.question;
        question.dataset = Dataset::Certificates;
        delta.questions[0].answer.presence = Presence::Historical;
        Record valid = record(name, "certificate", "0a CN=CA");
        valid.dataset = Dataset::Certificates;
        Record revoked = valid;
        setAttribute(revoked.attributes, u"revoked"_s, UntrustedText::trusted(u"true"_s));
        delta.questions[0].altered = {{valid, revoked}};
        const Findings findings = findChanges(delta);
        QCOMPARE(findings.found.size(), 1);
        QCOMPARE(findings.found[0].change.kind, ChangeKind::Modified);
        QCOMPARE(findings.found[0].change.after.raw(), u"revoked true"_s);
        delta.questions[0].altered = {{revoked, valid}};
        QVERIFY(findChanges(delta).found.isEmpty());
    }

    void whoComesInTheOldOnesPlaceIsAModification()
    {
        Delta delta = pollOf(name);
        Record now = record(name, "registrar", "Reg C");
        now.identity = Identity::Type;
        Appeared appeared = test::appeared(now);
        appeared.instead = now;
        appeared.instead->value = UntrustedText::trusted(u"Reg B"_s);
        delta.questions[0].appeared.append(appeared);
        const Change change = findChanges(delta).found[0].change;
        QCOMPARE(change.kind, ChangeKind::Modified);
        QCOMPARE(change.before.raw(), u"Reg B"_s);
        QCOMPARE(change.after.raw(), u"Reg C"_s);
    }

    void anAddressSeenFromItsOwnSideTellsTheName()
    {
        const Artifact address{ArtifactKind::Ipv4, u"203.0.113.9"_s};
        Delta delta = gained();
        delta.asked = address;
        QCOMPARE(findChanges(delta).found[0].change.after.raw(), name.value);
    }

    void anotherPreferenceIsAModificationOfItsAttributes()
    {
        Delta delta = pollOf(name, "MX");
        Record before = record(name, "MX", "mx.example.com");
        setAttribute(before.attributes, u"preference"_s, UntrustedText::trusted(u"10"_s));
        Record after = before;
        setAttribute(after.attributes, u"preference"_s, UntrustedText::trusted(u"20"_s));
        delta.questions[0].altered.append({before, after});
        const Change change = findChanges(delta).found[0].change;
        QCOMPARE(change.kind, ChangeKind::Modified);
        QCOMPARE(change.before.raw(), u"preference 10"_s);
        QCOMPARE(change.after.raw(), u"preference 20"_s);
    }
};

WG_TEST(TstFindings)
#include "tst_findings.moc"
