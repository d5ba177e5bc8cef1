// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/dnsclient.h"

#include "net/nettest.h"
#include "support/dnsserver.h"
#include "support/runner.h"

#include <QQueue>
#include <QTest>
#include <QTimer>
#include <QUdpSocket>

using namespace wg;
using namespace wg::test;
using namespace Qt::StringLiterals;

namespace {

constexpr quint16 typeA = 1;
constexpr quint16 typeTxt = 16;
constexpr int responseCode = 0x0f;

Policy ownDns()
{
    Policy policy;
    policy.ceiling = Pap::Green;
    policy.consents = {u"dns"_s};
    policy.ownServers = {u"dns"_s};
    return policy;
}

Intent intentFor(const QString &name, Asker asker = Asker::Person)
{
    return {u"dns"_s, u"dns@127.0.0.1"_s, Pap::Green, domain(name), asker};
}

constexpr DnsTimes brief{.timeoutMs = 40, .tries = 3};

/// A client with everything it needs, and the replies it gave.
struct Bench
{
    /// Patient, so that a busy machine loses no answer; for servers that say nothing: `brief`.
    explicit Bench(quint16 port, const DnsTimes &times = {.timeoutMs = 5000, .tries = 3})
        : server{u"127.0.0.1"_s, port}
    {
        client = std::make_unique<DnsClient>(gate, clock, ledger);
        client->setTimes(times);
    }

    void ask(const QString &name = u"a.example"_s, quint16 type = typeA)
    {
        const auto permit = gate.ask(intentFor(name));
        QVERIFY(permit.ok());
        ask(*permit, name, type);
    }
    void ask(const Permit &permit, const QString &name, quint16 type = typeA)
    {
        client->ask(permit, server, name, type,
                    [this](DnsReply &&reply) { replies.append(std::move(reply)); });
    }
    bool wait(int count = 1, int mostMs = 5000)
    {
        return QTest::qWaitFor([&] { return replies.size() >= count; }, mostMs);
    }

    Gate gate{ownDns()};
    SystemClock clock;
    LedgerLog ledger;
    ServerAddress server;
    QList<DnsReply> replies;
    std::unique_ptr<DnsClient> client;
};

QList<QByteArray> silent(const DnsAsked &)
{
    return {};
}

} // namespace

/// The DNS client against servers that answer, hang, cut and lie.
class tst_DnsClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bringsThePacketAsItCame();
    void asksWithEdnsAndRecursionAndNothingElse();
    void repeatsOverTcpWhenTruncated();
    void codesOfTheServerAreAnswers_data();
    void codesOfTheServerAreAnswers();
    void asksAgainWithoutEdnsWhereItIsUnknown();
    void aServerWithoutEdnsMayStillAnswerAtLength();
    void anErrorWithoutTheQuestionIsAnAnswer_data();
    void anErrorWithoutTheQuestionIsAnAnswer();
    void triesThreeTimesThenSaysWhoIsSilent();
    void aSecondTryIsAnAnswer();
    void aClosedPortIsUnreachable();
    void ignoresAnswersToOtherQuestions();
    void aReflectedQuestionIsMalformed();
    void survivesGarbage();
    void garbageIsMalformedAtOnce_data();
    void garbageIsMalformedAtOnce();
    void refusesWhatIsNoName_data();
    void refusesWhatIsNoName();
    void nothingLeavesWhenRefused();
    void queuesBeyondItsLimit();
    void aPolicyChangeStopsTheQueue();
    void aSlowServerIsNotOverrun_data();
    void aSlowServerIsNotOverrun();
    void aFastServerGetsAsMuchAtOnceAsItMay();
    void aSilentServerKeepsNobodyWaitingInLine();
    void aNameThatIsNeverAnsweredDelaysNoOther();
    void everyCallbackComesOnceOnShutdown();
    void callbacksNeverComeFromInsideAsk();
    void changesItsSourcePort();
    void readsServersFromThePolicy();
    void tellsTheLedgerOnceAnEntity();
};

void tst_DnsClient::bringsThePacketAsItCame()
{
    QByteArray sent;
    DnsServer server([&](const DnsAsked &asked) {
        sent = dnsAnswer(asked, Response | Authoritative, 3);
        return QList{sent};
    });
    Bench bench(server.port());
    bench.ask();
    QVERIFY(bench.wait());
    QCOMPARE(bench.replies[0].packet, sent);
    QCOMPARE(bench.replies[0].failure, Outcome::Complete);
    QVERIFY(bench.replies[0].at.ms > 0);
    QCOMPARE(server.asked().size(), 1);
    QCOMPARE(server.asked()[0].name, QByteArray("a.example"));
    QCOMPARE(bench.client->pending(), 0);
}

void tst_DnsClient::asksWithEdnsAndRecursionAndNothingElse()
{
    DnsServer server([](const DnsAsked &asked) { return QList{dnsAnswer(asked)}; });
    Bench bench(server.port());
    bench.ask(u"_dmarc.a.example"_s, typeTxt);
    QVERIFY(bench.wait());
    const QByteArray packet = server.asked()[0].packet;
    QCOMPARE(packet.sliced(2),
             QByteArray::fromHex("01000001000000000001"
                                 "065f646d6172630161076578616d706c6500"
                                 "00100001"
                                 "00002904d0000000000000"));
}

void tst_DnsClient::repeatsOverTcpWhenTruncated()
{
    DnsServer server([](const DnsAsked &asked) {
        if (asked.over == DnsAsked::Over::Udp)
            return QList{dnsAnswer(asked, Response | Truncation)};
        return QList{dnsAnswer(asked, Response, 200)};
    });
    Bench bench(server.port(), {.timeoutMs = 1000});
    bench.ask();
    QVERIFY(bench.wait());
    QCOMPARE(bench.replies[0].detail, QString());
    QCOMPARE(server.asked().size(), 2);
    QCOMPARE(quint8(bench.replies[0].packet[7]), 200);
    QVERIFY((bench.replies[0].packet[2] & 2) == 0);
}

void tst_DnsClient::codesOfTheServerAreAnswers_data()
{
    QTest::addColumn<int>("code");
    QTest::newRow("SERVFAIL") << 2;
    QTest::newRow("NXDOMAIN") << 3;
    QTest::newRow("NOTIMP") << 4;
    QTest::newRow("REFUSED") << 5;
}

void tst_DnsClient::codesOfTheServerAreAnswers()
{
    QFETCH(int, code);
    DnsServer server([code](const DnsAsked &asked) {
        return QList{dnsAnswer(asked, quint16(Response | code))};
    });
    Bench bench(server.port());
    bench.ask();
    QVERIFY(bench.wait());
    QCOMPARE(bench.replies[0].packet[3] & responseCode, code);
    QCOMPARE(server.asked().size(), 1);
}

void tst_DnsClient::asksAgainWithoutEdnsWhereItIsUnknown()
{
    DnsServer server([](const DnsAsked &asked) {
        return QList{asked.edns ? dnsAnswer(asked, Response | 1) : dnsAnswer(asked, Response, 1)};
    });
    Bench bench(server.port());
    for (int i = 0; i < 3; ++i) {
        bench.ask();
        QVERIFY(bench.wait(i + 1));
        QCOMPARE(bench.replies[i].packet[3] & responseCode, 0);
        QCOMPARE(quint8(bench.replies[i].packet[7]), 1);
    }
}

/// c-ares drops EDNS for good after one FORMERR and then cuts answers to 512 bytes without a word.
void tst_DnsClient::aServerWithoutEdnsMayStillAnswerAtLength()
{
    int count = 0;
    DnsServer server([&](const DnsAsked &asked) {
        return QList{++count == 1 ? dnsAnswer(asked, Response | 1)
                                  : dnsAnswer(asked, Response, 60)};
    });
    Bench bench(server.port());
    for (int i = 0; i < 2; ++i) {
        bench.ask();
        QVERIFY(bench.wait(i + 1));
        QCOMPARE(bench.replies[i].packet.size(), 12 + 15 + 60 * 16);
    }
}

void tst_DnsClient::anErrorWithoutTheQuestionIsAnAnswer_data()
{
    QTest::addColumn<int>("code");
    QTest::newRow("SERVFAIL") << 2;
    QTest::newRow("NOTIMP") << 4;
    QTest::newRow("REFUSED") << 5;
}

/// RFC 1035 lets a server that fails leave the question out, and many do.
void tst_DnsClient::anErrorWithoutTheQuestionIsAnAnswer()
{
    QFETCH(int, code);
    QByteArray sent;
    DnsServer server([&](const DnsAsked &asked) {
        sent = asked.packet.first(2) + QByteArray::fromHex("8180") + QByteArray(8, '\0');
        sent[3] = char(0x80 | code);
        return QList{sent};
    });
    Bench bench(server.port());
    bench.ask();
    QVERIFY(bench.wait());
    QCOMPARE(bench.replies[0].packet.toHex(), sent.toHex());
    QCOMPARE(server.asked().size(), 1);
}

void tst_DnsClient::triesThreeTimesThenSaysWhoIsSilent()
{
    DnsServer server(silent);
    // Not brief: a repeat may wait half of its time, and a busy machine takes some more.
    Bench bench(server.port(), {.timeoutMs = 400});
    bench.ask();
    QVERIFY(bench.wait());
    QTRY_COMPARE(server.asked().size(), 3);
    QCOMPARE(bench.replies[0].failure, Outcome::Unreachable);
    QVERIFY(bench.replies[0].packet.isEmpty());
    QCOMPARE(bench.replies[0].detail, u"127.0.0.1:%1 does not answer"_s.arg(server.port()));
}

void tst_DnsClient::aSecondTryIsAnAnswer()
{
    int count = 0;
    DnsServer server([&](const DnsAsked &asked) {
        return ++count < 2 ? QList<QByteArray>() : QList{dnsAnswer(asked)};
    });
    Bench bench(server.port(), {.timeoutMs = 600});
    bench.ask();
    QVERIFY(bench.wait());
    QVERIFY(!bench.replies[0].packet.isEmpty());
}

void tst_DnsClient::aClosedPortIsUnreachable()
{
    QUdpSocket taken;
    QVERIFY(taken.bind(QHostAddress::LocalHost));
    const quint16 port = taken.localPort();
    taken.close();
    Bench bench(port, brief);
    bench.ask();
    QVERIFY(bench.wait());
    QCOMPARE(bench.replies[0].failure, Outcome::Unreachable);
    QVERIFY(bench.replies[0].detail.startsWith(u"127.0.0.1:%1 "_s.arg(port)));
}

void tst_DnsClient::ignoresAnswersToOtherQuestions()
{
    DnsServer server([](const DnsAsked &asked) {
        DnsAsked other = asked;
        other.packet.replace("example", "examplf");
        DnsAsked otherId = asked;
        otherId.packet[0] = char(otherId.packet[0] ^ 1);
        DnsAsked otherType = asked;
        otherType.packet[qsizetype(12 + 11 + 1)] = 28;
        return QList{dnsAnswer(other, Response, 1), dnsAnswer(otherId, Response, 1),
                     dnsAnswer(otherType, Response, 1)};
    });
    Bench bench(server.port(), brief);
    bench.ask();
    QVERIFY(bench.wait());
    QCOMPARE(bench.replies[0].failure, Outcome::Unreachable);
    QVERIFY(bench.replies[0].packet.isEmpty());
}

void tst_DnsClient::aReflectedQuestionIsMalformed()
{
    DnsServer server([](const DnsAsked &asked) { return QList{asked.packet}; });
    Bench bench(server.port());
    bench.ask();
    QVERIFY(bench.wait());
    QCOMPARE(bench.replies[0].failure, Outcome::Malformed);
    QVERIFY(bench.replies[0].packet.isEmpty());
    QCOMPARE(bench.replies[0].unreadable, server.asked()[0].packet);
}

void tst_DnsClient::survivesGarbage()
{
    DnsServer server([](const DnsAsked &asked) {
        QList<QByteArray> packets{QByteArray("x"), QByteArray(4096, '\xff'), QByteArray(11, '\0')};
        const QByteArray whole = dnsAnswer(asked, Response, 2);
        for (qsizetype cut = 0; cut < whole.size(); ++cut)
            packets.append(whole.first(cut));
        return packets;
    });
    Bench bench(server.port());
    for (int i = 0; i < 20; ++i)
        bench.ask();
    QVERIFY(bench.wait(20));
    bench.ask(); // one more answer later, none has come twice
    QVERIFY(bench.wait(21));
    QCOMPARE(bench.replies.size(), 21);
}

void tst_DnsClient::garbageIsMalformedAtOnce_data()
{
    QTest::addColumn<QByteArray>("behindTheId");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("half a header") << QByteArray::fromHex("81800001");
    QTest::newRow("noise") << QByteArray(200, '\xff');
    QTest::newRow("no question, no error") << QByteArray::fromHex("81800000000000000000");
    QTest::newRow("a name that does not end") << QByteArray::fromHex("818000010000000000000161");
    QTest::newRow("a label that is too long")
        << QByteArray::fromHex("81800001000000000000") + QByteArray(80, 'a');
}

/// Only who knows the id and the port can send it, and he could send a whole answer as well: there
/// is nothing to wait for.
void tst_DnsClient::garbageIsMalformedAtOnce()
{
    QFETCH(QByteArray, behindTheId);
    DnsServer server(
        [&](const DnsAsked &asked) { return QList{asked.packet.first(2) + behindTheId}; });
    Bench bench(server.port(), {.timeoutMs = 60'000});
    bench.ask();
    QVERIFY(bench.wait());
    QCOMPARE(bench.replies[0].failure, Outcome::Malformed);
    QCOMPARE(bench.replies[0].detail, u"the answer cannot be read"_s);
    QCOMPARE(server.asked().size(), 1);
}

void tst_DnsClient::refusesWhatIsNoName_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("long label") << QString(64, u'a') + u".com"_s;
    QTest::newRow("long name") << u"abcdefg."_s.repeated(32) + u"com"_s;
    QTest::newRow("empty label") << u"a..com"_s;
    QTest::newRow("leading dot") << u".com"_s;
    QTest::newRow("not ASCII") << u"b\u00fccher.de"_s;
    QTest::newRow("space") << u"a b.com"_s;
    QTest::newRow("NUL") << u"a"_s + QChar(0) + u".com"_s;
}

void tst_DnsClient::refusesWhatIsNoName()
{
    QFETCH(QString, name);
    DnsServer server([](const DnsAsked &asked) { return QList{dnsAnswer(asked)}; });
    Bench bench(server.port());
    bench.ask(*bench.gate.ask(intentFor(u"a.example"_s)), name);
    QVERIFY(bench.wait());
    QCOMPARE(bench.replies[0].failure, Outcome::Malformed);
    QVERIFY(server.asked().isEmpty());
}

void tst_DnsClient::nothingLeavesWhenRefused()
{
    DnsServer server([](const DnsAsked &asked) { return QList{dnsAnswer(asked)}; });
    Bench bench(server.port());
    const auto permit = bench.gate.ask(intentFor(u"a.example"_s));
    Policy amber = ownDns();
    amber.ceiling = Pap::Amber;
    bench.gate.setPolicy(amber);
    bench.ask(*permit, u"a.example"_s);
    QVERIFY(bench.wait());
    QCOMPARE(bench.replies[0].failure, Outcome::Refused);
    QVERIFY(bench.replies[0].detail.contains(u"PAP is AMBER"_s));
    // One that may go proves that nothing went before it.
    bench.gate.setPolicy(ownDns());
    bench.ask(u"b.example"_s);
    QVERIFY(bench.wait(2));
    QCOMPARE(server.asked().size(), 1);
    QCOMPARE(bench.ledger.events.size(), 1);
}

void tst_DnsClient::queuesBeyondItsLimit()
{
    DnsServer server([](const DnsAsked &asked) { return QList{dnsAnswer(asked)}; });
    Bench bench(server.port(), {.timeoutMs = 1000, .tries = 3, .inFlight = 7});
    for (int i = 0; i < 500; ++i)
        bench.ask(u"n%1.example"_s.arg(i));
    QCOMPARE(bench.client->pending(), 500);
    QVERIFY(bench.wait(500));
    QCOMPARE(bench.client->pending(), 0);
    QCOMPARE(server.asked().size(), 500);
}

void tst_DnsClient::aPolicyChangeStopsTheQueue()
{
    DnsServer server([](const DnsAsked &asked) { return QList{dnsAnswer(asked)}; });
    Bench bench(server.port(), {.timeoutMs = 1000, .tries = 3, .inFlight = 2});
    for (int i = 0; i < 10; ++i)
        bench.ask(u"n%1.example"_s.arg(i));
    Policy none = ownDns();
    none.cacheOnly = true;
    bench.gate.setPolicy(none);
    QVERIFY(bench.wait(10));
    QCOMPARE(server.asked().size(), 2);
    const auto refused =
        std::count_if(bench.replies.begin(), bench.replies.end(),
                      [](const DnsReply &reply) { return reply.failure == Outcome::Refused; });
    QCOMPARE(refused, 8);
}

void tst_DnsClient::aSlowServerIsNotOverrun_data()
{
    QTest::addColumn<int>("queue");
    QTest::newRow("with a short queue") << 30;
    QTest::newRow("that serves a few and drops the rest") << 0;
}

/// 200 a second: as a queue that is worked off, or as a budget for every 50 ms.
void tst_DnsClient::aSlowServerIsNotOverrun()
{
    QFETCH(int, queue);
    constexpr int everyMs = 50;
    constexpr int served = 10;
    QQueue<DnsAsked> queued;
    int budget = served;
    DnsServer server([&](const DnsAsked &asked) -> QList<QByteArray> {
        if (queue == 0)
            return budget-- > 0 ? QList{dnsAnswer(asked)} : QList<QByteArray>();
        if (queued.size() < queue)
            queued.enqueue(asked);
        return {};
    });
    QTimer worker;
    connect(&worker, &QTimer::timeout, this, [&] {
        budget = served;
        for (int i = 0; i < served && !queued.isEmpty(); ++i) {
            const DnsAsked asked = queued.dequeue();
            server.answer(asked, dnsAnswer(asked));
        }
    });
    worker.start(everyMs);
    Bench bench(server.port(), {.timeoutMs = 400});
    constexpr int count = 400;
    for (int i = 0; i < count; ++i)
        bench.ask(u"n%1.example"_s.arg(i));
    QVERIFY(bench.wait(count, 30'000));
    for (const DnsReply &reply : std::as_const(bench.replies))
        QCOMPARE(reply.detail, QString());
    QVERIFY(server.asked().size() < count * 3);
}

void tst_DnsClient::aFastServerGetsAsMuchAtOnceAsItMay()
{
    QList<DnsAsked> held;
    bool hold = false;
    DnsServer server([&](const DnsAsked &asked) -> QList<QByteArray> {
        if (!hold)
            return {dnsAnswer(asked)};
        held.append(asked);
        return {};
    });
    Bench bench(server.port(), {.timeoutMs = 60'000, .inFlight = 200});
    for (int i = 0; i < 400; ++i)
        bench.ask(u"n%1.example"_s.arg(i));
    QVERIFY(bench.wait(400));
    hold = true;
    for (int i = 0; i < 300; ++i)
        bench.ask(u"m%1.example"_s.arg(i));
    QTRY_COMPARE(held.size(), 200);
    hold = false;
    for (const DnsAsked &asked : std::as_const(held))
        server.answer(asked, dnsAnswer(asked));
    QVERIFY(bench.wait(700));
    QCOMPARE(held.size(), 200);
    QCOMPARE(server.asked().size(), 700);
}

void tst_DnsClient::aSilentServerKeepsNobodyWaitingInLine()
{
    DnsServer server(silent);
    Bench bench(server.port(), brief);
    for (int i = 0; i < 500; ++i)
        bench.ask(u"n%1.example"_s.arg(i));
    QVERIFY(bench.wait(500)); // three tries take 0.3 s, one after the other 9 s
    for (const DnsReply &reply : std::as_const(bench.replies))
        QCOMPARE(reply.detail, u"127.0.0.1:%1 does not answer"_s.arg(server.port()));
    QVERIFY(server.asked().size() < 300); // all of them would be 1,500
}

void tst_DnsClient::aNameThatIsNeverAnsweredDelaysNoOther()
{
    DnsServer server([](const DnsAsked &asked) {
        return asked.name.startsWith("dead") ? QList<QByteArray>() : QList{dnsAnswer(asked)};
    });
    Bench bench(server.port(), {.timeoutMs = 400});
    for (int i = 0; i < 16; ++i)
        bench.ask(u"dead%1.example"_s.arg(i));
    for (int i = 0; i < 200; ++i)
        bench.ask(u"n%1.example"_s.arg(i));
    QVERIFY(bench.wait(200));
    for (const DnsReply &reply : std::as_const(bench.replies))
        QCOMPARE(reply.detail, QString());
    QVERIFY(bench.wait(216));
    QTRY_VERIFY(server.asked().size() >= 200 + 3 * 16);
}

void tst_DnsClient::everyCallbackComesOnceOnShutdown()
{
    DnsServer server(silent);
    Bench bench(server.port(), {.timeoutMs = 5000, .tries = 3, .inFlight = 5});
    for (int i = 0; i < 20; ++i)
        bench.ask(u"n%1.example"_s.arg(i));
    bench.client.reset();
    QCOMPARE(bench.replies.size(), 20);
    for (const DnsReply &reply : bench.replies)
        QCOMPARE(reply.failure, Outcome::Unreachable);
}

void tst_DnsClient::callbacksNeverComeFromInsideAsk()
{
    Bench bench(1);
    bench.server.address = u"not an address"_s;
    bench.ask();
    QVERIFY(bench.replies.isEmpty());
    QVERIFY(bench.wait());
    QCOMPARE(bench.replies[0].failure, Outcome::Unreachable);
}

void tst_DnsClient::changesItsSourcePort()
{
    DnsServer server([](const DnsAsked &asked) { return QList{dnsAnswer(asked)}; });
    Bench bench(server.port());
    QSet<quint16> ports;
    QSet<QByteArray> ids;
    for (int i = 0; i < 20; ++i) {
        bench.ask();
        QVERIFY(bench.wait(i + 1));
    }
    for (const DnsAsked &asked : server.asked()) {
        ports.insert(asked.fromPort);
        ids.insert(asked.packet.first(2));
    }
    QVERIFY(ports.size() > 10);
    QVERIFY(ids.size() > 15);
}

void tst_DnsClient::readsServersFromThePolicy()
{
    Bench bench(1);
    Policy policy = ownDns();
    policy.dnsServers = u"192.0.2.53, [2001:db8::1]:5353"_s;
    bench.gate.setPolicy(policy);
    const QList<ServerAddress> expected{{u"192.0.2.53"_s, 53}, {u"2001:db8::1"_s, 5353}};
    QCOMPARE(bench.client->servers(), expected);
    policy.dnsServers.clear();
    bench.gate.setPolicy(policy);
    for (const ServerAddress &server : bench.client->servers())
        QVERIFY(server.port > 0);
}

void tst_DnsClient::tellsTheLedgerOnceAnEntity()
{
    DnsServer server([](const DnsAsked &asked) { return QList{dnsAnswer(asked)}; });
    Bench bench(server.port());
    for (const quint16 type : {quint16(1), quint16(28), quint16(15)})
        bench.ask(u"a.example"_s, type);
    bench.ask(u"b.example"_s);
    QVERIFY(bench.wait(4));
    QCOMPARE(bench.ledger.events.size(), 2);
    const LedgerEvent &event = bench.ledger.events[0];
    QCOMPARE(event.about, domain(u"a.example"_s));
    QCOMPARE(event.source, u"dns@127.0.0.1"_s);
    QCOMPARE(event.party, bench.server.text());
    QCOMPARE(event.pap, Pap::Green);
    QVERIFY(event.byPerson);
}

WG_TEST(tst_DnsClient)
#include "tst_dnsclient.moc"
