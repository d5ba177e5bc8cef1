// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/quota.h"

#include "net/retry.h"
#include "support/runner.h"

#include <QTest>

using namespace wg;
using namespace Qt::StringLiterals;

namespace {

constexpr Instant start = Instant::fromSeconds(1'700'000'000);
const QList<HostWindow> tenAnHour{{10, hourMs}};

Quota after(int requests, const QList<HostWindow> &windows = tenAnHour)
{
    Quota quota;
    for (int i = 0; i < requests; ++i)
        quota.note(windows, start + i * minuteMs);
    return quota;
}

} // namespace

/// What a source allows: windows that slide, a reserve for people, and the server's own word.
class tst_Quota : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aWindowOpensWhenItsOldestRequestLeavesIt()
    {
        const Quota quota = after(10);
        const Instant now = start + 10 * minuteMs;
        const Instant free = quota.freeAt(tenAnHour, Asker::Person, now);
        QVERIFY(free >= start + hourMs); // never before the server's own count
        QVERIFY(free - start <= hourMs + hourMs / 100);
        QCOMPARE(quota.freeAt(tenAnHour, Asker::Person, free), free);
        QCOMPARE(quota.freeAt(tenAnHour, Asker::Person, now, 1) - free, minuteMs);
    }
    void moreThanAWindowHoldsWaitsForALaterOne()
    {
        const Instant now = start + 10 * minuteMs;
        QCOMPARE(after(10).freeAt(tenAnHour, Asker::Person, now, 50), now + hourMs);
        QCOMPARE(Quota().freeAt(tenAnHour, Asker::Person, now, 50), now + hourMs);
    }
    void theScarcestWindowDecides()
    {
        const QList<HostWindow> windows{{2, secondMs}, {3, dayMs}};
        Quota quota = after(3, windows);
        QVERIFY(quota.freeAt(windows, Asker::Person, start + 3 * minuteMs) - start >= dayMs);
        QCOMPARE(quota.state(windows, start + 3 * minuteMs)->left, 0);
        QCOMPARE(quota.state(windows, start + 3 * minuteMs)->perMs, dayMs);
    }
    void eyesLeaveAFifthToPeople_data()
    {
        QTest::addColumn<int>("count");
        QTest::addColumn<qint64>("perMs");
        QTest::addColumn<int>("forEyes");
        QTest::newRow("an hour") << 10 << qint64(hourMs) << 8;
        QTest::newRow("rounded in favour of people") << 4 << qint64(dayMs) << 3;
        QTest::newRow("one is not kept from eyes for ever") << 1 << qint64(dayMs) << 1;
        QTest::newRow("a minute is short enough to wait for") << 10 << qint64(minuteMs) << 10;
    }
    void eyesLeaveAFifthToPeople()
    {
        QFETCH(int, count);
        QFETCH(qint64, perMs);
        QFETCH(int, forEyes);
        const QList<HostWindow> windows{{count, perMs}};
        for (const Asker asker : {Asker::Eye, Asker::OrderedEye, Asker::Person}) {
            Quota quota;
            int sent = 0;
            while (sent <= count && quota.freeAt(windows, asker, start) == start) {
                quota.note(windows, start);
                ++sent;
            }
            QCOMPARE(sent, asker == Asker::Person ? count : forEyes);
        }
    }
    void theServersWordCountsUntilItsReset()
    {
        Quota quota;
        quota.said(3, 10, start + 20 * minuteMs);
        QCOMPARE(quota.freeAt({}, Asker::Person, start), start);
        QCOMPARE(quota.state({}, start)->left, 3);
        quota.note({}, start);
        // Two are left, which is what people keep.
        QCOMPARE(quota.freeAt({}, Asker::Eye, start), start + 20 * minuteMs);
        QCOMPARE(quota.freeAt({}, Asker::Person, start), start);
        quota.note({}, start);
        quota.note({}, start);
        QCOMPARE(quota.freeAt({}, Asker::Person, start), start + 20 * minuteMs);
        QCOMPARE(quota.freeAt({}, Asker::Person, start + 20 * minuteMs), start + 20 * minuteMs);
        QVERIFY(!quota.state({}, start + 20 * minuteMs));
    }
    void whatReachedNobodyIsTakenBack()
    {
        Quota quota;
        quota.said(5, 10, start + hourMs);
        QList<Quota::Taken> taken;
        for (int i = 0; i < 10; ++i)
            taken.append(quota.note(tenAnHour, start + i * minuteMs));
        const Instant now = start + 10 * minuteMs;
        QVERIFY(quota.freeAt(tenAnHour, Asker::Person, now) >= start + hourMs);
        QCOMPARE(quota.state({}, now)->left, 0);
        quota.takeBack(tenAnHour, taken[9]); // the word had nothing left to take then
        QCOMPARE(quota.state({}, now)->left, 0);
        QCOMPARE(quota.state(tenAnHour, now)->left, 0);
        for (int i = 0; i < 9; ++i)
            quota.takeBack(tenAnHour, taken[i]);
        QCOMPARE(quota.state({}, now)->left, 5);
        QCOMPARE(quota.freeAt(tenAnHour, Asker::Person, now), now);
    }
    void itIsTakenBackFromWhereItWasCounted()
    {
        const QList<HostWindow> twoAMinute{{2, minuteMs}};
        Quota quota;
        const auto first = quota.note(twoAMinute, start);
        quota.note(twoAMinute, start + 30 * secondMs);
        quota.takeBack(twoAMinute, first);
        quota.note(twoAMinute, start + 35 * secondMs);
        QVERIFY(quota.freeAt(twoAMinute, Asker::Person, start + 61 * secondMs)
                >= start + 90 * secondMs);
    }
    void aLaterWordOfTheServerStands()
    {
        Quota quota;
        quota.said(5, 10, start + hourMs);
        const auto taken = quota.note({}, start);
        quota.said(0, 10, start + hourMs);
        quota.takeBack({}, taken);
        QCOMPARE(quota.state({}, start)->left, 0);
    }
    void aRestoredWordIsTakenBackOnlyWhereItWasCounted()
    {
        Quota quota;
        quota.said(1, 10, start + hourMs);
        Quota restored = Quota::restored(quota.saved(start), start);
        const auto counted = restored.note({}, start);
        const auto beyond = restored.note({}, start);
        restored.takeBack({}, beyond);
        QCOMPARE(restored.state({}, start)->left, 0);
        restored.takeBack({}, counted);
        QCOMPARE(restored.state({}, start)->left, 1);
    }
    void shortWindowsPaceAlsoWhatReachedNobody()
    {
        const QList<HostWindow> oneASecond{{1, secondMs}};
        Quota quota;
        quota.takeBack(oneASecond, quota.note(oneASecond, start));
        QVERIFY(quota.freeAt(oneASecond, Asker::Person, start) >= start + secondMs);
    }
    void whatWasUsedBindsOnAfterARestart()
    {
        const Instant now = start + 10 * minuteMs;
        Quota before = after(10);
        before.said(0, 100, now + 2 * hourMs);
        const QByteArray saved = before.saved(now);
        const Quota restored = Quota::restored(saved, now);
        QCOMPARE(restored.saved(now), saved);
        QCOMPARE(restored.freeAt(tenAnHour, Asker::Person, now), now + 2 * hourMs);
        QCOMPARE(Quota::restored(saved, now + 3 * hourMs)
                     .freeAt(tenAnHour, Asker::Eye, now + 3 * hourMs),
                 now + 3 * hourMs);
        QVERIFY(before.saved(now + 3 * hourMs).isEmpty());
        QVERIFY(after(1, {{1, secondMs}}).saved(start).isEmpty());
    }
    void whatIsSavedWronglyKeepsNothingShutForLong_data()
    {
        QTest::addColumn<QByteArray>("saved");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("no JSON") << QByteArray("{[");
        QTest::newRow("texts") << QByteArray(R"({"sent":{"x":["y"]},"said":["a","b","c"]})");
        // As after a clock that was years ahead.
        QTest::newRow("far future") << QByteArray(
            R"({"sent":{"3600000":[[9999999999999,10]]},"said":[0,1,9999999999999]})");
        QTest::newRow("negative") << QByteArray(R"({"sent":{"3600000":[[1700003600000,-5]]}})");
    }
    void whatIsSavedWronglyKeepsNothingShutForLong()
    {
        QFETCH(QByteArray, saved);
        const Quota quota = Quota::restored(saved, start);
        const Instant free = quota.freeAt(tenAnHour, Asker::Person, start);
        QVERIFY(free - start <= hourMs + hourMs / 100);
    }
    void manyRequestsAreCountedInLittleRoom()
    {
        const QList<HostWindow> windows{{1'000'000, dayMs}};
        Quota quota;
        for (int i = 0; i < 100'000; ++i)
            quota.note(windows, start + i * 500);
        QCOMPARE(quota.state(windows, start + 50'000 * secondMs)->left, 900'000);
        QVERIFY(quota.saved(start + 50'000 * secondMs).size() < 4'000);
    }
    void headersTellAQuota_data()
    {
        QTest::addColumn<QByteArray>("prefix");
        QTest::addColumn<QByteArray>("left");
        QTest::addColumn<QByteArray>("reset");
        QTest::addColumn<qint64>("seconds"); // from now; 0: no quota
        QTest::newRow("draft") << QByteArray("ratelimit-") << QByteArray("7") << QByteArray("60")
                               << qint64(60);
        QTest::newRow("epoch") << QByteArray("x-ratelimit-") << QByteArray("7")
                               << QByteArray("1700000090") << qint64(90);
        QTest::newRow("milliseconds") << QByteArray("x-ratelimit-") << QByteArray("7")
                                      << QByteArray("1700000090000") << qint64(90);
        QTest::newRow("date") << QByteArray("x-rate-limit-") << QByteArray("0")
                              << QByteArray("2023-11-14T22:15:20.000Z") << qint64(120);
        QTest::newRow("too far") << QByteArray("ratelimit-") << QByteArray("7")
                                 << QByteArray("99999999") << 31 * dayMs / secondMs;
        QTest::newRow("no number")
            << QByteArray("ratelimit-") << QByteArray("many") << QByteArray("60") << qint64(0);
        QTest::newRow("negative") << QByteArray("ratelimit-") << QByteArray("-1")
                                  << QByteArray("60") << qint64(0);
        QTest::newRow("past") << QByteArray("x-ratelimit-") << QByteArray("7")
                              << QByteArray("1600000000") << qint64(0);
        QTest::newRow("no reset") << QByteArray("x-ratelimit-") << QByteArray("7") << QByteArray()
                                  << qint64(0);
    }
    void headersTellAQuota()
    {
        QFETCH(QByteArray, prefix);
        QFETCH(QByteArray, left);
        QFETCH(QByteArray, reset);
        QFETCH(qint64, seconds);
        const auto told = saidQuota(
            {{prefix + "remaining", left}, {prefix + "limit", "100"}, {prefix + "reset", reset}},
            start);
        QCOMPARE(told.has_value(), seconds > 0);
        if (told) {
            QCOMPARE(told->left, left.toInt());
            QCOMPARE(told->limit, 100);
            QCOMPARE(told->reset, start + seconds * secondMs);
        }
    }
};

WG_TEST(tst_Quota)
#include "tst_quota.moc"
