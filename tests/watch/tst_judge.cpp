// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/runner.h"
#include "watch/deltas.h"
#include "watch/judge.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace wg;
using namespace wg::test;

namespace {

const Entity name = domain("interfaxru.com");

QList<Card> visible(const Verdict &verdict)
{
    QList<Card> cards;
    for (const auto &card : verdict.cards) {
        if (card.state == CardState::New)
            cards.append(card);
    }
    return cards;
}

/// A historical answer in which a record appears that the world has known since began.
Delta toldLate(Instant began)
{
    Delta delta = pollOf(name);
    delta.source = u"mnemonic"_s;
    delta.questions[0].answer.presence = Presence::Historical;
    Appeared a = appeared(record(name, "A", "98.126.38.107"));
    a.record.worldFirst = began;
    a.earliestFirst = began;
    delta.questions[0].appeared.append(a);
    return delta;
}

} // namespace

class TstJudge : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aNewAddressIsOneCard()
    {
        Delta delta = pollOf(name);
        delta.questions[0].appeared.append(appeared(record(name, "A", "98.126.38.107")));
        const Verdict verdict = judge(delta);
        QCOMPARE(verdict.cards.size(), 1);
        const Card &card = verdict.cards.first();
        QCOMPARE(card.state, CardState::New);
        QCOMPARE(card.entity, name);
        QCOMPARE(card.cause, Cause::NewRecords);
        QCOMPARE(card.datasets, QList<Dataset>{Dataset::Resolutions});
        QCOMPARE(card.changes.size(), 1);
        QCOMPARE(card.changes[0].kind, ChangeKind::Added);
        QCOMPARE(card.changes[0].novelty, Novelty::Here);
        QCOMPARE(card.changes[0].after.raw(), u"98.126.38.107"_s);
        QVERIFY(card.changes[0].before.isEmpty());
    }

    void aCertificatesHeadlineIsWhomItNames()
    {
        Delta delta = pollOf(name);
        delta.questions[0].answer.question.dataset = Dataset::Certificates;
        Record certificate = record(name, "certificate", "0a CN=CA");
        certificate.dataset = Dataset::Certificates;
        setAttribute(certificate.details, u"names"_s,
                     UntrustedText::trusted(u"login.interfaxru.com, b.example"_s));
        delta.questions[0].appeared.append(appeared(certificate));
        QCOMPARE(judge(delta).cards.first().headline, u"login.interfaxru.com"_s);
    }

    void theSameDeltaGivesTheSameIds()
    {
        Delta delta = pollOf(name);
        delta.questions[0].appeared.append(appeared(record(name, "A", "98.126.38.107")));
        const Card first = judge(delta).cards.first();
        const Card second = judge(delta).cards.first();
        QCOMPARE(first.id, second.id);
        QCOMPARE(first.changes[0].id, second.changes[0].id);
        delta.questions[0].answer.at = delta.at + hourMs;
        QVERIFY(judge(delta).cards.first().id != first.id);
    }

    void withoutAnEyeNothingIsToldButAbsencesAreTracked()
    {
        Delta delta = pollOf(name);
        delta.eyes.clear();
        delta.questions[0].appeared.append(appeared(record(name, "A", "98.126.38.107")));
        delta.questions[0].vanished.append(vanished(record(name, "A", "192.0.2.7")));
        const Verdict verdict = judge(delta);
        QVERIFY(verdict.cards.isEmpty());
        QCOMPARE(verdict.pending.size(), 1);
        QVERIFY(verdict.confirmAt);
    }

    void theFirstAbsenceOnlyAsksForConfirmation()
    {
        Delta delta = pollOf(name);
        delta.questions[0].vanished.append(vanished(record(name, "A", "192.0.2.7")));
        const Verdict verdict = judge(delta);
        QVERIFY(verdict.cards.isEmpty());
        QVERIFY(verdict.gone.isEmpty());
        QCOMPARE(verdict.pending.size(), 1);
        QCOMPARE(verdict.confirmAt->ms, (delta.at + delta.confirmGapMs).ms);
    }

    void aSecondAbsenceBeforeTheGapIsNoProof()
    {
        Delta delta = pollOf(name);
        delta.questions[0].vanished.append(
            vanished(record(name, "A", "192.0.2.7"), day0 - minuteMs));
        const Verdict verdict = judge(delta);
        QVERIFY(verdict.cards.isEmpty());
        QVERIFY(verdict.gone.isEmpty());
    }

    void aConfirmedAbsenceIsRemoved()
    {
        Delta delta = pollOf(name);
        delta.questions[0].vanished.append(vanished(record(name, "A", "192.0.2.7"), day0 - hourMs));
        const Verdict verdict = judge(delta);
        QCOMPARE(verdict.gone.size(), 1);
        QCOMPARE(verdict.cards.size(), 1);
        QCOMPARE(verdict.cards[0].cause, Cause::GoneRecords);
        QCOMPARE(verdict.cards[0].changes[0].kind, ChangeKind::Removed);
        QCOMPARE(verdict.cards[0].changes[0].before.raw(), u"192.0.2.7"_s);
    }

    void unusableAndTruncatedAnswersNeverRemove_data()
    {
        QTest::addColumn<int>("outcome");
        for (const Outcome outcome : {Outcome::Truncated, Outcome::SuspiciousEmpty,
                                      Outcome::Refused, Outcome::Unreachable, Outcome::Malformed})
            QTest::newRow(outcomeName(outcome).data()) << int(outcome);
    }
    void unusableAndTruncatedAnswersNeverRemove()
    {
        QFETCH(int, outcome);
        Delta delta = pollOf(name);
        delta.questions[0].answer.outcome = Outcome(outcome);
        delta.questions[0].vanished.append(vanished(record(name, "A", "192.0.2.7"), day0 - dayMs));
        const Verdict verdict = judge(delta);
        QVERIFY(verdict.cards.isEmpty());
        QVERIFY(verdict.gone.isEmpty());
        QVERIFY(verdict.pending.isEmpty());
    }

    void historicalSourcesHaveNoVoteOnAbsence()
    {
        Delta delta = pollOf(name);
        delta.questions[0].answer.presence = Presence::Historical;
        delta.questions[0].vanished.append(vanished(record(name, "A", "192.0.2.7"), day0 - dayMs));
        QVERIFY(judge(delta).gone.isEmpty());
    }

    void aNameThatIsGoneIsOneCard()
    {
        Delta delta = pollOf(name);
        delta.questions.append(pollOf(name, "MX").questions[0]);
        for (auto &question : delta.questions) {
            question.answer.outcome = Outcome::Empty;
            question.answer.detail = u"nxdomain"_s;
        }
        delta.questions[0].vanished.append(vanished(record(name, "A", "192.0.2.7"), day0 - hourMs));
        delta.questions[1].vanished.append(
            vanished(record(name, "MX", "mx.example.com"), day0 - hourMs));
        const Verdict verdict = judge(delta);
        QCOMPARE(verdict.cards.size(), 1);
        QCOMPARE(verdict.cards[0].cause, Cause::NameGone);
        QCOMPARE(verdict.cards[0].changes.size(), 2);
        QCOMPARE(verdict.cards[0].datasets.size(), 2);
    }

    void aNameThatIsBackIsReturned()
    {
        Delta delta = pollOf(name);
        delta.questions[0].wasEmptyName = true;
        delta.questions[0].existedBefore = true;
        Appeared a = appeared(record(name, "A", "192.0.2.7"));
        a.confirmedGoneAt = day0 - dayMs;
        delta.questions[0].appeared.append(a);
        const Verdict verdict = judge(delta);
        QCOMPARE(verdict.cards.size(), 1);
        QCOMPARE(verdict.cards[0].cause, Cause::NameBack);
        QCOMPARE(verdict.cards[0].changes[0].kind, ChangeKind::Returned);
    }

    void aNameThatIsNewIsOneCardOfNewRecords()
    {
        Delta delta = pollOf(name);
        delta.questions.append(pollOf(name, "MX").questions.first());
        delta.questions[0].appeared.append(appeared(record(name, "A", "192.0.2.7")));
        delta.questions[1].appeared.append(appeared(record(name, "MX", "mx.example.com")));
        for (auto &question : delta.questions)
            question.wasEmptyName = true;
        const Verdict verdict = judge(delta);
        QCOMPARE(verdict.cards.size(), 1);
        QCOMPARE(verdict.cards[0].cause, Cause::NewRecords);
        QCOMPARE(verdict.cards[0].changes.size(), 2);
    }

    void aMoveIsOneCardAndItsConfirmedHalfJoinsIt()
    {
        Delta delta = pollOf(name);
        delta.questions[0].appeared.append(appeared(record(name, "A", "203.0.113.9")));
        delta.questions[0].vanished.append(vanished(record(name, "A", "192.0.2.7")));
        const Verdict moved = judge(delta);
        QCOMPARE(moved.cards.size(), 1);
        QCOMPARE(moved.cards[0].cause, Cause::Moved);

        Delta later = pollOf(name);
        Vanished v = vanished(record(name, "A", "192.0.2.7"), day0 - hourMs);
        v.foretoldBy = moved.cards[0].id;
        later.questions[0].vanished.append(v);
        const Verdict confirmed = judge(later);
        QVERIFY(confirmed.cards.isEmpty());
        QCOMPARE(confirmed.amendments.size(), 1);
        QCOMPARE(confirmed.amendments[0].card, moved.cards[0].id);
        QCOMPARE(confirmed.amendments[0].change.kind, ChangeKind::Removed);
    }

    void aRotatingNameIsSilentInKnownNetworksAndSpeaksOfForeignOnes()
    {
        Delta delta = pollOf(name);
        QuestionDelta &question = delta.questions[0];
        question.recentSwaps = 2;
        question.knownNeighbourhoods = {neighbourhood(*parseAddress(u"192.0.2.1"))};
        question.appeared.append(appeared(record(name, "A", "192.0.2.200")));
        question.vanished.append(vanished(record(name, "A", "192.0.2.7"), day0 - hourMs));
        Verdict verdict = judge(delta);
        QVERIFY(visible(verdict).isEmpty());
        QCOMPARE(verdict.cards.size(), 1);
        QCOMPARE(verdict.cards[0].hiddenBy, QString(rules::rotating));
        QCOMPARE(verdict.cards[0].changes.size(), 2);

        question.appeared.append(appeared(record(name, "A", "203.0.113.66")));
        verdict = judge(delta);
        QCOMPARE(visible(verdict).size(), 1);
        QCOMPARE(visible(verdict)[0].changes.size(), 1);
        QCOMPARE(visible(verdict)[0].changes[0].after.raw(), u"203.0.113.66"_s);
    }

    void oneExchangeIsNoRotation()
    {
        Delta delta = pollOf(name);
        delta.questions[0].recentSwaps = 1;
        delta.questions[0].knownNeighbourhoods = {neighbourhood(*parseAddress(u"192.0.2.1"))};
        delta.questions[0].appeared.append(appeared(record(name, "A", "192.0.2.200")));
        QCOMPARE(visible(judge(delta)).size(), 1);
    }

    void aFirstAnswerExtendsTheBaselineSilently()
    {
        Delta delta = pollOf(name);
        delta.questions[0].firstAnswer = true;
        delta.questions[0].previousProof.reset();
        delta.questions[0].previousCheck.reset();
        delta.questions[0].appeared.append(appeared(record(name, "A", "98.126.38.107")));
        QVERIFY(judge(delta).cards.isEmpty());
    }

    void anotherParserVersionExtendsTheBaselineSilently()
    {
        Delta delta = pollOf(name);
        delta.questions[0].parserChanged = true;
        delta.questions[0].appeared.append(appeared(record(name, "A", "98.126.38.107")));
        QVERIFY(judge(delta).cards.isEmpty());
    }

    void theToggleItselfIsTheBaseline()
    {
        Delta delta = pollOf(name);
        delta.purpose = Purpose::Baseline;
        delta.eyes[0].since = day0 - secondMs;
        delta.questions[0].previousProof = day0 - 10 * minuteMs;
        delta.questions[0].appeared.append(appeared(record(name, "A", "98.126.38.107")));
        QVERIFY(judge(delta).cards.isEmpty());
    }

    /// Addresses of one network, hosts of one registered domain: switched on by one order.
    void aToggleOfManyIsTheBaselineOfEach()
    {
        Delta delta = pollOf(name);
        delta.purpose = Purpose::Baseline;
        delta.eyes[0].since = day0 - secondMs;
        delta.eyes.append(delta.eyes[0]);
        delta.questions[0].previousProof = day0 - 10 * minuteMs;
        delta.questions[0].appeared.append(appeared(record(name, "A", "98.126.38.107")));
        QVERIFY(judge(delta).cards.isEmpty());
        delta.eyes[0].since = day0 - minuteMs;
        QCOMPARE(judge(delta).cards.size(), 1);
    }

    void aStaleCacheIsNoBaseline()
    {
        Delta delta = pollOf(name);
        delta.purpose = Purpose::Baseline;
        delta.eyes[0].since = day0 - secondMs;
        delta.questions[0].previousProof = day0 - 240 * dayMs;
        delta.questions[0].appeared.append(appeared(record(name, "A", "98.126.38.107")));
        const Verdict verdict = judge(delta);
        QCOMPARE(verdict.cards.size(), 1);
        QCOMPARE(verdict.cards[0].cause, Cause::SinceLastAsked);
    }

    void whatOtherSourcesSaidIsNotNews()
    {
        Delta delta = pollOf(name);
        Appeared a = appeared(record(name, "A", "98.126.38.107"));
        a.saidByOthers = true;
        a.othersLast = day0 - dayMs;
        delta.questions[0].appeared.append(a);
        QVERIFY(judge(delta).cards.isEmpty());
        delta.questions[0].appeared[0].othersLast = day0 - 31 * dayMs;
        QCOMPARE(judge(delta).cards[0].changes[0].kind, ChangeKind::Returned);
    }

    void novelyFollowsTheThreeTimes()
    {
        QCOMPARE(judge(toldLate(day0 - hourMs)).cards[0].changes[0].novelty, Novelty::World);
        Delta late = toldLate(day0 - 20 * dayMs);
        late.eyes[0].since = day0 - 30 * dayMs;
        QCOMPARE(judge(late).cards[0].changes[0].novelty, Novelty::Us);
        QCOMPARE(judge(late).cards[0].state, CardState::New);
        const Verdict old = judge(toldLate(day0 - 4000 * dayMs));
        QCOMPARE(old.cards[0].changes[0].novelty, Novelty::Backfill);
        QCOMPARE(old.cards[0].state, CardState::Suppressed);
        QCOMPARE(old.cards[0].hiddenBy, QString(rules::backfill));
    }

    void aTruncatedAnswerTellsOnlyWhatBeganSinceTheLastCheck()
    {
        Delta delta = toldLate(day0 - minuteMs);
        delta.questions[0].answer.outcome = Outcome::Truncated;
        QCOMPARE(visible(judge(delta)).size(), 1);
        delta = toldLate(day0 - 2 * hourMs);
        delta.questions[0].answer.outcome = Outcome::Truncated;
        const Verdict doubtful = judge(delta);
        QCOMPARE(doubtful.cards.size(), 1);
        QCOMPARE(doubtful.cards[0].state, CardState::Suppressed);
        QCOMPARE(doubtful.cards[0].hiddenBy, QString(rules::truncated));
        delta.questions[0].firstAnswer = true;
        QVERIFY(judge(delta).cards.isEmpty());
    }

    void aWhoisUpdateIsOneCardOfTheFieldsInIt()
    {
        Delta delta = pollOf(name, "NS");
        delta.source = u"rdap"_s;
        QuestionDelta &question = delta.questions[0];
        question.answer.question.dataset = Dataset::Whois;
        for (const char *field : {"registrar", "registrant", "expires"}) {
            Record before = record(name, field, "old");
            before.dataset = Dataset::Whois;
            before.identity = Identity::Type;
            Record after = before;
            after.value = UntrustedText::trusted(u"new"_s);
            question.altered.append({before, after});
        }
        const Verdict verdict = judge(delta);
        QCOMPARE(verdict.cards.size(), 1);
        QCOMPARE(verdict.cards[0].cause, Cause::Transfer);
        QCOMPARE(verdict.cards[0].changes.size(), 3);
        QCOMPARE(verdict.cards[0].changes[0].before.raw(), u"old"_s);
        QCOMPARE(verdict.cards[0].changes[0].after.raw(), u"new"_s);
    }

    void theSameChangeElsewhereHasTheSameSignature()
    {
        Delta here = pollOf(name);
        here.questions[0].appeared.append(appeared(record(name, "A", "203.0.113.9")));
        const Entity other = domain("other.example.com");
        Delta there = pollOf(other);
        there.questions[0].appeared.append(appeared(record(other, "A", "203.0.113.9")));
        QCOMPARE(judge(here).cards[0].signature, judge(there).cards[0].signature);
        QVERIFY(judge(here).cards[0].id != judge(there).cards[0].id);
        there.questions[0].appeared[0] = appeared(record(other, "A", "203.0.113.10"));
        QVERIFY(judge(here).cards[0].signature != judge(there).cards[0].signature);
    }

    void twentyOneCardsOfADayAreAStorm()
    {
        Delta delta = pollOf(name);
        delta.eyes[0].cardsToday = stormLimit - 1;
        delta.questions[0].appeared.append(appeared(record(name, "A", "203.0.113.9")));
        QCOMPARE(visible(judge(delta)).size(), 1);
        delta.eyes[0].cardsToday = stormLimit;
        const Verdict storm = judge(delta);
        QCOMPARE(storm.cards.size(), 2);
        QCOMPARE(storm.cards[0].hiddenBy, QString(rules::storm));
        QCOMPARE(visible(storm).size(), 1);
        QCOMPARE(visible(storm)[0].cause, Cause::Storm);
    }

    void severalEyesOnOneRegistrationShareACard()
    {
        Delta delta = pollOf(name);
        delta.eyes[0].entity = domain("www.interfaxru.com");
        EyeView second = delta.eyes[0];
        second.entity = domain("mail.interfaxru.com");
        delta.eyes.append(second);
        delta.questions[0].appeared.append(appeared(record(name, "A", "203.0.113.9")));
        const Card card = judge(delta).cards.first();
        QCOMPARE(card.entity, name);
        QCOMPARE(card.concerns.size(), 2);
        delta.eyes.removeLast();
        QCOMPARE(judge(delta).cards.first().entity, domain("www.interfaxru.com"));
    }
};

WG_TEST(TstJudge)
#include "tst_judge.moc"
