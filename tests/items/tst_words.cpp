// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/words.h"
#include "support/runner.h"

#include <QTest>

using namespace wg;
using namespace Qt::StringLiterals;

class tst_Words : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aToolTipShowsLinesAndNothingOfTheirMarkup()
    {
        const auto tip = Words::toolTip(
            {QStringLiteral("one"), QString(), QStringLiteral("<b>two</b>\u202e\nthree")});
        QCOMPARE(tip.count(QStringLiteral("<br/>")), 1);
        QVERIFY(!tip.contains(QStringLiteral("<b>")) && !tip.contains(QChar(0x202e)));
        QVERIFY(tip.contains(QStringLiteral("one<br/>&lt;b&gt;two")));
        QVERIFY(Words::toolTip({}).isEmpty() && Words::toolTip({QString()}).isEmpty());
    }
    void timesAreRelativeWhenFreshAndADayWhenNot()
    {
        const Instant now{1'700'000'000'000};
        QCOMPARE(Words::when(now - 10'000, now), u"just now"_s);
        QCOMPARE(Words::when(now - 5 * minuteMs, now), u"5 min ago"_s);
        QCOMPARE(Words::when(now - 2 * hourMs, now), u"2 h ago"_s);
        QCOMPARE(Words::when(now - 3 * dayMs, now), u"3 d ago"_s);
        QCOMPARE(Words::when(now - 30 * dayMs, now), toDay(now - 30 * dayMs));
        QCOMPARE(Words::when(now + 20 * minuteMs, now), u"in 20 min"_s);
        QCOMPARE(Words::when(std::nullopt, now), u"–"_s);
    }
    void exactTimesNameUtc()
    {
        QVERIFY(Words::exact(Instant{0}).startsWith(u"1970-01-01 00:00:00 UTC"));
    }
    void everyErrorHasASentenceAndHostileDetailIsMadeVisible()
    {
        for (int code = 0; code <= int(ErrorCode::Failed); ++code)
            QVERIFY(!Words::error({ErrorCode(code), {}}).isEmpty());
        const auto words = Words::error({ErrorCode::Unreachable, u"a\u202eb"_s});
        QVERIFY(!words.contains(QChar(0x202e)));
    }
    void everyValueHasAWord()
    {
        for (int i = 1; i <= 14; ++i)
            QVERIFY(!Words::datasetTitle(Dataset(i)).isEmpty());
        for (int i = 1; i <= 7; ++i)
            QVERIFY(!Words::outcome(Outcome(i)).isEmpty());
        for (int i = 1; i <= 4; ++i)
            QVERIFY(!Words::novelty(Novelty(i)).isEmpty()
                    && !Words::change(ChangeKind(i)).isEmpty());
        Card card;
        for (int i = 1; i <= 15; ++i) {
            card.cause = Cause(i);
            QVERIFY(!Words::cause(card).isEmpty());
        }
    }
    void whatIsNewIsCalledByItsKind()
    {
        Card card;
        card.cause = Cause::NewRecords;
        card.changeCount = 2;
        card.datasets = {Dataset::Certificates};
        QVERIFY(Words::cause(card).contains(u"certificate"_s));
        card.datasets.append(Dataset::Dns);
        QVERIFY(Words::cause(card).contains(u"record"_s));
    }
};

WG_TEST(tst_Words)
#include "tst_words.moc"
