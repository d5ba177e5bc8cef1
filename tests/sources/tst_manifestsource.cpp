// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "manifestlab.h"
#include "support/runner.h"

#include <QFile>
#include <QSignalSpy>
#include <QTimer>

using namespace wg;
using namespace wg::test;
using namespace Qt::StringLiterals;

namespace {

/// A manifest whose one question pages by number and posts a form.
std::shared_ptr<const Manifest> paged(const QByteArray &paging, const QByteArray &request = {})
{
    QFile file(QStringLiteral(TEST_DATA "/manifest/paged.json"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no paged.json");
    auto manifest = readManifest(
        file.readAll().replace("\"%paging%\"", paging).replace("\"%request%\": \"\",", request));
    if (!manifest)
        qFatal("%s", qPrintable(manifest.error().detail));
    return std::make_shared<const Manifest>(*std::move(manifest));
}

/// A manifest that is asked with a key, sent as given.
std::shared_ptr<const Manifest> keyed(const QByteArray &key)
{
    QFile file(QStringLiteral(TEST_DATA "/manifest/inhouse.json"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no inhouse.json");
    auto manifest = readManifest(file.readAll().replace(
        "\"quota\"", "\"key\": {\"from\": \"here\", " + key + "}, \"quota\""));
    if (!manifest)
        qFatal("%s", qPrintable(manifest.error().detail));
    return std::make_shared<const Manifest>(*std::move(manifest));
}

const QByteArray neededHeader = R"("sent": "header", "name": "X-Key", "needed": true)";

SourceKey found(const QByteArray &value)
{
    return {KeyState::Found, value, {}};
}

QByteArray rows(int from, int count, const QByteArray &more = {})
{
    QByteArrayList all;
    for (int i = from; i < from + count; ++i)
        all.append(QByteArray::number(i));
    return R"({"rows":[)" + all.join(',') + ']' + more + '}';
}

} // namespace

/// Described sources against a server of our own.
class tst_ManifestSource : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void allQuestionsOfAnAskGoOutAtOnce()
    {
        ManifestLab lab(bundledManifest(u"ripestat"_s));
        const QByteArray query = "?resource=193.0.6.139&sourceapp=watchglass";
        const QByteArray prefix = "/data/prefix-overview/data.json" + query;
        const QByteArray abuse = "/data/abuse-contact-finder/data.json" + query;
        lab.server.script(prefix,
                          {{.body = R"({"status":"ok","data":{"announced":true,
            "asns":[{"asn":3333,"holder":"X"}],"resource":"193.0.0.0/21"}})",
                            .delayMs = 300}});
        lab.server.script(
            abuse, {{.body = R"({"data":{"abuse_contacts":["Abuse@Ripe.net"]}})", .delayMs = 300}});
        const auto told = lab.ask(u"193.0.6.139"_s);
        QCOMPARE(told.size(), 2);
        QCOMPARE(told[0].records.size(), 2);
        QCOMPARE(told[1].records.first().value.raw(), u"abuse@ripe.net"_s);
        QCOMPARE(lab.server.mostAtOnce(), 2);
        QVERIFY(lab.source.subject({ArtifactKind::Domain, u"ripe.net"_s}).isEmpty());
    }

    void aCursorIsFollowedToTheEnd()
    {
        ManifestLab lab(bundledManifest(u"certspotter"_s));
        const QByteArray path = "/v1/issuances?domain=shop.com&include_subdomains=true"
                                "&expand=dns_names&expand=issuer&expand=cert_der";
        lab.server.script(path, {{.body = R"([{"id":"7","tbs_sha256":"aa"}])"}});
        lab.server.script(path + "&after=7", {{.body = R"([{"id":"9","tbs_sha256":"bb"}])"}});
        lab.server.script(path + "&after=9", {{.body = "[]"}});
        const auto told = lab.ask(u"shop.com"_s);
        QCOMPARE(told[0].outcome, Outcome::Complete);
        QCOMPARE(told[0].records.size(), 2);
        QCOMPARE(lab.paths().size(), 3);
    }

    void aCursorThatStandsStillEndsAsCut()
    {
        ManifestLab lab(bundledManifest(u"certspotter"_s));
        const QByteArray path = "/v1/issuances?domain=shop.com&include_subdomains=true"
                                "&expand=dns_names&expand=issuer&expand=cert_der";
        const QByteArray same = R"([{"id":"7","tbs_sha256":"aa"}])";
        lab.server.script(path, {{.body = same}});
        lab.server.script(path + "&after=7", {{.body = same}});
        const auto told = lab.ask(u"shop.com"_s);
        QCOMPARE(told[0].outcome, Outcome::Truncated);
        QCOMPARE(lab.paths().size(), 2);
    }

    void pagesAreCountedAsTheManifestSays_data()
    {
        QTest::addColumn<QByteArray>("paging");
        QTest::addColumn<QByteArrayList>("paths");
        const QByteArray path = "/q/host/shop.com?";
        QTest::newRow("by offset")
            << QByteArray(R"({"by": "offset", "parameter": "o", "size": 2, "rows": "/rows"})")
            << QByteArrayList{path + "o=0", path + "o=2", path + "o=4"};
        QTest::newRow("by number until a short one")
            << QByteArray(R"({"by": "page", "parameter": "p", "size": 2, "rows": "/rows"})")
            << QByteArrayList{path + "p=1", path + "p=2", path + "p=3"};
        QTest::newRow("by number as many as there are") << QByteArray(
            R"({"by": "page", "parameter": "p", "first": 0, "pages": "/pages", "rows": "/rows"})")
                                                        << QByteArrayList{path + "p=0",
                                                                          path + "p=1",
                                                                          path + "p=2"};
    }
    void pagesAreCountedAsTheManifestSays()
    {
        QFETCH(QByteArray, paging);
        QFETCH(QByteArrayList, paths);
        ManifestLab lab(paged(paging));
        const QByteArray more = R"(,"pages":3)";
        lab.server.script(paths[0], {{.body = rows(0, 2, more)}});
        lab.server.script(paths[1], {{.body = rows(2, 2, more)}});
        lab.server.script(paths[2], {{.body = rows(4, 1, more)}});
        const auto told = lab.ask(u"shop.com"_s);
        QCOMPARE(lab.paths(), paths);
        QCOMPARE(told[0].outcome, Outcome::Complete);
        QCOMPARE(told[0].records.size(), 5);
    }

    void rowsOfOneQuestionAreFollowedByAnother()
    {
        const auto found = [](const QByteArray &ids) {
            QByteArrayList rows;
            for (const QByteArray &id : ids.split(' '))
                rows.append("{\"_id\": \"" + id + "\"}");
            return R"({"total": 5, "results": [)" + rows.join(',') + "]}";
        };
        const QByteArray search =
            "/api/v1/search/?q=page.domain:www.shop.com%20OR%20task.domain:www.shop.com&size=100";
        const HttpScript page{.body = recorded(u"urlscan/result_made-up.json"_s)};
        for (const bool hasKey : {false, true}) {
            ManifestLab lab(bundledManifest(u"urlscan"_s));
            lab.keys.set(u"urlscan"_s,
                         hasKey ? SourceKey{KeyState::Found, "0123456789", {}}
                                : SourceKey{KeyState::Absent, {}, {}});
            QObject::connect(&lab.keys, &KeyRing::wanted, &lab.keys, [&] {
                lab.keys.set(u"urlscan"_s,
                             hasKey ? SourceKey{KeyState::Found, "0123456789", {}}
                                    : SourceKey{KeyState::Absent, {}, {}});
            });
            lab.server.script(search, {{.body = found("a-1 ../../user a-1 b2 c3 d4")}});
            lab.server.script("/api/v1/result/a-1/", {page});
            lab.server.script("/api/v1/result/b2/", {{.status = 404, .body = "{}"}});
            lab.server.script("/api/v1/result/c3/", {page});
            const auto told = lab.ask(u"www.shop.com"_s);
            const QByteArrayList pages{"/api/v1/result/a-1/", "/api/v1/result/b2/",
                                       "/api/v1/result/c3/"};
            QByteArrayList asked = lab.paths();
            asked.removeAll("/api/v1/quotas");
            QCOMPARE(asked, QByteArrayList{search} + (hasKey ? pages : QByteArrayList()));
            QCOMPARE(told.size(), hasKey ? 9 : 4);
            QVERIFY(!hasKey || summary(told).contains(u"cookies truncated 2"));
        }
    }

    void aNumberOfPagesThatIsNotSaidExcusesNoForeignRows()
    {
        const QByteArray paging =
            R"({"by": "page", "parameter": "p", "rows": "/rows", "pages": "/pages"})";
        for (const bool readable : {true, false}) {
            ManifestLab lab(paged(paging));
            lab.server.script("/q/host/shop.com?p=1",
                              {{.body = readable ? rows(0, 2) : R"({"rows":[{},{}]})"}});
            const auto told = lab.ask(u"shop.com"_s);
            QVERIFY2(told[0].outcome == (readable ? Outcome::Truncated : Outcome::Malformed),
                     qPrintable(told[0].detail));
            QCOMPARE(told[0].records.size(), readable ? 2 : 0);
        }
    }

    void moreThanTheMostPagesIsCut()
    {
        ManifestLab lab(
            paged(R"({"by": "offset", "parameter": "o", "size": 1, "rows": "/rows", "most": 2})"));
        lab.server.script("/q/host/shop.com?o=0", {{.body = rows(0, 1)}});
        lab.server.script("/q/host/shop.com?o=1", {{.body = rows(1, 1)}});
        const auto told = lab.ask(u"shop.com"_s);
        QCOMPARE(told[0].outcome, Outcome::Truncated);
        QCOMPARE(told[0].records.size(), 2);
    }

    void whatIsAskedIsEncodedWhereverItStands()
    {
        ManifestLab lab(
            paged(R"({"by": "offset", "parameter": "o&p", "size": 5, "rows": "/rows"})",
                  R"("query": {"q": "domain:{entity} AND x=1"}, "headers": {"X-App": "wg {entity}"},
                         "form": {"url": "{entity}&admin=1"}, )"));
        const QByteArray path = "/q/host/shop.com?q=domain:shop.com%20AND%20x%3D1&o%26p=0";
        lab.server.script(path, {{.body = rows(0, 1)}});
        QCOMPARE(lab.ask(u"shop.com"_s)[0].records.size(), 1);
        const HttpRequest request = lab.server.requests().first();
        QCOMPARE(request.method, "POST");
        QCOMPARE(request.body, "url=shop.com%26admin%3D1");
        QCOMPARE(request.headers.value("x-app"), "wg shop.com");
        QCOMPARE(request.headers.value("content-type"), "application/x-www-form-urlencoded");
    }

    void failuresAreOutcomes_data()
    {
        QTest::addColumn<HttpScript>("script");
        QTest::addColumn<Outcome>("outcome");
        QTest::newRow("key refused") << HttpScript{.status = 401, .body = "{}"} << Outcome::Refused;
        QTest::newRow("quota used up")
            << HttpScript{.status = 429, .headers = {{"Retry-After", "3600"}}} << Outcome::Refused;
        QTest::newRow("server error") << HttpScript{.status = 500} << Outcome::Unreachable;
        QTest::newRow("cut") << HttpScript{.body = "{\"ip\":\"1", .end = HttpScript::End::Cut}
                             << Outcome::Unreachable;
        QTest::newRow("endless") << HttpScript{.body = QByteArray(65536, ' '),
                                               .end = HttpScript::End::Endless}
                                 << Outcome::Malformed;
        QTest::newRow("elsewhere")
            << HttpScript{.status = 302, .headers = {{"Location", "https://evil.com/"}}}
            << Outcome::Refused;
        QTest::newRow("nobody") << HttpScript{.end = HttpScript::End::Drop} << Outcome::Unreachable;
    }
    void failuresAreOutcomes()
    {
        QFETCH(HttpScript, script);
        QFETCH(Outcome, outcome);
        ManifestLab lab(bundledManifest(u"internetdb"_s));
        lab.server.script("/1.1.1.1", {script});
        const auto told = lab.ask(u"1.1.1.1"_s);
        QCOMPARE(told.size(), 1);
        QCOMPARE(told[0].outcome, outcome);
        QVERIFY(!told[0].detail.isEmpty());
    }

    void cancellingEndsTheAskOnce()
    {
        int ends = 0;
        {
            ManifestLab lab(bundledManifest(u"ripestat"_s));
            lab.source.ask({cloudflare(), Purpose::Poll, Asker::Person, 7},
                           [&](RawPass &&) { ++ends; });
            lab.source.cancel(7);
            QCOMPARE(ends, 1);
            QVERIFY(!lab.ask(u"1.1.1.1"_s).isEmpty());
        }
        QCOMPARE(ends, 1);
    }

    void aTestSaysWhatTheSourceSays()
    {
        ManifestLab lab(bundledManifest(u"internetdb"_s));
        lab.server.script("/1.1.1.1",
                          {{.body = R"({"ip":"1.1.1.1","ports":[53]})"},
                           {.status = 422, .body = R"({"detail":"come back later"})"}});
        QString words;
        lab.source.test([&](Outcome, const QString &said) { words = said; });
        QTRY_COMPARE(words, u"internetdb answers"_s);
        lab.source.test([&](Outcome, const QString &said) { words = said; });
        QTRY_COMPARE(words, u"come back later"_s);
    }

    void aKeyTravelsAsItsManifestSays_data()
    {
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("header") << neededHeader << QByteArray() << QByteArray("x-key")
                                << QByteArray("me:s3cr&t+x");
        QTest::newRow("header with words") << QByteArray(
            R"("sent": "header", "name": "Authorization", "value": "Token {key}", "needed": true)")
                                           << QByteArray() << QByteArray("authorization")
                                           << QByteArray("Token me:s3cr&t+x");
        QTest::newRow("bearer") << QByteArray(R"("sent": "bearer", "needed": false)")
                                << QByteArray() << QByteArray("authorization")
                                << QByteArray("Bearer me:s3cr&t+x");
        QTest::newRow("basic") << QByteArray(R"("sent": "basic", "needed": true)") << QByteArray()
                               << QByteArray("authorization")
                               << "Basic " + QByteArray("me:s3cr&t+x").toBase64();
        QTest::newRow("query") << QByteArray(R"("sent": "query", "name": "k", "needed": true)")
                               << QByteArray("?k=me%3As3cr%26t%2Bx") << QByteArray()
                               << QByteArray();
    }
    void aKeyTravelsAsItsManifestSays()
    {
        QFETCH(QByteArray, key);
        QFETCH(QByteArray, query);
        QFETCH(QByteArray, header);
        QFETCH(QByteArray, value);
        ManifestLab lab(keyed(key));
        lab.keys.set(u"inhouse"_s, found("me:s3cr&t+x"));
        lab.server.script("/v1/1.1.1.1" + query, {{.body = R"({"rows":[{"text":"a"}]})"}});
        const auto told = lab.ask(u"1.1.1.1"_s);
        QCOMPARE(told[0].outcome, Outcome::Complete);
        QCOMPARE(lab.server.requests().first().headers.value(header), value);
    }

    void whatRepeatsAKeyIsStruckOut()
    {
        ManifestLab lab(keyed(neededHeader));
        lab.keys.set(u"inhouse"_s, found("s3cr3t-k3y"));
        lab.server.script("/v1/1.1.1.1",
                          {{.status = 401,
                            .headers = {{"Content-Type", "application/json"}},
                            .body = R"({"error":"s3cr3t-k3y is no key"})"},
                           {.body = R"({"rows":[{"text":"s3cr3t-k3y"}]})"}});
        const auto refused = lab.ask(u"1.1.1.1"_s);
        QCOMPARE(refused[0].outcome, Outcome::Refused);
        QVERIFY2(refused[0].detail.contains(u"[key] is no key"_s), qPrintable(refused[0].detail));
        const auto told = lab.ask(u"1.1.1.1"_s);
        QCOMPARE(told[0].records.first().value.raw(), u"[key]"_s);
    }

    void aRepeatedKeyIsStruckOutHoweverItIsWritten_data()
    {
        QTest::addColumn<QByteArray>("written");
        QTest::newRow("slash escaped") << QByteArray(R"(abcd\/efgh+ijkl==)");
        QTest::newRow("slash by number") << QByteArray(R"(abcd\u002fefgh\u002Bijkl==)");
        QTest::newRow("all by number") << QByteArray(
            R"(\u0061\u0062\u0063\u0064\/\u0065\u0066\u0067\u0068+\u0069\u006a\u006b\u006c==)");
    }

    void aRepeatedKeyIsStruckOutHoweverItIsWritten()
    {
        QFETCH(QByteArray, written);
        ManifestLab lab(keyed(neededHeader));
        lab.keys.set(u"inhouse"_s, found("abcd/efgh+ijkl=="));
        lab.server.script("/v1/1.1.1.1",
                          {{.status = 401,
                            .headers = {{"Content-Type", "application/json"}},
                            .body = R"({"error":"no key: )" + written + R"("})"},
                           {.body = R"({"rows":[{"text":")" + written + R"("}]})"}});
        const auto refused = lab.ask(u"1.1.1.1"_s);
        QVERIFY2(refused[0].detail.contains(u"no key: [key]"_s), qPrintable(refused[0].detail));
        const auto told = lab.ask(u"1.1.1.1"_s);
        QCOMPARE(told[0].records.first().value.raw(), u"[key]"_s);
        QVERIFY(!told[0].raw.contains(written));
    }

    void withoutItsKeyASourceIsNotAsked_data()
    {
        QTest::addColumn<SourceKey>("key");
        QTest::addColumn<QString>("why");
        QTest::newRow("none") << SourceKey() << u"no key is set"_s;
        QTest::newRow("locked") << SourceKey{KeyState::Locked, {}, u"unlock it"_s}
                                << u"unlock it"_s;
        QTest::newRow("no key chain")
            << SourceKey{KeyState::Failed, {}, u"none here"_s} << u"none here"_s;
    }
    void withoutItsKeyASourceIsNotAsked()
    {
        QFETCH(SourceKey, key);
        QFETCH(QString, why);
        ManifestLab lab(keyed(neededHeader));
        lab.holdInKeyChain(key);
        const auto told = lab.ask(u"1.1.1.1"_s);
        QCOMPARE(told[0].outcome, Outcome::Refused);
        QCOMPARE(told[0].detail, why);
        QString words;
        lab.source.test([&](Outcome, const QString &said) { words = said; });
        QTRY_COMPARE(words, why);
        QVERIFY(lab.server.requests().isEmpty());
    }

    void aKeyThatIsNotNeededMayBeAbsentButNotLocked()
    {
        ManifestLab lab(keyed(R"("sent": "bearer", "needed": false)"));
        lab.server.script("/v1/1.1.1.1", {{.body = R"({"rows":[]})"}});
        QCOMPARE(lab.ask(u"1.1.1.1"_s)[0].outcome, Outcome::Empty);
        QVERIFY(!lab.server.requests().first().headers.contains("authorization"));
        lab.holdInKeyChain({KeyState::Locked, {}, u"unlock it"_s});
        QCOMPARE(lab.ask(u"1.1.1.1"_s)[0].outcome, Outcome::Refused);
        QCOMPARE(lab.server.requests().size(), 1);
    }

    void aKeyThatCouldNotBeHadIsReadAgainForAPerson()
    {
        ManifestLab lab(keyed(neededHeader));
        lab.keys.set(u"inhouse"_s, {KeyState::Locked, {}, u"unlock it"_s});
        const QSignalSpy wanted(&lab.keys, &KeyRing::wanted);
        Outcome outcome = Outcome::Complete;
        lab.source.ask({cloudflare(), Purpose::Poll, Asker::Eye, 1},
                       [&](RawPass &&raw) { outcome = raw.answers.first().failure; });
        QTRY_COMPARE(outcome, Outcome::Refused);
        QCOMPARE(wanted.size(), 0);
        QObject::connect(&lab.keys, &KeyRing::wanted, &lab.keys,
                         [&] { lab.keys.set(u"inhouse"_s, found("unlocked")); });
        lab.server.script("/v1/1.1.1.1", {{.body = R"({"rows":[{"text":"a"}]})"}});
        QCOMPARE(lab.ask(u"1.1.1.1"_s)[0].outcome, Outcome::Complete);
        QCOMPARE(wanted.size(), 1);
    }

    void aKeyThatIsStillReadIsWaitedFor()
    {
        ManifestLab lab(keyed(neededHeader));
        lab.keys.set(u"inhouse"_s, {KeyState::Unread, {}, {}});
        const QSignalSpy wanted(&lab.keys, &KeyRing::wanted);
        QTimer::singleShot(50, &lab.keys, [&] { lab.keys.set(u"inhouse"_s, found("later")); });
        lab.server.script("/v1/1.1.1.1", {{.body = R"({"rows":[{"text":"a"}]})"}});
        QCOMPARE(lab.ask(u"1.1.1.1"_s)[0].outcome, Outcome::Complete);
        QCOMPARE(lab.server.requests().first().headers.value("x-key"), "later");
        QCOMPARE(wanted.size(), 1);
    }

    void cancellingWhileAKeyIsReadEndsTheAskOnce()
    {
        ManifestLab lab(keyed(neededHeader));
        lab.keys.set(u"inhouse"_s, {KeyState::Unread, {}, {}});
        int ends = 0;
        lab.source.ask({cloudflare(), Purpose::Poll, Asker::Person, 7},
                       [&](RawPass &&) { ++ends; });
        lab.source.cancel(7);
        QCOMPARE(ends, 1);
        lab.keys.set(u"inhouse"_s, found("later"));
        QCOMPARE(ends, 1);
        QVERIFY(lab.server.requests().isEmpty());
    }

private:
    static Artifact cloudflare() { return {ArtifactKind::Ipv4, u"1.1.1.1"_s}; }
};

WG_TEST(tst_ManifestSource)
#include "tst_manifestsource.moc"
