// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/whoisparse.h"

#include "sources/whoisdate.h"
#include "sources/whoistext.h"
#include "support/runner.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace wg;
using namespace Qt::StringLiterals;

namespace {

QByteArray fixture(const QString &name)
{
    QFile file(QStringLiteral(TEST_DATA "/whois/%1.txt").arg(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unread");
}

RawPass passOf(const QByteArray &body, const QString &asked)
{
    RawAnswer answer;
    answer.question = {{ArtifactKind::Domain, asked}, Dataset::Whois, u"whois"_s, u"domain"_s};
    answer.bytes = body;
    answer.at = {1000};
    return {answer.question.asked, u"whois"_s, Purpose::Poll, {answer}, parseWhois};
}

Observation parsed(const QByteArray &body, const QString &asked)
{
    const RawPass pass = passOf(body, asked);
    const QList<Observation> told = pass.parse(pass);
    return told.size() == 1 ? told.first() : Observation();
}

/// "registrar=MarkMonitor Inc." of the records, sorted; attributes and details follow in brackets.
QStringList facts(const Observation &o)
{
    QStringList out;
    for (const Record &r : o.records) {
        QString fact = r.type + u'=' + r.value.raw();
        for (const Attribute &a : r.attributes)
            fact += u" [%1=%2]"_s.arg(a.name, a.text.raw());
        for (const Attribute &a : r.details)
            fact += u" (%1=%2)"_s.arg(a.name, a.text.raw());
        out.append(fact);
    }
    out.sort();
    return out;
}

QString dateOf(const QString &text, DateOrder order = DateOrder::DayFirst)
{
    const auto at = whoisDate(text, order);
    return at ? toRfc3339(*at) : QString();
}

} // namespace

/// WHOIS answers as recorded from registries, each with a form of its own.
class tst_WhoisParse : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsDomains_data();
    void readsDomains();
    void whatIsNoRegistrationIsAnOutcome_data();
    void whatIsNoRegistrationIsAnOutcome();
    void everyRecordedAnswerIsChecked();
    void anotherNameIsNoAnswer();
    void aCutAnswerIsNone();
    void everyCutAndAllGarbageIsAnOutcome();
    void manyOddLinesEnd();
    void contactsOfOthersAreNotTheHolder();
    void readsDates_data();
    void readsDates();
    void textIsUtf8ElseLatin1();
    void ianaNamesTheRegistrysServer();
};

void tst_WhoisParse::readsDomains_data()
{
    QTest::addColumn<QString>("asked");
    QTest::addColumn<QStringList>("expected");
    QFile file(QStringLiteral(TEST_DATA "/expected/whois_domains.txt"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QStringList blocks = QString::fromUtf8(file.readAll()).split(u"\n["_s);
    QVERIFY(blocks.size() > 30);
    for (const QString &block : blocks.mid(1)) {
        QStringList lines = block.split(u'\n', Qt::SkipEmptyParts);
        const QStringList head = lines.takeFirst().chopped(1).split(u' ');
        QTest::newRow(qPrintable(head[0])) << head.value(1) << lines;
    }
}

void tst_WhoisParse::readsDomains()
{
    QFETCH(QString, asked);
    QFETCH(QStringList, expected);
    const Observation o = parsed(fixture(QLatin1String(QTest::currentDataTag())), asked);
    QCOMPARE(o.outcome, Outcome::Complete);
    expected.sort();
    QCOMPARE(facts(o), expected);
    for (const Record &r : o.records) {
        QCOMPARE(r.owner, (Artifact{ArtifactKind::Domain, asked}));
        QCOMPARE(r.dataset, Dataset::Whois);
    }
}

void tst_WhoisParse::whatIsNoRegistrationIsAnOutcome_data()
{
    QTest::addColumn<QString>("asked");
    QTest::addColumn<Outcome>("outcome");
    const QString free = u"likexian-have-no-money-to-register."_s;
    QTest::newRow("not-found_com") << free + u"com"_s << Outcome::Empty;
    QTest::newRow("not-found_de") << free + u"de"_s << Outcome::Empty;
    QTest::newRow("not-found_eu") << free + u"eu"_s << Outcome::Empty;
    QTest::newRow("reserved_afilias.info") << u"afilias.info"_s << Outcome::Empty;
    QTest::newRow("throttled_denic.de") << u"google.de"_s << Outcome::Refused;
    QTest::newRow("throttled_dns.be_hourly") << u"test.be"_s << Outcome::Refused;
    QTest::newRow("throttled_markmonitor") << u"google.com"_s << Outcome::Refused;
    QTest::newRow("error_denic.de_55000000010") << u"google.de"_s << Outcome::Refused;
    QTest::newRow("invalid_cira.ca") << u"mediom.ca"_s << Outcome::Refused;
    QTest::newRow("unavailable_verisign") << u"google.com"_s << Outcome::Unreachable;
    QTest::newRow("incomplete_tonic.to") << u"tonic.to"_s << Outcome::Malformed;
}

void tst_WhoisParse::whatIsNoRegistrationIsAnOutcome()
{
    QFETCH(QString, asked);
    QFETCH(Outcome, outcome);
    const Observation o = parsed(fixture(QLatin1String(QTest::currentDataTag())), asked);
    QCOMPARE(o.outcome, outcome);
    QVERIFY(o.records.isEmpty());
    QVERIFY(!o.detail.isEmpty());
}

void tst_WhoisParse::everyRecordedAnswerIsChecked()
{
    QFile expected(QStringLiteral(TEST_DATA "/expected/whois_domains.txt"));
    QVERIFY(expected.open(QIODevice::ReadOnly));
    const QByteArray blocks = expected.readAll();
    QFile self(QStringLiteral(REPO_ROOT "/tests/sources/tst_whoisparse.cpp"));
    QVERIFY(self.open(QIODevice::ReadOnly));
    const QByteArray rows = self.readAll();
    const QStringList names =
        QDir(QStringLiteral(TEST_DATA "/whois")).entryList({u"*.txt"_s}, QDir::Files);
    QVERIFY(names.size() > 40);
    for (const QString &name : names) {
        const QByteArray stem = name.chopped(4).toUtf8();
        QVERIFY2(blocks.contains("\n[" + stem + ' ') || rows.contains('"' + stem + '"'),
                 stem.constData());
    }
}

void tst_WhoisParse::anotherNameIsNoAnswer()
{
    const Observation o = parsed(fixture(u"yandex.ru"_s), u"interfaxru.com"_s);
    QCOMPARE(o.outcome, Outcome::Malformed);
    QVERIFY(o.records.isEmpty());
}

void tst_WhoisParse::aCutAnswerIsNone()
{
    RawPass pass = passOf(fixture(u"yandex.ru"_s), u"yandex.ru"_s);
    pass.answers[0].cut = true;
    const Observation o = parseWhois(pass).first();
    QCOMPARE(o.outcome, Outcome::Unreachable);
    QVERIFY(o.records.isEmpty());
}

void tst_WhoisParse::everyCutAndAllGarbageIsAnOutcome()
{
    const QByteArray whole = fixture(u"google.it"_s);
    for (qsizetype size = 0; size < whole.size(); ++size)
        QVERIFY(!parsed(whole.left(size), u"google.it"_s).detail.isNull()
                || parsed(whole.left(size), u"google.it"_s).outcome == Outcome::Complete);
    QByteArray noise(20'000, Qt::Uninitialized);
    quint32 seed = 1;
    for (char &c : noise) {
        seed = seed * 1664525 + 1013904223;
        c = char(seed >> 24);
    }
    QCOMPARE(parsed(noise, u"google.it"_s).outcome, Outcome::Malformed);
    QCOMPARE(parsed(QByteArray(5000, '\0'), u"google.it"_s).outcome, Outcome::Malformed);
    QCOMPARE(parsed("<html><body>Domain: google.it</body>", u"google.it"_s).outcome,
             Outcome::Malformed);
}

void tst_WhoisParse::manyOddLinesEnd()
{
    const QByteArray lines = "Domain Name: a.ru\n"
        + QByteArray("Name Server: a.b\n").repeated(60'000) + QByteArray(200'000, '(');
    QByteArray odd = "Domain Name: a.ru\nName Server: a.b\n";
    for (const QByteArray &line :
         {QByteArray(990, '('), "x" + QByteArray(990, ' ') + 'x', QByteArray("( ").repeated(490),
          "Status: x" + QByteArray(990, ' ') + '(', "Registrar: x" + QByteArray(980, ' ') + '(',
          "the domain " + QByteArray("is ").repeated(300), QByteArray("exceeded ").repeated(100)})
        odd += (line + '\n').repeated(700);
    QVERIFY(!parsed(odd, u"a.ru"_s).records.isEmpty());
    QVERIFY(parsed(odd, u"b.ru"_s).records.isEmpty());
    const Observation o = parsed(lines, u"a.ru"_s);
    QCOMPARE(facts(o), QStringList{u"nameserver=a.b"_s});
}

void tst_WhoisParse::contactsOfOthersAreNotTheHolder()
{
    const Observation o = parsed("domain: shop.xx\n"
                                 "status: active\n"
                                 "\n"
                                 "nic-hdl: A1-XX\n"
                                 "org: Somebody Else\n"
                                 "created: 1999-01-01\n"
                                 "country: NL\n",
                                 u"shop.xx"_s);
    QCOMPARE(facts(o), QStringList{u"status=active"_s});
}

void tst_WhoisParse::readsDates_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *text, const char *expected) {
        QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(expected);
    };
    row("2001-02-03T04:05:06Z", "2001-02-03T04:05:06Z");
    row("1995-04-11T04:00:00.00Z", "1995-04-11T04:00:00Z");
    row("2019-09-09T08:39:04-0700", "2019-09-09T15:39:04Z");
    row("2018-03-12T21:44:25+01:00", "2018-03-12T20:44:25Z");
    row("2010/10/18 11:30:47 (JST)", "2010-10-18T02:30:47Z");
    row("1999-06-07 13:01:43 (GMT+0:00)", "1999-06-07T13:01:43Z");
    row("2001-06-21 15:21:11+03", "2001-06-21T12:21:11Z");
    row("2001-06-21 15:21:11-0330", "2001-06-21T18:51:11Z");
    row("Tue Oct 3 2000", "2000-10-03T00:00:00Z");
    row("1990-Sep-12.", "1990-09-12T00:00:00Z");
    row("Tue Foo 3 2000", "");
    row("2007. 03. 02.", "2007-03-02T00:00:00Z");
    row("19961206 #24302", "1996-12-06T00:00:00Z");
    row("20230303 09:38:55", "2023-03-03T09:38:55Z");
    row("5.1.2018 10:46:30", "2018-01-05T10:46:30Z");
    row("30/10/2002 00:00:00", "2002-10-30T00:00:00Z");
    row("11-Jun-2014", "2014-06-11T00:00:00Z");
    row("11 September 2014", "2014-09-11T00:00:00Z");
    row("2009-02-29", "");
    row("2009/13/01", "");
    row("12/18/2001", "");
    row("2001-02-03 25:00:00", "");
    row("11-Xyz-2014", "");
    row("before 1 January 1996", "");
    row("", "");
    row("9999999999-01-01", "");
}

void tst_WhoisParse::readsDates()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    QCOMPARE(dateOf(text), expected);
    QCOMPARE(dateOf(u"12/18/2001"_s, DateOrder::MonthFirst), u"2001-12-18T00:00:00Z"_s);
}

void tst_WhoisParse::textIsUtf8ElseLatin1()
{
    QCOMPARE(whoisText("f\xc3\xb6l"), u"f\u00f6l"_s);
    QCOMPARE(whoisText("f\xf6l"), u"f\u00f6l"_s);
}

void tst_WhoisParse::ianaNamesTheRegistrysServer()
{
    QCOMPARE(whoisServerOf(fixture(u"google.ae"_s)), u"whois.aeda.net.ae"_s);
    QCOMPARE(whoisServerOf("domain: XX\nwhois: WHOIS.Nic.XX.\n"), u"whois.nic.xx"_s);
    QCOMPARE(whoisServerOf("domain: XX\nwhois: \nstatus: ACTIVE\n"), QString());
    QCOMPARE(whoisServerOf("% This query returned 0 objects\n"), QString());
    QCOMPARE(whoisServerOf("whois: localhost\n"), QString());
    QCOMPARE(whoisServerOf("whois: a b\n"), QString());
}

WG_TEST(tst_WhoisParse)
#include "tst_whoisparse.moc"
