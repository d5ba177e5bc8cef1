// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/nettest.h"
#include "sources/mnemonicsource.h"
#include "sources/outside.h"
#include "sources/rdapsource.h"
#include "sources/sourceset.h"
#include "support/httpserver.h"
#include "support/runner.h"

#include <QFile>
#include <QTest>

using namespace wg;
using namespace wg::test;
using namespace Qt::StringLiterals;

namespace {

QByteArray fixture(const QString &name)
{
    QFile file(QStringLiteral(TEST_DATA "/rdap/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unread");
}

/// rows rows of a page that begins at offset, as mnemonic documents it.
QByteArray pdnsPage(int offset, int rows, int count, int limit = 500)
{
    QByteArrayList data;
    for (int i = offset; i < offset + rows; ++i) {
        data.append(R"({"rrtype":"a","query":"shop.com.","answer":"198.51.)"
                    + QByteArray::number(i / 250) + '.' + QByteArray::number(i % 250)
                    + R"(","firstSeenTimestamp":1340308340000,"lastSeenTimestamp":1377520248000})");
    }
    return R"({"responseCode":200,"count":)" + QByteArray::number(count) + R"(,"limit":)"
        + QByteArray::number(limit) + R"(,"data":[)" + data.join(',') + "]}";
}

QByteArray pdnsPath(int offset)
{
    return "/pdns/v3/shop.com?limit=500&offset=" + QByteArray::number(offset);
}

/// Sources whose servers are one scripted server.
struct Lab
{
    Lab()
    {
        Policy policy;
        QUrl base = server.url(QString());
        base.setPath({});
        policy.baseUrls = {{u"rdap"_s, base}, {u"mnemonic"_s, base}};
        policy.rdapBootstrap = server.url(u"/rdap"_s);
        gate.setPolicy(policy);
        begin();
        server.script("/rdap/dns.json",
                      {{.body = fixture(u"bootstrap/iana_dns_2025-11-06.json"_s)}});
        server.script("/rdap/ipv4.json",
                      {{.body = fixture(u"bootstrap/iana_ipv4_2019-06-07.json"_s)}});
    }
    /// As a new run of the program does.
    void begin()
    {
        rdap.reset();
        mnemonic.reset();
        fetcher = std::make_unique<Fetcher>(gate, clock, ledger);
        FetchTimes times;
        times.retryBaseMs = 20;
        fetcher->setTimes(times);
        rdap = std::make_unique<RdapSource>(gate, *fetcher, clock);
        mnemonic = std::make_unique<MnemonicSource>(gate, *fetcher, clock);
    }
    void change(const std::function<void(Policy &)> &edit)
    {
        Policy policy = gate.policy();
        edit(policy);
        gate.setPolicy(policy);
    }
    void ask(Source &source, const Artifact &entity, Asker asker = Asker::Person,
             quint64 ticket = 1)
    {
        source.ask({source.subject(entity), Purpose::Poll, asker, ticket},
                   [this](RawPass &&pass) { passes.append(std::move(pass)); });
    }
    bool wait(int count = 1)
    {
        return QTest::qWaitFor([&] { return passes.size() >= count; }, 15'000);
    }
    QList<Observation> observations(int index = 0) const
    {
        return passes[index].parse(passes[index]);
    }
    int requests(const QByteArray &path) const
    {
        const auto &all = server.requests();
        return int(std::count_if(all.begin(), all.end(),
                                 [&](const HttpRequest &r) { return r.path == path; }));
    }

    HttpServer server;
    Gate gate;
    SystemClock clock;
    LedgerLog ledger;
    std::unique_ptr<Fetcher> fetcher;
    std::unique_ptr<RdapSource> rdap;
    std::unique_ptr<MnemonicSource> mnemonic;
    QList<RawPass> passes;
};

} // namespace

/// RDAP and mnemonic against a server that pages, throttles, cuts and lies.
class tst_HttpSources : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void rdapAsksTheRegistryOfTheRegisteredDomain();
    void rdapAsksForAddresses();
    void rdapAsksForKnownNetworks();
    void rdapFollowsARegistryToTheNationalOne();
    void theRegistryLearnsOnlyTheRegisteredDomain();
    void rdapWithoutAServiceIsRefused();
    void rdapKeepsTheBootstrapForADay();
    void aBrokenBootstrapIsTold_data();
    void aBrokenBootstrapIsTold();
    void anOlderBootstrapBeatsABrokenOne();
    void aBootstrapOfAnEarlierRunSparesTheRequest();
    void anOldBootstrapOfAnEarlierRunBeatsABrokenOne();
    void aBootstrapBelongsToWhereItCameFrom();
    void rdapAsksTheRegistrarOnlyWhenSwitchedOn();
    void rdapNeedsGreenForTheRegistrar();
    void rdapFailuresAreOutcomes_data();
    void rdapFailuresAreOutcomes();
    void mnemonicReadsAllPages();
    void mnemonicStopsAtTwentyPages();
    void mnemonicStopsAtRepeatedPages();
    void mnemonicAsksOnBehindEveryFullPage_data();
    void mnemonicAsksOnBehindEveryFullPage();
    void mnemonicKeepsEarlierPages();
    void mnemonicFailuresAreOutcomes_data();
    void mnemonicFailuresAreOutcomes();
    void nothingIsSentWhenRefused();
    void cancellingAndTheEndEndAsksOnce();
    void testsSayWhetherTheyAnswer();
    void theSetIsInOrder();
};

void tst_HttpSources::rdapAsksTheRegistryOfTheRegisteredDomain()
{
    Lab lab;
    lab.server.script("/com/v1/domain/google.com",
                      {{.body = fixture(u"domain/verisign_google.com_thin.json"_s)}});
    QCOMPARE(lab.rdap->subject(domain(u"www.mail.google.com"_s)), domain(u"google.com"_s));
    QVERIFY(lab.rdap->subject(domain(u"com"_s)).isEmpty());
    lab.ask(*lab.rdap, domain(u"www.google.com"_s));
    QVERIFY(lab.wait());
    const auto all = lab.observations();
    QCOMPARE(all.size(), 1);
    QCOMPARE(all[0].outcome, Outcome::Complete);
    QCOMPARE(all[0].question,
             (Question{domain(u"google.com"_s), Dataset::Whois, u"rdap"_s, u"domain"_s}));
    QCOMPARE(all[0].records.size(), 15);
    QCOMPARE(lab.server.requests().last().headers.value("accept"),
             QByteArray("application/rdap+json, application/json;q=0.9"));
}

void tst_HttpSources::rdapAsksForAddresses()
{
    Lab lab;
    lab.server.script("/ip/1.1.1.1", {{.body = fixture(u"ip/apnic_1.1.1.1_2024-04.json"_s)}});
    lab.ask(*lab.rdap, {ArtifactKind::Ipv4, u"1.1.1.1"_s});
    QVERIFY(lab.wait());
    QCOMPARE(lab.observations()[0].outcome, Outcome::Complete);
    QCOMPARE(lab.observations()[0].question.text, u"ip"_s);
    QCOMPARE(lab.observations()[0].records.first().value.raw(), u"1.1.1.0/24"_s);
}

/// What an address's answer named can be asked itself, once for all its addresses.
void tst_HttpSources::rdapAsksForKnownNetworks()
{
    Lab lab;
    lab.server.script("/ip/1.1.1.0/24", {{.body = fixture(u"ip/apnic_1.1.1.1_2024-04.json"_s)}});
    const Artifact network{ArtifactKind::Cidr, u"1.1.1.0/24"_s};
    lab.ask(*lab.rdap, network);
    QVERIFY(lab.wait());
    const Observation told = lab.observations()[0];
    QCOMPARE(told.outcome, Outcome::Complete);
    QCOMPARE(told.question, (Question{network, Dataset::Whois, u"rdap"_s, u"ip"_s}));
    for (const Record &record : told.records)
        QCOMPARE(record.owner, network);
    QCOMPARE(lab.ledger.events.last().about, network);
    QVERIFY(lab.rdap->subject({ArtifactKind::Cidr, u"no network"_s}).isEmpty());
}

/// IANA's files name only the regional registries.
void tst_HttpSources::rdapFollowsARegistryToTheNationalOne()
{
    Lab lab;
    lab.server.script(
        "/rdap/ip/200.160.0.1",
        {{.status = 302, .headers = {{"Location", "https://rdap.registro.br/there"}}}});
    lab.server.script("/there", {{.body = R"({"objectClassName":"ip network","name":"BR",
        "startAddress":"200.160.0.0","endAddress":"200.160.15.255"})"}});
    lab.ask(*lab.rdap, {ArtifactKind::Ipv4, u"200.160.0.1"_s});
    QVERIFY(lab.wait());
    QCOMPARE(lab.observations()[0].detail, QString());
    QCOMPARE(lab.observations()[0].records.first().value.raw(), u"200.160.0.0/20"_s);
}

/// A label that may be made for one victim holds back who would hear it, not the registry.
void tst_HttpSources::theRegistryLearnsOnlyTheRegisteredDomain()
{
    Policy policy;
    policy.sources = Catalogue().infos();
    const auto learners = whoLearns(policy, domain(u"3f9c1a7e5b2d8c4f6a0e9d7b.shop.com"_s));
    const auto held = [&](const QString &source) {
        const auto is = [&](const Learner &learner) { return learner.source == source; };
        return std::find_if(learners.begin(), learners.end(), is)->held;
    };
    QVERIFY(held(u"mnemonic"_s));
    QVERIFY(!held(u"rdap"_s) && !held(u"whois"_s));
    // Nothing is registered at a public suffix, so no registry is asked.
    QCOMPARE(whoLearns(policy, domain(u"co.uk"_s)).size(), learners.size() - 2);
}

void tst_HttpSources::rdapWithoutAServiceIsRefused()
{
    Lab lab;
    lab.ask(*lab.rdap, domain(u"example.yandexx"_s));
    QVERIFY(lab.wait());
    QCOMPARE(lab.observations()[0].outcome, Outcome::Refused);
    QCOMPARE(lab.observations()[0].detail, u"no RDAP service for .yandexx"_s);
}

void tst_HttpSources::rdapKeepsTheBootstrapForADay()
{
    Lab lab;
    lab.server.script("/com/v1/domain/google.com",
                      {{.body = fixture(u"domain/verisign_google.com_thin.json"_s)}});
    lab.ask(*lab.rdap, domain(u"google.com"_s));
    lab.ask(*lab.rdap, domain(u"example.yandexx"_s));
    QVERIFY(lab.wait(2));
    lab.ask(*lab.rdap, domain(u"example.yandexx"_s));
    QVERIFY(lab.wait(3));
    QCOMPARE(lab.requests("/rdap/dns.json"), 1);
    // Another setting is another file.
    lab.server.script("/other/dns.json",
                      {{.body = fixture(u"bootstrap/iana_dns_2024-07-25T00Z.json"_s)}});
    lab.change([&](Policy &policy) { policy.rdapBootstrap = lab.server.url(u"/other/"_s); });
    lab.ask(*lab.rdap, domain(u"example.yandexx"_s));
    QVERIFY(lab.wait(4));
    QCOMPARE(lab.requests("/other/dns.json"), 1);
}

void tst_HttpSources::aBrokenBootstrapIsTold_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<Outcome>("outcome");
    QTest::newRow("page") << fixture(u"bootstrap-malformed/404_html_instead_of_json.html"_s) << 200
                          << Outcome::Malformed;
    QTest::newRow("missing") << QByteArray() << 404 << Outcome::Unreachable;
    QTest::newRow("empty") << QByteArray() << 200 << Outcome::Malformed;
    QTest::newRow("syntax") << fixture(u"bootstrap-malformed/dns_syntax_error.json"_s) << 200
                            << Outcome::Malformed;
    QTest::newRow("large") << QByteArray(2 << 20, ' ') << 200 << Outcome::Malformed;
}

void tst_HttpSources::aBrokenBootstrapIsTold()
{
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    Lab lab;
    lab.server.script("/rdap/dns.json", {{.status = status, .body = body}});
    lab.ask(*lab.rdap, domain(u"google.com"_s), Asker::Eye);
    QVERIFY(lab.wait());
    QTEST(lab.observations()[0].outcome, "outcome");
    QVERIFY(lab.observations()[0].detail.contains(u"dns.json"_s));
    // Eyes wait a while; a person's question tries again.
    const int before = lab.requests("/rdap/dns.json");
    lab.ask(*lab.rdap, domain(u"google.com"_s), Asker::Eye);
    QVERIFY(lab.wait(2));
    QCOMPARE(lab.requests("/rdap/dns.json"), before);
    lab.ask(*lab.rdap, domain(u"google.com"_s), Asker::Person);
    QVERIFY(lab.wait(3));
    QVERIFY(lab.requests("/rdap/dns.json") > before);
}

void tst_HttpSources::anOlderBootstrapBeatsABrokenOne()
{
    Lab lab;
    lab.server.script("/rdap/dns.json",
                      {{.body = fixture(u"bootstrap/iana_dns_2025-11-06.json"_s)}, {.body = "{}"}});
    std::optional<Outcome> first;
    lab.rdap->test([&](Outcome o, const QString &) { first = o; });
    QTRY_COMPARE(first.value_or(Outcome::Unreachable), Outcome::Complete);
    std::optional<Outcome> second;
    lab.rdap->test([&](Outcome o, const QString &) { second = o; }); // asks for a new copy
    QTRY_VERIFY(second);
    QCOMPARE(lab.requests("/rdap/dns.json"), 2);
    lab.ask(*lab.rdap, domain(u"example.yandexx"_s));
    QVERIFY(lab.wait());
    QCOMPARE(lab.observations()[0].detail, u"no RDAP service for .yandexx"_s);
}

void tst_HttpSources::aBootstrapOfAnEarlierRunSparesTheRequest()
{
    Lab lab;
    QList<RdapFile> kept;
    connect(lab.rdap.get(), &RdapSource::fileFetched, this,
            [&](const RdapFile &file) { kept.append(file); });
    lab.ask(*lab.rdap, domain(u"example.yandexx"_s));
    QVERIFY(lab.wait());
    QCOMPARE(kept.size(), 1);
    QCOMPARE(kept[0].base, lab.server.url(u"/rdap"_s).toString());
    QCOMPARE(kept[0].name, u"dns.json"_s);
    QCOMPARE(kept[0].body, fixture(u"bootstrap/iana_dns_2025-11-06.json"_s));
    lab.begin();
    lab.rdap->rememberFile(kept[0]);
    lab.ask(*lab.rdap, domain(u"example.yandexx"_s));
    QVERIFY(lab.wait(2));
    QCOMPARE(lab.observations(1)[0].detail, u"no RDAP service for .yandexx"_s);
    QCOMPARE(lab.requests("/rdap/dns.json"), 1);
}

void tst_HttpSources::anOldBootstrapOfAnEarlierRunBeatsABrokenOne()
{
    Lab lab;
    lab.server.script("/rdap/dns.json", {{.body = "{}"}});
    lab.rdap->rememberFile({lab.server.url(u"/rdap"_s).toString(), u"dns.json"_s,
                            fixture(u"bootstrap/iana_dns_2025-11-06.json"_s),
                            lab.clock.now() - 30 * dayMs});
    lab.ask(*lab.rdap, domain(u"example.yandexx"_s));
    QVERIFY(lab.wait());
    QCOMPARE(lab.observations()[0].detail, u"no RDAP service for .yandexx"_s);
    QCOMPARE(lab.requests("/rdap/dns.json"), 1);
    Lab hostile; // what the store holds may be damaged
    hostile.rdap->rememberFile({hostile.server.url(u"/rdap"_s).toString(), u"dns.json"_s,
                                QByteArray(2 << 20, '['), hostile.clock.now()});
    hostile.rdap->rememberFile(
        {hostile.server.url(u"/rdap"_s).toString(), u"ipv4.json"_s, "[[", hostile.clock.now()});
    hostile.ask(*hostile.rdap, domain(u"example.yandexx"_s));
    QVERIFY(hostile.wait());
    QCOMPARE(hostile.observations()[0].detail, u"no RDAP service for .yandexx"_s);
}

void tst_HttpSources::aBootstrapBelongsToWhereItCameFrom()
{
    Lab lab;
    lab.rdap->rememberFile({u"https://data.iana.org/rdap/"_s, u"dns.json"_s,
                            fixture(u"bootstrap/iana_dns_2025-11-06.json"_s), lab.clock.now()});
    lab.ask(*lab.rdap, domain(u"example.yandexx"_s));
    QVERIFY(lab.wait());
    QCOMPARE(lab.requests("/rdap/dns.json"), 1);
}

void tst_HttpSources::rdapAsksTheRegistrarOnlyWhenSwitchedOn()
{
    Lab lab;
    lab.server.script("/com/v1/domain/google.com",
                      {{.body = fixture(u"domain/verisign_google.com_thin.json"_s)}});
    lab.server.script("/rdap/domain/GOOGLE.COM",
                      {{.body = fixture(u"domain/markmonitor_google.com_thick.json"_s)}});
    lab.change([](Policy &policy) {
        policy.ceiling = Pap::Green;
        policy.rdapRegistrar = true;
    });
    lab.ask(*lab.rdap, domain(u"google.com"_s));
    QVERIFY(lab.wait());
    const auto all = lab.observations();
    QCOMPARE(all.size(), 2);
    QCOMPARE(all[1].question.text, u"registrar"_s);
    QCOMPARE(all[1].outcome, Outcome::Complete);
    QCOMPARE(all[1].records.size(), 2);
}

void tst_HttpSources::rdapNeedsGreenForTheRegistrar()
{
    Lab lab;
    lab.server.script("/com/v1/domain/google.com",
                      {{.body = fixture(u"domain/verisign_google.com_thin.json"_s)}});
    lab.change([](Policy &policy) { policy.rdapRegistrar = true; });
    lab.ask(*lab.rdap, domain(u"google.com"_s));
    QVERIFY(lab.wait());
    QCOMPARE(lab.observations()[0].outcome, Outcome::Complete);
    QCOMPARE(lab.observations()[1].outcome, Outcome::Refused);
    QCOMPARE(lab.requests("/rdap/domain/GOOGLE.COM"), 0);
}

void tst_HttpSources::rdapFailuresAreOutcomes_data()
{
    QTest::addColumn<HttpScript>("script");
    QTest::addColumn<Outcome>("outcome");
    QTest::newRow("404") << HttpScript{.status = 404,
                                       .body = fixture(u"error/apnic_404_entity.json"_s)}
                         << Outcome::Empty;
    QTest::newRow("page") << HttpScript{.body = "<html>"} << Outcome::Malformed;
    QTest::newRow("403") << HttpScript{.status = 403} << Outcome::Refused;
    QTest::newRow("500") << HttpScript{.status = 500, .body = "x"} << Outcome::Unreachable;
    QTest::newRow("cut") << HttpScript{.body = R"({"objectClassName":"domain")",
                                       .end = HttpScript::End::Cut}
                         << Outcome::Unreachable;
    QTest::newRow("dropped") << HttpScript{.end = HttpScript::End::Drop} << Outcome::Unreachable;
    QTest::newRow("endless") << HttpScript{.body = QByteArray(65536, ' '),
                                           .end = HttpScript::End::Endless}
                             << Outcome::Malformed;
}

void tst_HttpSources::rdapFailuresAreOutcomes()
{
    QFETCH(HttpScript, script);
    Lab lab;
    lab.server.script("/com/v1/domain/google.com", {script});
    lab.ask(*lab.rdap, domain(u"google.com"_s));
    QVERIFY(lab.wait());
    QTEST(lab.observations()[0].outcome, "outcome");
    QVERIFY(!lab.observations()[0].detail.isEmpty());
}

void tst_HttpSources::mnemonicReadsAllPages()
{
    Lab lab;
    lab.server.script(pdnsPath(0), {{.body = pdnsPage(0, 500, 1100)}});
    lab.server.script(pdnsPath(500), {{.body = pdnsPage(500, 500, 1100)}});
    lab.server.script(pdnsPath(1000), {{.body = pdnsPage(1000, 100, 1100)}});
    lab.ask(*lab.mnemonic, domain(u"shop.com"_s));
    QVERIFY(lab.wait());
    const auto all = lab.observations();
    QCOMPARE(all[0].outcome, Outcome::Complete);
    QCOMPARE(all[0].records.size(), 1100);
    QCOMPARE(all[1].outcome, Outcome::Empty);
    QCOMPARE(lab.server.requests().size(), 3);
}

void tst_HttpSources::mnemonicStopsAtTwentyPages()
{
    Lab lab;
    for (int page = 0; page < 25; ++page)
        lab.server.script(pdnsPath(page * 10), {{.body = pdnsPage(page * 10, 10, 99999)}});
    lab.ask(*lab.mnemonic, domain(u"shop.com"_s));
    QVERIFY(lab.wait());
    QCOMPARE(lab.observations()[0].outcome, Outcome::Truncated);
    QCOMPARE(lab.observations()[0].records.size(), 200);
    QCOMPARE(lab.server.requests().size(), 20);
}

void tst_HttpSources::mnemonicStopsAtRepeatedPages()
{
    Lab lab;
    lab.server.script(pdnsPath(0), {{.body = pdnsPage(0, 10, 1000)}});
    lab.server.script(pdnsPath(10), {{.body = pdnsPage(0, 10, 1000)}});
    lab.ask(*lab.mnemonic, domain(u"shop.com"_s));
    QVERIFY(lab.wait());
    QCOMPARE(lab.observations()[0].outcome, Outcome::Truncated);
    QCOMPARE(lab.observations()[0].records.size(), 10);
    QCOMPARE(lab.server.requests().size(), 2);
    // The same rows with other numbers around them are the same page.
    Lab restless;
    restless.server.script(pdnsPath(0), {{.body = pdnsPage(0, 10, 15)}});
    restless.server.script(pdnsPath(10), {{.body = pdnsPage(0, 10, 16)}});
    restless.ask(*restless.mnemonic, domain(u"shop.com"_s));
    QVERIFY(restless.wait());
    QCOMPARE(restless.observations()[0].outcome, Outcome::Truncated);
    QCOMPARE(restless.server.requests().size(), 2);
}

/// The count may be the page's own, too small, or about all; a page is full by either's limit.
void tst_HttpSources::mnemonicAsksOnBehindEveryFullPage_data()
{
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("count");
    QTest::addColumn<int>("limit");
    QTest::addColumn<int>("last");
    QTest::newRow("count of the page") << 500 << 500 << 500 << 200;
    QTest::newRow("count too small") << 500 << 3 << 500 << 200;
    QTest::newRow("capped") << 25 << 25 << 25 << 10;
    QTest::newRow("ends on a full page") << 25 << 25 << 25 << 0;
}

void tst_HttpSources::mnemonicAsksOnBehindEveryFullPage()
{
    QFETCH(int, rows);
    QFETCH(int, count);
    QFETCH(int, limit);
    QFETCH(int, last);
    Lab lab;
    lab.server.script(pdnsPath(0), {{.body = pdnsPage(0, rows, count, limit)}});
    lab.server.script(pdnsPath(rows), {{.body = pdnsPage(rows, rows, count, limit)}});
    lab.server.script(pdnsPath(2 * rows), {{.body = pdnsPage(2 * rows, last, last, limit)}});
    lab.ask(*lab.mnemonic, domain(u"shop.com"_s));
    QVERIFY(lab.wait());
    QCOMPARE(lab.server.requests().size(), 3);
    QCOMPARE(lab.observations()[0].outcome, Outcome::Complete);
    QCOMPARE(lab.observations()[0].records.size(), 2 * rows + last);
}

void tst_HttpSources::mnemonicKeepsEarlierPages()
{
    Lab lab;
    lab.server.script(pdnsPath(0), {{.body = pdnsPage(0, 500, 1000)}});
    lab.server.script(pdnsPath(500), {{.status = 403, .body = "no"}});
    lab.ask(*lab.mnemonic, domain(u"shop.com"_s));
    QVERIFY(lab.wait());
    QCOMPARE(lab.observations()[0].outcome, Outcome::Truncated);
    QCOMPARE(lab.observations()[0].records.size(), 500);
    // A count that lies, or a server that lost its place: nobody knows whether that was all.
    Lab liar;
    liar.server.script(pdnsPath(0), {{.body = pdnsPage(0, 1, 20)}});
    liar.server.script(pdnsPath(1), {{.body = pdnsPage(1, 0, 20)}});
    liar.ask(*liar.mnemonic, domain(u"shop.com"_s));
    QVERIFY(liar.wait());
    QCOMPARE(liar.observations()[0].outcome, Outcome::Truncated);
    QCOMPARE(liar.observations()[0].records.size(), 1);
}

void tst_HttpSources::mnemonicFailuresAreOutcomes_data()
{
    QTest::addColumn<HttpScript>("script");
    QTest::addColumn<Outcome>("outcome");
    QTest::newRow("404") << HttpScript{.status = 404, .body = R"({"responseCode":404})"}
                         << Outcome::Empty;
    QTest::newRow("401 within") << HttpScript{.body = R"({"responseCode":401,"data":null})"}
                                << Outcome::Refused;
    QTest::newRow("page") << HttpScript{.body = "<html>"} << Outcome::Malformed;
    QTest::newRow("cut") << HttpScript{.body = R"({"responseCode":200)",
                                       .end = HttpScript::End::Cut}
                         << Outcome::Unreachable;
    QTest::newRow("dropped") << HttpScript{.end = HttpScript::End::Drop} << Outcome::Unreachable;
}

void tst_HttpSources::mnemonicFailuresAreOutcomes()
{
    QFETCH(HttpScript, script);
    Lab lab;
    lab.server.script(pdnsPath(0), {script});
    lab.ask(*lab.mnemonic, domain(u"shop.com"_s));
    QVERIFY(lab.wait());
    const auto all = lab.observations();
    QCOMPARE(all.size(), 2);
    QTEST(all[0].outcome, "outcome");
    QTEST(all[1].outcome, "outcome");
}

void tst_HttpSources::nothingIsSentWhenRefused()
{
    Lab lab;
    lab.change([](Policy &policy) { policy.ceiling = Pap::Red; });
    lab.ask(*lab.rdap, domain(u"google.com"_s));
    lab.ask(*lab.mnemonic, domain(u"google.com"_s));
    QVERIFY(lab.wait(2));
    QCOMPARE(lab.observations(0)[0].outcome, Outcome::Refused);
    QCOMPARE(lab.observations(1)[0].outcome, Outcome::Refused);
    QVERIFY(lab.server.requests().isEmpty());
}

void tst_HttpSources::cancellingAndTheEndEndAsksOnce()
{
    Lab lab;
    lab.server.script(pdnsPath(0), {{.end = HttpScript::End::Hang}});
    lab.ask(*lab.mnemonic, domain(u"shop.com"_s), Asker::Person, 5);
    lab.ask(*lab.mnemonic, domain(u"shop.com"_s), Asker::Person, 6);
    QTRY_VERIFY(!lab.server.requests().isEmpty());
    lab.mnemonic->cancel(5);
    QCOMPARE(lab.passes.size(), 1);
    QCOMPARE(lab.observations()[0].detail, u"cancelled"_s);
    lab.mnemonic.reset();
    QCOMPARE(lab.passes.size(), 2);
    QVERIFY(lab.passes[1].answers.isEmpty());
}

void tst_HttpSources::testsSayWhetherTheyAnswer()
{
    Lab lab;
    lab.server.script("/pdns/v3/iana.org?limit=1&offset=0",
                      {{.body = R"({"responseCode":200,"count":0,"data":[]})"}});
    QString mnemonicWords;
    QString rdapWords;
    lab.mnemonic->test([&](Outcome, const QString &words) { mnemonicWords = words; });
    lab.rdap->test([&](Outcome, const QString &words) { rdapWords = words; });
    QTRY_COMPARE(mnemonicWords, u"mnemonic answers"_s);
    QTRY_COMPARE(rdapWords, u"IANA's list names 597 registries' services"_s);
}

void tst_HttpSources::theSetIsInOrder()
{
    Lab lab;
    DnsClient client(lab.gate, lab.clock, lab.ledger);
    WhoisClient whois(lab.gate, lab.clock, lab.ledger);
    TlsClient tls(lab.gate, lab.clock, lab.ledger);
    QStringList made;
    KeyRing keys;
    for (const auto &source :
         makeSources({}, lab.gate, {*lab.fetcher, client, whois, tls}, keys, lab.clock))
        made.append(source->info().name);
    QCOMPARE(made.join(u' '), u"dns rdap whois tls http mnemonic cymru maxmind"_s);
}

WG_TEST(tst_HttpSources)
#include "tst_httpsources.moc"
