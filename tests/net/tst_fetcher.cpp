// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/fetcher.h"

#include "net/nettest.h"
#include "support/httpserver.h"
#include "support/runner.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace wg;
using namespace wg::test;
using namespace Qt::StringLiterals;

namespace {

using Future = QFuture<Result<HttpAnswer>>;
using End = HttpScript::End;

const QString source = u"mnemonic"_s;
const QString host = u"api.mnemonic.no"_s;

/// A fetcher whose source is asked at a scripted server.
struct Lab
{
    Lab()
    {
        policy.baseUrls.insert(source, server.url(QString()));
        policy.baseUrls[source].setPath({});
        gate.setPolicy(policy);
        fetcher = std::make_unique<Fetcher>(gate, clock, ledger);
        FetchTimes times;
        times.retryBaseMs = 20;
        times.leastRetryAfterMs = 10;
        fetcher->setTimes(times);
    }

    HttpQuestion question(const QString &path, Asker asker = Asker::Eye)
    {
        HttpQuestion question{
            *gate.ask(intentOf(source, asker)), QUrl(u"https://"_s + host + path), {host}};
        question.timeoutMs = 2000;
        return question;
    }
    Future ask(const QString &path, Asker asker = Asker::Eye)
    {
        return fetcher->fetch(question(path, asker));
    }
    static bool wait(const Future &future, int ms = 8000)
    {
        return QTest::qWaitFor([&] { return future.isFinished(); }, ms);
    }
    ErrorCode codeOf(const Future &future)
    {
        return wait(future) && !future.result() ? future.result().error().code : ErrorCode::Failed;
    }
    QString detailOf(const Future &future) { return future.result().error().detail; }

    HttpServer server;
    Policy policy;
    Gate gate;
    HeldClock clock;
    LedgerLog ledger;
    std::unique_ptr<Fetcher> fetcher;
};

} // namespace

/// The fetch layer against a server that answers, hangs, cuts, throttles and lies.
class tst_Fetcher : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bringsStatusHeadersAndBody();
    void sendsHeadersBodyAndItsName();
    void otherStatusesAreAnswers_data();
    void otherStatusesAreAnswers();
    void sendsNothingWhenRefused();
    void sendsNothingWhenThePolicyChangedMeanwhile();
    void refusedByTheServerIsNotRepeated_data();
    void refusedByTheServerIsNotRepeated();
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
    void followsRedirectsWithinTheList();
    void refusesRedirectsElsewhere_data();
    void refusesRedirectsElsewhere();
    void aKeyDoesNotFollowARedirectToAnotherHost();
    void identicalQuestionsAreAskedOnce();
    void differentQuestionsAreNotMixed();
    void cancellingEndsTheRequest();
    void cancellingOneOfTwoKeepsTheOther();
    void shutdownEndsEverything();
    void asksOneHostOnlyInParallelAsAllowed_data();
    void asksOneHostOnlyInParallelAsAllowed();
    void windowsQueueInsteadOfFailing();
    void aPersonGoesBeforeEyes();
    void aFullWindowEndsTheWaitAtLast();
    void tellsTheLedgerOnceAQuestion();
    void aDeadProxyFailsClosed_data();
    void aDeadProxyFailsClosed();
    void anUntrustedCertificateIsRefused();
    void noticesThatTheNetworkIsAway();
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
    QTest::qWait(30);
    QCOMPARE(lab.server.connections(), 0);
    QVERIFY(lab.ledger.events.isEmpty());
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
    question.timeoutMs = 200;
    QElapsedTimer timer;
    timer.start();
    const auto future = lab.fetcher->fetch(question);
    QCOMPARE(lab.codeOf(future), ErrorCode::Unreachable);
    QVERIFY2(timer.elapsed() >= 300 && timer.elapsed() < 1500, qPrintable(lab.detailOf(future)));
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

void tst_Fetcher::followsRedirectsWithinTheList()
{
    Lab lab;
    lab.server.script("/a", {{.status = 302, .headers = {{"Location", "/b"}}, .body = "moved"}});
    lab.server.script("/b",
                      {{.status = 301, .headers = {{"Location", "https://api.mnemonic.no/c"}}}});
    lab.server.script("/c", {{.body = "here"}});
    const auto future = lab.ask(u"/a"_s);
    QVERIFY(lab.wait(future));
    QVERIFY(future.result().ok());
    QCOMPARE(future.result()->body, QByteArray("here"));
    QCOMPARE(future.result()->url, lab.server.url(u"/c"_s));
}

void tst_Fetcher::refusesRedirectsElsewhere_data()
{
    QTest::addColumn<QByteArray>("location");
    QTest::newRow("another host") << QByteArray("https://evil.com/");
    QTest::newRow("a file") << QByteArray("file:///etc/passwd");
    QTest::newRow("odd loopback") << QByteArray("http://0x7f.1/");
    QTest::newRow("itself for ever") << QByteArray("/");
}

void tst_Fetcher::refusesRedirectsElsewhere()
{
    QFETCH(QByteArray, location);
    Lab lab;
    HttpServer other;
    lab.server.script("/", {{.status = 302, .headers = {{"Location", location}}}});
    const auto future = lab.ask(u"/"_s);
    const bool circle = location == "/";
    QCOMPARE(lab.codeOf(future), circle ? ErrorCode::Malformed : ErrorCode::Refused);
    QCOMPARE(lab.server.requests().size(), circle ? 6 : 1);
    QCOMPARE(lab.ledger.events.size(), 1);
}

void tst_Fetcher::aKeyDoesNotFollowARedirectToAnotherHost()
{
    Lab lab;
    HttpServer other;
    other.script("/", {{.body = "there"}});
    lab.policy.plainHttpAllowed.insert(source);
    lab.policy.baseUrls[source].setHost(u"localhost"_s);
    lab.gate.setPolicy(lab.policy);
    // The same server by its other name: another host as far as keys are concerned.
    const QByteArray there = "http://localhost:" + QByteArray::number(other.port()) + "/";
    lab.server.script("/", {{.status = 302, .headers = {{"Location", there}}}});
    auto question = lab.question(u"/"_s);
    question.allowedHosts.append(u"localhost"_s);
    question.headers = {{"Authorization", "Bearer secret"}, {"Accept", "text/plain"}};
    QVERIFY(lab.wait(lab.fetcher->fetch(question)));
    QCOMPARE(lab.server.requests().first().headers.value("authorization"),
             QByteArray("Bearer secret"));
    for (const HttpRequest &request : other.requests()) {
        QVERIFY(!request.headers.contains("authorization"));
        QCOMPARE(request.headers.value("accept"), QByteArray("text/plain"));
    }
}

void tst_Fetcher::identicalQuestionsAreAskedOnce()
{
    Lab lab;
    lab.server.script("/", {{.body = "shared", .delayMs = 50}});
    const QList<Future> futures{lab.ask(u"/"_s), lab.ask(u"/"_s, Asker::Person), lab.ask(u"/"_s)};
    for (const Future &future : futures) {
        QVERIFY(lab.wait(future));
        QCOMPARE(future.result()->body, QByteArray("shared"));
    }
    QCOMPARE(lab.server.requests().size(), 1);
    QVERIFY(lab.wait(lab.ask(u"/"_s)));
    QCOMPARE(lab.server.requests().size(), 2);
}

void tst_Fetcher::differentQuestionsAreNotMixed()
{
    Lab lab;
    lab.server.script("/", {{.delayMs = 20}});
    auto withKey = lab.question(u"/"_s);
    withKey.headers = {{"X-Key", "1"}};
    auto posted = lab.question(u"/"_s);
    posted.body = "x";
    const QList<Future> futures{lab.ask(u"/"_s), lab.fetcher->fetch(withKey),
                                lab.fetcher->fetch(posted), lab.fetcher->fetch(posted)};
    for (const Future &future : futures)
        QVERIFY(lab.wait(future));
    QCOMPARE(lab.server.requests().size(), 4);
}

void tst_Fetcher::cancellingEndsTheRequest()
{
    Lab lab;
    lab.server.script("/", {{.end = End::Hang}});
    auto future = lab.ask(u"/"_s);
    QTRY_COMPARE(lab.server.requests().size(), 1);
    future.cancel();
    QTRY_VERIFY(future.isFinished());
    QTRY_COMPARE(lab.server.open(), 0);
}

void tst_Fetcher::cancellingOneOfTwoKeepsTheOther()
{
    Lab lab;
    lab.server.script("/", {{.body = "kept", .delayMs = 50}});
    auto first = lab.ask(u"/"_s);
    const auto second = lab.ask(u"/"_s);
    first.cancel();
    QVERIFY(lab.wait(second));
    QCOMPARE(second.result()->body, QByteArray("kept"));
}

void tst_Fetcher::shutdownEndsEverything()
{
    Lab lab;
    lab.server.script("/", {{.end = End::Hang}});
    auto limited = lab.question(u"/later"_s);
    limited.windows = {{1, dayMs}};
    const QList<Future> futures{lab.ask(u"/"_s), lab.fetcher->fetch(limited), lab.ask(u"/2"_s)};
    QTRY_COMPARE(lab.server.requests().size(), 3);
    lab.fetcher.reset();
    QCOMPARE(lab.codeOf(futures[0]), ErrorCode::Cancelled);
    for (const Future &future : futures)
        QVERIFY(future.isFinished());
}

void tst_Fetcher::asksOneHostOnlyInParallelAsAllowed_data()
{
    QTest::addColumn<int>("parallel");
    QTest::newRow("the usual four") << 4;
    QTest::newRow("one, as registries like it") << 1;
}

void tst_Fetcher::asksOneHostOnlyInParallelAsAllowed()
{
    QFETCH(int, parallel);
    Lab lab;
    QList<Future> futures;
    for (int i = 0; i < 12; ++i) {
        const QString path = u"/%1"_s.arg(i);
        lab.server.script(path.toLatin1(), {{.delayMs = 15}});
        auto question = lab.question(path);
        question.parallel = parallel;
        futures.append(lab.fetcher->fetch(question));
    }
    for (const Future &future : futures)
        QVERIFY(lab.wait(future) && future.result().ok());
    QCOMPARE(lab.server.requests().size(), 12);
    QVERIFY(lab.server.mostAtOnce() <= parallel);
    QVERIFY(parallel == 1 || lab.server.mostAtOnce() > 1);
}

void tst_Fetcher::windowsQueueInsteadOfFailing()
{
    Lab lab;
    QList<Future> futures;
    for (int i = 0; i < 9; ++i) {
        const QString path = u"/%1"_s.arg(i);
        lab.server.script(path.toLatin1(), {{}});
        auto question = lab.question(path);
        question.windows = {{3, 200}, {100, 60'000}};
        futures.append(lab.fetcher->fetch(question));
    }
    for (const Future &future : futures)
        QVERIFY(lab.wait(future) && future.result().ok());
    const auto &requests = lab.server.requests();
    // Any four requests that follow each other span a window; a little less for the way to the
    // server.
    for (qsizetype i = 3; i < requests.size(); ++i)
        QVERIFY(requests[i].atMs - requests[i - 3].atMs >= 180);
}

void tst_Fetcher::aPersonGoesBeforeEyes()
{
    Lab lab;
    QList<Future> futures;
    for (int i = 0; i < 5; ++i) {
        const QString path = u"/%1"_s.arg(i);
        lab.server.script(path.toLatin1(), {{}});
        auto question = lab.question(path, i == 4 ? Asker::Person : Asker::Eye);
        question.windows = {{1, 30}};
        futures.append(lab.fetcher->fetch(question));
    }
    for (const Future &future : futures)
        QVERIFY(lab.wait(future));
    QCOMPARE(lab.server.requests()[0].path, QByteArray("/4"));
}

void tst_Fetcher::aFullWindowEndsTheWaitAtLast()
{
    Lab lab;
    FetchTimes times;
    times.personQueueMs = 50;
    lab.fetcher->setTimes(times);
    lab.server.script("/1", {{}});
    lab.server.script("/2", {{}});
    for (const QString &path : {u"/1"_s, u"/2"_s}) {
        auto question = lab.question(path, Asker::Person);
        question.windows = {{1, dayMs}};
        const auto future = lab.fetcher->fetch(question);
        QVERIFY(lab.wait(future));
        QCOMPARE(future.result().ok(), path == u"/1"_s);
        if (!future.result())
            QCOMPARE(lab.codeOf(future), ErrorCode::Refused);
    }
    QCOMPARE(lab.server.requests().size(), 1);
}

void tst_Fetcher::tellsTheLedgerOnceAQuestion()
{
    Lab lab;
    lab.server.script("/", {{.status = 503}, {.status = 302, .headers = {{"Location", "/b"}}}});
    lab.server.script("/b", {{}});
    QVERIFY(lab.wait(lab.ask(u"/"_s, Asker::Person)));
    QCOMPARE(lab.ledger.events.size(), 1);
    const LedgerEvent &event = lab.ledger.events[0];
    QCOMPARE(event.at, lab.clock.now());
    QCOMPARE(event.about, domain(u"interfaxru.com"_s));
    QCOMPARE(event.source, source);
    QCOMPARE(event.party, u"127.0.0.1"_s);
    QVERIFY(event.byPerson);
}

void tst_Fetcher::aDeadProxyFailsClosed_data()
{
    QTest::addColumn<QString>("proxy");
    QTest::newRow("socks5") << u"socks5://127.0.0.1:1"_s;
    QTest::newRow("http") << u"http://127.0.0.1:1"_s;
    QTest::newRow("unknown kind") << u"gopher://127.0.0.1:1"_s;
}

void tst_Fetcher::aDeadProxyFailsClosed()
{
    QFETCH(QString, proxy);
    Lab lab;
    lab.policy.proxy = QUrl(proxy);
    lab.gate.setPolicy(lab.policy);
    lab.server.script("/", {{}});
    const auto future = lab.ask(u"/"_s);
    QVERIFY(lab.wait(future));
    QVERIFY(!future.result());
    QVERIFY2(lab.detailOf(future).contains(u"proxy"_s), qPrintable(lab.detailOf(future)));
    QCOMPARE(lab.server.connections(), 0);
    QVERIFY(lab.ledger.events.isEmpty());
}

void tst_Fetcher::anUntrustedCertificateIsRefused()
{
    Lab lab;
    // What answers here speaks no TLS at all.
    lab.policy.baseUrls[source].setScheme(u"https"_s);
    lab.gate.setPolicy(lab.policy);
    lab.server.script("/", {{}});
    auto question = lab.question(u"/"_s);
    question.timeoutMs = 300;
    const auto future = lab.fetcher->fetch(question);
    QCOMPARE(lab.codeOf(future), ErrorCode::Unreachable);
    QVERIFY(lab.server.requests().isEmpty());
}

void tst_Fetcher::noticesThatTheNetworkIsAway()
{
    Lab lab;
    QSignalSpy spy(lab.fetcher.get(), &Fetcher::reachabilityChanged);
    lab.server.script("/hang", {{.end = End::Hang}});
    lab.server.script("/", {{}});
    auto question = lab.question(u"/hang"_s);
    question.timeoutMs = 100;
    QVERIFY(lab.wait(lab.fetcher->fetch(question)));
    question.timeoutMs = 100;
    QVERIFY(lab.wait(lab.fetcher->fetch(question)));
    QVERIFY(lab.wait(lab.fetcher->fetch(question)));
    QTRY_COMPARE(spy.size(), 1);
    QCOMPARE(spy[0][0].toBool(), false);
    QVERIFY(lab.wait(lab.ask(u"/"_s)));
    QCOMPARE(spy.size(), 2);
    QCOMPARE(spy[1][0].toBool(), true);
    QVERIFY(!lab.fetcher->pausedUntil(source));
}

WG_TEST(tst_Fetcher)
#include "tst_fetcher.moc"
