// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "manifestlab.h"
#include "sources/manifestquota.h"
#include "support/runner.h"

#include <QFile>

using namespace wg;
using namespace wg::test;
using namespace Qt::StringLiterals;

namespace {

const Instant noon = *parseInstant(u"2026-11-23T12:00:00Z");

QString told(const QString &source, const QByteArray &answer)
{
    const auto quota = readQuota(*bundledManifest(source)->quotaQuestion, answer, noon);
    return quota
        ? u"%1 of %2 until %3"_s.arg(quota->left).arg(quota->limit).arg(toRfc3339(quota->reset))
        : u"nothing"_s;
}

const QByteArray headerKey = R"("key": {"sent": "header", "name": "X-Key", "needed": true,
        "from": "here"}, )";

QByteArray withQuota(const QByteArray &quota)
{
    QFile file(QStringLiteral(TEST_DATA "/manifest/inhouse.json"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no inhouse.json");
    return file.readAll()
        .replace("192.0.2.1", "1.1.1.1")
        .replace("10/minute", "600/hour")
        .replace("\"harmless\"", headerKey + R"("quota_question": )" + quota + R"(, "harmless")");
}

const QByteArray usage = R"({"path": "/usage", "limit": "/allowed", "used": "/used",
    "per": "1 day"})";

} // namespace

/// How sources are asked how much may still be asked.
class TstQuotaQuestion : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sourcesSayHowMuchIsLeft_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QString>("quota");
        const auto row = [](const char *name, const QString &source, const char *answer,
                            const char *quota) {
            QTest::newRow(name) << source << QByteArray(answer) << QString::fromUtf8(quota);
        };
        row("DNSDB", u"dnsdb"_s, R"({"rate":{"reset":1795478400,"limit":1000,"remaining":999}})",
            "999 of 1000 until 2026-11-24T00:00:00Z");
        row("DNSDB without an end", u"dnsdb"_s,
            R"({"rate":{"reset":"n/a","limit":1000,"remaining":7}})",
            "7 of 1000 until 2026-11-24T00:00:00Z");
        row("DNSDB without a limit", u"dnsdb"_s,
            R"({"rate":{"reset":"n/a","limit":"unlimited","remaining":"n/a"}})", "nothing");
        row("SecurityTrails", u"securitytrails"_s,
            R"({"current_monthly_usage":12,"allowed_monthly_usage":50})",
            "38 of 50 until 2026-12-01T00:00:00Z");
        row("SecurityTrails beyond it", u"securitytrails"_s,
            R"({"current_monthly_usage":60,"allowed_monthly_usage":50})",
            "0 of 50 until 2026-12-01T00:00:00Z");
        row("urlscan", u"urlscan"_s,
            R"({"limits":{"search":{"day":{"limit":1000,"used":2,"remaining":998}}}})",
            "998 of 1000 until 2026-11-24T00:00:00Z");
        row("VirusTotal", u"virustotal"_s,
            R"({"data":{"api_requests_hourly":{"user":{"used":1,"allowed":240}},
                "api_requests_daily":{"user":{"used":11,"allowed":500}}}})",
            "489 of 500 until 2026-11-24T00:00:00Z");
        row("PassiveTotal", u"passivetotal"_s,
            R"({"user":{"limits":{"search_api":15},"counts":{"search_api":3},
                "next_reset":"2026-12-05 00:00:00"}})",
            "12 of 15 until 2026-12-05T00:00:00Z");
        row("another answer", u"urlscan"_s, R"({"message":"no"})", "nothing");
        row("no JSON", u"urlscan"_s, "<html>", "nothing");
    }
    void sourcesSayHowMuchIsLeft()
    {
        QFETCH(QString, source);
        QFETCH(QByteArray, answer);
        QFETCH(QString, quota);
        QCOMPARE(told(source, answer), quota);
    }

    void itIsAskedOnceAnHourAndOfEveryNewKey()
    {
        const auto manifest = readManifest(withQuota(usage));
        QVERIFY(manifest.ok());
        ManifestLab lab(std::make_shared<const Manifest>(*manifest));
        lab.server.script(
            "/usage",
            {{.body = R"({"allowed":100,"used":50})"}, {.body = R"({"allowed":100,"used":40})"}});
        lab.server.script("/v1/1.1.1.1", {{.body = R"({"rows":[{"text":"a"}]})"}});
        lab.keys.set(u"inhouse"_s, {KeyState::Found, "first-key", {}});
        const auto asked = [&lab] { return lab.paths().count("/usage"); };
        for (int i = 0; i < 3; ++i)
            QCOMPARE(lab.ask(u"1.1.1.1"_s)[0].outcome, Outcome::Complete);
        QTRY_COMPARE(asked(), 1);
        QTRY_VERIFY(lab.fetcher.quota(u"inhouse"_s).has_value());
        QTRY_COMPARE(lab.fetcher.quota(u"inhouse"_s)->limit, 100);
        QVERIFY(lab.fetcher.quota(u"inhouse"_s)->left <= 50);
        lab.keys.set(u"inhouse"_s, {KeyState::Found, "second-key", {}});
        lab.fetcher.forgetQuota(u"inhouse"_s);
        (void)lab.ask(u"1.1.1.1"_s);
        QTRY_COMPARE(asked(), 2);
        lab.source.test([](Outcome, const QString &) {});
        QTRY_COMPARE(asked(), 3);
        for (const HttpRequest &request : lab.server.requests())
            QVERIFY(request.headers.contains("x-key"));
    }

    void aNarrowWindowIsLeftToLookUps()
    {
        const auto manifest = readManifest(withQuota(usage));
        QVERIFY(manifest.ok());
        auto narrow = std::make_shared<Manifest>(*manifest);
        narrow->windows = {{2, 3 * secondMs}};
        ManifestLab lab(narrow);
        lab.server.script("/usage", {{.body = R"({"allowed":100,"used":50})"}});
        lab.server.script("/v1/1.1.1.1", {{.body = R"({"rows":[{"text":"a"}]})"}});
        lab.keys.set(u"inhouse"_s, {KeyState::Found, "first-key", {}});
        (void)lab.ask(u"1.1.1.1"_s);
        (void)lab.ask(u"1.1.1.1"_s);
        QCOMPARE(lab.paths(), (QByteArrayList{"/v1/1.1.1.1", "/v1/1.1.1.1"}));
        QTRY_COMPARE_WITH_TIMEOUT(lab.paths().count("/usage"), 1, 15'000);
    }

    void aKeyThatIsRefusedIsSentOnce_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::newRow("in a header") << QByteArray("/usage");
        QTest::newRow("in the path as well") << QByteArray("/users/{key}/usage");
    }
    void aKeyThatIsRefusedIsSentOnce()
    {
        QFETCH(QByteArray, path);
        const QByteArray json =
            withQuota(QByteArray(usage).replace("/usage", path)).replace("600/hour", "1/second");
        const auto manifest = readManifest(json);
        QVERIFY(manifest.ok());
        ManifestLab lab(std::make_shared<const Manifest>(*manifest));
        lab.server.script("/v1/1.1.1.1", {{.status = 401}, {.body = R"({"rows":[{"text":"a"}]})"}});
        const auto testWith = [&lab](const QByteArray &key) {
            lab.keys.set(u"inhouse"_s, {KeyState::Found, key, {}});
            std::optional<Outcome> told;
            lab.source.test([&told](Outcome outcome, const QString &) { told = outcome; });
            const bool ended = QTest::qWaitFor([&told] { return told.has_value(); }, 15'000);
            return ended ? *told : Outcome::SuspiciousEmpty;
        };
        QCOMPARE(testWith("wrong-key"), Outcome::Refused);
        QCOMPARE(testWith("right-key"), Outcome::Complete);
        QTRY_COMPARE(lab.server.requests().size(), 3); // the last asks for the quota
        int wrong = 0;
        for (const HttpRequest &request : lab.server.requests())
            wrong += request.headers.value("x-key") == "wrong-key" ? 1 : 0;
        QCOMPARE(wrong, 1);
    }

    void aKeyMayBePartOfThePath()
    {
        const auto manifest =
            readManifest(withQuota(QByteArray(usage).replace("/usage", "/users/{key}/usage")));
        QVERIFY(manifest.ok());
        ManifestLab lab(std::make_shared<const Manifest>(*manifest));
        const QByteArray path = "/users/first%2Fk%25y/usage";
        lab.server.script(path, {{.body = R"({"allowed":100,"used":50})"}});
        lab.server.script("/v1/1.1.1.1", {{.body = R"({"rows":[{"text":"a"}]})"}});
        lab.keys.set(u"inhouse"_s, {KeyState::Found, "first/k%y", {}});
        QCOMPARE(lab.ask(u"1.1.1.1"_s)[0].outcome, Outcome::Complete);
        QTRY_VERIFY(lab.fetcher.quota(u"inhouse"_s).has_value());
        QTRY_COMPARE(lab.fetcher.quota(u"inhouse"_s)->limit, 100);
        QVERIFY(lab.paths().contains(path));
    }

    void withoutAKeyNobodyIsAsked()
    {
        const auto manifest = readManifest(withQuota(usage).replace("true", "false"));
        QVERIFY(manifest.ok());
        ManifestLab lab(std::make_shared<const Manifest>(*manifest));
        (void)lab.ask(u"1.1.1.1"_s);
        QCOMPARE(lab.paths(), QByteArrayList{"/v1/1.1.1.1"});
    }

    void aPathCanHoldNoKeyWhereNoneIsSent()
    {
        const QByteArray quota = QByteArray(usage).replace("/usage", "/{key}");
        QVERIFY(readManifest(withQuota(quota)).ok());
        const auto manifest = readManifest(withQuota(quota).replace(headerKey, ""));
        QVERIFY(!manifest.ok());
        QVERIFY(manifest.error().detail.contains("\"path\" holds {key}"_L1));
    }

    void mistakesAreTold_data()
    {
        QTest::addColumn<QByteArray>("quota");
        QTest::addColumn<QString>("why");
        QTest::newRow("path") << QByteArray(R"({"path": "x", "limit": "/a", "left": "/b",
            "reset": "/c"})") << u"\"path\" must begin with a slash"_s;
        QTest::newRow("both") << QByteArray(R"({"path": "/x", "limit": "/a", "left": "/b",
            "used": "/d", "reset": "/c"})")
                              << u"either \"left\" or \"used\" is needed"_s;
        QTest::newRow("no end") << QByteArray(R"({"path": "/x", "limit": "/a", "left": "/b"})")
                                << u"\"reset\" or \"per\" is missing"_s;
        QTest::newRow("no limit") << QByteArray(R"({"path": "/x", "left": "/b", "per": "1 day"})")
                                  << u"\"limit\" is missing"_s;
    }
    void mistakesAreTold()
    {
        QFETCH(QByteArray, quota);
        QFETCH(QString, why);
        const auto manifest = readManifest(withQuota(quota));
        QVERIFY(!manifest.ok());
        QVERIFY2(manifest.error().detail.contains(why), qPrintable(manifest.error().detail));
    }
};

WG_TEST(TstQuotaQuestion)
#include "tst_quotaquestion.moc"
