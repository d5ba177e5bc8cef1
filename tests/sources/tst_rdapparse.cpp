// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/rdapparse.h"

#include "support/runner.h"

#include <QDirIterator>
#include <QElapsedTimer>
#include <QFile>
#include <QTest>

using namespace wg;
using namespace Qt::StringLiterals;

namespace {

QByteArray fixture(const QString &name)
{
    QFile file(QStringLiteral(TEST_DATA "/rdap/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unread");
}

Artifact artifactOf(const QString &text)
{
    if (parseAddress(text))
        return parseAddress(text)->artifact();
    return {ArtifactKind::Domain, text};
}

Observation parsed(const QByteArray &body, const QString &asked, int status = 200)
{
    RawAnswer answer;
    const Artifact subject = artifactOf(asked);
    answer.question = {subject, Dataset::Whois, u"rdap"_s,
                       isAddress(subject) ? u"ip"_s : u"domain"_s};
    answer.bytes = body;
    answer.status = status;
    answer.at = {1000};
    const RawPass pass{subject, u"rdap"_s, Purpose::Poll, {answer}, parseRdap};
    return pass.parse(pass).first();
}

/// "registrar=MarkMonitor Inc." of the records, sorted.
QStringList facts(const Observation &o)
{
    QStringList out;
    for (const Record &r : o.records) {
        QString line = r.type + u'=' + r.value.raw();
        for (const Attribute &a : r.attributes)
            line += u" ["_s + a.name + u'=' + a.text.raw() + u']';
        if (isAddress(r.owner))
            line.prepend(u"@ "_s);
        out.append(line);
    }
    out.sort();
    return out;
}

QString detailOf(const Observation &o, const QString &type, const QString &name)
{
    for (const Record &r : o.records) {
        if (r.type == type && !isAddress(r.owner))
            return attribute(r.details, name).raw();
    }
    return u"no such record"_s;
}

} // namespace

/// Registration answers as recorded from registries, and what they do wrong.
class tst_RdapParse : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsDomains_data();
    void readsDomains();
    void readsNetworks_data();
    void readsNetworks();
    void theOwnerIsTheBlockAroundTheAddress();
    void laterWordingIsNoChange();
    void databaseTimesAreNoFacts();
    void errorsAreOutcomes_data();
    void errorsAreOutcomes();
    void otherObjectsAreMalformed_data();
    void otherObjectsAreMalformed();
    void anotherDomainIsMalformed();
    void impossibleDatesAreLeftOut();
    void whatTheRegistryLeftOutIsTruncated();
    void registrarLinksAreFollowedOnlyForTheRegistrant();
    void theRegistrarAddsOnlyTheRegistrant();
    void everyCutIsAnOutcome();
    void garbageIsAnOutcomeQuickly();
    void everyRecordedAnswerIsAnOutcomeForEveryQuestion();
    void rangesBecomeNetworks_data();
    void rangesBecomeNetworks();
};

void tst_RdapParse::readsDomains_data()
{
    QTest::addColumn<QString>("asked");
    QTest::addColumn<QStringList>("expected");
    const QStringList prohibited{u"status=client delete prohibited"_s,
                                 u"status=client transfer prohibited"_s,
                                 u"status=client update prohibited"_s};
    const QStringList sixProhibited = prohibited
        + QStringList{u"status=server delete prohibited"_s, u"status=server transfer prohibited"_s,
                      u"status=server update prohibited"_s};
    const QStringList googleServers{u"nameserver=ns1.google.com"_s, u"nameserver=ns2.google.com"_s,
                                    u"nameserver=ns3.google.com"_s, u"nameserver=ns4.google.com"_s};
    QTest::newRow("verisign_google.com_thin") << u"google.com"_s
                                              << sixProhibited + googleServers
            + QStringList{u"registrar=MarkMonitor Inc."_s, u"registrar_iana_id=292"_s,
                          u"dnssec=unsigned"_s, u"created=1997-09-15T04:00:00Z"_s,
                          u"expires=2028-09-14T04:00:00Z"_s};
    const QStringList thick = sixProhibited + googleServers
        + QStringList{u"registrar=MarkMonitor Inc."_s,
                      u"registrar_iana_id=292"_s,
                      u"dnssec=unsigned"_s,
                      u"created=1997-09-15T07:00:00Z"_s,
                      u"expires=2028-09-13T07:00:00Z"_s,
                      u"registrant=Google LLC"_s,
                      u"country=US"_s};
    QTest::newRow("markmonitor_google.com_thick") << u"google.com"_s << thick;
    QTest::newRow("merged_google.com_2021") << u"google.com"_s << thick;
    QTest::newRow("markmonitor_abc.xyz") << u"abc.xyz"_s
                                         << prohibited + googleServers
            + QStringList{u"registrar=MarkMonitor Inc."_s,
                          u"registrar_iana_id=292"_s,
                          u"dnssec=unsigned"_s,
                          u"created=2014-03-20T12:59:17Z"_s,
                          u"expires=2025-03-20T07:00:00Z"_s,
                          u"registrant=Google LLC"_s,
                          u"country=US"_s};
    QTest::newRow("anonymised_amazon.ooo") << u"amazon.ooo"_s
                                           << prohibited
            + QStringList{u"nameserver=nsgbr.comlaude.co.uk"_s,
                          u"nameserver=nssui.comlaude.ch"_s,
                          u"nameserver=nsusa.comlaude.net"_s,
                          u"registrar=NOM-IQ Ltd dba Com Laude"_s,
                          u"registrar_iana_id=470"_s,
                          u"dnssec=unsigned"_s,
                          u"created=2014-10-23T00:00:00Z"_s,
                          u"expires=2021-10-23T00:00:00Z"_s,
                          u"registrant=Amazon Technologies, Inc."_s,
                          u"country=US"_s,
                          u"email=amazon.ooo-registrant@anonymised.email"_s};
    QTest::newRow("nic.top_bitcoin.top") << u"bitcoin.top"_s
                                         << QStringList{u"status=active"_s,
                                                        u"nameserver=ns1.72dns.com"_s,
                                                        u"nameserver=ns2.idc1.cn"_s,
                                                        u"registrar=成都西维数码科技有限公司"_s,
                                                        u"registrar_iana_id=1556"_s,
                                                        u"dnssec=unsigned"_s,
                                                        u"created=2014-11-17T16:00:29Z"_s,
                                                        u"expires=2021-11-17T16:00:29Z"_s,
                                                        u"registrant=Wang Shao Gang"_s,
                                                        u"country=CN"_s};
    QTest::newRow("nic.cz_example.cz") << u"example.cz"_s
                                       << QStringList{u"status=active"_s,
                                                      u"nameserver=ns.pipni.cz"_s,
                                                      u"nameserver=ns2.pipni.cz"_s,
                                                      u"nameserver=ns3.pipni.cz"_s,
                                                      u"registrar=REG-INTERNET-CZ"_s,
                                                      u"created=2004-08-30T22:55:00Z"_s,
                                                      u"expires=2019-08-30T12:00:00Z"_s};
    QTest::newRow("norid_norway.no")
        << u"norway.no"_s
        << QStringList{u"nameserver=ns1-09.azure-dns.com"_s, u"nameserver=ns2-09.azure-dns.net"_s,
                       u"nameserver=ns3-09.azure-dns.org"_s, u"nameserver=ns4-09.azure-dns.info"_s,
                       u"registrar=Domeneshop AS"_s,         u"created=2017-01-24T12:09:23Z"_s};
    QTest::newRow("nameshield_lemonde.fr")
        << u"lemonde.fr"_s
        << QStringList{u"status=server update prohibited"_s,
                       u"status=server transfer prohibited"_s,
                       u"status=server delete prohibited"_s,
                       u"status=server recover prohibited"_s,
                       u"nameserver=ns-cloud-b1.googledomains.com"_s,
                       u"nameserver=ns-cloud-b2.googledomains.com"_s,
                       u"nameserver=ns-cloud-b3.googledomains.com"_s,
                       u"nameserver=ns-cloud-b4.googledomains.com"_s,
                       u"registrar=NAMESHIELD"_s,
                       u"registrar_iana_id=1251"_s,
                       u"created=2005-08-02T14:16:36Z"_s,
                       u"expires=2025-06-09T22:08:09Z"_s,
                       u"registrant=SOCIETE EDITRICE DU MONDE"_s,
                       u"country=FR"_s,
                       u"email=domain_names@lemonde.fr"_s};
    QTest::newRow("flexireg_home.moscow")
        << u"home.moscow"_s
        << QStringList{
               u"status=client transfer prohibited"_s,
               u"nameserver=ns1.reg.ru"_s,
               u"nameserver=ns2.reg.ru"_s,
               u"registrar=Limited Liability Company \"Registrar of domain names REG.RU\""_s,
               u"registrar_iana_id=1606"_s,
               u"dnssec=unsigned"_s,
               u"created=2021-10-19T19:28:12Z"_s,
               u"expires=2024-10-19T19:28:12Z"_s};
    QTest::newRow("nic.tube_you.tube") << u"you.tube"_s
                                       << prohibited
            + QStringList{u"nameserver=ns1.googledomains.com"_s,
                          u"nameserver=ns2.googledomains.com"_s,
                          u"nameserver=ns3.googledomains.com"_s,
                          u"nameserver=ns4.googledomains.com"_s,
                          u"registrar=MarkMonitor, Inc."_s,
                          u"registrar_iana_id=292"_s,
                          u"dnssec=unsigned"_s,
                          u"created=2016-04-17T11:31:13Z"_s,
                          u"expires=2022-04-16T23:59:59Z"_s};
    QTest::newRow("fabulous_hhgames.com") << u"hhgames.com"_s
                                          << prohibited
            + QStringList{u"nameserver=ns1.fabulous.com"_s,
                          u"nameserver=ns2.fabulous.com"_s,
                          u"nameserver=ns3.fabulous.com"_s,
                          u"nameserver=ns4.fabulous.com"_s,
                          u"registrar=Sea Wasp, LLC"_s,
                          u"registrar_iana_id=411"_s,
                          u"dnssec=unsigned"_s,
                          u"created=2002-07-04T19:15:32Z"_s,
                          u"expires=2026-07-04T19:21:02Z"_s};
    QTest::newRow("icann.org_redacted_real-world")
        << u"icann.org"_s
        << QStringList{u"registrant=Internet Corporation for Assigned Names and Numbers"_s,
                       u"country=US"_s};
    QTest::newRow("rfc9537_redacted-members_synthetic")
        << u"example.com"_s
        << QStringList{u"status=server delete prohibited"_s,
                       u"status=server update prohibited"_s,
                       u"status=server transfer prohibited"_s,
                       u"status=client transfer prohibited"_s,
                       u"nameserver=ns1.example.com"_s,
                       u"nameserver=ns2.example.com"_s,
                       u"registrar=Example Registrar Inc."_s,
                       u"registrar_iana_id=1"_s,
                       u"dnssec=unsigned"_s,
                       u"created=1997-06-03T00:00:00Z"_s,
                       u"expires=2021-06-03T04:00:00Z"_s,
                       u"country=Canada"_s};
}

void tst_RdapParse::readsDomains()
{
    QFETCH(QString, asked);
    QFETCH(QStringList, expected);
    const Observation o =
        parsed(fixture(u"domain/%1.json"_s.arg(QLatin1String(QTest::currentDataTag()))), asked);
    QCOMPARE(o.outcome, Outcome::Complete);
    expected.sort();
    QCOMPARE(facts(o), expected);
    for (const Record &r : o.records) {
        QCOMPARE(r.owner, artifactOf(asked));
        QCOMPARE(r.dataset, Dataset::Whois);
        const bool several = r.type == u"nameserver"_s || r.type == u"status"_s;
        QCOMPARE(r.identity, several ? Identity::Value : Identity::Type);
    }
}

void tst_RdapParse::readsNetworks_data()
{
    QTest::addColumn<QString>("asked");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("apnic_1.1.1.1_2021")
        << u"1.1.1.1"_s
        << QStringList{u"@ network=1.1.1.0/24"_s, u"abuse_email=helpdesk@apnic.net"_s,
                       u"country=AU"_s,           u"name=APNIC-LABS"_s,
                       u"network=1.1.1.0/24"_s,   u"type=assigned portable"_s};
    QTest::newRow("apnic_1.1.1.1_2024-04")
        << u"1.1.1.1"_s
        << QStringList{u"@ network=1.1.1.0/24"_s,
                       u"abuse_email=helpdesk@apnic.net"_s,
                       u"country=AU"_s,
                       u"created=2011-08-10T23:12:35Z"_s,
                       u"name=APNIC-LABS"_s,
                       u"network=1.1.1.0/24"_s,
                       u"organisation=APNIC Research and Development"_s,
                       u"type=assigned portable"_s};
    QTest::newRow("arin_13.64.0.0-11_microsoft")
        << u"13.107.6.152"_s
        << QStringList{u"@ network=13.104.0.0/14"_s,
                       u"abuse_email=abuse@microsoft.com"_s,
                       u"created=2015-03-26T17:58:18Z"_s,
                       u"name=MSFT"_s,
                       u"network=13.64.0.0/11, 13.96.0.0/13, 13.104.0.0/14"_s,
                       u"organisation=Microsoft Corporation"_s,
                       u"type=direct allocation"_s};
    QTest::newRow("arin_74.125.225.229")
        << u"74.125.225.229"_s
        << QStringList{u"@ network=74.125.0.0/16"_s,      u"abuse_email=arin-contact@google.com"_s,
                       u"created=2007-03-13T16:09:54Z"_s, u"name=GOOGLE"_s,
                       u"network=74.125.0.0/16"_s,        u"organisation=Google Inc."_s};
    QTest::newRow("afrinic_196.11.240.215")
        << u"196.11.240.215"_s
        << QStringList{
               u"@ network=196.11.240.0/22"_s, u"country=ZA"_s, u"name=ORG-VSA1-AFRINIC"_s,
               u"network=196.11.239.0/24, 196.11.240.0/22, 196.11.244.0/23, 196.11.246.0/24"_s,
               u"type=assigned pi"_s};
    QTest::newRow("apnic_2001-240-10c-1--ca20-9d1d")
        << u"2001:240:10c:1::ca20:9d1d"_s
        << QStringList{u"@ network=2001:240::/32"_s, u"country=JP"_s,
                       u"name=IIJ-JPNIC-JP-20000308"_s, u"network=2001:240::/32"_s,
                       u"type=allocated portable"_s};
    QTest::newRow("apnic_210.107.73.73")
        << u"210.107.73.73"_s << QStringList{u"@ network=210.107.0.0/17"_s,
                                             u"abuse_email=hostmaster@nic.or.kr"_s,
                                             u"country=KR"_s,
                                             u"name=BORANET-NET-210-107"_s,
                                             u"network=210.107.0.0/17"_s,
                                             u"type=allocated portable"_s};
    QTest::newRow("lacnic_200.57.141.161")
        << u"200.57.141.161"_s
        << QStringList{u"@ network=200.57.141.161/32"_s,
                       u"abuse_email=operacion.redes@triara.com"_s,
                       u"country=MX"_s,
                       u"name=Triara.com, S.A. de C.V."_s,
                       u"network=200.57.141.161/32"_s,
                       u"organisation=Triara.com, S.A. de C.V."_s,
                       u"type=allocated"_s};
    QTest::newRow("ripe_130.59.0.0-16")
        << u"130.59.1.1"_s
        << QStringList{
               u"@ network=130.59.0.0/16"_s, u"abuse_email=abuse@switch.ch"_s, u"country=CH"_s,
               u"name=SWITCH-LAN"_s,         u"network=130.59.0.0/16"_s,       u"type=legacy"_s};
    QTest::newRow("ripe_62.239.237.1")
        << u"62.239.237.1"_s << QStringList{u"@ network=62.239.237.0/24"_s,
                                            u"abuse_email=zzdnsr@bt.com"_s,
                                            u"country=GB"_s,
                                            u"name=BT-CORPORATE"_s,
                                            u"network=62.239.237.0/24"_s,
                                            u"type=assigned pa"_s};
}

void tst_RdapParse::readsNetworks()
{
    QFETCH(QString, asked);
    QFETCH(QStringList, expected);
    const Observation o =
        parsed(fixture(u"ip/%1.json"_s.arg(QLatin1String(QTest::currentDataTag()))), asked);
    QCOMPARE(o.outcome, Outcome::Complete);
    expected.sort();
    QCOMPARE(facts(o), expected);
    for (const Record &r : o.records)
        QCOMPARE(r.identity, Identity::Type);
}

void tst_RdapParse::theOwnerIsTheBlockAroundTheAddress()
{
    const Observation o = parsed(fixture(u"ip/arin_13.64.0.0-11_microsoft.json"_s), u"13.97.0.1"_s);
    QCOMPARE(o.records.first().owner, artifactOf(u"13.97.0.1"_s));
    QCOMPARE(o.records.first().value.raw(), u"13.96.0.0/13"_s);
    QCOMPARE(o.records.last().owner, (Artifact{ArtifactKind::Cidr, u"13.96.0.0/13"_s}));
    QCOMPARE(detailOf(o, u"network"_s, u"handle"_s), u"NET-13-64-0-0-1"_s);
    QCOMPARE(detailOf(o, u"network"_s, u"parent"_s), u"NET-13-0-0-0-0"_s);
    const Observation elsewhere =
        parsed(fixture(u"ip/arin_13.64.0.0-11_microsoft.json"_s), u"13.108.0.1"_s);
    QCOMPARE(elsewhere.outcome, Outcome::Malformed);
    QVERIFY(elsewhere.records.isEmpty());
}

void tst_RdapParse::laterWordingIsNoChange()
{
    // 1.1.1.1 in 2021 and 2024: the registry began to tell the holder and the date of registration.
    // Contacts, conformance lists, notices, the status word and "last changed" differ as well and
    // are no facts.
    const Observation before = parsed(fixture(u"ip/apnic_1.1.1.1_2021.json"_s), u"1.1.1.1"_s);
    Observation after = parsed(fixture(u"ip/apnic_1.1.1.1_2024-04.json"_s), u"1.1.1.1"_s);
    QVERIFY(detailOf(before, u"network"_s, u"changed"_s)
            != detailOf(after, u"network"_s, u"changed"_s));
    QVERIFY(setHash(before.records) != setHash(after.records));
    after.records.removeIf(
        [](const Record &r) { return r.type == u"organisation"_s || r.type == u"created"_s; });
    QCOMPARE(setHash(before.records), setHash(after.records));
}

void tst_RdapParse::databaseTimesAreNoFacts()
{
    const Observation early =
        parsed(fixture(u"domain/merged_google.com_2021.json"_s), u"google.com"_s);
    const Observation late =
        parsed(fixture(u"domain/markmonitor_google.com_thick.json"_s), u"google.com"_s);
    QCOMPARE(setHash(early.records), setHash(late.records));
    QCOMPARE(detailOf(late, u"created"_s, u"changed"_s), u"2019-09-09T15:39:04Z"_s);
    QByteArray moved = fixture(u"domain/verisign_google.com_thin.json"_s);
    const Observation one = parsed(moved, u"google.com"_s);
    moved.replace("2024-07-29T17:23:53Z", "2024-07-30T00:00:00Z")
        .replace("2138514_DOMAIN_COM-VRSN", "X");
    QCOMPARE(setHash(one.records), setHash(parsed(moved, u"google.com"_s).records));
}

void tst_RdapParse::errorsAreOutcomes_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<Outcome>("outcome");
    const auto row = [](const char *name, const QByteArray &body, int status, Outcome outcome) {
        QTest::newRow(name) << body << status << outcome;
    };
    row("404 rdap", fixture(u"error/apnic_404_entity.json"_s), 404, Outcome::Empty);
    row("404 rdap in 200", fixture(u"error/apnic_404_entity.json"_s), 200, Outcome::Empty);
    row("404 plain", {}, 404, Outcome::Empty);
    row("404 page", fixture(u"bootstrap-malformed/404_html_instead_of_json.html"_s), 404,
        Outcome::SuspiciousEmpty);
    row("page", fixture(u"bootstrap-malformed/404_html_instead_of_json.html"_s), 200,
        Outcome::Malformed);
    row("400 as text", fixture(u"error/apnic_400_errorCode-as-string.json"_s), 200,
        Outcome::Refused);
    row("400 of RIPE", fixture(u"error/ripe_404_entity.json"_s), 400, Outcome::Refused);
    row("501", fixture(u"error/ripe_501_nameserver.json"_s), 200, Outcome::Refused);
    row("empty object", fixture(u"error/empty-object.json"_s), 200, Outcome::Malformed);
    row("nothing", {}, 200, Outcome::Malformed);
    row("array", "[]", 200, Outcome::Malformed);
    row("null", "null", 200, Outcome::Malformed);
    row("429", {}, 429, Outcome::Refused);
    row("429 in 200", R"({"errorCode":429,"title":"Too many requests"})", 200, Outcome::Refused);
    row("quota in 200", R"x({"notices":{"description":"Query quota exceeded (31/30)"}})x", 200,
        Outcome::Refused);
    row("quota as 401", R"x({"errorCode":"401","notices":{"title":"quota exceeded (31/30)"}})x",
        200, Outcome::Refused);
    row("500", "oops", 500, Outcome::Unreachable);
    row("500 for quota", "rate limit exceeded", 503, Outcome::Refused);
    row("500 in 200", R"({"errorCode":500})", 200, Outcome::Unreachable);
    row("strange code", R"({"errorCode":"abc"})", 200, Outcome::Malformed);
    row("302", {}, 302, Outcome::Malformed);
    row("no facts", R"({"objectClassName":"domain","ldhName":"a.cz"})", 200,
        Outcome::SuspiciousEmpty);
}

void tst_RdapParse::errorsAreOutcomes()
{
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    const Observation o = parsed(body, u"a.cz"_s, status);
    QTEST(o.outcome, "outcome");
    QVERIFY(!o.detail.isEmpty());
    QVERIFY(o.records.isEmpty());
    QCOMPARE(o.raw, body);
}

void tst_RdapParse::otherObjectsAreMalformed_data()
{
    QTest::addColumn<QString>("file");
    for (const QString &folder :
         {u"autnum"_s, u"entity"_s, u"nameserver"_s, u"search"_s, u"help"_s}) {
        QDirIterator files(QStringLiteral(TEST_DATA "/rdap/") + folder);
        while (files.hasNext()) {
            files.next();
            if (files.fileInfo().isFile())
                QTest::newRow(qPrintable(files.fileName())) << folder + u'/' + files.fileName();
        }
    }
}

void tst_RdapParse::otherObjectsAreMalformed()
{
    QFETCH(QString, file);
    for (const QString &asked : {u"nic.fr"_s, u"1.1.1.1"_s}) {
        const Observation o = parsed(fixture(file), asked);
        QCOMPARE(o.outcome, Outcome::Malformed);
        QVERIFY(o.records.isEmpty());
    }
}

void tst_RdapParse::anotherDomainIsMalformed()
{
    const Observation o =
        parsed(fixture(u"domain/verisign_google.com_thin.json"_s), u"goog1e.com"_s);
    QCOMPARE(o.outcome, Outcome::Malformed);
    QVERIFY(o.records.isEmpty());
}

void tst_RdapParse::impossibleDatesAreLeftOut()
{
    const Observation o = parsed(
        R"({"ldhName":"a.cz","status":["active","active","ACTIVE "],"events":[null,7,{"eventAction":"registration","eventDate":"2021-02-30T99:00:00Z"},
            {"eventAction":"expiration","eventDate":"2030-01-01"}],"nameservers":[{"ldhName":"-bad..name"},{"ldhName":"NS.a.CZ."},{"unicodeName":"ns.háčky.cz"}],
            "entities":[null,{"roles":"registrar","vcardArray":["vcard",[["fn",{},"text","REDACTED FOR PRIVACY"]]]}],"secureDNS":{"dsData":[{}]}})",
        u"a.cz"_s);
    QCOMPARE(o.outcome, Outcome::Complete);
    QCOMPARE(
        facts(o),
        QStringList({u"dnssec=signed"_s, u"expires=2030-01-01T00:00:00Z"_s, u"nameserver=ns.a.cz"_s,
                     u"nameserver=ns.xn--hky-ela4t.cz"_s, u"status=active"_s}));
}

void tst_RdapParse::whatTheRegistryLeftOutIsTruncated()
{
    const auto with = [](const QByteArray &type) {
        return parsed(R"({"ldhName":"a.cz","status":["active"],"remarks":[{"type":")" + type
                          + R"("}]})",
                      u"a.cz"_s)
            .outcome;
    };
    QCOMPARE(with("object truncated due to excessive load"), Outcome::Truncated);
    QCOMPARE(with("object truncated due to authorization"), Outcome::Complete);
}

void tst_RdapParse::registrarLinksAreFollowedOnlyForTheRegistrant()
{
    QCOMPARE(registrarLink(fixture(u"domain/verisign_google.com_thin.json"_s)),
             QUrl(u"https://rdap.markmonitor.com/rdap/domain/GOOGLE.COM"_s));
    QVERIFY(registrarLink(fixture(u"domain/markmonitor_abc.xyz.json"_s)).isEmpty());
    const QByteArray text1 =
        R"({"links":[{"rel":"related","type":"application/rdap+json","href":"http://x.org/"}]})";
    QVERIFY(registrarLink(text1).isEmpty());
    const QByteArray text2 =
        R"({"links":[{"rel":"related","type":"text/html","href":"https://x.org/"},null,7]})";
    QVERIFY(registrarLink(text2).isEmpty());
    QVERIFY(registrarLink("no json").isEmpty());
}

void tst_RdapParse::theRegistrarAddsOnlyTheRegistrant()
{
    const Artifact asked{ArtifactKind::Domain, u"google.com"_s};
    RawAnswer answer;
    answer.question = {asked, Dataset::Whois, u"rdap"_s, u"registrar"_s};
    answer.status = 200;
    answer.bytes = fixture(u"domain/markmonitor_google.com_thick.json"_s);
    const auto all = parseRdap({asked, u"rdap"_s, Purpose::Poll, {answer}, parseRdap});
    QCOMPARE(facts(all.first()), QStringList({u"country=US"_s, u"registrant=Google LLC"_s}));
}

void tst_RdapParse::everyCutIsAnOutcome()
{
    const QByteArray whole = fixture(u"domain/verisign_google.com_thin.json"_s).trimmed();
    for (qsizetype size = 0; size < whole.size(); ++size) {
        const Observation o = parsed(whole.first(size), u"google.com"_s);
        QCOMPARE(o.outcome, Outcome::Malformed);
        QVERIFY(o.records.isEmpty());
    }
}

void tst_RdapParse::garbageIsAnOutcomeQuickly()
{
    QElapsedTimer timer;
    timer.start();
    for (const QByteArray &body :
         {QByteArray(10 << 20, '['), QByteArray(10 << 20, '\x81'), QByteArray(10 << 20, ' '),
          QByteArray("{\"a\":\"") + QByteArray(10 << 20, 'x')})
        QCOMPARE(parsed(body, u"a.cz"_s).outcome, Outcome::Malformed);
    QVERIFY(timer.elapsed() < 5000);
}

void tst_RdapParse::everyRecordedAnswerIsAnOutcomeForEveryQuestion()
{
    QDirIterator files(QStringLiteral(TEST_DATA "/rdap"), QDir::Files,
                       QDirIterator::Subdirectories);
    int count = 0;
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray body = file.readAll();
        for (const QString &asked : {u"google.com"_s, u"1.1.1.1"_s, u"2001:db8::1"_s}) {
            for (const int status : {0, 200, 404, 500})
                QCOMPARE(isUsable(parsed(body, asked, status).outcome),
                         !parsed(body, asked, status).records.isEmpty()
                             || parsed(body, asked, status).outcome == Outcome::Empty);
        }
        ++count;
    }
    QVERIFY(count > 50);
}

void tst_RdapParse::rangesBecomeNetworks_data()
{
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("last");
    QTest::addColumn<QString>("networks");
    QTest::newRow("one") << u"1.1.1.0"_s << u"1.1.1.255"_s << u"1.1.1.0/24"_s;
    QTest::newRow("address") << u"1.1.1.7"_s << u"1.1.1.7"_s << u"1.1.1.7/32"_s;
    QTest::newRow("all") << u"0.0.0.0"_s << u"255.255.255.255"_s << u"0.0.0.0/0"_s;
    QTest::newRow("odd") << u"10.0.0.1"_s << u"10.0.0.4"_s
                         << u"10.0.0.1/32 10.0.0.2/31 10.0.0.4/32"_s;
    QTest::newRow("end") << u"255.255.255.254"_s << u"255.255.255.255"_s << u"255.255.255.254/31"_s;
    QTest::newRow("v6") << u"2001:db8::"_s << u"2001:db8:0:1:ffff:ffff:ffff:ffff"_s
                        << u"2001:db8::/63"_s;
    QTest::newRow("backwards") << u"1.1.1.2"_s << u"1.1.1.1"_s << QString();
    QTest::newRow("mixed") << u"1.1.1.2"_s << u"::1"_s << QString();
}

void tst_RdapParse::rangesBecomeNetworks()
{
    QFETCH(QString, first);
    QFETCH(QString, last);
    QStringList texts;
    for (const IpNetwork &n : networksOfRange(*parseAddress(first), *parseAddress(last)))
        texts.append(n.text());
    QTEST(texts.join(u' '), "networks");
    const auto worst = networksOfRange(*parseAddress(u"::1"_s),
                                       *parseAddress(u"ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe"_s));
    QCOMPARE(worst.size(), 254);
}

WG_TEST(tst_RdapParse)
#include "tst_rdapparse.moc"
