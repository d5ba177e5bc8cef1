// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/address.h"
#include "support/runner.h"

#include <QTest>

using namespace wg;
using namespace Qt::StringLiterals;

/// What may be asked about outside, and what never.
class TestReach : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void localAddressesStayHere_data();
    void localAddressesStayHere();
    void addressesOfExamplesAreDocumentation();
    void neighboursOfSpecialNetworksArePublic();
    void localNamesStayHere_data();
    void localNamesStayHere();
    void namesOfExamplesAreDocumentation();
    void ordinaryNamesArePublic();
    void reverseNamesFollowTheirNetwork();
    void otherArtifactsFollowWhatTheyName();
};

namespace {

Reach reach(const QString &text)
{
    const auto parsed = parseAddress(text);
    if (!parsed)
        qFatal("not an address: %s", qPrintable(text));
    return reachOf(*parsed);
}

} // namespace

void TestReach::localAddressesStayHere_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"0.0.0.0",
                             "0.255.255.255",
                             "10.0.0.0",
                             "10.255.255.255",
                             "100.64.0.0",
                             "100.127.255.255",
                             "127.0.0.1",
                             "127.255.255.255",
                             "169.254.0.1",
                             "169.254.255.255",
                             "172.16.0.0",
                             "172.31.255.255",
                             "192.0.0.1",
                             "192.168.0.0",
                             "192.168.255.255",
                             "198.18.0.0",
                             "198.19.255.255",
                             "224.0.0.1",
                             "239.255.255.255",
                             "240.0.0.0",
                             "255.255.255.255",
                             "::",
                             "::1",
                             "::2",
                             "fc00::1",
                             "fdff::1",
                             "fe80::1",
                             "febf::1",
                             "fec0::1",
                             "ff02::1",
                             "100::1",
                             "64:ff9b::10.0.0.1",
                             "64:ff9b:1::1",
                             "2002:a00:1::1",
                             "2002:c0a8:101::",
                             "2001:2::1",
                             "2001:10::1",
                             "2001:20::1",
                             "5f00::1",
                             "4000::1",
                             "::192.0.2.1"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void TestReach::localAddressesStayHere()
{
    QFETCH(QString, text);
    QCOMPARE(reach(text), Reach::Private);
}

void TestReach::addressesOfExamplesAreDocumentation()
{
    for (const char *text : {"192.0.2.0", "192.0.2.255", "198.51.100.7", "203.0.113.9",
                             "2001:db8::", "2001:db8:ffff::1", "3fff::1", "3fff:fff:ffff::1",
                             "64:ff9b::192.0.2.1", "2002:c000:201::1"})
        QCOMPARE(reach(QString::fromLatin1(text)), Reach::Documentation);
}

void TestReach::neighboursOfSpecialNetworksArePublic()
{
    for (const char *text : {"1.0.0.0",          "9.255.255.255",   "11.0.0.0",
                             "100.63.255.255",   "100.128.0.0",     "126.255.255.255",
                             "128.0.0.0",        "169.253.255.255", "169.255.0.0",
                             "172.15.255.255",   "172.32.0.0",      "191.255.255.255",
                             "192.0.1.0",        "192.0.3.0",       "192.167.255.255",
                             "192.169.0.0",      "198.17.255.255",  "198.20.0.0",
                             "198.51.99.255",    "198.51.101.0",    "203.0.112.255",
                             "203.0.114.0",      "223.255.255.255", "98.126.38.107",
                             "2000::",           "2001:db7:ffff::", "2001:db9::",
                             "2606:4700::1111",  "3ffe::1",         "3fff:1000::1",
                             "64:ff9b::8.8.8.8", "2002:808:808::1", "2001:4860:4860::8888"})
        QVERIFY2(reach(QString::fromLatin1(text)) == Reach::Public, text);
}

void TestReach::localNamesStayHere_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"localhost",
                             "printer",
                             "com",
                             "www.localhost",
                             "nas.local",
                             "db.internal",
                             "a.intranet",
                             "x.private",
                             "dc01.corp",
                             "router.home",
                             "box.lan",
                             "nas.home.arpa",
                             "home.arpa",
                             "duckduckgogg42xjoc72x3sjasowoarfbgcmvfimaftt6twagswzczad.onion",
                             "stats.i2p",
                             "a.invalid",
                             "name.alt",
                             "host.localdomain",
                             "1.0.168.192.in-addr.arpa",
                             "168.192.in-addr.arpa",
                             "10.in-addr.arpa",
                             "1.0.0.127.in-addr.arpa",
                             "d.f.ip6.arpa"})
        QTest::newRow(name) << QString::fromLatin1(name);
    QTest::newRow("reverse of ::1") << reverseName(*parseAddress(u"::1"));
}

void TestReach::localNamesStayHere()
{
    QFETCH(QString, name);
    QCOMPARE(reachOfName(name), Reach::Private);
}

void TestReach::namesOfExamplesAreDocumentation()
{
    for (const QString &name : {u"www.example"_s, u"a.b.test"_s, u"1.2.0.192.in-addr.arpa"_s,
                                u"8.b.d.0.1.0.0.2.ip6.arpa"_s})
        QCOMPARE(reachOfName(name), Reach::Documentation);
}

void TestReach::ordinaryNamesArePublic()
{
    for (const QString &name :
         {u"example.com"_s, u"www.example.org"_s, u"example.net"_s, u"interfaxru.com"_s,
          u"local.example.com"_s, u"home.arpa.example.com"_s, u"arpa.com"_s, u"notlocal.de"_s,
          u"test.de"_s, u"xn--bcher-kva.ch"_s, u"e164.arpa"_s, u"in-addr.arpa.net"_s,
          u"myhome.arpa"_s})
        QCOMPARE(reachOfName(name), Reach::Public);
}

void TestReach::reverseNamesFollowTheirNetwork()
{
    QCOMPARE(reachOfName(u"8.8.8.8.in-addr.arpa"_s), Reach::Public);
    QCOMPARE(reachOfName(u"192.in-addr.arpa"_s), Reach::Public);
    QCOMPARE(reachOfName(u"in-addr.arpa"_s), Reach::Public);
    QCOMPARE(reachOfName(u"172.in-addr.arpa"_s), Reach::Public);
    QCOMPARE(reachOfName(u"9.0/25.1.168.192.in-addr.arpa"_s), Reach::Private);
    QCOMPARE(reachOfName(u"300.168.192.in-addr.arpa"_s), Reach::Private);
    QCOMPARE(reachOfName(u"1.2.3.4.5.6.8.8.8.8.in-addr.arpa"_s), Reach::Public);
    QCOMPARE(reachOfName(reverseName(*parseAddress(u"2606:4700::1111"))), Reach::Public);
}

void TestReach::otherArtifactsFollowWhatTheyName()
{
    const auto of = [](ArtifactKind kind, const QString &value) {
        return reachOf(Artifact{kind, value});
    };
    QCOMPARE(of(ArtifactKind::Domain, u"www.example.com"_s), Reach::Public);
    QCOMPARE(of(ArtifactKind::Ipv4, u"10.1.2.3"_s), Reach::Private);
    QCOMPARE(of(ArtifactKind::Ipv6, u"2001:db8::1"_s), Reach::Documentation);
    QCOMPARE(of(ArtifactKind::Cidr, u"192.168.0.0/24"_s), Reach::Private);
    QCOMPARE(of(ArtifactKind::Cidr, u"8.8.8.0/24"_s), Reach::Public);
    QCOMPARE(of(ArtifactKind::Cidr, u"0.0.0.0/0"_s), Reach::Private);
    QCOMPARE(of(ArtifactKind::Cidr, u"nonsense"_s), Reach::Private);
    QCOMPARE(of(ArtifactKind::Email, u"a@dc.corp"_s), Reach::Private);
    QCOMPARE(of(ArtifactKind::Email, u"a@example.com"_s), Reach::Public);
    QCOMPARE(of(ArtifactKind::Url, u"http://127.0.0.1:8080/x"_s), Reach::Private);
    QCOMPARE(of(ArtifactKind::Url, u"https://example.com/x"_s), Reach::Public);
    QCOMPARE(of(ArtifactKind::Url, u"http://127.1/"_s), Reach::Private);
    QCOMPARE(of(ArtifactKind::NameServer, u"ns1.corp"_s), Reach::Private);
    QCOMPARE(of(ArtifactKind::Asn, u"64500"_s), Reach::Public);
    QCOMPARE(of(ArtifactKind::Domain, QString()), Reach::Private);
}

WG_TEST(TestReach)
#include "tst_reach.moc"
