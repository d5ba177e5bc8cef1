// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "recordedanswers.h"
#include "support/runner.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace wg;
using namespace wg::test;
using namespace Qt::StringLiterals;

namespace {

/// One entity of a search's answer as an answer about that entity has it.
QByteArray foundAddress()
{
    const QByteArray file = recorded(u"virustotal/intelligence_search_ip_2022-05-18.json"_s);
    const QJsonValue found = QJsonDocument::fromJson(file)[u"data"_s].toArray().at(0);
    return QJsonDocument(QJsonObject{{u"data"_s, found}}).toJson();
}

/// The first record of a type.
Record firstOf(const QList<Observation> &told, const QString &type)
{
    for (const Observation &each : told) {
        for (const Record &record : each.records) {
            if (record.type == type)
                return record;
        }
    }
    return {};
}

QString detail(const Record &record, QStringView name)
{
    return attribute(record.details, name).raw();
}

} // namespace

/// What the manifests of sources that want a key keep of an answer beside its facts, and what is
/// current of it.
class TstKeyedDetails : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void certificatesHaveWhatTheirTableReads_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("question");
        QTest::addColumn<QString>("entity");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QStringList>("said");
        QTest::newRow("VirusTotal of a name")
            << u"virustotal"_s << u"report"_s << u"github.com"_s
            << recorded(u"virustotal/domain_github.com_2019-09-26.json"_s)
            << QStringList{u"github.com"_s,
                           u"DigiCert SHA2 Extended Validation Server CA"_s,
                           u"2018-05-08T00:00:00Z"_s,
                           u"2020-06-03T12:00:00Z"_s,
                           u"0a0630427f5bbced6957396593b6451f"_s,
                           u"ca06f56b258b7a0d4f2b05470939478651151984"_s};
        QTest::newRow("VirusTotal of an address")
            << u"virustotal"_s << u"report"_s << u"167.179.69.149"_s << foundAddress()
            << QStringList{u"uzen.ninoseki.xyz"_s,
                           u"R3"_s,
                           u"2022-04-03T15:39:33Z"_s,
                           u"2022-07-02T15:39:32Z"_s,
                           u"03f410e00018af328375aef43d1b68a030b0"_s,
                           u"5313f2c67750f3c59d78111e9041924bc2984d7d"_s};
        QTest::newRow("PassiveTotal")
            << u"passivetotal"_s << u"certificates"_s << u"hannover-re.com"_s
            << recorded(u"passivetotal/ssl-certificate_sha1-240461b2.json"_s)
            << QStringList{u"securefx.hannover-re.com"_s,
                           u"Symantec Class 3 EV SSL CA - G3"_s,
                           u"2015-02-04T00:00:00Z"_s,
                           u"2017-02-04T23:59:59Z"_s,
                           u"3e65b9cebc7085b750a435e92ebcbeca"_s,
                           u"240461b20dbb24a61b0a986821c2ad01bd3a8522"_s};
    }
    void certificatesHaveWhatTheirTableReads()
    {
        QFETCH(QString, source);
        QFETCH(QString, question);
        QFETCH(QString, entity);
        QFETCH(QByteArray, body);
        QFETCH(QStringList, said);
        const Record certificate =
            firstOf(parsedPages(source, question, entity, {body}), u"certificate"_s);
        QStringList read;
        for (const auto &name : {u"common_name"_s, u"issuer_name"_s, u"not_before"_s,
                                 u"not_after"_s, u"serial"_s, u"sha1"_s})
            read.append(detail(certificate, name));
        QCOMPARE(read, said);
        QVERIFY(certificate.attributes.isEmpty());
    }

    void virusTotalTellsOfNetworks()
    {
        const auto told =
            parsedPages(u"virustotal"_s, u"report"_s, u"167.179.69.149"_s, {foundAddress()});
        QCOMPARE(told[0].question.dataset, Dataset::Network);
        QCOMPARE(told[0].presence, Presence::Current);
        QCOMPARE(firstOf(told, u"prefix"_s).value.raw(), u"167.179.64.0/18"_s);
        QCOMPARE(firstOf(told, u"asn"_s).value.raw(), u"AS20473"_s);
        QCOMPARE(detail(firstOf(told, u"asn"_s), u"holder"), u"AS-CHOOPA"_s);
    }

    void snapshotsAreCurrent_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("question");
        QTest::addColumn<QString>("entity");
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("current");
        QTest::newRow("URLhaus' lists") << u"urlhaus"_s << u"host"_s << u"vektorex.com"_s
                                        << u"urlhaus/api_host_2019-05-25.json"_s << u"osint"_s;
        QTest::newRow("VirusTotal's verdicts")
            << u"virustotal"_s << u"report"_s << u"github.com"_s
            << u"virustotal/domain_github.com_2019-09-26.json"_s << u"osint"_s;
        QTest::newRow("SecurityTrails' registration")
            << u"securitytrails"_s << u"whois"_s << u"github.com"_s
            << u"securitytrails/domain_github.com_whois_2019-10-20.json"_s << u"whois"_s;
        QTest::newRow("PassiveTotal's registration")
            << u"passivetotal"_s << u"whois"_s << u"www.passivetotal.org"_s
            << u"passivetotal/whois_passivetotal.org.json"_s << u"whois"_s;
    }
    void snapshotsAreCurrent()
    {
        QFETCH(QString, source);
        QFETCH(QString, question);
        QFETCH(QString, entity);
        QFETCH(QString, file);
        QFETCH(QString, current);
        for (const Observation &each : parsedPages(source, question, entity, {recorded(file)}))
            QCOMPARE(each.presence == Presence::Current,
                     datasetName(each.question.dataset) == current);
    }

    void certificationAuthorityRecordsAreWhole()
    {
        const QByteArray body = R"({"data":{"attributes":{"last_dns_records":[
            {"type":"CAA","ttl":60,"flag":0,"tag":"issue","value":"ca.org"},
            {"type":"A","ttl":60,"value":"192.0.2.1"}]}}})";
        const auto told = parsedPages(u"virustotal"_s, u"report"_s, u"shop.com"_s, {body});
        QCOMPARE(lines(told),
                 (QStringList{u"shop.com A 192.0.2.1 ?..?"_s,
                              u"shop.com CAA 0 issue \"ca.org\" ?..?"_s}));
    }

    void portsAreSpelledAlike()
    {
        const auto services =
            parsedPages(u"shodan"_s, u"host"_s, u"104.25.89.97"_s,
                        {recorded(u"shodan/host_104.25.89.97_2019-04-30.json"_s)});
        const auto listed = parsedPages(u"internetdb"_s, u"host"_s, u"104.25.89.97"_s,
                                        {R"({"ip":"104.25.89.97","ports":[443]})"});
        QCOMPARE(recordId(firstOf(services, u"port"_s)), recordId(firstOf(listed, u"port"_s)));
        QCOMPARE(detail(firstOf(services, u"port"_s), u"transport"), u"tcp"_s);
        const auto ports =
            parsedPages(u"passivetotal"_s, u"services"_s, u"198.51.100.7"_s,
                        {recorded(u"passivetotal/services_443-22-80_2021-03-04.json"_s)});
        QCOMPARE(firstOf(ports, u"port"_s).value.raw(), u"22"_s);
        QCOMPARE(detail(firstOf(ports, u"port"_s), u"transport"), u"tcp"_s);
    }

    void samplesKeepWhatFoundThem()
    {
        const auto told = parsedPages(u"otx"_s, u"malware"_s, u"shop.com"_s,
                                      {R"({"count":1,"data":[{"datetime_int":1591356800,
            "hash":"AB12","detections":{"avast":"Win32:X","avg":null}}]})"});
        QCOMPARE(summary(told), u"malware complete 1"_s);
        QCOMPARE(detail(told[0].records[0], u"detections"), u"Win32:X"_s);
    }

    void dnsdbTellsWhatLiesBelow()
    {
        const QByteArray body =
            R"({"cond":"begin"}
{"obj":{"time_first":1575137327,"time_last":1584565201,"rrname":"www.shop.com.","rrtype":"A","rdata":["192.0.2.1"]}}
{"obj":{"time_first":1575137327,"time_last":1584565201,"rrname":"*.dev.shop.com.","rrtype":"A","rdata":["192.0.2.1"]}}
{"obj":{"time_first":1575137327,"time_last":1584565201,"rrname":"shop.com.","rrtype":"A","rdata":["192.0.2.1"]}}
{"cond":"succeeded"})";
        const auto told = parsedPages(u"dnsdb"_s, u"rrset-below"_s, u"shop.com"_s, {body});
        QCOMPARE(summary(told), u"subdomains complete 2"_s);
        QCOMPARE(lines(told),
                 (QStringList{u"shop.com subdomain www.shop.com 2019-11-30T18:08:47Z.."
                              "2020-03-18T21:00:01Z"_s,
                              u"shop.com subdomain dev.shop.com 2019-11-30T18:08:47Z.."
                              "2020-03-18T21:00:01Z"_s}));
    }

    void passiveTotalTellsWhatItThinks()
    {
        const auto network = parsedPages(
            u"passivetotal"_s, u"enrichment"_s, u"198.51.100.7"_s,
            {R"({"country":"US","network":"198.51.100.0/24","autonomousSystemNumber":64500,
            "autonomousSystemName":"SHOPS","sinkhole":true,"everCompromised":false,
            "system_tags":["registered"]})"});
        QCOMPARE(
            lines(network),
            (QStringList{u"198.51.100.7 prefix 198.51.100.0/24 ?..?"_s,
                         u"198.51.100.7 asn AS64500 ?..?"_s, u"198.51.100.7 flag sinkhole ?..?"_s,
                         u"198.51.100.7 tag registered ?..?"_s}));
        const auto unknown = parsedPages(u"passivetotal"_s, u"enrichment"_s, u"198.51.100.7"_s,
                                         {R"({"network":null,"everCompromised":false})"});
        QCOMPARE(summary(unknown), u"network empty 0; osint empty 0"_s);
        const auto name = parsedPages(u"passivetotal"_s, u"enrichment"_s, u"shop.com"_s,
                                      {R"({"dynamicDns":true,"everCompromised":true})"});
        QCOMPARE(lines(name),
                 (QStringList{u"shop.com flag dynamic DNS ?..?"_s,
                              u"shop.com flag ever compromised ?..?"_s}));
        const auto verdict = parsedPages(u"passivetotal"_s, u"reputation"_s, u"shop.com"_s,
                                         {R"({"score":90,"classification":"MALICIOUS",
            "rules":[{"name":"ASN","description":"x","severity":3,"link":""}]})"});
        QCOMPARE(lines(verdict),
                 (QStringList{u"shop.com reputation malicious ?..?"_s,
                              u"shop.com reputation_rule ASN ?..?"_s}));
    }
};

WG_TEST(TstKeyedDetails)
#include "tst_keyeddetails.moc"
