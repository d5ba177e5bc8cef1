// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/entitytext.h"
#include "recordedanswers.h"
#include "support/runner.h"

#include <QTest>

using namespace wg;
using namespace wg::test;
using namespace Qt::StringLiterals;

namespace {

const QStringList &keyedSources()
{
    static const QStringList names{
        u"abuseipdb"_s, u"circl"_s,        u"dnsdb"_s,          u"greynoise"_s, u"malwarebazaar"_s,
        u"otx"_s,       u"passivetotal"_s, u"securitytrails"_s, u"shodan"_s,    u"threatfox"_s,
        u"urlhaus"_s,   u"urlscan"_s,      u"validin"_s,        u"virustotal"_s};
    return names;
}

/// An entity that a question is about.
QString example(const ManifestQuestion &question)
{
    switch (question.about.first()) {
    case ArtifactKind::Ipv4:
        return u"198.51.100.7"_s;
    case ArtifactKind::Ipv6:
        return u"2001:db8::7"_s;
    default:
        return u"shop.com"_s;
    }
}

void row(const char *name, const char *source, const char *question, const char *entity, int status,
         const char *body, Outcome outcome, const char *words = "")
{
    QTest::newRow(name) << QString::fromUtf8(source) << QString::fromUtf8(question)
                        << QString::fromUtf8(entity) << status << QByteArray(body) << outcome
                        << QString::fromUtf8(words);
}

void outcomesOfAbuseCh()
{
    row("URLhaus knows nothing", "urlhaus", "host", "shop.com", 200,
        R"({"query_status":"no_results"})", Outcome::Empty);
    row("URLhaus takes it for no host", "urlhaus", "host", "shop.com", 200,
        R"({"query_status":"invalid_host"})", Outcome::Malformed, "invalid_host");
    row("URLhaus refuses the key", "urlhaus", "host", "shop.com", 200,
        R"({"query_status":"unknown_auth_key"})", Outcome::Refused, "unknown_auth_key");
    row("URLhaus refuses by status", "urlhaus", "host", "shop.com", 401,
        R"({"query_status":"unknown_auth_key"})", Outcome::Refused, "unknown_auth_key");
    row("URLhaus says nothing of it", "urlhaus", "host", "shop.com", 200,
        R"({"error":"backend down"})", Outcome::Refused, "holds no \"query_status\"");
    row("ThreatFox knows nothing", "threatfox", "search", "shop.com", 200,
        R"({"query_status":"no_result","data":"Your search did not yield any results"})",
        Outcome::Empty);
    row("ThreatFox says something new", "threatfox", "search", "shop.com", 200,
        R"({"query_status":"rate_limited","data":[]})", Outcome::Refused, "rate_limited");
    row("ThreatFox found others only", "threatfox", "search", "shop.com", 200,
        R"({"query_status":"ok","data":[{"ioc":"myshop.com","ioc_type":"domain",
            "threat_type":"botnet_cc","malware_printable":"X","first_seen":"2022-01-02 01:44:00 UTC"}]})",
        Outcome::Empty);
    row("MalwareBazaar has no such tag", "malwarebazaar", "tagged", "shop.com", 200,
        R"({"query_status":"tag_not_found"})", Outcome::Empty);
    row("MalwareBazaar says nothing of it", "malwarebazaar", "tagged", "shop.com", 200,
        R"({"data":[]})", Outcome::Refused);
}

void outcomesOfOthers()
{
    row("VirusTotal does not know it", "virustotal", "resolutions", "shop.com", 404,
        R"({"error":{"code":"NotFoundError","message":"Domain not found"}})", Outcome::Empty);
    row("VirusTotal's quota is spent", "virustotal", "report", "shop.com", 429,
        R"({"error":{"code":"QuotaExceededError","message":"Quota exceeded"}})", Outcome::Refused,
        "Quota exceeded");
    row("Shodan does not know it", "shodan", "host", "198.51.100.7", 404,
        R"({"error":"No information available for that IP."})", Outcome::Empty);
    row("Shodan has another 404", "shodan", "host", "198.51.100.7", 404, R"({"error":"Not found"})",
        Outcome::Malformed);
    row("Shodan refuses with 200", "shodan", "host", "198.51.100.7", 200,
        R"({"error":"Access denied"})", Outcome::Refused, "Access denied");
    row("GreyNoise has not seen it", "greynoise", "community", "198.51.100.7", 404,
        R"({"ip":"198.51.100.7","noise":false,"riot":false,"message":"IP not observed"})",
        Outcome::Empty);
    row("GreyNoise has another 404", "greynoise", "community", "198.51.100.7", 404, "{}",
        Outcome::Malformed);
    row("AbuseIPDB takes it for no address", "abuseipdb", "check", "198.51.100.7", 422,
        R"({"errors":[{"detail":"The ip address must be valid.","status":422}]})",
        Outcome::Malformed, "The ip address must be valid.");
    row("AbuseIPDB refuses", "abuseipdb", "check", "198.51.100.7", 429,
        R"({"errors":[{"detail":"Daily rate limit exceeded","status":429}]})", Outcome::Refused,
        "Daily rate limit exceeded");
}

void outcomesOfPassiveTotalAndMore()
{
    row("PassiveTotal found nothing", "passivetotal", "trackers", "shop.com", 404,
        R"({"message":"nothing found"})", Outcome::Empty);
    row("PassiveTotal found nothing for it", "passivetotal", "whois", "shop.com", 404,
        R"({"message":"No results found for shop.com."})", Outcome::Empty);
    row("PassiveTotal has another 404", "passivetotal", "trackers", "shop.com", 404, "{}",
        Outcome::Malformed, "status 404");
    row("a gateway before PassiveTotal", "passivetotal", "whois", "shop.com", 404,
        R"({"message":"no Route matched with those values"})", Outcome::Malformed,
        "no Route matched");
    row("PassiveTotal's licence lacks it", "passivetotal", "cookies", "shop.com", 402,
        R"({"message":"no licence"})", Outcome::Refused, "no licence");
    row("PassiveTotal refuses as in 2016", "passivetotal", "osint", "shop.com", 200,
        R"({"error":{"http_code":401,"message":"invalid credentials"}})", Outcome::Refused,
        "invalid credentials");
    row("PassiveTotal gives a part", "passivetotal", "trackers", "shop.com", 200,
        R"({"totalRecords":5897,"results":[{"hostname":"shop.com","attributeType":"FacebookId",
            "attributeValue":"shop"}]})",
        Outcome::Truncated);
    row("Validin has more", "validin", "history", "shop.com", 200,
        R"({"status":"finished","records":{"A":[]},"limited":true,"error":null})",
        Outcome::Truncated);
    row("Validin is not done", "validin", "history", "shop.com", 200,
        R"({"status":"running","records":{},"limited":false,"error":null})", Outcome::Unreachable,
        "running");
    row("Validin has an error", "validin", "extra", "shop.com", 200,
        R"({"status":"finished","records":{},"limited":false,"error":"out of credits"})",
        Outcome::Refused, "out of credits");
    row("Validin says nothing", "validin", "history", "shop.com", 200, "{}", Outcome::Unreachable,
        "holds no \"status\"");
    row("SecurityTrails has more than it gives", "securitytrails", "subdomains", "shop.com", 200,
        R"({"meta":{"limit_reached":true},"subdomain_count":2,"subdomains":["www","mail"]})",
        Outcome::Truncated, "more than it gives");
    row("SecurityTrails counts more", "securitytrails", "subdomains", "shop.com", 200,
        R"({"meta":{"limit_reached":false},"subdomain_count":4000,"subdomains":["www","mail"]})",
        Outcome::Truncated, "4000");
    row("SecurityTrails gives all", "securitytrails", "subdomains", "shop.com", 200,
        R"({"meta":{"limit_reached":false},"subdomain_count":2,"subdomains":["www","mail"]})",
        Outcome::Complete);
    row("OTX claims more than it gives", "otx", "general", "shop.com", 200,
        R"({"pulse_info":{"count":3,"pulses":[{"id":"5f","name":"Shops"}]}})", Outcome::Truncated);
    row("urlscan does not like the search", "urlscan", "scans", "shop.com", 400,
        R"({"message":"Query failed","status":400})", Outcome::Malformed, "Query failed");
}

} // namespace

/// What sources that want a key say when they have nothing, not all, or no leave to give.
class tst_KeyedOutcomes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theirManifestsSayHowTheyAreAsked()
    {
        for (const QString &name : keyedSources()) {
            const auto manifest = bundledManifest(name);
            const SourceInfo &info = manifest->info;
            QVERIFY2(manifest->key && !info.keyFrom.isEmpty(), qPrintable(name));
            QCOMPARE(info.needsKey, name != "urlscan"_L1);
            QVERIFY(manifest->shipsEnabled);
            const QStringList onDemand{u"abuseipdb"_s, u"greynoise"_s};
            QVERIFY2(info.onDemand == onDemand.contains(name), qPrintable(name));
            QVERIFY2(!manifest->windows.isEmpty(), qPrintable(name));
            QCOMPARE(info.pap, Pap::Amber);
        }
    }

    void errorsAreOutcomesWithTheirWords_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("question");
        QTest::addColumn<QString>("entity");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<Outcome>("outcome");
        QTest::addColumn<QString>("words");
        outcomesOfAbuseCh();
        outcomesOfOthers();
        outcomesOfPassiveTotalAndMore();
    }
    void errorsAreOutcomesWithTheirWords()
    {
        QFETCH(QString, source);
        QFETCH(QString, question);
        QFETCH(QString, entity);
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(Outcome, outcome);
        QFETCH(QString, words);
        const auto told = parsedPages(source, question, entity, {body}, status);
        QVERIFY(!told.isEmpty());
        for (const Observation &each : told) {
            QVERIFY2(each.outcome == outcome, qPrintable(summary(told) + each.detail));
            QVERIFY2(each.detail.contains(words), qPrintable(each.detail));
        }
    }

    void nothingUnexplainedIsProof_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("a bare 404") << 404 << QByteArray();
        QTest::newRow("a web page for 404") << 404 << QByteArray("<html>");
        QTest::newRow("a web page") << 200 << QByteArray("<html>");
        QTest::newRow("an empty object") << 200 << QByteArray("{}");
        QTest::newRow("a list") << 200 << QByteArray("[]");
        QTest::newRow("null") << 200 << QByteArray("null");
        QTest::newRow("no key") << 401 << QByteArray("{}");
        QTest::newRow("forbidden") << 403 << QByteArray();
        QTest::newRow("too many questions") << 429 << QByteArray("slow down");
        QTest::newRow("server error") << 500 << QByteArray("{}");
        QTest::newRow("overloaded") << 503 << QByteArray("<html>");
    }
    void nothingUnexplainedIsProof()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        for (const QString &name : keyedSources()) {
            for (const ManifestQuestion &question : bundledManifest(name)->questions) {
                const auto told =
                    parsedPages(name, question.name, example(question), {body}, status);
                QVERIFY(!told.isEmpty());
                const QString which = name + u' ' + question.name + u' ' + summary(told);
                QVERIFY2(!isProof(told[0].outcome), qPrintable(which));
                QVERIFY2(!told[0].detail.isEmpty(), qPrintable(which));
                if (status / 100 == 4 && status != 404)
                    QCOMPARE(told[0].outcome, Outcome::Refused);
            }
        }
    }

    void whereAnAnswerIsCutDoesNotMatter_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("question");
        QTest::addColumn<QString>("entity");
        QTest::addColumn<QString>("file");
        const auto row = [](const QString &source, const QString &question, const QString &entity,
                            const QString &file) {
            QTest::newRow(qPrintable(file)) << source << question << entity << file;
        };
        row(u"virustotal"_s, u"report"_s, u"github.com"_s,
            u"virustotal/domain_github.com_2019-09-26.json"_s);
        row(u"shodan"_s, u"host"_s, u"104.25.89.97"_s,
            u"shodan/host_104.25.89.97_2019-04-30.json"_s);
        row(u"otx"_s, u"passive_dns"_s, u"89.35.39.84"_s,
            u"otx/ipv4_89.35.39.84_passive_dns_2022-06-18.json"_s);
        row(u"passivetotal"_s, u"whois"_s, u"passivetotal.org"_s,
            u"passivetotal/whois_passivetotal.org.json"_s);
    }
    void whereAnAnswerIsCutDoesNotMatter()
    {
        QFETCH(QString, source);
        QFETCH(QString, question);
        QFETCH(QString, entity);
        QFETCH(QString, file);
        const QByteArray whole = recorded(file).trimmed();
        for (qsizetype length = 0; length < whole.size(); length += 1 + length / 50) {
            RawPass pass;
            pass.asked = *parseEntity(entity);
            pass.source = source;
            pass.answers = {answerTo(question, whole.left(length))};
            pass.answers[0].cut = true;
            const auto told = parseManifest(*bundledManifest(source), pass);
            QCOMPARE(told[0].outcome, Outcome::Unreachable);
        }
    }
};

WG_TEST(tst_KeyedOutcomes)
#include "tst_keyedoutcomes.moc"
