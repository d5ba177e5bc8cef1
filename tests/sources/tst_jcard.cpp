// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/jcard.h"

#include "support/runner.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace wg;
using namespace Qt::StringLiterals;

namespace {

QJsonValue json(const QByteArray &text)
{
    return QJsonDocument::fromJson("[" + text + "]").array().at(0);
}

QJsonValue fixture(const QString &name)
{
    QFile file(QStringLiteral(TEST_DATA "/rdap/jcard/") + name);
    return file.open(QIODevice::ReadOnly) ? json(file.readAll()) : QJsonValue(u"unread"_s);
}

} // namespace

/// Contacts as registries really write them.
class tst_JCard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheExampleOfTheStandard();
    void brokenCardsAreEmpty_data();
    void brokenCardsAreEmpty();
    void thePreferredMailIsTaken();
    void countriesAreFoundInBothPlaces();
    void flatCardsAreRead();
    void withheldTextsAreNoValues_data();
    void withheldTextsAreNoValues();
};

void tst_JCard::readsTheExampleOfTheStandard()
{
    const Contact c = readJcard(fixture(u"example.json"_s));
    QCOMPARE(c.name, u"Simon Perreault"_s);
    QCOMPARE(c.organisation, u"Viagenie"_s);
    QCOMPARE(c.country, u"Canada"_s);
    QCOMPARE(c.email, u"simon.perreault@viagenie.ca"_s);
}

void tst_JCard::brokenCardsAreEmpty_data()
{
    QTest::addColumn<QJsonValue>("card");
    for (const auto &name : {u"bad_properties_array"_s, u"bad_property_name"_s,
                             u"bad_property_type"_s, u"bad_vcard_label"_s, u"invalid_json"_s})
        QTest::newRow(qPrintable(name)) << fixture(u"error_"_s + name + u".json"_s);
    QTest::newRow("null") << QJsonValue();
    QTest::newRow("number") << QJsonValue(7);
    QTest::newRow("empty") << QJsonValue(QJsonArray());
    QTest::newRow("short property")
        << json(R"(["vcard",[["fn"],["org",{}],[],null,[null,null,null,null]]])");
    QTest::newRow("odd values") << json(
        R"(["vcard",[["fn",{},"text",{"a":1}],["email",{},"text",7],["adr",{},"text","x"]]])");
}

void tst_JCard::brokenCardsAreEmpty()
{
    QFETCH(QJsonValue, card);
    QVERIFY(card != QJsonValue(u"unread"_s));
    const Contact c = readJcard(card);
    QVERIFY((c.name + c.organisation + c.country + c.email).isEmpty());
}

void tst_JCard::thePreferredMailIsTaken()
{
    const Contact c = readJcard(json(
        R"(["vcard",[["email",{},"text","First@x.com"],["email",{"pref":"1"},"text","mailto:Best@X.com"]]])"));
    QCOMPARE(c.email, u"best@x.com"_s);
    const QByteArray text1 = R"(["vcard",[["email",{},"text","see our web form"]]])";
    QVERIFY(readJcard(json(text1)).email.isEmpty());
}

void tst_JCard::countriesAreFoundInBothPlaces()
{
    const QByteArray text2 = R"(["vcard",[["adr",{"cc":"us"},"text",["","","","","CA","",""]]]])";
    QCOMPARE(readJcard(json(text2)).country, u"US"_s);
    const QByteArray text3 = R"(["vcard",[["adr",{},"text",["","",["a","b"],"","","","de"]]]])";
    QCOMPARE(readJcard(json(text3)).country, u"DE"_s);
    const QByteArray text4 = R"(["vcard",[["adr",{},"text",["","","","","",""," Canada "]]]])";
    QCOMPARE(readJcard(json(text4)).country, u"Canada"_s);
}

void tst_JCard::flatCardsAreRead()
{
    const Contact c = readJcard(json(
        R"(["vcard",["version","{}","text","4.0"],["fn","{}","text","Do  main"],["org",{},"text",["","Unit"]]])"));
    QCOMPARE(c.name, u"Do main"_s);
    QCOMPARE(c.organisation, u"Unit"_s);
}

void tst_JCard::withheldTextsAreNoValues_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("redacted");
    QTest::newRow("icann") << u"REDACTED FOR PRIVACY"_s << true;
    QTest::newRow("short") << u"Redacted"_s << true;
    QTest::newRow("gdpr") << u"GDPR Masked"_s << true;
    QTest::newRow("fr") << u"Ano Nymous, data protected, not disclosed"_s << true;
    QTest::newRow("dash") << u" - "_s << true;
    QTest::newRow("proxy service") << u"Domains By Proxy, LLC"_s << false;
    QTest::newRow("company") << u"Unknown Worlds Inc."_s << false;
    QTest::newRow("empty") << QString() << false;
}

void tst_JCard::withheldTextsAreNoValues()
{
    QFETCH(QString, text);
    QTEST(isRedacted(text), "redacted");
}

WG_TEST(tst_JCard)
#include "tst_jcard.moc"
