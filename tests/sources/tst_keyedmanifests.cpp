// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "recordedanswers.h"
#include "support/runner.h"

#include <QSet>
#include <QTest>

using namespace wg;
using namespace wg::test;
using namespace Qt::StringLiterals;

namespace {

/// What is compared: which fact, and how it is.
using Facts = QSet<QByteArray>;

Facts facts(const QList<Observation> &observations)
{
    Facts all;
    for (const Observation &each : observations) {
        for (const Record &record : each.records)
            all.insert(toBytes(recordId(record)) + toBytes(recordState(record)));
    }
    return all;
}

/// The values of what the later answer says beyond the earlier one.
QStringList valuesBeyond(const Facts &earlier, const QList<Observation> &later)
{
    QStringList values;
    for (const Observation &each : later) {
        for (const Record &record : each.records) {
            if (!earlier.contains(toBytes(recordId(record)) + toBytes(recordState(record))))
                values.append(record.value.raw());
        }
    }
    return values;
}

void row(const char *file, const char *source, const char *question, const char *entity,
         const char *summary)
{
    QTest::newRow(file) << QString::fromUtf8(source) << QString::fromUtf8(question)
                        << QString::fromUtf8(entity) << QString::fromUtf8(file)
                        << QString::fromUtf8(summary);
}

void passiveDnsRows()
{
    row("cof/circl_domain_circl.lu_2020-03-15.ndjson", "circl", "records", "circl.lu",
        "resolutions complete 3; dns complete 4");
    row("cof/circl_host_www.circl.lu_2019-10-01.ndjson", "circl", "records", "www.circl.lu",
        "resolutions complete 1; dns complete 2");
    row("dnsdb-v2-saf/rrset_farsightsecurity.com_A.saf.ndjson", "dnsdb", "rrset",
        "farsightsecurity.com", "resolutions complete 4; dns empty 0");
    row("dnsdb-v2-saf/rrset_farsightsecurity.com_NS_bailiwick_com.saf.ndjson", "dnsdb", "rrset",
        "farsightsecurity.com", "resolutions empty 0; dns complete 9");
    row("dnsdb-v2-saf/vendor-unit_failed.saf.ndjson", "dnsdb", "rrset", "farsightsecurity.com",
        "resolutions unreachable 0; dns unreachable 0");
    row("dnsdb-v2-saf/vendor-unit_limited.saf.ndjson", "dnsdb", "rdata-name",
        "farsightsecurity.com", "dns truncated 0");
    row("dnsdb-v2-saf/vendor-unit_truncated-no-terminator.saf.ndjson", "dnsdb", "rrset",
        "farsightsecurity.com", "resolutions truncated 0; dns truncated 0");
    // Version 1 had no frame, so nothing proves that these are whole.
    row("dnsdb-v1-ndjson/rdata_ip_149.13.33.14_2020-03-20.ndjson", "dnsdb", "rdata-ip",
        "149.13.33.14", "resolutions truncated 17");
    row("validin/domain_example.com_A_2024-04-16.json", "validin", "history", "example.com",
        "resolutions complete 1; dns empty 0");
    row("virustotal/domain_cunkt.club_resolutions_2020-03-15.json", "virustotal", "resolutions",
        "cunkt.club", "resolutions complete 1");
    row("virustotal/domain_github.com_resolutions_2019-10-19.json", "virustotal", "resolutions",
        "github.com", "resolutions complete 10");
    row("virustotal/ip_1.1.1.1_resolutions_2019-10-19.json", "virustotal", "resolutions", "1.1.1.1",
        "resolutions complete 10");
    row("virustotal/domain_github.com_siblings_empty.json", "virustotal", "subdomains",
        "github.com", "subdomains empty 0");
    row("virustotal/domain_github.com_2019-09-26.json", "virustotal", "report", "github.com",
        "resolutions complete 1; dns complete 19; whois complete 2; certificates complete 1; "
        "osint complete 3");
}

void otxAndSecurityTrailsRows()
{
    row("otx/domain_circl.lu_passive_dns_2020-07-31.json", "otx", "passive_dns", "circl.lu",
        "resolutions complete 34; dns complete 13; subdomains complete 26");
    row("otx/domain_jppost-tu.top_passive_dns_2022-06-18.json", "otx", "passive_dns",
        "jppost-tu.top", "resolutions complete 4; dns empty 0; subdomains empty 0");
    row("otx/domain_passive_dns_empty.json", "otx", "passive_dns", "example.com",
        "resolutions empty 0; dns empty 0; subdomains empty 0");
    row("otx/ipv4_89.35.39.84_passive_dns_2022-06-18.json", "otx", "passive_dns", "89.35.39.84",
        "resolutions complete 34; dns empty 0");
    row("otx/domain_otx.alienvault.com_general.json", "otx", "general", "otx.alienvault.com",
        "osint empty 0");
    // It claims 865,426 samples and gives none: no proof that there are none.
    row("otx/domain_otx.alienvault.com_malware_section-count-without-data.json", "otx", "malware",
        "otx.alienvault.com", "malware suspicious_empty 0");
    row("securitytrails/domain_github.com_current_2019-10-20.json", "securitytrails", "current",
        "github.com", "resolutions complete 1; dns complete 18");
    // Cut at 2,000 labels of the alphabet, without a word of it.
    row("securitytrails/domain_github.com_subdomains.json", "securitytrails", "subdomains",
        "github.com", "subdomains truncated 2000");
    row("securitytrails/domain_github.com_whois_2019-10-20.json", "securitytrails", "whois",
        "github.com", "whois complete 13");
    row("securitytrails/history_jppost-tu.top_dns_a_2019-10-02.json", "securitytrails", "history-a",
        "jppost-tu.top", "resolutions complete 4");
    row("securitytrails/domains_list_by_ip_2019-09-03.json", "securitytrails", "domains-on-address",
        "89.35.39.84", "resolutions complete 5");
}

void threatRows()
{
    // It counts 124 and gives the newest 100.
    row("urlhaus/api_host_2019-05-25.json", "urlhaus", "host", "vektorex.com",
        "malware truncated 100; osint truncated 0");
    row("threatfox/api_get_iocs_2022-01-02.json", "threatfox", "search", "104.168.44.59",
        "malware complete 1; osint complete 1");
    row("malwarebazaar/api_samples_list_2021-10-03.json", "malwarebazaar", "tagged", "example.com",
        "malware complete 2");
    row("urlscan/search_example.com_2023-09-09.json", "urlscan", "scans", "example.com",
        "resolutions truncated 2; subdomains truncated 1; components truncated 2; "
        "hostpairs truncated 60");
    row("urlscan/search_domain_wikipedia.org_2020-08-16.json", "urlscan", "scans", "wikipedia.org",
        "resolutions truncated 14; subdomains truncated 8; components truncated 52; "
        "hostpairs truncated 0");
    row("shodan/host_1.1.1.1_2018-09-08.json", "shodan", "host", "1.1.1.1", "services complete 3");
    row("shodan/host_104.25.89.97_2019-04-30.json", "shodan", "host", "104.25.89.97",
        "services complete 2");
    row("abuseipdb/v2_check_8.8.8.8_2019-06-12.json", "abuseipdb", "check", "8.8.8.8",
        "osint complete 5");
    row("greynoise/v2_context_unseen_1.1.1.1.json", "greynoise", "community", "1.1.1.1",
        "osint refused 0");
}

void passiveTotalRows()
{
    row("passivetotal/dns_passive_passivetotal.org_2019-10-05.json", "passivetotal", "passive-dns",
        "passivetotal.org", "resolutions complete 38; dns complete 23");
    row("passivetotal/host-attributes_components_passivetotal.org.json", "passivetotal",
        "components", "passivetotal.org", "components complete 577");
    // 311 rows: a pair has one for each of its causes.
    row("passivetotal/host-attributes_pairs_children_passivetotal.org.json", "passivetotal",
        "pairs-children", "passivetotal.org", "hostpairs complete 220");
    row("passivetotal/services_443-22-80_2021-03-04.json", "passivetotal", "services",
        "198.51.100.7", "services complete 5; certificates empty 0");
    row("passivetotal/ssl-certificate_history_sha1-240461b2.json", "passivetotal", "certificates",
        "194.42.46.143", "certificates complete 1");
    row("passivetotal/ssl-certificate_sha1-240461b2.json", "passivetotal", "certificates",
        "hannover-re.com", "certificates complete 1");
    row("passivetotal/whois_passivetotal.org.json", "passivetotal", "whois", "www.passivetotal.org",
        "whois complete 9");
}

void exactLinesOfNames()
{
    const char *github = "virustotal/domain_github.com_2019-09-26.json";
    row(github, "virustotal", "report", "github.com",
        "github.com MX aspmx.l.google.com {preference=1} ?..2019-09-25T02:31:45Z");
    row(github, "virustotal", "report", "github.com",
        "github.com created 2007-10-09T11:20:50Z ?..?");
    row(github, "virustotal", "report", "github.com",
        "github.com certificate "
        "3111500c4a66012cdae333ec3fca1c9dde45c954440e7ee413716bff3663c074 "
        "2018-05-08T00:00:00Z..2019-09-25T02:31:45Z");
    row("validin/domain_example.com_A_2024-04-16.json", "validin", "history", "example.com",
        "example.com A 93.184.216.34 2019-08-26T00:00:00Z..2024-04-16T12:00:00Z");
    row("otx/domain_circl.lu_passive_dns_2020-07-31.json", "otx", "passive_dns", "circl.lu",
        "pgp.circl.lu AAAA 2001:978:4200:c::90 2019-11-24T00:35:16Z..2020-03-23T12:16:18Z");
    row("otx/domain_circl.lu_passive_dns_2020-07-31.json", "otx", "passive_dns", "circl.lu",
        "circl.lu subdomain pgp.circl.lu 2018-07-14T22:00:00Z..2020-03-23T12:16:18Z");
    row("securitytrails/domain_github.com_current_2019-10-20.json", "securitytrails", "current",
        "github.com", "github.com MX alt4.aspmx.l.google.com {preference=10} ?..?");
    row("securitytrails/domain_github.com_subdomains.json", "securitytrails", "subdomains",
        "github.com", "github.com subdomain 002.github.com ?..?");
    const char *whois = "securitytrails/domain_github.com_whois_2019-10-20.json";
    row(whois, "securitytrails", "whois", "www.github.com",
        "github.com created 2007-10-09T18:20:50Z ?..?");
    row(whois, "securitytrails", "whois", "www.github.com",
        "github.com registrant GitHub, Inc. ?..?");
    row(whois, "securitytrails", "whois", "www.github.com",
        "github.com nameserver ns-421.awsdns-52.com ?..?");
    row("urlscan/search_example.com_2023-09-09.json", "urlscan", "scans", "example.com",
        "proquwy.cloud child example.com 2023-02-01T23:49:29Z..2023-02-01T23:49:29Z");
    row("urlscan/search_example.com_2023-09-09.json", "urlscan", "scans", "example.com",
        "example.com Server ECS 2023-01-30T22:44:04Z..2023-02-01T23:49:29Z");
}

void exactLinesOfHosts()
{
    row("urlhaus/api_host_2019-05-25.json", "urlhaus", "host", "vektorex.com",
        "vektorex.com malware_url http://vektorex.com/jobs/cgi/86010322.jpg "
        "{threat=malware_download} 2019-02-14T18:02:23Z..?");
    row("threatfox/api_get_iocs_2022-01-02.json", "threatfox", "search",
        "rest.helphealthcareservice.com",
        "rest.helphealthcareservice.com botnet_cc "
        "https://rest.helphealthcareservice.com/apiv2/v1/session/keepalive "
        "{malware=Cobalt Strike} 2022-01-01T22:32:30Z..?");
    row("threatfox/api_get_iocs_2022-01-02.json", "threatfox", "search", "104.168.44.59",
        "104.168.44.59 botnet_cc 104.168.44.59:3884 {malware=Mirai} 2022-01-02T01:05:27Z..?");
    row("malwarebazaar/api_samples_list_2021-10-03.json", "malwarebazaar", "tagged", "example.com",
        "example.com sample "
        "7c483138404aad6662938e6e4c100ad9b18ec636011b2dcd96607016d918c938 "
        "{malware=TrickBot} 2021-10-03T12:32:56Z..?");
    row("shodan/host_1.1.1.1_2018-09-08.json", "shodan", "host", "1.1.1.1",
        "1.1.1.1 port 53 ?..2018-09-08T05:47:56Z");
    row("shodan/host_104.25.89.97_2019-04-30.json", "shodan", "host", "104.25.89.97",
        "104.25.89.97 port 443 ?..2019-04-30T01:18:24Z");
    row("abuseipdb/v2_check_8.8.8.8_2019-06-12.json", "abuseipdb", "check", "8.8.8.8",
        "8.8.8.8 abuse_score 0 ?..2019-06-12T00:09:53Z");
    row("abuseipdb/v2_check_8.8.8.8_2019-06-12.json", "abuseipdb", "check", "8.8.8.8",
        "8.8.8.8 list whitelisted ?..?");
}

void exactLinesOfPassiveTotal()
{
    row("passivetotal/dns_passive_passivetotal.org_2019-10-05.json", "passivetotal", "passive-dns",
        "passivetotal.org",
        "passivetotal.org TXT (SPF1) servers.mcsv.net 2016-04-22T00:00:48Z..2019-10-05T21:51:41Z");
    row("passivetotal/host-attributes_components_passivetotal.org.json", "passivetotal",
        "components", "passivetotal.org",
        "help.passivetotal.org Sharing GitBook 3.2.3 "
        "2017-08-09T04:14:50Z..2019-10-05T06:28:54Z");
    row("passivetotal/host-attributes_pairs_children_passivetotal.org.json", "passivetotal",
        "pairs-children", "passivetotal.org",
        "help.passivetotal.org child js.stripe.com "
        "2016-08-20T04:40:34Z..2016-08-22T07:16:30Z");
    row("passivetotal/services_443-22-80_2021-03-04.json", "passivetotal", "services",
        "198.51.100.7",
        "198.51.100.7 software OpenSSH 8.2p1 2020-09-18T17:50:30Z..2021-03-03T10:44:45Z");
    row("passivetotal/ssl-certificate_sha1-240461b2.json", "passivetotal", "certificates",
        "hannover-re.com",
        "hannover-re.com certificate 240461b20dbb24a61b0a986821c2ad01bd3a8522 "
        "2013-10-30T07:00:00Z..2013-10-30T07:00:00Z");
    row("passivetotal/whois_passivetotal.org.json", "passivetotal", "whois", "www.passivetotal.org",
        "passivetotal.org created 2014-04-14T20:00:56Z ?..?");
}

} // namespace

/// What sources that want a key answer, as their manifests read it.
class tst_KeyedManifests : public QObject
{
    Q_OBJECT

    static void pair(const char *name, const char *source, const char *question, const char *entity,
                     const char *earlier, const char *later, const QStringList &added, int removed)
    {
        QTest::newRow(name) << QString::fromUtf8(source) << QString::fromUtf8(question)
                            << QString::fromUtf8(entity) << QString::fromUtf8(earlier)
                            << QString::fromUtf8(later) << added << removed;
    }

private Q_SLOTS:
    void recordedAnswersAreRead_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("question");
        QTest::addColumn<QString>("entity");
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("told");
        passiveDnsRows();
        otxAndSecurityTrailsRows();
        threatRows();
        passiveTotalRows();
    }
    void recordedAnswersAreRead()
    {
        QFETCH(QString, source);
        QFETCH(QString, question);
        QFETCH(QString, entity);
        QFETCH(QString, file);
        QFETCH(QString, told);
        const auto read = parsedPages(source, question, entity, {recorded(file)});
        QCOMPARE(summary(read), told);
        const bool shortened = file.contains("vendor-unit_limited"_L1); // to counts and dates
        for (const Observation &each : shortened ? QList<Observation>() : read) {
            const QStringList lacking = each.lacking.value_or(QStringList());
            QVERIFY2(lacking.isEmpty(), qPrintable(lacking.join(u' ')));
        }
    }

    void eachSaysExactlyThis_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("question");
        QTest::addColumn<QString>("entity");
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("told");
        exactLinesOfNames();
        exactLinesOfHosts();
        exactLinesOfPassiveTotal();
    }
    void eachSaysExactlyThis()
    {
        QFETCH(QString, source);
        QFETCH(QString, question);
        QFETCH(QString, entity);
        QFETCH(QString, file);
        QFETCH(QString, told);
        const QStringList all = lines(parsedPages(source, question, entity, {recorded(file)}));
        QVERIFY2(all.contains(told), qPrintable(all.mid(0, 40).join(u'\n')));
    }

    void betweenTwoAnswersOnlyTheWorldCounts_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("question");
        QTest::addColumn<QString>("entity");
        QTest::addColumn<QString>("earlier");
        QTest::addColumn<QString>("later");
        QTest::addColumn<QStringList>("added");
        QTest::addColumn<int>("removed");
        pair("OTX, an address, order and form of dates", "otx", "passive_dns", "89.35.39.84",
             "otx/ipv4_89.35.39.84_passive_dns_2020-08-01.json",
             "otx/ipv4_89.35.39.84_passive_dns_2022-06-18.json", {}, 0);
        pair("OTX, a name, flags and ASN", "otx", "passive_dns", "jppost-tu.top",
             "otx/domain_jppost-tu.top_passive_dns_2020-08-01.json",
             "otx/domain_jppost-tu.top_passive_dns_2022-06-18.json", {}, 0);
        pair("SecurityTrails, one new address", "securitytrails", "history-a", "jppost-tu.top",
             "securitytrails/history_jppost-tu.top_dns_a_2019-09-03.json",
             "securitytrails/history_jppost-tu.top_dns_a_2019-10-02.json", {u"193.148.69.37"_s}, 0);
        pair("SecurityTrails, four names gone", "securitytrails", "domains-on-address",
             "89.35.39.84", "securitytrails/domains_list_by_ip_2019-09-03.json",
             "securitytrails/domains_list_by_ip_2019-10-02.json", {}, 4);
    }
    void betweenTwoAnswersOnlyTheWorldCounts()
    {
        QFETCH(QString, source);
        QFETCH(QString, question);
        QFETCH(QString, entity);
        QFETCH(QString, earlier);
        QFETCH(QString, later);
        QFETCH(QStringList, added);
        QFETCH(int, removed);
        const auto before = parsedPages(source, question, entity, {recorded(earlier)});
        const auto after = parsedPages(source, question, entity, {recorded(later)});
        QVERIFY(!facts(before).isEmpty() && isProof(before[0].outcome));
        QCOMPARE(valuesBeyond(facts(before), after), added);
        QCOMPARE((facts(before) - facts(after)).size(), qsizetype(removed));
    }

    void aSearchThatGrewOnlyAdds()
    {
        const auto at = [](const QString &file) {
            return parsedPages(u"urlscan"_s, u"scans"_s, u"example.com"_s, {recorded(file)});
        };
        const auto before = at(u"urlscan/search_hash-e07f9491_2019-07-25.json"_s);
        const auto after = at(u"urlscan/search_hash-e07f9491_2019-11-07.json"_s);
        QCOMPARE(summary(before),
                 u"resolutions complete 60; subdomains empty 0; components complete 60; "
                 "hostpairs empty 0"_s);
        QCOMPARE((facts(before) - facts(after)).size(), qsizetype(0));
        QCOMPARE((facts({after[0]}) - facts({before[0]})).size(), qsizetype(29));
    }

    void countsFlagsAndScansAreNoFacts_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("question");
        QTest::addColumn<QString>("entity");
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("instead");
        const auto row = [](const char *name, const char *source, const char *question,
                            const char *entity, const char *file, const char *what,
                            const char *instead) {
            QTest::newRow(name) << QString::fromUtf8(source) << QString::fromUtf8(question)
                                << QString::fromUtf8(entity) << QString::fromUtf8(file)
                                << QString::fromUtf8(what) << QString::fromUtf8(instead);
        };
        row("URLhaus, whether it is online", "urlhaus", "host", "vektorex.com",
            "urlhaus/api_host_2019-05-25.json", "offline", "online");
        row("URLhaus, who has told", "urlhaus", "host", "vektorex.com",
            "urlhaus/api_host_2019-05-25.json", "abuse_ch", "somebody");
        row("ThreatFox, how sure it is", "threatfox", "search", "104.168.44.59",
            "threatfox/api_get_iocs_2022-01-02.json", "confidence_level", "was_confident");
        row("MalwareBazaar, how often it was fetched", "malwarebazaar", "tagged", "shop.com",
            "malwarebazaar/api_samples_list_2021-10-03.json", "\"65\"", "\"66\"");
        row("Shodan, what its banner says", "shodan", "host", "104.25.89.97",
            "shodan/host_104.25.89.97_2019-04-30.json", "cloudflare", "nginx");
        row("Shodan, when it looked", "shodan", "host", "1.1.1.1",
            "shodan/host_1.1.1.1_2018-09-08.json", "2018-09-08T", "2018-09-09T");
        row("AbuseIPDB, how many reports", "abuseipdb", "check", "8.8.8.8",
            "abuseipdb/v2_check_8.8.8.8_2019-06-12.json", ":16,", ":17,");
        row("urlscan, which scan", "urlscan", "scans", "example.com",
            "urlscan/search_example.com_2023-09-09.json", "/api/v1/result/", "/result/");
        row("urlscan, where it stands", "urlscan", "scans", "example.com",
            "urlscan/search_example.com_2023-09-09.json", "AS15133", "AS64500");
        row("VirusTotal, time to live", "virustotal", "report", "github.com",
            "virustotal/domain_github.com_2019-09-26.json", "3599", "60");
        row("PassiveTotal, who has told", "passivetotal", "passive-dns", "passivetotal.org",
            "passivetotal/dns_passive_passivetotal.org_2019-10-05.json", "pingly", "kaspersky");
        row("PassiveTotal, last seen", "passivetotal", "components", "passivetotal.org",
            "passivetotal/host-attributes_components_passivetotal.org.json", "2019-10-05",
            "2019-10-06");
        row("SecurityTrails, how many share it", "securitytrails", "current", "github.com",
            "securitytrails/domain_github.com_current_2019-10-20.json", "_count", "_number");
    }
    void countsFlagsAndScansAreNoFacts()
    {
        QFETCH(QString, source);
        QFETCH(QString, question);
        QFETCH(QString, entity);
        QFETCH(QString, file);
        QFETCH(QString, what);
        QFETCH(QString, instead);
        const QByteArray before = recorded(file);
        const QByteArray after = QByteArray(before).replace(what.toUtf8(), instead.toUtf8());
        QVERIFY(after != before);
        const Facts was = facts(parsedPages(source, question, entity, {before}));
        QVERIFY(!was.isEmpty());
        QCOMPARE(facts(parsedPages(source, question, entity, {after})), was);
    }

    void pagesAreOneHistory()
    {
        QByteArrayList pages;
        for (const char *page : {"1", "2", "3"})
            pages.append(recorded(u"securitytrails/history_github.com_dns_a_page%1of5.json"_s.arg(
                QLatin1String(page))));
        const auto told = parsedPages(u"securitytrails"_s, u"history-a"_s, u"github.com"_s, pages);
        QCOMPARE(summary(told), u"resolutions complete 9"_s);
        const QStringList all = lines(told);
        QVERIFY2(all.contains(u"github.com A 192.30.253.112 2016-06-29T00:00:00Z.."
                              "2019-10-11T00:00:00Z"_s),
                 qPrintable(all.join(u'\n')));
    }
};

WG_TEST(tst_KeyedManifests)
#include "tst_keyedmanifests.moc"
