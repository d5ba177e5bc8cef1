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

void row(const char *name, const char *source, const char *question, const char *entity,
         const char *body, const char *told, const char *words = "")
{
    QTest::newRow(name) << QString::fromUtf8(source) << QString::fromUtf8(question)
                        << QString::fromUtf8(entity) << QByteArray(body) << QString::fromUtf8(told)
                        << QString::fromUtf8(words);
}

QList<Observation> parsed(const QString &source, const QString &question, const QString &entity,
                          const QByteArray &body)
{
    return parsedPages(source, question, entity, {body}, 200);
}

} // namespace

/// Answers that say nothing, or not all of it in a way that can be read.
class tst_OddAnswers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsSaidInManyWays_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("question");
        QTest::addColumn<QString>("entity");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("told");
        QTest::addColumn<QString>("words");
        row("a registration that is not known", "securitytrails", "whois", "shop.com",
            R"({"domain":"shop.com","registrarName":null,"createdDate":null,"expiresDate":null,
                "contacts":[{"type":"registrant","organization":null,"name":null,"email":null,
                "country":null}],"nameServers":null})",
            "whois empty 0");
        row("one of which the country is", "securitytrails", "whois", "shop.com",
            R"({"domain":"shop.com","registrarName":null,"contacts":[{"type":"registrant",
                "organization":null,"name":null,"email":null,"country":"Norway"}]})",
            "whois complete 1");
        row("a network that is not known", "virustotal", "report", "198.51.100.7",
            R"({"data":{"attributes":{"asn":null,"network":null,"last_analysis_results":{}}}})",
            "network empty 0; certificates empty 0; osint empty 0");
        row("an address that nobody saw", "greynoise", "community", "198.51.100.7",
            R"({"ip":"198.51.100.7","noise":false,"riot":false,"classification":null,
                "last_seen":null})",
            "osint empty 0");
        row("a list of bad names that does not tell", "urlhaus", "host", "shop.com",
            R"({"query_status":"ok","url_count":"0","urls":[],
                "blacklists":{"spamhaus_dbl":null,"surbl":"not listed"}})",
            "malware empty 0; osint empty 0");
        row("behind a byte order mark", "internetdb", "host", "198.51.100.7",
            "\xef\xbb\xbf{\"ip\":\"198.51.100.7\",\"ports\":[22]}", "services complete 1");
        row("an object in place of crt.sh's list", "crtsh", "names", "shop.com", "{}",
            "certificates malformed 0; subdomains malformed 0",
            "not what this source documents: no list");
        row("nothing in place of crt.sh's list", "crtsh", "names", "shop.com", R"({"error":null})",
            "certificates malformed 0; subdomains malformed 0",
            "not what this source documents: no list");
        row("an object in place of Cert Spotter's list", "certspotter", "issuances", "shop.com",
            "{}", "certificates malformed 0; subdomains malformed 0",
            "not what this source documents: no list");
        row("crt.sh's empty list", "crtsh", "names", "shop.com", "[]",
            "certificates empty 0; subdomains empty 0");
    }
    void nothingIsSaidInManyWays()
    {
        QFETCH(QString, source);
        QFETCH(QString, question);
        QFETCH(QString, entity);
        QFETCH(QByteArray, body);
        QFETCH(QString, words);
        const auto told = parsed(source, question, entity, body);
        QTEST(summary(told), "told");
        QVERIFY2(words.isEmpty() ? told[0].detail.isEmpty() : told[0].detail.contains(words),
                 qPrintable(told[0].detail));
    }

    void whatDoesNotStandWhereADocumentedFactIsIsNotNothing()
    {
        const auto told = parsed(u"shodan"_s, u"host"_s, u"198.51.100.7"_s,
                                 R"({"ip_str":"198.51.100.7","data":[{"port":null}]})");
        QCOMPARE(told[0].outcome, Outcome::Malformed);
    }

    void rowsThatCannotBeReadAreCounted_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("question");
        QTest::addColumn<QString>("entity");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("told");
        QTest::addColumn<QString>("words");
        row("two of three", "otx", "passive_dns", "shop.com",
            R"({"count":3,"passive_dns":[
                {"address":"192.0.2.4","hostname":"shop.com","record_type":"A"},
                {"address":"unknown","hostname":"shop.com","record_type":"A"},
                {"address":"192.0.2.400","hostname":"shop.com","record_type":"A"}]})",
            "resolutions complete 1; dns empty 0; subdomains empty 0",
            "2 of 3 rows could not be read");
        row("beside what was cut", "securitytrails", "subdomains", "shop.com",
            R"({"meta":{"limit_reached":true},"subdomains":["www","a b","c..d"]})",
            "subdomains truncated 1",
            "SecurityTrails has more than it gives; 2 of 3 rows could not be read");
        row("rows that two rules read", "crtsh", "names", "shop.com",
            R"([{"serial_number":"01","issuer_name":"CN=X","name_value":"www.shop.com"},
                {"serial_number":"02","issuer_name":"CN=X","name_value":"a b"}])",
            "certificates complete 2; subdomains complete 1", "1 of 2 rows could not be read");
        row("one value of a line", "circl", "records", "shop.com",
            R"({"rrname":"shop.com","rrtype":"A","rdata":["192.0.2.4","192.0.2.400"]})",
            "resolutions complete 1; dns empty 0",
            "1 of 1 lines could not be read: the address cannot be read");
        row("what lacks a fact says nothing unreadable", "shodan", "host", "198.51.100.7",
            R"({"ip_str":"198.51.100.7","data":[{"port":80},{"port":443,"cpe":["cpe:/a:x:y"]}]})",
            "services complete 3", "");
    }
    void rowsThatCannotBeReadAreCounted()
    {
        QFETCH(QString, source);
        QFETCH(QString, question);
        QFETCH(QString, entity);
        QFETCH(QByteArray, body);
        const auto told = parsed(source, question, entity, body);
        QTEST(summary(told), "told");
        QTEST(told[0].detail, "words");
    }

    void rowsOfAllPagesAreCounted()
    {
        const QByteArray page =
            R"({"records":[{"values":[{"ip":"192.0.2.1"}]},{"values":[{"ip":"no address"}]}],"pages":2})";
        const auto told =
            parsedPages(u"securitytrails"_s, u"history-a"_s, u"shop.com"_s, {page, page}, 200);
        QCOMPARE(told[0].outcome, Outcome::Complete);
        QCOMPARE(told[0].detail, u"2 of 4 rows could not be read"_s);
    }

    void weaknessesThatAHostProvedNotToHaveAreLeftOut_data()
    {
        QTest::addColumn<QByteArray>("vulns");
        QTest::newRow("a list") << QByteArray(R"(["CVE-2021-1","!CVE-2014-0160","MS17-010"])");
        QTest::newRow("by name") << QByteArray(
            R"({"CVE-2021-1":{"verified":true,"cvss":"9.8","summary":"bad"},
                "!CVE-2014-0160":{"verified":true,"summary":"worse"},"MS17-010":{}})");
    }
    void weaknessesThatAHostProvedNotToHaveAreLeftOut()
    {
        QFETCH(QByteArray, vulns);
        const auto told = parsed(u"shodan"_s, u"host"_s, u"198.51.100.7"_s,
                                 R"({"ip_str":"198.51.100.7","data":[],"vulns":)" + vulns + "}");
        QStringList names;
        for (const Record &record : told[0].records)
            names.append(record.type + u' ' + record.value.raw());
        QCOMPARE(names, (QStringList{u"vulnerability CVE-2021-1"_s, u"vulnerability MS17-010"_s}));
        QCOMPARE(told[0].detail, QString());
    }
};

WG_TEST(tst_OddAnswers)
#include "tst_oddanswers.moc"
