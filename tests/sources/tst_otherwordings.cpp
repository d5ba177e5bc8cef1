// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/imports.h"
#include "support/runner.h"

#include <QBuffer>
#include <QTest>

using namespace wg;
using namespace Qt::StringLiterals;

namespace {

QString day(const std::optional<Instant> &date)
{
    return date ? date->utc().toString(u"yyyy-MM-dd HH:mm"_s) : u"-"_s;
}

/// "owner dataset TYPE value", and in brackets when, where the record says it.
QStringList factsOf(const WholeImport &import)
{
    QStringList facts = import.lines();
    for (qsizetype i = 0; i < facts.size(); ++i) {
        const Record &record = import.records[i];
        if (record.worldFirst || record.worldLast)
            facts[i] += u" ["_s + day(record.worldFirst) + u", "_s + day(record.worldLast) + u']';
        const QString hosts = attribute(record.details, u"hosts").raw();
        if (!hosts.isEmpty())
            facts[i] += u" by "_s + hosts;
    }
    facts.sort();
    return facts;
}

} // namespace

/// Files that other programs write, and what must not be taken from them.
class tst_OtherWordings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void logs_data();
    void logs() { check(); }
    void tables_data();
    void tables() { check(); }
    void zones_data();
    void zones() { check(); }
    void passiveDns_data();
    void passiveDns() { check(); }
    void whatIsNoLogIsRefused();
    void listsSayWhyTheyAreNoTables();

private:
    static void columns();
    static void check();
};

void tst_OtherWordings::columns()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QStringList>("facts");
    QTest::addColumn<QStringList>("bad");
}

void tst_OtherWordings::check()
{
    QFETCH(QByteArray, text);
    const auto import = importText(text);
    QVERIFY2(!import.error, qPrintable(import.error ? import.error->detail : QString()));
    QTEST(factsOf(import), "facts");
    QTEST(import.bad(), "bad");
}

void tst_OtherWordings::logs_data()
{
    columns();
    QTest::newRow("pfSense: blocked on its way in, to a public address of one's own")
        << QByteArray("Nov 12 03:04:05 fw filterlog[1]: 4,,,1000000103,igb0,match,block,in,4,0x0,,"
                      "240,1,0,none,6,tcp,40,45.155.205.233,84.112.33.7,51234,22,0,S,1,,1024,,\n")
        << QStringList{u"45.155.205.233 sightings blocked tcp/22 [2026-11-12 03:04, 2026-11-12 "
                       "03:04] by 84.112.33.7"_s}
        << QStringList();
    QTest::newRow("pfSense: blocked on its way out")
        << QByteArray("Nov 12 03:04:05 fw filterlog[1]: 4,,,1000000103,igb0,match,block,out,4,0x0,,"
                      "240,1,0,none,6,tcp,40,84.112.33.7,45.155.205.233,51234,22,0,S,1,,1024,,\n")
        << QStringList{u"45.155.205.233 sightings blocked tcp/22 [2026-11-12 03:04, 2026-11-12 "
                       "03:04] by 84.112.33.7"_s}
        << QStringList();
    QTest::newRow("iptables: an ICMP error repeats what it is about")
        << QByteArray("Nov 12 03:04:05 gw kernel: IN=eth1 OUT=eth0 SRC=192.168.1.5 DST=45.155.1.2 "
                      "LEN=84 PROTO=ICMP TYPE=3 CODE=3 [SRC=45.155.1.2 DST=192.168.1.5 PROTO=UDP "
                      "SPT=53 DPT=40112 ]\n")
        << QStringList{u"45.155.1.2 sightings connection icmp [2026-11-12 03:04, 2026-11-12 03:04] "
                       "by 192.168.1.5"_s}
        << QStringList();
    QTest::newRow("Zeek: the type's number stands before its name")
        << QByteArray("#separator \\x09\n#path\tdns\n#fields\tts\tid.orig_h\tquery\tqtype\t"
                      "qtype_name\n1556668800.0\t192.168.1.5\tshop.com\t28\tAAAA\n")
        << QStringList{u"shop.com sightings dns AAAA [2019-05-01 00:00, 2019-05-01 00:00] by "
                       "192.168.1.5"_s}
        << QStringList();
    QTest::newRow("Zeek: only the number")
        << QByteArray("{\"ts\":1556668800,\"id.orig_h\":\"192.168.1.5\",\"query\":\"shop.com\","
                      "\"qtype\":28}\n")
        << QStringList{u"shop.com sightings dns AAAA [2019-05-01 00:00, 2019-05-01 00:00] by "
                       "192.168.1.5"_s}
        << QStringList();
    QTest::newRow("Suricata: DNS in its third form")
        << QByteArray(
               "{\"timestamp\":\"2019-05-01T00:00:00.5+0000\",\"src_ip\":\"192.168.1.5\","
               "\"dest_ip\":\"9.9.9.9\",\"dest_port\":53,\"proto\":\"UDP\",\"dns\":{\"version\":3,"
               "\"queries\":[{\"rrname\":\"shop.com\",\"rrtype\":\"A\"}]}}\n")
        << QStringList{u"shop.com sightings dns A [2019-05-01 00:00, 2019-05-01 00:00] by "
                       "192.168.1.5"_s}
        << QStringList();
    QTest::newRow("Elastic: a list of one")
        << QByteArray(
               "{\"@timestamp\":\"2019-05-01T00:00:00Z\",\"source\":{\"ip\":[\"192.168.1.5\"]"
               "},\"url\":{\"domain\":[\"shop.com\"],\"full\":\"https://shop.com/\"}}\n")
        << QStringList{u"shop.com sightings web tcp/443 [2019-05-01 00:00, 2019-05-01 00:00] by "
                       "192.168.1.5"_s}
        << QStringList();
    QTest::newRow("JSON of web servers: their own date, and one that nobody knows")
        << QByteArray("{\"time\":\"01/May/2019:02:00:00 +0200\",\"client\":\"192.168.1.5\","
                      "\"dst_host\":\"shop.com\"}\n{\"time\":\"last May\",\"client\":"
                      "\"192.168.1.5\",\"dst_host\":\"late.com\"}\n")
        << QStringList{u"shop.com sightings connection any [2019-05-01 00:00, 2019-05-01 00:00] by "
                       "192.168.1.5"_s}
        << QStringList{u"2: it is no line of a json log"_s};
}

void tst_OtherWordings::tables_data()
{
    columns();
    const QString one = u"shop.com resolutions A 198.51.100.7"_s;
    QTest::newRow("days and times of day in digits")
        << QByteArray("domain,ip,first_seen,last_seen\nshop.com,198.51.100.7,201905011234,"
                      "20190601123456\n")
        << QStringList{one + u" [2019-05-01 12:34, 2019-06-01 12:34]"_s} << QStringList();
    QTest::newRow("a spreadsheet's days")
        << QByteArray("domain,ip,first_seen\nshop.com,198.51.100.7,43586.5\n") << QStringList()
        << QStringList{u"2: \"43586.5\" is no date"_s};
    QTest::newRow("slashes") << QByteArray(
        "domain,ip,first_seen\nshop.com,198.51.100.7,2019/05/01 12:00:00 UTC\n")
                             << QStringList{one + u" [2019-05-01 12:00, -]"_s} << QStringList();
    QTest::newRow("the future") << QByteArray(
        "domain,ip,last_seen\nshop.com,198.51.100.7,2030-01-01\n")
                                << QStringList()
                                << QStringList{u"2: \"2030-01-01\" has not come yet"_s};
    QTest::newRow("a wildcard") << QByteArray("domain,ip\n*[.]shop[.]com,198.51.100.7\n")
                                << QStringList{u"*.shop.com resolutions A 198.51.100.7"_s}
                                << QStringList();
    QTest::newRow("a comma that nobody quoted")
        << QByteArray("rrname,rrtype,rdata\nshop.com,TXT,hello, world\nshop.com,TXT,x,,\n")
        << QStringList{u"shop.com dns TXT x"_s}
        << QStringList{u"2: there are 4 cells under 3 columns"_s};
    QTest::newRow("names and addresses that are none")
        << QByteArray("rrname,rrtype,rdata\nshop.com,NS,\"ns1.a.net, ns2.a.net\"\n"
                      "shop.com,AAAA,198.51.100.7\n192.0.2.7,A,192.0.2.8\n")
        << QStringList()
        << QStringList{u"2: \"ns1.a.net, ns2.a.net\" is no host name"_s,
                       u"3: the address cannot be read"_s, u"4: an address has no address"_s};
    QTest::newRow("facts that cannot be")
        << QByteArray("entity,dataset,type,value\nshop.com,subdomains,,www.other.net\n"
                      "198.51.100.7,services,port,99999\nshop.com,whois,nameserver,NS1.A.NET.\n")
        << QStringList{u"shop.com whois nameserver ns1.a.net"_s}
        << QStringList{u"2: \"www.other.net\" is not below shop.com"_s,
                       u"3: \"99999\" is no port"_s};
    QTest::newRow("a spreadsheet's word to itself")
        << QByteArray("sep=;\ndomain;ip\nshop.com;198.51.100.7\n") << QStringList{one}
        << QStringList();
    QTest::newRow("ports and networks as others write them, and dates that are none")
        << QByteArray("entity,dataset,type,value,first_seen\n192.0.2.1,services,port,443/tcp,N/A\n"
                      "192.0.2.1,services,port,70000/udp,\n192.0.2.1,network,asn,64496,NULL\n"
                      "192.0.2.1,network,asn,as64497,-\n")
        << QStringList{u"192.0.2.1 network asn AS64496"_s, u"192.0.2.1 network asn AS64497"_s,
                       u"192.0.2.1 services port 443"_s}
        << QStringList{u"3: \"70000/udp\" is no port"_s};
}

void tst_OtherWordings::zones_data()
{
    columns();
    const QByteArray head = "$ORIGIN shop.com.\n$TTL 60\n";
    QTest::newRow("data as bytes")
        << head + "a TXT \\# 6 0568656c6c6f\nb CLASS1 A 192.0.2.4\nc TYPE65280 \\# 1 ab\n"
        << QStringList{u"b.shop.com resolutions A 192.0.2.4"_s,
                       u"c.shop.com dns TYPE65280 \\# 1 ab"_s}
        << QStringList{u"3: the data stands as bytes (RFC 3597), which is read for unknown types "
                       "only"_s};
    QTest::newRow("what no zone may hold")
        << head + "a CNMAE target\nb NS one two\nc MX mx\nd TXT\n"
        << QStringList()
        << QStringList{u"3: CNMAE is no record type"_s, u"4: the value is no host name"_s,
                       u"5: a mail exchange is a preference and a name"_s,
                       u"6: the record has no data"_s};
    QTest::newRow("names behind other words")
        << head + "a HTTPS 1 svc alpn=\"h2,h3\"\nb KX 10 kx1\nc RP admin txt\n"
        << QStringList{u"a.shop.com dns HTTPS 1 svc.shop.com alpn=\"h2,h3\""_s,
                       u"b.shop.com dns KX 10 kx1.shop.com"_s,
                       u"c.shop.com dns RP admin.shop.com txt.shop.com"_s}
        << QStringList();
    QTest::newRow("a text with a quotation mark inside")
        << head + "a TXT k=\"v w\"\n"
        << QStringList{u"a.shop.com dns TXT k=\"v w\""_s} << QStringList();
    QTest::newRow("what programs print without class and time, and a cache's dump")
        << QByteArray(";; bailiwick: shop.com.\n;; count: 2\nwww.shop.com. A 192.0.2.1\n"
                      "www.shop.com. NS ns1.shop.com.\n")
        << QStringList{u"www.shop.com dns NS ns1.shop.com"_s,
                       u"www.shop.com resolutions A 192.0.2.1"_s}
        << QStringList();
    QTest::newRow("a cache's dump")
        << QByteArray("$DATE 20241120100000\nwww.shop.com. 300 A 192.0.2.1\n"
                      "www.shop.com. 300 \\-AAAA ;-$NXRRSET\n")
        << QStringList{u"www.shop.com resolutions A 192.0.2.1"_s} << QStringList();
    QTest::newRow("blanks within Base64 mean nothing, its case does")
        << QByteArray("shop.com. 300 IN DNSKEY 257 3 13 AbCd EfGh==\n"
                      "shop.com. 300 IN DNSKEY 257 3 13 AbCdEf Gh==\n")
        << QStringList{u"shop.com dns DNSKEY 257 3 13 AbCdEfGh=="_s,
                       u"shop.com dns DNSKEY 257 3 13 AbCdEfGh=="_s}
        << QStringList();
}

void tst_OtherWordings::passiveDns_data()
{
    columns();
    QTest::newRow("one bad value of several")
        << QByteArray("{\"rrname\":\"shop.com\",\"rrtype\":\"A\",\"rdata\":[\"192.0.2.1\","
                      "\"192.0.2.300\",\"192.0.2.3\"]}\n")
        << QStringList{u"shop.com resolutions A 192.0.2.1"_s, u"shop.com resolutions A 192.0.2.3"_s}
        << QStringList{u"1: the address cannot be read"_s};
    QTest::newRow("dates in digits, and with slashes")
        << QByteArray("{\"rrname\":\"shop.com\",\"rrtype\":\"A\",\"rdata\":\"192.0.2.1\","
                      "\"time_first\":201905011234,\"time_last\":20190601123456}\n"
                      "{\"rrname\":\"shop.com\",\"rrtype\":\"A\",\"rdata\":\"192.0.2.2\","
                      "\"time_first\":\"2019/05/01 12:00:00\"}\n")
        << QStringList{u"shop.com resolutions A 192.0.2.1 [2019-05-01 12:34, 2019-06-01 12:34]"_s,
                       u"shop.com resolutions A 192.0.2.2 [2019-05-01 12:00, -]"_s}
        << QStringList();
    QTest::newRow("names and digits of one fact in two forms")
        << QByteArray("{\"rrname\":\"shop.com\",\"rrtype\":\"SRV\",\"rdata\":[\"1 2  443 A.Net.\","
                      "\"1 2 443 a.net\"]}\n"
                      "{\"rrname\":\"shop.com\",\"rrtype\":\"DS\",\"rdata\":[\"1 8 2 AB CD\","
                      "\"1 8 2 abcd\"]}\n")
        << QStringList{u"shop.com dns DS 1 8 2 abcd"_s, u"shop.com dns DS 1 8 2 abcd"_s,
                       u"shop.com dns SRV 1 2 443 a.net"_s, u"shop.com dns SRV 1 2 443 a.net"_s}
        << QStringList();
    QTest::newRow("milliseconds stay what they are")
        << QByteArray("{\"rrname\":\"shop.com\",\"rrtype\":\"A\",\"rdata\":\"192.0.2.1\","
                      "\"time_first\":1556668800000}\n")
        << QStringList{u"shop.com resolutions A 192.0.2.1 [2019-05-01 00:00, -]"_s}
        << QStringList();
    QTest::newRow("the form of unknown types is not that of a known one")
        << QByteArray(
               "{\"rrname\":\"shop.com\",\"rrtype\":\"HTTPS\",\"rdata\":\"\\\\# 5 0001000000\"}\n"
               "{\"rrname\":\"shop.com\",\"rrtype\":\"TYPE65280\",\"rdata\":\"\\\\# 2 0001\"}\n")
        << QStringList{u"shop.com dns TYPE65280 \\# 2 0001"_s}
        << QStringList{u"1: the data is written as that of an unknown type"_s};
}

/// A date and an address are in many a feed; only a log says which host of one's own it was.
void tst_OtherWordings::whatIsNoLogIsRefused()
{
    for (const QByteArray text :
         {"{\"date\":\"2023-01-01\",\"url\":\"http://evil.com/x\",\"malware\":\"qakbot\"}\n",
          "{\"timestamp\":\"2023-01-01T00:00:00Z\",\"host\":\"1.2.3.4\",\"method\":\"GET\","
          "\"url\":\"https://evil.com\"}\n",
          "{\"date\":\"2023-01-01\",\"client\":\"Some One\",\"domain\":\"evil.com\"}\n"}) {
        const auto import = importText(text);
        QVERIFY(import.error);
        QVERIFY(import.error->detail.contains(u"neither passive DNS"_s));
    }
}

void tst_OtherWordings::listsSayWhyTheyAreNoTables()
{
    QByteArray text("ip,location.country,services\n192.0.2.7,US,ssh\n192.0.2.8,US,http\n");
    QBuffer file(&text);
    QVERIFY(file.open(QIODevice::ReadOnly));
    ImportReader reader(file, importTime);
    const auto entities = reader.nextEntities();
    QVERIFY(entities);
    QCOMPARE(entities->size(), 2); // a column's name is none
    QCOMPARE(reader.tally().bad, 0);
    QVERIFY(reader.tally().unread.contains(u"location.country"_s));
    QVERIFY(importText("shop.com,198.51.100.7\n").tally.unread.isEmpty());
}

WG_TEST(tst_OtherWordings)
#include "tst_otherwordings.moc"
