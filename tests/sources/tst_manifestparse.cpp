// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/catalogue.h"
#include "sources/cofanswer.h"
#include "sources/expressionvalue.h"
#include "sources/manifestparse.h"
#include "support/runner.h"

#include <QFile>
#include <QTest>

using namespace wg;
using namespace Qt::StringLiterals;

namespace {

const Instant now = *parseInstant(u"2026-11-22T12:00:00Z");

QByteArray fixture(const QString &name)
{
    QFile file(QStringLiteral(TEST_DATA "/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unread");
}

const Manifest &manifestOf(const QString &name)
{
    static const Catalogue catalogue = readCatalogue({});
    const auto found = std::find_if(catalogue.manifests.cbegin(), catalogue.manifests.cend(),
                                    [&](const auto &each) { return each->info.name == name; });
    if (found == catalogue.manifests.cend())
        qFatal("no manifest %s", qPrintable(name));
    return **found;
}

RawAnswer answerTo(const QString &question, const QByteArray &bytes, int status = 200)
{
    RawAnswer answer;
    answer.question.text = question;
    answer.bytes = bytes;
    answer.status = status;
    answer.at = now;
    return answer;
}

QList<Observation> parse(const QString &source, const Artifact &asked,
                         const QList<RawAnswer> &answers)
{
    RawPass pass;
    pass.asked = asked;
    pass.source = source;
    pass.answers = answers;
    return parseManifest(manifestOf(source), pass);
}

/// "TYPE value" of every record, in order.
QStringList lines(const Observation &observation)
{
    QStringList out;
    for (const Record &record : observation.records)
        out.append(record.type + u' ' + record.value.raw());
    return out;
}

Artifact domain(const QString &name)
{
    return {ArtifactKind::Domain, name};
}

const Artifact cloudflare{ArtifactKind::Ipv4, u"1.1.1.1"_s};

/// As Cert Spotter answers; the names are made up.
QByteArray issuances()
{
    return R"([{"id":"101","tbs_sha256":"aa01","cert_sha256":"bb01","dns_names":["*.shop.com",
        "shop.com","other.net"],"pubkey_sha256":"cc","issuer":{"friendly_name":"Let's Encrypt",
        "name":"C=US, O=Let's Encrypt, CN=R3"},"not_before":"2026-08-02T23:38:02Z",
        "not_after":"2026-10-31T23:38:01Z","revoked":false},
        {"id":"102","tbs_sha256":"aa02","dns_names":["www.shop.com","a.www.shop.com"],
        "not_before":"2026-09-02T00:00:00-00:00","not_after":"2026-12-01T00:00:00Z","revoked":true}])";
}

} // namespace

/// What described sources answer, as their manifests read it.
class tst_ManifestParse : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void internetdbTellsOfServices()
    {
        const auto told =
            parse(u"internetdb"_s, {ArtifactKind::Ipv4, u"120.78.59.202"_s},
                  {answerTo(u"host"_s, fixture(u"internetdb/120.78.59.202_2024-01-13.json"_s))});
        QCOMPARE(told.size(), 1);
        QCOMPARE(told[0].outcome, Outcome::Complete);
        QCOMPARE(told[0].presence, Presence::Current);
        QCOMPARE(told[0].question.dataset, Dataset::Services);
        const QStringList all = lines(told[0]);
        QCOMPARE(all.size(), 6 + 9 + 134 + 1 + 2);
        QVERIFY(all.contains(u"port 22"_s));
        QVERIFY(all.contains(u"software cpe:/a:mysql:mysql"_s));
        QVERIFY(all.contains(u"vulnerability CVE-2019-9516"_s));
        QVERIFY(all.contains(u"hostname api02t.c.ylt100.cn"_s));
        QVERIFY(all.contains(u"tag database"_s));
    }

    void whatAppearsBetweenTwoAnswersIsWhatAppeared()
    {
        const auto at = [](const QString &file) {
            return lines(parse(u"internetdb"_s, cloudflare,
                               {answerTo(u"host"_s, fixture(u"internetdb/"_s + file))})[0]);
        };
        QStringList fresh = at(u"1.1.1.1_2023-11-24.json"_s);
        for (const QString &line : at(u"1.1.1.1_2022-04-11.json"_s))
            QCOMPARE(fresh.removeAll(line), 1);
        fresh.sort();
        QCOMPARE(fresh, (QStringList{u"port 2082"_s, u"port 2086"_s, u"port 8443"_s}));
    }

    void theOrderOfAnAnswerIsNoDifference()
    {
        const QByteArray one =
            R"({"ip":"1.1.1.1","ports":[53,80],"cpes":[],"hostnames":["A.b.com."]})";
        const QByteArray other = R"({"hostnames":["a.b.com"],"ports":[80,53,80],"ip":"1.1.1.1"})";
        const auto set = [](const QByteArray &bytes) {
            return setHash(
                parse(u"internetdb"_s, cloudflare, {answerTo(u"host"_s, bytes)})[0].records);
        };
        QCOMPARE(set(one), set(other));
    }

    void answersThatAreNoneAreOutcomes_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("status");
        QTest::addColumn<Outcome>("outcome");
        QTest::addColumn<QString>("words");
        QTest::newRow("documented not found")
            << QByteArray(R"({"detail":"No information available"})") << 404 << Outcome::Empty
            << u"No information available"_s;
        QTest::newRow("some other not found") << QByteArray(R"({"detail":"Not Found"})") << 404
                                              << Outcome::Malformed << u"Not Found"_s;
        QTest::newRow("not found as a page")
            << QByteArray("<html>nginx</html>") << 404 << Outcome::Malformed << QString();
        QTest::newRow("a web page") << QByteArray("<!DOCTYPE html><html>Login</html>") << 200
                                    << Outcome::Malformed << u"web page"_s;
        QTest::newRow("nothing") << QByteArray() << 200 << Outcome::Malformed << u"no JSON"_s;
        QTest::newRow("a list") << QByteArray("[]") << 200 << Outcome::Malformed
                                << u"not what this source documents"_s;
        QTest::newRow("another shape") << QByteArray(R"({"ip":"1.1.1.1","open":[]})") << 200
                                       << Outcome::Malformed << u"not what"_s;
        QTest::newRow("nothing open")
            << QByteArray(R"({"ip":"1.1.1.1","ports":[]})") << 200 << Outcome::Empty << QString();
        QTest::newRow("server error")
            << QByteArray("{}") << 500 << Outcome::Unreachable << u"status 500"_s;
        QTest::newRow("no row readable") << QByteArray(R"({"ip":"1.1.1.1","ports":[null,{},[]]})")
                                         << 200 << Outcome::Malformed << u"no row"_s;
    }
    void answersThatAreNoneAreOutcomes()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, status);
        QFETCH(Outcome, outcome);
        QFETCH(QString, words);
        const auto told = parse(u"internetdb"_s, cloudflare, {answerTo(u"host"_s, bytes, status)});
        QCOMPARE(told.size(), 1);
        QCOMPARE(told[0].outcome, outcome);
        QVERIFY2(told[0].detail.contains(words), qPrintable(told[0].detail));
        QVERIFY(told[0].records.isEmpty());
    }

    void ripestatTellsOfTheNetwork()
    {
        const auto told =
            parse(u"ripestat"_s, {ArtifactKind::Ipv4, u"193.0.6.139"_s},
                  {answerTo(u"prefix"_s, fixture(u"ripestat/prefix_overview_2025-06.json"_s)),
                   answerTo(u"abuse"_s, fixture(u"ripestat/abuse_contact_finder_2025-06.json"_s))});
        QCOMPARE(told.size(), 2);
        QCOMPARE(lines(told[0]), (QStringList{u"prefix 193.0.0.0/21"_s, u"asn AS3333"_s}));
        QCOMPARE(told[0].records[0].identity, Identity::Type);
        QCOMPARE(attribute(told[0].records[1].details, u"holder").raw(),
                 u"RIPE-NCC-AS - Reseaux IP Europeens Network Coordination Centre (RIPE NCC)"_s);
        QCOMPARE(lines(told[1]), QStringList{u"abuse_contact abuse@ripe.net"_s});
        // One question's failure is not the other's.
        const auto half =
            parse(u"ripestat"_s, cloudflare,
                  {answerTo(u"prefix"_s, fixture(u"ripestat/prefix_overview_2025-06.json"_s)),
                   answerTo(u"abuse"_s, "{}", 500)});
        QCOMPARE(half[0].outcome, Outcome::Complete);
        QCOMPARE(half[1].outcome, Outcome::Unreachable);
        const auto excuse =
            parse(u"ripestat"_s, cloudflare, {answerTo(u"prefix"_s, R"({"status":"maintenance",
                                      "messages":[["error","back at noon"]],"data":{}})")});
        QCOMPARE(excuse[0].outcome, Outcome::Unreachable);
        QCOMPARE(excuse[0].detail, u"back at noon"_s);
    }

    void certspotterTellsOfCertificatesAndNames()
    {
        const auto told =
            parse(u"certspotter"_s, domain(u"shop.com"_s), {answerTo(u"issuances"_s, issuances())});
        QCOMPARE(told.size(), 2);
        const Observation &certificates = told[0];
        QCOMPARE(certificates.question.dataset, Dataset::Certificates);
        QCOMPARE(lines(certificates), (QStringList{u"certificate aa01"_s, u"certificate aa02"_s}));
        const Record &first = certificates.records[0];
        QCOMPARE(first.worldFirst, parseInstant(u"2026-08-02T23:38:02Z"));
        QCOMPARE(attribute(first.details, u"issuer_name").raw(), u"Let's Encrypt"_s);
        QCOMPARE(attribute(first.details, u"names").raw(), u"*.shop.com, shop.com, other.net"_s);
        QVERIFY(attribute(first.attributes, u"revoked").isEmpty());
        QCOMPARE(attribute(certificates.records[1].attributes, u"revoked").raw(), u"true"_s);
        // What was asked is not below itself, and a foreign name is none of its subdomains.
        QCOMPARE(lines(told[1]),
                 (QStringList{u"subdomain www.shop.com"_s, u"subdomain a.www.shop.com"_s}));
        QCOMPARE(valueArtifact(told[1].records[0]), domain(u"www.shop.com"_s));
        const auto none =
            parse(u"certspotter"_s, domain(u"shop.com"_s), {answerTo(u"issuances"_s, "[]")});
        QCOMPARE(none[0].outcome, Outcome::Empty);
        const auto refused = parse(u"certspotter"_s, domain(u"shop.com"_s),
                                   {answerTo(u"issuances"_s, R"({"code":"rate_limited",
                                       "message":"You have exceeded the rate limit"})")});
        QCOMPARE(refused[0].outcome, Outcome::Refused);
        QCOMPARE(refused[0].detail, u"You have exceeded the rate limit"_s);
    }

    void crtshTellsWhateverItsShape_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("asked");
        QTest::addColumn<qsizetype>("certificates");
        QTest::addColumn<QStringList>("names");
        QTest::newRow("2019") << u"crt.sh_q_2019-09-03.json"_s << u"crt.sh"_s << qsizetype(42)
                              << QStringList{};
        QTest::newRow("2020") << u"crt.sh_identity_2020-01-12.json"_s << u"crt.sh"_s
                              << qsizetype(50) << QStringList{u"subdomain www.crt.sh"_s};
        QTest::newRow("without expired ones")
            << u"crt.sh_identity_exclude-expired_2020-01-12.json"_s << u"crt.sh"_s << qsizetype(12)
            << QStringList{};
        // A certificate and its pre-certificate are one.
        QTest::newRow("2023") << u"example.com_2023.json"_s << u"example.com"_s << qsizetype(14)
                              << QStringList{};
        QTest::newRow("2024") << u"example.com_exclude-expired_2024-01-01.json"_s
                              << u"example.com"_s << qsizetype(3)
                              << QStringList{u"subdomain www.example.com"_s};
    }
    void crtshTellsWhateverItsShape()
    {
        QFETCH(QString, file);
        QFETCH(QString, asked);
        QFETCH(qsizetype, certificates);
        QFETCH(QStringList, names);
        const auto told =
            parse(u"crtsh"_s, domain(asked), {answerTo(u"names"_s, fixture(u"crtsh/"_s + file))});
        QCOMPARE(told[0].outcome, Outcome::Complete);
        QCOMPARE(told[0].records.size(), certificates);
        for (const Record &record : told[0].records)
            QVERIFY(record.worldFirst && !attribute(record.details, u"issuer").isEmpty());
        for (const QString &name : names)
            QVERIFY2(lines(told[1]).contains(name), qPrintable(lines(told[1]).join(u' ')));
    }

    void laterPagesThatFailLeaveTheEarlierOnes()
    {
        const auto told =
            parse(u"certspotter"_s, domain(u"shop.com"_s),
                  {answerTo(u"issuances"_s, issuances()), answerTo(u"issuances"_s, "<html>", 502)});
        QCOMPARE(told[0].outcome, Outcome::Truncated);
        QCOMPARE(told[0].records.size(), 2);
    }

    void cutsAndGarbageAreNoCrash()
    {
        const QByteArray whole = issuances();
        for (qsizetype length = 0; length < whole.size(); ++length) {
            RawAnswer answer = answerTo(u"issuances"_s, whole.left(length));
            answer.cut = true;
            const auto told = parse(u"certspotter"_s, domain(u"shop.com"_s), {answer});
            QCOMPARE(told[0].outcome, Outcome::Unreachable);
        }
        QByteArray garbage(10'000'000, '\0');
        for (qsizetype i = 0; i < garbage.size(); ++i)
            garbage[i] = char(quint8(quint64(i) * 2654435761U >> 13));
        QCOMPARE(
            parse(u"crtsh"_s, domain(u"shop.com"_s), {answerTo(u"names"_s, garbage)})[0].outcome,
            Outcome::Malformed);
        const QByteArray deep = QByteArray(100'000, '[') + QByteArray(100'000, ']');
        QCOMPARE(parse(u"crtsh"_s, domain(u"shop.com"_s), {answerTo(u"names"_s, deep)})[0].outcome,
                 Outcome::Malformed);
    }

    void datesAreReadInEveryForm_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("date");
        QTest::newRow("seconds") << u"1591356800"_s << u"2020-06-05T11:33:20Z"_s;
        QTest::newRow("milliseconds") << u"1591356800000"_s << u"2020-06-05T11:33:20Z"_s;
        QTest::newRow("RFC 3339") << u"2020-06-05T13:33:20+02:00"_s << u"2020-06-05T11:33:20Z"_s;
        QTest::newRow("no zone") << u"2019-07-31T22:10:46.578"_s << u"2019-07-31T22:10:46Z"_s;
        QTest::newRow("microseconds")
            << u"2019-04-29T23:10:46.578123"_s << u"2019-04-29T23:10:46Z"_s;
        QTest::newRow("blank") << u"2019-05-25 07:34:18"_s << u"2019-05-25T07:34:18Z"_s;
        QTest::newRow("UTC") << u"2019-05-25 07:34:18 UTC"_s << u"2019-05-25T07:34:18Z"_s;
        QTest::newRow("a day") << u"2019-05-25"_s << u"2019-05-25T00:00:00Z"_s;
        QTest::newRow("certificates") << u"Apr  7 01:02:03 2023 GMT"_s << u"2023-04-07T01:02:03Z"_s;
        QTest::newRow("impossible") << u"2019-02-30 07:34:18"_s << QString();
        QTest::newRow("zero") << u"0"_s << QString();
        QTest::newRow("words") << u"yesterday"_s << QString();
    }
    void datesAreReadInEveryForm()
    {
        QFETCH(QString, text);
        QFETCH(QString, date);
        const auto read = readDate(text);
        QCOMPARE(read ? toRfc3339(*read) : QString(), date);
    }

    void cofAnswersProveThemselvesWholeOrNot_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<CofFrame>("frame");
        QTest::addColumn<Outcome>("outcome");
        QTest::addColumn<qsizetype>("records");
        const auto row = [](const char *name, const QByteArray &body, CofFrame frame,
                            Outcome outcome, qsizetype records) {
            QTest::newRow(name) << body << frame << outcome << records;
        };
        row("bare lines", fixture(u"cof/circl_host_www.circl.lu_2019-10-01.ndjson"_s),
            CofFrame::None, Outcome::Complete, 3);
        row("bare lines where a frame is due",
            fixture(u"cof/circl_host_www.circl.lu_2019-10-01.ndjson"_s), CofFrame::Needed,
            Outcome::Truncated, 3);
        row("framed", fixture(u"dnsdb-v2-saf/rrset_farsightsecurity.com_A.saf.ndjson"_s),
            CofFrame::Needed, Outcome::Complete, 4);
        row("limited", fixture(u"dnsdb-v2-saf/vendor-unit_limited.saf.ndjson"_s), CofFrame::Needed,
            Outcome::Truncated, 0);
        row("without its end",
            fixture(u"dnsdb-v2-saf/vendor-unit_truncated-no-terminator.saf.ndjson"_s),
            CofFrame::Needed, Outcome::Truncated, 0);
        row("failed", fixture(u"dnsdb-v2-saf/vendor-unit_failed.saf.ndjson"_s), CofFrame::Needed,
            Outcome::Unreachable, 0);
        row("failed on its way",
            fixture(u"dnsdb-v2-saf/rrset_farsightsecurity.com_A.saf.ndjson"_s)
                .replace("\"succeeded\"", "\"failed\""),
            CofFrame::Needed, Outcome::Truncated, 4);
        row("behind a byte order mark",
            "\xef\xbb\xbf" + fixture(u"cof/circl_host_www.circl.lu_2019-10-01.ndjson"_s),
            CofFrame::None, Outcome::Complete, 3);
        row("nothing", "", CofFrame::None, Outcome::Complete, 0);
        row("nothing where a frame is due", " \n", CofFrame::Needed, Outcome::Unreachable, 0);
        row("a web page", "<html>", CofFrame::None, Outcome::Malformed, 0);
        row("no line readable", "{\"a\":1}\n{\"b\":2}\n", CofFrame::None, Outcome::Malformed, 0);
    }
    void cofAnswersProveThemselvesWholeOrNot()
    {
        QFETCH(QByteArray, body);
        QFETCH(CofFrame, frame);
        QFETCH(Outcome, outcome);
        QFETCH(qsizetype, records);
        const CofAnswer read = parseCofAnswer(body, frame, now);
        QVERIFY2(read.outcome == outcome, qPrintable(outcomeName(read.outcome) + read.detail));
        QCOMPARE(read.records.size(), records);
        QVERIFY(!read.detail.isEmpty() || outcome == Outcome::Complete);
    }

    void placesAreFoundFromTheRootAndFromTheRow()
    {
        simdjson::dom::parser parser;
        const std::string json = R"({"a/b":{"~c":[{"x":1},{"x":"two"}]},"list":[]})";
        const JsonRow root(parser.parse(json).value_unsafe());
        QStringList found;
        root.each(*parseJsonPlace(u"/a~1b/~0c/*/x"_s), [&](const JsonRow &row) {
            for (const auto &text : {u"0"_s, u"1/x"_s, u"1#"_s, u"3#"_s, u"/a~1b/~0c/-/x"_s})
                found.append(valueOf({{*parseJsonPlace(text)}, {}, {}, false}, row));
        });
        QCOMPARE(found,
                 (QStringList{u"1"_s, u"1"_s, u"0"_s, u"a/b"_s, u"two"_s, u"two"_s, u"two"_s,
                              u"1"_s, u"a/b"_s, u"two"_s}));
        for (const auto &text : {u"a"_s, u"/a~2"_s, u"1a"_s, u"#"_s, u"0#/a"_s})
            QVERIFY2(!parseJsonPlace(text), qPrintable(text));
        QVERIFY(!root.find(*parseJsonPlace(u"/list/-"_s)));
        QVERIFY(!root.find(*parseJsonPlace(u"9"_s)));
    }
};

WG_TEST(tst_ManifestParse)
#include "tst_manifestparse.moc"
