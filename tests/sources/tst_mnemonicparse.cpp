// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/mnemonicparse.h"

#include "support/cputime.h"
#include "support/runner.h"

#include <QTest>

using namespace wg;
using namespace Qt::StringLiterals;

namespace {

const Artifact askedName{ArtifactKind::Domain, u"cnn.com"_s};
const Artifact askedAddress{ArtifactKind::Ipv4, u"157.166.255.19"_s};

/// One row as mnemonic documents it.
QByteArray
row(const QByteArray &type, const QByteArray &query, const QByteArray &answer,
    const QByteArray &more =
        R"("firstSeenTimestamp":1340308340000,"lastSeenTimestamp":1377520248000,"times":675,"tlp":"white")")
{
    return R"({"rrclass":"in","rrtype":")" + type + R"(","query":")" + query + R"(","answer":")"
        + answer + R"(","customer":null,"maxTtl":300,)" + more + "}";
}

QByteArray page(const QList<QByteArray> &rows, const QByteArray &count = "1",
                const QByteArray &code = "200", const QByteArray &size = "0")
{
    return R"({"responseCode":)" + code + R"(,"count":)" + count
        + R"(,"limit":25,"offset":0,"size":)" + size + R"(,"data":[)" + rows.join(',')
        + R"(],"messages":[],"metaData":{"a":[1,{"b":2}]}})";
}

RawPass passOf(const QList<QByteArray> &pages, const Artifact &asked = askedName, int status = 200)
{
    RawPass pass{asked, u"mnemonic"_s, Purpose::Poll, {}, parseMnemonic};
    for (const QByteArray &body : pages) {
        RawAnswer answer;
        answer.question = {asked, Dataset::Resolutions, u"mnemonic"_s, u"records"_s};
        answer.bytes = body;
        answer.status = status;
        answer.at = Instant::fromSeconds(1'790'000'000);
        pass.answers.append(answer);
    }
    return pass;
}

QStringList facts(const Observation &o)
{
    QStringList out;
    for (const Record &r : o.records)
        out.append(r.owner.value + u' ' + r.type + u' ' + r.value.raw());
    return out;
}

} // namespace

/// Passive DNS pages of mnemonic, as documented and as servers lie.
class tst_MnemonicParse : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheDocumentedExample();
    void bothDatasetsComeFromOneAsk();
    void addressesHaveNames();
    void whatWasNotAskedIsDropped();
    void oddNumbersAndTypesAreTolerated();
    void pagesAreOneAnswer();
    void aFailedLaterPageMakesItTruncated();
    void countsMayLie();
    void anEndBeforeTheClaimedCountIsTruncated();
    void nullIsAnAnswerWhereTheCountIsTold();
    void failuresAreOutcomes_data();
    void failuresAreOutcomes();
    void rowsThatCannotBeReadAreCounted();
    void everyCutIsAnOutcome();
    void garbageIsMalformedQuickly();
    void aPageIsLookedAtWithoutReadingIt();
    void thereMayBeMoreBehindAFullPageOrAClaim();
};

void tst_MnemonicParse::readsTheDocumentedExample()
{
    const RawPass pass =
        passOf({page({row("a", "cnn.com.", "157.166.255.19")}, "20", "200", "20")});
    const auto all = pass.parse(pass);
    QCOMPARE(all.size(), 2);
    QCOMPARE(all[0].outcome, Outcome::Complete);
    QCOMPARE(all[0].presence, Presence::Historical);
    QCOMPARE(all[0].question,
             (Question{askedName, Dataset::Resolutions, u"mnemonic"_s, u"records"_s}));
    QCOMPARE(facts(all[0]), QStringList(u"cnn.com A 157.166.255.19"_s));
    const Record &r = all[0].records.first();
    QCOMPARE(toRfc3339(*r.worldFirst), u"2012-06-21T19:52:20Z"_s);
    QCOMPARE(toRfc3339(*r.worldLast), u"2013-08-26T12:30:48Z"_s);
    QCOMPARE(attribute(r.details, u"times").raw(), u"675"_s);
    QVERIFY(attribute(r.details, u"tlp").isEmpty());
    QVERIFY(r.attributes.isEmpty());
    QCOMPARE(all[1].question.dataset, Dataset::Dns);
    QCOMPARE(all[1].outcome, Outcome::Empty);
    QCOMPARE(all[0].raw, pass.answers[0].bytes);
}

void tst_MnemonicParse::bothDatasetsComeFromOneAsk()
{
    const auto all = parseMnemonic(passOf(
        {page({row("AAAA", "CNN.com", "2001:db8:0::1"), row("MX", "cnn.com.", "10 MX.cnn.com."),
               row("soa", "cnn.com", "ns.cnn.com. h.cnn.com. 7 1 2 3 4"),
               row("ns", "cnn.com", "ns.cnn.com.")})}));
    QCOMPARE(facts(all[0]), QStringList(u"cnn.com AAAA 2001:db8::1"_s));
    QCOMPARE(facts(all[1]),
             QStringList({u"cnn.com MX mx.cnn.com"_s, u"cnn.com SOA ns.cnn.com h.cnn.com"_s,
                          u"cnn.com NS ns.cnn.com"_s}));
    QCOMPARE(attribute(all[1].records[0].attributes, u"preference").raw(), u"10"_s);
}

void tst_MnemonicParse::addressesHaveNames()
{
    const QByteArray body = page({row("a", "cnn.com.", "157.166.255.19"),
                                  row("a", "edition.cnn.com.", "157.166.255.19"),
                                  row("a", "cnn.com.", "157.166.255.20")});
    const auto all = parseMnemonic(passOf({body}, askedAddress));
    QCOMPARE(all.size(), 1);
    QCOMPARE(all[0].question.text, u"names"_s);
    QCOMPARE(facts(all[0]),
             QStringList({u"cnn.com A 157.166.255.19"_s, u"edition.cnn.com A 157.166.255.19"_s}));
    const auto pointed = parseMnemonic(
        passOf({page({row("ptr", "19.255.166.157.in-addr.arpa.", "www.cnn.com.")})}, askedAddress));
    QCOMPARE(pointed.size(), 2);
    QCOMPARE(pointed[0].outcome, Outcome::Empty);
    QCOMPARE(facts(pointed[1]), QStringList(u"157.166.255.19 PTR www.cnn.com"_s));
}

void tst_MnemonicParse::whatWasNotAskedIsDropped()
{
    const auto all = parseMnemonic(
        passOf({page({row("a", "evil.org", "192.0.2.1"), row("cname", "www.cnn.org", "cnn.com."),
                      row("a", "cnn.com", "192.0.2.2")})}));
    QCOMPARE(facts(all[0]), QStringList(u"cnn.com A 192.0.2.2"_s));
    QCOMPARE(facts(all[1]), QStringList(u"www.cnn.org CNAME cnn.com"_s));
}

void tst_MnemonicParse::oddNumbersAndTypesAreTolerated()
{
    const auto all = parseMnemonic(passOf({page(
        {row("1", "cnn.com", "192.0.2.1",
             R"("firstSeenTimestamp":1340308340,"lastSeenTimestamp":"1377520248000","times":"3","tlp":"AMBER")"),
         row("A", "cnn.com", "192.0.2.2", R"("firstSeenTimestamp":null,"lastSeenTimestamp":0)"),
         row("A", "cnn.com", "192.0.2.3", R"("firstSeenTimestamp":{"x":1},"query":"cnn.com")"),
         R"({"rrtype":28,"query":"cnn.com","answer":"2001:db8::9"})", R"(7)", R"(null)",
         R"({"query":"cnn.com"})"},
        R"("7")")}));
    QCOMPARE(all[0].outcome, Outcome::Complete);
    QCOMPARE(all[0].records.size(), 4);
    QCOMPARE(all[0].records[0].worldFirst->ms, 1340308340000);
    QCOMPARE(all[0].records[0].worldLast->ms, 1377520248000);
    QCOMPARE(attribute(all[0].records[0].details, u"tlp").raw(), u"amber"_s);
    QVERIFY(!all[0].records[1].worldFirst && !all[0].records[1].worldLast);
    QVERIFY(!all[0].records[2].worldFirst);
}

void tst_MnemonicParse::pagesAreOneAnswer()
{
    RawPass pass =
        passOf({page({row("a", "cnn.com", "192.0.2.1")}, "3"),
                page({row("a", "cnn.com", "192.0.2.2"), row("a", "cnn.com", "192.0.2.1")}, "3"),
                page({}, "3")});
    auto all = parseMnemonic(pass);
    QCOMPARE(all[0].outcome, Outcome::Complete);
    QCOMPARE(all[0].records.size(), 2);
    QVERIFY(all[0].raw.contains("192.0.2.1") && all[0].raw.contains("192.0.2.2"));
    pass.answers.last().cut = true; // the cap of pages
    all = parseMnemonic(pass);
    QCOMPARE(all[0].outcome, Outcome::Truncated);
    QCOMPARE(all[1].outcome, Outcome::Truncated);
    QCOMPARE(all[0].records.size(), 2);
}

void tst_MnemonicParse::aFailedLaterPageMakesItTruncated()
{
    RawPass pass = passOf({page({row("a", "cnn.com", "192.0.2.1")}, "3"), "<html>"});
    QCOMPARE(parseMnemonic(pass)[0].outcome, Outcome::Truncated);
    QCOMPARE(parseMnemonic(pass)[0].records.size(), 1);
    pass.answers[1].bytes.clear();
    pass.answers[1].failure = Outcome::Unreachable;
    pass.answers[1].detail = u"time-out"_s;
    QCOMPARE(parseMnemonic(pass)[0].outcome, Outcome::Truncated);
    QCOMPARE(parseMnemonic(pass)[0].detail, u"time-out"_s);
}

void tst_MnemonicParse::countsMayLie()
{
    QCOMPARE(parseMnemonic(passOf({page({}, "0")}))[0].outcome, Outcome::Empty);
    QCOMPARE(parseMnemonic(passOf({page({}, "865426")}))[0].outcome, Outcome::SuspiciousEmpty);
    QCOMPARE(parseMnemonic(passOf({page({row("a", "cnn.com", "192.0.2.1")}, "0")}))[0].outcome,
             Outcome::Complete);
    QCOMPARE(parseMnemonic(passOf({page({row("a", "cnn.com", "192.0.2.1")}, "-1")}))[0].outcome,
             Outcome::Complete);
    QCOMPARE(parseMnemonic(passOf({page({row("a", "cnn.com", "192.0.2.1")}, "[]")}))[0].outcome,
             Outcome::Complete);
}

void tst_MnemonicParse::anEndBeforeTheClaimedCountIsTruncated()
{
    const QByteArray one = page({row("a", "cnn.com", "192.0.2.1")}, "3");
    const auto cut = parseMnemonic(passOf({one, page({}, "3")}));
    QCOMPARE(cut[0].outcome, Outcome::Truncated);
    QCOMPARE(cut[0].detail, u"the server claims to have 3 records but gave 1"_s);
    QCOMPARE(cut[0].records.size(), 1);
    // A page's own count is no claim about the whole.
    const QByteArray two = page({row("a", "cnn.com", "192.0.2.2")}, "1");
    QCOMPARE(parseMnemonic(passOf({two, page({}, "0")}))[0].outcome, Outcome::Complete);
    // Rows that say what another said count as given.
    QCOMPARE(parseMnemonic(passOf({one, one, one}))[0].outcome, Outcome::Complete);
}

void tst_MnemonicParse::nullIsAnAnswerWhereTheCountIsTold()
{
    const auto outcome = [](const QByteArray &count) {
        return parseMnemonic(
                   passOf({R"({"responseCode":200,"count":)" + count + R"(,"data":null})"}))[0]
            .outcome;
    };
    QCOMPARE(outcome("0"), Outcome::Empty);
    QCOMPARE(outcome("7"), Outcome::SuspiciousEmpty);
    QCOMPARE(outcome("null"), Outcome::Malformed);
}

void tst_MnemonicParse::failuresAreOutcomes_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<Outcome>("outcome");
    QTest::newRow("404") << QByteArray(R"({"responseCode":404,"messages":[]})") << 404
                         << Outcome::Empty;
    QTest::newRow("404 within") << QByteArray(R"({"responseCode":404,"data":null})") << 200
                                << Outcome::Empty;
    QTest::newRow("401") << QByteArray(
        R"({"responseCode":401,"data":null,"messages":[{"message":"no \u001b[31mkey"}]})")
                         << 401 << Outcome::Refused;
    QTest::newRow("429 within") << QByteArray(
        R"({"responseCode":429,"data":[],"messages":[{"message":"quota"}]})")
                                << 200 << Outcome::Refused;
    QTest::newRow("412 within") << QByteArray(
        R"({"responseCode":412,"data":[],"messages":["what?"]})")
                                << 200 << Outcome::Malformed;
    QTest::newRow("500") << QByteArray("oops") << 500 << Outcome::Unreachable;
    QTest::newRow("page") << QByteArray(" <!DOCTYPE html>") << 200 << Outcome::Malformed;
    QTest::newRow("page for 503") << QByteArray("<html>") << 503 << Outcome::Unreachable;
    QTest::newRow("page for 404") << QByteArray("<html>") << 404 << Outcome::Malformed;
    QTest::newRow("somebody else's 404")
        << QByteArray(R"({"message":"no such route"})") << 404 << Outcome::Malformed;
    QTest::newRow("404 without a body") << QByteArray() << 404 << Outcome::Malformed;
    QTest::newRow("404 with another code within")
        << QByteArray(R"({"responseCode":200,"data":[],"count":0})") << 404 << Outcome::Malformed;
    QTest::newRow("nothing") << QByteArray() << 200 << Outcome::Malformed;
    QTest::newRow("list") << QByteArray("[]") << 200 << Outcome::Malformed;
    QTest::newRow("no data") << QByteArray(R"({"responseCode":200,"count":0})") << 200
                             << Outcome::Malformed;
    QTest::newRow("data is no list")
        << QByteArray(R"({"responseCode":200,"data":{"a":1}})") << 200 << Outcome::Malformed;
    QTest::newRow("no row readable")
        << QByteArray(R"({"responseCode":200,"data":[{"a":1},{"b":2}]})") << 200
        << Outcome::Malformed;
}

void tst_MnemonicParse::failuresAreOutcomes()
{
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    const auto all = parseMnemonic(passOf({body}, askedName, status));
    QTEST(all[0].outcome, "outcome");
    QTEST(all[1].outcome, "outcome");
    QVERIFY(!all[0].detail.isEmpty());
    QVERIFY(!all[0].detail.contains(QChar(0x1b)));
    QVERIFY2(!all[0].detail.contains(u"\""_s), qPrintable(all[0].detail)); // words, not JSON
    QVERIFY(all[0].records.isEmpty());
}

void tst_MnemonicParse::rowsThatCannotBeReadAreCounted()
{
    const auto all = parseMnemonic(
        passOf({page({row("a", "cnn.com.", "157.166.255.19"), row("a", "cnn.com.", "no address"),
                      row("a", "cnn.com.", "157.166.255.256")},
                     "3")}));
    QCOMPARE(all[0].outcome, Outcome::Complete);
    QCOMPARE(all[0].records.size(), 1);
    QCOMPARE(all[0].detail, u"2 of 3 rows could not be read"_s);
}

void tst_MnemonicParse::everyCutIsAnOutcome()
{
    const QByteArray whole =
        page({row("a", "cnn.com.", "157.166.255.19"), row("mx", "cnn.com", "10 mx.cnn.com.")}, "2");
    for (qsizetype size = 0; size < whole.size(); ++size) {
        RawPass pass = passOf({whole.first(size)});
        QCOMPARE(parseMnemonic(pass)[0].outcome, Outcome::Malformed);
        pass.answers[0].cut = true;
        QCOMPARE(parseMnemonic(pass)[0].outcome,
                 size == 0 ? Outcome::Unreachable : Outcome::Unreachable);
        QVERIFY(parseMnemonic(pass)[0].records.isEmpty());
    }
}

void tst_MnemonicParse::garbageIsMalformedQuickly()
{
    const test::CpuTime timer;
    for (const QByteArray &body :
         {QByteArray(10 << 20, '['), QByteArray(10 << 20, '\x81'), QByteArray(10 << 20, ' '),
          R"({"responseCode":200,"data":)" + QByteArray(10 << 20, '[')})
        QCOMPARE(parseMnemonic(passOf({body}))[0].outcome, Outcome::Malformed);
    QVERIFY(timer.ms() < 5000);
}

void tst_MnemonicParse::aPageIsLookedAtWithoutReadingIt()
{
    const MnemonicPage p = lookAtMnemonicPage(
        page({row("a", "cnn.com", "192.0.2.1"), row("a", "cnn.com", "192.0.2.2")}, "1200"));
    QVERIFY(p.readable);
    QCOMPARE(p.rows, 2);
    QCOMPARE(p.code, 200);
    QCOMPARE(*p.count, 1200);
    QVERIFY(!lookAtMnemonicPage("<html>").readable);
}

void tst_MnemonicParse::thereMayBeMoreBehindAFullPageOrAClaim()
{
    const auto more = [](qint64 rows, std::optional<qint64> count, qint64 limit, qint64 size,
                         qint64 offset) {
        MnemonicPage page;
        page.readable = true;
        page.rows = rows;
        page.count = count;
        page.limit = limit;
        page.size = size;
        return mayHaveMore(page, offset, 500);
    };
    QVERIFY(more(500, 500, 500, 500, 0)); // the count may be the page's own
    QVERIFY(more(500, 3, 500, 500, 0));
    QVERIFY(more(500, {}, 0, 0, 0));
    QVERIFY(more(25, {}, 25, 25, 0)); // the server's own limit
    QVERIFY(more(40, 150, 500, 40, 80));
    QVERIFY(!more(30, 150, 500, 30, 120));
    QVERIFY(!more(499, {}, 0, 0, 0));
    QVERIFY(!more(1, 20, 25, 20, 0)); // the documented example
    QVERIFY(!more(0, 1000, 500, 0, 500));
}

WG_TEST(tst_MnemonicParse)
#include "tst_mnemonicparse.moc"
