// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/untrustedtext.h"
#include "support/cputime.h"
#include "support/runner.h"

#include <QTest>

using namespace wg;
using namespace Qt::StringLiterals;

/// Text from outside: made valid once, made visible when shown.
class TestUntrustedText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bytesBecomeValidText_data();
    void bytesBecomeValidText();
    void cutAtEveryByteItStaysValid();
    void stringsLoseZeroesAndLoneSurrogates();
    void deceivingCharactersAreNamed();
    void ordinaryTextIsShownAsItIs();
    void longTextEndsAtTheLimit();
    void marksDoNotPileUp();
    void toolTipsCannotBecomeMarkup();
    void randomTextIsAlwaysOneSafeLine();
    void hugeTextIsShownAtOnce();
};

namespace {

QString shown(const QString &text, qsizetype limit = 2000)
{
    return UntrustedText::fromString(text).shown(limit);
}

bool isValid(const QString &text)
{
    return text.isValidUtf16() && !text.contains(QChar(0));
}

} // namespace

void TestUntrustedText::bytesBecomeValidText_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    QTest::newRow("plain") << QByteArray("v=spf1 -all") << u"v=spf1 -all"_s;
    QTest::newRow("umlaut") << QByteArray("\xc3\xbc") << u"ü"_s;
    QTest::newRow("astral") << QByteArray("\xf0\x9f\x92\xa9") << u"\U0001F4A9"_s;
    QTest::newRow("latin-1") << QByteArray("M\xfcnchen") << u"M\ufffdnchen"_s;
    QTest::newRow("zero") << QByteArray("a\0b", 3) << u"a\ufffdb"_s;
    QTest::newRow("lone continuation") << QByteArray("\x80") << u"\ufffd"_s;
    QTest::newRow("empty") << QByteArray() << QString();
}

void TestUntrustedText::bytesBecomeValidText()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, text);
    QCOMPARE(UntrustedText::fromUtf8(bytes).raw(), text);
}

void TestUntrustedText::cutAtEveryByteItStaysValid()
{
    const QByteArray bytes =
        "a\xc3\xbc\xe2\x80\xae\xf0\x9f\x92\xa9\xed\xa0\x80\xc0\x80\xf8\x88\x80\x80\x80\xff z";
    for (qsizetype from = 0; from <= bytes.size(); ++from) {
        for (qsizetype size = 0; size <= bytes.size() - from; ++size) {
            const auto text = UntrustedText::fromUtf8(bytes.sliced(from, size));
            QVERIFY(isValid(text.raw()));
            QCOMPARE(UntrustedText::fromUtf8(text.raw().toUtf8()), text);
        }
    }
}

void TestUntrustedText::stringsLoseZeroesAndLoneSurrogates()
{
    QCOMPARE(UntrustedText::fromString(QString(QChar(0))).raw(), u"\ufffd"_s);
    QCOMPARE(UntrustedText::fromString(QString(QChar(0xd83d))).raw(), u"\ufffd"_s);
    QCOMPARE(UntrustedText::fromString(QString(QChar(0xdca9))).raw(), u"\ufffd"_s);
    QCOMPARE(UntrustedText::fromString(QString(QChar(0xdca9)) + QChar(0xd83d)).raw(),
             u"\ufffd\ufffd"_s);
    QCOMPARE(UntrustedText::fromString(u"a\U0001F4A9b"_s).raw(), u"a\U0001F4A9b"_s);
    QVERIFY(UntrustedText::fromString({}).isEmpty());
}

void TestUntrustedText::deceivingCharactersAreNamed()
{
    QCOMPARE(shown(u"a\u202eb"_s), u"a⟨U+202E⟩b"_s);
    QCOMPARE(shown(u"a\nb\tc\rd"_s), u"a⟨U+000A⟩b⟨U+0009⟩c⟨U+000D⟩d"_s);
    QCOMPARE(shown(u"\U000E0041"_s), u"⟨U+E0041⟩"_s);
    QList<char32_t> points{0x01,   0x1b,   0x7f,   0x80,   0x85,    0x9f,    0xad,   0x34f,
                           0x61c,  0x115f, 0x180e, 0x2028, 0x2029,  0x2060,  0x2064, 0x2800,
                           0x3164, 0xfeff, 0xfff9, 0xffa0, 0xe0001, 0xe007f, 0xe0100};
    for (char32_t c = 0x200b; c <= 0x200f; ++c)
        points.append(c);
    for (char32_t c = 0x202a; c <= 0x202e; ++c)
        points.append(c);
    for (char32_t c = 0x2066; c <= 0x2069; ++c)
        points.append(c);
    for (const char32_t c : points) {
        const QString text = shown(QString::fromUcs4(std::array{U'x', c}.data(), 2));
        QCOMPARE(
            text,
            u"x⟨U+%1⟩"_s.arg(uint(c), 4, 16, QLatin1Char('0')).toUpper().replace(u"X⟨"_s, u"x⟨"_s));
    }
    QCOMPARE(madeVisible(QString(QChar(0xd800))), u"⟨U+D800⟩"_s);
    QCOMPARE(madeVisible(QString(QChar(0))), u"⟨U+0000⟩"_s);
}

void TestUntrustedText::ordinaryTextIsShownAsItIs()
{
    for (const QString &text :
         {u""_s, u"v=spf1 include:_spf.example.com -all"_s, u"Grün & Söhne GmbH"_s, u"世界"_s,
          u"שלום"_s, u"e\u0301"_s, u"\U0001F4A9"_s, u"<b>&amp;</b>"_s, u"100 % \"quoted\""_s})
        QCOMPARE(shown(text), text);
}

void TestUntrustedText::longTextEndsAtTheLimit()
{
    QCOMPARE(shown(u"abc"_s, 3), u"abc"_s);
    QCOMPARE(shown(u"abcd"_s, 3), u"abc…"_s);
    QCOMPARE(shown(u"abcd"_s, 0), u"…"_s);
    QCOMPARE(shown(QString(), 0), QString());
    QCOMPARE(shown(u"\U0001F4A9\U0001F4A9\U0001F4A9"_s, 2), u"\U0001F4A9\U0001F4A9…"_s);
    QCOMPARE(shown(u"ab\u202e"_s, 5), u"ab…"_s); // a name is never cut in two
    QCOMPARE(shown(QString(5000, u'a')).size(), 2001);
    QVERIFY(shown(QString(5000, QChar(0x202e))).size() <= 2001);
}

void TestUntrustedText::marksDoNotPileUp()
{
    const QString mark(QChar(0x0301));
    QCOMPARE(shown(u"a"_s + mark.repeated(10) + u"b"_s), u"a"_s + mark.repeated(10) + u"b"_s);
    QCOMPARE(shown(u"a"_s + mark.repeated(500) + u"b"_s), u"a"_s + mark.repeated(10) + u"b"_s);
    QVERIFY(shown(u"a"_s + mark.repeated(5000) + u"b"_s).endsWith(u'…'));
    QCOMPARE(shown(mark), u"◌"_s + mark); // never joins what stands before the text
    QCOMPARE(shown((u"a"_s + mark).repeated(20)), (u"a"_s + mark).repeated(20));
}

void TestUntrustedText::toolTipsCannotBecomeMarkup()
{
    const QString tip = UntrustedText::fromString(u"<img src='http://x/'> & \u202e"_s).toolTip();
    QVERIFY(tip.contains(u"&lt;img"_s));
    QVERIFY(!tip.contains(u"<img"_s));
    QVERIFY(tip.contains(u"&amp;"_s));
    QVERIFY(tip.contains(u"⟨U+202E⟩"_s));
    QVERIFY(tip.startsWith(u"<qt>"_s));
    const QString wide = UntrustedText::fromString(QString(1000, u'a')).toolTip();
    QVERIFY(!wide.contains(QString(61, u'a')));
    QVERIFY(UntrustedText().toolTip().isEmpty());
}

void TestUntrustedText::randomTextIsAlwaysOneSafeLine()
{
    QRandomGenerator random(23);
    for (int round = 0; round < 2000; ++round) {
        QString text;
        for (int i = random.bounded(200); i > 0; --i)
            text += QChar(char16_t(random.bounded(3) == 0 ? random.bounded(0x2100)
                                                          : random.bounded(0x10000)));
        const auto outside = UntrustedText::fromString(text);
        QVERIFY(isValid(outside.raw()));
        const QString visible = outside.shown(100);
        QVERIFY(visible.toUcs4().size() <= 101);
        for (const char32_t c : visible.toUcs4()) {
            const auto category = QChar::category(c);
            QVERIFY(category != QChar::Other_Control && category != QChar::Other_Format
                    && category != QChar::Separator_Line && category != QChar::Separator_Paragraph);
        }
    }
}

void TestUntrustedText::hugeTextIsShownAtOnce()
{
    QList<UntrustedText> texts;
    for (const char16_t c : {u'a', u'\u202e', u'\u0301', u'\n'})
        texts.append(UntrustedText::fromString(QString(10'000'000, QChar(c))));
    const test::CpuTime timer;
    for (const UntrustedText &text : texts) {
        QVERIFY(text.shown().size() <= 2002);
        QVERIFY(text.toolTip().size() < 30'000);
    }
    QVERIFY2(timer.ms() < 500, qPrintable(QString::number(timer.ms())));
}

WG_TEST(TestUntrustedText)
#include "tst_untrustedtext.moc"
