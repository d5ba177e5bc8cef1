// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/imports.h"
#include "support/runner.h"

#include <QTest>

using namespace wg;
using namespace Qt::StringLiterals;

/// Logs as other programs, and other versions, write them.
class tst_OtherLogs : public QObject
{
    Q_OBJECT

    /// "owner sightings type service by HOST, HOST".
    static QStringList contactsOf(const WholeImport &import)
    {
        QStringList contacts = import.lines();
        for (qsizetype i = 0; i < contacts.size(); ++i)
            contacts[i] += u" by "_s + attribute(import.records[i].details, u"hosts").raw();
        contacts.sort();
        return contacts;
    }

    static void columns()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QStringList>("facts");
        QTest::addColumn<QStringList>("bad");
    }
    static void check()
    {
        QFETCH(QByteArray, text);
        const auto import = importText(text);
        QVERIFY2(!import.error, qPrintable(import.error ? import.error->detail : QString()));
        QTEST(contactsOf(import), "facts");
        QTEST(import.bad(), "bad");
    }

private Q_SLOTS:
    void proxies_data();
    void proxies() { check(); }
    void sensors_data();
    void sensors() { check(); }
    void oneLookUpCountsOnce();
    void aLogOfNoKnownKindIsToldToBeOne();
};

void tst_OtherLogs::proxies_data()
{
    columns();
    QTest::newRow("Squid: a proxy that asks who one is blocks nothing")
        << QByteArray("1732096800.001 0 10.0.0.5 TCP_DENIED/407 4012 CONNECT shop.com:443 - "
                      "HIER_NONE/- text/html\n"
                      "1732096800.101 20 10.0.0.5 TCP_TUNNEL/200 39 CONNECT shop.com:443 ada "
                      "HIER_NONE/- -\n"
                      "1732096800.101 20 10.0.0.5 TCP_DENIED/403 39 CONNECT evil.com:443 ada "
                      "HIER_NONE/- -\n")
        << QStringList{u"evil.com sightings blocked tcp/443 by 10.0.0.5"_s,
                       u"shop.com sightings web tcp/443 by 10.0.0.5"_s}
        << QStringList{};
    QTest::newRow("Squid: intercepted, the one that was meant")
        << QByteArray("1732096801.101 10 10.0.0.5 TCP_MISS/200 39 GET https://shop.com/ ada "
                      "PINNED/45.33.32.1 text/html\n"
                      "1732096801.201 10 10.0.0.5 TCP_TUNNEL/200 39 CONNECT x.com:443 - "
                      "ORIGINAL_DST/45.33.32.2 -\n")
        << QStringList{u"45.33.32.1 sightings web tcp/443 by 10.0.0.5"_s,
                       u"45.33.32.2 sightings web tcp/443 by 10.0.0.5"_s,
                       u"shop.com sightings web tcp/443 by 10.0.0.5"_s,
                       u"x.com sightings web tcp/443 by 10.0.0.5"_s}
        << QStringList{};
    QTest::newRow("common: behind the virtual host or the head of syslog stands the client")
        << QByteArray("proxy.corp:3128 10.0.0.5 - - [20/Nov/2024:10:00:00 +0100] \"GET "
                      "http://a.com/ HTTP/1.1\" 200 12\n"
                      "<134>Nov 20 10:00:00 proxy squid[1]: 10.0.0.6 - - [20/Nov/2024:10:00:00 "
                      "+0100] \"CONNECT b.com:443 HTTP/1.1\" 200 12\n"
                      "10.0.0.7 - ada lovelace [20/Nov/2024:10:00:00 +0100] \"CONNECT c.com:443 "
                      "HTTP/1.1\" 200 12\n"
                      "10.0.0.7 - - [20/Nov/2024:10:00:00 +0100] \"CONNECT d.com:443 HTTP/1.1\" "
                      "407 12 \"-\" \"-\" TCP_DENIED:HIER_NONE\n")
        << QStringList{u"a.com sightings web tcp/80 by 10.0.0.5"_s,
                       u"b.com sightings web tcp/443 by 10.0.0.6"_s,
                       u"c.com sightings web tcp/443 by 10.0.0.7"_s}
        << QStringList{};
}

void tst_OtherLogs::sensors_data()
{
    columns();
    QTest::newRow("Suricata: an alert about the answer, and the file in it")
        << QByteArray(
               "{\"timestamp\":\"2025-08-27T09:50:46.9+0000\",\"event_type\":\"fileinfo\",\"src_"
               "ip\":\"45.33.32.1\",\"src_port\":80,\"dest_ip\":\"10.0.0.5\",\"dest_port\":38580,"
               "\"proto\":\"TCP\",\"http\":{\"hostname\":\"a.com\",\"http_method\":\"GET\"}}\n"
               "{\"timestamp\":\"2025-08-27T09:50:46.9+0000\",\"event_type\":\"alert\",\"src_ip\":"
               "\"45.33.32.1\",\"src_port\":80,\"dest_ip\":\"10.0.0.5\",\"dest_port\":38580,"
               "\"proto\":\"TCP\",\"alert\":{\"action\":\"allowed\"},\"http\":{\"hostname\":\"a."
               "com\",\"http_method\":\"GET\"}}\n"
               "{\"timestamp\":\"2025-08-27T09:50:46.9+0000\",\"event_type\":\"alert\",\"src_ip\":"
               "\"45.33.32.2\",\"src_port\":8080,\"dest_ip\":\"10.0.0.5\",\"dest_port\":38580,"
               "\"proto\":\"TCP\",\"direction\":\"to_client\",\"alert\":{\"action\":\"allowed\"}}"
               "\n")
        << QStringList{u"45.33.32.1 sightings web tcp/80 by 10.0.0.5"_s,
                       u"45.33.32.2 sightings connection tcp/8080 by 10.0.0.5"_s,
                       u"a.com sightings web tcp/80 by 10.0.0.5"_s}
        << QStringList{};
    QTest::newRow("Suricata: one look-up is its question")
        << QByteArray(
               "{\"timestamp\":\"2022-02-08T05:16:30.2-0500\",\"event_type\":\"dns\",\"src_ip\":"
               "\"10.0.0.5\",\"src_port\":15894,\"dest_ip\":\"1.1.1.1\",\"dest_port\":53,\"dns\":{"
               "\"type\":\"query\",\"rrname\":\"a.com\",\"rrtype\":\"NS\"}}\n"
               "{\"timestamp\":\"2022-02-08T05:16:30.3-0500\",\"event_type\":\"dns\",\"src_ip\":"
               "\"1.1.1.1\",\"src_port\":53,\"dest_ip\":\"10.0.0.5\",\"dest_port\":15894,\"dns\":{"
               "\"type\":\"answer\",\"rrname\":\"a.com\",\"rrtype\":\"NS\",\"rdata\":\"ns1.a.com\"}"
               "}\n"
               "{\"timestamp\":\"2022-02-08T05:16:30.3-0500\",\"event_type\":\"dns\",\"src_ip\":"
               "\"10.0.0.5\",\"src_port\":15894,\"dest_ip\":\"1.1.1.1\",\"dest_port\":53,\"dns\":{"
               "\"version\":3,\"type\":\"response\",\"rrname\":\"a.com\",\"rrtype\":\"NS\"}}\n")
        << QStringList{u"a.com sightings dns NS by 10.0.0.5"_s} << QStringList{};
    QTest::newRow("Suricata: what was blocked or dropped")
        << QByteArray("{\"timestamp\":\"2024-11-20T10:00:05.1+0100\",\"event_type\":\"alert\","
                      "\"src_ip\":\"10.0.0.5\",\"src_port\":5555,\"dest_ip\":\"45.33.32.1\",\"dest_"
                      "port\":443,\"proto\":\"TCP\",\"alert\":{\"action\":\"blocked\"}}\n"
                      "{\"timestamp\":\"2024-11-20T10:00:05.1+0100\",\"event_type\":\"drop\",\"src_"
                      "ip\":\"10.0.0.5\",\"src_port\":5555,\"dest_ip\":\"45.33.32.2\",\"dest_"
                      "port\":443,\"proto\":\"TCP\",\"drop\":{\"len\":40}}\n")
        << QStringList{u"45.33.32.1 sightings blocked tcp/443 by 10.0.0.5"_s,
                       u"45.33.32.2 sightings blocked tcp/443 by 10.0.0.5"_s}
        << QStringList{};
    QTest::newRow("Zeek: strangers who come to one's own server by its name are no contact of "
                  "one's own hosts")
        << QByteArray("{\"ts\":1732096800.1,\"id.orig_h\":\"8.8.4.4\",\"id.orig_p\":1,\"id.resp_"
                      "h\":\"192.168.1.5\",\"id.resp_p\":80,\"method\":\"GET\",\"host\":\"mine."
                      "com\",\"uri\":\"/\"}\n"
                      "{\"ts\":1732096800.1,\"id.orig_h\":\"45.33.32.1\",\"id.orig_p\":1,\"id.resp_"
                      "h\":\"10.0.0.5\",\"id.resp_p\":443,\"server_name\":\"mine.com\"}\n"
                      "{\"ts\":1732096800.1,\"id.orig_h\":\"45.33.32.2\",\"id.orig_p\":1,\"id.resp_"
                      "h\":\"10.0.0.5\",\"id.resp_p\":22,\"proto\":\"tcp\"}\n")
        << QStringList{u"45.33.32.2 sightings connection tcp/22 by 10.0.0.5"_s} << QStringList{};
    QTest::newRow("one's own hosts in one form")
        << QByteArray("{\"ts\":1732096800.1,\"id.orig_h\":\"2001:0db8:0000:0000:0000:0000:0000:"
                      "0005\",\"query\":\"a.com\",\"qtype_name\":\"A\"}\n"
                      "{\"ts\":1732096800.1,\"id.orig_h\":\"2001:db8::5\",\"query\":\"a.com\","
                      "\"qtype_name\":\"A\"}\n")
        << QStringList{u"a.com sightings dns A by 2001:db8::5"_s} << QStringList{};
}

void tst_OtherLogs::oneLookUpCountsOnce()
{
    const auto import = importText(
        "{\"timestamp\":\"2024-11-20T10:00:05.1Z\",\"event_type\":\"dns\",\"src_ip\":\"10.0.0.5\","
        "\"dns\":{\"version\":2,\"type\":\"query\",\"rrname\":\"a.com\",\"rrtype\":\"A\"}}\n"
        "{\"timestamp\":\"2024-11-20T10:00:05.2Z\",\"event_type\":\"dns\",\"src_ip\":\"10.0.0.5\","
        "\"dns\":{\"version\":2,\"type\":\"answer\",\"rrname\":\"a.com\",\"rrtype\":\"A\"}}\n");
    QCOMPARE(import.records.size(), 1);
    QCOMPARE(attribute(import.records[0].details, u"count").raw(), u"1"_s);
    QCOMPARE(import.tally.elsewise, 1);
}

void tst_OtherLogs::aLogOfNoKnownKindIsToldToBeOne()
{
    for (const QByteArray log :
         {"Nov 20 10:00:00 dnsmasq[1]: query[A] a.com from 10.0.0.5\n"
          "Nov 20 10:00:00 dnsmasq[1]: reply a.com is 45.33.32.1\n",
          "#Fields: date time c-ip cs-host\n2024-11-20 10:00:00 10.0.0.5 a.com GET\n"}) {
        const auto import = importText(log);
        QCOMPARE(import.kind, u"entities"_s);
        QVERIFY2(import.tally.unread.contains("a log, of no kind"_L1), log.constData());
    }
    QVERIFY(importText("a.com\nb.com seen at noon\n").tally.unread.isEmpty());
}

WG_TEST(tst_OtherLogs)
#include "tst_otherlogs.moc"
