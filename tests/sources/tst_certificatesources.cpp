// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/catalogue.h"
#include "sources/certificatefields.h"
#include "sources/manifestparse.h"
#include "support/runner.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QTest>

using namespace wg;
using namespace Qt::StringLiterals;

namespace {

const Instant now = *parseInstant(u"2026-11-23T12:00:00Z");
const Artifact shop{ArtifactKind::Domain, u"shop.example"_s};

QByteArray file(const QString &name)
{
    QFile opened(QStringLiteral(TEST_DATA "/x509/") + name);
    return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray();
}

QByteArray base64Of(const QString &name)
{
    QByteArray pem = file(name);
    pem.replace("-----BEGIN CERTIFICATE-----", "").replace("-----END CERTIFICATE-----", "");
    return pem.replace("\n", "");
}

/// What the question was answered with.
RawPass passOf(const QString &question, const QJsonArray &rows)
{
    RawAnswer answer;
    answer.question.text = question;
    answer.bytes = QJsonDocument(rows).toJson();
    answer.status = 200;
    answer.at = now;
    RawPass pass;
    pass.asked = shop;
    pass.answers = {answer};
    return pass;
}

/// The certificates that the source of that name tells of in an answer of these rows.
QList<Record> told(const QString &source, const QString &question, const QJsonArray &rows)
{
    static const Catalogue catalogue = readCatalogue({});
    for (const auto &manifest : catalogue.manifests) {
        if (manifest->info.name == source)
            return parseManifest(*manifest, passOf(question, rows)).value(0).records;
    }
    return {};
}

/// A manifest that takes the step from the text of a certificate to the value.
Result<Manifest> manifestWith(const QByteArray &step)
{
    return readManifest(file(u"../manifest/certificates.json"_s).replace("STEP", step));
}

/// As Cert Spotter tells of an issuance.
QJsonObject issuance(const QByteArray &der)
{
    return {{u"id"_s, u"101"_s},
            {u"tbs_sha256"_s, u"aa01"_s},
            {u"pubkey_sha256"_s, u"cc01"_s},
            {u"dns_names"_s, QJsonArray{u"shop.example"_s}},
            {u"issuer"_s, QJsonObject{{u"friendly_name"_s, u"Example"_s}, {u"name"_s, u"CN=E"_s}}},
            {u"not_before"_s, u"2026-11-22T22:13:04Z"_s},
            {u"not_after"_s, u"2027-02-20T22:13:04Z"_s},
            {u"cert_der"_s, QString::fromLatin1(der)}};
}

/// As crt.sh tells of the same.
QJsonObject entry(qint64 id)
{
    return {{u"id"_s, id},
            {u"issuer_name"_s, u"C=GB, O=\"Example, Inc.\", CN=Example CA"_s},
            {u"common_name"_s, u"shop.example"_s},
            {u"name_value"_s, u"*.shop.example\nshop.example"_s},
            {u"serial_number"_s, u"00C0ffee00000000000000000000000001"_s},
            {u"not_before"_s, u"2026-11-22T22:13:04"_s},
            {u"not_after"_s, u"2027-02-20T22:13:04"_s}};
}

QString detail(const Record &record, const QString &name)
{
    return attribute(record.details, name).raw();
}

} // namespace

/// One certificate is one fact, whoever tells of it and in whatever shape.
class tst_CertificateSources : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void twoSourcesTellOfOneFact()
    {
        const auto spotted = told(u"certspotter"_s, u"issuances"_s,
                                  {issuance(base64Of(u"made/precertificate.pem"_s)),
                                   issuance(base64Of(u"made/certificate-with-timestamps.pem"_s))});
        const auto listed = told(u"crtsh"_s, u"names"_s, {entry(7), entry(8)});
        QCOMPARE(spotted.size(), 1);
        QCOMPARE(listed.size(), 1);
        QCOMPARE(spotted.first().value.raw(),
                 u"c0ffee00000000000000000000000001 C=GB, "
                 "O=\"Example, Inc.\", CN=Example CA"_s);
        QCOMPARE(recordId(spotted.first()), recordId(listed.first()));
        QCOMPARE(recordState(spotted.first()), recordState(listed.first()));
        for (const auto &word : {u"common_name"_s, u"issuer"_s, u"issuer_name"_s, u"serial"_s,
                                 u"not_before"_s, u"not_after"_s})
            QCOMPARE(detail(spotted.first(), word), detail(listed.first(), word));
    }

    /// What crt.sh writes of an issuer is what the issuer's certificates say.
    void issuersAreWrittenAsTheLogsDo()
    {
        const auto listed =
            QJsonDocument::fromJson(file(u"../crtsh/example.com_2023.json"_s)).array();
        QSet<QString> issuers;
        for (const auto &row : listed)
            issuers.insert(row[u"issuer_name"_s].toString());
        const auto read = parseCertificates(file(u"subdomain-1000-sans.pem"_s));
        QVERIFY(read.ok());
        QVERIFY(issuers.contains(read->first().issuer.text.raw()));
        QVERIFY(issuers.contains(u"C=US, O=\"thawte, Inc.\", CN=thawte SSL CA - G2"_s));
        const auto quoted = parseCertificates(file(u"zlint_idnCorrectUnicode.pem"_s));
        QCOMPARE(quoted->first().issuer.text.raw(),
                 u"C=US, O=\"thawte, Inc.\", OU=Domain Validated SSL, CN=thawte DV SSL CA - G2"_s);
    }

    void theCertificateItselfTellsMore()
    {
        const auto records = told(u"certspotter"_s, u"issuances"_s,
                                  {issuance(base64Of(u"made/precertificate.pem"_s))});
        QCOMPARE(records.size(), 1);
        const Record &record = records.first();
        QCOMPARE(detail(record, u"key"_s), u"EC P-256"_s);
        QCOMPARE(detail(record, u"signature"_s), u"ecdsa-with-SHA256"_s);
        QCOMPARE(detail(record, u"precertificate"_s), u"true"_s);
        QCOMPARE(detail(record, u"name_count"_s), u"7"_s);
        QVERIFY(detail(record, u"names"_s).contains(u", 192.0.2.7, "));
        QCOMPARE(detail(record, u"sha1"_s), u"6942c20483b94314da181075ce060580140c5988"_s);
        QVERIFY(record.attributes.isEmpty());
    }

    void whatCannotBeReadIsStillToldOf()
    {
        for (const QByteArray &der : {QByteArray("bm9uZQ=="), QByteArray("%"), QByteArray()}) {
            const auto records = told(u"certspotter"_s, u"issuances"_s, {issuance(der)});
            QCOMPARE(records.size(), 1);
            QCOMPARE(records.first().value.raw(), u"aa01"_s);
            QCOMPARE(detail(records.first(), u"names"_s), u"shop.example"_s);
            QCOMPARE(detail(records.first(), u"issuer"_s), u"CN=E"_s);
            QVERIFY(detail(records.first(), u"key"_s).isEmpty());
        }
    }

    void anIssuerThatIsMissingLeavesTheNumber()
    {
        QJsonObject row = entry(7);
        row.remove(u"issuer_name"_s);
        QCOMPARE(told(u"crtsh"_s, u"names"_s, {row}).first().value.raw(),
                 u"c0ffee00000000000000000000000001"_s);
    }

    void aPemTextIsReadToo()
    {
        const auto read = manifestWith("certificate:identity");
        QVERIFY2(read.ok(), read ? "" : qPrintable(read.error().detail));
        const QJsonObject row{{u"pem"_s, QString::fromLatin1(file(u"made/authority.pem"_s))}};
        const auto records = parseManifest(*read, passOf(u"certificate"_s, {row})).value(0).records;
        QCOMPARE(records.size(), 1);
        QCOMPARE(records.first().value.raw(), u"01 C=GB, O=\"Example, Inc.\", CN=Example CA"_s);
    }

    void mistakesAreFoundBeforeAnybodyIsAsked_data()
    {
        QTest::addColumn<QByteArray>("step");
        QTest::addColumn<QString>("trouble");
        QTest::newRow("near") << QByteArray("certificate:seriall") << u"did you mean \"serial\"?"_s;
        QTest::newRow("no field") << QByteArray("certificate:zzzzzz") << u"has no \"zzzzzz\""_s;
        QTest::newRow("no place") << QByteArray("or:x y") << u"\"x y\" is no place"_s;
        QTest::newRow("many places") << QByteArray("with:/a/*") << u"is no place"_s;
        QTest::newRow("nothing") << QByteArray("with") << u"needs a text behind a colon"_s;
    }
    void mistakesAreFoundBeforeAnybodyIsAsked()
    {
        QFETCH(QByteArray, step);
        QFETCH(QString, trouble);
        const auto read = manifestWith(step);
        QVERIFY(!read.ok());
        QVERIFY2(read.error().detail.contains(trouble), qPrintable(read.error().detail));
    }
};

WG_TEST(tst_CertificateSources)
#include "tst_certificatesources.moc"
