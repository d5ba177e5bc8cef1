// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/names.h"
#include "support/runner.h"

#include <QElapsedTimer>
#include <QTest>

using namespace wg;
using namespace Qt::StringLiterals;

/// Which names may have been made for one recipient, and which surely are ordinary.
class TestVictimLabel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ordinaryNamesAreAskedAbout_data();
    void ordinaryNamesAreAskedAbout();
    void generatedNamesAreHeld_data();
    void generatedNamesAreHeld();
    void randomTokensAreNearlyAlwaysHeld();
    void hostileNamesEnd();
};

namespace {

/// Names of services, hosts and people, none of them made for one recipient.
constexpr const char *ordinary[] = {
    "example.com",
    "www.example.com",
    "mail.example.com",
    "ns1.example.com",
    "autodiscover.example.com",
    "ec2-54-1-2-3.compute-1.amazonaws.com",
    "ec2-203-0-113-25.eu-central-1.compute.amazonaws.com",
    "xn--bcher-kva.ch",
    "xn--80aesfpebagmfblc0a.xn--p1ai",
    "www.xn--80aesfpebagmfblc0a.xn--p1ai",
    "cdn-images-production.example.com",
    "n0000123.example.com",
    "_dmarc.example.com",
    "selector1._domainkey.example.com",
    "_3639ac514e785e898d2646601fa951d5.example.com",
    "r3---sn-4g5e6nez.googlevideo.com",
    "rr5---sn-4g5ednsl.googlevideo.com",
    "d111111abcdef8.cloudfront.net",
    "dm2s1mcpzqs1c.cloudfront.net",
    "e1234.dscb.akamaiedge.net",
    "a1952.dscq.akamai.net",
    "scontent-fra3-1.xx.fbcdn.net",
    "static.123-45-67-89.isp.example.net",
    "host-192-0-2-77.example.net",
    "p5dc1a2b3.dip0.t-ipconnect.de",
    "pool-98-126-38-107.nwrknj.fios.verizon.net",
    "98.126.38.107.static.krypt.com",
    "107.38.126.98.in-addr.arpa",
    "b.a.9.8.7.6.5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa",
    "my-loadbalancer-1234567890.us-west-2.elb.amazonaws.com",
    "production-eu-west-1-database-replica-03.example.com",
    "internal-communications-department.example.com",
    "productioncontentdeliverynetwork.example.com",
    "donaudampfschifffahrtsgesellschaft.example.de",
    "llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch.co.uk",
    "www.llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch.co.uk",
    "rechtsschutzversicherung.example.de",
    "angstschweisstreibend.example.de",
    "krankenversicherungsgesellschaften.example.de",
    "vm-2024-11-22-build-0001.example.com",
    "release-2024-11-22t041000z.example.com",
    "20241122041000.example.com",
    "16999999999999999999.example.com",
    "00000000000000000000000000000000.example.com",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.example.com",
    "1234567890.example.com",
    "k8s-default-web-3a1b2c3d4e.example.com",
    "mta-sts.example.com",
    "s3.eu-west-1.amazonaws.com",
    "my.bucket.name.s3.amazonaws.com",
    "protection.outlook.com",
    "example-com.mail.protection.outlook.com",
    "o365spf.example.com",
    "enterpriseregistration.windows.net",
    "clientconfig.passport.net",
    "msftconnecttest.com",
    "softwareupdateservices2024.example.com",
    "windowsserver2019datacenter01.example.com",
    "googlehosted.l.googleusercontent.com",
    "lh3.googleusercontent.com",
    "interfaxru.com",
    "web.archive.org",
    "tracking-protection.cdn.mozilla.net",
    "localhost",
    "xjq8f7a9s8df7a9s8d7f2k3.com",
    "craftsvillahandicraftspvtltd.sc.omtrdc.net",
    "release2024build11version3final.example.com"};

/// Labels as trackers, beacons and canaries make them.
constexpr const char *generated[] = {
    "d41d8cd98f00b204e9800998ecf8427e",
    "da39a3ee5e6b4b0d3255bfef95601890afd80709",
    "5f4dcc3b5aa765d61d8327deb882cf99",
    "9b74c9897bac770ffc029102a200c5de",
    "0cc175b9c0f1b6a831c399e269772661",
    "6d1f01a2b3c4d5e6f7089a1b",
    "1f3870be274f6c49b3e31a0c",
    "123e4567-e89b-12d3-a456-426614174000",
    "550e8400-e29b-41d4-a716-446655440000",
    "f47ac10b-58cc-4372-a567-0e02b2c3d479",
    "id-d41d8cd98f00b204e9800998ecf8427e",
    "d41d8cd98f00b204e9800998ecf8427e-mail",
    "c23b2la0kl1krjcrdj10cndmnioyyyyyn",
    "9pe2dl8fh8gjxv3zkj0d1tpo2",
    "zgv2aw5ldc1pzc0xmjm0nty3odkw",
    "mfrggzdfmztwq2lknnwg23tpoa",
    "nbswy3dpeb3w64tmmqqhi2djomqgs4za",
    "orsxg5baon2he2lom4qgm33seb2gq2lt",
    "krugs4zanfzsaylomqwgc3tfebzwk3te",
    "x7k2p9q4m1z8v3b6n5c0l",
    "q1w2e3r4t5y6u7i8o9p0a",
    "u3kd82jf92kd83hf72kd92jf",
    "ab12cd34ef56gh78ij90kl",
    "t0k3n8x2r7v5m1q9z4w6p",
    "bhgfdsxcvtrpqlkjzmnbvcxw",
    "wqxzkvbnmtrpdfghjklcsywq",
    "4f9a1c7e2b8d3056af17",
    "user-9f8e7d6c5b4a39281706f5e4",
    "7h2k9d4j1m6n3p8q5r0s",
    "deadbeefcafe1234567890abcdef",
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"};

} // namespace

void TestVictimLabel::ordinaryNamesAreAskedAbout_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : ordinary)
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestVictimLabel::ordinaryNamesAreAskedAbout()
{
    QFETCH(QString, name);
    QVERIFY(!looksPerVictim(name));
}

void TestVictimLabel::generatedNamesAreHeld_data()
{
    QTest::addColumn<QString>("name");
    for (const char *label : generated)
        QTest::newRow(label) << QString::fromLatin1(label) + u".phish.example.com"_s;
    QTest::newRow("deeper") << u"www.d41d8cd98f00b204e9800998ecf8427e.a.example.com"_s;
    QTest::newRow("behind a platform") << u"d41d8cd98f00b204e9800998ecf8427e.herokuapp.com"_s;
}

void TestVictimLabel::generatedNamesAreHeld()
{
    QFETCH(QString, name);
    QVERIFY(looksPerVictim(name));
}

void TestVictimLabel::randomTokensAreNearlyAlwaysHeld()
{
    QRandomGenerator random(17);
    const auto heldOf = [&random](const QString &alphabet, int length) {
        int held = 0;
        for (int i = 0; i < 1000; ++i) {
            QString label;
            for (int k = 0; k < length; ++k)
                label += alphabet.at(random.bounded(int(alphabet.size())));
            held += looksPerVictim(label + u".example.com"_s);
        }
        return held;
    };
    QVERIFY(heldOf(u"0123456789abcdef"_s, 32) >= 999);
    QVERIFY(heldOf(u"0123456789abcdef"_s, 24) >= 985);
    QVERIFY(heldOf(u"abcdefghijklmnopqrstuvwxyz234567"_s, 26) >= 930);
    QVERIFY(heldOf(u"abcdefghijklmnopqrstuvwxyz0123456789"_s, 24) >= 950);
}

void TestVictimLabel::hostileNamesEnd()
{
    QVERIFY(!looksPerVictim({}));
    QVERIFY(!looksPerVictim(QString(100, u'.')));
    QVERIFY(!looksPerVictim(QString(100, u'-') + u".example.com"_s));
    QElapsedTimer timer;
    timer.start();
    looksPerVictim(u"a1b2."_s.repeated(50) + u"com"_s);
    looksPerVictim(QString(1'000'000, u'a'));
    QVERIFY(timer.elapsed() < 2000);
}

WG_TEST(TestVictimLabel)
#include "tst_victimlabel.moc"
