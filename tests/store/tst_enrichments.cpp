// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace wg;
using namespace wg::test;

Q_DECLARE_METATYPE(wg::Engine)

/// What is kept once per entity, and when it is written.
class tst_Enrichments : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatCurrentSourcesSayIsKept_data() { engines(); }
    void whatCurrentSourcesSayIsKept();
    void rowsOfATableShowIt_data() { engines(); }
    void rowsOfATableShowIt();
    void anUnchangedPollWritesNothing();
    void whatChangedTakesThePlace_data() { engines(); }
    void whatChangedTakesThePlace();
    void whatIsGoneIsNotKept_data() { engines(); }
    void whatIsGoneIsNotKept();
    void sourcesThatDifferAreBothKept();
    void thePastSaysNothing();
    void importsKeepNothing();
    void aHostHasTheRegistrarOfItsDomain();
    void anAddressHasTheCountryOfItsNetwork();
    void aNameTellsItsAddressesToItsPage();
    void factsStoredBeforeAreGoneThrough_data() { engines(); }
    void factsStoredBeforeAreGoneThrough();
    void aCutOffGoingThroughGoesOn();

private:
    static void engines();
};

namespace {

const Artifact host = domain(u"www.example.net"_s);
const Artifact server = address(u"198.51.100.7"_s);

Observation told(const Bench &bench, const Artifact &asked, Dataset dataset, const QString &source,
                 const QList<Record> &records)
{
    Observation answer;
    answer.question = {asked, dataset, source, u"all"_s};
    answer.outcome = records.isEmpty() ? Outcome::Empty : Outcome::Complete;
    answer.records = records;
    answer.at = bench.clock.now();
    return answer;
}

void take(Bench &bench, const Observation &answer)
{
    bench.take({{answer.question.asked, answer.question.source, Purpose::Poll, {answer}}});
}

Record asn(const QString &number, const QString &holder)
{
    Record record = test::record(server, Dataset::Network, u"asn"_s, number);
    setAttribute(record.details, u"holder"_s, UntrustedText::fromString(holder));
    return record;
}

Record single(const Artifact &owner, Dataset dataset, const QString &type, const QString &value)
{
    Record record = test::record(owner, dataset, type, value);
    record.identity = Identity::Type;
    return record;
}

/// An hour later.
void takeNetwork(Bench &bench, const QString &source, const QList<Record> &records)
{
    bench.clock.forward(hourMs);
    take(bench, told(bench, server, Dataset::Network, source, records));
}

/// "asn AS64496 EXAMPLE cymru", in order.
QStringList texts(const QList<Told> &all)
{
    QStringList list;
    for (const Told &one : all) {
        list.append(u"%1 %2 %3 %4"_s.arg(int(one.role))
                        .arg(one.value.raw(), one.name.raw(), one.source)
                        .simplified());
    }
    list.sort();
    return list;
}

QStringList known(Bench &bench, const Artifact &entity)
{
    return texts(bench.reader->enrichment(entity)->told);
}

/// Steps until all that was stored before is gone through.
int goThrough(Bench &bench)
{
    int steps = 0;
    for (auto more = Result<bool>(true); more && *more; ++steps)
        more = bench.writer->enrichStored();
    return steps;
}

qint64 rowsKept(Bench &bench)
{
    auto row = bench.database->query("SELECT count(*) FROM enrichments");
    return row.next() ? row.number(0) : -1;
}

} // namespace

void tst_Enrichments::engines()
{
    QTest::addColumn<Engine>("engine");
    QTest::newRow("sqlite") << Engine::Sqlite;
    QTest::newRow("postgres") << Engine::Postgres;
}

void tst_Enrichments::whatCurrentSourcesSayIsKept()
{
    QFETCH(Engine, engine);
    Bench bench(engine);
    takeNetwork(bench, u"cymru"_s,
                {asn(u"AS64496"_s, u"EXAMPLE, NL"_s),
                 single(server, Dataset::Network, u"prefix"_s, u"198.51.100.0/24"_s),
                 single(server, Dataset::Network, u"country"_s, u"NL"_s),
                 single(server, Dataset::Network, u"city"_s, u"Delft"_s)});
    QCOMPARE(known(bench, server),
             (QStringList{u"1 AS64496 EXAMPLE, NL cymru"_s, u"2 198.51.100.0/24 cymru"_s,
                          u"3 NL cymru"_s}));
    QCOMPARE(rowsKept(bench), 3);
    QCOMPARE(texts(bench.reader->summary(server)->enrichment.told), known(bench, server));
    QVERIFY(known(bench, address(u"198.51.100.8"_s)).isEmpty());
}

void tst_Enrichments::rowsOfATableShowIt()
{
    QFETCH(Engine, engine);
    Bench bench(engine);
    bench.dns(host.value, u"A"_s, {server.value});
    bench.dns(host.value, u"CNAME"_s, {u"www.cdn.example"_s});
    QVERIFY(bench.facts(host, Dataset::Resolutions)[0].enrichment);
    QVERIFY(bench.facts(host, Dataset::Resolutions)[0].enrichment->told.isEmpty());
    takeNetwork(bench, u"cymru"_s, {asn(u"AS64496"_s, {})});
    const auto row = bench.facts(host, Dataset::Resolutions)[0];
    QCOMPARE(row.enrichment->entity, server);
    QCOMPARE(texts(row.enrichment->told), QStringList{u"1 AS64496 cymru"_s});
    // From the other side the row leads to the name.
    const auto back = bench.facts(server, Dataset::Resolutions)[0];
    QCOMPARE(back.enrichment->entity, host);
    QCOMPARE(texts(back.enrichment->told), QStringList{u"6 www.cdn.example dns@192.0.2.53"_s});
    QVERIFY(!bench.facts(host, Dataset::Dns)[0].enrichment);
}

void tst_Enrichments::anUnchangedPollWritesNothing()
{
    Bench bench;
    const QList<Record> records{asn(u"AS64496"_s, u"EXAMPLE"_s)};
    takeNetwork(bench, u"cymru"_s, records);
    takeNetwork(bench, u"cymru"_s, records);
    const qint64 before = bench.database->totalChanges();
    takeNetwork(bench, u"cymru"_s, records);
    QCOMPARE(bench.database->totalChanges() - before, 1); // the check's own row
}

void tst_Enrichments::whatChangedTakesThePlace()
{
    QFETCH(Engine, engine);
    Bench bench(engine);
    takeNetwork(bench, u"cymru"_s,
                {single(server, Dataset::Network, u"prefix"_s, u"198.51.100.0/24"_s)});
    takeNetwork(bench, u"cymru"_s,
                {single(server, Dataset::Network, u"prefix"_s, u"198.51.100.0/25"_s)});
    QCOMPARE(known(bench, server), QStringList{u"2 198.51.100.0/25 cymru"_s});
    QCOMPARE(rowsKept(bench), 1);
}

void tst_Enrichments::whatIsGoneIsNotKept()
{
    QFETCH(Engine, engine);
    Bench bench(engine);
    bench.dns(host.value, u"NS"_s, {u"ns1.example.net"_s, u"ns2.example.net"_s});
    bench.dns(host.value, u"NS"_s, {u"ns1.example.net"_s});
    QCOMPARE(rowsKept(bench), 2); // its absence waits for its confirmation
    bench.dns(host.value, u"NS"_s, {u"ns1.example.net"_s});
    QCOMPARE(known(bench, host), QStringList{u"5 ns1.example.net dns@192.0.2.53"_s});
    QCOMPARE(rowsKept(bench), 1);
}

void tst_Enrichments::sourcesThatDifferAreBothKept()
{
    Bench bench;
    takeNetwork(bench, u"cymru"_s, {asn(u"AS64496"_s, u"ONE"_s)});
    takeNetwork(bench, u"ripestat"_s, {asn(u"AS64511"_s, u"TWO"_s)});
    takeNetwork(bench, u"maxmind"_s, {asn(u"AS64496"_s, {})});
    QCOMPARE(known(bench, server),
             (QStringList{u"1 AS64496 ONE cymru"_s, u"1 AS64496 ONE maxmind"_s,
                          u"1 AS64511 TWO ripestat"_s}));
}

void tst_Enrichments::thePastSaysNothing()
{
    Bench bench;
    bench.clock.forward(hourMs);
    Observation past = told(bench, server, Dataset::Network, u"dnsdb"_s, {asn(u"AS64496"_s, {})});
    past.presence = Presence::Historical;
    take(bench, past);
    QVERIFY(known(bench, server).isEmpty());
    QCOMPARE(rowsKept(bench), 0);
}

void tst_Enrichments::importsKeepNothing()
{
    Bench bench;
    QVERIFY(bench.writer->import(u"files"_s, batchOf({asn(u"AS64496"_s, {})}), bench.clock.now(),
                                 bench.rules));
    QVERIFY(bench.writer->import(u"files"_s, {}, bench.clock.now(), bench.rules));
    QCOMPARE(bench.facts(server, Dataset::Network).size(), 1);
    QCOMPARE(rowsKept(bench), 0);
}

void tst_Enrichments::aHostHasTheRegistrarOfItsDomain()
{
    Bench bench;
    const Artifact registered = domain(u"example.net"_s);
    bench.clock.forward(hourMs);
    take(bench,
         told(bench, registered, Dataset::Whois, u"rdap"_s,
              {single(registered, Dataset::Whois, u"registrar"_s, u"Example Registrar"_s),
               single(registered, Dataset::Whois, u"country"_s, u"NL"_s),
               test::record(registered, Dataset::Whois, u"nameserver"_s, u"ns1.parking.example"_s),
               test::record(registered, Dataset::Dns, u"CNAME"_s, u"elsewhere.example"_s)}));
    const QStringList expected{u"4 Example Registrar rdap"_s, u"5 ns1.parking.example rdap"_s};
    QCOMPARE(known(bench, host), expected);
    QCOMPARE(known(bench, registered).mid(0, 2), expected);
    QVERIFY(known(bench, domain(u"example.com"_s)).isEmpty());
}

void tst_Enrichments::anAddressHasTheCountryOfItsNetwork()
{
    Bench bench;
    const Artifact network{ArtifactKind::Cidr, u"198.51.100.0/24"_s};
    bench.dns(host.value, u"A"_s, {server.value});
    bench.clock.forward(hourMs);
    take(bench,
         told(bench, network, Dataset::Whois, u"rdap"_s,
              {single(network, Dataset::Whois, u"country"_s, u"de"_s)}));
    QCOMPARE(known(bench, server), QStringList{u"3 DE rdap"_s});
    const auto row = [&bench] {
        return texts(bench.facts(host, Dataset::Resolutions)[0].enrichment->told);
    };
    QCOMPARE(row(), QStringList{u"3 DE rdap"_s});
    takeNetwork(bench, u"maxmind"_s, {single(server, Dataset::Network, u"country"_s, u"NL"_s)});
    QCOMPARE(known(bench, server), (QStringList{u"3 DE rdap"_s, u"3 NL maxmind"_s}));
    // A row of a table asks no further where it knows one.
    QCOMPARE(row(), QStringList{u"3 NL maxmind"_s});
}

void tst_Enrichments::aNameTellsItsAddressesToItsPage()
{
    Bench bench;
    bench.dns(host.value, u"A"_s, {u"198.51.100.7"_s, u"198.51.100.8"_s});
    QCOMPARE(known(bench, host),
             (QStringList{u"8 198.51.100.7 dns@192.0.2.53"_s, u"8 198.51.100.8 dns@192.0.2.53"_s}));
    bench.dns(host.value, u"A"_s, {u"198.51.100.8"_s});
    bench.dns(host.value, u"A"_s, {u"198.51.100.8"_s});
    QCOMPARE(known(bench, host), QStringList{u"8 198.51.100.8 dns@192.0.2.53"_s});
    QCOMPARE(rowsKept(bench), 0);
}

void tst_Enrichments::factsStoredBeforeAreGoneThrough()
{
    QFETCH(Engine, engine);
    Bench bench(engine);
    takeNetwork(bench, u"cymru"_s, {asn(u"AS64496"_s, u"EXAMPLE"_s)});
    bench.dns(host.value, u"NS"_s, {u"ns1.example.net"_s});
    bench.dns(host.value, u"A"_s, {server.value});
    bench.database->run("DELETE FROM enrichments");
    bench.database->run("UPDATE meta SET number=1 WHERE name='unenriched'");
    bench.restart();
    QCOMPARE(rowsKept(bench), 0); // a start waits for none of it
    goThrough(bench);
    QCOMPARE(rowsKept(bench), 2);
    QCOMPARE(known(bench, server), QStringList{u"1 AS64496 EXAMPLE cymru"_s});
    // Once: another start looks at nothing.
    bench.database->run("DELETE FROM enrichments");
    bench.restart();
    QCOMPARE(goThrough(bench), 1);
    QCOMPARE(rowsKept(bench), 0);
}

void tst_Enrichments::aCutOffGoingThroughGoesOn()
{
    Bench bench;
    for (int i = 0; i < 1200; ++i)
        bench.dns(u"host%1.example.net"_s.arg(i), u"NS"_s, {u"ns1.example.net"_s});
    bench.database->run("DELETE FROM enrichments");
    bench.database->run("UPDATE meta SET number=1+(SELECT id FROM artifact WHERE value=?)"
                        " WHERE name='unenriched'",
                        u"host9.example.net"_s);
    QVERIFY(*bench.writer->enrichStored());
    const qint64 before = rowsKept(bench);
    QVERIFY(before > 0 && before < 1190);
    bench.restart();
    QVERIFY(goThrough(bench) > 2);
    QCOMPARE(rowsKept(bench), 1190);
}

WG_TEST(tst_Enrichments)

#include "tst_enrichments.moc"
