// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/names.h"
#include "support/runner.h"

#include <QTest>

using namespace wg;
using namespace Qt::StringLiterals;

/// Warnings about names that are not what they seem, and when the Unicode form is shown.
class TestConfusable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void imitationsAreNamed_data();
    void imitationsAreNamed();
    void honestNamesRaiseNothing_data();
    void honestNamesRaiseNothing();
    void warnsOfLabelsInFront();
    void brokenALabelsAreNamed();
    void hostileNamesEnd();
};

void TestConfusable::imitationsAreNamed_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("warning");
    const auto add = [](const char *name, const char *warning) {
        QTest::newRow(name) << QString::fromUtf8(name) << QString::fromUtf8(warning);
    };
    add("xn--80ak6aa92e.com", "looks like apple.com written with Cyrillic letters");
    add("login.xn--80ak6aa92e.com", "looks like apple.com written with Cyrillic letters");
    add("xn--pple-43d.com", "looks like apple.com written with Cyrillic letters");
    add("xn--pypal-4ve.com", "looks like paypal.com written with Cyrillic letters");
    add("paypa1.com", "looks like paypal.com spelled with other characters");
    add("g00gle.com", "looks like google.com spelled with other characters");
    add("rnicrosoft.com", "looks like microsoft.com spelled with other characters");
    add("xn--n1afb.com", "looks like coc.com written with Cyrillic letters");
    add("xn--example-mhg.com", "mixes letters of several scripts (Cyrillic)");
}

void TestConfusable::imitationsAreNamed()
{
    QFETCH(QString, name);
    QFETCH(QString, warning);
    QCOMPARE(confusableWarning(name), warning);
}

void TestConfusable::honestNamesRaiseNothing_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"apple.com",
                             "www.apple.com",
                             "paypal.com",
                             "google.co.uk",
                             "microsoft.com",
                             "example.com",
                             "interfaxru.com",
                             "xn--bcher-kva.ch",
                             "xn--mnchen-3ya.de",
                             "xn--80aesfpebagmfblc0a.xn--p1ai",
                             "xn--e1afmkfd.xn--p1ai",
                             "xn--fiqs8s",
                             "xn--wgv71a119e.jp",
                             "xn--ngbc5azd",
                             "_dmarc.example.com",
                             "com",
                             "co.uk",
                             "corn.com",
                             "1and1.com",
                             "o2.de",
                             "a.b.c.d.e.f.com"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestConfusable::honestNamesRaiseNothing()
{
    QFETCH(QString, name);
    QCOMPARE(confusableWarning(name), QString());
}

void TestConfusable::warnsOfLabelsInFront()
{
    QCOMPARE(confusableWarning(u"xn--80ak6aa92e.example.com"_s),
             u"looks like apple.com written with Cyrillic letters"_s);
    QCOMPARE(confusableWarning(u"apple.example.com"_s), QString());
}

void TestConfusable::brokenALabelsAreNamed()
{
    for (const QString &name :
         {u"xn--a.com"_s, u"xn--999999999.com"_s, u"xn--.com"_s, u"xn--zzzz99999a.example.com"_s})
        QCOMPARE(confusableWarning(name), u"holds an international label that is not valid"_s);
}

void TestConfusable::hostileNamesEnd()
{
    QCOMPARE(confusableWarning(QString()), QString());
    QVERIFY(confusableWarning(u"."_s).size() < 200);
    QVERIFY(confusableWarning(u"..."_s).size() < 200);
    QVERIFY(confusableWarning(QString(100'000, u'a')).size() < 200);
    QVERIFY(confusableWarning(u"xn--"_s.repeated(10'000)).size() < 200);
    QVERIFY(confusableWarning(u"xn--a."_s.repeated(10'000)).size() < 200);
}

WG_TEST(TestConfusable)
#include "tst_confusable.moc"
