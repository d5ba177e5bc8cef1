// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/rdapbootstrap.h"

#include "support/runner.h"

#include <QFile>
#include <QTest>

using namespace wg;
using namespace Qt::StringLiterals;

namespace {

QByteArray fixture(const QString &name)
{
    QFile file(QStringLiteral(TEST_DATA "/rdap/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unread");
}

Artifact domain(const QString &name)
{
    return {ArtifactKind::Domain, name};
}

Artifact address(const QString &text)
{
    return {text.contains(u':') ? ArtifactKind::Ipv6 : ArtifactKind::Ipv4, text};
}

} // namespace

/// IANA's bootstrap files, recorded and malformed.
class tst_RdapBootstrap : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsIanasFiles_data();
    void readsIanasFiles();
    void findsTheServiceOfADomain();
    void findsTheServiceOfAnAddress();
    void theLongestLabelWins();
    void brokenFilesAreMalformed_data();
    void brokenFilesAreMalformed();
    void brokenEntriesArePassedOver();
    void everyCutIsAResult();
    void thereIsOneSlash_data();
    void thereIsOneSlash();
};

void tst_RdapBootstrap::readsIanasFiles_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<RdapRegistry>("registry");
    QTest::addColumn<int>("services");
    QTest::newRow("dns 2024 0Z") << u"iana_dns_2024-07-25T00Z.json"_s << RdapRegistry::Dns << 608;
    QTest::newRow("dns 2024 22Z") << u"iana_dns_2024-07-25T22Z.json"_s << RdapRegistry::Dns << 603;
    QTest::newRow("dns 2025") << u"iana_dns_2025-11-06.json"_s << RdapRegistry::Dns << 597;
    QTest::newRow("ipv4") << u"iana_ipv4_2019-06-07.json"_s << RdapRegistry::Ipv4 << 5;
    QTest::newRow("ipv6") << u"iana_ipv6_2019-11-06.json"_s << RdapRegistry::Ipv6 << 5;
    QTest::newRow("ipv6 cut") << u"iana_ipv6_2019-03-12_apnic-only.json"_s << RdapRegistry::Ipv6
                              << 1;
}

void tst_RdapBootstrap::readsIanasFiles()
{
    QFETCH(QString, file);
    QFETCH(RdapRegistry, registry);
    const auto read = RdapBootstrap::parse(fixture(u"bootstrap/"_s + file), registry);
    QVERIFY(read.ok());
    QTEST(int(read->services()), "services");
    QVERIFY(!read->hosts().isEmpty());
}

void tst_RdapBootstrap::findsTheServiceOfADomain()
{
    const auto dns =
        RdapBootstrap::parse(fixture(u"bootstrap/iana_dns_2025-11-06.json"_s), RdapRegistry::Dns);
    QVERIFY(dns.ok());
    QCOMPARE(dns->baseFor(domain(u"google.com"_s)), QUrl(u"https://rdap.verisign.com/com/v1/"_s));
    QCOMPARE(rdapUrl(dns->baseFor(domain(u"google.com"_s)), domain(u"google.com"_s)),
             QUrl(u"https://rdap.verisign.com/com/v1/domain/google.com"_s));
    QVERIFY(dns->baseFor(domain(u"x.no-such-tld"_s)).isEmpty());
    QVERIFY(dns->hosts().contains(u"rdap.verisign.com"_s));
}

void tst_RdapBootstrap::findsTheServiceOfAnAddress()
{
    const auto v4 =
        RdapBootstrap::parse(fixture(u"bootstrap/iana_ipv4_2019-06-07.json"_s), RdapRegistry::Ipv4);
    const auto v6 =
        RdapBootstrap::parse(fixture(u"bootstrap/iana_ipv6_2019-11-06.json"_s), RdapRegistry::Ipv6);
    QVERIFY(v4.ok() && v6.ok());
    QCOMPARE(v4->baseFor(address(u"1.1.1.1"_s)).host(), u"rdap.apnic.net"_s);
    QCOMPARE(v4->baseFor(address(u"8.8.8.8"_s)).host(), u"rdap.arin.net"_s);
    QCOMPARE(v4->baseFor(address(u"193.0.6.139"_s)).host(), u"rdap.db.ripe.net"_s);
    QVERIFY(v4->baseFor(address(u"127.0.0.1"_s)).isEmpty());
    QCOMPARE(v6->baseFor(address(u"2001:67c:2e8::1"_s)).host(), u"rdap.db.ripe.net"_s);
    QCOMPARE(rdapUrl(v6->baseFor(address(u"2400:cb00::1"_s)), address(u"2400:cb00::1"_s)),
             QUrl(u"https://rdap.apnic.net/ip/2400:cb00::1"_s));
}

void tst_RdapBootstrap::theLongestLabelWins()
{
    const auto dns =
        RdapBootstrap::parse(fixture(u"bootstrap-malformed/dns_complex.json"_s), RdapRegistry::Dns);
    QVERIFY(dns.ok());
    QCOMPARE(dns->baseFor(domain(u"a.sub.example.com"_s)), QUrl(u"https://example.com/sub"_s));
    QCOMPARE(dns->baseFor(domain(u"xsub.example.com"_s)), QUrl(u"https://example.com"_s));
    QCOMPARE(dns->baseFor(domain(u"a.org"_s)), QUrl(u"https://example.root"_s));
}

void tst_RdapBootstrap::brokenFilesAreMalformed_data()
{
    QTest::addColumn<QByteArray>("bytes");
    for (const auto &name :
         {u"404_html_instead_of_json.html"_s, u"dns_empty.json"_s, u"dns_syntax_error.json"_s})
        QTest::newRow(qPrintable(name)) << fixture(u"bootstrap-malformed/"_s + name);
    QTest::newRow("array") << QByteArray("[]");
    QTest::newRow("no services") << QByteArray("{}");
    QTest::newRow("wrong type") << QByteArray(R"({"services":"none"})");
    QTest::newRow("wrong depth") << QByteArray(R"({"services":["com",["https://x.org"]]})");
    QTest::newRow("deep") << QByteArray(R"({"services":)" + QByteArray(100000, '['));
    QTest::newRow("garbage") << QByteArray(10 << 20, '\x81');
}

void tst_RdapBootstrap::brokenFilesAreMalformed()
{
    QFETCH(QByteArray, bytes);
    QVERIFY(bytes != "unread");
    const auto read = RdapBootstrap::parse(bytes, RdapRegistry::Dns);
    QVERIFY(!read.ok());
    QCOMPARE(read.error().code, ErrorCode::Malformed);
    QVERIFY(read.error().detail.contains(u"dns.json"_s));
}

void tst_RdapBootstrap::brokenEntriesArePassedOver()
{
    const auto services = RdapBootstrap::parse(
        fixture(u"bootstrap-malformed/dns_bad_services.json"_s), RdapRegistry::Dns);
    QVERIFY(services.ok());
    QCOMPARE(services->services(), 3);
    const auto urls =
        RdapBootstrap::parse(fixture(u"bootstrap-malformed/dns_bad_url.json"_s), RdapRegistry::Dns);
    QVERIFY(urls.ok());
    QCOMPARE(urls->baseFor(domain(u"x.br"_s)), QUrl(u"https://rdap.registro.br/"_s));
    QVERIFY(urls->baseFor(domain(u"x.example"_s)).isEmpty());
    const auto odd = RdapBootstrap::parse(
        R"({"services":[[["com"],["ftp://x.org","https://u:p@x.org","javascript:1","http://plain.org/"]],null,[["net"],7],[7,["https://y.org"]]]})",
        RdapRegistry::Dns);
    QVERIFY(odd.ok());
    QCOMPARE(odd->baseFor(domain(u"a.com"_s)), QUrl(u"http://plain.org/"_s));
    QVERIFY(odd->baseFor(domain(u"a.net"_s)).isEmpty());
}

void tst_RdapBootstrap::everyCutIsAResult()
{
    const QByteArray whole = fixture(u"bootstrap-malformed/dns_complex.json"_s);
    for (qsizetype size = 0; size < whole.trimmed().size(); ++size)
        QVERIFY(!RdapBootstrap::parse(whole.first(size), RdapRegistry::Dns).ok());
}

void tst_RdapBootstrap::thereIsOneSlash_data()
{
    QTest::addColumn<QString>("base");
    QTest::addColumn<QString>("url");
    QTest::newRow("none") << u"https://rdap.nic.cz"_s << u"https://rdap.nic.cz/domain/a.cz"_s;
    QTest::newRow("one") << u"https://rdap.nic.cz/"_s << u"https://rdap.nic.cz/domain/a.cz"_s;
    QTest::newRow("two") << u"https://rdap.nic.cz/v1//"_s
                         << u"https://rdap.nic.cz/v1/domain/a.cz"_s;
    QTest::newRow("port") << u"https://rdap.nic.cz:8443/v1#x"_s
                          << u"https://rdap.nic.cz:8443/v1/domain/a.cz"_s;
}

void tst_RdapBootstrap::thereIsOneSlash()
{
    QFETCH(QString, base);
    QFETCH(QString, url);
    QCOMPARE(rdapUrl(QUrl(base), domain(u"a.cz"_s)), QUrl(url));
}

WG_TEST(tst_RdapBootstrap)
#include "tst_rdapbootstrap.moc"
