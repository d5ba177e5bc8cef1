// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/breaker.h"

#include "net/reachability.h"
#include "net/retry.h"
#include "support/runner.h"

#include <QTest>

using namespace wg;
using namespace Qt::StringLiterals;

namespace {

constexpr Instant start = Instant::fromSeconds(1'700'000'000);

/// A breaker that has just opened at start.
Breaker openBreaker()
{
    Breaker breaker;
    for (int i = 0; i < 5; ++i)
        breaker.failed(start, minuteMs);
    return breaker;
}

} // namespace

/// The fetch layer's pure parts: breaker, jitter, Retry-After, reachability.
class tst_Breaker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opensAfterFiveFailuresInARow();
    void aSuccessBetweenKeepsItClosed();
    void letsOneProbeThroughAfterItsRest();
    void aFailedProbeDoublesTheRestUpToAnHour();
    void aSuccessfulProbeClosesIt();
    void anAbandonedProbeMayBeTriedAgain();
    void aPersonIsTheProbeOfAnOpenBreaker();
    void nobodyPassesARequestToWait();
    void jitterIsFullAndCapped();
    void readsRetryAfter_data();
    void readsRetryAfter();
    void oneDeadHostIsNotTheNetwork();
    void twoMissesAmongAcquaintancesAre();
    void theOnlyHostNeedsThreeMisses();
    void anyAnswerBringsTheNetworkBack();
};

void tst_Breaker::opensAfterFiveFailuresInARow()
{
    Breaker breaker;
    for (int i = 0; i < 4; ++i)
        breaker.failed(start, minuteMs);
    QVERIFY(breaker.admits(Asker::Eye, start));
    QVERIFY(!breaker.pausedUntil(start));
    breaker.failed(start, minuteMs);
    QVERIFY(!breaker.admits(Asker::Eye, start));
    QCOMPARE(breaker.pausedUntil(start), start + minuteMs);
}

void tst_Breaker::aSuccessBetweenKeepsItClosed()
{
    Breaker breaker;
    for (int i = 0; i < 20; ++i) {
        breaker.failed(start, minuteMs);
        if (i % 4 == 3)
            breaker.succeeded();
    }
    QVERIFY(breaker.admits(Asker::Eye, start));
}

void tst_Breaker::letsOneProbeThroughAfterItsRest()
{
    Breaker breaker = openBreaker();
    QVERIFY(!breaker.admits(Asker::Eye, start + minuteMs - 1));
    QVERIFY(breaker.admits(Asker::Eye, start + minuteMs));
    QVERIFY(!breaker.admits(Asker::Eye, start + minuteMs));
}

void tst_Breaker::aFailedProbeDoublesTheRestUpToAnHour()
{
    Breaker breaker = openBreaker();
    Instant now = start;
    for (const qint64 minutes : {1, 2, 4, 8, 16, 32, 60, 60, 60}) {
        QCOMPARE(breaker.pausedUntil(now), now + minutes * minuteMs);
        now = now + minutes * minuteMs;
        QVERIFY(breaker.admits(Asker::Eye, now));
        breaker.failed(now, minuteMs);
    }
}

void tst_Breaker::aSuccessfulProbeClosesIt()
{
    Breaker breaker = openBreaker();
    QVERIFY(breaker.admits(Asker::Eye, start + minuteMs));
    breaker.succeeded();
    QVERIFY(!breaker.pausedUntil(start));
    QVERIFY(breaker.admits(Asker::Eye, start));
    for (int i = 0; i < 5; ++i)
        breaker.failed(start, minuteMs);
    QCOMPARE(breaker.pausedUntil(start), start + minuteMs);
}

void tst_Breaker::anAbandonedProbeMayBeTriedAgain()
{
    Breaker breaker = openBreaker();
    QVERIFY(breaker.admits(Asker::Eye, start + minuteMs));
    breaker.gaveUp();
    QVERIFY(breaker.admits(Asker::Eye, start + minuteMs));
}

void tst_Breaker::aPersonIsTheProbeOfAnOpenBreaker()
{
    Breaker breaker = openBreaker();
    QVERIFY(breaker.admits(Asker::Person, start));
    breaker.succeeded();
    QVERIFY(breaker.admits(Asker::Eye, start));
}

void tst_Breaker::nobodyPassesARequestToWait()
{
    Breaker breaker;
    breaker.askedToWait(start + hourMs);
    breaker.askedToWait(start + minuteMs);
    QVERIFY(!breaker.admits(Asker::Person, start));
    QVERIFY(!breaker.admits(Asker::Eye, start + hourMs - 1));
    QCOMPARE(breaker.waitUntil(start), start + hourMs);
    QVERIFY(breaker.admits(Asker::Eye, start + hourMs));
    QVERIFY(!breaker.waitUntil(start + hourMs));
}

void tst_Breaker::jitterIsFullAndCapped()
{
    FetchTimes times;
    times.retryBaseMs = 100;
    times.retryCapMs = 1000;
    for (int attempt = 0; attempt < 6; ++attempt) {
        const qint64 most = std::min<qint64>(1000, 100LL << attempt);
        qint64 least = most;
        qint64 largest = 0;
        for (int i = 0; i < 2000; ++i) {
            const qint64 delay = jitteredDelay(attempt, times);
            QVERIFY(delay >= 0 && delay <= most);
            least = std::min(least, delay);
            largest = std::max(largest, delay);
        }
        QVERIFY(least < most / 10 && largest > most * 9 / 10);
    }
    QVERIFY(jitteredDelay(100'000, times) <= 1000);
    times.retryBaseMs = 0;
    QCOMPARE(jitteredDelay(3, times), 0);
}

void tst_Breaker::readsRetryAfter_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<qint64>("ms");
    QTest::newRow("seconds") << QByteArray("120") << 120 * secondMs;
    QTest::newRow("spaces") << QByteArray(" 7 ") << 7 * secondMs;
    QTest::newRow("zero is clamped") << QByteArray("0") << secondMs;
    QTest::newRow("a year is clamped") << QByteArray("31536000") << dayMs;
    QTest::newRow("beyond integers") << QByteArray("99999999999999999999999") << dayMs;
    // start is Tue, 14 Nov 2023 22:13:20 GMT
    QTest::newRow("date") << QByteArray("Tue, 14 Nov 2023 22:14:20 GMT") << minuteMs;
    QTest::newRow("obsolete date") << QByteArray("Tuesday, 14-Nov-23 22:14:20 GMT") << minuteMs;
    QTest::newRow("asctime date") << QByteArray("Tue Nov 14 22:14:20 2023") << minuteMs;
    QTest::newRow("date gone by") << QByteArray("Tue, 14 Nov 2000 22:14:20 GMT") << secondMs;
    for (const char *bad : {"", "soon", "-5", "1.5", "Tue, 99 Nov 2023 22:14:20 GMT", "12 s"})
        QTest::addRow("unreadable %s", bad) << QByteArray(bad) << qint64(-1);
}

void tst_Breaker::readsRetryAfter()
{
    QFETCH(QByteArray, header);
    QFETCH(qint64, ms);
    QCOMPARE(retryAfterMs(header, start).value_or(-1), ms);
}

void tst_Breaker::oneDeadHostIsNotTheNetwork()
{
    Reachability reach;
    reach.reached(u"a"_s);
    reach.reached(u"b"_s);
    for (int i = 0; i < 50; ++i)
        QVERIFY(!reach.missed(u"dead"_s));
    QVERIFY(!reach.missed(u"deader"_s));
    QVERIFY(reach.isOnline());
}

void tst_Breaker::twoMissesAmongAcquaintancesAre()
{
    Reachability reach;
    reach.reached(u"a"_s);
    reach.reached(u"b"_s);
    QVERIFY(!reach.missed(u"a"_s));
    QVERIFY(reach.missed(u"b"_s));
    QVERIFY(!reach.isOnline());
    QVERIFY(!reach.missed(u"c"_s));
}

void tst_Breaker::theOnlyHostNeedsThreeMisses()
{
    Reachability reach;
    QVERIFY(!reach.missed(u"a"_s));
    QVERIFY(!reach.missed(u"a"_s));
    QVERIFY(reach.missed(u"a"_s));
}

void tst_Breaker::anyAnswerBringsTheNetworkBack()
{
    Reachability reach;
    reach.missed(u"a"_s);
    QVERIFY(reach.missed(u"b"_s));
    QVERIFY(reach.reached(u"c"_s));
    QVERIFY(reach.isOnline());
    QVERIFY(!reach.reached(u"c"_s));
}

WG_TEST(tst_Breaker)
#include "tst_breaker.moc"
