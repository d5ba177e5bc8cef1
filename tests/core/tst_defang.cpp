// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/entitytext.h"
#include "support/cputime.h"
#include "support/runner.h"

#include <QTest>

using namespace wg;
using namespace Qt::StringLiterals;

/// Defanging and its undoing.
class TestDefang : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void artifactsCannotBeClicked();
    void refangingUndoesDefanging();
    void freeTextIsDefanged_data();
    void freeTextIsDefanged();
    void defangedTextHoldsTheSameEntities();
    void refangLeavesOrdinaryTextAlone();
    void hostileTextTakesLinearTime();
};

void TestDefang::artifactsCannotBeClicked()
{
    const auto of = [](ArtifactKind kind, const QString &value) {
        return defang(Artifact{kind, value});
    };
    QCOMPARE(of(ArtifactKind::Domain, u"www.example.com"_s), u"www[.]example[.]com"_s);
    QCOMPARE(of(ArtifactKind::Ipv4, u"192.0.2.1"_s), u"192[.]0[.]2[.]1"_s);
    QCOMPARE(of(ArtifactKind::Ipv6, u"2001:db8::1"_s), u"2001[:]db8[:][:]1"_s);
    QCOMPARE(of(ArtifactKind::Cidr, u"192.0.2.0/24"_s), u"192[.]0[.]2[.]0/24"_s);
    QCOMPARE(of(ArtifactKind::Email, u"a.b@example.com"_s), u"a[.]b[@]example[.]com"_s);
    QCOMPARE(of(ArtifactKind::NameServer, u"ns1.example.com"_s), u"ns1[.]example[.]com"_s);
    QCOMPARE(of(ArtifactKind::Url, u"https://example.com/a.html"_s),
             u"hxxps://example[.]com/a[.]html"_s);
    QCOMPARE(of(ArtifactKind::FileHash, u"d41d8cd98f00b204e9800998ecf8427e"_s),
             u"d41d8cd98f00b204e9800998ecf8427e"_s);
    QCOMPARE(of(ArtifactKind::Organisation, u"Example Inc."_s), u"Example Inc."_s);
    QCOMPARE(of(ArtifactKind::Domain, QString()), QString());
}

void TestDefang::refangingUndoesDefanging()
{
    QRandomGenerator random(3);
    const QString letters = u"abcxyz019-_"_s;
    for (int round = 0; round < 5000; ++round) {
        QString name;
        for (int label = random.bounded(1, 5); label > 0; --label) {
            for (int i = random.bounded(1, 12); i > 0; --i)
                name += letters.at(random.bounded(int(letters.size())));
            name += u'.';
        }
        name += u"com"_s;
        const auto entity = parseEntity(name);
        if (!entity)
            continue; // a random "xn--" label
        const QString defanged = defang(*entity);
        QCOMPARE(refang(defanged), entity->value);
        QCOMPARE(*parseEntity(defanged), *entity);
        QVERIFY(!defanged.contains(QRegularExpression(u"[^\\[]\\."_s)));
    }
    for (const char *text : {"2001:db8::1", "::1", "1::", "98.126.38.107", "fe80::1:2:3"}) {
        const auto entity = parseEntity(QString::fromLatin1(text));
        QCOMPARE(*parseEntity(defang(*entity)), *entity);
    }
}

void TestDefang::freeTextIsDefanged_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("defanged");
    const auto add = [](const char *text, const char *defanged) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(defanged);
    };
    add("", "");
    add("No names here. None at all, e.g. none.", "No names here. None at all, e.g. none.");
    add("moved to 203.0.113.9 (was 192.0.2.1).",
        "moved to 203[.]0[.]113[.]9 (was 192[.]0[.]2[.]1)[.]");
    add("see http://www.example.com/a.html now", "see hxxp://www[.]example[.]com/a[.]html now");
    add("HTTPS://EXAMPLE.COM", "HxxPS://EXAMPLE[.]COM");
    add("http://localhost/x", "hxxp://localhost/x");
    add("httpd and http are words", "httpd and http are words");
    add("url=https://evil.com", "url=hxxps://evil[.]com");
    add("at 2001:db8::1\nand evil.com", "at 2001[:]db8[:][:]1\nand evil[.]com");
    add("already evil[.]com", "already evil[.]com");
    add("a@evil.com,b@evil.net", "a@evil[.]com,b@evil[.]net");
    add("report.pdf", "report.pdf");
}

void TestDefang::freeTextIsDefanged()
{
    QFETCH(QString, text);
    QFETCH(QString, defanged);
    QCOMPARE(defangText(text), defanged);
    QCOMPARE(defangText(defanged), defanged);
}

void TestDefang::defangedTextHoldsTheSameEntities()
{
    const QString text =
        u"evil.com, then 98.126.38.107 and https://a.evil.net/x.php?y=1.2.3.4; 2001:db8::7"_s;
    QCOMPARE(findEntities(defangText(text)), findEntities(text));
    QCOMPARE(findEntities(text).size(), 4);
}

void TestDefang::refangLeavesOrdinaryTextAlone()
{
    for (const QString &text :
         {u"f(x) = [1, 2] {a}"_s, u"hello (world)"_s, u"[]"_s, u"("_s, u"hxx"_s, u"the hxxp word"_s,
          u"array[0].x"_s, u"[2001:db8::1]:80"_s, QString()})
        QCOMPARE(refang(text), text);
    QCOMPARE(refang(u"hxxp://a[.]b{.}c(dot)d[:]80[/]x [at] y"_s), u"http://a.b.c.d:80/x@y"_s);
}

void TestDefang::hostileTextTakesLinearTime()
{
    const test::CpuTime timer;
    for (const QString &piece : {u"["_s, u"[."_s, u"[.]"_s, u"(((("_s, u"hxxp"_s, u"http:"_s,
                                 u"http://"_s, u"."_s, u"a."_s}) {
        const QString text = piece.repeated(1'000'000 / piece.size());
        QVERIFY(refang(text).size() <= text.size());
        QVERIFY(defangText(text).size() >= text.size());
    }
    QVERIFY2(timer.ms() < 10'000, qPrintable(QString::number(timer.ms())));
}

WG_TEST(TestDefang)
#include "tst_defang.moc"
