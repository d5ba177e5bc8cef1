// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/fetchlab.h"
#include "support/runner.h"

#include <QSignalSpy>
#include <QTest>

using namespace wg;
using namespace wg::test;
using namespace Qt::StringLiterals;

/// The fetch layer against a server that answers, hangs, cuts, throttles and lies.
class tst_FetchQueue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
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
    void orderedEyesLeavePeopleTheirPart();
    void aPersonWhoJoinsAnEyeGoesAsAPerson();
    void aClockThatIsSetBackKeepsNobodyWaiting();
    void aFullWindowEndsTheWaitAtLast();
    void whatReachesNobodyUsesNothingUp();
    void tellsTheLedgerOnceAQuestion();
    void aDeadProxyFailsClosed_data();
    void aDeadProxyFailsClosed();
    void anUntrustedCertificateIsRefused();
    void noticesThatTheNetworkIsAway();
};

void tst_FetchQueue::followsRedirectsWithinTheList()
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

void tst_FetchQueue::refusesRedirectsElsewhere_data()
{
    QTest::addColumn<QByteArray>("location");
    QTest::newRow("another host") << QByteArray("https://evil.com/");
    QTest::newRow("a file") << QByteArray("file:///etc/passwd");
    QTest::newRow("odd loopback") << QByteArray("http://0x7f.1/");
    QTest::newRow("itself for ever") << QByteArray("/");
}

void tst_FetchQueue::refusesRedirectsElsewhere()
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

void tst_FetchQueue::aKeyDoesNotFollowARedirectToAnotherHost()
{
    Lab lab;
    HttpServer other;
    other.script("/", {{.body = "there"}});
    // Both servers are the user's, so that nothing is moved to one of them.
    lab.policy.rdapBootstrap = lab.server.url(u"/"_s);
    lab.policy.baseUrls = {{u"rdap"_s, other.url(u"/"_s)}};
    lab.gate.setPolicy(lab.policy);
    const QByteArray there = other.url(u"/"_s).toEncoded();
    lab.server.script("/?k=hidden", {{.status = 302, .headers = {{"Location", there}}}});
    HttpQuestion question{*lab.gate.ask(intentOf(u"rdap"_s)), lab.server.url(u"/"_s)};
    question.headers = {{"Authorization", "Bearer secret"}, {"Accept", "text/plain"}};
    question.secret = {{{"X-Key", "hidden"}}, "k=hidden", {"hidden"}};
    const auto fetched = lab.fetcher->fetch(question);
    QVERIFY(lab.wait(fetched));
    QVERIFY(fetched.result().ok());
    const HttpRequest first = lab.server.requests().first();
    QCOMPARE(first.headers.value("authorization"), QByteArray("Bearer secret"));
    QCOMPARE(first.headers.value("x-key"), QByteArray("hidden"));
    QCOMPARE(other.requests().size(), 1);
    const HttpRequest second = other.requests().first();
    QCOMPARE(second.path, QByteArray("/"));
    QVERIFY(!second.headers.contains("authorization"));
    QVERIFY(!second.headers.contains("x-key"));
    QCOMPARE(second.headers.value("accept"), QByteArray("text/plain"));
}

void tst_FetchQueue::identicalQuestionsAreAskedOnce()
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

void tst_FetchQueue::differentQuestionsAreNotMixed()
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

void tst_FetchQueue::cancellingEndsTheRequest()
{
    Lab lab;
    lab.server.script("/", {{.end = End::Hang}});
    auto future = lab.ask(u"/"_s);
    QTRY_COMPARE(lab.server.requests().size(), 1);
    future.cancel();
    QTRY_VERIFY(future.isFinished());
    QTRY_COMPARE(lab.server.open(), 0);
}

void tst_FetchQueue::cancellingOneOfTwoKeepsTheOther()
{
    Lab lab;
    lab.server.script("/", {{.body = "kept", .delayMs = 50}});
    auto first = lab.ask(u"/"_s);
    const auto second = lab.ask(u"/"_s);
    first.cancel();
    QVERIFY(lab.wait(second));
    QCOMPARE(second.result()->body, QByteArray("kept"));
}

void tst_FetchQueue::shutdownEndsEverything()
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

void tst_FetchQueue::asksOneHostOnlyInParallelAsAllowed_data()
{
    QTest::addColumn<int>("parallel");
    QTest::newRow("the usual four") << 4;
    QTest::newRow("one, as registries like it") << 1;
}

void tst_FetchQueue::asksOneHostOnlyInParallelAsAllowed()
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

void tst_FetchQueue::windowsQueueInsteadOfFailing()
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
    // The server's clock began before the first; without windows all would come in a moment.
    for (qsizetype i = 3; i < requests.size(); ++i)
        QVERIFY(requests[i].atMs >= 200 * (i / 3) - 5);
}

void tst_FetchQueue::aPersonGoesBeforeEyes()
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

void tst_FetchQueue::orderedEyesLeavePeopleTheirPart()
{
    Lab lab;
    FetchTimes times;
    times.personQueueMs = 50;
    lab.fetcher->setTimes(times);
    lab.server.script("/", {{}});
    const auto ask = [&lab](int number, Asker asker) {
        auto question = lab.question(u"/?"_s + QString::number(number), asker);
        question.windows = {{5, dayMs}};
        const auto future = lab.fetcher->fetch(question);
        return lab.wait(future) && future.result().ok();
    };
    for (int i = 0; i < 4; ++i)
        QVERIFY(ask(i, Asker::OrderedEye));
    QVERIFY(!ask(4, Asker::OrderedEye));
    QVERIFY(ask(5, Asker::Person));
    QVERIFY(!ask(6, Asker::Person));
}

void tst_FetchQueue::aPersonWhoJoinsAnEyeGoesAsAPerson()
{
    Lab lab;
    lab.server.script("/", {{}});
    const auto ask = [&lab](const QString &path, Asker asker) {
        auto question = lab.question(path, asker);
        question.windows = {{5, hourMs}};
        return lab.fetcher->fetch(question);
    };
    for (int i = 0; i < 4; ++i)
        QVERIFY(lab.wait(ask(u"/?"_s + QString::number(i), Asker::Eye)));
    // Of five, one is kept for people: the eye waits, and who joins it does not.
    FetchTimes patient;
    patient.eyeQueueMs = int(dayMs);
    lab.fetcher->setTimes(patient);
    const Future eye = ask(u"/?4"_s, Asker::Eye);
    const Future person = ask(u"/?4"_s, Asker::Person);
    QVERIFY(lab.wait(person) && person.result().ok());
    QVERIFY(lab.wait(eye) && eye.result().ok());
}

void tst_FetchQueue::aClockThatIsSetBackKeepsNobodyWaiting()
{
    Lab lab;
    lab.server.script("/", {{}});
    auto question = lab.question(u"/"_s);
    question.windows = {{1, hourMs}};
    const auto room = [&] {
        return lab.fetcher->roomInMs(source, question.url, question.allowedHosts, question.windows,
                                     Asker::Eye);
    };
    lab.clock.advance(-hourMs);
    QCOMPARE(room(), 0);
    QVERIFY(lab.wait(lab.fetcher->fetch(question)));
    QVERIFY(room() > 0 && room() < 2 * hourMs);
}

void tst_FetchQueue::aFullWindowEndsTheWaitAtLast()
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
            QCOMPARE(lab.codeOf(future), ErrorCode::Postponed);
    }
    QCOMPARE(lab.server.requests().size(), 1);
}

void tst_FetchQueue::whatReachesNobodyUsesNothingUp()
{
    Lab lab;
    lab.server.script("/", {{.body = "here"}});
    const auto ask = [&lab](int port) {
        lab.policy.baseUrls[source].setPort(port);
        lab.gate.setPolicy(lab.policy);
        HttpQuestion question = lab.question(u"/"_s);
        question.windows = {{5, hourMs}};
        return lab.fetcher->fetch(question);
    };
    QCOMPARE(lab.codeOf(ask(1)), ErrorCode::Unreachable);
    QVERIFY(lab.ledger.events.isEmpty());
    QCOMPARE(lab.fetcher->quota(source)->left, 5);
    const auto heard = ask(lab.server.url(QString()).port());
    QVERIFY(lab.wait(heard) && heard.result());
    QCOMPARE(lab.fetcher->quota(source)->left, 4);
}

void tst_FetchQueue::tellsTheLedgerOnceAQuestion()
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

void tst_FetchQueue::aDeadProxyFailsClosed_data()
{
    QTest::addColumn<QString>("proxy");
    QTest::newRow("socks5") << u"socks5://127.0.0.1:1"_s;
    QTest::newRow("http") << u"http://127.0.0.1:1"_s;
    QTest::newRow("unknown kind") << u"gopher://127.0.0.1:1"_s;
}

void tst_FetchQueue::aDeadProxyFailsClosed()
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

void tst_FetchQueue::anUntrustedCertificateIsRefused()
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

void tst_FetchQueue::noticesThatTheNetworkIsAway()
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

WG_TEST(tst_FetchQueue)
#include "tst_fetchqueue.moc"
