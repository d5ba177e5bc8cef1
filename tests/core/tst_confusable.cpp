// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/entitytext.h"
#include "core/names.h"
#include "core/spoof.h"
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
    void theOrganisationsOwnNamesAreCompared();
    void brokenALabelsAreNamed();
    void everySingleLookAlikeOfABrandIsNamed();
    void noLookAlikeOfTheUnicodeTableIsMissed();
    void ordinaryForeignWordsRaiseNothing();
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

void TestConfusable::theOrganisationsOwnNamesAreCompared()
{
    const QStringList own{u"vpn.alpen-bank.de"_s, u"armour.internal"_s};
    const QString warning = u"looks like alpen-bank.de spelled with other characters"_s;
    QCOMPARE(confusableWarning(u"www.a1pen-bank.com"_s, own), warning);
    QCOMPARE(confusableWarning(u"a1pen-bank.com"_s), QString());
    QCOMPARE(confusableWarning(u"arrnour.net"_s, own),
             u"looks like armour.internal spelled with other characters"_s);
    QCOMPARE(confusableWarning(u"www.alpen-bankde.com"_s, own),
             u"looks like alpen-bank.de with its dot left out"_s);
    QCOMPARE(confusableWarning(u"alpen-bankde.com"_s), QString());
    // The organisation itself, under whatever ending.
    for (const QString &name : {u"alpen-bank.de"_s, u"www.alpen-bank.de"_s, u"armour.com"_s})
        QCOMPARE(confusableWarning(name, own), QString());
}

void TestConfusable::brokenALabelsAreNamed()
{
    for (const QString &name :
         {u"xn--a.com"_s, u"xn--999999999.com"_s, u"xn--.com"_s, u"xn--zzzz99999a.example.com"_s})
        QCOMPARE(confusableWarning(name), u"holds an international label that is not valid"_s);
}

void TestConfusable::everySingleLookAlikeOfABrandIsNamed()
{
    // The pairs that people meet; each brand with each of them in place of one letter.
    const QHash<QChar, QString> alikes{
        {u'a', u"аɑ"_s},  {u'c', u"с"_s},  {u'e', u"еҽ"_s}, {u'g', u"ɡ"_s},    {u'h', u"һ"_s},
        {u'i', u"іıɩ"_s}, {u'j', u"ј"_s},  {u'l', u"ӏ1"_s}, {u'o', u"оοօ0"_s}, {u'p', u"рρ"_s},
        {u's', u"ѕ"_s},   {u'u', u"υս"_s}, {u'v', u"νѵ"_s}, {u'x', u"х"_s},    {u'y', u"уү"_s}};
    int tried = 0;
    for (const QString &brand :
         {u"apple"_s, u"paypal"_s, u"google"_s, u"microsoft"_s, u"facebook"_s, u"amazon"_s,
          u"binance"_s, u"netflix"_s, u"yahoo"_s, u"ebay"_s, u"chase"_s, u"visa"_s}) {
        for (qsizetype at = 0; at < brand.size(); ++at) {
            for (const QChar alike : alikes.value(brand.at(at))) {
                QString label = brand;
                label[at] = alike;
                const auto name = canonicalHostName(label + u".com"_s);
                QVERIFY2(name, qPrintable(label));
                QVERIFY2(confusableWarning(*name).contains(brand), qPrintable(label));
                QVERIFY2(unicodeForm(*name).isEmpty(), qPrintable(label));
                ++tried;
            }
        }
    }
    QVERIFY(tried > 100);
}

void TestConfusable::noLookAlikeOfTheUnicodeTableIsMissed()
{
    const QString brand = u"wellsfargo"_s;
    QHash<QString, qsizetype> places;
    for (qsizetype at = 0; at < brand.size(); ++at)
        places.insert(skeleton(brand.mid(at, 1)), at);
    int tried = 0;
    for (char32_t c = 0xa1; c < 0x1f000; ++c) {
        const QString one = QString::fromUcs4(&c, 1);
        // What international names map to something else is no look-alike any more.
        if (QChar::isSurrogate(c) || one != one.normalized(QString::NormalizationForm_KC).toLower())
            continue;
        const auto place = places.constFind(skeleton(one));
        if (place == places.constEnd())
            continue;
        QString label = brand;
        label.replace(*place, 1, one);
        const auto name = canonicalHostName(label + u".com"_s);
        // Wide and mathematical letters become the ASCII letter itself; some are no letters of
        // names.
        if (!name || !name->startsWith(u"xn--"_s))
            continue;
        QVERIFY2(!confusableWarning(*name).isEmpty(), qPrintable(label));
        QVERIFY2(unicodeForm(*name).isEmpty(), qPrintable(label));
        ++tried;
    }
    QVERIFY2(tried > 100, qPrintable(QString::number(tried)));
}

void TestConfusable::ordinaryForeignWordsRaiseNothing()
{
    for (const QString &word :
         {u"bücher.de"_s, u"vægbilleder.dk"_s, u"cœur.fr"_s,      u"straße.de"_s,
          u"niño.es"_s,   u"żółw.pl"_s,        u"łódź.pl"_s,      u"příklad.cz"_s,
          u"örnek.com"_s, u"παράδειγμα.gr"_s,  u"новости.com"_s,  u"сора.рф"_s,
          u"日本語.jp"_s, u"한국어.kr"_s,      u"中文網站.com"_s, u"مثال.com"_s,
          u"דוגמה.com"_s, u"उदाहरण.com"_s,     u"ตัวอย่าง.com"_s,   u"ქართული.ge"_s}) {
        const auto name = canonicalHostName(word);
        QVERIFY2(name, qPrintable(word));
        QCOMPARE(confusableWarning(*name), QString());
        QCOMPARE(unicodeForm(*name), word);
    }
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
