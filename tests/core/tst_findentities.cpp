// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/entitytext.h"
#include "support/cputime.h"
#include "support/runner.h"

#include <QTest>

using namespace wg;
using namespace Qt::StringLiterals;

/// Entities in lists, logs and prose.
class TestFindEntities : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsThemInProse_data();
    void findsThemInProse();
    void readsAListWithComments();
    void eachIsFoundOnceInOrder();
    void stopsAtTheLimit();
    void hostileTextTakesLinearTime();
};

namespace {

QStringList valuesIn(const QString &text)
{
    QStringList values;
    for (const Entity &entity : findEntities(text))
        values.append(entity.value);
    return values;
}

} // namespace

void TestFindEntities::findsThemInProse_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("values");
    const auto add = [](const char *text, const QStringList &values) {
        QTest::newRow(text) << QString::fromUtf8(text) << values;
    };
    add("The site interfaxru[.]com resolved to 98[.]126[.]38[.]107.",
        {u"interfaxru.com"_s, u"98.126.38.107"_s});
    add("See report.pdf, e.g. page 3, i.e. the table in v1.2.3 of setup.exe.", {});
    add("It ended.Then nothing happened", {});
    add("Visit https://www.example.com/a/b.html, now!", {u"www.example.com"_s});
    add("(see evil.com)", {u"evil.com"_s});
    add("[evil.com](http://evil.com/x)", {u"evil.com"_s});
    add("src=10.0.0.1 dst=8.8.8.8 host:evil.com:", {u"10.0.0.1"_s, u"8.8.8.8"_s, u"evil.com"_s});
    add("link=hxxps://evil[.]com/x", {u"evil.com"_s});
    add("\"evil.com\",\"192.0.2.1\",2024-01-01", {u"evil.com"_s, u"192.0.2.1"_s});
    add("{\"domain\":\"evil.com\",\"ip\":\"2001:db8::1\"}", {u"evil.com"_s, u"2001:db8::1"_s});
    add("mail from a.person@example.org to <b@example.net>", {u"example.org"_s, u"example.net"_s});
    add("std::vector at 12:30:45 with a::b and ::", {});
    add("listens on [2001:db8::1]:443 and 2001:db8::2", {u"2001:db8::1"_s, u"2001:db8::2"_s});
    add("block 192.0.2.0/24 and 1.2.3 and 999.1.1.1", {});
    add("пример.рф and bücher.ch.", {u"xn--e1afmkfd.xn--p1ai"_s, u"xn--bcher-kva.ch"_s});
    add("a.test b.example c.local d.onion e.notatld",
        {u"a.test"_s, u"b.example"_s, u"c.local"_s, u"d.onion"_s});
    add("evil.com;evil.net|evil.org\tevil.info",
        {u"evil.com"_s, u"evil.net"_s, u"evil.org"_s, u"evil.info"_s});
    add("evil [dot] com", {u"evil.com"_s});
    add("Open report.zip, run setup.sh and main.py; README.md tells about libssl.so.", {});
    add("The archive evil.zip. Then it ended.", {});
    add("key.sh=report.zip file:notes.md", {});
    add("See https://evil.zip/x and a.person@evil.mov now", {u"evil.zip"_s, u"evil.mov"_s});
    add("It was evil[.]zip, not report.zip", {u"evil.zip"_s});
    add("evil.zip. 3600 IN A 192.0.2.1", {u"evil.zip"_s, u"192.0.2.1"_s});
    add("evil.zip", {u"evil.zip"_s});
    add("0.0.0.0 evil.zip www.transfer.sh # of a list",
        {u"0.0.0.0"_s, u"evil.zip"_s, u"www.transfer.sh"_s});
    add("# evil.com", {});
    add("good.com # evil.com", {u"good.com"_s});
    add("good.com/#evil.com", {u"good.com"_s});
    add("", {});
    add("... :: // @ [] () .", {});
}

void TestFindEntities::findsThemInProse()
{
    QFETCH(QString, text);
    QFETCH(QStringList, values);
    QCOMPARE(valuesIn(text), values);
}

void TestFindEntities::readsAListWithComments()
{
    QCOMPARE(
        valuesIn(
            u"# indicators\r\nevil.com\r\n\r\n  98.126.38.107  # seen twice\r\nnot an entity\r\nwww.evil.net"_s),
        (QStringList{u"evil.com"_s, u"98.126.38.107"_s, u"www.evil.net"_s}));
}

void TestFindEntities::eachIsFoundOnceInOrder()
{
    QCOMPARE(valuesIn(u"b.com a.com B.COM hxxp://a[.]com b.com."_s),
             (QStringList{u"b.com"_s, u"a.com"_s}));
}

void TestFindEntities::stopsAtTheLimit()
{
    QString text;
    for (int i = 0; i < 1000; ++i)
        text += u"host%1.com\n"_s.arg(i);
    QCOMPARE(findEntities(text, 10).size(), 10);
    QCOMPARE(findEntities(text, 10).last().value, u"host9.com"_s);
    QCOMPARE(findEntities(text).size(), 1000);
    QCOMPARE(findEntities(text, 0).size(), 0);
}

void TestFindEntities::hostileTextTakesLinearTime()
{
    const test::CpuTime timer;
    for (const QString &piece :
         {u"a"_s, u"."_s, u"["_s, u"[."_s, u"("_s, u":"_s, u"a."_s, u"h"_s, u"hxxp"_s, u"="_s,
          u"://"_s, u"@"_s, u"http:"_s, u"[.] "_s, u"ü."_s, u"x a.zip "_s, u"x a[.]b.zip "_s})
        QCOMPARE(findEntities(piece.repeated(2'000'000 / piece.size())).size(), 0);
    QVERIFY2(timer.ms() < 10'000, qPrintable(QString::number(timer.ms())));
}

WG_TEST(TestFindEntities)
#include "tst_findentities.moc"
