// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/webparse.h"

#include "recordedanswers.h"
#include "sources/webanswer.h"
#include "sources/webheaders.h"
#include "support/runner.h"

#include <QTest>

using namespace wg;
using namespace wg::test;
using namespace Qt::StringLiterals;

namespace {

using Headers = QHash<QByteArray, QByteArray>;

const QUrl shop(u"https://alpha.com/"_s);

QByteArray kept(const QUrl &url, int status, const Headers &headers, const QByteArray &body = {})
{
    HttpAnswer answer;
    answer.status = status;
    answer.headers = headers;
    answer.body = body;
    return webAnswerBytes(url, answer);
}

/// A visit to alpha.com by what its pages answered.
RawPass visit(const QByteArrayList &pages)
{
    RawPass pass;
    pass.asked = {ArtifactKind::Domain, u"alpha.com"_s};
    pass.source = u"http"_s;
    for (const QByteArray &page : pages)
        pass.answers.append(answerTo(webPageText, page));
    return pass;
}

RawPass shopVisit(Headers headers = {})
{
    headers.insert("content-type", "text/html; charset=utf-8");
    return visit({kept(shop, 200, headers, recorded(u"http/shop.html"_s))});
}

QStringList valuesOf(const QList<Observation> &told, Dataset dataset)
{
    QStringList values;
    for (const Observation &each : told) {
        for (const Record &record : each.records) {
            if (each.question.dataset == dataset)
                values.append(record.type + u' ' + record.value.raw());
        }
    }
    values.sort();
    return values;
}

QStringList componentsOfHeader(const QByteArray &name, const QByteArray &value)
{
    return valuesOf(parseWeb(visit({kept(shop, 200, {{name, value}})})), Dataset::Components);
}

} // namespace

/// What a visit to a web server tells, from the bytes that are kept of it.
class tst_WebParse : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPageFillsFourDatasets();
    void pairsNameTheirCauses();
    void headersTellComponents_data();
    void headersTellComponents();
    void cookiesAreNamesAndDomains();
    void whatChangesAtEveryVisitIsNoChange();
    void aRedirectElsewhereIsAPair();
    void redirectsWithinAreOneVisit();
    void statusesThatProveNothing_data();
    void statusesThatProveNothing();
    void whatIsNoPageIsNotRead();
    void theIconIsOneFact();
    void anIconThatCouldNotBeFetchedTakesNothingAway();
    void aCutPageIsTruncated();
    void failuresAreTheirOutcome();
    void keptBytesAreReadAgain();
    void brokenBytesAreMalformed();
};

void tst_WebParse::aPageFillsFourDatasets()
{
    const auto told =
        parseWeb(shopVisit({{"server", "nginx/1.18.0 (Ubuntu)"}, {"set-cookie", "sid=1; path=/"}}));
    QCOMPARE(summary(told),
             u"trackers complete 10; components complete 3; hostpairs complete 7; "
             "cookies complete 1"_s);
    QCOMPARE(valuesOf(told, Dataset::Components),
             (QStringList{u"CMS WordPress 6.4.2"_s, u"Server nginx/1.18.0"_s,
                          QString::fromUtf8("Title Alpha & Söhne – shop")}));
    for (const Observation &each : told) {
        QCOMPARE(each.presence, Presence::Current);
        QCOMPARE(each.question.source, u"http"_s);
        for (const Record &record : each.records)
            QCOMPARE(record.owner.value, u"alpha.com"_s);
    }
    QVERIFY(!told[0].raw.isEmpty());
    QVERIFY(told[1].raw.isEmpty());
}

void tst_WebParse::pairsNameTheirCauses()
{
    const auto told = parseWeb(shopVisit());
    QStringList pairs;
    for (const Record &record : told[2].records)
        pairs.append(record.value.raw() + u": "_s + attribute(record.details, u"cause").raw());
    QCOMPARE(pairs,
             (QStringList{u"collect.alpha-login.ru: form.action"_s,
                          u"fonts.alpha-cdn.net: link.href, script.src"_s,
                          u"images.alpha-cdn.net: img.src"_s,
                          u"pagead2.googlesyndication.com: script.src"_s,
                          u"player.alpha-video.tv: iframe.src"_s, u"www.facebook.com: img.src"_s,
                          u"www.googletagmanager.com: script.src"_s}));
    QVERIFY(told[2].records[0].attributes.isEmpty());
}

void tst_WebParse::headersTellComponents_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QStringList>("components");
    const auto row = [](const char *name, const char *header, const char *value,
                        const QStringList &components) {
        QTest::newRow(name) << QByteArray(header) << QByteArray(value) << components;
    };
    row("server", "server", "Apache/2.4.41 (Ubuntu)", {u"Server Apache/2.4.41"_s});
    row("server without version", "server", "cloudflare", {u"Server cloudflare"_s});
    row("empty", "server", "", {});
    row("framework", "x-powered-by", "PHP/8.1.2-1ubuntu2, ASP.NET",
        {u"Framework ASP.NET"_s, u"Framework PHP 8.1.2-1ubuntu2"_s});
    row("versions of ASP.NET", "x-aspnet-version", "4.0.30319", {u"Framework ASP.NET 4.0.30319"_s});
    row("and of its MVC", "x-aspnetmvc-version", "5.2", {u"Framework ASP.NET MVC 5.2"_s});
    row("generator", "x-generator", "Drupal 10 (https://www.drupal.org)", {u"CMS Drupal 10"_s});
    row("proxies", "via", "1.1 varnish, 1.1 google", {u"Proxy google"_s, u"Proxy varnish"_s});
    row("one of a proxy's machines", "via", "1.1 0a1b2c.cloudfront.net (CloudFront)",
        {u"Proxy CloudFront"_s});
    row("a machine alone", "via", "1.1 cache7, 2.0 edge.alpha.net", {});
}

void tst_WebParse::headersTellComponents()
{
    QFETCH(QByteArray, header);
    QFETCH(QByteArray, value);
    QTEST(componentsOfHeader(header, value), "components");
}

void tst_WebParse::cookiesAreNamesAndDomains()
{
    const QByteArray set = "sid=secret; Path=/; HttpOnly\nu=1; Domain=Alpha.com; Secure\n"
                           "v=a=b; domain=.alpha.com\nnonsense; domain=x\n=empty\nsid=other";
    const auto told = parseWeb(visit({kept(shop, 200, {{"set-cookie", set}})}));
    QCOMPARE(valuesOf(told, Dataset::Cookies),
             (QStringList{u"cookie sid; domain=alpha.com"_s, u"cookie u; domain=.alpha.com"_s,
                          u"cookie v; domain=.alpha.com"_s}));
}

void tst_WebParse::whatChangesAtEveryVisitIsNoChange()
{
    const auto hashes = [](const QList<Observation> &told) {
        QList<Hash128> all;
        for (const Observation &each : told)
            all.append(setHash(each.records));
        return all;
    };
    RawPass before = shopVisit({{"set-cookie", "sid=1"}, {"date", "Mon"}, {"via", "1.1 cache-1"}});
    RawPass after = shopVisit({{"set-cookie", "sid=2"}, {"date", "Tue"}, {"via", "1.1 cache-2"}});
    after.answers[0].bytes.replace("nonce=\"r4nd0m\"", "nonce=\"0th3r\"");
    QCOMPARE(hashes(parseWeb(after)), hashes(parseWeb(before)));
    after.answers[0].bytes.replace("UA-7654321-2", "UA-7654321-3");
    const auto changed = hashes(parseWeb(after));
    QVERIFY(changed[0] != hashes(parseWeb(before))[0]);
    QCOMPARE(changed.mid(1), hashes(parseWeb(before)).mid(1));
}

void tst_WebParse::aRedirectElsewhereIsAPair()
{
    const auto told = parseWeb(visit({kept(
        shop, 302, {{"location", "https://Beta.net/landing?x=1"}, {"server", "awselb/2.0"}})}));
    QCOMPARE(summary(told),
             u"trackers empty 0; components complete 1; hostpairs complete 1; "
             "cookies empty 0"_s);
    QCOMPARE(told[2].records[0].value.raw(), u"beta.net"_s);
    QCOMPARE(attribute(told[2].records[0].details, u"cause").raw(), u"redirect"_s);
}

void tst_WebParse::redirectsWithinAreOneVisit()
{
    const QUrl www(u"https://www.alpha.com/"_s);
    const auto told = parseWeb(
        visit({kept(shop, 301, {{"location", www.toEncoded()}, {"set-cookie", "a=1"}}),
               kept(www, 200, {{"content-type", "text/html"}, {"set-cookie", "b=1"}},
                    "<script src=/own.js></script><script src=//cdn.beta.net/></script>")}));
    QCOMPARE(valuesOf(told, Dataset::HostPairs),
             (QStringList{u"child cdn.beta.net"_s, u"child www.alpha.com"_s}));
    QCOMPARE(valuesOf(told, Dataset::Cookies),
             (QStringList{u"cookie a; domain=alpha.com"_s, u"cookie b; domain=www.alpha.com"_s}));
}

void tst_WebParse::statusesThatProveNothing_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<Outcome>("outcome");
    QTest::newRow("teapot") << 418 << Outcome::Refused;
    QTest::newRow("for legal reasons") << 451 << Outcome::Refused;
    QTest::newRow("broken") << 500 << Outcome::Unreachable;
    QTest::newRow("no such page") << 404 << Outcome::Refused;
    QTest::newRow("redirect to nowhere") << 302 << Outcome::Malformed;
}

void tst_WebParse::statusesThatProveNothing()
{
    QFETCH(int, status);
    const auto told = parseWeb(visit({kept(shop, status, {})}));
    QCOMPARE(told.size(), 4);
    for (const Observation &each : told)
        QTEST(each.outcome, "outcome");
}

void tst_WebParse::whatIsNoPageIsNotRead()
{
    const QByteArray script = "<script src='//beta.net/x.js'></script>";
    const auto pairs = [&](const Headers &headers) {
        return parseWeb(visit({kept(shop, 200, headers, script)}))[2].records.size();
    };
    QCOMPARE(pairs({{"content-type", "text/html"}}), 1);
    QCOMPARE(pairs({{"content-type", "application/xhtml+xml"}}), 1);
    QCOMPARE(pairs({}), 1);
    QCOMPARE(pairs({{"content-type", "application/json"}}), 0);
}

void tst_WebParse::theIconIsOneFact()
{
    RawPass pass = shopVisit();
    pass.answers.append(answerTo(webIconText, kept(shop, 200, {}, QByteArray(100, 'A'))));
    const auto told = parseWeb(pass);
    const Record icon = told[1].records.last();
    QCOMPARE(icon.type + u' ' + icon.value.raw(), u"Favicon -1846453327"_s);
    QCOMPARE(icon.identity, Identity::Type);
    QCOMPARE(attribute(icon.details, u"sha256").raw(),
             u"d82c6aa133a0fc25b087f46ad7ed2a3042772e612e015571e61753ff55ba6da8"_s);
    for (const QByteArray &none : {QByteArray(), QByteArray("<!doctype html><title>no icon")}) {
        pass.answers.last().bytes = kept(shop, 200, {}, none);
        QCOMPARE(parseWeb(pass)[1].records.size(), 2);
        QCOMPARE(parseWeb(pass)[1].outcome, Outcome::Complete);
    }
}

void tst_WebParse::anIconThatCouldNotBeFetchedTakesNothingAway()
{
    RawPass pass = shopVisit();
    RawAnswer icon = answerTo(webIconText, {});
    icon.failure = Outcome::Unreachable;
    pass.answers.append(icon);
    QCOMPARE(summary(parseWeb(pass)).section(u';', 0, 1),
             u"trackers complete 10; components truncated 2"_s);
    pass.answers.last().failure = Outcome::Refused; // as 403 and 429 are, and other hosts
    QCOMPARE(parseWeb(pass)[1].outcome, Outcome::Truncated);
    pass.answers.last() = answerTo(webIconText, kept(shop, 500, {}));
    QCOMPARE(parseWeb(pass)[1].outcome, Outcome::Truncated);
    pass.answers.last() = answerTo(webIconText, kept(shop, 404, {}));
    QCOMPARE(parseWeb(pass)[1].outcome, Outcome::Complete);
}

void tst_WebParse::aCutPageIsTruncated()
{
    RawPass pass = shopVisit();
    pass.answers[0].cut = true;
    for (const Observation &each : parseWeb(pass))
        QCOMPARE(each.outcome, Outcome::Truncated);
}

void tst_WebParse::failuresAreTheirOutcome()
{
    RawPass pass = shopVisit();
    pass.answers.append(answerTo(webPageText, {}));
    pass.answers.last().failure = Outcome::Unreachable;
    pass.answers.last().detail = u"alpha.com does not answer"_s;
    for (const Observation &each : parseWeb(pass)) {
        QCOMPARE(each.outcome, Outcome::Unreachable);
        QCOMPARE(each.detail, u"alpha.com does not answer"_s);
        QVERIFY(each.records.isEmpty());
    }
    pass.answers.clear();
    QVERIFY(parseWeb(pass).isEmpty());
}

void tst_WebParse::keptBytesAreReadAgain()
{
    const auto read = readWebAnswer(kept(
        shop, 200, {{"x-a", "b\r\nset-cookie: c"}, {"set-cookie", "d=1\ne=2"}}, "\n\nbody\r\n"));
    QVERIFY(read.has_value());
    QCOMPARE(read->url, shop);
    QCOMPARE(read->status, 200);
    QCOMPARE(read->header("set-cookie"), (QByteArrayList{"d=1", "e=2"}));
    QCOMPARE(read->header("x-a"), QByteArrayList{"b  set-cookie: c"});
    QCOMPARE(read->body, QByteArray("\n\nbody\r\n"));
    QVERIFY(!read->redirection().isValid());
}

void tst_WebParse::brokenBytesAreMalformed()
{
    const QByteArray whole = kept(shop, 200, {{"server", "x"}}, "body");
    for (qsizetype length = 0; length < whole.size(); ++length)
        QCOMPARE(parseWeb(visit({whole.first(length)})).size(), 4);
    for (const QByteArray &broken : {QByteArray(), QByteArray("\n\n\n"), QByteArray("x\n200\n\n"),
                                     QByteArray("https://alpha.com/\nx\n\n")})
        QCOMPARE(parseWeb(visit({broken}))[0].outcome, Outcome::Malformed);
}

WG_TEST(tst_WebParse)
#include "tst_webparse.moc"
