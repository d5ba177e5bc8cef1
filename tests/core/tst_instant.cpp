// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/instant.h"
#include "support/runner.h"

#include <QTest>

using namespace wg;
using namespace Qt::StringLiterals;

/// Moments, their text and the reading of foreign dates.
class TestInstant : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsDates_data();
    void readsDates();
    void refusesImpossibleDates_data();
    void refusesImpossibleDates();
    void writesWholeSecondsInUtc();
    void agreesWithQtOnRandomMoments();
    void yearsBeyondFourDigitsAreClamped();
    void secondsRoundDown();
    void cutDatesNeverReadAsAnotherDay();
};

void TestInstant::readsDates_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("ms");
    const auto add = [](const char *text, qint64 ms) {
        QTest::newRow(text) << QString::fromLatin1(text) << ms;
    };
    add("1970-01-01T00:00:00Z", 0);
    add("1970-01-01", 0);
    add("1970-01-01 00:00:00", 0);
    add("1969-12-31T23:59:59Z", -1000);
    add("2026-11-22T04:10:00Z", 1795320600000);
    add("2026-11-22t04:10:00z", 1795320600000);
    add("2026-11-22T05:10:00+01:00", 1795320600000);
    add("2026-11-21T22:40:00-05:30", 1795320600000);
    add("2026-11-22T05:10:00+0100", 1795320600000);
    add("2026-11-22T05:10:00+01", 1795320600000);
    add("2026-11-22T04:10:00.5Z", 1795320600500);
    add("2026-11-22T04:10:00.123456789Z", 1795320600123);
    add("2026-11-22 04:10:00.250", 1795320600250);
    add("2026-11-22T04:10Z", 1795320600000);
    add("2026-11-22T04:10:00", 1795320600000);
    add(" 2026-11-22T04:10:00Z\n", 1795320600000);
    add("2016-12-31T23:59:60Z", 1483228800000);
    add("2024-02-29", 1709164800000);
    add("2000-02-29", 951782400000);
    add("0001-01-01", -62135596800000);
    add("9999-12-31T23:59:59Z", 253402300799000);
}

void TestInstant::readsDates()
{
    QFETCH(QString, text);
    QFETCH(qint64, ms);
    const auto read = parseInstant(text);
    QVERIFY(read);
    QCOMPARE(read->ms, ms);
}

void TestInstant::refusesImpossibleDates_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"",
                             " ",
                             "2026",
                             "2026-11",
                             "2026-13-01",
                             "2026-00-01",
                             "2026-01-00",
                             "2026-02-29",
                             "1900-02-29",
                             "2026-04-31",
                             "0000-01-01",
                             "26-11-22",
                             "2026-1-2",
                             "2026/11/22",
                             "22.11.2026",
                             "2026-11-22T",
                             "2026-11-22T24:00:00Z",
                             "2026-11-22T23:60:00Z",
                             "2026-11-22T23:59:61Z",
                             "2026-11-22T04:10:00.Z",
                             "2026-11-22T04:10:00+24:00",
                             "2026-11-22T04:10:00+01:60",
                             "2026-11-22T04:10:00+",
                             "2026-11-22T04:10:00+1",
                             "2026-11-22T04:10:00Zx",
                             "2026-11-22x",
                             "2026-11-22T04",
                             "2026-11-22T4:10:00Z",
                             "-2026-11-22",
                             "2026-11-22T04:10:00 UTC",
                             "+2026-11-22",
                             "2026-11-22T04:10:00+01:",
                             "2026-11-22T-4:10:00Z",
                             "REDACTED FOR PRIVACY",
                             "before 2001",
                             "99999999999999999999"})
        QTest::newRow(text) << QString::fromLatin1(text);
    QTest::newRow("arabic digits") << u"٢٠٢٦-١١-٢٢"_s;
    QTest::newRow("ten million digits") << QString(10'000'000, u'1');
}

void TestInstant::refusesImpossibleDates()
{
    QFETCH(QString, text);
    QVERIFY(!parseInstant(text));
}

void TestInstant::writesWholeSecondsInUtc()
{
    QCOMPARE(toRfc3339({1795320600999}), u"2026-11-22T04:10:00Z"_s);
    QCOMPARE(toRfc3339({-1}), u"1969-12-31T23:59:59Z"_s);
    QCOMPARE(toDay({1795320600999}), u"2026-11-22"_s);
    QCOMPARE(toDay({-1}), u"1969-12-31"_s);
    QCOMPARE(toDay({0}), u"1970-01-01"_s);
}

void TestInstant::agreesWithQtOnRandomMoments()
{
    QRandomGenerator64 random(5);
    for (int i = 0; i < 20'000; ++i) {
        const Instant t{qint64(random.bounded(quint64(253402300799000ULL + 62135596800000ULL)))
                        - 62135596800000LL};
        QCOMPARE(toRfc3339(t), t.utc().toString(u"yyyy-MM-ddThh:mm:ssZ"_s));
        QCOMPARE(parseInstant(toRfc3339(t))->seconds(), t.seconds());
    }
}

void TestInstant::yearsBeyondFourDigitsAreClamped()
{
    QCOMPARE(toDay({std::numeric_limits<qint64>::max()}), u"9999-12-31"_s);
    QCOMPARE(toDay({std::numeric_limits<qint64>::min()}), u"0001-01-01"_s);
    QCOMPARE(toRfc3339({std::numeric_limits<qint64>::min()}).size(), 20);
}

void TestInstant::secondsRoundDown()
{
    QCOMPARE(Instant{1999}.seconds(), 1);
    QCOMPARE(Instant{-1}.seconds(), -1);
    QCOMPARE(Instant{-1000}.seconds(), -1);
    QCOMPARE(Instant{-1001}.seconds(), -2);
    QCOMPARE(Instant::fromSeconds(7).ms, 7000);
}

void TestInstant::cutDatesNeverReadAsAnotherDay()
{
    const QString whole = u"2026-11-22T04:10:33.250+01:30"_s;
    const auto full = parseInstant(whole);
    QVERIFY(full);
    for (qsizetype size = 0; size < whole.size(); ++size) {
        if (const auto cut = parseInstant(QStringView(whole).first(size)))
            QVERIFY(qAbs(*cut - *full) < dayMs);
        else
            QVERIFY(size != 10 && size != 19);
    }
}

WG_TEST(TestInstant)
#include "tst_instant.moc"
