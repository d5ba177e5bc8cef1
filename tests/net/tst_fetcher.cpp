// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/fetchlab.h"
#include "support/runner.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace wg;
using namespace wg::test;
using namespace Qt::StringLiterals;

/// The fetch layer against a server that answers, hangs, cuts, throttles and lies.
class tst_Fetcher : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bringsStatusHeadersAndBody();
    void sendsHeadersBodyAndItsName();
    void aRedirectMayBeTheAnswer();
    void otherStatusesAreAnswers_data();
    void otherStatusesAreAnswers();
    void sendsNothingWhenRefused();
    void sendsNothingWhenThePolicyChangedMeanwhile();
    void refusedByTheServerIsNotRepeated_data();
    void refusedByTheServerIsNotRepeated();
    void whatAServerRefusesForGoodIsAskedNoFurther_data();
    void whatAServerRefusesForGoodIsAskedNoFurther();
    void aSpentQuotaIsMadeSureOfBeforeOthersAreAsked_data();
    void aSpentQuotaIsMadeSureOfBeforeOthersAreAsked();
    void triesAgain_data();
    void triesAgain();
    void givesUpAfterItsTries_data();
    void givesUpAfterItsTries();
    void aCutAnswerIsMarked();
    void endsHostileAnswersWithinTheirCaps_data();
    void endsHostileAnswersWithinTheirCaps();
    void compressedBodiesArriveWhole_data();
    void compressedBodiesArriveWhole();
    void aDripEndsAtTheDeadline();
    void silenceEndsAtTheTimeout();
    void waitsAShortRetryAfter();
    void refusesALongRetryAfterAndRemembersIt();
    void theBreakerStopsEyesAndAPersonIsItsProbe();
    void resetForgetsThePause();
};

void tst_Fetcher::bringsStatusHeadersAndBody()
{
    Lab lab;
    lab.server.script("/v1/x?a=%2F1",
                      {{.headers = {{"Content-Type", "application/json"}}, .body = "{\"a\":1}"}});
    const auto future = lab.ask(u"/v1/x?a=%2F1"_s);
    QVERIFY(lab.wait(future));
    const auto result = future.result();
    QVERIFY2(result.ok(), result ? "" : qPrintable(result.error().detail));
    QCOMPARE(result->status, 200);
    QCOMPARE(result->body, QByteArray("{\"a\":1}"));
    QCOMPARE(result->contentType, QByteArray("application/json"));
    QCOMPARE(result->headers.value("content-type"), QByteArray("application/json"));
    QCOMPARE(result->url, lab.server.url(u"/v1/x?a=%2F1"_s));
    QCOMPARE(result->at, lab.clock.now());
    QVERIFY(!result->cut);
}

void tst_Fetcher::sendsHeadersBodyAndItsName()
{
    Lab lab;
    lab.server.script("/p", {{.headers = {{"Set-Cookie", "a=b"}}}});
    for (int i = 0; i < 2; ++i) {
        auto question = lab.question(u"/p"_s);
        question.headers = {{"Accept", "application/rdap+json"}, {"Content-Type", "text/csv"}};
        question.body = "a,b";
        QVERIFY(lab.wait(lab.fetcher->fetch(question)));
    }
    const HttpRequest request = lab.server.requests().last();
    QCOMPARE(request.method, QByteArray("POST"));
    QCOMPARE(request.body, QByteArray("a,b"));
    QCOMPARE(request.headers.value("accept"), QByteArray("application/rdap+json"));
    QCOMPARE(request.headers.value("content-type"), QByteArray("text/csv"));
    QCOMPARE(request.headers.value("user-agent"), QByteArray("Watchglass/" WATCHGLASS_VERSION));
    QVERIFY(!request.headers.contains("cookie"));
    QCOMPARE(lab.server.requests().size(), 2);
}

void tst_Fetcher::aRedirectMayBeTheAnswer()
{
    Lab lab;
    lab.server.script(
        "/a", {{.status = 302, .headers = {{"Location", "https://elsewhere.net/"}, {"X", "y"}}}});
    HttpQuestion question = lab.question(u"/a"_s);
    question.redirects = Redirects::Told;
    const Future future = lab.fetcher->fetch(question);
    QVERIFY(Lab::wait(future));
    const auto result = future.result();
    QVERIFY(result.ok());
    QCOMPARE(result->status, 302);
    QCOMPARE(result->headers.value("location"), QByteArray("https://elsewhere.net/"));
    QCOMPARE(result->headers.value("x"), QByteArray("y"));
    QCOMPARE(lab.server.requests().size(), 1);
}

void tst_Fetcher::otherStatusesAreAnswers_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {204, 400, 404, 410, 418, 422, 500, 501})
        QTest::addRow("%d", status) << status;
}

void tst_Fetcher::otherStatusesAreAnswers()
{
    QFETCH(int, status);
    Lab lab;
    lab.server.script("/", {{.status = status, .body = status == 204 ? "" : "words"}});
    const auto future = lab.ask(u"/"_s);
    QVERIFY(lab.wait(future));
    QVERIFY(future.result().ok());
    QCOMPARE(future.result()->status, status);
    QCOMPARE(future.result()->body, QByteArray(status == 204 ? "" : "words"));
    QCOMPARE(lab.server.requests().size(), 1);
}

void tst_Fetcher::sendsNothingWhenRefused()
{
    Lab lab;
    auto question = lab.question(u"/"_s);
    question.allowedHosts = {u"other.mnemonic.no"_s};
    QCOMPARE(lab.codeOf(lab.fetcher->fetch(question)), ErrorCode::Refused);
    question = lab.question(u"/"_s);
    question.url = QUrl(u"file:///etc/passwd"_s);
    QCOMPARE(lab.codeOf(lab.fetcher->fetch(question)), ErrorCode::Refused);
    question = lab.question(u"/"_s);
    lab.policy.cacheOnly = true;
    lab.gate.setPolicy(lab.policy);
    QCOMPARE(lab.codeOf(lab.fetcher->fetch(question)), ErrorCode::Refused);
    // One that may go proves that nothing went before it.
    lab.policy.cacheOnly = false;
    lab.gate.setPolicy(lab.policy);
    QVERIFY(Lab::wait(lab.ask(u"/"_s)));
    QCOMPARE(lab.server.connections(), 1);
    QCOMPARE(lab.ledger.events.size(), 1);
}

void tst_Fetcher::sendsNothingWhenThePolicyChangedMeanwhile()
{
    Lab lab;
    const auto future = lab.ask(u"/"_s);
    lab.policy.ceiling = Pap::Red;
    lab.gate.setPolicy(lab.policy);
    QCOMPARE(lab.codeOf(future), ErrorCode::Refused);
    QCOMPARE(lab.server.connections(), 0);
}

void tst_Fetcher::refusedByTheServerIsNotRepeated_data()
{
    QTest::addColumn<int>("status");
    QTest::newRow("401") << 401;
    QTest::newRow("403") << 403;
}

void tst_Fetcher::refusedByTheServerIsNotRepeated()
{
    QFETCH(int, status);
    Lab lab;
    lab.server.script(
        "/",
        {{.status = status,
          .headers = {{"Content-Type", "text/plain"}, {"WWW-Authenticate", "Basic realm=\"x\""}},
          .body = "  key expired\n"}});
    const auto future = lab.ask(u"/"_s);
    QCOMPARE(lab.codeOf(future), ErrorCode::Refused);
    QCOMPARE(lab.detailOf(future), u"127.0.0.1 answers %1: key expired"_s.arg(status));
    QCOMPARE(lab.server.requests().size(), 1);
}

void tst_Fetcher::whatAServerRefusesForGoodIsAskedNoFurther_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("withKey");
    QTest::addColumn<QByteArrayList>("asked");
    QTest::newRow("a wrong key") << 401 << true << QByteArrayList{"/a", "/other"};
    QTest::newRow("no key") << 401 << false << QByteArrayList{"/a", "/b", "/c", "/other"};
    QTest::newRow("one question") << 403 << true << QByteArrayList{"/a", "/b", "/c", "/other"};
    QTest::newRow("a spent quota") << 429 << true << QByteArrayList{"/a", "/other"};
    QTest::newRow("a bad moment") << 503 << true << QByteArrayList{"/a", "/b", "/c", "/other"};
}

void tst_Fetcher::whatAServerRefusesForGoodIsAskedNoFurther()
{
    QFETCH(int, status);
    QFETCH(bool, withKey);
    Lab lab;
    lab.server.script("/a", {{.status = status, .body = "never"}});
    const auto ask = [&](const QString &path, const QString &about) {
        HttpQuestion question = lab.question(path);
        question.permit = *lab.gate.ask(intentOf(source, Asker::Eye, about));
        question.parallel = 1;
        question.tries = 1;
        if (withKey)
            question.secret = {.headers = {{"X-Key", "s3cr3t"}}, .query = {}, .texts = {"s3cr3t"}};
        return lab.fetcher->fetch(question);
    };
    QList<Future> futures;
    for (const auto &path : {u"/a"_s, u"/b"_s, u"/c"_s})
        futures.append(ask(path, u"shop.com"_s));
    futures.append(ask(u"/other"_s, u"other.com"_s));
    for (const Future &future : std::as_const(futures))
        QVERIFY(lab.wait(future));
    QByteArrayList paths;
    for (const auto &request : lab.server.requests())
        paths.append(request.path);
    QTEST(paths, "asked");
    QVERIFY(!futures[0].result());
    QVERIFY(futures[3].result().ok());
    QCOMPARE(futures[2].result().ok(), paths.size() == 4);
    if (paths.size() < 4)
        QCOMPARE(lab.detailOf(futures[2]), lab.detailOf(futures[0]));
}

void tst_Fetcher::aSpentQuotaIsMadeSureOfBeforeOthersAreAsked_data()
{
    QTest::addColumn<int>("last");
    QTest::addColumn<QByteArrayList>("asked");
    QTest::newRow("spent") << 429 << QByteArrayList{"/a", "/a", "/a"};
    QTest::newRow("a moment's") << 200 << QByteArrayList{"/a", "/a", "/a", "/b", "/c"};
    QTest::newRow("another failure") << 500 << QByteArrayList{"/a", "/a", "/a", "/b", "/c"};
}

void tst_Fetcher::aSpentQuotaIsMadeSureOfBeforeOthersAreAsked()
{
    QFETCH(int, last);
    Lab lab;
    lab.server.script("/a", {{.status = 429}, {.status = 429}, {.status = last}});
    QList<Future> futures;
    for (const auto &path : {u"/a"_s, u"/b"_s, u"/c"_s}) {
        HttpQuestion question = lab.question(path);
        question.parallel = 1;
        futures.append(lab.fetcher->fetch(question));
    }
    for (const Future &future : std::as_const(futures))
        QVERIFY(lab.wait(future));
    QByteArrayList paths;
    for (const auto &request : lab.server.requests())
        paths.append(request.path);
    QTEST(paths, "asked");
    QCOMPARE(futures[1].result().ok(), last != 429);
    QCOMPARE(futures[2].result().ok(), last != 429);
}

void tst_Fetcher::triesAgain_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("end");
    for (const int status : {429, 502, 503, 504})
        QTest::addRow("%d", status) << status << int(End::Whole);
    QTest::newRow("dropped") << 200 << int(End::Drop);
    QTest::newRow("cut") << 200 << int(End::Cut);
}

void tst_Fetcher::triesAgain()
{
    QFETCH(int, status);
    QFETCH(int, end);
    Lab lab;
    const HttpScript bad{.status = status, .body = "bad", .end = End(end)};
    // Qt itself repeats a request on a connection that was dropped, hence more than one.
    lab.server.script("/", {bad, {.body = "good"}});
    const auto future = lab.ask(u"/"_s);
    QVERIFY(lab.wait(future));
    QVERIFY2(future.result().ok(), qPrintable(u"%1"_s.arg(status)));
    QCOMPARE(future.result()->body, QByteArray("good"));
    QVERIFY(!future.result()->cut);
}

void tst_Fetcher::givesUpAfterItsTries_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("end");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("503") << 503 << int(End::Whole) << ErrorCode::Unreachable;
    QTest::newRow("429") << 429 << int(End::Whole) << ErrorCode::Refused;
    QTest::newRow("dropped") << 200 << int(End::Drop) << ErrorCode::Unreachable;
}

void tst_Fetcher::givesUpAfterItsTries()
{
    QFETCH(int, status);
    QFETCH(int, end);
    QFETCH(ErrorCode, code);
    Lab lab;
    lab.server.script("/", {{.status = status, .end = End(end)}});
    const auto future = lab.ask(u"/"_s);
    QCOMPARE(lab.codeOf(future), code);
    QVERIFY(lab.detailOf(future).startsWith(u"127.0.0.1 "_s));
    if (End(end) == End::Whole)
        QCOMPARE(lab.server.requests().size(), 3);
}

void tst_Fetcher::aCutAnswerIsMarked()
{
    Lab lab;
    lab.server.script("/", {{.body = "half of", .end = End::Cut}});
    const auto future = lab.ask(u"/"_s);
    QVERIFY(lab.wait(future));
    QVERIFY(future.result().ok());
    QVERIFY(future.result()->cut);
    QCOMPARE(future.result()->body, QByteArray("half of"));
    QCOMPARE(lab.server.requests().size(), 3);
}

void tst_Fetcher::endsHostileAnswersWithinTheirCaps_data()
{
    QTest::addColumn<HttpScript>("script");
    QTest::addColumn<QList<ErrorCode>>("codes");
    const QList<ErrorCode> large{ErrorCode::TooLarge};
    QTest::newRow("endless") << HttpScript{.body = QByteArray(1 << 16, 'x'), .end = End::Endless}
                             << large;
    QTest::newRow("announced too large")
        << HttpScript{.body = QByteArray((1 << 20) + 1, 'x')} << large;
    // 64 MiB of zeros in 64 KiB.
    QByteArray bomb = qCompress(QByteArray(64 << 20, '\0'), 9).sliced(4);
    QTest::newRow("deflate bomb") << HttpScript{.headers = {{"Content-Encoding", "deflate"}},
                                                .body = bomb}
                                  << QList{ErrorCode::TooLarge, ErrorCode::Malformed};
    QTest::newRow("broken compression")
        << HttpScript{.headers = {{"Content-Encoding", "gzip"}}, .body = "not gzip at all"}
        << QList{ErrorCode::Malformed};
    QTest::newRow("not HTTP") << HttpScript{.body = "SSH-2.0-OpenSSH_9.2\r\n\r\n", .end = End::Raw}
                              << QList{ErrorCode::Malformed, ErrorCode::Unreachable};
    QTest::newRow("garbage") << HttpScript{.body = QByteArray(1 << 20, '\xff'), .end = End::Raw}
                             << QList{ErrorCode::Malformed, ErrorCode::Unreachable};
}

void tst_Fetcher::endsHostileAnswersWithinTheirCaps()
{
    QFETCH(HttpScript, script);
    QFETCH(QList<ErrorCode>, codes);
    Lab lab;
    lab.server.script("/", {script});
    auto question = lab.question(u"/"_s);
    question.maxBytes = 1 << 20;
    const auto future = lab.fetcher->fetch(question);
    QVERIFY(lab.wait(future));
    QVERIFY(!future.result());
    const QString said = lab.detailOf(future);
    QVERIFY2(codes.contains(future.result().error().code), qPrintable(said));
    if (script.end == End::Endless)
        QTRY_COMPARE(lab.server.open(), 0);
}

void tst_Fetcher::compressedBodiesArriveWhole_data()
{
    QTest::addColumn<int>("size");
    for (const int size : {1, 100'000, 1 << 20, 5 << 20, 12 << 20})
        QTest::addRow("%d bytes", size) << size;
}

void tst_Fetcher::compressedBodiesArriveWhole()
{
    QFETCH(int, size);
    QByteArray body;
    for (int i = 0; body.size() < size; ++i)
        body += "{\"name\":\"n" + QByteArray::number(i * 7919LL % 100'003) + ".example\"}\n";
    body.truncate(size);
    Lab lab;
    lab.server.script(
        "/", {{.headers = {{"Content-Encoding", "deflate"}}, .body = qCompress(body).sliced(4)}});
    const auto future = lab.ask(u"/"_s);
    QVERIFY(lab.wait(future));
    QVERIFY2(future.result().ok(),
             future.result() ? "" : qPrintable(future.result().error().detail));
    QVERIFY(future.result()->body == body);
}

void tst_Fetcher::aDripEndsAtTheDeadline()
{
    Lab lab;
    lab.server.script("/", {{.body = QByteArray(100'000, 'x'), .dripMs = 20}});
    auto question = lab.question(u"/"_s);
    question.timeoutMs = 600;
    QElapsedTimer timer;
    timer.start();
    const auto future = lab.fetcher->fetch(question);
    QCOMPARE(lab.codeOf(future), ErrorCode::Unreachable);
    QVERIFY2(timer.elapsed() >= 1000, qPrintable(lab.detailOf(future)));
    QVERIFY(lab.detailOf(future).contains(u"too long"_s));
    QTRY_COMPARE(lab.server.open(), 0);
}

void tst_Fetcher::silenceEndsAtTheTimeout()
{
    Lab lab;
    lab.server.script("/", {{.end = End::Hang}});
    auto question = lab.question(u"/"_s);
    question.timeoutMs = 100;
    question.tries = 1;
    const auto future = lab.fetcher->fetch(question);
    QCOMPARE(lab.codeOf(future), ErrorCode::Unreachable);
    QCOMPARE(lab.detailOf(future), u"127.0.0.1 does not answer"_s);
}

void tst_Fetcher::waitsAShortRetryAfter()
{
    Lab lab;
    lab.server.script("/", {{.status = 429, .headers = {{"Retry-After", "1"}}}, {.body = "good"}});
    const auto future = lab.ask(u"/"_s);
    QVERIFY(lab.wait(future));
    QVERIFY(future.result().ok());
    const auto &requests = lab.server.requests();
    QCOMPARE(requests.size(), 2);
    QVERIFY(requests[1].atMs - requests[0].atMs >= 990);
}

void tst_Fetcher::refusesALongRetryAfterAndRemembersIt()
{
    Lab lab;
    lab.server.script("/", {{.status = 503, .headers = {{"Retry-After", "600"}}}, {}});
    const auto future = lab.ask(u"/"_s, Asker::Person);
    QCOMPARE(lab.codeOf(future), ErrorCode::Refused);
    const Instant until = lab.clock.now() + 600 * secondMs;
    QCOMPARE(lab.detailOf(future), u"127.0.0.1 asks to wait until "_s + toRfc3339(until));
    QCOMPARE(lab.fetcher->pausedUntil(source), until);
    QCOMPARE(lab.codeOf(lab.ask(u"/other"_s, Asker::Person)), ErrorCode::Refused);
    QCOMPARE(lab.server.requests().size(), 1);
    lab.clock.advance(600 * secondMs);
    QVERIFY(!lab.fetcher->pausedUntil(source));
    const auto again = lab.ask(u"/"_s);
    QVERIFY(lab.wait(again));
    QVERIFY(again.result().ok());
}

void tst_Fetcher::theBreakerStopsEyesAndAPersonIsItsProbe()
{
    Lab lab;
    lab.server.script("/", {{.status = 503}});
    lab.server.script("/fine", {{}});
    for (int i = 0; i < 5; ++i) {
        auto question = lab.question(u"/"_s);
        question.tries = 1;
        QCOMPARE(lab.codeOf(lab.fetcher->fetch(question)), ErrorCode::Unreachable);
    }
    QCOMPARE(lab.fetcher->pausedUntil(source), lab.clock.now() + minuteMs);
    const auto eye = lab.ask(u"/fine"_s);
    QCOMPARE(lab.codeOf(eye), ErrorCode::Refused);
    QVERIFY(lab.detailOf(eye).contains(u"failed repeatedly"_s));
    QCOMPARE(lab.server.requests().size(), 5);
    const auto person = lab.ask(u"/fine"_s, Asker::Person);
    QVERIFY(lab.wait(person) && person.result().ok());
    QVERIFY(!lab.fetcher->pausedUntil(source));
    const auto after = lab.ask(u"/fine"_s);
    QVERIFY(lab.wait(after) && after.result().ok());
}

void tst_Fetcher::resetForgetsThePause()
{
    Lab lab;
    lab.server.script("/", {{.status = 429, .headers = {{"Retry-After", "86400"}}}, {}});
    QCOMPARE(lab.codeOf(lab.ask(u"/"_s)), ErrorCode::Refused);
    lab.fetcher->reset(u"rdap"_s);
    QVERIFY(lab.fetcher->pausedUntil(source));
    lab.fetcher->reset(source);
    QVERIFY(!lab.fetcher->pausedUntil(source));
    const auto future = lab.ask(u"/"_s);
    QVERIFY(lab.wait(future) && future.result().ok());
}

WG_TEST(tst_Fetcher)
#include "tst_fetcher.moc"
