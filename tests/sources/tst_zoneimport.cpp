// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/importreader.h"
#include "support/runner.h"

#include <QBuffer>
#include <QFile>
#include <QTest>

using namespace wg;
using namespace Qt::StringLiterals;

namespace {

struct Import
{
    Result<ImportKind> kind = ImportKind::EntityList;
    QList<Record> records;
    ImportTally tally;

    /// "owner TYPE value" of every record.
    [[nodiscard]] QStringList lines() const
    {
        QStringList out;
        for (const Record &record : records)
            out.append(record.owner.value + u' ' + record.type + u' ' + record.value.raw());
        return out;
    }
    [[nodiscard]] qsizetype count(const QString &type) const
    {
        return std::count_if(records.cbegin(), records.cend(),
                             [&](const Record &record) { return record.type == type; });
    }
};

Import read(QIODevice &device, int batch = 100'000)
{
    Import import;
    ImportReader reader(device, SystemClock().now(), batch);
    import.kind = reader.kind();
    QList<Record> records;
    while (reader.nextRecords(records) && !records.isEmpty())
        import.records += records;
    import.tally = reader.tally();
    return import;
}

Import readText(QByteArray text, int batch = 100'000)
{
    QBuffer buffer(&text);
    buffer.open(QIODevice::ReadOnly);
    return read(buffer, batch);
}

const QByteArray zoneHead = "$ORIGIN shop.com.\n";

} // namespace

/// Zone files, as servers, transfers and dig write them.
class tst_ZoneImport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatStandsInAZone();
    void entriesMaySpanLines();
    void whatOnlyProvesTheZoneIsPassedOver();
    void namesAreRelativeToTheOrigin_data();
    void namesAreRelativeToTheOrigin();
    void badEntriesAreNamedAndTheRestIsTaken_data();
    void badEntriesAreNamedAndTheRestIsTaken();
    void aBrokenOriginLendsNobodyTheOneBefore_data();
    void aBrokenOriginLendsNobodyTheOneBefore();
    void whatLooksLikeAZoneIsOne_data();
    void whatLooksLikeAZoneIsOne();
    void theRootZoneGivesItsDelegations();
    void smallBatchesGiveTheSame();
    void cutsAreNoCrash();
    void anOpenEntryEndsWhereAnotherBegins();
    void hostileTextEnds();
};

void tst_ZoneImport::readsWhatStandsInAZone()
{
    const Import got = readText("; made for this test\n"
                                "$TTL 1h\n"
                                "$ORIGIN shop.com.\n"
                                "@ 3600 IN SOA ns1 admin.shop.com. 7 1d 2h 4w 1h\n"
                                "  IN NS ns1\n"
                                "  NS ns2.other.net.\n"
                                "  IN 300 MX 10 mail\n"
                                "  TXT \"v=spf1 \" \"-all; really\"\n"
                                "www 300 A 192.0.2.1 ; the web\n"
                                "    300 AAAA 2001:DB8::1\n"
                                "\n"
                                "*.dev CNAME www\n"
                                "_sip._tcp SRV 1 2 5060 sip\n"
                                "WWW.Other.NET. IN A 192.0.2.2\n"
                                "1.2.0.192.in-addr.arpa. PTR www\n");
    QCOMPARE(*got.kind, ImportKind::Zone);
    QCOMPARE(got.tally.bad, 0);
    const QStringList expected{
        u"shop.com SOA ns1.shop.com admin.shop.com"_s,
        u"shop.com NS ns1.shop.com"_s,
        u"shop.com NS ns2.other.net"_s,
        u"shop.com MX mail.shop.com"_s,
        u"shop.com TXT v=spf1 -all; really"_s,
        u"www.shop.com A 192.0.2.1"_s,
        u"www.shop.com AAAA 2001:db8::1"_s,
        u"*.dev.shop.com CNAME www.shop.com"_s,
        u"_sip._tcp.shop.com SRV 1 2 5060 sip.shop.com"_s,
        u"www.other.net A 192.0.2.2"_s,
        u"192.0.2.1 PTR www.shop.com"_s,
    };
    QCOMPARE(got.lines(), expected);
    QCOMPARE(attribute(got.records[3].attributes, u"preference").raw(), u"10"_s);
    QVERIFY(!got.records[0].worldFirst && !got.records[0].worldLast);
}

void tst_ZoneImport::entriesMaySpanLines()
{
    const Import got = readText(zoneHead
                                + "@ IN SOA ns1 admin (\n"
                                  "    2026112201 ; serial\n"
                                  "\n"
                                  "    3600 900\n"
                                  "    604800 86400 )\n"
                                  "a IN TXT (\"one\"\n\"two\") \n"
                                  "  IN A (192.0.2.1)\n");
    QCOMPARE(got.tally.bad, 0);
    QCOMPARE(got.lines(),
             (QStringList{u"shop.com SOA ns1.shop.com admin.shop.com"_s, u"a.shop.com TXT onetwo"_s,
                          u"a.shop.com A 192.0.2.1"_s}));
}

void tst_ZoneImport::whatOnlyProvesTheZoneIsPassedOver()
{
    const Import got = readText("shop.com. 1 IN A 192.0.2.1\n"
                                "shop.com. 1 IN RRSIG A 8 2 1 20261122 20261101 1 shop.com. x==\n"
                                "shop.com. 1 IN NSEC a.shop.com. A\n"
                                "shop.com. 1 IN NSEC3PARAM 1 0 0 -\n"
                                "shop.com. 1 IN DS 1 8 2 ABCD\n");
    QCOMPARE(got.tally.bad, 0);
    QCOMPARE(got.lines(), (QStringList{u"shop.com A 192.0.2.1"_s, u"shop.com DS 1 8 2 abcd"_s}));
}

void tst_ZoneImport::namesAreRelativeToTheOrigin_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("record");
    QTest::newRow("the origin itself")
        << QByteArray("@ IN CNAME @") << u"shop.com CNAME shop.com"_s;
    QTest::newRow("below") << QByteArray("a.b IN NS c") << u"a.b.shop.com NS c.shop.com"_s;
    QTest::newRow("absolute") << QByteArray("a. IN NS c.d.") << u"a NS c.d"_s;
    QTest::newRow("of the root") << QByteArray("$ORIGIN .\norg IN NS a.net") << u"org NS a.net"_s;
    QTest::newRow("relative origin")
        << QByteArray("$ORIGIN eu\n@ IN NS ns") << u"eu.shop.com NS ns.eu.shop.com"_s;
    QTest::newRow("null mx") << QByteArray("@ IN MX 0 .") << u"shop.com MX ."_s;
    QTest::newRow("class before time")
        << QByteArray("a IN 1h30m A 192.0.2.1") << u"a.shop.com A 192.0.2.1"_s;
}

void tst_ZoneImport::namesAreRelativeToTheOrigin()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, record);
    const Import got = readText(zoneHead + text);
    QCOMPARE(got.tally.bad, 0);
    QCOMPARE(got.lines(), QStringList{record});
}

void tst_ZoneImport::badEntriesAreNamedAndTheRestIsTaken_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("why");
    QTest::newRow("include") << QByteArray("$INCLUDE other.zone") << u"$INCLUDE is not followed"_s;
    QTest::newRow("generate") << QByteArray("$GENERATE 1-9 h$ A 192.0.2.$")
                              << u"$GENERATE is not followed"_s;
    QTest::newRow("other class") << QByteArray("v CH TXT x") << u"the class is not IN"_s;
    QTest::newRow("no type") << QByteArray("v 300 IN") << u"record type is missing"_s;
    QTest::newRow("no data") << QByteArray("v IN NS") << u"no data"_s;
    QTest::newRow("bad address") << QByteArray("v IN A 192.0.2.256") << u"address cannot be read"_s;
    QTest::newRow("open quote") << QByteArray("v IN TXT \"a b") << u"not closed"_s;
    QTest::newRow("open quote in parentheses") << QByteArray("v IN TXT (\"a b") << u"not closed"_s;
    QTest::newRow("no host name") << QByteArray("a\\.b@c. IN A 192.0.2.1") << u"no host name"_s;
}

void tst_ZoneImport::badEntriesAreNamedAndTheRestIsTaken()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, why);
    const Import got = readText(zoneHead + text + "\nz IN A 192.0.2.9\n");
    QCOMPARE(got.lines(), QStringList{u"z.shop.com A 192.0.2.9"_s});
    QCOMPARE(got.tally.bad, 1);
    QCOMPARE(got.tally.firstBad[0].line, 2);
    QVERIFY2(got.tally.firstBad[0].why.contains(why), qPrintable(got.tally.firstBad[0].why));
    const Import indented =
        readText(zoneHead + "y IN A 192.0.2.1\nx IN TXT \"a\n  IN A 192.0.2.2\n");
    QCOMPARE(indented.lines(), QStringList{u"y.shop.com A 192.0.2.1"_s});
    const Import tooLong = readText(zoneHead + "y IN A 192.0.2.1\n" + QByteArray(1'100'000, 'x')
                                    + "\n  IN A 192.0.2.2\n");
    QCOMPARE(tooLong.lines(), QStringList{u"y.shop.com A 192.0.2.1"_s});
    const Import relative = readText("$TTL 300\nwww IN A 192.0.2.1\na.com. IN CNAME www\n");
    QCOMPARE(relative.tally.bad, 2);
    QVERIFY(relative.tally.firstBad[0].why.contains(u"relative"_s));
}

void tst_ZoneImport::aBrokenOriginLendsNobodyTheOneBefore_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("without a name") << QByteArray("$ORIGIN");
    QTest::newRow("not closed") << QByteArray("$ORIGIN \"other.com.");
}

void tst_ZoneImport::aBrokenOriginLendsNobodyTheOneBefore()
{
    QFETCH(QByteArray, line);
    const Import got = readText(zoneHead + "y IN A 192.0.2.1\n" + line
                                + "\nwww IN A 192.0.2.2\n  IN A 192.0.2.3\n"
                                  "$ORIGIN other.com.\nz IN A 192.0.2.4\n");
    QCOMPARE(got.lines(), (QStringList{u"y.shop.com A 192.0.2.1"_s, u"z.other.com A 192.0.2.4"_s}));
    QCOMPARE(got.tally.bad, 3);
}

void tst_ZoneImport::whatLooksLikeAZoneIsOne_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<bool>("zone");
    QTest::newRow("small letters") << QByteArray("www.shop.com in a 192.0.2.1") << true;
    QTest::newRow("a time to live") << QByteArray("www.shop.com 300 MX 10 mail") << true;
    QTest::newRow("absolute") << QByteArray("shop.com. in mx 10 mail") << true;
    QTest::newRow("only the SOA") << QByteArray("@ SOA ns.shop.com. m.shop.com. 1 2 3 4 5") << true;
    QTest::newRow("a scanner's table") << QByteArray("203.0.113.9 443 https nginx") << false;
    QTest::newRow("prose") << QByteArray("evil.com in a report") << false;
    QTest::newRow("a name alone") << QByteArray("evil.com") << false;
}

void tst_ZoneImport::whatLooksLikeAZoneIsOne()
{
    QFETCH(QByteArray, line);
    QFETCH(bool, zone);
    const Import got = readText(line + "\n198.51.100.7\n");
    QVERIFY(got.kind);
    QCOMPARE(*got.kind, zone ? ImportKind::Zone : ImportKind::EntityList);
}

void tst_ZoneImport::theRootZoneGivesItsDelegations()
{
    QFile file(QStringLiteral(TEST_DATA "/zone/root_2020-09-13_beginning.zone"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const Import got = read(file);
    QCOMPARE(*got.kind, ImportKind::Zone);
    QCOMPARE(got.tally.lines, 200);
    // The root has no page: its own records are what cannot be taken.
    QCOMPARE(got.tally.bad, 15);
    QCOMPARE(got.count(u"NS"_s), 74);
    QCOMPARE(got.count(u"DS"_s), 27);
    QVERIFY(got.lines().contains(u"aaa NS ns1.dns.nic.aaa"_s));
}

void tst_ZoneImport::smallBatchesGiveTheSame()
{
    const QByteArray text =
        zoneHead + "a A 192.0.2.1\n  A 192.0.2.2\n  TXT (\n \"x\" )\n  A 192.0.2.3\n";
    QCOMPARE(readText(text, 1).lines(), readText(text).lines());
    QCOMPARE(readText(text).records.size(), 4);
}

void tst_ZoneImport::cutsAreNoCrash()
{
    const QByteArray text = zoneHead + "@ IN SOA ns1 admin (1 2 3\n4 5)\na TXT \"x\\\"y\" \\\n";
    for (qsizetype size = zoneHead.size(); size < text.size(); ++size)
        QVERIFY(readText(text.first(size)).kind.ok());
    const Import open = readText(zoneHead + "@ IN SOA ns1 admin (1 2 3\n");
    QCOMPARE(open.tally.bad, 1);
    QVERIFY(open.tally.firstBad[0].why.contains(u"parentheses"_s));
}

void tst_ZoneImport::anOpenEntryEndsWhereAnotherBegins()
{
    const Import got = readText(zoneHead
                                + "v IN TXT ( \"a\"\n  \"b\"\nw IN A 192.0.2.8 ; (\n"
                                  "  IN AAAA 2001:db8::1\n$ORIGIN a.shop.com.\nx IN MX ( 10\n"
                                  "y.shop.com. ; not an entry\n)\n");
    QCOMPARE(got.lines(),
             (QStringList{u"w.shop.com A 192.0.2.8"_s, u"w.shop.com AAAA 2001:db8::1"_s,
                          u"x.a.shop.com MX y.shop.com"_s}));
    QCOMPARE(got.tally.bad, 1);
    QCOMPARE(got.tally.firstBad[0].line, 4);
    QCOMPARE(got.tally.firstBad[0].why, u"the parenthesis of the entry before is not closed"_s);
}

void tst_ZoneImport::hostileTextEnds()
{
    for (const QByteArray &piece :
         {QByteArray("("), QByteArray(")"), QByteArray("\""), QByteArray("\\"), QByteArray("a ("),
          QByteArray("a\n"), QByteArray("(a\n"), QByteArray("a IN TXT \"\n")})
        QVERIFY(readText(zoneHead + piece.repeated(3'000'000 / piece.size())).records.isEmpty());
}

WG_TEST(tst_ZoneImport)
#include "tst_zoneimport.moc"
