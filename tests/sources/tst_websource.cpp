// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/websource.h"

#include "net/nettest.h"
#include "recordedanswers.h"
#include "sources/webanswer.h"
#include "sources/webparse.h"
#include "support/httpserver.h"
#include "support/runner.h"
#include "support/tlsserver.h"

#include <QTest>

using namespace wg;
using namespace wg::test;
using namespace Qt::StringLiterals;

namespace {

/// The source, consented to, and one server that plays every host.
struct Lab
{
    Lab()
    {
        server.script("/",
                      {{.headers = {{"Content-Type", "text/html"}, {"Server", "alpha"}},
                        .body = "<title>Alpha</title><script src='//cdn.beta.net/x'></script>"}});
        server.script("/favicon.ico", {{.body = "icon"}});
        policy.ceiling = Pap::Green;
        policy.consents = {u"http"_s};
        policy.baseUrls = {{u"http"_s, server.url({})}};
        gate.setPolicy(policy);
        FetchTimes times;
        times.retryBaseMs = 1;
        fetcher.setTimes(times);
    }
    /// No base URL: names are looked up, and lead where finder says.
    void resolve(const QList<IpAddress> &addresses)
    {
        policy.baseUrls.clear();
        gate.setPolicy(policy);
        fetcher.setHostFinder(
            [this, addresses](const QString &host, QObject *, const HostFound &f) {
                looked.append(host);
                f(addresses);
            });
    }
    void order(const QString &name, quint64 ticket = 1, Leave leave = Leave::Standing)
    {
        AskOrder wish;
        wish.subject = source->subject(domain(name));
        wish.asker = Asker::Person;
        wish.ticket = ticket;
        wish.leave = leave;
        source->ask(wish, [this](RawPass &&pass) { passes.append(std::move(pass)); });
    }
    QList<Observation> ask(const QString &name = u"alpha.com"_s)
    {
        const qsizetype before = passes.size();
        order(name);
        if (!QTest::qWaitFor([&] { return passes.size() > before; }, 8000))
            return {};
        return passes.last().parse(passes.last());
    }
    QStringList parties() const
    {
        QStringList names;
        for (const LedgerEvent &event : ledger.events)
            names.append(event.party);
        return names;
    }
    QByteArrayList asked() const
    {
        QByteArrayList paths;
        for (const HttpRequest &request : server.requests())
            paths.append(request.path);
        return paths;
    }

    HttpServer server;
    Policy policy;
    Gate gate;
    HeldClock clock;
    LedgerLog ledger;
    Fetcher fetcher{gate, clock, ledger};
    QStringList looked;
    QList<RawPass> passes;
    std::unique_ptr<WebSource> source = std::make_unique<WebSource>(gate, fetcher, clock);
};

} // namespace

/// One visit to a web server: what is fetched, what never is, and that every visit ends once.
class tst_WebSource : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fetchesThePageAndItsIconAndNothingElse();
    void saysNothingOfWhoAsks();
    void theLedgerNamesTheTarget();
    void followsRedirectsToItself();
    void noForeignHostIsFetched_data();
    void noForeignHostIsFetched();
    void redirectsInCirclesEnd();
    void theIconMayNotLeadElsewhere();
    void ownHostsAreTheNameAndItsRegisteredDomain();
    void needsGreenAndConsent();
    void onceIsEnoughForOneOrder();
    void aNameThatLeadsInsideIsNotVisited();
    void httpIsTriedWhereHttpsCannotBeReached();
    void deadTargetsSayNothingOfTheNetwork();
    void aTargetThatWantsRestDoesNotSpeakForOthers();
    void tooLargeAPageIsReadAsFarAsItIsTaken();
    void aPackedPageIsCutByWhatItUnpacksTo();
    void theLedgerNamesTheTargetThatWasMetInVain();
    void cancelAndEndAnswerOnce();
};

void tst_WebSource::fetchesThePageAndItsIconAndNothingElse()
{
    Lab lab;
    QCOMPARE(summary(lab.ask()),
             u"trackers empty 0; components complete 3; hostpairs complete 1; "
             "cookies empty 0"_s);
    QCOMPARE(lab.asked(), (QByteArrayList{"/", "/favicon.ico"}));
    lab.passes.clear();
    QCOMPARE(lab.ask(u"alpha.com"_s).value(0).question.asked, domain(u"alpha.com"_s));
}

void tst_WebSource::saysNothingOfWhoAsks()
{
    Lab lab;
    lab.server.script(
        "/", {{.status = 302, .headers = {{"Location", "/start"}, {"Set-Cookie", "id=1"}}}});
    lab.server.script("/start", {{.body = "x"}});
    lab.ask();
    QCOMPARE(lab.asked(), (QByteArrayList{"/", "/start", "/favicon.ico"}));
    for (const HttpRequest &request : lab.server.requests()) {
        QVERIFY(request.headers.value("user-agent").startsWith("Watchglass/"));
        QVERIFY(!request.headers.contains("cookie"));
        QVERIFY(!request.headers.contains("referer"));
    }
}

void tst_WebSource::theLedgerNamesTheTarget()
{
    Lab lab;
    lab.ask();
    QVERIFY(!lab.ledger.events.isEmpty());
    for (const LedgerEvent &event : lab.ledger.events) {
        QCOMPARE(event.pap, Pap::Green);
        QCOMPARE(event.about, domain(u"alpha.com"_s));
        QCOMPARE(event.source, u"http"_s);
    }
}

void tst_WebSource::followsRedirectsToItself()
{
    Lab lab;
    lab.server.script("/", {{.status = 301, .headers = {{"Location", "https://www.alpha.com/a"}}}});
    lab.server.script("/a", {{.status = 302, .headers = {{"Location", "http://alpha.com/b"}}}});
    lab.server.script("/b",
                      {{.headers = {{"Content-Type", "text/html"}}, .body = "<title>b</title>"}});
    const auto told = lab.ask();
    QCOMPARE(lab.asked(), (QByteArrayList{"/", "/a", "/b", "/favicon.ico"}));
    QCOMPARE(told[2].records.size(), 1); // www.alpha.com
    QCOMPARE(told[1].outcome, Outcome::Complete);
}

void tst_WebSource::noForeignHostIsFetched_data()
{
    QTest::addColumn<QByteArray>("location");
    QTest::addColumn<int>("pairs");
    QTest::newRow("another host") << QByteArray("https://beta.net/") << 1;
    QTest::newRow("a host below") << QByteArray("https://login.alpha.com/") << 1;
    QTest::newRow("a name that ends alike") << QByteArray("https://notalpha.com/") << 1;
    QTest::newRow("a private address") << QByteArray("http://192.168.0.1/") << 1;
    QTest::newRow("an address written oddly") << QByteArray("http://0x7f.1/") << 1;
    QTest::newRow("another port") << QByteArray("https://alpha.com:8443/") << 0;
    QTest::newRow("a file") << QByteArray("file:///etc/passwd") << 0;
    QTest::newRow("a script") << QByteArray("javascript:alert(1)") << 0;
}

void tst_WebSource::noForeignHostIsFetched()
{
    QFETCH(QByteArray, location);
    QFETCH(int, pairs);
    Lab lab;
    lab.server.script("/", {{.status = 302, .headers = {{"Location", location}}}});
    const auto told = lab.ask();
    QCOMPARE(told.size(), 4);
    QCOMPARE(lab.asked(), QByteArrayList{"/"});
    QCOMPARE(told[2].records.size(), pairs);
    QVERIFY(isUsable(told[2].outcome));
}

void tst_WebSource::redirectsInCirclesEnd()
{
    Lab lab;
    lab.server.script("/", {{.status = 302, .headers = {{"Location", "/"}}}});
    QCOMPARE(lab.ask().value(0).outcome, Outcome::Malformed);
    QCOMPARE(lab.asked().size(), 6);
}

void tst_WebSource::theIconMayNotLeadElsewhere()
{
    Lab lab;
    lab.server.script("/favicon.ico",
                      {{.status = 302, .headers = {{"Location", "https://cdn.beta.net/i.ico"}}}});
    const auto told = lab.ask();
    QCOMPARE(told[1].outcome, Outcome::Truncated); // that there is none is not proven
    QCOMPARE(told[1].records.size(), 2); // Server and Title
    QCOMPARE(lab.asked().size(), 2);
}

void tst_WebSource::ownHostsAreTheNameAndItsRegisteredDomain()
{
    QCOMPARE(webHosts(domain(u"shop.alpha.co.uk"_s)),
             (QStringList{u"shop.alpha.co.uk"_s, u"www.shop.alpha.co.uk"_s, u"alpha.co.uk"_s,
                          u"www.alpha.co.uk"_s}));
    QCOMPARE(webHosts(domain(u"alpha.com"_s)), (QStringList{u"alpha.com"_s, u"www.alpha.com"_s}));
    QCOMPARE(webHosts({ArtifactKind::Ipv6, u"2001:db8::1"_s}), QStringList{u"2001:db8::1"_s});
}

void tst_WebSource::needsGreenAndConsent()
{
    Lab lab;
    lab.policy.ceiling = Pap::Amber;
    lab.gate.setPolicy(lab.policy);
    QCOMPARE(lab.ask().value(0).outcome, Outcome::Refused);
    lab.policy.ceiling = Pap::Green;
    lab.policy.consents.clear();
    lab.gate.setPolicy(lab.policy);
    const auto told = lab.ask();
    QCOMPARE(told.size(), 4);
    QVERIFY(told[3].detail.contains(u"consent"_s));
    QCOMPARE(lab.server.connections(), 0);
}

void tst_WebSource::onceIsEnoughForOneOrder()
{
    Lab lab;
    lab.policy.ceiling = Pap::Amber;
    lab.policy.consents.clear();
    lab.gate.setPolicy(lab.policy);
    lab.order(u"alpha.com"_s, 1, Leave::ThisOnce);
    QTRY_COMPARE(lab.passes.size(), 1);
    QCOMPARE(lab.asked().size(), 2);
}

void tst_WebSource::aNameThatLeadsInsideIsNotVisited()
{
    Lab lab;
    lab.resolve({*parseAddress(u"93.184.216.34"), *parseAddress(u"10.0.0.1")});
    const auto told = lab.ask();
    QCOMPARE(told.value(0).outcome, Outcome::Refused);
    QVERIFY(told[0].detail.contains(u"10.0.0.1"_s));
    QCOMPARE(lab.looked, QStringList{u"alpha.com"_s});
    QCOMPARE(lab.parties(), QStringList{systemResolver}); // the target heard nothing
}

void tst_WebSource::httpIsTriedWhereHttpsCannotBeReached()
{
    Lab lab;
    lab.resolve({});
    QCOMPARE(lab.ask().value(0).outcome, Outcome::Unreachable);
    QCOMPARE(lab.looked.size(), 4); // two tries each
    QCOMPARE(lab.passes.last().answers.size(), 1);
}

void tst_WebSource::deadTargetsSayNothingOfTheNetwork()
{
    Lab lab;
    QSignalSpy spy(&lab.fetcher, &Fetcher::reachabilityChanged);
    lab.resolve({});
    for (const QString &name : {u"alpha.com"_s, u"beta.com"_s, u"gamma.com"_s})
        QCOMPARE(lab.ask(name).value(0).outcome, Outcome::Unreachable);
    QVERIFY(spy.isEmpty());
}

void tst_WebSource::aTargetThatWantsRestDoesNotSpeakForOthers()
{
    Lab lab;
    lab.server.script("/", {{.status = 429, .headers = {{"Retry-After", "86400"}}}});
    QCOMPARE(lab.ask().value(0).outcome, Outcome::Refused);
    QVERIFY(!lab.fetcher.waitUntil(u"http"_s));
    QCOMPARE(lab.ask().value(0).outcome, Outcome::Refused);
    QCOMPARE(lab.asked().size(), 1); // it is left alone itself
}

void tst_WebSource::tooLargeAPageIsReadAsFarAsItIsTaken()
{
    Lab lab;
    const QByteArray page = "<title>Alpha</title><script src='//cdn.beta.net/x'></script>";
    lab.server.script(
        "/",
        {{.headers = {{"Content-Type", "text/html"}},
          .body = page + QByteArray(3 << 20, 'x') + "<script src='//late.beta.net/x'></script>"}});
    const auto told = lab.ask();
    QCOMPARE(summary(told),
             u"trackers truncated 0; components truncated 2; hostpairs truncated 1; "
             "cookies truncated 0"_s);
    QCOMPARE(lab.asked(), (QByteArrayList{"/", "/favicon.ico"}));
    const auto kept = readWebAnswer(lab.passes.last().answers[0].bytes);
    QVERIFY(kept);
    QCOMPARE(kept->body.size(), qsizetype(2 << 20));
}

/// Announced as packed: qCompress's zlib stream is HTTP's "deflate".
void tst_WebSource::aPackedPageIsCutByWhatItUnpacksTo()
{
    Lab lab;
    lab.server.script(
        "/",
        {{.headers = {{"Content-Type", "text/html"}, {"Content-Encoding", "deflate"}},
          .body = qCompress("<title>Alpha</title>" + QByteArray(5 << 20, ' ')).sliced(4)}});
    const auto told = lab.ask();
    QCOMPARE(told.value(1).outcome, Outcome::Truncated);
    QCOMPARE(told[1].records.size(), 2);
}

void tst_WebSource::theLedgerNamesTheTargetThatWasMetInVain()
{
    TlsServer stranger; // nobody vouches for its certificate
    Lab lab;
    lab.policy.baseUrls = {{u"http"_s, stranger.url()}};
    lab.gate.setPolicy(lab.policy);
    QCOMPARE(lab.ask().value(0).outcome, Outcome::Unreachable);
    QVERIFY(stranger.received().isEmpty());
    QCOMPARE(lab.parties(), QStringList{u"127.0.0.1"_s});
}

void tst_WebSource::cancelAndEndAnswerOnce()
{
    Lab lab;
    lab.server.script("/", {{.end = HttpScript::End::Hang}});
    lab.order(u"alpha.com"_s, 1);
    lab.order(u"beta.com"_s, 2);
    lab.source->cancel(1);
    lab.source->cancel(1);
    QCOMPARE(lab.passes.size(), 1);
    QCOMPARE(lab.passes[0].answers.size(), 4);
    QCOMPARE(lab.passes[0].answers[0].failure, Outcome::Unreachable);
    lab.source.reset();
    QCOMPARE(lab.passes.size(), 2);
}

WG_TEST(tst_WebSource)
#include "tst_websource.moc"
