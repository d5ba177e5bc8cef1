// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/certificatefields.h"
#include "support/cputime.h"
#include "support/runner.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QTest>

using namespace wg;
using namespace Qt::StringLiterals;

namespace {

QByteArray file(const QString &name)
{
    QFile opened(QStringLiteral(TEST_DATA "/x509/") + name);
    return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray();
}

/// The first certificate of a file that must hold one.
Certificate certificate(const QString &name)
{
    const auto read = parseCertificates(file(name));
    if (!read || read->isEmpty())
        qFatal("%s: %s", qPrintable(name), read ? "none" : qPrintable(read.error().detail));
    return read->first();
}

QByteArray derOf(const QString &name)
{
    const QByteArray pem = file(name);
    const qsizetype begin = pem.indexOf("CERTIFICATE-----") + 16;
    return QByteArray::fromBase64(pem.mid(begin, pem.indexOf("-----END", begin) - begin));
}

ErrorCode refusal(const QByteArray &bytes)
{
    const auto read = parseCertificates(bytes);
    if (read)
        qFatal("it was read");
    return read.error().code;
}

QString field(const Certificate &of, const QString &word)
{
    return certificateField(of, word).join(u'|');
}

/// What recorded certificates say, by the openssl command line.
struct Recorded
{
    const char *file;
    QString commonName;
    QString issuer;
    QString serial;
    QString until;
    QString key;
    QString signature;
    QString host; ///< one of its names
    int names;
};

const QString digicert = u"C=US, O=DigiCert Inc, "_s;
const QString comodo = u"C=GB, ST=Greater Manchester, L=Salford, O=COMODO CA Limited, "_s;
const QString serverCa = digicert + u"CN=DigiCert SHA2 Secure Server CA"_s;
const QString rapidCa = digicert + u"CN=RapidSSL TLS DV RSA Mixed SHA256 2020 CA-1"_s;
const QString domainCa = comodo + u"CN=COMODO RSA Domain Validation Secure Server CA"_s;
const QString rsa = u"RSA 2048"_s;
const QString sha256 = u"RSA-SHA256"_s;

const QList<Recorded> recorded{
    {"subdomain-1000-sans.pem", u"1000-sans.badssl.com"_s, serverCa,
     u"024c541761b4eb0cc512eec67d1850df"_s, u"2021-10-13"_s, rsa, sha256,
     u"wowmoarsans2.badssl.com"_s, 1'000},
    {"subdomain-10000-sans.pem", u"10000-sans.badssl.com"_s, serverCa,
     u"01525a34c02fc63418b08fc145daf483"_s, u"2021-10-14"_s, rsa, sha256, u"san2.badssl.com"_s,
     10'000},
    {"subdomain-extended-validation.pem", u"extended-validation.badssl.com"_s,
     digicert + u"OU=www.digicert.com, CN=DigiCert SHA2 Extended Validation Server CA"_s,
     u"0edb312fab389869158989deb1b73fd7"_s, u"2022-08-10"_s, rsa, sha256,
     u"extended-validation.badssl.com"_s, 1},
    {"subdomain-invalid-expected-sct.pem", u"invalid-expected-sct.badssl.com"_s,
     u"C=US, O=GeoTrust Inc., CN=RapidSSL SHA256 CA"_s, u"1a44d2953f3fd9b014468fc9d42dbf49"_s,
     u"2018-11-17"_s, rsa, sha256, u"invalid-expected-sct.badssl.com"_s, 1},
    {"subdomain-no-common-name.pem", QString(),
     comodo + u"CN=COMODO RSA Organization Validation Secure Server CA"_s,
     u"6f62bf131a04c53694e05ef41ee51325"_s, u"2020-06-22"_s, rsa, sha256,
     u"no-common-name.badssl.com"_s, 1},
    {"subdomain-no-subject.pem", QString(), comodo + u"CN=UbiquiTLS\u2122 DV RSA Server CA"_s,
     u"23e64f20c37c0d87101f7192efc5d372"_s, u"2020-06-16"_s, rsa, sha256,
     u"no-subject.badssl.com"_s, 1},
    {"subdomain-revoked.pem", u"revoked.badssl.com"_s, rapidCa,
     u"0d2e67a298853b9a5452e3a285a4572f"_s, u"2022-10-27"_s, rsa, sha256, u"revoked.badssl.com"_s,
     1},
    {"subdomain-superfish.pem", u"superfish.badssl.com"_s,
     u"O=\"Superfish, Inc.\", L=SF, ST=CA, C=US, CN=\"Superfish, Inc.\""_s, u"ae449a52bb2a5bb9"_s,
     u"2020-05-15"_s, rsa, sha256, u"superfish.badssl.com"_s, 1},
    {"subdomain-xn--n1aae7f7o.pem", u"\u0455\u0440\u043e\u043e\u0493.badssl.com"_s, domainCa,
     u"dc24750609d8c721d021d2e11713274c"_s, u"2020-04-23"_s, rsa, sha256,
     u"xn--n1aae7f7o.badssl.com"_s, 2},
    {"wildcard-ecc256.pem", u"*.badssl.com"_s, digicert + u"CN=DigiCert ECC Secure Server CA"_s,
     u"02bdaf10ac9cda0543db7ca8d4e87efe"_s, u"2022-02-10"_s, u"EC P-256"_s, u"ecdsa-with-SHA384"_s,
     u"*.badssl.com"_s, 2},
    {"wildcard-expired.pem", u"*.badssl.com"_s, domainCa, u"4ae79549fa9abe3f100f17a478e16909"_s,
     u"2015-04-12"_s, rsa, sha256, u"badssl.com"_s, 2},
    {"wildcard-rsa2048.pem", u"*.badssl.com"_s, serverCa, u"0af06cda37a60b641342f0a1eb1d59fd"_s,
     u"2022-05-17"_s, rsa, sha256, u"badssl.com"_s, 2},
    {"wildcard-rsa8192.pem", u"*.badssl.com"_s, rapidCa, u"05c2abe7ffa3ca6a1927bb5151c2c2be"_s,
     u"2023-03-28"_s, u"RSA 8192"_s, sha256, u"badssl.com"_s, 2},
    {"wildcard-self-signed.pem", u"*.badssl.com"_s,
     u"C=US, ST=California, L=San Francisco, O=BadSSL, CN=*.badssl.com"_s, u"86fb4dc8e5dd0f18"_s,
     u"2018-08-08"_s, rsa, sha256, u"badssl.com"_s, 2},
    {"wildcard-sha1-2016.pem", u"*.badssl.com"_s, comodo + u"CN=PositiveSSL CA 2"_s,
     u"db5f7805bb9875b0dd7e03408f89b89c"_s, u"2016-12-29"_s, rsa, u"RSA-SHA1"_s, u"badssl.com"_s,
     2},
    {"mozilla.org.crt", u"www.mozilla.org"_s, serverCa, u"0c976e3e4238f420d63ddf86efebba90"_s,
     u"2019-11-13"_s, rsa, sha256, u"mozilla.org"_s, 2},
};

/// Length and what follows, as DER writes them.
QByteArray tagged(char tag, const QByteArray &content)
{
    QByteArray length;
    for (qsizetype rest = content.size(); rest > 0; rest >>= 8)
        length.prepend(char(rest & 0xff));
    return tag + QByteArray(1, char(0x80 | length.size())) + length + content;
}

/// Where the first element that begins at or behind a place ends.
qsizetype endOf(const QByteArray &der, qsizetype at)
{
    const int first = quint8(der[at + 1]);
    if (first < 0x80)
        return at + 2 + first;
    qsizetype length = 0;
    for (int i = 0; i < (first & 0x7f); ++i)
        length = (length << 8) | quint8(der[at + 2 + i]);
    return at + 2 + (first & 0x7f) + length;
}

/// The pre-certificate with its poison so many times. Its two outer lengths take four bytes each.
QByteArray poisoned(int times)
{
    const QByteArray der = derOf(u"made/precertificate.pem"_s);
    const QByteArray poison = QByteArray::fromHex("3013060a2b06010401d6790204030101ff04020500");
    const qsizetype tbsEnd = endOf(der, 4);
    qsizetype at = 8;
    while (der[at] != '\xa3')
        at = endOf(der, at);
    QByteArray extensions = der.mid(at, tbsEnd - at);
    const qsizetype list = extensions.indexOf('\x30');
    extensions = extensions.mid(endOf(extensions, list) - list > 129 ? list + 3 : list + 2);
    const QByteArray all = tagged('\xa3', tagged('\x30', extensions + poison.repeated(times - 1)));
    const QByteArray tbs = tagged('\x30', der.mid(8, at - 8) + all);
    return tagged('\x30', tbs + der.mid(tbsEnd));
}

} // namespace

/// Certificates as they are found, and as nobody should make them.
class tst_Certificate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyFieldIsRead()
    {
        const Certificate read = certificate(u"made/certificate.pem"_s);
        QCOMPARE(field(read, u"subject"_s), u"C=GB, O=\"Example, Inc.\", CN=shop.example"_s);
        QCOMPARE(field(read, u"common_name"_s), u"shop.example"_s);
        QCOMPARE(field(read, u"organisation"_s), u"Example, Inc."_s);
        QCOMPARE(field(read, u"issuer"_s), u"C=GB, O=\"Example, Inc.\", CN=Example CA"_s);
        QCOMPARE(field(read, u"issuer_name"_s), u"Example CA"_s);
        QCOMPARE(field(read, u"issuer_organisation"_s), u"Example, Inc."_s);
        QCOMPARE(field(read, u"names"_s),
                 u"shop.example|*.shop.example|xn--bcher-kva.example|192.0.2.7|2001:db8::7|"
                 "Admin@shop.example|https://shop.example/x"_s);
        QCOMPARE(field(read, u"name_count"_s), u"7"_s);
        QCOMPARE(field(read, u"not_before"_s), u"2026-11-22T22:13:04Z"_s);
        QCOMPARE(field(read, u"not_after"_s), u"2027-02-20T22:13:04Z"_s);
        QCOMPARE(field(read, u"serial"_s), u"c0ffee00000000000000000000000001"_s);
        QCOMPARE(field(read, u"identity"_s),
                 u"c0ffee00000000000000000000000001 C=GB, "
                 "O=\"Example, Inc.\", CN=Example CA"_s);
        QCOMPARE(field(read, u"key"_s), u"EC P-256"_s);
        QCOMPARE(field(read, u"signature"_s), u"ecdsa-with-SHA256"_s);
        QCOMPARE(field(read, u"sha1"_s), u"f3c751ab3561349686ca5cacf9f54edb91a4693b"_s);
        QCOMPARE(field(read, u"sha256"_s),
                 u"3e470afde869de396157516e81f017e51d85b481fcdd87d2e7a94dc9d34ffa34"_s);
        QCOMPARE(field(read, u"spki_sha256"_s),
                 u"e70265947ba615397bd6ec23f424be026bfd1574c521ca5f5764cc249ca0f655"_s);
        QCOMPARE(field(read, u"tbs_sha256"_s),
                 u"581e9660b2849cabaa9f90dbf7c3cc6a30554c083b69b3649d9cdae0f6da2aa1"_s);
        for (const auto &unset : {u"precertificate"_s, u"authority"_s, u"self_signed"_s})
            QVERIFY(field(read, unset).isEmpty());
        QVERIFY(field(read, u"no such field"_s).isEmpty());
        for (const QString &word : certificateFields())
            QVERIFY(!word.isEmpty());
        const Certificate root = certificate(u"made/authority.pem"_s);
        QVERIFY(root.authority && root.selfSigned);
        QCOMPARE(root.serial, u"01"_s);
    }

    /// The same is signed but for what the logs add and take.
    void aPreCertificateIsPairedWithItsCertificate()
    {
        const Certificate before = certificate(u"made/precertificate.pem"_s);
        const Certificate plain = certificate(u"made/certificate.pem"_s);
        const Certificate stamped = certificate(u"made/certificate-with-timestamps.pem"_s);
        QVERIFY(before.preCertificate && !plain.preCertificate && !stamped.preCertificate);
        QCOMPARE(before.tbsSha256, plain.tbsSha256);
        QCOMPARE(stamped.tbsSha256, plain.tbsSha256);
        QCOMPARE(before.identity(), stamped.identity());
        QVERIFY(before.sha256 != stamped.sha256 && before.sha1 != stamped.sha1);
        QVERIFY(certificate(u"made/authority.pem"_s).tbsSha256 != plain.tbsSha256);
    }

    void poisonWithoutEndHasNoHash()
    {
        const QString hash = certificate(u"made/certificate.pem"_s).tbsSha256;
        const auto hashOf = [](int times) {
            const auto read = parseCertificates(poisoned(times));
            return read ? read->first().tbsSha256 : u"unread"_s;
        };
        QCOMPARE(hashOf(1), hash);
        QCOMPARE(hashOf(16), hash);
        QCOMPARE(hashOf(17), QString());
        QCOMPARE(hashOf(40'000), QString()); // each would be looked for among all
    }

    void recordedOnesAreRead_data()
    {
        QTest::addColumn<int>("row");
        for (int row = 0; row < recorded.size(); ++row)
            QTest::newRow(recorded[row].file) << row;
    }
    void recordedOnesAreRead()
    {
        QFETCH(int, row);
        const Recorded &said = recorded[row];
        const Certificate read = certificate(QString::fromLatin1(said.file));
        QCOMPARE(read.subject.commonName.raw(), said.commonName);
        QCOMPARE(read.issuer.text.raw(), said.issuer);
        QCOMPARE(read.serial, said.serial);
        QVERIFY(read.notBefore && read.notAfter && *read.notBefore < *read.notAfter);
        QCOMPARE(toDay(*read.notAfter), said.until);
        QCOMPARE(read.key.text(), said.key);
        QCOMPARE(read.signature, said.signature);
        QVERIFY(read.names.hosts.contains(said.host));
        QCOMPARE(read.names.count, said.names);
        QCOMPARE(read.names.hosts.size(), std::min<qsizetype>(said.names, AlternativeNames::most));
        QCOMPARE(read.names.isCut(), said.names > 1'000);
        QVERIFY(!read.preCertificate && !read.authority);
        QCOMPARE(read.selfSigned, read.subject.text == read.issuer.text);
    }

    void oddOnesAreReadAsFarAsTheyGo_data()
    {
        QTest::addColumn<QString>("word");
        QTest::addColumn<QString>("said");
        const auto row = [](const char *name) -> QTestData & { return QTest::newRow(name); };
        row("limbo_negative_serial.pem") << u"serial"_s << u"-04316693ed"_s;
        row("limbo_cryptography.io.pem")
            << u"sha256"_s
            << u"72d8f5a91d1b8e7b47eafc692fd374541833cb53f948af047dfa1ae5d1"
               "50a32c"_s;
        row("zlint_SANBareWildcard.pem") << u"names"_s << u"*"_s;
        row("zlint_SANDNSNotIA5String.pem") << u"names"_s << u"example@example.com|\ufffd\ufffd"_s;
        row("zlint_SANDNSNull.pem") << u"names"_s << u"*|\f\u0003\u0019\ufffd\t"_s;
        row("zlint_SANIPv6Address.pem") << u"names"_s << u"2001:db8::2:1"_s;
        row("zlint_SANReservedIP.pem") << u"names"_s << u"192.168.0.1"_s;
        row("zlint_SANURIIP.pem") << u"names"_s
                                  << u"www.dns.com|irrelevantinfo//user@192.168.1.1"_s;
        row("zlint_SANWithSpaceDNS.pem") << u"names"_s << u"gov.us| "_s;
        row("zlint_dNSNameWithUnderscores.pem") << u"names"_s << u"with.an_underscore.test"_s;
        row("zlint_dnsNameLabelTooLong.pem") << u"issuer_name"_s << u"Mother Nature"_s;
        row("zlint_dnsNameOnionTLD.pem") << u"names"_s << u"zlint.onion"_s;
        row("zlint_facebookOnionV3Address.pem") << u"key"_s << u"EC P-256"_s;
        row("zlint_idnCorrectUnicode.pem") << u"names"_s
                                           << u"xn----7sbaabin3cbc7afgb4aiqh6v.xn--80adxhks|"
                                              "www.xn----7sbaabin3cbc7afgb4aiqh6v.xn--80adxhks"_s;
        row("zlint_idnMalformedUnicode.pem") << u"names"_s << u"xn--12311613412431243.com"_s;
        row("ctgo_xf-pubkey-rsa-modulus-negative.pem") << u"common_name"_s << u"*.google.com"_s;
    }
    void oddOnesAreReadAsFarAsTheyGo()
    {
        QFETCH(QString, word);
        QFETCH(QString, said);
        const Certificate read = certificate(QString::fromLatin1(QTest::currentDataTag()));
        QCOMPARE(field(read, word), said);
    }

    void aTextOfSeveralIsReadWhole()
    {
        const auto chain = parseCertificates(file(u"subdomain-no-subject.pem"_s));
        QVERIFY(chain.ok());
        QCOMPARE(chain->size(), 3);
        QVERIFY(!chain->at(0).authority && chain->at(1).authority && chain->at(2).authority);
        QCOMPARE(chain->at(0).issuer.text, chain->at(1).subject.text);
        const auto none = parseCertificates("nothing of the kind");
        QCOMPARE(none.error().code, ErrorCode::Malformed);
        const QByteArray one = file(u"made/authority.pem"_s);
        QCOMPARE(parseCertificates("0 s:CN = words in front\n" + one)->size(), 1);
        QCOMPARE(refusal(one.repeated(101)), ErrorCode::TooLarge);
        QCOMPARE(refusal(one + one.left(one.size() / 2)), ErrorCode::Malformed);
        QCOMPARE(refusal("-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n"),
                 ErrorCode::Malformed);
    }

    void chainsOfLiveSitesAreChains_data()
    {
        QTest::addColumn<QString>("host");
        QTest::newRow("cloudflare.com.limbo.json") << u"cloudflare.com"_s;
        QTest::newRow("google.com.limbo.json") << u"google.com"_s;
        QTest::newRow("microsoft.com.limbo.json") << u"microsoft.com"_s;
    }
    void chainsOfLiveSitesAreChains()
    {
        QFETCH(QString, host);
        const auto recorded =
            QJsonDocument::fromJson(file(QString::fromLatin1(QTest::currentDataTag())));
        const auto leaf = parseCertificates(recorded[u"peer_certificate"].toString().toLatin1());
        QVERIFY(leaf && leaf->size() == 1);
        QVERIFY(leaf->first().names.hosts.contains(host));
        QVERIFY(!leaf->first().authority && !leaf->first().selfSigned);
        QList<Certificate> authorities;
        for (const auto &list : {u"untrusted_intermediates", u"trusted_certs"}) {
            for (const auto &pem : recorded[QStringView(list)].toArray())
                authorities += parseCertificates(pem.toString().toLatin1()).value();
        }
        QVERIFY(authorities.size() > 1);
        for (const Certificate &one : authorities)
            QVERIFY(one.authority && one.names.count == 0);
        const auto issued = [&leaf](const Certificate &one) {
            return one.subject.text == leaf->first().issuer.text;
        };
        QVERIFY(std::any_of(authorities.cbegin(), authorities.cend(), issued));
    }

    void theAnswerOfASourceGivesTheSameHashes()
    {
        const auto answer = QJsonDocument::fromJson(file(u"circl-pssl_cfetch_2019-10-01.json"_s));
        const auto read = parseCertificates(answer[u"pem"].toString().toLatin1());
        QVERIFY(read && read->size() == 1);
        QCOMPARE(read->first().sha1, u"7c552ab044c76d1df4f5ddf358807bfdcd07fa57"_s);
    }

    void hostileNamesStayOneName()
    {
        const Certificate read = certificate(u"made/hostile-names.pem"_s);
        QCOMPARE(read.names.hosts, QStringList{u"ok.example"_s});
        QCOMPARE(read.names.count, 5);
        QCOMPARE(read.names.odd.size(), 3);
        for (const UntrustedText &odd : read.names.odd) {
            QVERIFY(!odd.raw().contains(QChar(0)));
            for (const QChar c : odd.shown())
                QVERIFY(c.isPrint());
        }
        QVERIFY(read.subject.text.raw().contains(u"\\0Abreak\\07"));
        QVERIFY(read.subject.commonName.raw().contains(u'\n'));
        QVERIFY(!read.subject.commonName.shown().contains(u'\n'));
        QVERIFY(!read.subject.organisation.shown().contains(QChar(0x202e)));
    }

    void impossibleDatesAreNone()
    {
        const Certificate read = certificate(u"made/impossible-dates.der"_s);
        QVERIFY(!read.notBefore && !read.notAfter);
        QVERIFY(field(read, u"not_after"_s).isEmpty());
        QCOMPARE(read.subject.commonName.raw(), u"shop.example"_s);
    }

    void keysOfEverySizeAreTold()
    {
        QCOMPARE(certificate(u"made/huge-key.pem"_s).key.text(), u"RSA 65536"_s);
        const Certificate small = certificate(u"made/self-signed-ed25519.pem"_s);
        QCOMPARE(small.key.text(), u"ED25519"_s);
        QCOMPARE(small.signature, u"ED25519"_s);
        QVERIFY(small.selfSigned && !small.authority);
        // Without alternative names, as certificates of the old kind are.
        QCOMPARE(field(small, u"names"_s), u"old.example"_s);
        QVERIFY(field(small, u"name_count"_s).isEmpty());
    }

    /// The subject is the issuer, and the signature is somebody else's.
    void whoOnlyClaimsToSignItselfDoesNot()
    {
        QByteArray der = derOf(u"made/self-signed-ed25519.pem"_s);
        der[der.size() - 1] = char(der[der.size() - 1] ^ 1);
        const auto read = parseCertificates(der);
        QVERIFY(read && !read->first().selfSigned);
        QCOMPARE(read->first().subject.text, read->first().issuer.text);
    }

    void whatIsNoCertificateIsRefused()
    {
        const QByteArray der = derOf(u"made/certificate.pem"_s);
        QVERIFY(parseCertificates(der).ok());
        QCOMPARE(refusal(der + '\0'), ErrorCode::Malformed);
        for (qsizetype length = 0; length < der.size(); ++length)
            QCOMPARE(refusal(der.left(length)), ErrorCode::Malformed);
        QCOMPARE(refusal(file(u"ctgo_xf-der-invalid-nonminimal-int.pem"_s)), ErrorCode::Malformed);
        QCOMPARE(refusal(QByteArray(1024 * 1024 + 1, '\x30')), ErrorCode::TooLarge);
        QCOMPARE(refusal(QByteArray(8 * 1024 * 1024 + 1, ' ')), ErrorCode::TooLarge);
    }

    void mutatedOnesDoNoHarm()
    {
        QRandomGenerator random(20261122);
        qsizetype readable = 0;
        for (const QString &name :
             {u"made/certificate-with-timestamps.pem"_s, u"made/hostile-names.pem"_s,
              u"wildcard-ecc256.pem"_s, u"zlint_SANURIIP.pem"_s}) {
            const QByteArray whole = derOf(name);
            for (int round = 0; round < 750; ++round) {
                QByteArray mutated = whole;
                const int changes = random.bounded(1, 4);
                for (int i = 0; i < changes; ++i)
                    mutated[random.bounded(int(mutated.size()))] = char(random.bounded(256));
                const auto read = parseCertificates(mutated);
                readable += read ? 1 : 0;
                for (const QString &word : read ? certificateFields() : QStringList())
                    QVERIFY(certificateField(read->first(), word).size() <= 1'001);
            }
        }
        QVERIFY(readable > 100 && readable < 3'000);
    }

    void theLargestIsReadInNoTime()
    {
        const QByteArray der = derOf(u"subdomain-10000-sans.pem"_s);
        const test::CpuTime time;
        for (int i = 0; i < 10; ++i)
            QVERIFY(parseCertificates(der).ok());
        QVERIFY2(time.ms() < 1'000, qPrintable(QString::number(time.ms())));
    }

    void aSerialNumberHasOneWriting()
    {
        QCOMPARE(canonicalSerial(u"00:C0:ff:EE"_s), u"c0ffee"_s);
        QCOMPARE(canonicalSerial(u"0a"_s), u"0a"_s);
        QCOMPARE(canonicalSerial(u"a"_s), u"0a"_s);
        QCOMPARE(canonicalSerial(u"0000"_s), u"00"_s);
        QCOMPARE(canonicalSerial(u"-00ed"_s), u"-ed"_s);
        QVERIFY(canonicalSerial(QString(100'000, u'7')).size() < 300);
    }
};

WG_TEST(tst_Certificate)
#include "tst_certificate.moc"
