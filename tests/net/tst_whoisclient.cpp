// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/whoisclient.h"

#include "net/nettest.h"
#include "support/runner.h"
#include "support/textserver.h"

#include <QTest>

using namespace wg;
using namespace wg::test;
using namespace Qt::StringLiterals;

namespace {

const QString source = u"whois"_s;

/// A client whose source is asked at a scripted server, and what came of it.
struct Lab
{
    Lab()
    {
        policy.baseUrls = {{source, server.url()}};
        gate.setPolicy(policy);
        client = std::make_unique<WhoisClient>(gate, clock, ledger);
        client->setTimes(times);
    }
    quint64 ask(const QByteArray &line = "shop.ru", Asker asker = Asker::Person)
    {
        return client->ask(
            {*gate.ask(intentOf(source, asker)), u"whois.tcinet.ru"_s, line},
            [this](Result<WhoisAnswer> &&answer) { answers.append(std::move(answer)); });
    }
    bool wait(int count = 1)
    {
        return QTest::qWaitFor([&] { return answers.size() >= count; }, 8000);
    }
    ErrorCode code(int count = 1)
    {
        return wait(count) && !answers.last() ? answers.last().error().code : ErrorCode::Failed;
    }

    WhoisTimes times{.stallMs = 3000, .wholeMs = 6000, .betweenMs = 10};
    TextServer server;
    Policy policy;
    Gate gate;
    HeldClock clock;
    LedgerLog ledger;
    std::unique_ptr<WhoisClient> client;
    QList<Result<WhoisAnswer>> answers;
};

} // namespace

/// The WHOIS transport against a server that answers, hangs, cuts and drips.
class tst_WhoisClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksOneLineAndTakesAllUntilTheServerCloses();
    void tellsTheLedgerWhomItAsked();
    void aClosedGateKeepsItIn();
    void aGateThatClosesMeanwhileKeepsItIn();
    void aSecondLineIsNeverSent_data();
    void aSecondLineIsNeverSent();
    void anAnswerThatStopsHalfwayIsCut();
    void aSilentServerIsUnreachable();
    void aServerThatClosesAtOnceIsUnreachable();
    void aServerThatDripsForEverIsLeft();
    void moreThanAMebibyteIsNotTaken();
    void nobodyThereIsUnreachable();
    void aServerIsAskedOneQuestionAtATime();
    void cancellingEndsItOnce();
    void theProgramsEndIsAnEndToo();
    void aProxyThatIsDownLetsNothingPast();
    void anUnreadableProxyLetsNothingPast();
    void aNameThatLeadsInsideIsNeverConnectedTo();
    void aPrivateServerMustBeNamedByTheUser();
};

void tst_WhoisClient::asksOneLineAndTakesAllUntilTheServerCloses()
{
    Lab lab;
    lab.server.say("domain: SHOP.RU\r\nstate: REGISTERED\r\n");
    lab.ask();
    QVERIFY(lab.answers.isEmpty());
    QVERIFY(lab.wait());
    QVERIFY(lab.answers[0].ok());
    QCOMPARE(lab.answers[0]->text, QByteArray("domain: SHOP.RU\r\nstate: REGISTERED\r\n"));
    QVERIFY(!lab.answers[0]->cut);
    QCOMPARE(lab.answers[0]->at, lab.clock.now());
    QCOMPARE(lab.server.lines(), QByteArrayList{"shop.ru"});
}

void tst_WhoisClient::tellsTheLedgerWhomItAsked()
{
    Lab lab;
    lab.server.say("x");
    lab.ask();
    QVERIFY(lab.wait());
    QCOMPARE(lab.ledger.events.size(), 1);
    QCOMPARE(lab.ledger.events[0].party, u"127.0.0.1"_s);
    QCOMPARE(lab.ledger.events[0].source, source);
    QCOMPARE(lab.ledger.events[0].about, domain(u"interfaxru.com"_s));
    QVERIFY(lab.ledger.events[0].byPerson);
}

void tst_WhoisClient::aClosedGateKeepsItIn()
{
    Lab lab;
    const auto permit = lab.gate.ask(intentOf(source));
    QVERIFY(permit.ok());
    lab.policy.cacheOnly = true;
    lab.gate.setPolicy(lab.policy);
    lab.client->ask({*permit, u"whois.tcinet.ru"_s, "shop.ru"},
                    [&](Result<WhoisAnswer> &&answer) { lab.answers.append(std::move(answer)); });
    QCOMPARE(lab.code(), ErrorCode::Refused);
    QCOMPARE(lab.server.connections(), 0);
    QVERIFY(lab.ledger.events.isEmpty());
}

void tst_WhoisClient::aGateThatClosesMeanwhileKeepsItIn()
{
    Lab lab;
    lab.policy.baseUrls = {};
    lab.gate.setPolicy(lab.policy);
    lab.client->setHostFinder([&](const QString &, QObject *context, const HostFound &found) {
        lab.policy.disabledSources = {source};
        lab.gate.setPolicy(lab.policy);
        QMetaObject::invokeMethod(
            context, [found] { found({*parseAddress(u"127.0.0.1")}); }, Qt::QueuedConnection);
    });
    lab.ask();
    QCOMPARE(lab.code(), ErrorCode::Refused);
    QVERIFY(lab.ledger.events.isEmpty());
}

void tst_WhoisClient::aSecondLineIsNeverSent_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("two lines") << QByteArray("shop.ru\r\nother.ru");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("a null") << QByteArray("shop.ru\0x", 9);
    QTest::newRow("too long") << QByteArray(1000, 'a');
}

void tst_WhoisClient::aSecondLineIsNeverSent()
{
    QFETCH(QByteArray, line);
    Lab lab;
    lab.ask(line);
    QCOMPARE(lab.code(), ErrorCode::Refused);
    QCOMPARE(lab.server.connections(), 0);
}

void tst_WhoisClient::anAnswerThatStopsHalfwayIsCut()
{
    Lab lab;
    lab.times.stallMs = 100;
    lab.client->setTimes(lab.times);
    lab.server.say("domain: SHO", TextServer::End::Hang);
    lab.ask();
    QVERIFY(lab.wait());
    QVERIFY(lab.answers[0].ok());
    QVERIFY(lab.answers[0]->cut);
    QCOMPARE(lab.answers[0]->text, QByteArray("domain: SHO"));
}

void tst_WhoisClient::aSilentServerIsUnreachable()
{
    Lab lab;
    lab.times.stallMs = 100;
    lab.client->setTimes(lab.times);
    lab.server.say({}, TextServer::End::Hang);
    lab.ask();
    QCOMPARE(lab.code(), ErrorCode::Unreachable);
}

void tst_WhoisClient::aServerThatClosesAtOnceIsUnreachable()
{
    Lab lab;
    lab.server.say({});
    lab.ask();
    QCOMPARE(lab.code(), ErrorCode::Unreachable);
    QVERIFY(lab.answers[0].error().detail.contains(u"without an answer"_s));
}

void tst_WhoisClient::aServerThatDripsForEverIsLeft()
{
    Lab lab;
    lab.times.wholeMs = 300;
    lab.client->setTimes(lab.times);
    lab.server.say("x", TextServer::End::Drip);
    lab.ask();
    QCOMPARE(lab.code(), ErrorCode::Unreachable);
    QVERIFY(lab.answers[0].error().detail.contains(u"too long"_s));
}

void tst_WhoisClient::moreThanAMebibyteIsNotTaken()
{
    Lab lab;
    lab.server.say(QByteArray((1 << 20) + 1, 'x'));
    lab.ask();
    QCOMPARE(lab.code(), ErrorCode::TooLarge);
}

void tst_WhoisClient::nobodyThereIsUnreachable()
{
    Lab lab;
    lab.server.close();
    lab.ask();
    QCOMPARE(lab.code(), ErrorCode::Unreachable);
    QVERIFY(lab.ledger.events.isEmpty());
}

void tst_WhoisClient::aServerIsAskedOneQuestionAtATime()
{
    Lab lab;
    lab.server.say("x");
    for (int i = 0; i < 3; ++i)
        lab.ask(QByteArray::number(i) + ".ru");
    QVERIFY(lab.wait(3));
    QCOMPARE(lab.server.lines(), (QByteArrayList{"0.ru", "1.ru", "2.ru"}));
    QCOMPARE(lab.server.mostAtOnce(), 1);
}

void tst_WhoisClient::cancellingEndsItOnce()
{
    Lab lab;
    lab.server.say({}, TextServer::End::Hang);
    const quint64 number = lab.ask();
    QVERIFY(QTest::qWaitFor([&] { return !lab.server.lines().isEmpty(); }));
    lab.client->cancel(number);
    lab.client->cancel(number);
    QCOMPARE(lab.answers.size(), 1);
    QCOMPARE(lab.code(), ErrorCode::Cancelled);
    QTRY_COMPARE(lab.server.open(), 0);
}

void tst_WhoisClient::theProgramsEndIsAnEndToo()
{
    Lab lab;
    lab.server.say({}, TextServer::End::Hang);
    lab.ask();
    lab.ask();
    QVERIFY(QTest::qWaitFor([&] { return !lab.server.lines().isEmpty(); }));
    lab.client.reset();
    QCOMPARE(lab.answers.size(), 2);
    QCOMPARE(lab.code(2), ErrorCode::Cancelled);
}

void tst_WhoisClient::aProxyThatIsDownLetsNothingPast()
{
    Lab lab;
    TextServer gone;
    lab.policy.proxy = gone.url();
    gone.close();
    lab.gate.setPolicy(lab.policy);
    lab.ask();
    QCOMPARE(lab.code(), ErrorCode::Unreachable);
    QVERIFY(lab.answers[0].error().detail.contains(u"proxy"_s));
    QCOMPARE(lab.server.connections(), 0);
    QVERIFY(lab.ledger.events.isEmpty());
}

void tst_WhoisClient::anUnreadableProxyLetsNothingPast()
{
    Lab lab;
    lab.policy.proxy = QUrl(u"ftp://127.0.0.1:1"_s);
    lab.gate.setPolicy(lab.policy);
    lab.ask();
    QCOMPARE(lab.code(), ErrorCode::Refused);
    QCOMPARE(lab.server.connections(), 0);
}

void tst_WhoisClient::aNameThatLeadsInsideIsNeverConnectedTo()
{
    Lab lab;
    lab.policy.baseUrls = {};
    lab.gate.setPolicy(lab.policy);
    QStringList looked;
    lab.client->setHostFinder([&](const QString &name, QObject *context, const HostFound &found) {
        looked.append(name);
        QMetaObject::invokeMethod(
            context, [found] { found({*parseAddress(u"10.0.0.1")}); }, Qt::QueuedConnection);
    });
    lab.ask();
    QCOMPARE(lab.code(), ErrorCode::Refused);
    QCOMPARE(looked, QStringList{u"whois.tcinet.ru"_s});
    QVERIFY(lab.ledger.events.isEmpty());
}

void tst_WhoisClient::aPrivateServerMustBeNamedByTheUser()
{
    Policy policy;
    QVERIFY(!Gate(policy).whoisServer(source, u"127.0.0.1"_s).ok());
    QVERIFY(!Gate(policy).whoisServer(source, u"whois.corp"_s).ok());
    QVERIFY(!Gate(policy).whoisServer(source, u"localhost"_s).ok());
    QVERIFY(!Gate(policy).whoisServer(source, u"a b"_s).ok());
    QVERIFY(!Gate(policy).whoisServer(source, {}).ok());
    const auto plain = Gate(policy).whoisServer(source, u"whois.nic.kz"_s);
    QVERIFY(plain.ok());
    QCOMPARE(*plain, QUrl(u"whois://whois.nic.kz:43"_s));
    policy.baseUrls = {{source, QUrl(u"http://127.0.0.1:4343/x"_s)}};
    const auto named = Gate(policy).whoisServer(source, u"whois.nic.kz"_s);
    QVERIFY(named.ok());
    QCOMPARE(*named, QUrl(u"whois://127.0.0.1:4343"_s));
}

WG_TEST(tst_WhoisClient)
#include "tst_whoisclient.moc"
