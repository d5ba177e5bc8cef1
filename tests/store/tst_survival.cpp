// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench.h"
#include "core/ids.h"
#include "support/runner.h"

#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QProcess>
#include <QRandomGenerator>
#include <QTest>
#include <sys/resource.h>

using namespace Qt::StringLiterals;
using namespace wg;
using namespace wg::test;

/// Deaths at any moment, a full disk, and a large import.
class tst_Survival : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatWasAcknowledgedSurvivesKillsAndNothingIsTwice();
    void aFullDiskIsSaidAndGoesAway();
    void aLargeImportIsStored();
    void manyUnchangedChecksAreCheap();
};

void tst_Survival::whatWasAcknowledgedSurvivesKillsAndNothingIsTwice()
{
    QTemporaryDir folder;
    int next = 0;
    for (int round = 0; round < 20; ++round) {
        QProcess child;
        child.start(QStringLiteral(CRASH_CHILD), {folder.path(), QString::number(next)});
        QVERIFY(child.waitForStarted());
        const int target = next + 1 + round % 5;
        int acknowledged = next - 1;
        while (acknowledged < target) {
            QVERIFY2(child.canReadLine() || child.waitForReadyRead(20'000), "the child is silent");
            while (child.canReadLine()) {
                const QByteArray line = child.readLine().trimmed();
                bool number = false;
                acknowledged = line.toInt(&number);
                QVERIFY2(number, line.constData());
            }
        }
        // Somewhere inside the next transaction, on the next round elsewhere.
        const QDeadlineTimer moment(
            std::chrono::microseconds(QRandomGenerator::global()->bounded(3000U)));
        while (!moment.hasExpired()) { }
        child.kill();
        QVERIFY(child.waitForFinished());
        for (const QByteArray &line : child.readAll().split('\n')) {
            if (!line.isEmpty() && child.exitStatus() == QProcess::CrashExit)
                acknowledged = std::max(acknowledged, line.trimmed().toInt());
        }
        HeldClock clock;
        auto opened = openForWriting({folder.path(), {}, &clock});
        QVERIFY2(opened.ok(), "cannot open after a kill");
        QVERIFY(opened->opening.keptAside.isEmpty());
        Reader reader(*opened->database, clock);
        const qint64 cards = reader.cards({})->total;
        QVERIFY2(cards == acknowledged + 1 || cards == acknowledged + 2,
                 qPrintable(u"%1 cards, %2 acknowledged"_s.arg(cards).arg(acknowledged + 1)));
        QCOMPARE(*reader.integrity(), QStringList{u"ok"_s});
        // The last ones are repeated, as a scheduler does that does not know whether they were
        // kept.
        next = acknowledged;
    }
}

void tst_Survival::aFullDiskIsSaidAndGoesAway()
{
    QTemporaryDir folder;
    QProcess child;
    child.start(QStringLiteral(CRASH_CHILD), {folder.path(), u"0"_s, u"1400000"_s});
    QVERIFY(child.waitForFinished(120'000));
    const QByteArrayList lines = child.readAll().trimmed().split('\n');
    QCOMPARE(child.exitStatus(), QProcess::NormalExit);
    QVERIFY2(lines.constLast().startsWith("error " + QByteArray::number(int(ErrorCode::DiskFull))),
             lines.constLast().constData());
    const int acknowledged = int(lines.size()) - 1;
    QVERIFY(acknowledged > 0);
    HeldClock clock;
    auto opened = openForWriting({folder.path(), {}, &clock});
    QVERIFY(opened.ok());
    Reader reader(*opened->database, clock);
    QCOMPARE(reader.cards({})->total, acknowledged);
    QCOMPARE(*reader.integrity(), QStringList{u"ok"_s});
    Writer writer(*opened->database, clock);
    QVERIFY(writer.setSetting(u"room"_s, u"again"_s).ok());
}

void tst_Survival::aLargeImportIsStored()
{
    Bench bench;
    bench.journal(Verb::EyeOn, {domain(u"n77.example"_s)});
    constexpr int most = 200'000;
    QRandomGenerator random(4711);
    QList<Record> records;
    records.reserve(most);
    for (int i = 0; i < most; ++i) {
        const quint32 bits = random.generate();
        Record fact =
            record(domain(u"n%1.example"_s.arg(bits % 20'000)), Dataset::Resolutions, u"A"_s,
                   u"10.%1.%2.%3"_s.arg(bits >> 24).arg(bits >> 16 & 255).arg(bits >> 8 & 255));
        fact.worldFirst = bench.clock.now() - 10 * dayMs;
        fact.worldLast = bench.clock.now() - dayMs;
        records.append(fact);
    }
    for (int round = 0; round < 2; ++round) {
        bench.clock.forward(dayMs);
        QElapsedTimer timer;
        timer.start();
        int added = 0;
        for (int from = 0; from < most; from += 100'000) {
            const auto report = bench.writer->import(
                u"files"_s, batchOf(records.mid(from, 100'000)), bench.clock.now(), bench.rules);
            QVERIFY(report.ok());
            added += report->newFacts;
        }
        const auto report = bench.writer->import(u"files"_s, {}, bench.clock.now(), bench.rules);
        QCOMPARE(report->cards.size(), round == 0 ? 1 : 0);
        QVERIFY(round == 0 ? added > 190'000 : added == 0);
        qInfo("import %d: %.1f us a record", round + 1,
              double(timer.nsecsElapsed()) / 1000.0 / most);
    }
    QVERIFY(!bench.facts(domain(u"n5.example"_s), Dataset::Resolutions).isEmpty());
}

void tst_Survival::manyUnchangedChecksAreCheap()
{
    Bench bench;
    constexpr int names = 2000;
    const QStringList types{u"A"_s, u"AAAA"_s, u"NS"_s, u"MX"_s, u"TXT"_s, u"SOA"_s};
    rusage before{};
    for (int round = 0; round < 4; ++round) {
        bench.clock.forward(hourMs);
        QList<Pass> passes;
        for (int i = 0; i < names; ++i) {
            const QString name = u"n%1.example"_s.arg(i);
            Pass pass{domain(name), u"dns@192.0.2.53"_s, Purpose::Poll, {}, {}};
            for (const QString &type : types)
                pass.observations.append(bench.answer(name, type, {u"192.0.2.1"_s}));
            passes.append(pass);
        }
        if (round == 1)
            getrusage(RUSAGE_SELF, &before);
        const qint64 rows = bench.database->totalChanges();
        rusage start{};
        getrusage(RUSAGE_SELF, &start);
        const auto report = bench.take(passes);
        rusage end{};
        getrusage(RUSAGE_SELF, &end);
        const auto cpu = [](const rusage &use) {
            return double(use.ru_utime.tv_sec + use.ru_stime.tv_sec) * 1e6
                + double(use.ru_utime.tv_usec + use.ru_stime.tv_usec);
        };
        qInfo("round %d: %.2f us CPU a question", round, (cpu(end) - cpu(start)) / (names * 6));
        if (round > 0) {
            QCOMPARE(report.unchanged, names * 6);
            QCOMPARE(bench.database->totalChanges() - rows, qint64(names)); // one an ask
        }
    }
}

WG_TEST(tst_Survival)

#include "tst_survival.moc"
