// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/names.h"
#include "support/cputime.h"
#include "support/runner.h"

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
    void randomTokensAreNearlyAlwaysHeld_data();
    void randomTokensAreNearlyAlwaysHeld();
    void labelsThatPeopleWriteAreNot();
    void theRegisteredDomainItselfIsNoLabelOfAVictim();
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
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    "7b9f1c3e5a2d4f68",
    "x9f3k2q8z7v1m4p6",
    "id_7b9f1c3e5a2d4f68"};

/// Labels as operators choose them, long ones above all, in several languages.
constexpr const char *honestLabels =
    "www mail smtp autodiscover autoconfig enterpriseenrollment enterpriseregistration "
    "lyncdiscover "
    "webmail-exchange outlook-autodiscover mail-relay-outbound-01 mailoutbound20160912a "
    "smtp-out-gateway-frankfurt mx-inbound-smtp-relay antispamgateway2023 bounce-handling-service "
    "newslettersubscriptions unsubscribe-preferences transactionalmail01 o365-hybrid-connector "
    "ec2-203-0-113-25 ip-10-20-30-40 host-203-0-113-25 static-203-0-113-25 pool-98-126-38-107 "
    "dhcp-192-0-2-77 adsl-203-0-113-25-pool cpe-203-0-113-25 c-203-0-113-25 "
    "203x0x113x25 203x141x142x163 host203x0x113x25 ip10x20x30x40dyn 203-0-113-25-static "
    "20010db8000000000000000000000001 ptr-203-0-113-25-reverse customer-203-0-113-25 "
    "dynamic-203-0-113-25-adsl ppp203113025 dsl20301130250001 broadbanduser203113 "
    "productioncontentdeliverynetwork internalcommunications2024 softwareupdateservices2024 "
    "windowsserver2019datacenter01 windowsserver2022standard ubuntuserver2204lts "
    "release2024build11version3final release-candidate-2024-11-22 build20241122rc1 "
    "20241122t041000z 2024-11-22-backup backup-20241122-full snapshot20241122041000 "
    "nightlybuild20241122 version10build19045 v20241122production migration2023phase2 "
    "summercampaign2024 blackfriday2024offers wintersale2023landing conference2025registration "
    "worldcup2026qualifiers olympics2024livestream election2024results budget2024consultation "
    "customerrelationshipmanagement enterpriseresourceplanning identityandaccessmanagement "
    "businessintelligencedashboard continuousintegration artifactory-production "
    "kubernetes-dashboard prometheus-alertmanager grafana-observability elasticsearch-master-0 "
    "kafka-broker-03-eu-west-1 zookeeper-quorum-2 postgresql-primary-01 mysqlreplica03frankfurt "
    "redis-cluster-node-7 rabbitmq-management jenkins-agent-linux-amd64 gitlabrunner01production "
    "sonarqubequalitygate vaultserver01primary consulserver-dc1-03 nomadclient-prod-12 "
    "database-replica-production-eu-central-1 loadbalancer01external applicationgateway2westeurope "
    "frontend-staging-us-east-1 webserver01datacenter02 appserver12frankfurt03 "
    "storageaccountwesteurope01 contosoproductionstorage mycompanybackupbucket2024 "
    "my-bucket-name-for-static-assets company-website-assets-production "
    "companyname-terraform-state-eu-west-1 logs-archive-cold-storage-2023 "
    "static-assets-cdn-production images-resized-thumbnails mediaconvertoutput2024 "
    "videostreamingplatform livestreamingserver01 content-delivery-edge-07 edgecacheamsterdam03 "
    "customer-success-portal partnerportal-sandbox developerdocumentation apidocumentationv2 "
    "developer-sandbox-environment integrationtesting03 userinterfacecomponents "
    "designsystemstorybook feature-flag-management single-sign-on-production singlesignonservice "
    "oauth2-authorization-server identityprovider01 federationservices2016 activedirectory01sync "
    "remotedesktopgateway2 citrixnetscalergateway vpn-concentrator-amsterdam globalprotectportal "
    "checkpointfirewall01 fortigate100f-branch04 paloaltonetworks5220 ciscoasa5525x-primary "
    "juniper-mx480-core-router ge-0-0-1-core1 xe-1-2-0-edge-router ae12-core-fra3 "
    "te0-0-2-3-ccr22-lon13 bundle-ether15-pe01 hundredgige0-0-0-12 100ge10-1-core1-fra1 "
    "be2345-ccr41-fra03 r3---sn-4g5e6nez d111111abcdef8 dm2s1mcpzqs1c e1234-dscb a1952-dscq "
    "donaudampfschifffahrtsgesellschaft rechtsschutzversicherung angstschweisstreibend "
    "krankenversicherungsgesellschaften bundesausbildungsfoerderung strassenverkehrsordnung "
    "geschwindigkeitsbegrenzung grundstuecksverkehrsgenehmigung arbeiterunfallversicherung "
    "unabhaengigkeitserklaerung fussballweltmeisterschaft weihnachtsmarktnuernberg2024 "
    "llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch hottentottententententoonstelling "
    "arbeidsongeschiktheidsverzekering chemischereinigung wetenschappelijkonderzoek "
    "anticonstitutionnellement developpementdurable assurancecomplementaire "
    "administraciondelestado ayuntamientodemadrid municipalidadprovincial desarrollosostenible "
    "prefeituramunicipaldesaopaulo universidadefederaldoparana secretariadeeducacao "
    "regioneemiliaromagna precipitevolissimevolmente comunedireggioemilia "
    "ubezpieczeniasamochodowe szczepienieprzeciwcovid przedsiebiorstwoprodukcyjne "
    "najprzydatniejszestrony zakladubezpieczenspolecznych nejneobhospodarovavatelnejsimi "
    "lentokonesuihkuturbiinimoottori opintotukilautakunta kansanelakelaitos "
    "sjukvardsupplysningen yrkeshogskolan samhallsplanering elektronikkforbundet "
    "megszentsegtelenithetetlensegeskedeseitekert magyarorszagikormany "
    "gosudarstvennayaduma obrazovaniepererabotka elektronnyyzhurnal prokuraturarossii "
    "muvaffakiyetsizlestiricilestiriveremeyebileceklerimizden istanbuluniversitesi "
    "tokyodenryokuhoudin yokohamashiyakusho nihonkeizaishimbun kawasakijukogyo "
    "beijingshirenminzhengfu shanghaipudongfazhan zhonghuarenmingongheguo guangdongsheng "
    "supercalifragilisticexpialidocious floccinaucinihilipilification "
    "antidisestablishmentarianism hippopotomonstrosesquippedaliophobia "
    "thequickbrownfoxjumpsoverthelazydog pneumonoultramicroscopicsilicovolcanoconiosis "
    "msnportalmsgboardsrvc microsoftwlmailmkt wpengine-production-03 wordpress-multisite-2024 "
    "shopify-custom-storefront magento2-staging-server joomla4migration drupal10upgrade "
    "sharepointonline2019 dynamics365finance exchange2019hybrid office365migration "
    "clientconnectivitytest msftconnecttest captiveportal-detect googlehostedservices "
    "google-site-verification facebook-domain-verification selector1-example-com "
    "k8s-default-web-3a1b2c3d4e vm-2024-11-22-build-0001 srv-2014-10-30-01 raspberrypi4kitchen "
    "synologyds920plus nas-qnap-ts453d homeassistant2023 iphone14promax-anna galaxys23ultra "
    "desktop-ab12cd3 laptop-john-smith-2 printer-hp-laserjet-4250 konicaminoltac258 "
    "camera-hikvision-03 polycomvvx411 axis-m3045v-lobby ubiquitiunifi-ap-07 "
    "00000000000000000000000000000000 16999999999999999999 1234567890 20241122041000 "
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa xn--80aesfpebagmfblc0a xn--bcher-kva "
    "_dmarc _domainkey _3639ac514e785e898d2646601fa951d5 _acme-challenge _sipfederationtls";

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

void TestVictimLabel::randomTokensAreNearlyAlwaysHeld_data()
{
    QTest::addColumn<QString>("alphabet");
    QTest::addColumn<int>("length");
    QTest::addColumn<double>("least");
    const QString hex = u"0123456789abcdef"_s;
    const QString letters = u"abcdefghijklmnopqrstuvwxyz"_s;
    const QString base32 = letters + u"234567"_s;
    const QString all = letters + u"0123456789"_s;
    QTest::newRow("hex 16") << hex << 16 << 0.99;
    QTest::newRow("hex 24") << hex << 24 << 0.99;
    QTest::newRow("hex 32") << hex << 32 << 0.999;
    QTest::newRow("letters and digits 16") << all << 16 << 0.98;
    QTest::newRow("letters and digits 20") << all << 20 << 0.99;
    QTest::newRow("letters and digits 32") << all << 32 << 0.995;
    QTest::newRow("base32 26") << base32 << 26 << 0.99;
    QTest::newRow("letters 20") << letters << 20 << 0.85; // what looks like words is let go
    QTest::newRow("letters 32") << letters << 32 << 0.90;
}

void TestVictimLabel::randomTokensAreNearlyAlwaysHeld()
{
    QFETCH(QString, alphabet);
    QFETCH(int, length);
    QFETCH(double, least);
    constexpr int drawn = 5000;
    QRandomGenerator random(17);
    int held = 0;
    for (int i = 0; i < drawn; ++i) {
        QString label;
        for (int k = 0; k < length; ++k)
            label += alphabet.at(random.bounded(int(alphabet.size())));
        held += looksPerVictim(label + u".example.com"_s);
    }
    const double share = double(held) / drawn;
    QVERIFY2(share >= least, qPrintable(QString::number(share)));
}

void TestVictimLabel::labelsThatPeopleWriteAreNot()
{
    const auto labels = QString::fromLatin1(honestLabels).split(u' ', Qt::SkipEmptyParts);
    QVERIFY(labels.size() >= 200);
    QStringList held;
    for (const QString &label : labels) {
        if (looksPerVictim(label + u".example.com"_s))
            held.append(label);
    }
    QCOMPARE(held, QStringList());
}

/// Only what stands before the registered domain can be made for one recipient.
void TestVictimLabel::theRegisteredDomainItselfIsNoLabelOfAVictim()
{
    const QString drawn = u"x9f3k2q8z7v1m4p6"_s;
    QVERIFY(!looksPerVictim(drawn + u".com"_s));
    QVERIFY(!looksPerVictim(u"www."_s + drawn + u".co.uk"_s));
    QVERIFY(looksPerVictim(drawn + u".shop.co.uk"_s));
    QVERIFY(looksPerVictim(u"www."_s + drawn + u"."_s + drawn + u".com"_s));
}

void TestVictimLabel::hostileNamesEnd()
{
    QVERIFY(!looksPerVictim({}));
    QVERIFY(!looksPerVictim(QString(100, u'.')));
    QVERIFY(!looksPerVictim(QString(100, u'-') + u".example.com"_s));
    const test::CpuTime timer;
    looksPerVictim(u"a1b2."_s.repeated(50) + u"com"_s);
    looksPerVictim(QString(1'000'000, u'a'));
    QVERIFY(timer.ms() < 2000);
}

WG_TEST(TestVictimLabel)
#include "tst_victimlabel.moc"
