// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/dnspace.h"
#include "support/runner.h"

#include <QTest>
#include <vector>

using namespace wg;

/// How many questions a server is trusted with.
class tst_DnsPace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theWindowOpensWithTheAnswers();
    void whatIsLostTogetherHalvesItOnce();
    void afterALossItGrowsByOneARound();
    void aServerThatLosesEverythingKeepsAFewPlaces();
    void aFewDeadNamesAreNoLoss();
    void aServerThatComesBackIsANewOne();

private:
    /// Fills the window; the numbers of what was sent.
    static std::vector<quint64> fill(DnsPace &pace);
    /// So many answers, the window being full all the time.
    static void answer(DnsPace &pace, int answers);
};

std::vector<quint64> tst_DnsPace::fill(DnsPace &pace)
{
    std::vector<quint64> numbers;
    while (pace.hasRoom()) {
        pace.enter();
        numbers.push_back(pace.number());
    }
    return numbers;
}

void tst_DnsPace::answer(DnsPace &pace, int answers)
{
    for (int i = 0; i < answers; ++i) {
        fill(pace);
        pace.answered();
        pace.leave();
    }
}

void tst_DnsPace::theWindowOpensWithTheAnswers()
{
    DnsPace pace(1000);
    QCOMPARE(pace.window(), DnsPace::first);
    answer(pace, 2000);
    QCOMPARE(pace.window(), 1000);
    answer(pace, 1000);
    QCOMPARE(pace.window(), 1000);
    QCOMPARE(DnsPace(4).window(), 4);
}

void tst_DnsPace::whatIsLostTogetherHalvesItOnce()
{
    DnsPace pace(64);
    const auto numbers = fill(pace);
    for (const quint64 number : numbers)
        pace.lost(number);
    QCOMPARE(pace.window(), DnsPace::first / 2);
}

void tst_DnsPace::afterALossItGrowsByOneARound()
{
    DnsPace pace(1000);
    const auto numbers = fill(pace);
    for (const quint64 number : numbers) {
        pace.lost(number);
        pace.leave();
    }
    const int window = pace.window();
    answer(pace, window);
    QCOMPARE(pace.window(), window + 1);
}

void tst_DnsPace::aServerThatLosesEverythingKeepsAFewPlaces()
{
    DnsPace pace(1000);
    for (int round = 0; round < 20; ++round) {
        const auto numbers = fill(pace);
        for (const quint64 number : numbers) {
            pace.lost(number);
            pace.leave();
        }
    }
    QCOMPARE(pace.window(), DnsPace::least);
    QCOMPARE(DnsPace(2).window(), 2);
}

void tst_DnsPace::aFewDeadNamesAreNoLoss()
{
    DnsPace pace(1000);
    answer(pace, 2000);
    const auto send = [&pace](int deadOnesInTwenty) {
        for (int i = 0; i < 2000; ++i) {
            pace.enter();
            const quint64 number = pace.number();
            if (i % 20 < deadOnesInTwenty)
                pace.lost(number);
            else
                pace.answered();
            pace.leave();
        }
    };
    send(1);
    QCOMPARE(pace.window(), 1000);
    send(5);
    QVERIFY2(pace.window() < 100, qPrintable(QString::number(pace.window())));
}

void tst_DnsPace::aServerThatComesBackIsANewOne()
{
    DnsPace pace(1000);
    answer(pace, 2000);
    pace.restart();
    QCOMPARE(pace.window(), DnsPace::first);
}

WG_TEST(tst_DnsPace)

#include "tst_dnspace.moc"
