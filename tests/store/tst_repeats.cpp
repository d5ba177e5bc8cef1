// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace wg;
using namespace wg::test;

Q_DECLARE_METATYPE(wg::Engine)

/// Whole asks that bring what they brought before.
class tst_Repeats : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anUnchangedAskOfManyQuestionsWritesOneRow_data();
    void anUnchangedAskOfManyQuestionsWritesOneRow();
    void repetitionsAreCountedBeforeADifference();
    void theFirstUsableAnswerMakesTheBaselineOfAnEyeThatHasNone();
    void anAnswerThatRepeatsItselfToANewEyeIsItsBaseline();
    void theNewestReasonOfTheSameOutcomeIsTold();
    void aReplayedAskIsNoRepetition();
    void aBaselineInRoundsIsWhatThePollIsComparedWith();
    void aClockThatWasSetBackLosesNoAnswer();

private:
    static Pass wholeAsk(Bench &bench, const QStringList &addresses);
    static QList<CheckState> checksOf(Bench &bench, const QString &name);
};

/// Three questions in one ask, an hour after the one before.
Pass tst_Repeats::wholeAsk(Bench &bench, const QStringList &addresses)
{
    bench.clock.forward(hourMs);
    const QString name = u"example.com"_s;
    return {domain(name),
            u"dns@192.0.2.53"_s,
            Purpose::Poll,
            {bench.answer(name, u"A"_s, addresses), bench.answer(name, u"NS"_s, {u"ns.test"_s}),
             bench.answer(name, u"TXT"_s, {})},
            {}};
}

QList<CheckState> tst_Repeats::checksOf(Bench &bench, const QString &name)
{
    return bench.reader->summary(domain(name))->checks;
}

void tst_Repeats::anUnchangedAskOfManyQuestionsWritesOneRow_data()
{
    QTest::addColumn<Engine>("engine");
    QTest::newRow("sqlite") << Engine::Sqlite;
    QTest::newRow("postgres") << Engine::Postgres;
}

void tst_Repeats::anUnchangedAskOfManyQuestionsWritesOneRow()
{
    QFETCH(Engine, engine);
    Bench bench(engine);
    bench.take({wholeAsk(bench, {u"192.0.2.1"_s, u"192.0.2.2"_s})});
    const Instant began = bench.clock.now();
    const qint64 before = bench.database->totalChanges();
    const auto report = bench.take({wholeAsk(bench, {u"192.0.2.2"_s, u"192.0.2.1"_s})});
    if (engine == Engine::Sqlite)
        QCOMPARE(bench.database->totalChanges() - before, 1);
    QCOMPARE(report.unchanged, 3);
    QCOMPARE(report.observations, 3);
    bench.take({wholeAsk(bench, {u"192.0.2.2"_s, u"192.0.2.1"_s})});
    const auto checks = bench.reader->summary(domain(u"example.com"_s))->checks;
    QCOMPARE(checks.size(), 3);
    for (const CheckState &check : checks) {
        QCOMPARE(check.count, 3);
        QCOMPARE(check.at, bench.clock.now());
        QCOMPARE(check.from, began);
    }
    QCOMPARE(*bench.reader->integrity(), QStringList{u"ok"_s});
}

void tst_Repeats::repetitionsAreCountedBeforeADifference()
{
    Bench bench;
    bench.journal(Verb::EyeOn, {domain(u"example.com"_s)});
    for (int i = 0; i < 4; ++i)
        bench.take({wholeAsk(bench, {u"192.0.2.1"_s})});
    const Instant lastSame = bench.clock.now();
    const auto report = bench.take({wholeAsk(bench, {u"192.0.2.1"_s, u"198.51.100.7"_s})});
    QCOMPARE(report.unchanged, 2);
    QCOMPARE(report.cards.size(), 1);
    QCOMPARE(bench.deltas.constLast().questions[0].previousProof, lastSame);
    auto past = bench.database->query("SELECT n, until_at FROM check_past");
    QVERIFY(past.next());
    QCOMPARE(past.number(0), 4);
    QCOMPARE(past.instant(1), lastSame);
    bench.take({wholeAsk(bench, {u"192.0.2.1"_s, u"198.51.100.7"_s})});
    QMap<QString, qint64> counts;
    const auto checks = checksOf(bench, u"example.com"_s);
    for (const CheckState &check : checks) {
        counts.insert(check.question.text, check.count);
        QCOMPARE(check.at, bench.clock.now());
    }
    QCOMPARE(counts, (QMap<QString, qint64>{{u"A"_s, 2}, {u"NS"_s, 6}, {u"TXT"_s, 6}}));
    QCOMPARE(*bench.reader->integrity(), QStringList{u"ok"_s});
}

void tst_Repeats::theFirstUsableAnswerMakesTheBaselineOfAnEyeThatHasNone()
{
    Bench bench;
    const QString name = u"example.com"_s;
    const auto baseline = [&bench] { return bench.reader->eyes(0, 10)->first().baselineAt; };
    bench.dns(name, u"A"_s, {u"192.0.2.1"_s}); // looked up before
    bench.journal(Verb::EyeOn, {domain(name)});
    bench.dns(name, u"A"_s, {}, Outcome::Unreachable, u"timed out"_s, Purpose::Baseline);
    bench.dns(name, u"A"_s, {}, Outcome::Unreachable, u"timed out"_s);
    QVERIFY(!baseline());
    bench.dns(name, u"A"_s, {u"192.0.2.1"_s});
    const Instant first = bench.clock.now();
    QCOMPARE(baseline(), first);
    bench.dns(name, u"A"_s, {u"192.0.2.1"_s, u"198.51.100.7"_s});
    QCOMPARE(baseline(), first);
}

void tst_Repeats::anAnswerThatRepeatsItselfToANewEyeIsItsBaseline()
{
    Bench bench;
    const auto same = [&bench] { return bench.take({wholeAsk(bench, {u"192.0.2.1"_s})}); };
    same();
    same();
    bench.journal(Verb::EyeOn, {domain(u"example.com"_s)});
    same();
    QCOMPARE(bench.reader->eyes(0, 10)->first().baselineAt, bench.clock.now());
    const qint64 before = bench.database->totalChanges();
    same();
    QCOMPARE(bench.database->totalChanges() - before, 1);
    QCOMPARE(checksOf(bench, u"example.com"_s).first().count, 4);
}

void tst_Repeats::theNewestReasonOfTheSameOutcomeIsTold()
{
    Bench bench;
    const QString name = u"example.com"_s;
    bench.dns(name, u"A"_s, {u"192.0.2.1"_s});
    for (const QString &reason : {u"no such name"_s, u"no such name"_s, u"no records"_s})
        bench.dns(name, u"A"_s, {}, Outcome::SuspiciousEmpty, reason);
    const CheckState check = checksOf(bench, name).first();
    QCOMPARE(check.detail, u"no records"_s);
    QCOMPARE(check.count, 3);
}

void tst_Repeats::aReplayedAskIsNoRepetition()
{
    Bench bench;
    const Pass first = wholeAsk(bench, {u"192.0.2.1"_s});
    const Pass second = wholeAsk(bench, {u"192.0.2.1"_s});
    const Pass third = wholeAsk(bench, {u"192.0.2.1"_s});
    for (const Pass &pass : {first, second, third, second, first, third})
        bench.take({pass});
    const Pass fourth = wholeAsk(bench, {u"192.0.2.1"_s});
    bench.take({fourth});
    const auto checks = checksOf(bench, u"example.com"_s);
    for (const CheckState &check : checks) {
        QCOMPARE(check.count, 4);
        QCOMPARE(check.at, bench.clock.now());
    }
}

void tst_Repeats::aBaselineInRoundsIsWhatThePollIsComparedWith()
{
    Bench bench;
    const QString name = u"example.com"_s;
    bench.journal(Verb::EyeOn, {domain(name)});
    Pass baseline = wholeAsk(bench, {u"192.0.2.1"_s});
    baseline.purpose = Purpose::Baseline;
    for (int round = 1; round < 3; ++round) {
        bench.clock.forward(1);
        baseline.observations.append(bench.answer(name, u"A"_s, {u"192.0.2.1"_s}));
    }
    bench.take({baseline});
    const qint64 before = bench.database->totalChanges();
    QCOMPARE(bench.take({wholeAsk(bench, {u"192.0.2.1"_s})}).unchanged, 3);
    QCOMPARE(bench.database->totalChanges() - before, 1);
    const auto checks = checksOf(bench, name);
    for (const CheckState &check : checks)
        QCOMPARE(check.count, check.question.text == u"A"_s ? 4 : 2);
}

void tst_Repeats::aClockThatWasSetBackLosesNoAnswer()
{
    Bench bench;
    bench.journal(Verb::EyeOn, {domain(u"example.com"_s)});
    for (int i = 0; i < 3; ++i)
        bench.take({wholeAsk(bench, {u"192.0.2.1"_s})});
    bench.clock.forward(-10 * dayMs);
    QCOMPARE(bench.take({wholeAsk(bench, {u"192.0.2.1"_s})}).cards.size(), 0);
    auto checks = checksOf(bench, u"example.com"_s);
    for (const CheckState &check : std::as_const(checks))
        QCOMPARE(check.at, bench.clock.now());
    QCOMPARE(bench.take({wholeAsk(bench, {u"192.0.2.1"_s, u"198.51.100.7"_s})}).cards.size(), 1);
    checks = checksOf(bench, u"example.com"_s);
    for (const CheckState &check : std::as_const(checks))
        QCOMPARE(check.at, bench.clock.now());
}

WG_TEST(tst_Repeats)

#include "tst_repeats.moc"
