// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "recordedanswers.h"
#include "support/runner.h"

#include <QTest>

using namespace wg;
using namespace wg::test;
using namespace Qt::StringLiterals;

/// What single scans of urlscan.io tell of a page.
class tst_UrlscanResult : public QObject
{
    Q_OBJECT

    static QList<Observation> parsed(const QString &entity, const QByteArrayList &pages)
    {
        return parsedPages(u"urlscan"_s, u"pages"_s, entity, pages);
    }
    static QString detail(const QList<Observation> &told, Dataset dataset, QStringView name)
    {
        for (const Observation &each : told) {
            if (each.question.dataset == dataset && !each.records.isEmpty())
                return attribute(each.records.first().details, name).raw();
        }
        return {};
    }

private Q_SLOTS:
    void aRecordedScan()
    {
        const auto told = parsed(u"www.wikipedia.org"_s,
                                 {recorded(u"urlscan/result_7f0aa2ab_2019-07-24.json"_s)});
        QCOMPARE(summary(told),
                 u"trackers truncated 0; components truncated 2; hostpairs truncated 0; "
                 "cookies truncated 4; certificates truncated 1"_s);
        const QString at = u" 2018-01-16T05:48:08Z..2018-01-16T05:48:08Z"_s;
        const QStringList all = lines(told);
        for (const auto &fact :
             {u"Server mw1245.eqiad.wmnet"_s, u"Cache Tools Varnish"_s,
              u"cookie GeoIP; domain=.wikipedia.org"_s,
              u"certificate *.wikipedia.org, DigiCert SHA2 High Assurance Server "
              "CA, 2017-12-21"_s})
            QVERIFY2(all.contains("www.wikipedia.org "_L1 + fact + at),
                     qPrintable(all.join(u'\n')));
        QCOMPARE(detail(told, Dataset::Certificates, u"not_after"), u"2019-01-24T12:00:00Z"_s);
        QVERIFY(detail(told, Dataset::Certificates, u"names").startsWith(u"*.wikipedia.org, "));
        QVERIFY(detail(told, Dataset::Cookies, u"scan")
                    .endsWith(u"/7f0aa2ab-748a-4cae-b648-71e324e836cd/"));
    }

    void everyKindOfFact()
    {
        const auto told = parsed(u"shop.com"_s, {recorded(u"urlscan/result_made-up.json"_s)});
        const QString at = u" 2026-11-01T10:00:00Z..2026-11-01T10:00:00Z"_s;
        QStringList expected{
            u"GoogleAnalyticsTrackingId g-abcdef1234"_s,
            u"Server nginx/1.18.0"_s,
            u"Framework PHP 8.1.2"_s,
            u"Server Nginx"_s,
            u"JavaScript Library jQuery"_s,
            u"Component Odd"_s,
            u"child www.googletagmanager.com"_s,
            u"parent old.shop.net"_s,
            u"cookie sid; domain=www.shop.com"_s,
            u"cookie all; domain=.shop.com"_s,
            u"certificate shop.com, R3, 2025-11-01"_s,
        };
        for (QString &line : expected)
            line = "www.shop.com "_L1 + line + at;
        QCOMPARE(lines(told), expected);
        QCOMPARE(detail(told, Dataset::HostPairs, u"cause"), u"script.src"_s);
        QCOMPARE(detail(told, Dataset::Certificates, u"names"), u"shop.com, www.shop.com"_s);
    }

    void aScanThatIsGoneTakesNothingFromTheOthers()
    {
        const QByteArray gone = R"({"message": "Not found"})";
        auto pages = QByteArrayList{recorded(u"urlscan/result_made-up.json"_s)};
        RawPass pass;
        pass.asked = {ArtifactKind::Domain, u"shop.com"_s};
        pass.source = u"urlscan"_s;
        pass.answers = {answerTo(u"pages"_s, gone, 404), answerTo(u"pages"_s, pages.first()),
                        answerTo(u"pages"_s, gone, 404)};
        const auto told = parseManifest(*bundledManifest(u"urlscan"_s), pass);
        QVERIFY2(summary(told).contains(u"cookies truncated 2"), qPrintable(summary(told)));
    }

    void whatCannotBeIsPassedOver()
    {
        QByteArray page = recorded(u"urlscan/result_made-up.json"_s);
        page.replace("1761955200", "9223372036854775807");
        QVERIFY2(summary(parsed(u"shop.com"_s, {page})).contains(u"certificates truncated 0"),
                 qPrintable(summary(parsed(u"shop.com"_s, {page}))));
        page.replace("2026-11-01T10", "2036-11-01T10");
        QCOMPARE(lines(parsed(u"shop.com"_s, {page})), QStringList());
        QByteArray apps;
        for (int i = 0; i < 100'000; ++i)
            apps += "{\"app\": \"App " + QByteArray::number(i) + "\"},";
        QByteArray many = recorded(u"urlscan/result_made-up.json"_s);
        many.replace(R"({"app": "Odd"})", apps.chopped(1));
        QVERIFY(lines(parsed(u"shop.com"_s, {many})).size() <= 2'000);
    }

    void whatIsNoScanIsNotUnderstood_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("other object") << QByteArray(R"({"results": []})");
        QTest::newRow("list") << QByteArray("[]");
        QTest::newRow("page") << QByteArray("<html>");
    }
    void whatIsNoScanIsNotUnderstood()
    {
        QFETCH(QByteArray, body);
        for (const Observation &each : parsed(u"shop.com"_s, {body}))
            QCOMPARE(each.outcome, Outcome::Malformed);
    }
};

WG_TEST(tst_UrlscanResult)
#include "tst_urlscanresult.moc"
