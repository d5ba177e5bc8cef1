// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/runner.h"
#include "watch/deltas.h"
#include "watch/schedule.h"
#include "watch/watcher.h"

#include <QTest>

using namespace wg;
using namespace wg::test;

class TstSchedule : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theEarliestIsTakenFirstAndOnlyOnce()
    {
        Schedule schedule(1);
        schedule.want(domain("b.example.com"), 0, day0 + 2);
        schedule.want(domain("a.example.com"), 0, day0 + 1);
        QVERIFY(!schedule.take(0, day0));
        QCOMPARE(schedule.take(0, day0 + 5)->subject, domain("a.example.com"));
        QCOMPARE(schedule.take(0, day0 + 5)->subject, domain("b.example.com"));
        QVERIFY(!schedule.take(0, day0 + 5));
    }

    void aDoneSlotComesBackWhenItIsDue()
    {
        Schedule schedule(1);
        schedule.want(domain("a.example.com"), 0, day0);
        const auto turn = schedule.take(0, day0);
        schedule.done(turn->slot, day0 + hourMs, 2);
        QVERIFY(!schedule.take(0, day0 + hourMs - 1));
        const auto again = schedule.take(0, day0 + hourMs);
        QVERIFY(again);
        QCOMPARE(again->failures, 2);
    }

    void aSubjectIsAskedOnceHoweverManyEyesShareIt()
    {
        Schedule schedule(1);
        for (int i = 0; i < 14; ++i)
            schedule.want(domain("example.com"), 0, day0 + i);
        QCOMPARE(schedule.size(), 1);
        QVERIFY(schedule.take(0, day0 + 20));
        QVERIFY(!schedule.take(0, day0 + 20));
    }

    void theLastEyeTakesTheSlotOut()
    {
        Schedule schedule(1);
        schedule.want(domain("example.com"), 0, day0);
        schedule.want(domain("example.com"), 0, day0);
        schedule.unwant(domain("example.com"), 0);
        QVERIFY(schedule.find(domain("example.com"), 0));
        schedule.unwant(domain("example.com"), 0);
        QVERIFY(!schedule.find(domain("example.com"), 0));
        QVERIFY(!schedule.take(0, day0));
        schedule.want(domain("example.com"), 0, day0 + 7);
        QCOMPARE(schedule.nextDue(0)->ms, (day0 + 7).ms);
    }

    void hastenNeverDelays()
    {
        Schedule schedule(1);
        const quint32 slot = schedule.want(domain("example.com"), 0, day0);
        schedule.hasten(slot, day0 + hourMs);
        QCOMPARE(schedule.nextDue(0)->ms, day0.ms);
        schedule.hasten(slot, day0 - hourMs);
        QCOMPARE(schedule.nextDue(0)->ms, (day0 - hourMs).ms);
    }

    void aWeekOfClosedLaptopIsOnePassSpread()
    {
        Schedule schedule(1);
        for (int i = 0; i < 1000; ++i)
            schedule.want(
                domain(QByteArray("n" + QByteArray::number(i) + ".example.com").constData()), 0,
                day0 - 7 * dayMs + i);
        QCOMPARE(schedule.spreadOverdue(0, day0, 10 * minuteMs), 1000);
        int taken = 0;
        int mostAtOnce = 0;
        for (qint64 t = 0; t <= 10 * minuteMs; t += secondMs) {
            int now = 0;
            while (const auto turn = schedule.take(0, day0 + t)) {
                schedule.done(turn->slot, day0 + t + hourMs, 0);
                ++now;
            }
            taken += now;
            mostAtOnce = std::max(mostAtOnce, now);
        }
        QCOMPARE(taken, 1000);
        QVERIFY2(mostAtOnce <= 5, qPrintable(QString::number(mostAtOnce)));
    }

    void aClockSetBackDoesNotSilenceForAYear()
    {
        Schedule schedule(1);
        schedule.want(domain("example.com"), 0, day0 + 365 * dayMs);
        schedule.clampFuture(0, day0, hourMs);
        QVERIFY(*schedule.nextDue(0) <= day0 + hourMs);
    }

    void failuresBackOffAndConfirmationsHasten()
    {
        AskedState state;
        state.lastAsked = day0;
        QCOMPARE(dueAfter(state, hourMs).ms, (day0 + hourMs).ms);
        state.failures = 1;
        QCOMPARE(dueAfter(state, dayMs).ms, (day0 + 30 * secondMs).ms);
        state.failures = 3;
        QCOMPARE(dueAfter(state, dayMs).ms, (day0 + 120 * secondMs).ms);
        state.failures = 200;
        QCOMPARE(dueAfter(state, dayMs).ms, (day0 + hourMs).ms);
        state.failures = 0;
        state.confirmAt = day0 + 15 * minuteMs;
        QCOMPARE(dueAfter(state, dayMs).ms, (day0 + 15 * minuteMs).ms);
    }
};

WG_TEST(TstSchedule)
#include "tst_schedule.moc"
