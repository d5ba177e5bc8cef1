// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "recordedanswers.h"
#include "support/runner.h"

#include <QTest>

using namespace wg;
using namespace wg::test;
using namespace Qt::StringLiterals;

namespace {

/// What a sample about shop.com or an address says, to the last line.
void row(const char *file, const char *question, const char *entity, const char *summary,
         const QStringList &lines)
{
    QTest::newRow(file) << QString::fromUtf8(file).section(u'_', 0, 0)
                        << QString::fromUtf8(question) << QString::fromUtf8(entity)
                        << u"described/%1.json"_s.arg(QString::fromUtf8(file))
                        << QString::fromUtf8(summary) << lines;
}

void securityTrailsRows()
{
    row("securitytrails_history_aaaa", "history-aaaa", "shop.com", "resolutions complete 1",
        {u"shop.com AAAA 2001:db8::7 2019-03-01T00:00:00Z..2020-05-06T00:00:00Z"_s});
    row("securitytrails_history_mx", "history-mx", "shop.com", "dns complete 3",
        {u"shop.com MX mx1.mail.com {preference=10} 2018-01-02T00:00:00Z..2020-05-06T00:00:00Z"_s,
         u"shop.com MX mx2.mail.com {preference=20} 2018-01-02T00:00:00Z..2020-05-06T00:00:00Z"_s,
         u"shop.com MX old.mail.com 2015-01-02T00:00:00Z..2018-01-01T00:00:00Z"_s});
    row("securitytrails_history_ns", "history-ns", "shop.com", "dns complete 2",
        {u"shop.com NS a.ns.com 2012-12-23T00:00:00Z..2026-09-18T00:00:00Z"_s,
         u"shop.com NS b.ns.com 2012-12-23T00:00:00Z..2026-09-18T00:00:00Z"_s});
    row("securitytrails_history_soa", "history-soa", "shop.com", "dns complete 1",
        {u"shop.com SOA mailbox hostmaster.ns.com "
         "2012-12-23T00:00:00Z..2026-09-18T00:00:00Z"_s});
    row("securitytrails_history_txt", "history-txt", "shop.com", "dns complete 1",
        {u"shop.com TXT v=spf1 -all 2019-03-01T00:00:00Z..2020-05-06T00:00:00Z"_s});
    // One fact for what two records of a registrar's agree on, from the first to the last of them.
    row("securitytrails_history_whois", "history-whois", "www.shop.com", "whois complete 7",
        {u"shop.com registrar_history NEW REGISTRAR INC. "
         "2014-09-01T09:58:23Z..2017-12-01T12:30:29Z"_s,
         u"shop.com registrar_history OLD REGISTRAR LLC "
         "2012-09-10T23:11:01Z..2013-03-14T23:17:57Z"_s,
         u"shop.com nameserver_history ns1.ns.com "
         "2012-09-10T23:11:01Z..2017-12-01T12:30:29Z"_s,
         u"shop.com nameserver_history ns2.ns.com "
         "2012-09-10T23:11:01Z..2013-03-14T23:17:57Z"_s,
         u"shop.com registrant_history Shops, Inc. "
         "2012-09-10T23:11:01Z..2017-12-01T12:30:29Z"_s,
         u"shop.com email_history owner@shop.com "
         "2014-09-01T09:58:23Z..2017-12-01T12:30:29Z"_s,
         u"shop.com email_history first@shop.com "
         "2012-09-10T23:11:01Z..2013-03-14T23:17:57Z"_s});
}

void passiveTotalRows()
{
    row("passivetotal_articles", "articles", "shop.com", "osint complete 1",
        {u"shop.com report https://community.riskiq.com/article/12e123b1 "
         "{title=A shop that sells nothing} 2021-03-05T01:00:00Z..?"_s});
    // A certificate without its hash is none that could be told from others.
    const QString seen = u" 2018-03-09T20:26:45Z..2021-03-04T11:59:41Z"_s;
    row("passivetotal_services", "services", "198.51.100.7",
        "services complete 3; certificates complete 1",
        {u"198.51.100.7 port 22"_s + seen, u"198.51.100.7 port 443"_s + seen,
         u"198.51.100.7 port 8443"_s + seen,
         u"198.51.100.7 certificate ab12000000000000000000000000000000000001 "
         "2020-11-10T22:44:42Z..2021-03-04T08:15:00Z"_s});
}

void validinRows()
{
    const QString month = u" 2025-01-01T00:00:00Z..2025-02-01T00:00:00Z"_s;
    const QString nine = u" 2025-01-01T00:00:00Z..2025-01-10T00:00:00Z"_s;
    row("validin_subdomains", "subdomains", "shop.com", "subdomains complete 2",
        {u"shop.com subdomain www.shop.com"_s + month, u"shop.com subdomain dev.shop.com ?..?"_s});
    row("validin_certificates", "certificates", "shop.com", "certificates complete 2",
        {u"shop.com certificate cd34%1"_s.arg(1, 60, 10, QLatin1Char('0')) + nine,
         u"shop.com certificate ef56%1 2025-03-02T00:00:00Z..2025-03-02T00:00:00Z"_s.arg(
             2, 60, 10, QLatin1Char('0'))});
    const QString old = u" 2025-01-01T00:00:00Z..2025-01-01T00:00:00Z"_s;
    const QString both = u" 2025-01-01T00:00:00Z..2025-03-01T00:00:00Z"_s;
    row("validin_registrations", "registrations", "www.shop.com", "whois complete 5",
        {u"shop.com registrar_history Old Registrar LLC"_s + old,
         u"shop.com registrar_history New Registrar, Inc. "
         "2025-03-01T00:00:00Z..2025-03-01T00:00:00Z"_s,
         u"shop.com nameserver_history ns1.ns.com"_s + both,
         u"shop.com nameserver_history ns2.ns.com"_s + old,
         u"shop.com created_history 2007-10-09T11:20:50Z"_s + both});
    row("validin_crawls", "crawls", "shop.com",
        "components complete 4; hostpairs complete 2; certificates complete 1",
        {u"shop.com Title Shop"_s + nine, u"shop.com Server nginx/1.18.0"_s + nine,
         u"shop.com CMS Hugo 0.110.0"_s + nine,
         u"shop.com Favicon MD5 52ec0f426864bc98b38b85effb309a16"_s + nine,
         u"shop.com child js.tracker.com"_s + nine, u"shop.com child fonts.com"_s + nine,
         u"shop.com certificate cd34%1"_s.arg(1, 60, 10, QLatin1Char('0')) + nine});
    row("validin_crawls_address", "crawls", "198.51.100.7",
        "components complete 2; hostpairs complete 1; certificates empty 0; services complete 2",
        {u"198.51.100.7 Title 301 Moved Permanently"_s + old, u"198.51.100.7 Server nginx"_s + old,
         u"198.51.100.7 child www.shop.com"_s + old, u"198.51.100.7 port 443"_s + old,
         u"198.51.100.7 port 80"_s + old});
}

void virusTotalRows()
{
    // Neither a file that nobody finds anything in, nor one that was never looked at.
    row("virustotal_communicating_files", "communicating-files", "shop.com", "malware complete 1",
        {u"shop.com sample ab12%1 2020-04-16T15:03:27Z..?"_s.arg(1, 60, 10, QLatin1Char('0'))});
}

} // namespace

/// Answers that no recording shows: samples in the form of the source's documentation or of its
/// clients.
class TstDescribedAnswers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachIsReadToTheLastLine_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("question");
        QTest::addColumn<QString>("entity");
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("told");
        QTest::addColumn<QStringList>("lines");
        securityTrailsRows();
        passiveTotalRows();
        validinRows();
        virusTotalRows();
    }
    void eachIsReadToTheLastLine()
    {
        QFETCH(QString, source);
        QFETCH(QString, question);
        QFETCH(QString, entity);
        QFETCH(QString, file);
        QFETCH(QString, told);
        QFETCH(QStringList, lines);
        const auto read = parsedPages(source, question, entity, {recorded(file)});
        QCOMPARE(wg::test::lines(read).join(u'\n'), lines.join(u'\n'));
        QCOMPARE(summary(read), told);
        for (const Observation &each : read)
            QVERIFY(each.lacking.value_or(QStringList()).isEmpty());
    }

    void samplesKeepWhatTheyAreCalled()
    {
        const auto told =
            parsedPages(u"virustotal"_s, u"communicating-files"_s, u"shop.com"_s,
                        {recorded(u"described/virustotal_communicating_files.json"_s)});
        const Record &sample = told[0].records[0];
        QCOMPARE(attribute(sample.details, u"malware").raw(), u"trojan.shop/agent"_s);
        QCOMPARE(attribute(sample.details, u"detections").raw(), u"41"_s);
        QVERIFY(sample.attributes.isEmpty());
    }

    void pagesNameWhatTheyFetchAsOurOwnReaderDoes()
    {
        const auto told = parsedPages(u"validin"_s, u"crawls"_s, u"shop.com"_s,
                                      {recorded(u"described/validin_crawls.json"_s)});
        QCOMPARE(attribute(told[1].records[0].details, u"cause").raw(), u"script.src"_s);
        QCOMPARE(attribute(told[1].records[1].details, u"cause").raw(), u"link.href"_s);
        QCOMPARE(attribute(told[2].records[0].details, u"serial").raw(), u"0916f0"_s);
    }

    void whatIsNoFactOfItsOwnIsKept()
    {
        const auto told = parsedPages(u"passivetotal"_s, u"services"_s, u"198.51.100.7"_s,
                                      {recorded(u"described/passivetotal_services.json"_s)});
        const auto detail = [&told](int observation, int record, QStringView name) {
            return attribute(told[observation].records[record].details, name).raw();
        };
        QCOMPARE(detail(0, 0, u"banner").trimmed(), u"SSH-2.0-OpenSSH_8.2p1"_s);
        QCOMPARE(detail(0, 1, u"certificate_sha1"), u"ab12000000000000000000000000000000000001"_s);
        QCOMPARE(detail(1, 0, u"names"), u"shop.com, www.shop.com"_s);
        QCOMPARE(detail(1, 0, u"serial"), u"ff"_s);
        QCOMPARE(detail(1, 0, u"not_after"), u"2021-09-29T19:21:40Z"_s);
    }
};

WG_TEST(TstDescribedAnswers)
#include "tst_describedanswers.moc"
