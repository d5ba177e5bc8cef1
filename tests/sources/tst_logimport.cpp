// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/imports.h"
#include "support/runner.h"

#include <QTest>

using namespace wg;
using namespace Qt::StringLiterals;

namespace {

const QByteArray squid =
    "1590000000.123    921 192.168.0.68 TCP_MISS/200 507 GET http://www.shop.com/a?b=c - "
    "HIER_DIRECT/198.51.100.7 text/html\n"
    "1590000060.000   5021 192.168.0.69 TCP_TUNNEL/200 4507 CONNECT WWW.shop.com:443 alice "
    "HIER_DIRECT/198.51.100.7 -\n"
    "1590000120.000      0 192.168.0.70 TCP_DENIED/403 3900 CONNECT bad.net:443 - HIER_NONE/- "
    "text/html\n"
    "1590000180.000     30 192.168.0.68 TCP_MISS/200 507 GET http://www.shop.com/ - "
    "FIRSTUP_PARENT/10.0.0.1 text/html\n"
    "1590000190.000     30 192.168.0.68 NONE/400 507 NONE error:invalid-request - HIER_NONE/- -\n"
    "1590000200.000     30 192.168.0.68 TCP_MISS/200 5 GET http://intranet/ - HIER_DIRECT/10.1.1.1 "
    "-\n";

const QByteArray zeekHead = "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n"
                            "#unset_field\t-\n#path\tconn\n";

/// Counted sightings of one line each, or of the whole import.
QString count(const Record &record)
{
    return attribute(record.details, u"count").raw();
}

ImportOptions format(const QString &name)
{
    ImportOptions options;
    options.format = name;
    return options;
}

} // namespace

/// Logs of own traffic, as sightings.
class tst_LogImport : public QObject
{
    Q_OBJECT

    static void firewallRows()
    {
        QTest::newRow("iptables through syslog")
            << QByteArray(
                   "Nov 17 18:40:00 gw sshd[1]: hello\n"
                   "Nov 17 18:40:00 gw kernel: [12.5] OUT-DROP: IN=eth1 OUT=eth0 MAC=00:11 "
                   "SRC=10.0.0.5 DST=198.51.100.7 LEN=60 TTL=63 PROTO=TCP SPT=4000 DPT=443 SYN\n")
            << u"iptables"_s << u"198.51.100.7 sightings blocked tcp/443"_s
            << u"2026-11-17T18:40:00Z"_s;
        QTest::newRow("whoever is let in to an own host")
            << QByteArray("Nov 17 18:40:00 gw kernel: [UFW BLOCK] IN=eth0 OUT=eth1 "
                          "SRC=198.51.100.9 DST=10.0.0.5 LEN=60 PROTO=TCP SPT=4000 DPT=443\n")
            << u"iptables"_s << u"198.51.100.9 sightings blocked tcp/443"_s
            << u"2026-11-17T18:40:00Z"_s;
        QTest::newRow("nftables of last year")
            << QByteArray("Dec  3 18:40:00 gw kernel: seen IN=eth1 OUT=eth0 SRC=10.0.0.5 "
                          "DST=198.51.100.7 LEN=60 PROTO=UDP SPT=4000 DPT=123 LEN=40\n")
            << u"iptables"_s << u"198.51.100.7 sightings connection udp/123"_s
            << u"2025-12-03T18:40:00Z"_s;
        QTest::newRow("pfSense, IPv4") << QByteArray(
            "<134>Nov 17 18:40:00 fw filterlog[123]: 5,,,1000000103,em0,match,pass,out,4,0x0,,"
            "64,12345,0,none,6,tcp,60,10.0.0.5,198.51.100.7,54321,443,0,S,1,,64240,,mss\n")
                                       << u"filterlog"_s
                                       << u"198.51.100.7 sightings connection tcp/443"_s
                                       << u"2026-11-17T18:40:00Z"_s;
        QTest::newRow("OPNsense, IPv6, RFC 5424") << QByteArray(
            "<134>1 2026-11-17T20:40:00+02:00 fw filterlog 99 - [meta sequenceId=\"1\"] "
            "7,,,0,em0,match,block,out,6,0x00,0x00000,64,UDP,17,40,fd00::5,2001:db8::7,"
            "4000,53,20\n") << u"filterlog"_s << u"2001:db8::7 sightings blocked udp/53"_s
                                                  << u"2026-11-17T18:40:00Z"_s;
    }

private Q_SLOTS:
    void squidTellsWhoAskedForWhat()
    {
        const auto import = importText(squid);
        QCOMPARE(import.kind, u"squid"_s);
        QCOMPARE(import.bad(), QStringList());
        QCOMPARE(import.records.size(), 5);
        const Record web = import.of(u"www.shop.com sightings web tcp/80"_s);
        QCOMPARE(count(web), u"2"_s);
        QCOMPARE(attribute(web.details, u"hosts").raw(), u"192.168.0.68"_s);
        QCOMPARE(web.worldFirst, Instant{1'590'000'000'123});
        QCOMPARE(web.worldLast, Instant{1'590'000'180'000});
        QCOMPARE(count(import.of(u"www.shop.com sightings web tcp/443"_s)), u"1"_s);
        QCOMPARE(count(import.of(u"198.51.100.7 sightings web tcp/80"_s)), u"1"_s);
        QCOMPARE(count(import.of(u"bad.net sightings blocked tcp/443"_s)), u"1"_s);
        QCOMPARE(import.tally.internal, 1);
        QCOMPARE(import.tally.elsewise, 1);
        QCOMPARE(import.tally.lines, 6);
    }

    void formatsAreToldApart_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("facts");
        QTest::addColumn<QString>("first");
        QTest::newRow("Squid as common log") << QByteArray(
            "10.0.0.5 - alice [20/May/2020:20:40:00 +0200] \"GET http://shop.com/ HTTP/1.1\" "
            "200 512 \"-\" \"Mozilla/5.0\" TCP_MISS:HIER_DIRECT\n")
                                             << u"clf"_s << u"shop.com sightings web tcp/80"_s
                                             << u"2020-05-20T18:40:00Z"_s;
        QTest::newRow("denied in a common log")
            << QByteArray(
                   "10.0.0.5 - - [20/May/2020:13:40:00 -0500] \"CONNECT shop.com:8443 HTTP/1.1\" "
                   "403 512 \"-\" \"-\" TCP_DENIED:HIER_NONE\n")
            << u"clf"_s << u"shop.com sightings blocked tcp/8443"_s << u"2020-05-20T18:40:00Z"_s;
        QTest::newRow("Zeek conn.log") << zeekHead
                + "#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\n"
                  "#types\ttime\tstring\taddr\tport\taddr\tport\tenum\n"
                  "1590000000.5\tC1\t10.0.0.5\t4000\t2001:db8::7\t443\ttcp\n#close\t2020\n"
                                       << u"zeek"_s << u"2001:db8::7 sightings connection tcp/443"_s
                                       << u"2020-05-20T18:40:00Z"_s;
        QTest::newRow("Zeek dns.log")
            << zeekHead
                + "#fields\tts\tid.orig_h\tid.resp_h\tid.resp_p\tproto\tquery\tqtype_name\n"
                  "1590000000.5\t10.0.0.5\t9.9.9.9\t53\tudp\tshop.com\tAAAA\n"
            << u"zeek"_s << u"shop.com sightings dns AAAA"_s << u"2020-05-20T18:40:00Z"_s;
        QTest::newRow("Zeek http.log")
            << zeekHead
                + "#fields\tts\tid.orig_h\tid.resp_h\tid.resp_p\tmethod\thost\turi\n"
                  "1590000000.5\t10.0.0.5\t198.51.100.7\t8080\tGET\tshop.com\t/x\n"
            << u"zeek"_s << u"198.51.100.7 sightings web tcp/8080|shop.com sightings web tcp/8080"_s
            << u"2020-05-20T18:40:00Z"_s;
        QTest::newRow("Zeek ssl.log as JSON")
            << QByteArray(
                   "{\"ts\":1590000000.5,\"uid\":\"C1\",\"id.orig_h\":\"10.0.0.5\",\"id.resp_h\":"
                   "\"10.9.9.9\",\"id.resp_p\":443,\"server_name\":\"shop.com\"}\n")
            << u"json"_s << u"shop.com sightings tls tcp/443"_s << u"2020-05-20T18:40:00Z"_s;
        QTest::newRow("Suricata dns")
            << QByteArray(
                   "{\"timestamp\":\"2020-05-20T18:40:00.000000+0000\",\"event_type\":\"dns\","
                   "\"src_ip\":\"10.0.0.5\",\"dest_ip\":\"9.9.9.9\",\"dest_port\":53,\"dns\":"
                   "{\"type\":\"query\",\"rrname\":\"shop.com\",\"rrtype\":\"A\"}}\n")
            << u"json"_s << u"shop.com sightings dns A"_s << u"2020-05-20T18:40:00Z"_s;
        QTest::newRow("Suricata, west of Greenwich")
            << QByteArray("{\"timestamp\":\"2020-05-20T11:40:00.25-0700\",\"event_type\":\"tls\","
                          "\"src_ip\":\"10.0.0.5\",\"dest_ip\":\"198.51.100.7\",\"proto\":\"TCP\","
                          "\"dest_port\":443}\n")
            << u"json"_s << u"198.51.100.7 sightings connection tcp/443"_s
            << u"2020-05-20T18:40:00Z"_s;
        QTest::newRow("Elastic Common Schema, nested")
            << QByteArray(
                   "{\"@timestamp\":\"2020-05-20T18:40:00Z\",\"host\":\"fw.shop.net\",\"source\":"
                   "{\"ip\":\"10.0.0.5\"},\"destination\":{\"ip\":\"198.51.100.7\",\"port\":25},"
                   "\"network\":{\"transport\":\"tcp\"},\"event\":{\"action\":\"denied\"}}\n")
            << u"json"_s << u"198.51.100.7 sightings blocked tcp/25"_s << u"2020-05-20T18:40:00Z"_s;
        firewallRows();
    }
    void whoKnocksAtThisComputerIsTheOneToKnow()
    {
        const auto import =
            importText("Nov 17 18:40:00 adblock-gw kernel: seen IN=eth0 OUT= SRC=198.51.100.9 "
                       "DST=203.0.113.4 LEN=60 PROTO=TCP SPT=4000 DPT=22\n");
        QCOMPARE(import.lines(), QStringList{u"198.51.100.9 sightings connection tcp/22"_s});
        QCOMPARE(attribute(import.records.first().details, u"hosts").raw(), u"203.0.113.4"_s);
    }
    void formatsAreToldApart()
    {
        QFETCH(QByteArray, line);
        QFETCH(QString, first);
        const auto import = importText(line);
        QVERIFY2(!import.error, qPrintable(import.error ? import.error->detail : QString()));
        QCOMPARE(import.bad(), QStringList());
        QStringList lines = import.lines();
        lines.sort();
        QTEST(import.kind, "kind");
        QTEST(lines.join(u'|'), "facts");
        for (const Record &record : import.records) {
            QCOMPARE(attribute(record.details, u"hosts").raw(),
                     first.contains(u"2026"_s) && record.owner.kind == ArtifactKind::Ipv6
                         ? u"fd00::5"_s
                         : u"10.0.0.5"_s);
            if (!first.isEmpty())
                QCOMPARE(toRfc3339(*record.worldFirst), first);
        }
    }

    void jsonLinesThatNobodyKnowsAreRefusedWithTheFormats()
    {
        const auto import = importText("{\"event_type\":\"stats\",\"uptime\":7}\n"
                                       "{\"event_type\":\"stats\",\"uptime\":8}\n");
        QVERIFY(import.error);
        QCOMPARE(import.error->code, ErrorCode::Malformed);
        for (const char *word : {"COF", "Suricata", "Zeek", "--format", "json"})
            QVERIFY2(import.error->detail.contains(QLatin1String(word)), word);
    }

    void ownNamesAndServersAreInternal()
    {
        ImportOptions options;
        options.ownNames = {u"shop.com"_s};
        const auto import = importText(squid, options);
        QVERIFY(import.of(u"www.shop.com sightings web tcp/80"_s).owner.value.isEmpty());
        QCOMPARE(import.tally.internal, 4);
        const auto served = importText("198.51.100.9 - - [20/May/2020:20:40:00 +0200] "
                                       "\"GET /index.html HTTP/1.1\" 200 512 \"-\" \"-\"\n");
        QCOMPARE(served.kind, u"clf"_s);
        QCOMPARE(served.tally.internal, 1);
        QCOMPARE(served.records.size(), 0);
    }

    void badLinesAreNamed()
    {
        const auto import =
            importText(squid + "no such line\n" + QByteArray((3 << 20), 'x') + "\n");
        QCOMPARE(import.records.size(), 5);
        QCOMPARE(import.bad(),
                 QStringList({u"7: it is no line of a squid log"_s,
                              u"8: the line is longer than 1 MiB"_s}));
    }

    void aFormatMayBeSaid()
    {
        const QByteArray passive =
            "{\"rrname\":\"shop.com\",\"rrtype\":\"A\",\"rdata\":\"198.51.100.7\"}\n";
        QCOMPARE(importText(passive).kind, u"cof"_s);
        QCOMPARE(importText(squid, format(u"squid"_s)).records.size(), 5);
        QCOMPARE(importText(squid, format(u"clf"_s)).tally.bad, 6);
        QCOMPARE(importText(passive, format(u"json"_s)).tally.bad, 1);
        const auto unknown = importText(squid, format(u"sqid"_s));
        QVERIFY(unknown.error);
        QCOMPARE(unknown.error->code, ErrorCode::Usage);
        QVERIFY(unknown.error->detail.contains(u"squid, clf, zeek"_s));
    }

    void whatIsNotKnownIsRefusedWithTheFormats()
    {
        const auto import = importText("May 20 12:00:00 gw cron[1]: nothing of note\n");
        QVERIFY(import.error);
        QCOMPARE(import.error->code, ErrorCode::Malformed);
        QVERIFY2(import.error->detail.contains(u"filterlog"_s), qPrintable(import.error->detail));
    }

    void everyCutIsSurvived_data() { formatsAreToldApart_data(); }
    void everyCutIsSurvived()
    {
        QFETCH(QByteArray, line);
        QFETCH(QString, kind);
        for (qsizetype cut = 0; cut < line.size(); ++cut) {
            QVERIFY(importText(line.left(cut), format(kind)).records.size() <= 2);
            QVERIFY(importText(line.mid(cut), format(kind)).records.size() <= 2);
        }
    }

    void hostileLinesDoNoHarm()
    {
        for (const char *name : {"squid", "clf", "zeek", "iptables", "filterlog", "json"}) {
            const QByteArray junk =
                "[[[[ \" \" : / // :: ]]]] \\ \xff\xfe \t\t\t ,,,,,,,,,,,,,,,,,,,,,\n"
                "#fields\t\n\t\t\n{\"a\":{\"b\":{\"c\":{\"d\":1}}}}\n"
                "filterlog\nfilterlog:,\nIN= SRC= DST= PROTO=\nSRC=a DST=b PROTO=c IN=\n";
            const auto import = importText(junk, format(QString::fromLatin1(name)));
            QVERIFY(import.records.isEmpty());
            QVERIFY2(import.tally.bad > 0, name);
        }
    }

    void aMillionLinesStream()
    {
        class Lines final : public QIODevice
        {
        public:
            Lines() { open(ReadOnly | Unbuffered); }
            bool isSequential() const override { return true; }
            bool atEnd() const override { return m_line >= 1'000'000 && m_rest.isEmpty(); }

        protected:
            qint64 readData(char *data, qint64 most) override
            {
                if (m_rest.isEmpty() && m_line < 1'000'000) {
                    m_rest = "1590000000.123 9 10.0.0.5 TCP_MISS/200 7 GET http://h"
                        + QByteArray::number(m_line % 1000) + ".com/ - HIER_NONE/- -\n";
                    ++m_line;
                }
                const qint64 size = std::min<qint64>(most, m_rest.size());
                std::copy_n(m_rest.constData(), size, data);
                m_rest.remove(0, size);
                return size;
            }
            qint64 writeData(const char *, qint64) override { return -1; }

        private:
            QByteArray m_rest;
            int m_line = 0;
        } lines;
        ImportReader reader(lines, importTime, 100'000);
        QVERIFY(reader.kind());
        int steps = 0;
        for (auto more = reader.readAhead(); more && *more; more = reader.readAhead())
            ++steps;
        QVERIFY(steps >= 9);
        QList<Record> records;
        QVERIFY(reader.nextRecords(records));
        QCOMPARE(records.size(), 1000);
        QCOMPARE(count(records.first()), u"1000"_s);
    }
};

WG_TEST(tst_LogImport)
#include "tst_logimport.moc"
