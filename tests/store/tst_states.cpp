// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench.h"
#include "store/factrows.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace wg;
using namespace wg::test;

/// Facts in several states, of several sources, told several times.
class TstStates : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anotherValueIsFoundFromItsOwnSide_data() { engines(); }
    void anotherValueIsFoundFromItsOwnSide();
    void twoStatesOfOneImportAreTheLaterOne_data() { engines(); }
    void twoStatesOfOneImportAreTheLaterOne();
    void detailsStayWithTheirState();
    void whatTurnsCurrentAndEndsAtOnceIsBoth_data() { engines(); }
    void whatTurnsCurrentAndEndsAtOnceIsBoth();
    void pagesEndBetweenFacts_data();
    void pagesEndBetweenFacts();

private:
    static void engines();
    static Record mail(const QString &preference, const QString &count, qint64 lastDay);
    static int import(Bench &bench, const QList<Record> &records);
};

void TstStates::engines()
{
    QTest::addColumn<Engine>("engine");
    QTest::newRow("sqlite") << Engine::Sqlite;
    QTest::newRow("postgres") << Engine::Postgres;
}

Record TstStates::mail(const QString &preference, const QString &count, qint64 lastDay)
{
    Record made = record(domain(u"example.com"_s), Dataset::Dns, u"MX"_s, u"mail.example.net"_s);
    made.attributes = {{u"preference"_s, UntrustedText::trusted(preference)}};
    made.details = {{u"count"_s, UntrustedText::trusted(count)}};
    made.worldFirst = Instant{dayMs};
    made.worldLast = Instant{lastDay * dayMs};
    return made;
}

int TstStates::import(Bench &bench, const QList<Record> &records)
{
    bench.clock.forward(hourMs);
    const Instant at = bench.clock.now();
    const auto report = bench.writer->import(u"files"_s, batchOf(records), at, bench.rules);
    const auto end = bench.writer->import(u"files"_s, {}, at, bench.rules);
    return report && end ? report->newFacts : -1;
}

void TstStates::anotherValueIsFoundFromItsOwnSide()
{
    QFETCH(Engine, engine);
    Bench bench(engine);
    Record server =
        record(domain(u"example.com"_s), Dataset::Whois, u"nameserver"_s, u"ns1.a.net"_s);
    server.identity = Identity::Type;
    QCOMPARE(import(bench, {server}), 1);
    server.value = UntrustedText::trusted(u"ns2.b.net"_s);
    QCOMPARE(import(bench, {server}), 1);
    for (const QString &name : {u"ns1.a.net"_s, u"ns2.b.net"_s}) {
        const auto facts = bench.facts(domain(name), Dataset::Whois);
        QVERIFY2(!facts.isEmpty(), qPrintable(name));
        QVERIFY(facts[0].reverse);
    }
    QCOMPARE(*bench.reader->integrity(), QStringList{u"ok"_s});
}

void TstStates::twoStatesOfOneImportAreTheLaterOne()
{
    QFETCH(Engine, engine);
    Bench bench(engine);
    const QList<Record> file{mail(u"20"_s, u"900"_s, 9), mail(u"10"_s, u"5"_s, 4)};
    QCOMPARE(import(bench, file), 1);
    const auto facts = bench.facts(domain(u"example.com"_s), Dataset::Dns);
    QCOMPARE(facts.size(), 1);
    QCOMPARE(facts[0].record.attributes, file[0].attributes);
    QCOMPARE(facts[0].record.details, file[0].details);
    QCOMPARE(facts[0].record.worldLast, file[0].worldLast);
    const auto tellings = [&bench] {
        auto row = bench.database->query("SELECT count(*) FROM telling");
        return row.next() ? row.number(0) : -1;
    };
    const qint64 before = tellings();
    QVERIFY(before > 0);
    QCOMPARE(import(bench, file), 0);
    QCOMPARE(tellings(), before);
    QCOMPARE(bench.facts(domain(u"example.com"_s), Dataset::Dns).size(), 1);
}

void TstStates::detailsStayWithTheirState()
{
    Bench bench;
    const Record first = mail(u"10"_s, u"5"_s, 4);
    const Record second = mail(u"20"_s, u"900"_s, 9);
    const auto done = bench.database->transact<Done>([&] {
        Interner interner(*bench.database);
        FactRows facts(*bench.database, interner);
        const FactKey key = facts.keyOf(first);
        SpanRow span;
        span.toldSeq = 7;
        span.toldAt = bench.clock.now();
        for (const qint64 source : {interner.source(u"one"_s), interner.source(u"two"_s)}) {
            span.source = source;
            facts.tell(key, span, first);
        }
        span.source = interner.source(u"one"_s); // it kept the details of both
        facts.tell(key, span, second);
        for (const SpanRow &each : facts.spans(key)) {
            const Record kept = facts.record(key, each);
            const bool later = kept.attributes == second.attributes;
            if (kept.details != (later ? second.details : first.details))
                bench.database->fail({ErrorCode::Failed, u"details of another state"_s});
        }
        return Done{};
    });
    QVERIFY2(done.ok(), done.ok() ? "" : qPrintable(done.error().detail));
    QCOMPARE(bench.facts(domain(u"example.com"_s), Dataset::Dns).size(), 2);
}

/// Both are told of the span as it was before either.
void TstStates::whatTurnsCurrentAndEndsAtOnceIsBoth()
{
    QFETCH(Engine, engine);
    Bench bench(engine);
    QCOMPARE(import(bench, {mail(u"10"_s, u"1"_s, 5)}), 1);
    Interner interner(*bench.database);
    FactRows facts(*bench.database, interner);
    SpanRow ended;
    const auto done = bench.database->transact<Done>([&] {
        const FactKey key = facts.keyOf(mail(u"10"_s, u"1"_s, 5));
        const SpanRow span = facts.spans(key).value(0);
        facts.setPresence(key, span, Presence::Current);
        facts.close(key, span, 9, bench.clock.now(), GoneHow::Altered);
        ended = facts.spans(key).value(0);
        return Done{};
    });
    QVERIFY(done.ok());
    QCOMPARE(ended.presence, Presence::Current);
    QCOMPARE(ended.goneHow, GoneHow::Altered);
    QCOMPARE(ended.goneAt, bench.clock.now());
}

void TstStates::pagesEndBetweenFacts_data()
{
    QTest::addColumn<int>("limit");
    for (const int limit : {1, 2, 3, 7, 500})
        QTest::addRow("%d", limit) << limit;
}

/// More sources than a page reads rows of a fact: none is cut and none comes twice.
void TstStates::pagesEndBetweenFacts()
{
    QFETCH(int, limit);
    Bench bench;
    const Artifact name = domain(u"example.com"_s);
    const auto done = bench.database->transact<Done>([&] {
        Interner interner(*bench.database);
        FactRows facts(*bench.database, interner);
        for (int i = 0; i < 10; ++i) {
            const Record fact = record(name, Dataset::Resolutions, u"A"_s, u"192.0.2.%1"_s.arg(i));
            for (int source = 0; source < 6; ++source) {
                SpanRow span;
                span.source = interner.source(u"source%1"_s.arg(source));
                span.toldSeq = 1;
                span.toldAt = bench.clock.now();
                facts.tell(facts.keyOf(fact), span, fact);
            }
        }
        return Done{};
    });
    QVERIFY(done.ok());
    FactQuery query;
    query.entity = name;
    query.dataset = Dataset::Resolutions;
    query.limit = limit;
    QStringList seen;
    for (int page = 0; page < 20; ++page) {
        const auto facts = bench.reader->facts(query);
        for (const FactRow &row : facts->rows) {
            seen.append(row.record.value.raw());
            QCOMPARE(row.sightings.size(), 6);
        }
        query.afterKey = facts->nextKey;
        if (query.afterKey.isEmpty())
            break;
    }
    QCOMPARE(seen.size(), 10);
    seen.removeDuplicates();
    QCOMPARE(seen.size(), 10);
}

WG_TEST(TstStates)
#include "tst_states.moc"
