// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/entitytext.h"
#include "support/runner.h"

#include <QElapsedTimer>
#include <QTest>

using namespace wg;
using namespace Qt::StringLiterals;

/// One entity out of what a person typed or pasted.
class TestEntityText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatPeoplePaste_data();
    void readsWhatPeoplePaste();
    void refusesWithASentence_data();
    void refusesWithASentence();
    void lengthsEndWhereDnsEndsThem();
    void cutAtEveryPlaceItNeverInvents();
    void randomTextEndsWithAnEntityOrASentence();
    void hugeTextIsRefusedAtOnce();
    void whatWasReadReadsAgainAsItself();
};

void TestEntityText::readsWhatPeoplePaste_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("value");
    const auto add = [](const char *text, const char *value) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(value);
    };
    add("example.com", "example.com");
    add("  Example.COM. ", "example.com");
    add("interfaxru[.]com", "interfaxru.com");
    add("interfaxru(.)com", "interfaxru.com");
    add("interfaxru{.}com", "interfaxru.com");
    add("interfaxru[dot]com", "interfaxru.com");
    add("interfaxru (DOT) com", "interfaxru.com");
    add("interfaxru [.] com", "interfaxru.com");
    add("interfaxru[.com", "interfaxru.com");
    add("interfaxru\\.com", "interfaxru.com");
    add("hxxp://www.Example.COM/path", "www.example.com");
    add("hXXps://www[.]example[.]com/path?x=y.z#a", "www.example.com");
    add("hxxps[:]//ex[.]com", "ex.com");
    add("hxxps[://]ex[.]com[/]path", "ex.com");
    add("h**p://ex.com", "ex.com");
    add("https://user:p%40ss@ex.com:8443/a@b.net", "ex.com");
    add("http://good.example.com@evil.com/", "evil.com");
    add("http://evil.com\\@good.example.com/", "evil.com");
    add("ftp://ex.com", "ex.com");
    add("//ex.com/x", "ex.com");
    add("ex.com/path/file.html", "ex.com");
    add("ex.com?query", "ex.com");
    add("ex.com#fragment", "ex.com");
    add("ex.com:443", "ex.com");
    add("ex.com:", "ex.com");
    add("user@ex.com", "ex.com");
    add("user[@]ex[.]com", "ex.com");
    add("user(at)ex.com", "ex.com");
    add("mailto:user@ex.com?subject=hi", "ex.com");
    add("user@[192.0.2.1]", "192.0.2.1");
    add("user@[IPv6:2001:db8::1]", "2001:db8::1");
    add("\"ex.com\"", "ex.com");
    add("'ex.com',", "ex.com");
    add("<https://ex.com/>", "ex.com");
    add("(ex.com)", "ex.com");
    add("[ex.com]", "ex.com");
    add("«ex.com»;", "ex.com");
    add("*.ex.com", "ex.com");
    add("_dmarc.example.com", "_dmarc.example.com");
    add("_443._tcp.example.com", "_443._tcp.example.com");
    add("r3---sn-4g5e6nez.googlevideo.com", "r3---sn-4g5e6nez.googlevideo.com");
    add("-odd-.example.com", "-odd-.example.com");
    add("localhost.localdomain", "localhost.localdomain");
    add("report.pdf", "report.pdf");
    add("co.uk", "co.uk");
    add("1.com", "1.com");
    add("1.2.3.4.com", "1.2.3.4.com");
    add("192.0.2.1.nip.io", "192.0.2.1.nip.io");
    // addresses
    add("98.126.38.107", "98.126.38.107");
    add("98[.]126.38(.)107:443", "98.126.38.107");
    add("98。126．38｡107", "98.126.38.107");
    add("９８.１２６.３８.１０７", "98.126.38.107");
    add("http://98.126.38.107:8080/x", "98.126.38.107");
    add("192.0.2.1/32", "192.0.2.1");
    add("192.0.2.1/index.html", "192.0.2.1");
    add("2001:db8::1", "2001:db8::1");
    add("2001:DB8:0:0:0:0:0:1", "2001:db8::1");
    add("2001[:]db8[:][:]1", "2001:db8::1");
    add("[2001:db8::1]", "2001:db8::1");
    add("[2001:db8::1]:80", "2001:db8::1");
    add("https://[2001:db8::1]:80/x", "2001:db8::1");
    add("2001:db8::1/128", "2001:db8::1");
    add("::ffff:192.0.2.1", "192.0.2.1");
    add("[::ffff:c000:201]:80", "192.0.2.1");
    // international names
    add("bücher.ch", "xn--bcher-kva.ch");
    add("BÜCHER.CH", "xn--bcher-kva.ch");
    add("bücher。ch", "xn--bcher-kva.ch");
    add("xn--bcher-kva.ch", "xn--bcher-kva.ch");
    add("XN--BCHER-KVA.ch", "xn--bcher-kva.ch");
    add("faß.de", "xn--fa-hia.de");
    add("пример.рф", "xn--e1afmkfd.xn--p1ai");
    add("例え.テスト", "xn--r8jz45g.xn--zckzah");
    add("ｅｘａｍｐｌｅ．ｃｏｍ", "example.com");
    add("https://пример[.]рф/путь", "xn--e1afmkfd.xn--p1ai");
    add("_dmarc.bücher.ch", "_dmarc.xn--bcher-kva.ch");
    add("exam\u00adple.com", "example.com");
    add("💩.la", "xn--ls8h.la");
}

void TestEntityText::readsWhatPeoplePaste()
{
    QFETCH(QString, text);
    QFETCH(QString, value);
    const auto entity = parseEntity(text);
    QVERIFY2(entity, entity ? "" : qPrintable(entity.error().detail));
    QCOMPARE(entity->value, value);
    QVERIFY(isEntity(*entity));
}

void TestEntityText::refusesWithASentence_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("says");
    const auto add = [](const char *text, const char *says) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(says);
    };
    add("", "Nothing was entered");
    add("   \t\n ", "Nothing was entered");
    add("\"\"", "Nothing was entered");
    add("https://", "no domain name and no IP address");
    add("https:///path", "no domain name and no IP address");
    add("user@", "no domain name and no IP address");
    add("localhost", "\"localhost\" is a single word");
    add("com", "\"com\" is a single word");
    add("com.", "\"com\" is a single word");
    add("http://localhost:8080/", "\"localhost\" is a single word");
    add("1.2.3", "not a complete IPv4 address");
    add("999.1.1.1", "not a complete IPv4 address");
    add("127.1", "not a complete IPv4 address");
    add("01.2.3.4", "not a complete IPv4 address");
    add("1.2.3.4.5", "not a complete IPv4 address");
    add("2130706433", "not a complete IPv4 address");
    add("0x7f.0.0.1", "not a complete IPv4 address");
    add("0x7f000001", "not a complete IPv4 address");
    add("127.0.0.0x1", "not a complete IPv4 address");
    add("http://127.1/", "not a complete IPv4 address");
    add("example.123", "not a complete IPv4 address");
    add("192.0.2.0/24", "\"192.0.2.0/24\" is a network");
    add("2001:db8::/32", "\"2001:db8::/32\" is a network");
    add("fe80::1%eth0", "holds a zone");
    add("[fe80::1%25eth0]:80", "holds a zone");
    add("2001:db8:::1", "is not an IP address");
    add("1:2:3", "is not an IP address");
    add("[2001:db8::1", "is not an IP address");
    add("[example.com:80]", "is not an IP address");
    add("[2001:db8::1]x", "is not a port");
    add("[2001:db8::1]:x", "is not a port");
    add("example.com:99999", "\"99999\" is not a port");
    add("example.com:http", "\"http\" is not a port");
    add("example.com:-1", "\"-1\" is not a port");
    add("example..com", "two dots in a row");
    add(".example.com", "begins with a dot");
    add("example.com..", "two dots in a row");
    add("exa mple.com", "cannot hold \" \"");
    add("exa$mple.com", "cannot hold \"$\"");
    add("exam%70le.com", "cannot hold \"%\"");
    add("foo.*.com", "cannot hold \"*\"");
    add("f*o.com", "cannot hold");
    add("example.c_m", "cannot hold \"c_m\"");
    add("example.-com", "cannot hold \"-com\"");
    add("xn--a.com", "\"xn--a\" is not valid Punycode");
    add("xn--.com", "\"xn--\" is not valid Punycode");
    add("www.xn--999999999.com", "\"xn--999999999\" is not valid Punycode");
    add("a\u200db.com", "international domain names do not allow");
    add("\u0301a.com", "international domain names do not allow");
    add("\ufffd.com", "international domain names do not allow");
    add("a\u202eb.com", "international domain names do not allow");
}

void TestEntityText::refusesWithASentence()
{
    QFETCH(QString, text);
    QFETCH(QString, says);
    const auto entity = parseEntity(text);
    QVERIFY2(!entity, entity ? qPrintable(entity->value) : "");
    QCOMPARE(entity.error().code, ErrorCode::NotAnEntity);
    QVERIFY2(entity.error().detail.contains(says), qPrintable(entity.error().detail));
    QVERIFY(entity.error().detail.endsWith(u'.'));
}

void TestEntityText::lengthsEndWhereDnsEndsThem()
{
    const QString label(63, u'a');
    QCOMPARE(parseEntity(label + u".com"_s)->value, label + u".com"_s);
    const auto longLabel = parseEntity(label + u"a.com"_s);
    QVERIFY(!longLabel);
    QVERIFY(longLabel.error().detail.contains(u"63 characters"_s));

    const QString most = (label + u'.').repeated(3) + QString(61, u'b');
    QCOMPARE(most.size(), 253);
    QCOMPARE(parseEntity(most)->value, most);
    QCOMPARE(parseEntity(most + u'.')->value, most);
    const auto longName = parseEntity(most + u'b');
    QVERIFY(!longName);
    QVERIFY(longName.error().detail.contains(u"253 characters"_s));
    // sixty umlauts fit sixty-three characters only until they are encoded
    QVERIFY(!parseEntity(QString(60, u'ü') + u".com"_s));
}

void TestEntityText::cutAtEveryPlaceItNeverInvents()
{
    const QString whole = u"hxxps[://]user@xn--bcher-kva[.]example(.)com:8443/path?x=1.2.3.4"_s;
    for (qsizetype size = 0; size <= whole.size(); ++size) {
        const auto entity = parseEntity(QStringView(whole).first(size));
        if (entity)
            QVERIFY2(u"xn--bcher-kva.example.com"_s.startsWith(entity->value),
                     qPrintable(entity->value));
        else
            QVERIFY(entity.error().detail.size() > 10);
    }
}

void TestEntityText::randomTextEndsWithAnEntityOrASentence()
{
    const QString alphabet =
        u"ab1.:/@[](){}#?%*-_ \\\"xn--hxxp:\u3002\u00fc\u202e\u200d\u0661\U0001F4A9"_s + QChar(0)
        + QChar(0xd800);
    QRandomGenerator random(11);
    for (int round = 0; round < 30'000; ++round) {
        QString text;
        for (int i = random.bounded(24); i > 0; --i)
            text += alphabet.at(random.bounded(int(alphabet.size())));
        const auto entity = parseEntity(text);
        if (!entity) {
            QVERIFY(!entity.error().detail.isEmpty());
            continue;
        }
        QVERIFY(std::all_of(entity->value.begin(), entity->value.end(),
                            [](QChar c) { return c > u' ' && c < u'\x7f'; }));
        QCOMPARE(parseEntity(entity->value)->value, entity->value);
    }
}

void TestEntityText::hugeTextIsRefusedAtOnce()
{
    QElapsedTimer timer;
    timer.start();
    for (const QChar c :
         {QChar(u'a'), QChar(u'.'), QChar(u'['), QChar(u':'), QChar(u'ü'), QChar(u'@')})
        QVERIFY(!parseEntity(QString(10'000'000, c)));
    QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
}

void TestEntityText::whatWasReadReadsAgainAsItself()
{
    for (const QString &text :
         {u"Bücher.CH"_s, u"2001:DB8::1"_s, u"::ffff:192.0.2.1"_s, u"_X.Example.com."_s}) {
        const auto once = parseEntity(text);
        const auto twice = parseEntity(once->value);
        QCOMPARE(*twice, *once);
    }
}

WG_TEST(TestEntityText)
#include "tst_entitytext.moc"
