// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench.h"
#include "core/ids.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace wg;
using namespace wg::test;

Q_DECLARE_METATYPE(wg::Engine)

/// What people do, and its undo.
class tst_Journal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void offAndUndoneKeepsTheBaseline_data();
    void offAndUndoneKeepsTheBaseline();
    void offAndOnAgainIsANewBaseline();
    void undoOfOnSwitchesOff();
    void theNumberOfEyesFollowsEverySwitch();
    void undoGoesBackEntryByEntry();
    void anEntryMayHoldManyTargets();
    void anEntryIsAppliedOnce();
    void whatIsUnknownOrAheadOfTimeIsRefused();
    void nothingToUndoIsSaid();
    void whatChangesNothingIsNotKept();
    void anUndoTellsWhatItTookBack();
    void cardsThatDoNotExistAreNamed();
    void everyAuthorUndoesTheirOwn();
    void consentsAndReleasesAreReadFromTheJournal();
};

void tst_Journal::offAndUndoneKeepsTheBaseline_data()
{
    QTest::addColumn<Engine>("engine");
    QTest::newRow("sqlite") << Engine::Sqlite;
    QTest::newRow("postgres") << Engine::Postgres;
}

void tst_Journal::offAndUndoneKeepsTheBaseline()
{
    QFETCH(Engine, engine);
    Bench bench(engine);
    const Artifact name = domain(u"example.com"_s);
    QCOMPARE(bench.journal(Verb::EyeOn, {name}).switchedOn, QList<Artifact>{name});
    const Instant since = bench.clock.now();
    bench.dns(name.value, u"A"_s, {u"192.0.2.1"_s}, Outcome::Complete, {}, Purpose::Baseline);
    const Instant baseline = bench.clock.now();
    bench.clock.forward(dayMs);
    QCOMPARE(bench.journal(Verb::EyeOff, {name}).switchedOff, QList<Artifact>{name});
    QVERIFY(!*bench.reader->isWatched(name));
    QCOMPARE(bench.reader->eyes(0, 10)->size(), 0);
    const auto report = bench.journal(Verb::Undo, {});
    QVERIFY(report.baselineKept);
    QCOMPARE(report.switchedOn, QList<Artifact>{name});
    QVERIFY(!report.entry.basedOn.isNull());
    const auto eyes = *bench.reader->eyes(0, 10);
    QCOMPARE(eyes.size(), 1);
    QCOMPARE(eyes[0].since, since);
    QCOMPARE(eyes[0].baselineAt, baseline);
}

void tst_Journal::offAndOnAgainIsANewBaseline()
{
    Bench bench;
    const Artifact name = domain(u"example.com"_s);
    bench.journal(Verb::EyeOn, {name});
    bench.dns(name.value, u"A"_s, {u"192.0.2.1"_s}, Outcome::Complete, {}, Purpose::Baseline);
    const Instant baseline = bench.clock.now();
    bench.journal(Verb::EyeOff, {name});
    bench.clock.forward(dayMs);
    const auto report = bench.journal(Verb::EyeOn, {name});
    QCOMPARE(report.replacedBaseline, baseline);
    auto eyes = *bench.reader->eyes(0, 10);
    QCOMPARE(eyes[0].since, bench.clock.now());
    QVERIFY(!eyes[0].baselineAt);
    // Undoing that puts the old one back, off; undoing the "off" before, on again.
    bench.journal(Verb::Undo, {});
    QVERIFY(!*bench.reader->isWatched(name));
    bench.journal(Verb::Undo, {});
    eyes = *bench.reader->eyes(0, 10);
    QCOMPARE(eyes[0].baselineAt, baseline);
}

void tst_Journal::undoOfOnSwitchesOff()
{
    Bench bench;
    const Artifact name = domain(u"example.com"_s);
    bench.journal(Verb::EyeOn, {name});
    QCOMPARE(bench.journal(Verb::EyeOn, {name}).already, QList<Artifact>{name});
    QCOMPARE(bench.journal(Verb::Undo, {}).switchedOff, QList<Artifact>{name});
    QVERIFY(!*bench.reader->isWatched(name));
    QCOMPARE(*bench.reader->watchedCount(), 0);
}

void tst_Journal::theNumberOfEyesFollowsEverySwitch()
{
    Bench bench;
    const Artifact a = domain(u"a.example"_s);
    const Artifact b = domain(u"b.example"_s);
    const auto watched = [&bench] { return *bench.reader->watchedCount(); };
    bench.journal(Verb::EyeOn, {a, b});
    QCOMPARE(watched(), 2);
    bench.journal(Verb::EyeOn, {a});
    QCOMPARE(watched(), 2);
    bench.journal(Verb::EyeOff, {a});
    bench.journal(Verb::EyeOff, {a});
    QCOMPARE(watched(), 1);
    bench.journal(Verb::EyeOn, {a});
    QCOMPARE(watched(), 2);
    bench.journal(Verb::Undo, {});
    QCOMPARE(watched(), 1);
    QCOMPARE(*bench.reader->integrity(), QStringList{u"ok"_s});
}

void tst_Journal::undoGoesBackEntryByEntry()
{
    Bench bench;
    bench.journal(Verb::EyeOn, {domain(u"a.example"_s)});
    bench.clock.forward(1);
    const auto second = bench.journal(Verb::EyeOn, {domain(u"b.example"_s)}).entry;
    QCOMPARE(bench.reader->undoable(bench.author.id)->id, second.id);
    QCOMPARE(bench.reader->undoable(bench.author.id)->entities,
             QList<Artifact>{domain(u"b.example"_s)});
    bench.journal(Verb::Undo, {}, {}, {}, second.id);
    QVERIFY(*bench.reader->isWatched(domain(u"a.example"_s)));
    QVERIFY(!*bench.reader->isWatched(domain(u"b.example"_s)));
    bench.journal(Verb::Undo, {});
    QVERIFY(!*bench.reader->isWatched(domain(u"a.example"_s)));
    QCOMPARE(bench.reader->undoable(bench.author.id).error().code, ErrorCode::NotFound);
}

void tst_Journal::anEntryMayHoldManyTargets()
{
    Bench bench;
    QList<Artifact> names;
    for (int i = 0; i < 500; ++i)
        names.append(domain(u"n%1.example"_s.arg(i)));
    QCOMPARE(bench.journal(Verb::EyeOn, names).switchedOn.size(), 500);
    MonitorQuery query;
    query.limit = 300;
    auto page = *bench.reader->monitors(query);
    QCOMPARE(page.total, 500);
    QCOMPARE(page.monitors.size(), 300);
    QCOMPARE(page.nextRow, page.monitors.constLast().row);
    query.afterRow = page.nextRow;
    page = *bench.reader->monitors(query);
    QCOMPARE(page.monitors.size(), 200);
    QVERIFY(!page.nextRow);
    MonitorQuery filter;
    filter.filter = u"N49"_s;
    QCOMPARE(bench.reader->monitors(filter)->monitors.size(), 11);
    QVERIFY(!bench.reader->monitors(filter)->nextRow);
    QCOMPARE(bench.reader->monitors(filter)->monitors[0].author, u"Ada"_s);
    bench.journal(Verb::Undo, {});
    QCOMPARE(*bench.reader->watchedCount(), 0);
}

void tst_Journal::anEntryIsAppliedOnce()
{
    Bench bench;
    const auto entry = bench.journal(Verb::EyeOn, {domain(u"a.example"_s)}).entry;
    bench.clock.forward(1);
    bench.journal(Verb::EyeOff, {domain(u"a.example"_s)});
    QVERIFY(bench.writer->apply(entry).ok());
    QVERIFY(!*bench.reader->isWatched(domain(u"a.example"_s)));
}

void tst_Journal::whatIsUnknownOrAheadOfTimeIsRefused()
{
    Bench bench;
    JournalEntry entry;
    entry.id = newUuid(bench.clock.now());
    entry.author = bench.author;
    entry.time = HybridTime::next({}, bench.clock.now());
    entry.verb = Verb::CardsAcknowledge;
    entry.cards = {QUuid::createUuid()};
    QCOMPARE(bench.writer->apply(entry).error().code, ErrorCode::NotFound);
    entry.verb = Verb::EyeOn;
    entry.cards.clear();
    entry.entities = {domain(u"a.example"_s)};
    entry.time = HybridTime::next({}, bench.clock.now() + 6 * minuteMs);
    QCOMPARE(bench.writer->apply(entry).error().code, ErrorCode::Refused);
    QVERIFY(!*bench.reader->isWatched(domain(u"a.example"_s)));
    // The refused ones left nothing behind, not even interned names.
    entry.time = HybridTime::next({}, bench.clock.now());
    QVERIFY(bench.writer->apply(entry).ok());
    QVERIFY(*bench.reader->isWatched(domain(u"a.example"_s)));
}

void tst_Journal::nothingToUndoIsSaid()
{
    Bench bench;
    JournalEntry entry;
    entry.id = newUuid(bench.clock.now());
    entry.author = bench.author;
    entry.time = HybridTime::next({}, bench.clock.now());
    entry.verb = Verb::Undo;
    QCOMPARE(bench.writer->apply(entry).error().code, ErrorCode::NotFound);
}

void tst_Journal::whatChangesNothingIsNotKept()
{
    Bench bench;
    const Artifact name = domain(u"a.example"_s);
    bench.journal(Verb::EyeOn, {name});
    bench.journal(Verb::EyeOn, {name});
    bench.journal(Verb::EyeOff, {domain(u"never.example"_s)});
    QCOMPARE(bench.journal(Verb::Undo, {}).switchedOff, QList<Artifact>{name});

    bench.journal(Verb::EyeOn, {name});
    bench.dns(name.value, u"A"_s, {u"192.0.2.1"_s}, Outcome::Complete, {}, Purpose::Baseline);
    bench.dns(name.value, u"A"_s, {u"192.0.2.1"_s, u"198.51.100.1"_s});
    const QUuid card = bench.cards().first().id;
    bench.journal(Verb::CardsAcknowledge, {}, {card});
    QVERIFY(bench.journal(Verb::CardsAcknowledge, {}, {card}).cards.isEmpty());
    bench.journal(Verb::Undo, {});
    QCOMPARE(bench.cards().first().state, CardState::New);
}

void tst_Journal::anUndoTellsWhatItTookBack()
{
    Bench bench;
    const QList<Artifact> names{domain(u"a.example"_s), domain(u"b.example"_s)};
    const auto done = bench.journal(Verb::EyeOn, names);
    const auto undone = bench.journal(Verb::Undo, {}).undone;
    QVERIFY(undone);
    QCOMPARE(undone->id, done.entry.id);
    QCOMPARE(undone->verb, Verb::EyeOn);
    QCOMPARE(undone->entities, names);
}

void tst_Journal::cardsThatDoNotExistAreNamed()
{
    Bench bench;
    const Artifact name = domain(u"a.example"_s);
    bench.journal(Verb::EyeOn, {name});
    bench.dns(name.value, u"A"_s, {u"192.0.2.1"_s}, Outcome::Complete, {}, Purpose::Baseline);
    bench.dns(name.value, u"A"_s, {u"192.0.2.1"_s, u"198.51.100.1"_s});
    const QUuid card = bench.cards().first().id;
    const QUuid unknown = QUuid::createUuid();
    const auto report = bench.journal(Verb::CardsAcknowledge, {}, {unknown, card});
    QCOMPARE(report.cards, QList<QUuid>{card});
    QCOMPARE(report.unknown, QList<QUuid>{unknown});
}

void tst_Journal::everyAuthorUndoesTheirOwn()
{
    Bench bench;
    bench.journal(Verb::EyeOn, {domain(u"a.example"_s)});
    const Author ada = bench.author;
    bench.author = {QUuid::createUuid(), u"Bob"_s, QUuid::createUuid()};
    bench.journal(Verb::EyeOn, {domain(u"b.example"_s)});
    bench.author = ada;
    bench.journal(Verb::Undo, {});
    QVERIFY(!*bench.reader->isWatched(domain(u"a.example"_s)));
    QVERIFY(*bench.reader->isWatched(domain(u"b.example"_s)));
}

void tst_Journal::consentsAndReleasesAreReadFromTheJournal()
{
    Bench bench;
    const auto consent = bench.journal(Verb::Consent, {}, {}, R"({"source":"dns"})").entry;
    bench.journal(Verb::Release, {domain(u"3f2a9c.example"_s)});
    QCOMPARE(*bench.reader->consents(), QSet<QString>{u"dns"_s});
    QCOMPARE(*bench.reader->releases(), QSet<QString>{u"3f2a9c.example"_s});
    bench.journal(Verb::Undo, {}, {}, {}, consent.id);
    QVERIFY(bench.reader->consents()->isEmpty());
    bench.journal(Verb::Consent, {}, {}, R"({"source":"tls","given":true})");
    QVERIFY(bench.reader->consents()->contains(u"tls"_s));
    bench.journal(Verb::Consent, {}, {}, R"({"source":"tls","given":false})");
    QVERIFY(bench.reader->consents()->isEmpty());
}

WG_TEST(tst_Journal)

#include "tst_journal.moc"
