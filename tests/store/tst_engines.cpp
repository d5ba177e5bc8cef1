// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench.h"
#include "store/interner.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace wg;
using namespace wg::test;

Q_DECLARE_METATYPE(wg::Engine)

/// SQLite and PostgreSQL hold the same and put it in the same order.
class tst_Engines : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theCataloguesAreTheSame();
    void hostileTextsSortAndComeBackAlike();
    void hostileTextsAreFactsOnBothEngines_data() { engines(); }
    void hostileTextsAreFactsOnBothEngines();
    void anAddressCountsItsNames_data() { engines(); }
    void anAddressCountsItsNames();
    void smallMemoriesKeepWhatTheyAreTold_data() { engines(); }
    void smallMemoriesKeepWhatTheyAreTold();
    void theNewestBootstrapFileOfEachPlaceIsKept_data() { engines(); }
    void theNewestBootstrapFileOfEachPlaceIsKept();
    void aFailedTransactionLeavesNothing_data() { engines(); }
    void aFailedTransactionLeavesNothing();
    void importsRaiseOneCardAnEntityAndOnlyOnce_data() { engines(); }
    void importsRaiseOneCardAnEntityAndOnlyOnce();
    void readersCannotWrite_data() { engines(); }
    void readersCannotWrite();

private:
    static void engines();
    static QStringList hostileTexts();
};

void tst_Engines::engines()
{
    QTest::addColumn<Engine>("engine");
    QTest::newRow("sqlite") << Engine::Sqlite;
    QTest::newRow("postgres") << Engine::Postgres;
}

QStringList tst_Engines::hostileTexts()
{
    return {u"a"_s,
            u"B"_s,
            u"b"_s,
            u"A"_s,
            u"é"_s,
            u"e\u0301"_s,
            u"ß"_s,
            u"İ"_s,
            u"z"_s,
            u"_"_s,
            u"-"_s,
            u" a"_s,
            u"a "_s,
            u"a\tb"_s,
            u"a\nb"_s,
            u"'; DROP TABLE fact; --"_s,
            u"\\"_s,
            u"\\'"_s,
            u"\""_s,
            u"%"_s,
            u"$1"_s,
            u"?"_s,
            u":x"_s,
            u"{text}"_s,
            u"--;"_s,
            u"\u202Eabc"_s,
            u"\uFEFF"_s,
            u"\uFFFD"_s,
            u"\uE000"_s,
            QString(1, QChar(1)),
            u"10"_s,
            u"9"_s,
            u"\U0001F600"_s,
            u"\uFF21"_s,
            QString(3000, u'x'),
            u"NULL"_s,
            u"null"_s,
            u"\\x00"_s};
}

void tst_Engines::theCataloguesAreTheSame()
{
    Bench lite;
    Bench postgres(Engine::Postgres);
    QStringList one;
    {
        auto rows = lite.database->query(
            "SELECT m.name, c.name, lower(c.type), c.\"notnull\" FROM sqlite_master m,"
            " pragma_table_info(m.name) c WHERE m.type='table' AND m.name NOT LIKE 'sqlite_%'"
            " ORDER BY 1, c.cid");
        while (rows.next())
            one.append(rows.text(0) + u'.' + rows.text(1) + u' ' + rows.text(2));
    }
    QStringList two;
    {
        auto rows = postgres.database->query(
            "SELECT table_name, column_name, data_type, collation_name"
            " FROM information_schema.columns JOIN information_schema.tables"
            " USING (table_schema, table_name)"
            " WHERE table_schema='public' AND table_type='BASE TABLE'"
            " ORDER BY table_name COLLATE \"C\", ordinal_position");
        while (rows.next()) {
            const QString type = rows.text(2) == u"bigint"_s ? u"integer"_s
                : rows.text(2) == u"bytea"_s                 ? u"blob"_s
                                                             : rows.text(2);
            two.append(rows.text(0) + u'.' + rows.text(1) + u' ' + type);
            if (type == u"text"_s)
                QCOMPARE(rows.text(3), u"C"_s);
        }
    }
    QVERIFY(one.size() > 100);
    QCOMPARE(one, two);
    QStringList indexes[2];
    auto a = lite.database->query("SELECT name FROM sqlite_master WHERE type='index'"
                                  " AND name NOT LIKE 'sqlite_%' ORDER BY name");
    while (a.next())
        indexes[0].append(a.text(0));
    auto b =
        postgres.database->query("SELECT indexname FROM pg_indexes WHERE schemaname='public'"
                                 " AND indexname NOT LIKE '%_pkey' AND indexname NOT LIKE '%_key'"
                                 " ORDER BY indexname COLLATE \"C\"");
    while (b.next())
        indexes[1].append(b.text(0));
    QCOMPARE(indexes[0], indexes[1]);
}

void tst_Engines::hostileTextsSortAndComeBackAlike()
{
    Bench lite;
    Bench postgres(Engine::Postgres);
    QStringList sorted[2];
    int engine = 0;
    for (Bench *bench : {&lite, &postgres}) {
        const auto done = bench->database->transact<Done>([&] {
            Interner interner(*bench->database);
            for (const QString &text : hostileTexts())
                interner.word(text.left(1000));
            auto rows = bench->database->query("SELECT words FROM word ORDER BY words");
            while (rows.next())
                sorted[engine].append(rows.text(0));
            return Done{};
        });
        QVERIFY(done.ok());
        ++engine;
    }
    QCOMPARE(sorted[0].size(), hostileTexts().size());
    QCOMPARE(sorted[0], sorted[1]);
    for (const QString &text : hostileTexts())
        QVERIFY(sorted[0].contains(text.left(1000)));
}

void tst_Engines::hostileTextsAreFactsOnBothEngines()
{
    QFETCH(Engine, engine);
    Bench bench(engine);
    const QStringList texts = hostileTexts();
    bench.dns(u"example.com"_s, u"TXT"_s, texts, Outcome::Complete, texts.join(u' '));
    QCOMPARE(bench.dns(u"example.com"_s, u"TXT"_s, texts).unchanged, 1);
    FactQuery query;
    query.entity = domain(u"example.com"_s);
    query.dataset = Dataset::Dns;
    query.limit = 7;
    QStringList values;
    for (;;) {
        const auto page = *bench.reader->facts(query);
        QCOMPARE(page.total, texts.size());
        for (const FactRow &row : page.rows)
            values.append(row.record.value.raw());
        query.afterKey = page.nextKey;
        if (page.nextKey.isEmpty())
            break;
    }
    QCOMPARE(values.size(), texts.size());
    for (const QString &text : texts)
        QVERIFY2(values.contains(text), qPrintable(text.left(40)));
    query = {domain(u"example.com"_s), Dataset::Dns, u"drop table"_s, false, {}, 50};
    QCOMPARE(bench.reader->facts(query)->rows.size(), 1);
    query.afterKey = u"nonsense"_s;
    QVERIFY(bench.reader->facts(query).ok());
}

void tst_Engines::anAddressCountsItsNames()
{
    QFETCH(Engine, engine);
    Bench bench(engine);
    const Entity address{ArtifactKind::Ipv4, u"192.0.2.1"_s};
    for (const QString &value : {u"192.0.2.1"_s, u"192.0.2.2"_s, u"192.0.2.1"_s}) {
        for (int i = 0; i < 5; ++i)
            bench.dns(u"n%1.example"_s.arg(i), u"A"_s, {value});
    }
    FactQuery query{address, Dataset::Resolutions, {}, false, {}, 2};
    auto page = *bench.reader->facts(query);
    QCOMPARE(page.rows.size(), 2);
    QCOMPARE(page.total, 5);
    QCOMPARE(bench.reader->summary(address)->counts.value(Dataset::Resolutions), 5);
    query.filter = u"N3"_s;
    page = *bench.reader->facts(query);
    QCOMPARE(page.rows.size(), 1);
    QCOMPARE(page.rows[0].record.owner.value, u"n3.example"_s);
    query.filter = u"dns@"_s; // a source's name
    query.limit = 50;
    QCOMPARE(bench.reader->facts(query)->rows.size(), 5);
    query.filter = u"nobody"_s;
    QCOMPARE(bench.reader->facts(query)->rows.size(), 0);
    QCOMPARE(*bench.reader->integrity(), QStringList{u"ok"_s});
}

void tst_Engines::smallMemoriesKeepWhatTheyAreTold()
{
    QFETCH(Engine, engine);
    Bench bench(engine);
    const Instant now = bench.clock.now();
    for (const QString &text : hostileTexts())
        QVERIFY(bench.writer->setSetting(u"note "_s + text, text).ok());
    QVERIFY(bench.writer->setSetting(u"pap"_s, u"RED"_s).ok());
    QVERIFY(bench.writer->setSetting(u"pap"_s, u"GREEN"_s).ok());
    QVERIFY(bench.writer->setSetting(u"gone"_s, u"x"_s).ok());
    QVERIFY(bench.writer->setSetting(u"gone"_s, std::nullopt).ok());
    QVERIFY(bench.writer->rememberSource(u"rdap"_s, Outcome::Complete, now, {}, {}).ok());
    QVERIFY(bench.writer
                ->rememberSource(u"rdap"_s, Outcome::Unreachable, now + 5, u"no\0body"_s, now + 9)
                .ok());
    QVERIFY(
        bench.writer->rememberResolver(u"192.0.2.53"_s, Outcome::SuspiciousEmpty, u"invents"_s, now)
            .ok());
    QVERIFY(bench.writer->enqueueAsk(domain(u"b.example"_s), now).ok());
    QVERIFY(bench.writer->enqueueAsk(domain(u"b.example"_s), now + 1).ok());
    QVERIFY(bench.writer->enqueueAsk(domain(u"c.example"_s), now).ok());
    QVERIFY(bench.writer->dequeueAsk(domain(u"c.example"_s)).ok());
    QVERIFY(
        bench.writer
            ->told({{now, domain(u"b.example"_s), u"rdap"_s, u"rdap.example"_s, Pap::Amber, true}})
            .ok());
    QVERIFY(bench.writer->tidy(now).ok());
    bench.restart();
    const Settings settings = *bench.reader->settings();
    for (const QString &text : hostileTexts())
        QCOMPARE(settings.stored().value(u"note "_s + text), text);
    QCOMPARE(settings.stored().value(u"pap"_s), u"GREEN"_s);
    QVERIFY(!settings.isSet(u"gone"_s));
    const auto sources = *bench.reader->sourceMemories();
    QCOMPARE(sources.size(), 1);
    QCOMPARE(sources[0].lastGood, now);
    QCOMPARE(sources[0].lastAsked, now + 5);
    QCOMPARE(sources[0].pausedUntil, now + 9);
    QCOMPARE(bench.reader->resolverMemories()->constFirst().verdict, Outcome::SuspiciousEmpty);
    QVERIFY(bench.writer->forgetResolvers().ok());
    QVERIFY(bench.reader->resolverMemories()->isEmpty());
    const auto queue = *bench.reader->queuedAsks();
    QCOMPARE(queue.size(), 1);
    QCOMPARE(queue[0].at, now);
}

void tst_Engines::theNewestBootstrapFileOfEachPlaceIsKept()
{
    QFETCH(Engine, engine);
    Bench bench(engine);
    const Instant now = bench.clock.now();
    const QByteArray body(100'000, '\0');
    QVERIFY(bench.writer->rememberRdapFile({u"https://a/"_s, u"dns.json"_s, "old", now}).ok());
    QVERIFY(bench.writer->rememberRdapFile({u"https://a/"_s, u"dns.json"_s, body, now + 1}).ok());
    QVERIFY(bench.writer->rememberRdapFile({u"https://b/"_s, u"dns.json"_s, "b", now}).ok());
    bench.restart();
    auto files = *bench.reader->rdapFiles();
    QCOMPARE(files.size(), 2);
    QCOMPARE(files[0].body, body);
    QCOMPARE(files[0].at, now + 1);
    QCOMPARE(files[1].base, u"https://b/"_s);
    for (int i = 0; i < 40; ++i) {
        const QString base = u"https://n%1/"_s.arg(i);
        QVERIFY(bench.writer->rememberRdapFile({base, u"dns.json"_s, "n", now + 10 + i}).ok());
    }
    files = *bench.reader->rdapFiles();
    QCOMPARE(files.size(), 12); // places that were left long ago are forgotten
    QVERIFY(std::all_of(files.cbegin(), files.cend(),
                        [&](const RdapFile &file) { return file.at >= now + 10 + 28; }));
}

void tst_Engines::aFailedTransactionLeavesNothing()
{
    QFETCH(Engine, engine);
    Bench bench(engine);
    const auto failed = bench.database->transact<Done>([&] {
        Interner interner(*bench.database);
        interner.artifact(domain(u"half.example"_s));
        bench.database->run("INSERT INTO nowhere (x) VALUES (?)", 1);
        interner.artifact(domain(u"other.example"_s));
        return Done{};
    });
    QVERIFY(!failed);
    QCOMPARE(failed.error().code, ErrorCode::Failed);
    QVERIFY(failed.error().detail.contains(u"nowhere"_s));
    auto rows = bench.database->query("SELECT count(*) FROM artifact");
    QVERIFY(rows.next());
    QCOMPARE(rows.number(0), 0);
}

void tst_Engines::importsRaiseOneCardAnEntityAndOnlyOnce()
{
    QFETCH(Engine, engine);
    Bench bench(engine);
    bench.journal(Verb::EyeOn, {domain(u"watched.example"_s), address(u"203.0.113.9"_s)});
    QList<Record> records;
    for (int i = 0; i < 50; ++i) {
        records.append(record(domain(u"n%1.example"_s.arg(i)), Dataset::Resolutions, u"A"_s,
                              i < 3 ? u"203.0.113.9"_s : u"198.51.100.%1"_s.arg(i)));
        records.last().worldFirst = bench.clock.now() - 10 * dayMs;
        records.last().worldLast = bench.clock.now() - 9 * dayMs;
    }
    records.append(record(domain(u"watched.example"_s), Dataset::Dns, u"NS"_s, u"ns.example"_s));
    const Instant at = bench.clock.now();
    auto report = *bench.writer->import(u"files"_s, batchOf(records.mid(0, 20)), at, bench.rules);
    QCOMPARE(report.newFacts, 17);
    // Cut off here, and repeated later from the start.
    bench.clock.forward(hourMs);
    for (int round = 0; round < 2; ++round) {
        const Instant again = bench.clock.now();
        QVERIFY(
            bench.writer->import(u"files"_s, batchOf(records.mid(0, 20)), again, bench.rules).ok());
        QVERIFY(
            bench.writer->import(u"files"_s, batchOf(records.mid(20)), again, bench.rules).ok());
        report = *bench.writer->import(u"files"_s, {}, again, bench.rules);
        QCOMPARE(report.cards.size(), round == 0 ? 2 : 0);
        bench.clock.forward(hourMs);
    }
    QCOMPARE(bench.deltas[0].purpose, Purpose::Import);
    QVERIFY(!bench.deltas[0].questions[0].firstAnswer);
    QCOMPARE(bench.facts(address(u"203.0.113.9"_s), Dataset::Resolutions).size(), 3);
    const auto fact = bench.facts(domain(u"n7.example"_s), Dataset::Resolutions);
    QCOMPARE(fact.size(), 1);
    QCOMPARE(fact[0].sightings[0].toldAt, at);
    QVERIFY(!fact[0].current && !fact[0].gone);
    QCOMPARE(*bench.reader->integrity(), QStringList{u"ok"_s});
}

void tst_Engines::readersCannotWrite()
{
    QFETCH(Engine, engine);
    Bench bench(engine);
    DatabaseConfig config = bench.database->config();
    config.access = Access::Read;
    auto reading = Database::open(config);
    QVERIFY(reading.ok());
    const auto written = (*reading)->transact<Done>([&] {
        (*reading)->run("INSERT INTO source (name) VALUES (?)", u"intruder"_s);
        return Done{};
    });
    QVERIFY(!written);
    QCOMPARE(written.error().code, ErrorCode::NotWritable);
}

WG_TEST(tst_Engines)

#include "tst_engines.moc"
