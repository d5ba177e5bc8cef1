// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/entitytext.h"
#include "core/hostname.h"
#include "support/cputime.h"
#include "support/runner.h"

#include <QTest>

using namespace wg;
using namespace Qt::StringLiterals;

/// Host names as DNS data carries them, and their Unicode form.
class TestHostName : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void dataNamesBecomeCanonical();
    void whatIsNoNameGivesNothing();
    void whatIsPlainIsCanonical();
    void plainNamesAreQuick();
    void unicodeFormsAreShownWhereSafe();
    void unicodeFormsThatDeceiveAreNot();
};

void TestHostName::dataNamesBecomeCanonical()
{
    const auto is = [](const QString &name, const QString &canonical) {
        const auto read = canonicalHostName(name);
        QVERIFY2(read, qPrintable(name));
        QCOMPARE(*read, canonical);
    };
    is(u"Example.COM."_s, u"example.com"_s);
    is(u"com"_s, u"com"_s);
    is(u"_sip._tcp.Example.com"_s, u"_sip._tcp.example.com"_s);
    is(u"*.example.com"_s, u"*.example.com"_s);
    is(u"-a-.example.com"_s, u"-a-.example.com"_s);
    is(u"Bücher.ch"_s, u"xn--bcher-kva.ch"_s);
    is(u"_dmarc.Bücher.ch."_s, u"_dmarc.xn--bcher-kva.ch"_s);
    is(u"XN--999999999.com"_s, u"xn--999999999.com"_s); // DNS carries broken ones
    is(u"1.2.3.4.in-addr.arpa"_s, u"1.2.3.4.in-addr.arpa"_s);
    is(QString(63, u'a'), QString(63, u'a'));
    is(QString(63, u'A') + u'.', QString(63, u'a'));
}

void TestHostName::whatIsNoNameGivesNothing()
{
    for (const QString &name : {QString(),
                                u"."_s,
                                u".."_s,
                                u"a..b"_s,
                                u".a"_s,
                                u"a b.com"_s,
                                u"a/b.com"_s,
                                u"a\\.b.com"_s,
                                u"a@b.com"_s,
                                u"1.2.3.4"_s,
                                u"1.2"_s,
                                u"127"_s,
                                u"a.1"_s,
                                u"2001:db8::1"_s,
                                u"a*.com"_s,
                                u"**.com"_s,
                                u"a,b.com"_s,
                                QString(64, u'a'),
                                u"a."_s.repeated(128),
                                u"\u200d.com"_s,
                                u"a\u0000b.com"_s,
                                QString(QChar(0xd800)) + u".com"_s,
                                u"\u202e.com"_s,
                                QString(10'000'000, u'a'),
                                QString(10'000'000, u'ü')})
        QVERIFY2(!canonicalHostName(name), qPrintable(name.left(40)));
    QVERIFY(canonicalHostName(u"a."_s.repeated(127)));
}

void TestHostName::whatIsPlainIsCanonical()
{
    const QString letters = u"a1x0-_.*A:ü"_s;
    int plain = 0;
    for (int number = 0; number < 161'051; ++number) { // all texts of five letters
        QString name;
        for (int rest = number; name.size() < 5; rest /= 11)
            name += letters.at(rest % 11);
        if (!isPlainHostName(name))
            continue;
        ++plain;
        QCOMPARE(canonicalHostName(name).value_or(QString()), name);
    }
    QCOMPARE(plain, 800);
    const QString label(63, u'a');
    QVERIFY(isPlainHostName(label + u'.' + label));
    for (const QString &name : {label + u"a.a"_s, u"a."_s + label + u'a',
                                u"ab."_s.repeated(84) + u"ab"_s, u"com"_s, QString()})
        QVERIFY2(!isPlainHostName(name), qPrintable(name));
    QVERIFY(isPlainHostName(u"ab."_s.repeated(84) + u'a'));
}

void TestHostName::plainNamesAreQuick()
{
    const QString name = u"Cdn-Images-Production.eu-west-1.Example.com."_s;
    const test::CpuTime timer;
    qsizetype sum = 0;
    constexpr int rounds = 200'000;
    for (int i = 0; i < rounds; ++i)
        sum += canonicalHostName(name)->size();
    QCOMPARE(sum, (name.size() - 1) * rounds);
    qInfo("%lld ns a name", timer.ns() / rounds);
    QVERIFY(timer.ms() < 2000);
}

void TestHostName::unicodeFormsAreShownWhereSafe()
{
    QCOMPARE(unicodeForm(u"xn--bcher-kva.ch"_s), u"bücher.ch"_s);
    QCOMPARE(unicodeForm(u"www.xn--mnchen-3ya.de"_s), u"www.münchen.de"_s);
    QCOMPARE(unicodeForm(u"xn--e1afmkfd.xn--p1ai"_s), u"пример.рф"_s);
    QCOMPARE(unicodeForm(u"xn--r8jz45g.xn--zckzah"_s), u"例え.テスト"_s);
    QCOMPARE(unicodeForm(u"xn--n1afb.xn--p1ai"_s).isEmpty(), false);
}

void TestHostName::unicodeFormsThatDeceiveAreNot()
{
    for (const QString &name : {u"example.com"_s, u"xn--80ak6aa92e.com"_s, u"xn--pple-43d.com"_s,
                                u"xn--a.com"_s, u"xn--999999999.com"_s, u"xn--example-mhg.com"_s,
                                QString(), u"xn--"_s, u"www.xn--80ak6aa92e.com"_s})
        QCOMPARE(unicodeForm(name), QString());
}

WG_TEST(TestHostName)
#include "tst_hostname.moc"
