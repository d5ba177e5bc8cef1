// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/strike.h"
#include "support/runner.h"

#include <QTest>

using namespace wg;
using namespace Qt::StringLiterals;

/// What proves who asks leaves no trace in what is written down.
class tst_Strike : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aKeyIsFoundHoweverItIsWritten_data();
    void aKeyIsFoundHoweverItIsWritten();
    void aUserNameIsStruckAsAWord_data();
    void aUserNameIsStruckAsAWord();
    void everyPartOfAnExchangeIsLookedThrough();
    void whatIsNotTextLosesNoNames();
    void shortTextsAreNoKeys();
    void aLargeBodyIsLookedThrough();
    void aLargeBodyWithoutItIsNotEvenCopied();
};

namespace {

const QByteArray key = "ab/cd+\"ef==";

Confidential secrets()
{
    return confidentialOf("analyst@corp.example:" + key);
}

/// As JSON may write it: every character with four digits.
QByteArray digits(const QByteArray &text, const char *form)
{
    QByteArray all;
    for (const char c : text)
        all += QString::asprintf(form, unsigned(c)).toLatin1();
    return all;
}

} // namespace

void tst_Strike::aKeyIsFoundHoweverItIsWritten_data()
{
    QTest::addColumn<QByteArray>("written");
    QTest::newRow("as it is") << key;
    QTest::newRow("JSON") << QByteArray("ab\\/cd+\\\"ef==");
    QTest::newRow("JSON, slash as it is") << QByteArray("ab/cd+\\\"ef==");
    QTest::newRow("JSON, odd characters by number") << QByteArray(R"(ab\u002Fcd\u002b\u0022ef==)");
    QTest::newRow("JSON, all by number") << digits(key, "\\u%04X");
    QTest::newRow("JSON, all by number, small") << digits(key, "\\u%04x");
    QTest::newRow("URL") << key.toPercentEncoding();
    QTest::newRow("URL, small") << key.toPercentEncoding().toLower();
    QTest::newRow("URL, all") << digits(key, "%%%02X");
    QTest::newRow("HTML") << QByteArray("ab&#x2F;cd&#43;&quot;ef==");
    QTest::newRow("sent as Basic") << ("analyst@corp.example:" + key).toBase64();
    QTest::newRow("Basic in JSON")
        << ("analyst@corp.example:" + key).toBase64().replace("/", "\\/");
}

void tst_Strike::aKeyIsFoundHoweverItIsWritten()
{
    QFETCH(QByteArray, written);
    QCOMPARE(struck("you: " + written + ", n: 1", secrets()), QByteArray("you: [key], n: 1"));
    QCOMPARE(struck(written, secrets()), QByteArray("[key]"));
    QCOMPARE(struck(written.chopped(1), secrets()), written.chopped(1));
}

void tst_Strike::aUserNameIsStruckAsAWord_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("alone") << QByteArray("shop") << QByteArray("[name]");
    QTest::newRow("quoted") << QByteArray(R"({"user":"shop"})")
                            << QByteArray(R"({"user":"[name]"})");
    QTest::newRow("at the end of a sentence")
        << QByteArray("Hello shop.") << QByteArray("Hello [name].");
    QTest::newRow("behind an escape") << QByteArray("Hello\\nshop") << QByteArray("Hello\\n[name]");
    QTest::newRow("in a query") << QByteArray("?u%3Dshop&x") << QByteArray("?u%3D[name]&x");
    QTest::newRow("somebody's host") << QByteArray("www.shop.com") << QByteArray("www.shop.com");
    QTest::newRow("somebody's domain") << QByteArray("shop.com") << QByteArray("shop.com");
    QTest::newRow("part of a word") << QByteArray("workshops") << QByteArray("workshops");
    QTest::newRow("part of a label") << QByteArray("my-shop") << QByteArray("my-shop");
}

void tst_Strike::aUserNameIsStruckAsAWord()
{
    QFETCH(QByteArray, text);
    QTEST(struck(text, confidentialOf("shop:not-in-any-of-these")), "expected");
}

void tst_Strike::everyPartOfAnExchangeIsLookedThrough()
{
    const QByteArray planted = "k-0815-4711";
    const QString text = QString::fromLatin1(planted);
    Exchange exchange;
    exchange.request = {.transport = Transport::Http,
                        .method = u"GET"_s,
                        .place = u"https://x.example/?a="_s + text,
                        .name = text,
                        .body = planted};
    exchange.failure = Error{ErrorCode::Refused, u"no such key: "_s + text};
    exchange.notes = {{u"status"_s, 401}, {u"url"_s, u"https://x.example/"_s + text}};
    exchange.headers = {{"x-key", planted}, {planted, "bob"}};
    exchange.bodies = {"one " + planted, "two " + planted + " of bob"};
    strike(exchange, confidentialOf("bob:" + planted));
    exchange.hashes = {};
    const QByteArray line = toLine(exchange);
    QVERIFY2(!line.contains(planted), line.constData());
    QVERIFY2(!line.contains("bob"), line.constData());
    QCOMPARE(exchange.bodies, (QByteArrayList{"one [key]", "two [key] of [name]"}));
    QCOMPARE(exchange.notes.value("status"_L1).toInt(), 401);
}

void tst_Strike::whatIsNotTextLosesNoNames()
{
    const QByteArray packet = QByteArray("\x04shop\x03"
                                         "com\0",
                                         10);
    Exchange exchange;
    exchange.request = {.transport = Transport::Dns,
                        .method = {},
                        .place = u"192.0.2.53"_s,
                        .name = u"shop"_s,
                        .body = {}};
    exchange.bodies = {packet};
    strike(exchange, confidentialOf("shop:secret-word"));
    QCOMPARE(exchange.bodies.first(), packet);
    QCOMPARE(exchange.request.name, u"shop"_s);
}

void tst_Strike::shortTextsAreNoKeys()
{
    const QByteArray text = R"({"a":"b","ab":"abc"})";
    QCOMPARE(struck(text, confidentialOf("a:abc")), text);
    QCOMPARE(struck(text, {}), text);
}

void tst_Strike::aLargeBodyIsLookedThrough()
{
    const QByteArray row = R"({"name":"a\/b%20c&amp;d","key":"k-0815"},)";
    QByteArray body;
    while (body.size() < (16 << 20))
        body += row;
    const QByteArray result = struck(body, confidentialOf("bob:k-0815"));
    QVERIFY(!result.contains("k-0815"));
}

void tst_Strike::aLargeBodyWithoutItIsNotEvenCopied()
{
    QByteArray body;
    while (body.size() < (100 << 20))
        body +=
            R"({"url":"https:\/k.example\/%20%2F&amp;&#39;","title":"\u043a\u043b\u044e\u0447"},)";
    const QByteArray result = struck(body, confidentialOf("k0815/abcd+efgh=="));
    QCOMPARE(result.constData(), body.constData());
}

WG_TEST(tst_Strike)
#include "tst_strike.moc"
