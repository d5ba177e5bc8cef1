// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal.h"
#include "support/runner.h"

#include <QTest>

using namespace wg;
using namespace Qt::StringLiterals;

/// The hybrid clock and the names of verbs.
class TestJournal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stampsFollowTheWallClock();
    void stampsGrowWhenTheWallClockDoesNot();
    void aFullCounterCarriesOn();
    void impossibleClocksDoNotWrap();
    void verbsHaveStableNames();
};

void TestJournal::stampsFollowTheWallClock()
{
    const auto stamp = HybridTime::next({}, {1'790'000'000'123});
    QCOMPARE(stamp.instant().ms, 1'790'000'000'123);
    QCOMPARE(stamp.packed & 0xffff, 0U);
}

void TestJournal::stampsGrowWhenTheWallClockDoesNot()
{
    auto last = HybridTime::next({}, {1000});
    for (const qint64 now : {1000, 1000, 999, 0, -5}) {
        const auto next = HybridTime::next(last, {now});
        QVERIFY(next > last);
        QCOMPARE(next.instant().ms, 1000);
        last = next;
    }
    QCOMPARE(HybridTime::next(last, {1001}).packed, quint64(1001) << 16);
}

void TestJournal::aFullCounterCarriesOn()
{
    HybridTime last{(quint64(1000) << 16) | 0xffff};
    const auto next = HybridTime::next(last, {1000});
    QVERIFY(next > last);
    QCOMPARE(next.instant().ms, 1001);
    QVERIFY(HybridTime::next(next, {1000}) > next);
}

void TestJournal::impossibleClocksDoNotWrap()
{
    const HybridTime most{std::numeric_limits<quint64>::max()};
    QCOMPARE(HybridTime::next(most, {1000}).packed, most.packed);
    const auto far = HybridTime::next({}, {std::numeric_limits<qint64>::max()});
    QCOMPARE(far.instant().ms, (qint64(1) << 48) - 1);
    QCOMPARE(HybridTime::next({}, {std::numeric_limits<qint64>::min()}).packed, 1U);
}

void TestJournal::verbsHaveStableNames()
{
    const QList<std::pair<Verb, QString>> names{
        {Verb::EyeOn, u"eye.on"_s},
        {Verb::EyeOff, u"eye.off"_s},
        {Verb::CardsAcknowledge, u"cards.acknowledge"_s},
        {Verb::CardsSnooze, u"cards.snooze"_s},
        {Verb::CardsReopen, u"cards.reopen"_s},
        {Verb::RuleAdd, u"rule.add"_s},
        {Verb::Release, u"release"_s},
        {Verb::Consent, u"consent"_s},
        {Verb::Forget, u"forget"_s},
        {Verb::Undo, u"undo"_s},
    };
    for (const auto &[verb, name] : names) {
        QCOMPARE(QString(verbName(verb)), name);
        QCOMPARE(verbByName(name), std::optional(verb));
    }
    for (const QString &name : {QString(), u"eye"_s, u"EYE.ON"_s, u"unknown"_s, u"eye.on "_s})
        QVERIFY(!verbByName(name));
}

WG_TEST(TestJournal)
#include "tst_journal.moc"
