// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/importreader.h"

#include "support/runner.h"

#include <QBuffer>
#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <ctime>

using namespace wg;
using namespace Qt::StringLiterals;

namespace {

/// Everything of a file, read in batches.
struct Import
{
    QList<Record> records;
    QList<Artifact> entities;
    ImportTally tally;
    std::optional<Error> error;
};

Import readAll(QIODevice &device, int batchSize = 3)
{
    Import out;
    ImportReader reader(device, SystemClock().now(), batchSize);
    const auto kind = reader.kind();
    if (!kind) {
        out.error = kind.error();
        return out;
    }
    QList<Record> records;
    while (true) {
        const auto read = reader.nextRecords(records);
        const auto entities = reader.nextEntities();
        if (!read || !entities) {
            out.error = read ? entities.error() : read.error();
            break;
        }
        if (records.isEmpty() && entities->isEmpty())
            break;
        out.records += records;
        out.entities += *entities;
    }
    out.tally = reader.tally();
    return out;
}

Import readText(QByteArray text, int batchSize = 3)
{
    QBuffer buffer(&text);
    buffer.open(QIODevice::ReadOnly);
    return readAll(buffer, batchSize);
}

Import readFile(const QString &name)
{
    QFile file(QStringLiteral(TEST_DATA "/") + name);
    if (!file.open(QIODevice::ReadOnly))
        return {{}, {}, {}, Error{ErrorCode::NotFound, name}};
    return readAll(file);
}

QString told(const Record &r)
{
    return r.owner.value + u' ' + r.type + u' ' + r.value.raw();
}

/// A device that fails after its first bytes.
class FailingDevice final : public QIODevice
{
public:
    FailingDevice() { open(QIODevice::ReadOnly | QIODevice::Unbuffered); }
    bool isSequential() const override { return true; }
    bool atEnd() const override { return false; }

protected:
    qint64 readData(char *data, qint64 most) override
    {
        if (m_given) {
            setErrorString(u"the disk went away"_s);
            return -1;
        }
        m_given = true;
        const QByteArray line("{\"rrname\":\"a.com\",\"rrtype\":\"A\",\"rdata\":\"192.0.2.1\"}\n");
        const qint64 size = std::min<qint64>(most, line.size());
        std::copy_n(line.constData(), size, data);
        return size;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    bool m_given = false;
};

} // namespace

/// COF files of every age, and lists of entities.
class tst_ImportReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsRecordedFiles_data();
    void readsRecordedFiles();
    void everyFieldIsUnderstood();
    void theSameFactsInBothDrafts();
    void framesAreSeenThrough();
    void aFrameMustBeClosed();
    void swappedAnswersAreTurned();
    void timesComeInEveryForm();
    void badLinesAreCountedAndTold();
    void otherJsonIsRefused_data();
    void otherJsonIsRefused();
    void onlyAHundredBadLinesAreTold();
    void lineEndsMarksAndBlanksDoNotMatter();
    void everyCutOfALineIsBad();
    void longLinesArePassedOver();
    void aLongArrayFillsSeveralBatches();
    void strayBytesDoNotLoseTheFact();
    void kindsAreToldApart_data();
    void kindsAreToldApart();
    void listsHoldManyStylesOfEntity();
    void whatHasNotHappenedYetIsNoContact();
    void anIndentedCommentIsNoHeader_data();
    void anIndentedCommentIsNoHeader();
    void feedsAreListsOfTheirHosts_data();
    void feedsAreListsOfTheirHosts();
    void hostsFilesAreAboutTheirNames();
    void garbageIsRefusedQuickly();
    void aFailingDeviceIsAnError();
    void itIsQuick();
};

void tst_ImportReader::readsRecordedFiles_data()
{
    QTest::addColumn<int>("records");
    QTest::addColumn<int>("bad");
    QTest::addColumn<QString>("first");
    QTest::newRow("cof/circl_domain_circl.lu_2020-03-15.ndjson")
        << 7 << 0 << u"circl.lu A 149.13.33.4"_s;
    QTest::newRow("cof/circl_host_www.circl.lu_2019-10-01.ndjson")
        << 3 << 0 << u"www.circl.lu CNAME cpab.circl.lu"_s;
    QTest::newRow("cof/pdns-qof-server_2013_string-numbers_rrdata.ndjson")
        << 7 << 0 << u"www.microsoft.com CNAME toggle.www.ms.akadns.net"_s;
    QTest::newRow("cof/pdns-qof-server_2014_name-and-ip.ndjson")
        << 8 << 0 << u"www.microsoft.com CNAME toggle.www.ms.akadns.net"_s;
    QTest::newRow("dnsdb-v1-ndjson/rdata_ip_149.13.33.14_2020-03-20.ndjson")
        << 17 << 0 << u"attack-community.eu A 149.13.33.14"_s;
    QTest::newRow("dnsdb-v1-ndjson/rdata_name_github.com.ndjson")
        << 256 << 0 << u"iscoot.ru NS github.com"_s;
    QTest::newRow("dnsdb-v1-ndjson/rrset_name_www.farsightsecurity.com.ndjson")
        << 2 << 0 << u"www.farsightsecurity.com A 104.244.14.108"_s;
    QTest::newRow("dnsdb-v1-ndjson/rrset_wildcard_ns_bailiwick_farsightsecurity.com.ndjson")
        << 3 << 0 << u"farsightsecurity.com NS ns5.dnsmadeeasy.com"_s;
    QTest::newRow("dnsdb-v2-saf/rrset_farsightsecurity.com_A.saf.ndjson")
        << 4 << 0 << u"farsightsecurity.com A 66.160.140.81"_s;
    QTest::newRow("dnsdb-v2-saf/rrset_farsightsecurity.com_NS_bailiwick_com.saf.ndjson")
        << 18 << 0 << u"farsightsecurity.com NS ns.lah1.vix.com"_s;
    QTest::newRow("dnsdb-v2-saf/vendor-unit_failed.saf.ndjson") << 0 << 1 << QString();
    QTest::newRow("dnsdb-v2-saf/vendor-unit_limited.saf.ndjson") << 0 << 2 << QString();
    QTest::newRow("dnsdb-v2-saf/vendor-unit_truncated-no-terminator.saf.ndjson")
        << 0 << 1 << QString();
    QTest::newRow("robtex/pdns_forward_a.iana-servers.net_2018-06-12.ndjson")
        << 4 << 0 << u"a.iana-servers.net AAAA 2001:500:8c::53"_s;
}

void tst_ImportReader::readsRecordedFiles()
{
    const Import got = readFile(QString::fromLatin1(QTest::currentDataTag()));
    QVERIFY(!got.error);
    QTEST(int(got.records.size()), "records");
    QTEST(int(got.tally.bad), "bad");
    QCOMPARE(got.tally.records, got.records.size());
    QCOMPARE(got.tally.firstBad.size(), got.tally.bad);
    QTEST(got.records.isEmpty() ? QString() : told(got.records.first()), "first");
    for (const Record &r : got.records) {
        QVERIFY(r.worldFirst && r.worldLast && *r.worldFirst <= *r.worldLast);
        QVERIFY(!attribute(r.details, u"count").isEmpty());
        QVERIFY(!r.value.raw().endsWith(u'.') && !r.owner.value.endsWith(u'.'));
    }
}

void tst_ImportReader::everyFieldIsUnderstood()
{
    const Import got = readText(
        R"({"rrname":"WWW.A.com.","rrtype":15,"rdata":["10 MX.a.com.","20 b.a.com."],"time_first":1340308340,"time_last":"1377520248","count":"7","bailiwick":"a.com.","sensor_id":"s","origin":"x"})");
    QCOMPARE(got.records.size(), 2);
    const Record &r = got.records[0];
    QCOMPARE(told(r), u"www.a.com MX mx.a.com"_s);
    QCOMPARE(r.owner.kind, ArtifactKind::Domain);
    QCOMPARE(r.dataset, Dataset::Dns);
    QCOMPARE(r.identity, Identity::Value);
    QCOMPARE(attribute(r.attributes, u"preference").raw(), u"10"_s);
    QCOMPARE(attribute(r.details, u"count").raw(), u"7"_s);
    QCOMPARE(attribute(r.details, u"bailiwick").raw(), u"a.com."_s);
    QCOMPARE(r.worldFirst->seconds(), 1340308340);
    QCOMPARE(r.worldLast->seconds(), 1377520248);
    const Import soa = readText(
        R"({"rrname":"a.com","rrtype":"SOA","rdata":"ns.a.com. h.a.com. 7 1 2 3 4","count":3})");
    QCOMPARE(told(soa.records[0]), u"a.com SOA ns.a.com h.a.com"_s);
    QCOMPARE(attribute(soa.records[0].details, u"serial").raw(), u"7"_s);
    QCOMPARE(attribute(soa.records[0].details, u"count").raw(), u"3"_s);
}

void tst_ImportReader::theSameFactsInBothDrafts()
{
    const auto ids = [](const Import &import) {
        QSet<QString> out;
        for (const Record &r : import.records)
            out.insert(hexOf(recordId(r)) + hexOf(recordState(r)));
        return out;
    };
    const auto early = ids(readFile(u"cof/pdns-qof-server_2013_string-numbers_rrdata.ndjson"_s));
    const auto late = ids(readFile(u"cof/pdns-qof-server_2014_name-and-ip.ndjson"_s));
    QCOMPARE(early.size(), 7);
    QVERIFY(late.contains(early));
}

void tst_ImportReader::framesAreSeenThrough()
{
    const Import zone =
        readFile(u"dnsdb-v2-saf/rrset_farsightsecurity.com_NS_bailiwick_com.saf.ndjson"_s);
    QCOMPARE(zone.records[0].worldFirst->seconds(), 1372609301);
    QCOMPARE(zone.records[0].worldLast->seconds(), 1374164567);
    const Import limited = readFile(u"dnsdb-v2-saf/vendor-unit_limited.saf.ndjson"_s);
    QVERIFY(limited.tally.firstBad.last().why.contains(u"Query limit reached"_s));
    QCOMPARE(limited.tally.firstBad.last().line, 3);
}

void tst_ImportReader::aFrameMustBeClosed()
{
    const QByteArray fact = R"("obj":{"rrname":"a.com","rrtype":"A","rdata":"192.0.2.1"}})";
    const Import open = readText("{\"cond\":\"begin\"}\n{" + fact);
    QCOMPARE(open.records.size(), 1);
    QCOMPARE(open.tally.firstBad.value(0).why,
             u"the file ends before the server said that its answer is whole"_s);
    QCOMPARE(readText("{\"cond\":\"begin\"}\n{" + fact + "\n{\"cond\":\"succeeded\"}").tally.bad,
             0);
    // The closing line may bring a last fact.
    const Import limited = readText("{\"cond\":\"begin\"}\n{\"cond\":\"limited\"," + fact);
    QCOMPARE(limited.records.size(), 1);
    QCOMPARE(limited.tally.firstBad.value(0).why, u"the server cut its answer here (limited)"_s);
    QCOMPARE(limited.tally.bad, 1);
}

void tst_ImportReader::swappedAnswersAreTurned()
{
    const Import got = readText(
        R"({"rrtype": "A", "rrname": "192.0.2.14", "rdata": "circl.lu", "count": "19", "time_first": "1696798385", "time_last": "1697890824"}
{"rrtype": "AAAA", "rrname": "2001:db8:0:0::14", "rdata": "circl.lu.", "count": "18"})");
    QCOMPARE(got.tally.bad, 0);
    QCOMPARE(told(got.records[0]), u"circl.lu A 192.0.2.14"_s);
    QCOMPARE(told(got.records[1]), u"circl.lu AAAA 2001:db8::14"_s);
}

void tst_ImportReader::timesComeInEveryForm()
{
    const QByteArray head = R"({"rrname":"a.com","rrtype":"A","rdata":"192.0.2.1",)";
    const auto first = [&](const QByteArray &members) {
        const Import got = readText(head + members + "}");
        return got.records.size() == 1 && got.records[0].worldFirst ? got.records[0].worldFirst->ms
                                                                    : -1;
    };
    const QByteArray text1 = R"("time_first":1340308340)";
    QCOMPARE(first(text1), 1340308340000);
    const QByteArray text2 = R"("time_first":1340308340123)";
    QCOMPARE(first(text2), 1340308340123);
    const QByteArray text3 = R"("time_first":1340308340.5)";
    QCOMPARE(first(text3), 1340308340500);
    const QByteArray text4 = R"("time_first":"2012-06-21T19:52:20Z")";
    QCOMPARE(first(text4), 1340308340000);
    const QByteArray text5 = R"("time_first":1340308340,"time_first_ms":1340308340123)";
    QCOMPARE(first(text5), 1340308340123);
    const QByteArray text6 = R"("time_first_ms":"1340308340123","time_first":1340308340)";
    QCOMPARE(first(text6), 1340308340123);
    const QByteArray text7 = R"("time_first_rfc3339":"2012-06-21T19:52:20Z")";
    QCOMPARE(first(text7), 1340308340000);
    const QByteArray text8 = R"("zone_time_first":1340308340)";
    QCOMPARE(first(text8), 1340308340000);
    const QByteArray text9 = R"("zone_time_first":5,"time_first":1340308340)";
    QCOMPARE(first(text9), 1340308340000);
    const QByteArray text10 = R"("time_first":"soon")";
    QCOMPARE(first(text10), -1);
    const QByteArray text11 = R"("time_first":null)";
    QCOMPARE(first(text11), -1);
    const QByteArray text12 = R"("count":1)";
    QCOMPARE(first(text12), -1);
}

void tst_ImportReader::badLinesAreCountedAndTold()
{
    const Import got = readText(R"({"rrname":"a.com","rrtype":"A","rdata":"192.0.2.1"}
not json
{"rrname":"a.com","rrtype":"A"}
{"rrtype":"A","rdata":"192.0.2.1"}
{"rrname":"a.com","rrtype":"A","rdata":"no address"}
{"rrname":"a.com","rrtype":"A","rdata":{"a":1}}
{"rrname":"a..com","rrtype":"A","rdata":"192.0.2.1"}
{"rrname":"a.com","rrtype":"A","rdata":"192.0.2.1"} {}
[1]
"text"
{"rrname":"b.com","rrtype":"A","rdata":["192.0.2.1",null]}
{"rrname":"b.com","rrtype":"A","rdata":"192.0.2.2","other":{"deep":[1,[2,{"x":null}]]}})");
    QCOMPARE(got.tally.lines, 12);
    QCOMPARE(got.tally.bad, 10);
    QCOMPARE(got.tally.firstBad[0].line, 2);
    QCOMPARE(got.tally.firstBad[1].why, u"rdata is missing"_s);
    QCOMPARE(got.tally.firstBad[2].why, u"rrname is missing"_s);
    for (const BadLine &bad : got.tally.firstBad)
        QVERIFY(!bad.why.isEmpty());
    QCOMPARE(told(got.records.first()), u"a.com A 192.0.2.1"_s);
    QCOMPARE(told(got.records.last()), u"b.com A 192.0.2.2"_s);
}

/// JSON that is about something else is refused as a whole, with the formats that there are.
void tst_ImportReader::otherJsonIsRefused_data()
{
    QTest::addColumn<QString>("file");
    for (const char *file : {"dnsdb-v1-ndjson/summarize_rdata_ip_10.0.0.1.json",
                             "dnsdb-v1-ndjson/summarize_rrset_www.farsightsecurity.com.json",
                             "robtex/ipquery_199.19.54.1_2018-06-12.json"})
        QTest::newRow(file) << QString::fromLatin1(file);
}

void tst_ImportReader::otherJsonIsRefused()
{
    QFETCH(QString, file);
    const Import got = readFile(file);
    QVERIFY(got.error);
    QVERIFY2(got.error->detail.contains(u"passive DNS (COF"_s), qPrintable(got.error->detail));
}

void tst_ImportReader::onlyAHundredBadLinesAreTold()
{
    const Import got = readText("{}\n" + QByteArray("{\"a\":1\n").repeated(250));
    QCOMPARE(got.tally.bad, 251);
    QCOMPARE(got.tally.firstBad.size(), 100);
}

void tst_ImportReader::lineEndsMarksAndBlanksDoNotMatter()
{
    const QByteArray line = R"({"rrname":"a.com","rrtype":"A","rdata":"192.0.2.1"})";
    const Import got =
        readText("\xef\xbb\xbf\r\n# exported today\r\n  " + line + " \t\r\n\r\n\n" + line);
    QVERIFY(!got.error);
    QCOMPARE(got.records.size(), 2);
    QCOMPARE(got.tally.bad, 0);
    QCOMPARE(got.tally.lines, 6);
}

void tst_ImportReader::everyCutOfALineIsBad()
{
    const QByteArray line =
        R"({"rrname":"a.com","rrtype":"A","rdata":["192.0.2.1"],"time_first":1340308340,"count":7})";
    for (qsizetype size = 1; size < line.size(); ++size) {
        const Import got = readText(line + '\n' + line.first(size) + '\n' + line);
        QCOMPARE(got.records.size(), 2);
        QCOMPARE(got.tally.bad, 1);
        QCOMPARE(got.tally.firstBad[0].line, 2);
    }
}

void tst_ImportReader::longLinesArePassedOver()
{
    const QByteArray line = R"({"rrname":"a.com","rrtype":"A","rdata":"192.0.2.1"})";
    const Import got =
        readText(line + "\n{\"rrname\":\"" + QByteArray(5 << 20, 'a') + "\"}\n" + line);
    QCOMPARE(got.records.size(), 2);
    QCOMPARE(got.tally.bad, 1);
    QCOMPARE(got.tally.lines, 3);
    QVERIFY(got.tally.firstBad[0].why.contains(u"1 MiB"_s));
}

void tst_ImportReader::aLongArrayFillsSeveralBatches()
{
    QByteArrayList values;
    for (int i = 0; i < 250; ++i)
        values.append("\"192.0.2." + QByteArray::number(i) + "\"");
    QByteArray text = R"({"rrname":"a.com","rrtype":"A","rdata":[)" + values.join(',') + "]}";
    QBuffer buffer(&text);
    buffer.open(QIODevice::ReadOnly);
    ImportReader reader(buffer, SystemClock().now(), 100);
    QVERIFY(reader.kind().ok());
    QList<Record> batch;
    for (const qsizetype size : {100, 100, 50, 0}) {
        QVERIFY(reader.nextRecords(batch).ok());
        QCOMPARE(batch.size(), size);
    }
    QCOMPARE(reader.tally().records, 250);
}

void tst_ImportReader::strayBytesDoNotLoseTheFact()
{
    const Import got = readText("{\"rrname\":\"a.com\",\"rrtype\":\"TXT\",\"rdata\":\"caf\xe9\"}");
    QCOMPARE(got.tally.bad, 0);
    QCOMPARE(got.records[0].value.raw(), u"caf\ufffd"_s);
}

void tst_ImportReader::kindsAreToldApart_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("kind"); // -1 for neither
    const int cof = int(ImportKind::CofNdjson);
    const int list = int(ImportKind::EntityList);
    QTest::newRow("cof") << QByteArray("{\"rrname\":1}") << cof;
    QTest::newRow("cof behind comments") << QByteArray("\xef\xbb\xbf# x\n\n {") << cof;
    QTest::newRow("list") << QByteArray("example.org") << list;
    QTest::newRow("list behind comments") << QByteArray("# a\n\n192.0.2.1\n") << list;
    QTest::newRow("bracketed address") << QByteArray("[2001:db8::1]\n") << list;
    const int zone = int(ImportKind::Zone);
    QTest::newRow("zone") << QByteArray("; a comment\n$ORIGIN example.org.\n@ IN NS ns\n") << zone;
    QTest::newRow("zone without directives")
        << QByteArray("a.example.\t300\tin\ta\t192.0.2.1") << zone;
    QTest::newRow("hosts file") << QByteArray("192.0.2.1 a.example.org ns.example.org\n") << list;
    QTest::newRow("nothing") << QByteArray() << -1;
    QTest::newRow("comments only") << QByteArray("# example.org\n") << -1;
    QTest::newRow("array") << QByteArray("[{\"rrname\":1}]") << -1;
    QTest::newRow("page") << QByteArray("<html>example.org</html>") << -1;
    QTest::newRow("utf-16") << QByteArray("\xff\xfe"
                                          "e\0x\0",
                                          6)
                            << -1;
    QTest::newRow("zip") << QByteArray("PK\x03\x04\0\0", 6) << -1;
    QTest::newRow("prose") << QByteArray("nothing here") << -1;
}

void tst_ImportReader::kindsAreToldApart()
{
    QFETCH(QByteArray, text);
    QFETCH(int, kind);
    QBuffer buffer(&text);
    buffer.open(QIODevice::ReadOnly);
    ImportReader reader(buffer, SystemClock().now());
    const auto got = reader.kind();
    QCOMPARE(got ? int(*got) : -1, kind);
    if (got)
        return;
    QCOMPARE(got.error().code, ErrorCode::Malformed);
    QVERIFY(!got.error().detail.isEmpty());
    QList<Record> batch;
    QVERIFY(!reader.nextRecords(batch).ok());
    QVERIFY(!reader.nextEntities().ok());
}

void tst_ImportReader::listsHoldManyStylesOfEntity()
{
    const Import got =
        readText("# indicators\r\ninterfaxru[.]com\r\nhxxp://www.Example.COM/path\n192.0.2[.]1, "
                 "2001:db8::1\n\nno entity here\nb.example.org c.example.org # d.example.org\n");
    QVERIFY(!got.error);
    QStringList values;
    for (const Artifact &a : got.entities)
        values.append(a.value);
    QCOMPARE(values,
             QStringList({u"interfaxru.com"_s, u"www.example.com"_s, u"192.0.2.1"_s,
                          u"2001:db8::1"_s, u"b.example.org"_s, u"c.example.org"_s}));
    QCOMPARE(got.tally.entities, 6);
    QCOMPARE(got.tally.bad, 1);
    QCOMPARE(got.tally.firstBad[0].line, 6);
}

void tst_ImportReader::whatHasNotHappenedYetIsNoContact()
{
    const QByteArray rest = ".000 9 10.0.0.5 TCP_MISS/200 7 GET http://evil.com/ - HIER_NONE/- -\n";
    const Import got = readText("1590000000" + rest + "9999999999" + rest);
    QVERIFY(!got.error);
    QCOMPARE(got.records.size(), 1);
    QCOMPARE(attribute(got.records[0].details, u"count").raw(), u"1"_s);
    QCOMPARE(got.tally.bad, 1);
    QVERIFY(got.tally.firstBad[0].why.contains("has not come yet"_L1));
}

void tst_ImportReader::anIndentedCommentIsNoHeader_data()
{
    QTest::addColumn<QByteArray>("text");
    const QByteArray hosts = "example.org\nexample.net\n";
    QTest::newRow("comma") << "  # bad, hosts\n" + hosts;
    QTest::newRow("semicolon") << "\t# bad; hosts\r\n" + hosts;
    QTest::newRow("at its edge") << "# bad, hosts\n" + hosts;
}

void tst_ImportReader::anIndentedCommentIsNoHeader()
{
    QFETCH(QByteArray, text);
    const Import got = readText(text);
    QVERIFY(!got.error);
    QCOMPARE(got.entities.size(), 2);
    QCOMPARE(got.entities[0].value, u"example.org"_s);
}

void tst_ImportReader::feedsAreListsOfTheirHosts_data()
{
    QTest::addColumn<QStringList>("hosts");
    QTest::newRow("csv/urlhaus_recent_2019-11-27.csv") << QStringList{
        u"fs3n2.sendspace.com"_s, u"192.119.106.235"_s, u"45.137.22.59"_s, u"45.137.22.59"_s};
    QTest::newRow("csv/threatfox_recent_2026-07-04_crlf.csv")
        << QStringList{u"dazayse.hi-lo.bet"_s, u"64.227.143.36"_s, u"drfitness.fit"_s};
    QTest::newRow("csv/volexity_2020_DarkHalo.csv")
        << QStringList{u"13.57.184.217"_s,      u"13.59.205.66"_s,
                       u"18.217.225.111"_s,     u"18.220.219.143"_s,
                       u"196.203.11.89"_s,      u"3.16.81.254"_s,
                       u"3.87.182.149"_s,       u"3.87.182.149"_s,
                       u"34.219.234.134"_s,     u"54.193.127.66"_s,
                       u"54.215.192.52"_s,      u"avsvmcloud.com"_s,
                       u"deftsecurity.com"_s,   u"digitalcollege.org"_s,
                       u"freescanonline.com"_s, u"globalnetworkissues.com"_s,
                       u"kubecloud.com"_s,      u"lcomputers.com"_s,
                       u"seobundlekit.com"_s,   u"solartrackingsystem.net"_s,
                       u"thedoccloud.com"_s,    u"virtualwebdata.com"_s,
                       u"webcodez.com"_s};
}

/// Names of malware, files and feeds in them are no hosts.
void tst_ImportReader::feedsAreListsOfTheirHosts()
{
    QFETCH(QStringList, hosts);
    const Import got = readFile(QString::fromLatin1(QTest::currentDataTag()));
    QVERIFY(!got.error && got.records.isEmpty());
    QStringList values;
    for (const Artifact &a : got.entities)
        values.append(a.value);
    QCOMPARE(values, hosts);
}

void tst_ImportReader::hostsFilesAreAboutTheirNames()
{
    const Import got =
        readText("127.0.0.1 localhost.example.com\n0.0.0.0 ads.example.com\n127.0.0.1\n");
    QCOMPARE(got.entities.size(), 3);
    QCOMPARE(got.entities[1].value, u"ads.example.com"_s);
    QCOMPARE(got.entities[2].value, u"127.0.0.1"_s);
}

void tst_ImportReader::garbageIsRefusedQuickly()
{
    const std::clock_t before = std::clock(); // others may be busy on this machine
    QVERIFY(readText(QByteArray(10 << 20, '\x81')).error);
    QVERIFY(readText(QByteArray(10 << 20, '\0')).error);
    const Import brackets = readText('{' + QByteArray(10 << 20, '['));
    QCOMPARE(brackets.tally.bad, 1);
    const Import lines = readText("{\n" + QByteArray("\x81{[\n").repeated(2 << 20));
    QCOMPARE(lines.tally.bad, (2 << 20) + 1);
    QVERIFY(double(std::clock() - before) / CLOCKS_PER_SEC < 20);
}

void tst_ImportReader::aFailingDeviceIsAnError()
{
    FailingDevice device;
    const Import got = readAll(device, 100);
    QVERIFY(got.error);
    QCOMPARE(got.error->code, ErrorCode::Failed);
    QVERIFY(got.error->detail.contains(u"the disk went away"_s));
}

void tst_ImportReader::itIsQuick()
{
    constexpr int lines = 200'000;
    QByteArray text;
    for (int i = 0; i < lines; ++i) {
        text += R"({"count":)" + QByteArray::number(i % 977)
            + R"(,"time_first":1298398002,"time_last":1540865989,"rrtype":"A","rrname":"host)"
            + QByteArray::number(i / 3) + R"(.example.com","rdata":"198.51.)"
            + QByteArray::number(i / 250 % 250) + '.' + QByteArray::number(i % 250) + "\"}\n";
    }
    QBuffer buffer(&text);
    buffer.open(QIODevice::ReadOnly);
    ImportReader reader(buffer, SystemClock().now());
    QVERIFY(reader.kind().ok());
    const std::clock_t before = std::clock();
    qsizetype records = 0;
    QList<Record> batch;
    do {
        QVERIFY(reader.nextRecords(batch).ok());
        records += batch.size();
    } while (!batch.isEmpty());
    const double seconds = double(std::clock() - before) / CLOCKS_PER_SEC;
    QCOMPARE(records, lines);
    qInfo("%.0f COF lines per CPU second", lines / seconds);
}

WG_TEST(tst_ImportReader)
#include "tst_importreader.moc"
