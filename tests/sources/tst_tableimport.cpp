// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/imports.h"
#include "support/runner.h"

#include <QTest>

using namespace wg;
using namespace Qt::StringLiterals;

namespace {

ImportOptions mapped(const QString &columns, std::optional<Dataset> dataset = {})
{
    ImportOptions options;
    options.columns = columns;
    options.dataset = dataset;
    return options;
}

} // namespace

/// Tables with a header, or with a mapping.
class tst_TableImport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void headersAreUnderstood_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("fact");
        const QString a = u"shop.com resolutions A 198.51.100.7"_s;
        QTest::newRow("name and address") << QByteArray("domain,ip\nshop.com,198.51.100.7\n") << a;
        QTest::newRow("address first") << QByteArray("ip,domain\n198.51.100.7,shop.com\n") << a;
        QTest::newRow("IPv6") << QByteArray("Domain;IP\nshop.com;2001:DB8::7\n")
                              << u"shop.com resolutions AAAA 2001:db8::7"_s;
        QTest::newRow("tabs, CRLF and a mark")
            << QByteArray("\xef\xbb\xbfhostname\trrtype\tvalue\r\nshop.com\tA\t198.51.100.7\r\n")
            << a;
        QTest::newRow("defanged") << QByteArray("indicator,value\nshop[.]com,198.51.100[.]7\n")
                                  << a;
        QTest::newRow("header in a comment")
            << QByteArray("# made by hand\n# domain,ip\nshop.com,198.51.100.7\n") << a;
        QTest::newRow("no line end at the end")
            << QByteArray("domain,ip\nshop.com,198.51.100.7") << a;
        QTest::newRow("dataset in a column")
            << QByteArray("entity,dataset,type,value\nshop.com,whois,registrar,Gandi\n")
            << u"shop.com whois registrar Gandi"_s;
        QTest::newRow("usual type")
            << QByteArray("entity,dataset,value\nshop.com,subdomains,WWW.shop.com\n")
            << u"shop.com subdomains subdomain www.shop.com"_s;
        QTest::newRow("mail server")
            << QByteArray("rrname,rrtype,rdata\nshop.com,MX,10 mail.shop.com.\n")
            << u"shop.com dns MX mail.shop.com"_s;
    }
    void headersAreUnderstood()
    {
        QFETCH(QByteArray, text);
        const auto import = importText(text);
        QVERIFY2(!import.error, qPrintable(import.error ? import.error->detail : QString()));
        QCOMPARE(import.kind, u"csv"_s);
        QCOMPARE(import.bad(), QStringList());
        QTEST(import.lines().join(u'|'), "fact");
    }

    void everyDatasetCanBeFilled()
    {
        for (const Dataset dataset : allDatasets) {
            const bool dns = dataset == Dataset::Resolutions || dataset == Dataset::Dns;
            const QByteArray type = dns ? "TXT" : "thing";
            const auto import = importText(
                "entity,type,value\nshop.com," + type + ",www.shop.com\n", mapped({}, dataset));
            QCOMPARE(import.records.size(), 1);
            QCOMPARE(import.records[0].dataset, dns ? Dataset::Dns : dataset);
        }
    }

    void datesComeInTheUsualForms_data()
    {
        QTest::addColumn<QByteArray>("first");
        for (const char *text : {"1590000000", "1590000000000", "2020-05-20T18:40:00Z",
                                 "2020-05-20 18:40:00", "2020-05-20T20:40:00+02:00"})
            QTest::newRow(text) << QByteArray(text);
    }
    void datesComeInTheUsualForms()
    {
        QFETCH(QByteArray, first);
        const auto import = importText("domain,ip,First Seen,lastSeen\nshop.com,198.51.100.7,"
                                       + first + ",2021-01-01\n");
        QCOMPARE(import.records.size(), 1);
        QCOMPARE(import.records[0].worldFirst, Instant::fromSeconds(1590000000));
        QCOMPARE(import.records[0].worldLast, parseInstant(u"2021-01-01"));
    }

    void compactDatesAreDays_data()
    {
        QTest::addColumn<QByteArray>("first");
        QTest::addColumn<QByteArray>("last");
        QTest::addColumn<QString>("dates");
        QTest::newRow("days") << QByteArray("20190131") << QByteArray("20200229")
                              << u"2019-01-31 2020-02-29"_s;
        QTest::newRow("years") << QByteArray("2018") << QByteArray("2019")
                               << u"2018-01-01 2019-12-31"_s;
        QTest::newRow("a day and its year")
            << QByteArray("20190501") << QByteArray("2019") << u"2019-05-01 2019-12-31"_s;
        QTest::newRow("no day") << QByteArray("20190230") << QByteArray("2019") << QString();
        QTest::newRow("no number of seconds") << QByteArray("201901") << QByteArray() << QString();
    }
    void compactDatesAreDays()
    {
        QFETCH(QByteArray, first);
        QFETCH(QByteArray, last);
        const auto import = importText("domain,ip,first_seen,last_seen\nshop.com,198.51.100.7,"
                                       + first + ',' + last + '\n');
        if (import.records.isEmpty()) {
            QCOMPARE(import.bad(),
                     QStringList{u"2: \"%1\" is no date"_s.arg(QString::fromLatin1(first))});
            QTEST(QString(), "dates");
            return;
        }
        const Record record = import.records.first();
        QTEST(toDay(record.worldFirst.value_or(Instant())) + u' '
                  + toDay(record.worldLast.value_or(Instant())),
              "dates");
    }

    void aRegistrationsHistoryKeepsEveryValue()
    {
        const auto import = importText("entity,dataset,type,value,first_seen,last_seen\n"
                                       "shop.com,whois,registrar,Gandi,2012-01-01,2015-01-01\n"
                                       "shop.com,whois,registrar,Tucows,2015-01-01,2019-01-01\n"
                                       "shop.com,whois,registrant,Example Ltd,,\n");
        QCOMPARE(import.records.size(), 3);
        QCOMPARE(import.records[0].identity, Identity::Value);
        QVERIFY(recordId(import.records[0]) != recordId(import.records[1]));
        QCOMPARE(import.records[2].identity, Identity::Type); // of today
    }

    void contactInATableIsCountedAsInALog()
    {
        ImportOptions options;
        options.dataset = Dataset::Sightings;
        options.ownNames = {u"our.com"_s};
        const auto import = importText("domain,value,client,first_seen,last_seen,count\n"
                                       "shop.com,tcp/443,10.0.0.5,2020-05-01,2020-05-02,3\n"
                                       "SHOP.com,tcp/443,10.0.0.6,2020-05-01,2020-05-03,4\n"
                                       "shop.com,tcp/25,10.0.0.5,,,\n"
                                       "10.1.1.1,tcp/443,10.0.0.5,2020-05-01,,1\n"
                                       "www.our.com,tcp/443,10.0.0.5,2020-05-01,,1\n",
                                       options);
        QCOMPARE(import.bad(), QStringList());
        QCOMPARE(import.tally.internal, 2);
        QCOMPARE(import.records.size(), 2);
        const Record web = import.of(u"shop.com sightings connection tcp/443"_s);
        QCOMPARE(attribute(web.details, u"count").raw(), u"7"_s);
        QCOMPARE(attribute(web.details, u"hosts").raw(), u"10.0.0.5, 10.0.0.6"_s);
        QCOMPARE(web.worldFirst, parseInstant(u"2020-05-01"));
        QCOMPARE(web.worldLast, parseInstant(u"2020-05-03"));
        const Record mail = import.of(u"shop.com sightings connection tcp/25"_s);
        QCOMPARE(attribute(mail.details, u"count").raw(), u"1"_s);
        QByteArray many = "domain,dataset,value,ip\n";
        for (int i = 0; i < 10; ++i) {
            const QByteArray name = "h" + QByteArray::number(i) + ".com,";
            many += name + "sightings,dns,\n" + name + "resolutions,,198.51.100.7\n";
        }
        QCOMPARE(
            importText(many, mapped(u"domain=entity,dataset=dataset,value=value,ip=value"_s), 3)
                .records.size(),
            20);
        QCOMPARE(importText("domain,dataset,value\n" + QByteArray("a.com,sightings,x\n").repeated(9)
                                + "b.com,sightings,x\n",
                            {}, 2)
                     .records.size(),
                 2);
    }

    void quotationMarksHoldWhatTheyHold()
    {
        const auto import = importText("entity,dataset,type,value\n"
                                       "shop.com,osint,report,\"one, \"\"two\"\"\nthree\"\n"
                                       "shop.net,osint,report,four\n");
        QCOMPARE(import.lines(),
                 QStringList({u"shop.com osint report one, \"two\"\nthree"_s,
                              u"shop.net osint report four"_s}));
        QCOMPARE(import.tally.lines, 4);
        QCOMPARE(import.tally.bad, 0);
    }

    void aForgottenQuotationMarkCostsOneLine()
    {
        QByteArray text = "domain,ip\n\"shop.com,198.51.100.7\n";
        for (int i = 0; i < 500; ++i)
            text += "n" + QByteArray::number(i) + ".com,198.51.100.8\n";
        for (const int batch : {7, 1000}) {
            const auto import = importText(text, {}, batch);
            QCOMPARE(import.records.size(), 500);
            QCOMPARE(import.bad(), QStringList{u"2: a quotation mark is not closed"_s});
            QCOMPARE(import.tally.lines, 502);
        }
    }

    void badRowsAreNamedAndTheRestIsTaken()
    {
        const auto import = importText("domain,type,value,first_seen\n"
                                       "shop.com,A,198.51.100.7,\n"
                                       "\n"
                                       "shop.com,A,not an address,\n"
                                       ",A,198.51.100.8,\n"
                                       "shop.com,A,198.51.100.9,yesterday\n"
                                       "shop.com,A,,\n"
                                       "shop.com,,www.shop.net,\n"
                                       ",,,\n"
                                       "shop.net,A,198.51.100.7,,,,,\n");
        QCOMPARE(import.lines(),
                 QStringList({u"shop.com resolutions A 198.51.100.7"_s,
                              u"shop.net resolutions A 198.51.100.7"_s}));
        QCOMPARE(import.tally.bad, 5);
        const QStringList bad = import.bad();
        QVERIFY2(bad[0].startsWith(u"4: "_s) && bad[1].startsWith(u"5: "_s),
                 qPrintable(bad.join(u'\n')));
        QCOMPARE(bad[2], u"6: \"yesterday\" is no date"_s);
        QCOMPARE(bad[3], u"7: the value is missing"_s);
        QVERIFY2(bad[4].startsWith(u"8: neither a dataset nor a record type"_s),
                 qPrintable(bad[4]));
    }

    void aMappingNamesColumns()
    {
        const QByteArray text = "Where,What,Kind,Seen by\nshop.com,Apache,Server,alice\n";
        const auto import =
            importText(text,
                       mapped(u"Where=entity,What=value,kind=type,Seen by=detail.analyst"_s,
                              Dataset::Components));
        QCOMPARE(import.lines(), QStringList{u"shop.com components Server Apache"_s});
        QCOMPARE(attribute(import.records[0].details, u"analyst").raw(), u"alice"_s);
        const auto headless = importText("shop.com,198.51.100.7\nshop.net,198.51.100.8\n",
                                         mapped(u"1=entity,2=value"_s));
        QCOMPARE(headless.lines(),
                 QStringList({u"shop.com resolutions A 198.51.100.7"_s,
                              u"shop.net resolutions A 198.51.100.8"_s}));
        auto ranks = mapped(u"2=entity,1=value"_s);
        ranks.dataset = Dataset::Osint;
        QCOMPARE(importText("1,shop.com\n2,shop.net\n", ranks).lines(),
                 QStringList({u"shop.com osint report 1"_s, u"shop.net osint report 2"_s}));
        QCOMPARE(
            importText("0,1,2\nx,shop.com,198.51.100.7\n", mapped(u"1=entity,2=value"_s)).lines(),
            QStringList({u"shop.com resolutions A 198.51.100.7"_s})); // a header of numbers
        QCOMPARE(importText("a,date,date\nshop.com,198.51.100.7,2019-05-01\n",
                            mapped(u"#1=entity,#2=value,#3=first_seen"_s))
                     .lines(),
                 QStringList({u"shop.com resolutions A 198.51.100.7"_s}));
    }

    void aWrongMappingIsRefused_data()
    {
        QTest::addColumn<QString>("columns");
        QTest::addColumn<QString>("says");
        QTest::newRow("no such column") << u"Wher=entity"_s << u"no column \"Wher\""_s;
        QTest::newRow("no such field") << u"Where=entty"_s << u"no field \"entty\""_s;
        QTest::newRow("no pair") << u"Where"_s << u"takes COLUMN=FIELD"_s;
        QTest::newRow("no entity") << u"What=value"_s << u"no column for the entity"_s;
    }
    void aWrongMappingIsRefused()
    {
        QFETCH(QString, columns);
        QFETCH(QString, says);
        const auto import = importText("Where,What\nshop.com,Apache\n", mapped(columns));
        QVERIFY(import.error);
        QCOMPARE(import.error->code, ErrorCode::Usage);
        QVERIFY2(import.error->detail.contains(says), qPrintable(import.error->detail));
    }

    void columnsThatNobodyExplainedAreTold()
    {
        const auto import =
            importText("domain,ip,Country,source,tags\nshop.com,198.51.100.7,NO,us,x\n");
        QCOMPARE(import.records.size(), 1);
        QCOMPARE(import.tally.ignored, QStringList{u"Country"_s});
    }

    void listsWithAHeaderStayLists()
    {
        QCOMPARE(importData(u"csv/volexity_2024_StormBamboo.csv"_s).kind, u"entities"_s);
        QCOMPARE(importData(u"csv/unit42_dearjoohn.csv"_s).kind, u"entities"_s);
        QCOMPARE(importText("domain\nshop.com\n").kind, u"entities"_s);
    }

    void aPublishedTableIsReadWithAMapping()
    {
        const auto import = importData(
            u"csv/mandiant_sunburst_NBIs.csv"_s,
            mapped(u"FQDN=entity,DNS Record Type=type,IP=value,Target=value,First Seen=first_seen,"
                   "Last Seen=last_seen,Associated Malware=detail.malware"_s));
        QCOMPARE(import.bad(), QStringList());
        QCOMPARE(import.records.size(), 16);
        const Record cname = import.records.first();
        QCOMPARE(cname.type, u"CNAME"_s);
        QCOMPARE(cname.value.raw(), u"freescanonline.com"_s);
        const Record last = import.of(u"zupertech.com resolutions A 167.114.213.199"_s);
        QCOMPARE(last.worldFirst, parseInstant(u"2016-08-18 13:06:00"));
        QCOMPARE(attribute(cname.details, u"malware").raw(), u"SUNBURST"_s);
    }

    void cellsOverSeveralLinesOfAPublishedTable()
    {
        const auto import =
            importData(u"csv/unit42_dearjoohn.csv"_s,
                       mapped(u"Remote Template IP=entity,Filename=value"_s, Dataset::Malware));
        QVERIFY(!import.error);
        QCOMPARE(import.records.first().value.raw(), u"Passport.docx\ninstruction.docx"_s);
    }

    void everyCutIsSurvived()
    {
        const QByteArray text =
            "domain,type,value\n\"a \"\"b\"\".com\",A,198.51.100.7\nshop.com,A,198.51.100.8\n";
        for (qsizetype cut = 0; cut <= text.size(); ++cut) {
            const auto import = importText(text.left(cut), mapped(u"1=entity,2=type,3=value"_s));
            QVERIFY2(import.records.size() <= 1, qPrintable(import.lines().join(u'|')));
        }
    }

    void manyRowsAreRead()
    {
        QByteArray text = "domain,ip,first_seen,last_seen\n";
        for (int i = 0; i < 100'000; ++i)
            text += "host" + QByteArray::number(i) + ".com,198.51.100.7,1590000000,1600000000\n";
        QCOMPARE(importText(text, {}, 10'000).records.size(), 100'000);
    }
};

WG_TEST(tst_TableImport)
#include "tst_tableimport.moc"
