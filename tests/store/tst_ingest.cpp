// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace wg;
using namespace wg::test;

Q_DECLARE_METATYPE(wg::Engine)

/// Passes become check spans, facts and cards; on both engines.
class tst_Ingest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anUnchangedCheckWritesExactlyOneRow();
    void firstAnswerRaisesNothingAndTheNextDifferenceIsACard_data() { engines(); }
    void firstAnswerRaisesNothingAndTheNextDifferenceIsACard();
    void whatIsGoneMustBeAbsentTwice_data() { engines(); }
    void whatIsGoneMustBeAbsentTwice();
    void anAbsenceThatWasNoneIsForgotten();
    void failedAndTruncatedAnswersRemoveNothing();
    void noSuchNameDiffersFromNoData();
    void whatReturnsOpensASecondSpan();
    void aReplayInsertsNothingTwice();
    void exchangedMembersCountAsSwaps();
    void aGapBeginsANewCheckSpan();
    void otherAttributesAreAlterations();
    void historicalDatesMoveWithoutAChangeAndResume();
    void truncatedFirstAnswersLeaveTheBaselineOpen();
    void parserVersionsAreTold();
    void severalAnswersOfOnePassSpeakForOneDataset();
    void registrationConcernsTheHostsBelow();
    void networksConcernTheirAddresses();
    void baselineIsSetByTheFirstUsableAnswer();
    void lastCheckedIsWhenSomethingUsableCame();
    void extendedCountsFactsNewToUs();
    void failuresInARowAreCounted();
    void whatSourcesKnowOfACertificateIsJoined_data() { engines(); }
    void whatSourcesKnowOfACertificateIsJoined();

private:
    static void engines();
};

void tst_Ingest::engines()
{
    QTest::addColumn<Engine>("engine");
    QTest::newRow("sqlite") << Engine::Sqlite;
    QTest::newRow("postgres") << Engine::Postgres;
}

void tst_Ingest::anUnchangedCheckWritesExactlyOneRow()
{
    Bench bench;
    bench.dns(u"example.com"_s, u"A"_s, {u"192.0.2.1"_s, u"192.0.2.2"_s});
    const qint64 before = bench.database->totalChanges();
    const auto report = bench.dns(u"example.com"_s, u"A"_s, {u"192.0.2.2"_s, u"192.0.2.1"_s});
    QCOMPARE(bench.database->totalChanges() - before, 1);
    QCOMPARE(report.unchanged, 1);
    const auto checks = bench.reader->summary(domain(u"example.com"_s))->checks;
    QCOMPARE(checks.size(), 1);
    QCOMPARE(checks[0].count, 2);
    QCOMPARE(checks[0].at, bench.clock.now());
    QCOMPARE(checks[0].from, bench.clock.now() - hourMs);
}

void tst_Ingest::firstAnswerRaisesNothingAndTheNextDifferenceIsACard()
{
    QFETCH(Engine, engine);
    Bench bench(engine);
    bench.journal(Verb::EyeOn, {domain(u"example.com"_s)});
    auto report = bench.dns(u"example.com"_s, u"A"_s, {u"192.0.2.1"_s});
    QCOMPARE(report.cards.size(), 0);
    QCOMPARE(report.newFacts, 1);
    QVERIFY(bench.deltas.constLast().questions.constFirst().firstAnswer);
    report = bench.dns(u"example.com"_s, u"A"_s, {u"192.0.2.1"_s, u"198.51.100.7"_s});
    QCOMPARE(report.cards.size(), 1);
    QCOMPARE(report.cards[0].changes.size(), 1);
    QVERIFY(report.cards[0].row > 0);
    QVERIFY(report.touched.contains(domain(u"example.com"_s)));
    QVERIFY(report.touched.contains(address(u"198.51.100.7"_s)));
    const auto delta = bench.deltas.constLast();
    QCOMPARE(delta.eyes.size(), 1);
    QCOMPARE(delta.intervalMs, hourMs);
    QCOMPARE(delta.questions[0].previousProof, bench.clock.now() - hourMs);
    QCOMPARE(delta.questions[0].knownNeighbourhoods.size(), 1);
    QCOMPARE(delta.questions[0].knownNeighbourhoods[0].text(), u"192.0.2.0/24"_s);
    const Card card = *bench.reader->card(report.cards[0].id);
    QCOMPARE(card.changes.size(), 1);
    QCOMPARE(card.changes[0].after.raw(), u"198.51.100.7"_s);
    QCOMPARE(card.changes[0].record.owner, domain(u"example.com"_s));
    QCOMPARE(card.concerns, QList<Artifact>{domain(u"example.com"_s)});
    QCOMPARE(bench.reader->openCards().value(), 1);
    const auto reverse = bench.facts(address(u"198.51.100.7"_s), Dataset::Resolutions);
    QCOMPARE(reverse.size(), 1);
    QVERIFY(reverse[0].reverse);
    QVERIFY(reverse[0].watched);
    QCOMPARE(*bench.reader->integrity(), QStringList{u"ok"_s});
}

void tst_Ingest::whatIsGoneMustBeAbsentTwice()
{
    QFETCH(Engine, engine);
    Bench bench(engine);
    bench.journal(Verb::EyeOn, {domain(u"example.com"_s)});
    bench.dns(u"example.com"_s, u"A"_s, {u"192.0.2.1"_s, u"192.0.2.2"_s});
    auto report = bench.dns(u"example.com"_s, u"A"_s, {u"192.0.2.1"_s});
    QCOMPARE(report.cards.size(), 0);
    QCOMPARE(report.confirmations.size(), 1);
    const Instant confirmAt = bench.clock.now() + 900'000;
    QCOMPARE(report.confirmations[0].at, confirmAt);
    QCOMPARE(bench.reader->askedStates({domain(u"example.com"_s)})->constFirst().confirmAt,
             confirmAt);
    QVERIFY(bench.facts(domain(u"example.com"_s), Dataset::Resolutions)[1].current);
    const qint64 absentSeq = report.seq;
    const Instant absentAt = bench.clock.now();

    report = bench.dns(u"example.com"_s, u"A"_s, {u"192.0.2.1"_s});
    const auto vanished = bench.deltas.constLast().questions[0].vanished;
    QCOMPARE(vanished.size(), 1);
    QCOMPARE(vanished[0].absentSince, absentAt);
    QCOMPARE(vanished[0].absentSeq, absentSeq);
    QCOMPARE(report.cards.size(), 1);
    QCOMPARE(report.cards[0].changes[0].kind, ChangeKind::Removed);
    const auto facts = bench.facts(domain(u"example.com"_s), Dataset::Resolutions);
    QCOMPARE(facts.size(), 2);
    QVERIFY(!facts[0].gone);
    QVERIFY(facts[1].gone);
    QVERIFY(!facts[1].current);
    QCOMPARE(facts[1].sightings[0].goneAt, bench.clock.now());

    report = bench.dns(u"example.com"_s, u"A"_s, {u"192.0.2.1"_s});
    QCOMPARE(report.unchanged, 1);
    QVERIFY(!bench.reader->askedStates({domain(u"example.com"_s)})->constFirst().confirmAt);
    QCOMPARE(*bench.reader->integrity(), QStringList{u"ok"_s});
}

void tst_Ingest::anAbsenceThatWasNoneIsForgotten()
{
    Bench bench;
    bench.journal(Verb::EyeOn, {domain(u"example.com"_s)});
    const QStringList both{u"192.0.2.1"_s, u"192.0.2.2"_s};
    bench.dns(u"example.com"_s, u"A"_s, both);
    bench.dns(u"example.com"_s, u"A"_s, {u"192.0.2.1"_s});
    QCOMPARE(bench.dns(u"example.com"_s, u"A"_s, both).cards.size(), 0);
    QCOMPARE(bench.dns(u"example.com"_s, u"A"_s, both).unchanged, 1);
    // A new absence starts over.
    QCOMPARE(bench.dns(u"example.com"_s, u"A"_s, {u"192.0.2.1"_s}).cards.size(), 0);
    QVERIFY(!bench.deltas.constLast().questions[0].vanished[0].absentSince);
    QCOMPARE(*bench.reader->integrity(), QStringList{u"ok"_s});
}

void tst_Ingest::failedAndTruncatedAnswersRemoveNothing()
{
    Bench bench;
    bench.journal(Verb::EyeOn, {domain(u"example.com"_s)});
    bench.dns(u"example.com"_s, u"A"_s, {u"192.0.2.1"_s, u"192.0.2.2"_s});
    const auto judged = bench.deltas.size();
    for (const Outcome outcome :
         {Outcome::Unreachable, Outcome::Refused, Outcome::Malformed, Outcome::SuspiciousEmpty,
          Outcome::Unreachable, Outcome::Unreachable})
        bench.dns(u"example.com"_s, u"A"_s, {}, outcome, u"timed out"_s);
    QCOMPARE(bench.deltas.size(), judged);
    bench.dns(u"example.com"_s, u"A"_s, {u"192.0.2.1"_s}, Outcome::Truncated);
    bench.dns(u"example.com"_s, u"A"_s, {u"192.0.2.1"_s, u"192.0.2.3"_s}, Outcome::Truncated);
    const auto facts = bench.facts(domain(u"example.com"_s), Dataset::Resolutions);
    QCOMPARE(facts.size(), 3);
    for (const FactRow &fact : facts)
        QVERIFY(fact.current);
    // The same set as before the failures, complete again: nothing is new, nothing gone.
    const auto report =
        bench.dns(u"example.com"_s, u"A"_s, {u"192.0.2.1"_s, u"192.0.2.2"_s, u"192.0.2.3"_s});
    QCOMPARE(report.cards.size(), 0);
    QCOMPARE(report.newFacts, 0);
}

void tst_Ingest::noSuchNameDiffersFromNoData()
{
    Bench bench;
    bench.dns(u"example.com"_s, u"A"_s, {});
    QCOMPARE(bench.dns(u"example.com"_s, u"A"_s, {}).unchanged, 1);
    const auto report = bench.dns(u"example.com"_s, u"A"_s, {}, Outcome::Empty, u"nxdomain"_s);
    QCOMPARE(report.unchanged, 0);
    QVERIFY(!bench.deltas.constLast().questions[0].wasEmptyName);
    QCOMPARE(bench.dns(u"example.com"_s, u"A"_s, {}, Outcome::Empty, u"nxdomain"_s).unchanged, 1);
    bench.dns(u"example.com"_s, u"A"_s, {}, Outcome::Unreachable);
    bench.dns(u"example.com"_s, u"A"_s, {u"192.0.2.1"_s});
    QVERIFY(bench.deltas.constLast().questions[0].wasEmptyName);
}

void tst_Ingest::whatReturnsOpensASecondSpan()
{
    Bench bench;
    bench.journal(Verb::EyeOn, {domain(u"example.com"_s)});
    const QString name = u"example.com"_s;
    bench.dns(name, u"A"_s, {u"192.0.2.1"_s, u"192.0.2.2"_s});
    bench.dns(name, u"A"_s, {u"192.0.2.1"_s});
    bench.dns(name, u"A"_s, {u"192.0.2.1"_s});
    const Instant goneAt = bench.clock.now();
    const auto report = bench.dns(name, u"A"_s, {u"192.0.2.1"_s, u"192.0.2.2"_s});
    QCOMPARE(report.cards[0].changes[0].kind, ChangeKind::Returned);
    QCOMPARE(bench.deltas.constLast().questions[0].appeared[0].confirmedGoneAt, goneAt);
    QVERIFY(!bench.deltas.constLast().questions[0].appeared[0].saidByOthers);
    const auto facts = bench.facts(domain(name), Dataset::Resolutions);
    QCOMPARE(facts.size(), 2);
    QVERIFY(facts[1].current && !facts[1].gone);
    QCOMPARE(report.newFacts, 0);
}

void tst_Ingest::aReplayInsertsNothingTwice()
{
    Bench bench;
    bench.journal(Verb::EyeOn, {domain(u"example.com"_s)});
    QList<Pass> passes;
    for (const QStringList &values : QList<QStringList>{{u"192.0.2.1"_s},
                                                        {u"192.0.2.1"_s, u"192.0.2.9"_s},
                                                        {u"192.0.2.9"_s},
                                                        {u"192.0.2.9"_s}}) {
        bench.clock.forward(hourMs);
        passes.append({domain(u"example.com"_s),
                       u"dns@192.0.2.53"_s,
                       Purpose::Poll,
                       {bench.answer(u"example.com"_s, u"A"_s, values)}});
        bench.take({passes.constLast()});
    }
    const auto cards = bench.cards();
    QCOMPARE(cards.size(), 2);
    for (const Pass &pass : std::as_const(passes))
        QCOMPARE(bench.take({pass}).cards.size(), 0);
    QCOMPARE(bench.cards().size(), 2);
    QCOMPARE(bench.facts(domain(u"example.com"_s), Dataset::Resolutions).size(), 2);
    QCOMPARE(bench.reader->summary(domain(u"example.com"_s))->checks[0].count, 2);
    QCOMPARE(*bench.reader->integrity(), QStringList{u"ok"_s});
}

void tst_Ingest::exchangedMembersCountAsSwaps()
{
    Bench bench;
    const QString name = u"cdn.example.com"_s;
    bench.dns(name, u"A"_s, {u"192.0.2.1"_s, u"192.0.2.2"_s});
    bench.dns(name, u"A"_s, {u"192.0.2.3"_s, u"192.0.2.4"_s});
    QCOMPARE(bench.deltas.constLast().questions[0].recentSwaps, 1);
    bench.dns(name, u"A"_s, {u"192.0.2.5"_s, u"192.0.2.4"_s});
    QCOMPARE(bench.deltas.constLast().questions[0].recentSwaps, 2);
    bench.dns(name, u"A"_s, {u"192.0.2.1"_s, u"192.0.2.6"_s});
    QCOMPARE(bench.deltas.constLast().questions[0].recentSwaps, 3);
    for (int i = 0; i < 5; ++i)
        bench.dns(name, u"A"_s, {u"192.0.2.1"_s, u"192.0.2.6"_s});
    bench.dns(name, u"A"_s, {u"192.0.2.1"_s, u"192.0.2.6"_s, u"192.0.2.7"_s});
    QCOMPARE(bench.deltas.constLast().questions[0].recentSwaps, 0);
}

void tst_Ingest::aGapBeginsANewCheckSpan()
{
    Bench bench;
    bench.dns(u"example.com"_s, u"A"_s, {u"192.0.2.1"_s});
    bench.clock.forward(3 * hourMs);
    bench.dns(u"example.com"_s, u"A"_s, {u"192.0.2.1"_s});
    const auto checks = bench.reader->summary(domain(u"example.com"_s))->checks;
    QCOMPARE(checks[0].count, 1);
    QCOMPARE(checks[0].from, bench.clock.now());
    auto past = bench.database->query("SELECT count(*) FROM check_past");
    QVERIFY(past.next());
    QCOMPARE(past.number(0), 1);
}

void tst_Ingest::otherAttributesAreAlterations()
{
    Bench bench;
    bench.journal(Verb::EyeOn, {domain(u"example.com"_s)});
    const auto tell = [&bench](const QString &registrar) {
        bench.clock.forward(hourMs);
        Observation answer;
        answer.question = {domain(u"example.com"_s), Dataset::Whois, u"rdap"_s, u"domain"_s};
        answer.outcome = Outcome::Complete;
        answer.at = bench.clock.now();
        Record record =
            test::record(domain(u"example.com"_s), Dataset::Whois, u"registrar"_s, registrar);
        record.identity = Identity::Type;
        answer.records = {record};
        return bench.take({{domain(u"example.com"_s), u"rdap"_s, Purpose::Poll, {answer}}});
    };
    tell(u"First"_s);
    tell(u"Second"_s);
    const auto altered = bench.deltas.constLast().questions[0].altered;
    QCOMPARE(altered.size(), 1);
    QCOMPARE(altered[0].before.value.raw(), u"First"_s);
    QCOMPARE(altered[0].after.value.raw(), u"Second"_s);
    QVERIFY(bench.deltas.constLast().questions[0].vanished.isEmpty());
    const auto facts = bench.facts(domain(u"example.com"_s), Dataset::Whois);
    QCOMPARE(facts.size(), 2);
    QCOMPARE(facts[0].record.value.raw(), u"Second"_s);
    QVERIFY(facts[0].current);
    QVERIFY(facts[1].gone);
    tell(u"First"_s);
    QVERIFY(bench.facts(domain(u"example.com"_s), Dataset::Whois)[0].current);
    const auto head = bench.reader->summary(domain(u"www.example.com"_s))->headFacts;
    QCOMPARE(head.size(), 1);
    QCOMPARE(head[0].text.raw(), u"First"_s);
    QCOMPARE(*bench.reader->integrity(), QStringList{u"ok"_s});
}

void tst_Ingest::historicalDatesMoveWithoutAChangeAndResume()
{
    Bench bench;
    const Artifact asked = address(u"203.0.113.5"_s);
    bench.journal(Verb::EyeOn, {asked});
    const Instant start = bench.clock.now();
    const auto tell = [&](Instant last) {
        bench.clock.forward(dayMs);
        Observation answer;
        answer.question = {asked, Dataset::Resolutions, u"mnemonic"_s, u"names"_s};
        answer.presence = Presence::Historical;
        answer.outcome = Outcome::Complete;
        answer.at = bench.clock.now();
        Record record =
            test::record(domain(u"a.example.net"_s), Dataset::Resolutions, u"A"_s, asked.value);
        record.worldFirst = start - 100 * dayMs;
        record.worldLast = last;
        answer.records = {record};
        return bench.take({{asked, u"mnemonic"_s, Purpose::Poll, {answer}}});
    };
    tell(start - 90 * dayMs);
    QCOMPARE(tell(start - 90 * dayMs).unchanged, 1);
    auto report = tell(start - 80 * dayMs);
    QCOMPARE(report.cards.size(), 0);
    QCOMPARE(bench.deltas.size(), 1);
    QCOMPARE(bench.facts(asked, Dataset::Resolutions)[0].sightings[0].worldLast,
             start - 80 * dayMs);
    tell(start);
    const auto resumed = bench.deltas.constLast().questions[0].resumed;
    QCOMPARE(resumed.size(), 1);
    QCOMPARE(resumed[0].previousLast, start - 80 * dayMs);
    QCOMPARE(bench.facts(asked, Dataset::Resolutions).size(), 1);
}

void tst_Ingest::truncatedFirstAnswersLeaveTheBaselineOpen()
{
    Bench bench;
    bench.dns(u"example.com"_s, u"A"_s, {u"192.0.2.1"_s}, Outcome::Truncated);
    QVERIFY(bench.deltas.constLast().questions[0].firstAnswer);
    bench.dns(u"example.com"_s, u"A"_s, {u"192.0.2.1"_s, u"192.0.2.2"_s});
    QVERIFY(bench.deltas.constLast().questions[0].firstAnswer);
    QCOMPARE(bench.deltas.constLast().questions[0].previousCheck, bench.clock.now() - hourMs);
    bench.dns(u"example.com"_s, u"A"_s, {u"192.0.2.1"_s, u"192.0.2.3"_s});
    QVERIFY(!bench.deltas.constLast().questions[0].firstAnswer);
}

void tst_Ingest::parserVersionsAreTold()
{
    Bench bench;
    bench.dns(u"example.com"_s, u"A"_s, {u"192.0.2.1"_s});
    bench.clock.forward(hourMs);
    Observation answer = bench.answer(u"example.com"_s, u"A"_s, {u"192.0.2.1"_s});
    answer.parserVersion = 2;
    bench.take({{domain(u"example.com"_s), u"dns@192.0.2.53"_s, Purpose::Poll, {answer}}});
    QVERIFY(bench.deltas.constLast().questions[0].parserChanged);
    bench.clock.forward(hourMs);
    answer.at = bench.clock.now();
    QCOMPARE(bench.take({{domain(u"example.com"_s), u"dns@192.0.2.53"_s, Purpose::Poll, {answer}}})
                 .unchanged,
             1);
}

void tst_Ingest::severalAnswersOfOnePassSpeakForOneDataset()
{
    Bench bench;
    const auto tell = [&bench](bool registrarAnswers) {
        bench.clock.forward(hourMs);
        Pass pass{domain(u"example.com"_s), u"rdap"_s, Purpose::Poll, {}};
        for (const QString &question : {u"domain"_s, u"registrar"_s}) {
            Observation answer;
            answer.question = {pass.asked, Dataset::Whois, u"rdap"_s, question};
            answer.at = bench.clock.now();
            answer.outcome = Outcome::Unreachable;
            if (question == u"domain"_s || registrarAnswers) {
                answer.outcome = Outcome::Complete;
                answer.records = {record(pass.asked, Dataset::Whois, question, u"x"_s)};
            }
            pass.observations.append(answer);
        }
        return bench.take({pass});
    };
    tell(true);
    QCOMPARE(tell(true).unchanged, 2);
    bench.clock.forward(5 * hourMs);
    tell(false);
    tell(true);
    for (const Delta &delta : std::as_const(bench.deltas)) {
        for (const QuestionDelta &question : delta.questions)
            QVERIFY(question.vanished.isEmpty());
    }
    QCOMPARE(bench.facts(domain(u"example.com"_s), Dataset::Whois).size(), 2);
}

void tst_Ingest::registrationConcernsTheHostsBelow()
{
    Bench bench;
    bench.journal(Verb::EyeOn,
                  {domain(u"www.example.com"_s), domain(u"mail.example.com"_s),
                   domain(u"www.example.org"_s)});
    Observation answer;
    answer.question = {domain(u"example.com"_s), Dataset::Whois, u"rdap"_s, u"domain"_s};
    answer.outcome = Outcome::Complete;
    answer.at = bench.clock.now();
    answer.records = {record(domain(u"example.com"_s), Dataset::Whois, u"status"_s, u"ok"_s)};
    bench.take({{domain(u"example.com"_s), u"rdap"_s, Purpose::Poll, {answer}}});
    QCOMPARE(bench.deltas.constLast().eyes.size(), 2);
    // Its dns concerns the domain alone.
    bench.dns(u"example.com"_s, u"A"_s, {u"192.0.2.1"_s});
    QCOMPARE(bench.deltas.constLast().eyes.size(), 0);
    QCOMPARE(bench.facts(domain(u"www.example.com"_s), Dataset::Whois).size(), 1);
    QCOMPARE(bench.reader->summary(domain(u"www.example.com"_s))->registration,
             domain(u"example.com"_s));
}

void tst_Ingest::networksConcernTheirAddresses()
{
    Bench bench;
    bench.journal(Verb::EyeOn,
                  {address(u"198.51.100.7"_s), address(u"198.51.100.200"_s),
                   address(u"198.51.101.1"_s), address(u"2001:db8::7"_s)});
    const Artifact network{ArtifactKind::Cidr, u"198.51.100.0/24"_s};
    const Artifact asked = address(u"198.51.100.7"_s);
    Observation answer;
    answer.question = {asked, Dataset::Whois, u"rdap"_s, u"ip"_s};
    answer.outcome = Outcome::Complete;
    answer.at = bench.clock.now();
    Record member = record(asked, Dataset::Whois, u"network"_s, network.value);
    member.identity = Identity::Type;
    answer.records = {record(network, Dataset::Whois, u"name"_s, u"TEST-NET-2"_s), member};
    bench.take({{asked, u"rdap"_s, Purpose::Poll, {answer}}});
    QCOMPARE(bench.deltas.constLast().eyes.size(), 2);
    QCOMPARE(*bench.reader->networkOf(address(u"198.51.100.99"_s)), network);
    QVERIFY(bench.reader->networkOf(address(u"198.51.102.1"_s))->isEmpty());
    QVERIFY(bench.reader->networkOf(address(u"2001:db8::1"_s))->isEmpty());
    QCOMPARE(bench.facts(address(u"198.51.100.200"_s), Dataset::Whois).size(), 1);
    QCOMPARE(bench.facts(asked, Dataset::Whois).size(), 2);
}

void tst_Ingest::baselineIsSetByTheFirstUsableAnswer()
{
    Bench bench;
    const QString name = u"example.com"_s;
    bench.journal(Verb::EyeOn, {domain(name)});
    bench.dns(name, u"A"_s, {}, Outcome::Unreachable, {}, Purpose::Baseline);
    QVERIFY(!bench.reader->summary(domain(name))->baselineAt);
    bench.dns(name, u"A"_s, {u"192.0.2.1"_s}, Outcome::Complete, {}, Purpose::Baseline);
    const Instant at = bench.clock.now();
    bench.dns(name, u"A"_s, {u"192.0.2.1"_s}, Outcome::Complete, {}, Purpose::Baseline);
    const auto summary = *bench.reader->summary(domain(name));
    QCOMPARE(summary.baselineAt, at);
    QVERIFY(summary.watched);
}

void tst_Ingest::lastCheckedIsWhenSomethingUsableCame()
{
    Bench bench;
    const QString name = u"example.com"_s;
    bench.journal(Verb::EyeOn, {domain(name)});
    const auto checked = [&] {
        const auto listed = bench.reader->monitors({})->monitors.constFirst().lastChecked;
        return listed == bench.reader->summary(domain(name))->lastChecked ? listed : Instant{-1};
    };
    bench.dns(name, u"A"_s, {}, Outcome::Unreachable, {}, Purpose::Baseline);
    QCOMPARE(checked(), std::nullopt);
    bench.dns(name, u"A"_s, {u"192.0.2.1"_s}, Outcome::Complete, {}, Purpose::Baseline);
    const Instant at = bench.clock.now();
    QCOMPARE(checked(), at);
    bench.dns(name, u"A"_s, {}, Outcome::Refused);
    QCOMPARE(checked(), at);
    bench.dns(name, u"A"_s, {u"192.0.2.1"_s});
    QCOMPARE(checked(), bench.clock.now());
}

void tst_Ingest::extendedCountsFactsNewToUs()
{
    Bench bench;
    const QString name = u"example.com"_s;
    bench.journal(Verb::EyeOn, {domain(name)});
    bench.dns(name, u"A"_s, {u"192.0.2.1"_s}, Outcome::Complete, {}, Purpose::Baseline);
    const auto report = bench.dns(name, u"MX"_s, {u"mx1.example.com"_s, u"mx2.example.com"_s});
    QCOMPARE(report.extended.value(domain(name)), 2);
    QCOMPARE(report.cards.size(), 0);
}

void tst_Ingest::failuresInARowAreCounted()
{
    Bench bench;
    const QString name = u"example.com"_s;
    for (const Outcome outcome : {Outcome::Unreachable, Outcome::Unreachable, Outcome::Refused})
        bench.dns(name, u"A"_s, {}, outcome);
    auto state = bench.reader->askedStates({domain(name)})->constFirst();
    QCOMPARE(state.failures, 3);
    QCOMPARE(state.worst, Outcome::Refused);
    bench.dns(name, u"A"_s, {u"192.0.2.1"_s});
    state = bench.reader->askedStates({domain(name)})->constFirst();
    QCOMPARE(state.failures, 0);
    QCOMPARE(state.source, u"dns@192.0.2.53"_s);
}

void tst_Ingest::whatSourcesKnowOfACertificateIsJoined()
{
    QFETCH(Engine, engine);
    Bench bench(engine);
    const Artifact asked = domain(u"example.com"_s);
    const auto tell = [&](const QString &source,
                          const QList<std::pair<QString, QString>> &details) {
        Record told = record(asked, Dataset::Certificates, u"certificate"_s, u"0a CN=CA"_s);
        for (const auto &[name, text] : details)
            setAttribute(told.details, name, UntrustedText::fromString(text));
        Observation answer;
        answer.question = {asked, Dataset::Certificates, source, u"names"_s};
        answer.presence = Presence::Historical;
        answer.outcome = Outcome::Complete;
        answer.at = bench.clock.now();
        answer.records = {told};
        Pass pass;
        pass.asked = asked;
        pass.source = source;
        pass.observations = {answer};
        bench.take({pass});
        bench.clock.forward(hourMs);
    };
    tell(u"crtsh"_s, {{u"crtsh_id"_s, u"7"_s}, {u"names"_s, u"a.example.com"_s}});
    tell(u"certspotter"_s, {{u"key"_s, u"EC P-256"_s}, {u"names"_s, u"a.example.com, b.net"_s}});
    tell(u"third"_s, {{u"names"_s, u"b.net"_s}});
    const auto facts = bench.facts(asked, Dataset::Certificates);
    QCOMPARE(facts.size(), 1);
    QCOMPARE(facts[0].sightings.size(), 3);
    const Attributes &details = facts[0].record.details;
    QCOMPARE(details.size(), 3);
    QCOMPARE(attribute(details, u"crtsh_id").raw(), u"7"_s);
    QCOMPARE(attribute(details, u"key").raw(), u"EC P-256"_s);
    QCOMPARE(attribute(details, u"names").raw(), u"a.example.com, b.net"_s);
    for (const auto &[part, found] : {std::pair(u"B.net"_s, 1), std::pair(u"c.net"_s, 0)}) {
        FactQuery query;
        query.entity = asked;
        query.dataset = Dataset::Certificates;
        query.filter = part;
        QCOMPARE(bench.reader->facts(query)->rows.size(), found);
    }
}

WG_TEST(tst_Ingest)

#include "tst_ingest.moc"
