// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/entitytext.h"
#include "net/nettest.h"
#include "recordedanswers.h"
#include "sources/manifestsource.h"
#include "support/httpserver.h"
#include "support/runner.h"

#include <QTest>

using namespace wg;
using namespace wg::test;
using namespace Qt::StringLiterals;

namespace {

/// One of the program's sources with a key, asking a server of our own.
struct KeyedLab
{
    explicit KeyedLab(const QString &name)
        : manifest(bundledManifest(name))
        , fetcher(gate, clock, ledger)
        , source(manifest, gate, fetcher, keys, clock)
    {
        Policy policy;
        QUrl base = server.url(QString());
        base.setPath({});
        policy.baseUrls = {{name, base}};
        gate.setPolicy(policy);
        keys.set(name, {KeyState::Found, "me@shop.com:s3cr3t", {}});
    }

    QList<Observation> ask(const QString &entity)
    {
        std::optional<RawPass> pass;
        source.ask({source.subject(*parseEntity(entity)), Purpose::Person, Asker::Person, 1},
                   [&](RawPass &&raw) { pass = std::move(raw); });
        if (!QTest::qWaitFor([&] { return pass.has_value(); }, 15'000))
            return {};
        return pass->parse(*pass);
    }

    std::shared_ptr<const Manifest> manifest;
    HttpServer server;
    Gate gate;
    SystemClock clock;
    LedgerLog ledger;
    Fetcher fetcher;
    KeyRing keys;
    ManifestSource source;
};

void row(const char *name, const char *source, const char *entity, const char *path,
         const char *header, const char *value, const char *body = "")
{
    QTest::newRow(name) << QString::fromUtf8(source) << QString::fromUtf8(entity)
                        << QByteArray(path) << QByteArray(header) << QByteArray(value)
                        << QByteArray(body);
}

const char *const basic = "Basic bWVAc2hvcC5jb206czNjcjN0";
const char *const plain = "me@shop.com:s3cr3t";

} // namespace

/// How sources that want a key are asked.
class tst_KeyedRequests : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachIsAskedAsItsApiWants_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("entity");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("body");
        row("CIRCL asks nobody else", "circl", "shop.com", "/pdns/query/shop.com",
            "dribble-disable-active-query", "1");
        row("CIRCL knows who asks", "circl", "192.0.100.7", "/pdns/query/192.0.100.7",
            "authorization", basic);
        row("OTX about a domain", "otx", "shop.com",
            "/api/v1/indicators/domain/shop.com/passive_dns", "x-otx-api-key", plain);
        row("OTX about a host", "otx", "www.shop.com",
            "/api/v1/indicators/hostname/www.shop.com/passive_dns", "x-otx-api-key", plain);
        row("crt.sh about a name and all below it", "crtsh", "shop.com", "/?q=shop.com&output=json",
            "accept", "application/json");
        row("DNSDB in lines", "dnsdb", "1.1.1.1",
            "/dnsdb/v2/lookup/rdata/ip/1.1.1.1?swclient=watchglass", "accept",
            "application/x-ndjson");
        row("DNSDB with a key", "dnsdb", "1.1.1.1",
            "/dnsdb/v2/lookup/rdata/ip/1.1.1.1?swclient=watchglass", "x-api-key", plain);
        row("URLhaus in a form", "urlhaus", "shop.com", "/v1/host/", "auth-key", plain,
            "host=shop.com");
        row("ThreatFox in JSON", "threatfox", "shop.com", "/api/v1/", "auth-key", plain,
            "{\"query\":\"search_ioc\",\"search_term\":\"shop.com\"}");
        row("MalwareBazaar in a form", "malwarebazaar", "shop.com", "/api/v1/", "auth-key", plain,
            "query=get_taginfo&tag=shop.com&limit=1000");
        row("Shodan in the query", "shodan", "1.1.1.1",
            "/shodan/host/1.1.1.1?key=me%40shop.com%3As3cr3t", "accept", "application/json");
        row("GreyNoise", "greynoise", "1.1.1.1", "/v3/community/1.1.1.1", "key", plain);
        row("AbuseIPDB", "abuseipdb", "1.1.1.1", "/api/v2/check?ipAddress=1.1.1.1&maxAgeInDays=90",
            "key", plain);
        row("SecurityTrails in JSON", "securitytrails", "1.1.1.1", "/v1/domains/list?page=1",
            "apikey", plain, "{\"filter\":{\"ipv4\":\"1.1.1.1\"}}");
        row("urlscan, an address of version 6", "urlscan", "2606:4700::1111",
            "/api/v1/search/?q=page.ip:%222606:4700::1111%22&size=100", "api-key", plain);
    }
    void eachIsAskedAsItsApiWants()
    {
        QFETCH(QString, source);
        QFETCH(QString, entity);
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, header);
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, body);
        KeyedLab lab(source);
        lab.server.script(path, {{.status = 403, .body = "{}"}});
        const auto told = lab.ask(entity);
        QVERIFY(!told.isEmpty());
        QCOMPARE(told[0].outcome, Outcome::Refused);
        const HttpRequest request = lab.server.requests().value(0);
        QCOMPARE(request.path, path);
        QCOMPARE(request.headers.value(header), value);
        QCOMPARE(request.body, body);
    }

    void circlTellsInHeaders_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<Outcome>("outcome");
        QTest::addColumn<QString>("detail");
        QTest::newRow("errors") << QByteArray("X-Dribble-Errors") << Outcome::Unreachable
                                << u"backend me s3 is down"_s;
        QTest::newRow("more") << QByteArray("X-Dribble-Cursor") << Outcome::Truncated
                              << u"there is more than CIRCL gives at once"_s;
        QTest::newRow("nothing of it") << QByteArray("X-Dribble") << Outcome::Empty << QString();
    }
    void circlTellsInHeaders()
    {
        QFETCH(QByteArray, header);
        QFETCH(Outcome, outcome);
        QFETCH(QString, detail);
        KeyedLab lab(u"circl"_s);
        lab.server.script(
            "/pdns/query/shop.com",
            {{.headers = {{header, "backend me s3 is down"}, {"Set-Cookie", "a=b"}}}});
        const auto told = lab.ask(u"shop.com"_s);
        QCOMPARE(told[0].outcome, outcome);
        QCOMPARE(told[0].detail, detail);
    }

    void passiveTotalTellsWhatIsInCertificates()
    {
        KeyedLab lab(u"passivetotal"_s);
        lab.server.script(
            "/v2/ssl-certificate/history?query=194.42.46.143",
            {{.body = recorded(u"passivetotal/ssl-certificate_history_sha1-240461b2.json"_s)}});
        lab.server.script(
            "/v2/ssl-certificate?query=240461b20dbb24a61b0a986821c2ad01bd3a8522",
            {{.body = recorded(u"passivetotal/ssl-certificate_sha1-240461b2.json"_s)}});
        QStringList names;
        for (const Observation &each : lab.ask(u"194.42.46.143"_s)) {
            for (const Record &record : each.records)
                names.append(each.question.text + u' ' + record.owner.value + u' '
                             + attribute(record.details, u"common_name").raw());
        }
        names.sort();
        QCOMPARE(names,
                 (QStringList{u"certificate 194.42.46.143 securefx.hannover-re.com"_s,
                              u"certificates 194.42.46.143 "_s}));
    }

    void urlscanGoesOnFromWhereAPageEnded()
    {
        KeyedLab lab(u"urlscan"_s);
        const QByteArray scan =
            R"({"page":{"domain":"shop.com","ip":"198.51.100.%"},"task":{},"sort":[9%,"id%"]})";
        const QByteArray page = R"({"total":101,"results":[%]})";
        QByteArrayList scans;
        for (int i = 0; i < 100; ++i)
            scans.append(QByteArray(scan).replace("%", QByteArray::number(i)));
        const QByteArray path = "/api/v1/search/?q=page.domain:shop.com%20OR%20task.domain:shop.com"
                                "&size=100";
        lab.server.script(path, {{.body = QByteArray(page).replace("%", scans.join(','))}});
        lab.server.script(path + "&search_after=999,id99",
                          {{.body = R"({"total":101,"results":[{"page":{"domain":"www.shop.com",
                            "ip":"2001:db8::7"},"task":{},"sort":[1,"z"]}]})"}});
        const auto told = lab.ask(u"shop.com"_s);
        QCOMPARE(summary(told),
                 u"resolutions complete 101; subdomains complete 1; components empty 0; "
                 "hostpairs empty 0"_s);
    }
};

WG_TEST(tst_KeyedRequests)
#include "tst_keyedrequests.moc"
