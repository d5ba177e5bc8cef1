// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/dnssource.h"

#include "net/nettest.h"
#include "sources/dnsparse.h"
#include "sources/dnstypes.h"
#include "sources/packetmaker.h"
#include "support/dnsserver.h"
#include "support/runner.h"

#include <QSignalSpy>
#include <QTest>

using namespace wg;
using namespace wg::test;
using namespace Qt::StringLiterals;

namespace {

/// A small zone; names below no other ending exist.
QList<QByteArray> honest(const DnsAsked &asked)
{
    const QByteArray name = asked.name.toLower();
    PacketMaker out(asked.name, asked.type, name.endsWith("shop.com") ? 0 : 3);
    if (name == "shop.com" && asked.type == dnstype::a)
        out.a("shop.com", {192, 0, 2, 1});
    else if (name == "shop.com" && asked.type == dnstype::mx)
        out.rr(PacketMaker::Answer, "shop.com", 15,
               PacketMaker::u16(10) + PacketMaker::name("mx.shop.com"));
    else
        out.soa(name.endsWith("shop.com") ? "shop.com" : QByteArray());
    QByteArray packet = out.packet();
    packet.replace(0, 2, asked.packet.left(2));
    return {packet};
}

QList<QByteArray> inventing(const DnsAsked &asked)
{
    QByteArray packet =
        PacketMaker(asked.name, asked.type).a(asked.name, {198, 51, 100, 66}).packet();
    packet.replace(0, 2, asked.packet.left(2));
    return {packet};
}

QList<QByteArray> refusing(const DnsAsked &asked)
{
    QByteArray packet = PacketMaker(asked.name, asked.type, 5).packet();
    packet.replace(0, 2, asked.packet.left(2));
    return {packet};
}

QList<QByteArray> silent(const DnsAsked &)
{
    return {};
}

Policy policyFor(const QList<quint16> &ports)
{
    Policy policy;
    policy.ceiling = Pap::Green;
    policy.consents = {u"dns"_s};
    policy.ownServers = {u"dns"_s};
    QStringList servers;
    for (const quint16 port : ports)
        servers.append(u"127.0.0.1:%1"_s.arg(port));
    policy.dnsServers = servers.join(u',');
    return policy;
}

constexpr int briefMs = 60;

/// A source with everything it needs, and what it brought.
struct Lab
{
    /// Patient, so that a busy machine loses no answer; shorter for servers that say nothing.
    explicit Lab(const QList<quint16> &ports, int timeoutMs = 5000)
        : gate(policyFor(ports))
        , client(gate, clock, ledger)
    {
        client.setTimes({.timeoutMs = timeoutMs, .tries = 1});
        source = std::make_unique<DnsSource>(gate, client, clock);
    }
    void ask(const Artifact &subject, Purpose purpose = Purpose::Poll, quint64 ticket = 1,
             Asker asker = Asker::Person)
    {
        source->ask({subject, purpose, asker, ticket},
                    [this](RawPass &&pass) { passes.append(std::move(pass)); });
    }
    bool wait(int count = 1)
    {
        return QTest::qWaitFor([&] { return passes.size() >= count; }, 8000);
    }
    QList<Observation> observations(int index = 0) const
    {
        return passes[index].parse(passes[index]);
    }

    Gate gate;
    HeldClock clock;
    LedgerLog ledger;
    DnsClient client;
    QList<RawPass> passes;
    std::unique_ptr<DnsSource> source;
};

/// A resolver that invents answers until it is made honest, and an eye on it.
struct LiarLab
{
    /// What came of one more question, and how many packets it took.
    std::pair<Outcome, qsizetype> ask(Asker asker)
    {
        const qsizetype before = server.asked().size();
        const int pass = int(lab.passes.size());
        lab.ask(domain(u"shop.com"_s), Purpose::Poll, 1, asker);
        if (!lab.wait(pass + 1))
            return {Outcome::Unreachable, -1};
        return {lab.observations(pass)[0].outcome, server.asked().size() - before};
    }

    bool lies = true;
    DnsServer server{
        [this](const DnsAsked &asked) { return lies ? inventing(asked) : honest(asked); }};
    Lab lab{{server.port()}};
};
using Told = std::pair<Outcome, qsizetype>;

QHash<QString, Outcome> outcomes(const QList<Observation> &all)
{
    QHash<QString, Outcome> out;
    for (const Observation &o : all)
        out.insert(o.question.text, o.outcome);
    return out;
}

} // namespace

/// The DNS source against servers that answer, invent, refuse and keep silent.
class tst_DnsSource : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksSevenTypesOfAName();
    void asksOnlyThePointerOfAnAddress();
    void aBaselineAsksAddressesThreeTimes();
    void theResolverIsTestedOnceBeforeItsFirstUse();
    void aRememberedVerdictSparesTheTest();
    void aResolverThatInventsIsNotAsked();
    void anOrderTestsALiarAgainAtOnce();
    void anOrderDoesNotBelieveAnEarlierRunsBadVerdict();
    void manyOrderedEyesTestALiarOnce();
    void anEyeTestsALiarAgainAfterAQuarterOfAnHour();
    void whatTestsSaidIsForgottenOnDemand();
    void theSourcesTestAlwaysTestsTheResolver();
    void aResolverThatRefusesTheTestIsAccepted();
    void theNextResolverIsAskedWhenTheFirstIsSilent();
    void silenceEverywhereIsUnreachable();
    void theGateIsAskedFirst();
    void manyAsksWaitForOneTest();
    void cancellingEndsAnAskOnce();
    void theEndEndsEveryAskOnce();
    void theTestSaysWhetherItAnswers();
};

void tst_DnsSource::asksSevenTypesOfAName()
{
    DnsServer server(honest);
    Lab lab({server.port()});
    QCOMPARE(lab.source->subject(domain(u"shop.com"_s)), domain(u"shop.com"_s));
    lab.ask(domain(u"shop.com"_s));
    QVERIFY(lab.wait());
    const QString name = u"dns@127.0.0.1:%1"_s.arg(server.port());
    QCOMPARE(lab.source->fullNames(), QStringList(name));
    QCOMPARE(lab.passes[0].source, name);
    const auto all = lab.observations();
    QCOMPARE(all.size(), 7);
    const QHash<QString, Outcome> expected{
        {u"A"_s, Outcome::Complete},  {u"AAAA"_s, Outcome::Empty}, {u"NS"_s, Outcome::Empty},
        {u"MX"_s, Outcome::Complete}, {u"TXT"_s, Outcome::Empty},  {u"SOA"_s, Outcome::Empty},
        {u"CNAME"_s, Outcome::Empty}};
    QCOMPARE(outcomes(all), expected);
    for (const Observation &o : all) {
        QCOMPARE(o.question.source, name);
        QCOMPARE(o.question.dataset == Dataset::Resolutions,
                 o.question.text == u"A"_s || o.question.text == u"AAAA"_s);
    }
    lab.ask(domain(u"gone.org"_s));
    QVERIFY(lab.wait(2));
    QCOMPARE(lab.observations(1)[0].detail, u"nxdomain"_s);
    QCOMPARE(lab.observations(1)[0].outcome, Outcome::Empty);
}

void tst_DnsSource::asksOnlyThePointerOfAnAddress()
{
    DnsServer server(honest);
    Lab lab({server.port()});
    lab.ask({ArtifactKind::Ipv4, u"8.8.4.4"_s}, Purpose::Baseline);
    QVERIFY(lab.wait());
    QCOMPARE(lab.passes[0].answers.size(), 1);
    QCOMPARE(lab.passes[0].answers[0].question.text, u"PTR"_s);
    QCOMPARE(server.asked().last().name.toLower(), QByteArray("4.4.8.8.in-addr.arpa"));
}

void tst_DnsSource::aBaselineAsksAddressesThreeTimes()
{
    DnsServer server(honest);
    Lab lab({server.port()});
    lab.ask(domain(u"shop.com"_s), Purpose::Baseline);
    QVERIFY(lab.wait());
    QList<Instant> times;
    int sixes = 0;
    const auto all = lab.observations();
    for (const Observation &o : all) {
        if (o.question.text == u"A"_s)
            times.append(o.at);
        sixes += o.question.text == u"AAAA"_s ? 1 : 0;
    }
    QCOMPARE(all.size(), 11);
    QCOMPARE(sixes, 3);
    QCOMPARE(times.size(), 3);
    QVERIFY(times[0] < times[1] && times[1] < times[2]);
}

void tst_DnsSource::theResolverIsTestedOnceBeforeItsFirstUse()
{
    DnsServer server(honest);
    Lab lab({server.port()});
    QSignalSpy tested(lab.source.get(), &DnsSource::resolverTested);
    lab.ask(domain(u"shop.com"_s));
    QVERIFY(lab.wait());
    lab.ask(domain(u"shop.com"_s));
    QVERIFY(lab.wait(2));
    QCOMPARE(tested.size(), 1);
    QCOMPARE(tested[0][0].toString(), u"127.0.0.1:%1"_s.arg(server.port()));
    QCOMPARE(tested[0][1].value<Outcome>(), Outcome::Complete);
    QCOMPARE(server.asked().size(), 3 + 7 + 7);
    QSet<QByteArray> tops;
    for (int i = 0; i < 3; ++i) {
        const QByteArray name = server.asked()[i].name.toLower();
        QCOMPARE(name.indexOf('.'), 20);
        tops.insert(name.mid(21));
    }
    QCOMPARE(tops, (QSet<QByteArray>{"com", "net", "org"}));
}

void tst_DnsSource::aRememberedVerdictSparesTheTest()
{
    DnsServer server(honest);
    Lab lab({server.port()});
    const QString key = u"127.0.0.1:%1"_s.arg(server.port());
    lab.source->rememberVerdict({key, Outcome::Complete, {}, lab.clock.now() - hourMs});
    lab.ask(domain(u"shop.com"_s));
    QVERIFY(lab.wait());
    QCOMPARE(server.asked().size(), 7);
    Lab later({server.port()});
    later.source->rememberVerdict({key, Outcome::Complete, {}, later.clock.now() - 25 * hourMs});
    later.ask(domain(u"shop.com"_s));
    QVERIFY(later.wait());
    QCOMPARE(server.asked().size(), 7 + 3 + 7);
}

void tst_DnsSource::aResolverThatInventsIsNotAsked()
{
    DnsServer server(inventing);
    Lab lab({server.port()});
    QSignalSpy tested(lab.source.get(), &DnsSource::resolverTested);
    lab.ask(domain(u"shop.com"_s));
    QVERIFY(lab.wait());
    QCOMPARE(tested[0][1].value<Outcome>(), Outcome::SuspiciousEmpty);
    const auto all = lab.observations();
    QCOMPARE(all.size(), 7);
    for (const Observation &o : all) {
        QCOMPARE(o.outcome, Outcome::SuspiciousEmpty);
        QVERIFY(o.records.isEmpty());
        QVERIFY(o.detail.contains(u"invents answers"_s));
    }
    QCOMPARE(server.asked().size(), 3);
}

void tst_DnsSource::anOrderTestsALiarAgainAtOnce()
{
    LiarLab lab;
    const Told invented{Outcome::SuspiciousEmpty, 3};
    const Told answered{Outcome::Complete, 3 + 7};
    QCOMPARE(lab.ask(Asker::Person), invented);
    lab.lab.clock.advance(5 * secondMs);
    QCOMPARE(lab.ask(Asker::Person), invented);
    lab.lies = false;
    lab.lab.clock.advance(5 * secondMs);
    QCOMPARE(lab.ask(Asker::OrderedEye), answered);
    QCOMPARE(lab.ask(Asker::Person), (Told{Outcome::Complete, 7}));
}

/// Every command is a run of its own.
void tst_DnsSource::anOrderDoesNotBelieveAnEarlierRunsBadVerdict()
{
    LiarLab lab;
    lab.lies = false;
    const QString server = u"127.0.0.1:%1"_s.arg(lab.server.port());
    lab.lab.source->rememberVerdict(
        {server, Outcome::SuspiciousEmpty, u"lies"_s, lab.lab.clock.now()});
    QCOMPARE(lab.ask(Asker::Eye), (Told{Outcome::SuspiciousEmpty, 0}));
    QCOMPARE(lab.ask(Asker::OrderedEye), (Told{Outcome::Complete, 3 + 7}));
}

/// "Check all now" over many eyes is one order.
void tst_DnsSource::manyOrderedEyesTestALiarOnce()
{
    LiarLab lab;
    QCOMPARE(lab.ask(Asker::OrderedEye), (Told{Outcome::SuspiciousEmpty, 3}));
    for (int i = 0; i < 20; ++i)
        QCOMPARE(lab.ask(Asker::OrderedEye), (Told{Outcome::SuspiciousEmpty, 0}));
}

void tst_DnsSource::anEyeTestsALiarAgainAfterAQuarterOfAnHour()
{
    LiarLab lab;
    QCOMPARE(lab.ask(Asker::Eye), (Told{Outcome::SuspiciousEmpty, 3}));
    lab.lies = false;
    lab.lab.clock.advance(14 * minuteMs);
    QCOMPARE(lab.ask(Asker::Eye), (Told{Outcome::SuspiciousEmpty, 0}));
    lab.lab.clock.advance(minuteMs);
    QCOMPARE(lab.ask(Asker::Eye), (Told{Outcome::Complete, 3 + 7}));
}

void tst_DnsSource::whatTestsSaidIsForgottenOnDemand()
{
    LiarLab lab;
    QCOMPARE(lab.ask(Asker::Eye), (Told{Outcome::SuspiciousEmpty, 3}));
    lab.lies = false;
    lab.lab.source->forgetVerdicts();
    QCOMPARE(lab.ask(Asker::Eye), (Told{Outcome::Complete, 3 + 7}));
}

void tst_DnsSource::theSourcesTestAlwaysTestsTheResolver()
{
    LiarLab lab;
    lab.lies = false;
    QCOMPARE(lab.ask(Asker::Eye), (Told{Outcome::Complete, 3 + 7}));
    lab.lies = true; // a good verdict of today would hide it
    std::optional<Outcome> outcome;
    lab.lab.source->test([&](Outcome told, const QString &) { outcome = told; });
    QTRY_VERIFY(outcome);
    QCOMPARE(*outcome, Outcome::SuspiciousEmpty);
    lab.lies = false;
    outcome.reset();
    lab.lab.source->test([&](Outcome told, const QString &) { outcome = told; });
    QTRY_VERIFY(outcome);
    QVERIFY(*outcome != Outcome::SuspiciousEmpty);
}

void tst_DnsSource::aResolverThatRefusesTheTestIsAccepted()
{
    DnsServer server([](const DnsAsked &asked) {
        return asked.name.toLower().endsWith("shop.com") ? honest(asked) : refusing(asked);
    });
    Lab lab({server.port()});
    lab.ask(domain(u"shop.com"_s));
    QVERIFY(lab.wait());
    QCOMPARE(lab.observations()[0].outcome, Outcome::Complete);
}

void tst_DnsSource::theNextResolverIsAskedWhenTheFirstIsSilent()
{
    DnsServer first(silent);
    DnsServer second(honest);
    Lab lab({first.port(), second.port()}, 600);
    lab.ask(domain(u"shop.com"_s));
    QVERIFY(lab.wait());
    QCOMPARE(lab.passes[0].source, u"dns@127.0.0.1:%1"_s.arg(second.port()));
    QCOMPARE(lab.observations()[0].outcome, Outcome::Complete);
    QCOMPARE(lab.observations()[0].question.source, lab.passes[0].source);
}

void tst_DnsSource::silenceEverywhereIsUnreachable()
{
    DnsServer first(silent);
    DnsServer second(silent);
    Lab lab({first.port(), second.port()}, briefMs);
    lab.ask(domain(u"shop.com"_s));
    QVERIFY(lab.wait());
    QCOMPARE(lab.passes[0].source, u"dns@127.0.0.1:%1"_s.arg(first.port()));
    const auto all = lab.observations();
    QCOMPARE(all.size(), 7);
    for (const Observation &o : all)
        QCOMPARE(o.outcome, Outcome::Unreachable);
}

void tst_DnsSource::theGateIsAskedFirst()
{
    DnsServer server(honest);
    Lab lab({server.port()});
    Policy policy = lab.gate.policy();
    policy.ceiling = Pap::Amber;
    lab.gate.setPolicy(policy);
    lab.ask(domain(u"shop.com"_s));
    QVERIFY(lab.wait());
    QCOMPARE(lab.observations().size(), 7);
    QCOMPARE(lab.observations()[0].outcome, Outcome::Refused);
    QVERIFY(lab.observations()[0].detail.contains(u"PAP"_s));
    QVERIFY(server.asked().isEmpty());
}

void tst_DnsSource::manyAsksWaitForOneTest()
{
    DnsServer server(honest);
    Lab lab({server.port()});
    for (int i = 0; i < 20; ++i)
        lab.ask(domain(u"h%1.shop.com"_s.arg(i)));
    QVERIFY(lab.wait(20));
    QCOMPARE(server.asked().size(), 3 + 20 * 7);
    QSet<QString> names;
    for (const RawPass &pass : lab.passes)
        names.insert(pass.asked.value);
    QCOMPARE(names.size(), 20);
}

void tst_DnsSource::cancellingEndsAnAskOnce()
{
    DnsServer server(silent);
    Lab lab({server.port()}, briefMs);
    lab.ask(domain(u"shop.com"_s), Purpose::Poll, 7);
    lab.ask(domain(u"other.com"_s), Purpose::Poll, 8);
    lab.source->cancel(7);
    QCOMPARE(lab.passes.size(), 1);
    QCOMPARE(lab.observations()[0].outcome, Outcome::Unreachable);
    QCOMPARE(lab.observations()[0].detail, u"cancelled"_s);
    QVERIFY(lab.wait(2));
    QCOMPARE(lab.passes[1].asked.value, u"other.com"_s);
    lab.source->cancel(7);
    QCOMPARE(lab.passes.size(), 2);
}

void tst_DnsSource::theEndEndsEveryAskOnce()
{
    DnsServer server(silent);
    Lab lab({server.port()}, briefMs);
    lab.ask(domain(u"shop.com"_s));
    QTRY_VERIFY(!server.asked().isEmpty());
    lab.ask(domain(u"other.com"_s));
    lab.source.reset();
    QCOMPARE(lab.passes.size(), 2);
    QCOMPARE(lab.observations(1)[0].outcome, Outcome::Unreachable);
    QTRY_COMPARE(lab.client.pending(), 0); // answers of the client that come now find nobody
    QCOMPARE(lab.passes.size(), 2);
}

void tst_DnsSource::theTestSaysWhetherItAnswers()
{
    DnsServer server(refusing);
    Lab lab({server.port()});
    std::optional<Outcome> outcome;
    lab.source->test([&](Outcome o, const QString &words) {
        QVERIFY(!words.isEmpty());
        outcome = o;
    });
    QTRY_VERIFY(outcome);
    QCOMPARE(*outcome, Outcome::Refused);
}

WG_TEST(tst_DnsSource)
#include "tst_dnssource.moc"
