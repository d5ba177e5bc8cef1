// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/entitytext.h"
#include "support/cputime.h"
#include "support/runner.h"

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

namespace {

/// What is pasted, and the entity that it means.
constexpr const char *pasted[][2] = {
    {"example.com", "example.com"},
    {"  Example.COM. ", "example.com"},
    {"interfaxru[.]com", "interfaxru.com"},
    {"interfaxru(.)com", "interfaxru.com"},
    {"interfaxru{.}com", "interfaxru.com"},
    {"interfaxru[dot]com", "interfaxru.com"},
    {"interfaxru (DOT) com", "interfaxru.com"},
    {"interfaxru [.] com", "interfaxru.com"},
    {"interfaxru[.com", "interfaxru.com"},
    {"interfaxru\\.com", "interfaxru.com"},
    {"hxxp://www.Example.COM/path", "www.example.com"},
    {"hXXps://www[.]example[.]com/path?x=y.z#a", "www.example.com"},
    {"hxxps[:]//ex[.]com", "ex.com"},
    {"hxxps[://]ex[.]com[/]path", "ex.com"},
    {"h**p://ex.com", "ex.com"},
    {"https://user:p%40ss@ex.com:8443/a@b.net", "ex.com"},
    {"http://good.example.com@evil.com/", "evil.com"},
    {"http://evil.com\\@good.example.com/", "evil.com"},
    {"ftp://ex.com", "ex.com"},
    {"//ex.com/x", "ex.com"},
    {"ex.com/path/file.html", "ex.com"},
    {"ex.com?query", "ex.com"},
    {"ex.com#fragment", "ex.com"},
    {"ex.com:443", "ex.com"},
    {"ex.com:", "ex.com"},
    {"user@ex.com", "ex.com"},
    {"user[@]ex[.]com", "ex.com"},
    {"user(at)ex.com", "ex.com"},
    {"mailto:user@ex.com?subject=hi", "ex.com"},
    {"user@[192.0.2.1]", "192.0.2.1"},
    {"user@[IPv6:2001:db8::1]", "2001:db8::1"},
    {"\"ex.com\"", "ex.com"},
    {"'ex.com',", "ex.com"},
    {"<https://ex.com/>", "ex.com"},
    {"(ex.com)", "ex.com"},
    {"[ex.com]", "ex.com"},
    {"«ex.com»;", "ex.com"},
    {"*.ex.com", "ex.com"},
    {"_dmarc.example.com", "_dmarc.example.com"},
    {"_443._tcp.example.com", "_443._tcp.example.com"},
    {"r3---sn-4g5e6nez.googlevideo.com", "r3---sn-4g5e6nez.googlevideo.com"},
    {"-odd-.example.com", "-odd-.example.com"},
    {"localhost.localdomain", "localhost.localdomain"},
    {"report.pdf", "report.pdf"},
    {"co.uk", "co.uk"},
    {"1.com", "1.com"},
    {"1.2.3.4.com", "1.2.3.4.com"},
    {"192.0.2.1.nip.io", "192.0.2.1.nip.io"},
    {"98.126.38.107", "98.126.38.107"},
    {"98[.]126.38(.)107:443", "98.126.38.107"},
    {"98。126．38｡107", "98.126.38.107"},
    {"９８.１２６.３８.１０７", "98.126.38.107"},
    {"http://98.126.38.107:8080/x", "98.126.38.107"},
    {"192.0.2.1/32", "192.0.2.1"},
    {"192.0.2.1/index.html", "192.0.2.1"},
    {"2001:db8::1", "2001:db8::1"},
    {"2001:DB8:0:0:0:0:0:1", "2001:db8::1"},
    {"2001[:]db8[:][:]1", "2001:db8::1"},
    {"[2001:db8::1]", "2001:db8::1"},
    {"[2001:db8::1]:80", "2001:db8::1"},
    {"https://[2001:db8::1]:80/x", "2001:db8::1"},
    {"2001:db8::1/128", "2001:db8::1"},
    {"::ffff:192.0.2.1", "192.0.2.1"},
    {"[::ffff:c000:201]:80", "192.0.2.1"},
    {"bücher.ch", "xn--bcher-kva.ch"},
    {"BÜCHER.CH", "xn--bcher-kva.ch"},
    {"bücher。ch", "xn--bcher-kva.ch"},
    {"xn--bcher-kva.ch", "xn--bcher-kva.ch"},
    {"XN--BCHER-KVA.ch", "xn--bcher-kva.ch"},
    {"faß.de", "xn--fa-hia.de"},
    {"пример.рф", "xn--e1afmkfd.xn--p1ai"},
    {"例え.テスト", "xn--r8jz45g.xn--zckzah"},
    {"ｅｘａｍｐｌｅ．ｃｏｍ", "example.com"},
    {"https://пример[.]рф/путь", "xn--e1afmkfd.xn--p1ai"},
    {"_dmarc.bücher.ch", "_dmarc.xn--bcher-kva.ch"},
    {"exam\u00adple.com", "example.com"},
    {"💩.la", "xn--ls8h.la"},
    {".example.com", "example.com"},
};

/// What names no entity, and part of the sentence that says why.
constexpr const char *refused[][2] = {
    {"", "Nothing was entered"},
    {"   \t\n ", "Nothing was entered"},
    {"\"\"", "Nothing was entered"},
    {"https://", "no domain name and no IP address"},
    {"https:///path", "no domain name and no IP address"},
    {"user@", "no domain name and no IP address"},
    {"localhost", "\"localhost\" is a single word"},
    {"com", "\"com\" is a single word"},
    {"com.", "\"com\" is a single word"},
    {"http://localhost:8080/", "\"localhost\" is a single word"},
    {"1.2.3", "not a complete IPv4 address"},
    {"999.1.1.1", "not a complete IPv4 address"},
    {"127.1", "not a complete IPv4 address"},
    {"01.2.3.4", "not a complete IPv4 address"},
    {"1.2.3.4.5", "not a complete IPv4 address"},
    {"2130706433", "not a complete IPv4 address"},
    {"0x7f.0.0.1", "not a complete IPv4 address"},
    {"0x7f000001", "not a complete IPv4 address"},
    {"127.0.0.0x1", "not a complete IPv4 address"},
    {"http://127.1/", "not a complete IPv4 address"},
    {"example.123", "not a complete IPv4 address"},
    {"192.0.2.0/24", "\"192.0.2.0/24\" is a network"},
    {"2001:db8::/32", "\"2001:db8::/32\" is a network"},
    {"fe80::1%eth0", "holds a zone"},
    {"[fe80::1%25eth0]:80", "holds a zone"},
    {"2001:db8:::1", "is not an IP address"},
    {"1:2:3", "is not an IP address"},
    {"[2001:db8::1", "is not an IP address"},
    {"[example.com:80]", "is not an IP address"},
    {"[2001:db8::1]x", "is not a port"},
    {"[2001:db8::1]:x", "is not a port"},
    {"example.com:99999", "\"99999\" is not a port"},
    {"example.com:http", "\"http\" is not a port"},
    {"example.com:-1", "\"-1\" is not a port"},
    {"example..com", "two dots in a row"},
    {"example.com..", "two dots in a row"},
    {"exa mple.com", "cannot hold \" \""},
    {"exa$mple.com", "cannot hold \"$\""},
    {"exam%70le.com", "cannot hold \"%\""},
    {"foo.*.com", "cannot hold \"*\""},
    {"f*o.com", "cannot hold"},
    {"example.c_m", "cannot hold \"c_m\""},
    {"example.-com", "cannot hold \"-com\""},
    {"xn--a.com", "\"xn--a\" is not valid Punycode"},
    {"xn--.com", "\"xn--\" is not valid Punycode"},
    {"www.xn--999999999.com", "\"xn--999999999\" is not valid Punycode"},
    {"a\u200db.com", "international domain names do not allow"},
    {"\u0301a.com", "international domain names do not allow"},
    {"\ufffd.com", "international domain names do not allow"},
    {"a\u202eb.com", "international domain names do not allow"},
    {"..example.com", "two dots in a row"},
    {".", "There is no name in it"},
    {".com", "\"com\" is a single word"},
    {".1.2.3.4", "not a complete IPv4 address"},
};

template <std::size_t size>
void addRows(const char *const (&rows)[size][2])
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    for (const auto &row : rows)
        QTest::newRow(row[0]) << QString::fromUtf8(row[0]) << QString::fromUtf8(row[1]);
}

} // namespace

void TestEntityText::readsWhatPeoplePaste_data()
{
    addRows(pasted);
}

void TestEntityText::readsWhatPeoplePaste()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    const auto entity = parseEntity(text);
    QVERIFY2(entity, entity ? "" : qPrintable(entity.error().detail));
    QCOMPARE(entity->value, expected);
    QVERIFY(isEntity(*entity));
}

void TestEntityText::refusesWithASentence_data()
{
    addRows(refused);
}

void TestEntityText::refusesWithASentence()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    const auto entity = parseEntity(text);
    QVERIFY2(!entity, entity ? qPrintable(entity->value) : "");
    QCOMPARE(entity.error().code, ErrorCode::NotAnEntity);
    QVERIFY2(entity.error().detail.contains(expected), qPrintable(entity.error().detail));
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
    const test::CpuTime timer;
    for (const QChar c :
         {QChar(u'a'), QChar(u'.'), QChar(u'['), QChar(u':'), QChar(u'ü'), QChar(u'@')})
        QVERIFY(!parseEntity(QString(10'000'000, c)));
    QVERIFY2(timer.ms() < 2000, qPrintable(QString::number(timer.ms())));
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
