// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/virtualclock.h"

#include "support/runner.h"

#include <QTest>

using namespace wg;

class TestVirtualClock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void standsStillUntilItIsMoved();
    void neverGoesBack();
    void timersWaitBySpeed();
};

void TestVirtualClock::standsStillUntilItIsMoved()
{
    const Instant start = Instant::fromSeconds(1'400'000'000);
    VirtualClock clock(start, 0);
    QVERIFY(!clock.isWall());
    QCOMPARE(clock.now().ms, start.ms);
    QCOMPARE(clock.realMsUntil(start), 0);
    QCOMPARE(clock.realMsUntil(start + 1), dayMs);
    clock.moveTo(start + 3 * dayMs);
    QCOMPARE(clock.now().ms, (start + 3 * dayMs).ms);
}

void TestVirtualClock::neverGoesBack()
{
    const Instant start = Instant::fromSeconds(1'400'000'000);
    VirtualClock clock(start, 0);
    clock.moveTo(start - dayMs);
    QCOMPARE(clock.now().ms, start.ms);
}

void TestVirtualClock::timersWaitBySpeed()
{
    const Instant start = Instant::fromSeconds(1'400'000'000);
    const VirtualClock clock(start, 3600);
    const qint64 wait = clock.realMsUntil(start + dayMs);
    QVERIFY2(wait > 20'000 && wait <= 24'001, qPrintable(QString::number(wait)));
    const Instant before = clock.now();
    QTRY_VERIFY_WITH_TIMEOUT(clock.now() - before >= minuteMs, 5000);
}

WG_TEST(TestVirtualClock)
#include "tst_virtualclock.moc"
