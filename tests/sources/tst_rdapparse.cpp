// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/rdapparse.h"

#include "support/cputime.h"
#include "support/runner.h"

#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
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
    if (parseNetwork(text))
        return {ArtifactKind::Cidr, text};
    return {ArtifactKind::Domain, text};
}

QList<Observation> answered(const QByteArray &body, const QString &asked, int status = 200)
{
    RawAnswer answer;
    const Artifact subject = artifactOf(asked);
    answer.question = {subject, Dataset::Whois, u"rdap"_s,
                       isAddress(subject) ? u"ip"_s : u"domain"_s};
    answer.bytes = body;
    answer.status = status;
    answer.at = {1000};
    const RawPass pass{subject, u"rdap"_s, Purpose::Poll, {answer}, parseRdap};
    return pass.parse(pass);
}

/// All that one answer tells: of an address, and of the network around it.
Observation parsed(const QByteArray &body, const QString &asked, int status = 200)
{
    const QList<Observation> told = answered(body, asked, status);
    Observation all = told.last();
    if (told.size() > 1)
        all.records = told.first().records + all.records;
    return all;
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

/// Rows of a file of expectations: "[file asked]", then one fact a line.
void addExpected(const QString &name)
{
    QTest::addColumn<QString>("asked");
    QTest::addColumn<QStringList>("expected");
    QFile file(QStringLiteral(TEST_DATA "/expected/") + name);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QStringList blocks = QString::fromUtf8(file.readAll()).split(u"\n["_s);
    QVERIFY(blocks.size() > 5);
    for (const QString &block : blocks.mid(1)) {
        QStringList lines = block.split(u'\n', Qt::SkipEmptyParts);
        const QStringList head = lines.takeFirst().chopped(1).split(u' ');
        QTest::newRow(qPrintable(head[0])) << head.value(1) << lines;
    }
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
    void anAddressIsToldItsNetworkAndTheNetworkItsFacts();
    void networksHaveNoFactsOfTheirAddresses();
    void anotherNetworkThanTheOneAskedAboutIsNoAnswer();
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
    void severalContactsOfOneRoleAreOneWhateverTheirOrder();
    void garbageIsAnOutcomeQuickly();
    void everyRecordedAnswerIsAnOutcomeForEveryQuestion();
    void rangesBecomeNetworks_data();
    void rangesBecomeNetworks();
};

void tst_RdapParse::readsDomains_data()
{
    addExpected(u"rdap_domains.txt"_s);
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
    addExpected(u"rdap_networks.txt"_s);
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

void tst_RdapParse::anAddressIsToldItsNetworkAndTheNetworkItsFacts()
{
    QJsonObject answer =
        QJsonDocument::fromJson(fixture(u"ip/arin_13.64.0.0-11_microsoft.json"_s)).object();
    answer["remarks"_L1] = QJsonArray{QJsonObject{{u"type"_s, u"object truncated due to size"_s}}};
    const auto told = answered(QJsonDocument(answer).toJson(), u"13.97.0.1"_s);
    QCOMPARE(told.size(), 2);
    const Artifact address = artifactOf(u"13.97.0.1"_s);
    const Artifact network = artifactOf(u"13.96.0.0/13"_s);
    QCOMPARE(told[0].question, (Question{address, Dataset::Whois, u"rdap"_s, u"ip"_s}));
    QCOMPARE(told[0].records.size(), 1);
    QCOMPARE(told[0].records[0].owner, address);
    QCOMPARE(told[0].records[0].value.raw(), network.value);
    QCOMPARE(told[1].question, (Question{network, Dataset::Whois, u"rdap"_s, u"ip"_s}));
    for (const Record &record : told[1].records)
        QCOMPARE(record.owner, network);
    // What was left out of the network's facts leaves no doubt about the place of the address.
    QCOMPARE(told[0].outcome, Outcome::Complete);
    QCOMPARE(told[1].outcome, Outcome::Truncated);
    QVERIFY(told[0].raw.isEmpty());
    QVERIFY(!told[1].raw.isEmpty());
}

void tst_RdapParse::networksHaveNoFactsOfTheirAddresses()
{
    const QByteArray body = fixture(u"ip/arin_13.64.0.0-11_microsoft.json"_s);
    const Observation address = parsed(body, u"13.97.0.1"_s);
    const Observation network = parsed(body, u"13.96.0.0/13"_s);
    QCOMPARE(network.outcome, Outcome::Complete);
    QCOMPARE(network.records, address.records.mid(1));
}

void tst_RdapParse::anotherNetworkThanTheOneAskedAboutIsNoAnswer()
{
    const QByteArray body = fixture(u"ip/arin_13.64.0.0-11_microsoft.json"_s);
    const Observation within = parsed(body, u"13.96.0.0/16"_s);
    QCOMPARE(within.outcome, Outcome::SuspiciousEmpty);
    QVERIFY(within.detail.contains(u"13.96.0.0/13"_s));
    QVERIFY(within.records.isEmpty());
    QCOMPARE(parsed(body, u"13.0.0.0/8"_s).outcome, Outcome::SuspiciousEmpty);
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
    row("404 blank", "\r\n", 404, Outcome::Empty);
    row("404 that only conforms", R"({"rdapConformance":["rdap_level_0"]})", 404, Outcome::Empty);
    row("404 of a gateway", R"({"message":"no Route matched with those values"})", 404,
        Outcome::SuspiciousEmpty);
    row("404 with an object", "{}", 404, Outcome::SuspiciousEmpty);
    row("404 with a list", "[]", 404, Outcome::SuspiciousEmpty);
    row("404 in words", "default backend - 404", 404, Outcome::SuspiciousEmpty);
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
    row("quota as text", "Query rate limit exceeded, try later", 200, Outcome::Refused);
    row("quota as page", "<html>Too many requests</html>", 200, Outcome::Refused);
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
    // Registries that withhold the name leave the country.
    const QByteArray country =
        R"({"entities":[{"roles":["registrant"],"vcardArray":["vcard",[["adr",{"cc":"US"},"text",[]]]]}],
            "links":[{"rel":"related","type":"application/rdap+json;charset=utf-8","href":"https://x.org/"}]})";
    QCOMPARE(registrarLink(country), QUrl(u"https://x.org/"_s));
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

void tst_RdapParse::severalContactsOfOneRoleAreOneWhateverTheirOrder()
{
    const auto contact = [](const char *handle, const char *name) {
        return QByteArray(R"({"handle":")") + handle
            + R"(","roles":["registrant"],"vcardArray":["vcard",[["fn",{},"text",")" + name
            + R"("]]]})";
    };
    const auto whole = [](const QByteArray &entities) {
        return R"({"objectClassName":"domain","ldhName":"a.cz","entities":[)" + entities + "]}";
    };
    const QByteArray one = contact("R1", "Acme");
    const QByteArray other = contact("R2", "Evil");
    const Observation first = parsed(whole(one + ',' + other), u"a.cz"_s);
    QCOMPARE(facts(first), QStringList{u"registrant=Acme"_s});
    QCOMPARE(facts(parsed(whole(other + ',' + one), u"a.cz"_s)), facts(first));
    QCOMPARE(first.parserVersion, 2);
}

void tst_RdapParse::garbageIsAnOutcomeQuickly()
{
    const test::CpuTime timer;
    for (const QByteArray &body :
         {QByteArray(10 << 20, '['), QByteArray(10 << 20, '\x81'), QByteArray(10 << 20, ' '),
          QByteArray("{\"a\":\"") + QByteArray(10 << 20, 'x')})
        QCOMPARE(parsed(body, u"a.cz"_s).outcome, Outcome::Malformed);
    QVERIFY(timer.ms() < 5000);
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
