// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/address.h"
#include "support/runner.h"

#include <QTest>

using namespace wg;
using namespace Qt::StringLiterals;

/// Addresses and networks: strict reading, RFC 5952 writing, arithmetic.
class TestAddress : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesTheFormOfRfc5952_data();
    void writesTheFormOfRfc5952();
    void refusesWhatIsNoAddress_data();
    void refusesWhatIsNoAddress();
    void everyAddressReadsBackAsItself();
    void cutTextNeverReadsAsTheWhole();
    void networksAreMaskedToTheirFirstAddress();
    void refusesWhatIsNoNetwork();
    void networksKnowTheirMembersAndTheirEnd();
    void neighboursShareAPrefix();
    void theSmallestNetworkHoldsBothEnds();
    void reverseNamesFollowTheirZones();
    void sortKeysOrderAddresses();
    void artifactsCarryTheFamily();
};

namespace {

IpAddress address(const QString &text)
{
    const auto parsed = parseAddress(text);
    if (!parsed)
        qFatal("not an address: %s", qPrintable(text));
    return *parsed;
}

} // namespace

void TestAddress::writesTheFormOfRfc5952_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("canonical");
    const QList<std::pair<QString, QString>> vectors{
        {u"192.0.2.1"_s, u"192.0.2.1"_s},
        {u"0.0.0.0"_s, u"0.0.0.0"_s},
        {u"255.255.255.255"_s, u"255.255.255.255"_s},
        {u"2001:db8:0:0:1:0:0:1"_s, u"2001:db8::1:0:0:1"_s},
        {u"2001:0db8::0001"_s, u"2001:db8::1"_s},
        {u"2001:db8:0:0:0:0:2:1"_s, u"2001:db8::2:1"_s},
        {u"2001:db8:0:1:1:1:1:1"_s, u"2001:db8:0:1:1:1:1:1"_s},
        {u"2001:db8::1:1:1:1:1"_s, u"2001:db8:0:1:1:1:1:1"_s},
        {u"2001:0:0:1:0:0:0:1"_s, u"2001:0:0:1::1"_s},
        {u"2001:DB8::ABCD"_s, u"2001:db8::abcd"_s},
        {u"::"_s, u"::"_s},
        {u"::1"_s, u"::1"_s},
        {u"1::"_s, u"1::"_s},
        {u"1:0:0:0:0:0:0:0"_s, u"1::"_s},
        {u"0:0:0:0:0:0:0:2"_s, u"::2"_s},
        {u"0:1:2:3:4:5:6:7"_s, u"0:1:2:3:4:5:6:7"_s},
        {u"1:2:3:4:5:6:7::"_s, u"1:2:3:4:5:6:7:0"_s},
        {u"::ffff:192.0.2.1"_s, u"192.0.2.1"_s},
        {u"::FFFF:c000:0201"_s, u"192.0.2.1"_s},
        {u"64:ff9b::192.0.2.33"_s, u"64:ff9b::c000:221"_s},
        {u"fe80::1:2:3:255.254.253.252"_s, u"fe80::1:2:3:fffe:fdfc"_s},
    };
    for (const auto &[text, canonical] : vectors)
        QTest::newRow(qPrintable(text)) << text << canonical;
}

void TestAddress::writesTheFormOfRfc5952()
{
    QFETCH(QString, text);
    QFETCH(QString, canonical);
    QCOMPARE(address(text).text(), canonical);
    QCOMPARE(address(canonical), address(text));
}

void TestAddress::refusesWhatIsNoAddress_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"",
                             " ",
                             ".",
                             "...",
                             "127.1",
                             "1.2.3",
                             "1.2.3.4.5",
                             "999.1.1.1",
                             "256.0.0.1",
                             "01.2.3.4",
                             "1.2.3.04",
                             "0x7f.0.0.1",
                             "1.2.3.4 ",
                             " 1.2.3.4",
                             "1.2.3.-4",
                             "1.2.3.+4",
                             "1..3.4",
                             "1.2.3.",
                             ".1.2.3",
                             "2130706433",
                             ":",
                             ":::",
                             "1::2::3",
                             "1:2:3:4:5:6:7",
                             "12345::",
                             "1:2:3:4:5:6:7:8:9",
                             "1:2:3:4:5:6:7:8::",
                             "::1:2:3:4:5:6:7:8",
                             ":1",
                             "1:",
                             ":1::2",
                             "g::",
                             "fe80::1%eth0",
                             "[::1]",
                             "::1/128",
                             "1.2.3.4::",
                             "::1.2.3",
                             "::1.2.3.4.5",
                             "::1.2.3.256",
                             "::1.2.3.4:5",
                             "1:2:3:4:5:6:7:1.2.3.4",
                             "::ffff:1.2.3.4 ",
                             "2001:db8::-1",
                             "1:2:3:4:5:6::7:8",
                             "0000:0000:0000:0000:0000:0000:0000:0000:0000:0000"})
        QTest::newRow(text) << QString::fromLatin1(text);
    QTest::newRow("arabic digits") << u"١.٢.٣.٤"_s;
    QTest::newRow("wide digits") << u"１.２.３.４"_s;
    QTest::newRow("wide hex letters") << u"２００１::ａ"_s;
    QTest::newRow("zero byte") << QString(u"1.2.3.4"_s + QChar(0));
    QTest::newRow("ten million digits") << QString(10'000'000, u'1');
    QTest::newRow("ten million colons") << QString(10'000'000, u':');
}

void TestAddress::refusesWhatIsNoAddress()
{
    QFETCH(QString, text);
    QVERIFY(!parseAddress(text));
}

void TestAddress::everyAddressReadsBackAsItself()
{
    QRandomGenerator random(7);
    for (int i = 0; i < 20'000; ++i) {
        IpAddress a;
        a.v6 = i % 2 == 0;
        for (std::size_t b = 0; b < (a.v6 ? 16 : 4); ++b)
            a.bytes[b] = random.bounded(3) == 0 ? quint8(random.bounded(256)) : quint8(0);
        const auto again = parseAddress(a.text());
        QVERIFY2(again, qPrintable(a.text()));
        QCOMPARE(again->text(), a.text());
        QCOMPARE(again->bytes, a.bytes);
    }
}

void TestAddress::cutTextNeverReadsAsTheWhole()
{
    for (const QString &whole :
         {u"192.0.2.123"_s, u"2001:db8:1:2:3:4:5:6"_s, u"2001:db8::192.0.2.1"_s}) {
        const auto full = address(whole);
        for (qsizetype size = 0; size < whole.size(); ++size) {
            const auto cut = parseAddress(QStringView(whole).first(size));
            QVERIFY(!cut || *cut != full);
        }
    }
}

void TestAddress::networksAreMaskedToTheirFirstAddress()
{
    QCOMPARE(parseNetwork(u"192.0.2.77/24")->text(), u"192.0.2.0/24"_s);
    QCOMPARE(parseNetwork(u"192.0.2.77/29")->text(), u"192.0.2.72/29"_s);
    QCOMPARE(parseNetwork(u"192.0.2.77/0")->text(), u"0.0.0.0/0"_s);
    QCOMPARE(parseNetwork(u"192.0.2.77/32")->text(), u"192.0.2.77/32"_s);
    QCOMPARE(parseNetwork(u"2001:db8:ffff::1/33")->text(), u"2001:db8:8000::/33"_s);
    QCOMPARE(parseNetwork(u"2001:db8::1/128")->text(), u"2001:db8::1/128"_s);
    QCOMPARE(parseNetwork(u"::ffff:192.0.2.77/120")->text(), u"192.0.2.0/24"_s);
}

void TestAddress::refusesWhatIsNoNetwork()
{
    for (const char *text : {"", "/", "192.0.2.0", "192.0.2.0/", "192.0.2.0/33", "192.0.2.0/-1",
                             "192.0.2.0/08", "192.0.2.0/8/8", "/8", "2001:db8::/129", "2001:db8::/",
                             "192.0.2/24", "::ffff:192.0.2.0/24", "192.0.2.0/24 ", "192.0.2.0/1e1",
                             "192.0.2.0/99999999999999999999"})
        QVERIFY2(!parseNetwork(QString::fromLatin1(text)), text);
}

void TestAddress::networksKnowTheirMembersAndTheirEnd()
{
    const auto network = *parseNetwork(u"198.51.100.64/26");
    QCOMPARE(network.last().text(), u"198.51.100.127"_s);
    QVERIFY(network.contains(address(u"198.51.100.64"_s)));
    QVERIFY(network.contains(address(u"198.51.100.127"_s)));
    QVERIFY(!network.contains(address(u"198.51.100.128"_s)));
    QVERIFY(!network.contains(address(u"198.51.100.63"_s)));
    QVERIFY(!network.contains(address(u"2001:db8::1"_s)));
    QCOMPARE(parseNetwork(u"2001:db8::/32")->last().text(),
             u"2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"_s);
    QVERIFY(parseNetwork(u"0.0.0.0/0")->contains(address(u"255.255.255.255"_s)));
    QVERIFY(!parseNetwork(u"0.0.0.0/0")->contains(address(u"::"_s)));
}

void TestAddress::neighboursShareAPrefix()
{
    QCOMPARE(neighbourhood(address(u"203.0.113.9"_s)).text(), u"203.0.113.0/24"_s);
    QCOMPARE(neighbourhood(address(u"2001:db8:1:2:3:4:5:6"_s)).text(), u"2001:db8:1:2::/64"_s);
}

void TestAddress::theSmallestNetworkHoldsBothEnds()
{
    const auto range = [](const QString &first, const QString &last) {
        return networkOfRange(address(first), address(last)).text();
    };
    QCOMPARE(range(u"192.0.2.0"_s, u"192.0.2.255"_s), u"192.0.2.0/24"_s);
    QCOMPARE(range(u"192.0.2.0"_s, u"192.0.3.255"_s), u"192.0.2.0/23"_s);
    QCOMPARE(range(u"192.0.2.9"_s, u"192.0.2.9"_s), u"192.0.2.9/32"_s);
    QCOMPARE(range(u"192.0.2.127"_s, u"192.0.2.128"_s), u"192.0.2.0/24"_s);
    QCOMPARE(range(u"0.0.0.0"_s, u"255.255.255.255"_s), u"0.0.0.0/0"_s);
    QCOMPARE(range(u"2001:db8::"_s, u"2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"_s),
             u"2001:db8::/32"_s);
    QCOMPARE(range(u"192.0.2.9"_s, u"2001:db8::"_s), u"192.0.2.9/32"_s);
}

void TestAddress::reverseNamesFollowTheirZones()
{
    QCOMPARE(reverseName(address(u"192.0.2.1"_s)), u"1.2.0.192.in-addr.arpa"_s);
    QCOMPARE(reverseName(address(u"2001:db8::567:89ab"_s)),
             u"b.a.9.8.7.6.5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa"_s);
}

void TestAddress::sortKeysOrderAddresses()
{
    const QStringList ordered{
        u"::"_s,         u"::1"_s,        u"0.0.0.0"_s,     u"9.255.255.255"_s,
        u"10.0.0.0"_s,   u"192.0.2.2"_s,  u"192.0.2.10"_s,  u"255.255.255.255"_s,
        u"64:ff9b::1"_s, u"2001:db8::"_s, u"2001:db8::1"_s, u"ff02::1"_s};
    for (qsizetype i = 0; i + 1 < ordered.size(); ++i) {
        const auto key = address(ordered[i]).sortKey();
        QCOMPARE(key.size(), 16);
        QVERIFY2(key < address(ordered[i + 1]).sortKey(), qPrintable(ordered[i]));
    }
}

void TestAddress::artifactsCarryTheFamily()
{
    QCOMPARE(address(u"192.0.2.1"_s).artifact(), (Artifact{ArtifactKind::Ipv4, u"192.0.2.1"_s}));
    QCOMPARE(address(u"2001:DB8::1"_s).artifact(),
             (Artifact{ArtifactKind::Ipv6, u"2001:db8::1"_s}));
    QCOMPARE(address(u"::ffff:192.0.2.1"_s).artifact().kind, ArtifactKind::Ipv4);
}

WG_TEST(TestAddress)
#include "tst_address.moc"
