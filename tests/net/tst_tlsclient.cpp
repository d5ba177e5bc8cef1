// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/tlsclient.h"

#include "net/nettest.h"
#include "support/runner.h"
#include "support/textserver.h"
#include "support/tlsserver.h"

#include <QTest>

using namespace wg;
using namespace wg::test;
using namespace Qt::StringLiterals;

namespace {

const QString source = u"tls"_s;
const QString host = u"rdap.registrar.example"_s;

/// A client whose source is asked at a server on loopback, and what came of it.
struct Lab
{
    explicit Lab(const QUrl &server)
    {
        policy.baseUrls = {{source, server}};
        policy.ceiling = Pap::Green;
        policy.consents = {source};
        gate.setPolicy(policy);
        client = std::make_unique<TlsClient>(gate, clock, ledger);
        client->setTimes(times);
    }
    [[nodiscard]] Intent intent(Asker asker = Asker::Person) const
    {
        return {source, source, Pap::Green, domain(u"interfaxru.com"_s), asker};
    }
    quint64 ask(const QString &name = host)
    {
        return client->ask({*gate.ask(intent()), name}, taken());
    }
    TlsDone taken()
    {
        return [this](Result<TlsAnswer> &&answer) { answers.append(std::move(answer)); };
    }
    bool wait(int count = 1)
    {
        return QTest::qWaitFor([&] { return answers.size() >= count; }, 8000);
    }
    ErrorCode code(int count = 1)
    {
        return wait(count) && !answers.last() ? answers.last().error().code : ErrorCode::Failed;
    }
    QString detail() const { return answers.last().error().detail; }

    TlsTimes times{.stallMs = 3000, .wholeMs = 6000, .betweenMs = 10};
    Policy policy;
    Gate gate;
    HeldClock clock;
    LedgerLog ledger;
    std::unique_ptr<TlsClient> client;
    QList<Result<TlsAnswer>> answers;
};

} // namespace

/// The TLS transport against a server that shakes hands, one that does not, and none at all.
class tst_TlsClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bringsTheChainAndWhatWasAgreedOn();
    void whoIsVouchedForIsSaidToBe();
    void aCertificateOfAnotherNameIsBroughtAndSaidToBe();
    void nothingFollowsTheHandshake();
    void tellsTheLedgerWhomItAsked();
    void aClosedGateKeepsItIn();
    void whoSpeaksNoTlsIsUnreachable();
    void aSilentServerIsUnreachable();
    void nobodyThereIsUnreachable();
    void aServerIsAskedOnceAtATime();
    void cancellingEndsItOnce();
    void theProgramsEndIsAnEndToo();
    void aProxyThatIsDownLetsNothingPast();
    void anUnreadableProxyLetsNothingPast();
    void aNameThatLeadsInsideIsNeverConnectedTo();
    void aPrivateServerMustBeNamedByTheUser();
};

void tst_TlsClient::bringsTheChainAndWhatWasAgreedOn()
{
    TlsServer server;
    server.setProtocols({"http/1.1"});
    Lab lab(server.url());
    lab.ask();
    QVERIFY(lab.answers.isEmpty());
    QVERIFY(lab.wait());
    QVERIFY2(lab.answers[0].ok(), qPrintable(lab.answers[0] ? QString() : lab.detail()));
    const TlsAnswer &answer = *lab.answers[0];
    QCOMPARE(answer.chain, QByteArrayList{TlsServer::certificate().toDer()});
    QCOMPARE(answer.protocol, u"TLSv1.3"_s);
    QVERIFY(answer.cipher.startsWith(u"TLS_"_s));
    QCOMPARE(answer.alpn, u"http/1.1"_s);
    QVERIFY(answer.distrust.contains(u"self-signed"_s));
    QCOMPARE(answer.at, lab.clock.now());
}

void tst_TlsClient::whoIsVouchedForIsSaidToBe()
{
    const QSslConfiguration before = QSslConfiguration::defaultConfiguration();
    QSslConfiguration trusting = before;
    trusting.addCaCertificate(TlsServer::certificate());
    QSslConfiguration::setDefaultConfiguration(trusting);
    TlsServer server;
    Lab lab(server.url());
    lab.ask();
    const bool came = lab.wait();
    QSslConfiguration::setDefaultConfiguration(before);
    QVERIFY(came && lab.answers[0].ok());
    QCOMPARE(lab.answers[0]->distrust, QString());
    QCOMPARE(lab.answers[0]->alpn, QString());
}

void tst_TlsClient::aCertificateOfAnotherNameIsBroughtAndSaidToBe()
{
    TlsServer server;
    Lab lab(server.url());
    lab.ask(u"alpha.com"_s);
    QVERIFY(lab.wait() && lab.answers[0].ok());
    QVERIFY(lab.answers[0]->distrust.contains(u"host name"_s, Qt::CaseInsensitive));
    QCOMPARE(lab.answers[0]->chain.size(), 1);
}

void tst_TlsClient::nothingFollowsTheHandshake()
{
    TlsServer server;
    Lab lab(server.url());
    lab.ask();
    QVERIFY(lab.wait());
    QTRY_COMPARE(server.handshakes(), 1);
    QTRY_COMPARE(server.open(), 0);
    QCOMPARE(server.received(), QByteArray());
}

void tst_TlsClient::tellsTheLedgerWhomItAsked()
{
    TlsServer server;
    Lab lab(server.url());
    lab.ask();
    QVERIFY(lab.wait());
    QCOMPARE(lab.ledger.events.size(), 1);
    QCOMPARE(lab.ledger.events[0].party, u"127.0.0.1"_s);
    QCOMPARE(lab.ledger.events[0].pap, Pap::Green);
    QCOMPARE(lab.ledger.events[0].about, domain(u"interfaxru.com"_s));
    QVERIFY(lab.ledger.events[0].byPerson);
}

void tst_TlsClient::aClosedGateKeepsItIn()
{
    TlsServer server;
    Lab lab(server.url());
    const auto permit = lab.gate.ask(lab.intent());
    QVERIFY(permit.ok());
    lab.policy.consents.clear();
    lab.gate.setPolicy(lab.policy);
    lab.client->ask({*permit, host}, lab.taken());
    QCOMPARE(lab.code(), ErrorCode::Refused);
    QVERIFY(lab.ledger.events.isEmpty());
}

void tst_TlsClient::whoSpeaksNoTlsIsUnreachable()
{
    TextServer server;
    server.say("220 smtp.alpha.com\r\n");
    Lab lab(server.url());
    lab.ask();
    QCOMPARE(lab.code(), ErrorCode::Unreachable);
    QVERIFY(lab.detail().startsWith(u"no TLS with 127.0.0.1: "_s));
    QCOMPARE(lab.answers.size(), 1);
}

void tst_TlsClient::aSilentServerIsUnreachable()
{
    TextServer server;
    server.say({}, TextServer::End::Hang);
    Lab lab(server.url());
    lab.client->setTimes({.stallMs = 50, .wholeMs = 6000, .betweenMs = 1});
    lab.ask();
    QCOMPARE(lab.code(), ErrorCode::Unreachable);
    QVERIFY(lab.detail().contains(u"silent"_s));
    lab.client->setTimes({.stallMs = 6000, .wholeMs = 50, .betweenMs = 1});
    lab.ask();
    QCOMPARE(lab.code(2), ErrorCode::Unreachable);
    QVERIFY(lab.detail().contains(u"too long"_s));
    QTRY_COMPARE(server.open(), 0);
}

void tst_TlsClient::nobodyThereIsUnreachable()
{
    TlsServer server;
    Lab lab(server.url());
    server.close();
    lab.ask();
    QCOMPARE(lab.code(), ErrorCode::Unreachable);
    QVERIFY(lab.ledger.events.isEmpty());
}

void tst_TlsClient::aServerIsAskedOnceAtATime()
{
    TextServer server;
    server.say({}, TextServer::End::Hang);
    Lab lab(server.url());
    lab.client->setTimes({.stallMs = 50, .wholeMs = 6000, .betweenMs = 100});
    for (int i = 0; i < 3; ++i)
        lab.ask();
    QVERIFY(lab.wait(3));
    QCOMPARE(server.connections(), 3);
    QCOMPARE(server.mostAtOnce(), 1);
}

void tst_TlsClient::cancellingEndsItOnce()
{
    TextServer server;
    server.say({}, TextServer::End::Hang);
    Lab lab(server.url());
    const quint64 number = lab.ask();
    QTRY_COMPARE(server.connections(), 1);
    lab.client->cancel(number);
    lab.client->cancel(number);
    QCOMPARE(lab.code(), ErrorCode::Cancelled);
    QTRY_COMPARE(server.open(), 0);
    QCOMPARE(lab.answers.size(), 1);
}

void tst_TlsClient::theProgramsEndIsAnEndToo()
{
    TextServer server;
    server.say({}, TextServer::End::Hang);
    Lab lab(server.url());
    lab.ask();
    lab.ask();
    QTRY_COMPARE(server.connections(), 1);
    lab.client.reset();
    QCOMPARE(lab.answers.size(), 2);
    for (const auto &answer : lab.answers)
        QCOMPARE(answer.error().code, ErrorCode::Cancelled);
    QTRY_COMPARE(server.open(), 0);
}

void tst_TlsClient::aProxyThatIsDownLetsNothingPast()
{
    TextServer gone;
    const QUrl proxy = gone.url();
    gone.close();
    TlsServer server;
    Lab lab(server.url());
    lab.policy.proxy = QUrl(u"socks5://127.0.0.1:%1"_s.arg(proxy.port()));
    lab.gate.setPolicy(lab.policy);
    lab.ask();
    QCOMPARE(lab.code(), ErrorCode::Unreachable);
    QVERIFY(lab.detail().contains(u"proxy"_s));
    QCOMPARE(server.handshakes(), 0);
}

void tst_TlsClient::anUnreadableProxyLetsNothingPast()
{
    TlsServer server;
    Lab lab(server.url());
    lab.policy.proxy = QUrl(u"ftp://127.0.0.1"_s);
    lab.gate.setPolicy(lab.policy);
    lab.ask();
    QCOMPARE(lab.code(), ErrorCode::Refused);
    QCOMPARE(server.handshakes(), 0);
}

void tst_TlsClient::aNameThatLeadsInsideIsNeverConnectedTo()
{
    Lab lab({});
    for (const QString &inside : {u"127.0.0.1"_s, u"10.0.0.1"_s, u"::1"_s, u"169.254.169.254"_s}) {
        lab.answers.clear();
        lab.client->setHostFinder([&inside](const QString &, QObject *, const HostFound &found) {
            found({*parseAddress(u"8.8.8.8"), *parseAddress(inside)});
        });
        lab.ask(u"alpha.com"_s);
        QCOMPARE(lab.code(), ErrorCode::Refused);
        QCOMPARE(lab.detail(), u"alpha.com leads to %1, which is no public address"_s.arg(inside));
    }
    QCOMPARE(lab.ledger.events.size(), 4);
    for (const LedgerEvent &event : lab.ledger.events)
        QCOMPARE(event.party, QString(systemResolver));
}

void tst_TlsClient::aPrivateServerMustBeNamedByTheUser()
{
    Lab lab({});
    for (const QString &inside :
         {u"127.0.0.1"_s, u"192.168.1.1"_s, u"::1"_s, u"localhost"_s, u"printer"_s, QString()}) {
        lab.answers.clear();
        lab.ask(inside);
        QCOMPARE(lab.code(), ErrorCode::Refused);
    }
    QVERIFY(lab.ledger.events.isEmpty());
}

WG_TEST(tst_TlsClient)
#include "tst_tlsclient.moc"
