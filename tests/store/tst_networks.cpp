// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace wg;
using namespace wg::test;

namespace {

Artifact cidr(const QString &text)
{
    return {ArtifactKind::Cidr, text};
}

/// A single-valued whois fact.
Record fact(const Artifact &owner, const QString &type, const QString &value)
{
    Record record = test::record(owner, Dataset::Whois, type, value);
    record.identity = Identity::Type;
    return record;
}

Observation told(const Artifact &asked, const QList<Record> &records, Instant at)
{
    Observation answer;
    answer.question = {asked, Dataset::Whois, u"rdap"_s, u"ip"_s};
    answer.outcome = records.isEmpty() ? Outcome::Empty : Outcome::Complete;
    answer.records = records;
    answer.at = at;
    return answer;
}

} // namespace

/// What registries say of networks, asked by themselves and through their addresses.
class TstNetworks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_bench = std::make_unique<Bench>(); }

    void aNetworksChecksAreCountedWhoeverWasAsked()
    {
        askAddress(m_first, m_block);
        askNetwork(m_block);
        askNetwork(m_block);
        askNetwork(m_block);
        askAddress(m_second, m_block);
        askNetwork(m_block);
        askNetwork(m_block, {fact(m_block, u"name"_s, u"BETA"_s)});
        const auto checks = m_bench->reader->summary(m_first)->checks;
        QCOMPARE(checks.size(), 2);
        // The network's come first; it is the one that is asked.
        QCOMPARE(checks[0].question.asked, m_block);
        QCOMPARE(checks[0].at, m_bench->clock.now());
        QCOMPARE(checks[0].count, 1);
        QCOMPARE(checks[1].question.asked, m_first);
        auto past = m_bench->database->query("SELECT n FROM check_past");
        QVERIFY(past.next());
        QCOMPARE(past.number(0), 6);
        QVERIFY(!past.next());
    }

    void anUnchangedNetworkIsNoDifference()
    {
        askAddress(m_first, m_block);
        const auto judged = m_bench->deltas.size();
        askNetwork(m_block);
        askAddress(m_second, m_block);
        askNetwork(m_block);
        QCOMPARE(appearedSince(judged), QStringList{m_block.value});
    }

    /// Before, an address's question brought the facts of its network as well.
    void aWorkspaceInWhichAddressesAnsweredForTheirNetworksGoesOn()
    {
        watch({m_first, m_second});
        for (const auto &address : {m_first, m_second}) {
            take(
                address,
                {told(address, QList{fact(address, u"network"_s, m_block.value)} + factsOf(m_block),
                      m_bench->clock.now())});
        }
        const auto judged = m_bench->deltas.size();
        askAddress(m_first, m_block);
        QVERIFY(appearedSince(judged).isEmpty());
        askNetwork(m_block);
        askAddress(m_second, m_block);
        QVERIFY(appearedSince(judged).isEmpty());
    }

    void whatChangedWhileTheWorkspaceWasTakenOverIsToldToAll()
    {
        watch({m_first, m_second});
        for (const auto &address : {m_first, m_second}) {
            take(
                address,
                {told(address, QList{fact(address, u"network"_s, m_block.value)} + factsOf(m_block),
                      m_bench->clock.now())});
        }
        askAddress(m_first, m_block, {fact(m_block, u"name"_s, u"BETA"_s)});
        const Delta &delta = m_bench->deltas.constLast();
        QCOMPARE(delta.eyes.size(), 2);
        const auto changed =
            std::find_if(delta.questions.cbegin(), delta.questions.cend(),
                         [](const QuestionDelta &q) { return !q.altered.isEmpty(); });
        QVERIFY(changed != delta.questions.cend());
        QCOMPARE(changed->answer.question.asked, m_block);
        QVERIFY(!changed->firstAnswer);
    }

    void aSmallerNetworkIsNewsOfTheAddressThatWasToldSo()
    {
        watch({m_first, m_second});
        askAddress(m_first, m_block);
        askAddress(m_second, m_block);
        askAddress(m_first, m_part);
        const Delta &delta = m_bench->deltas.constLast();
        QCOMPARE(eyesOf(delta), QStringList{m_first.value});
        for (const auto &question : delta.questions)
            QVERIFY2(!question.firstAnswer, qPrintable(question.answer.question.asked.value));
        QCOMPARE(*m_bench->reader->networkOf(m_first), m_part);
        QCOMPARE(*m_bench->reader->networkOf(m_second), m_block);
        // Who was never told anything is in the smallest network around.
        const Artifact third = address(u"198.51.100.9"_s);
        QCOMPARE(*m_bench->reader->networkOf(third), m_part);
        watch({third});
        askNetwork(m_part, {fact(m_part, u"name"_s, u"DELTA"_s)});
        QCOMPARE(eyesOf(m_bench->deltas.constLast()), (QStringList{m_first.value, third.value}));
        askNetwork(m_block, {fact(m_block, u"name"_s, u"BETA"_s)});
        QCOMPARE(eyesOf(m_bench->deltas.constLast()), QStringList{m_second.value});
    }

    void aNetworkThatIsNotFoundConcernsItsAddresses()
    {
        watch({m_first});
        askAddress(m_first, m_block);
        m_bench->clock.forward(hourMs);
        take(m_block, {told(m_block, {}, m_bench->clock.now())});
        QCOMPARE(eyesOf(m_bench->deltas.constLast()), QStringList{m_first.value});
    }

    void aWithdrawnNetworkHoldsNoAddress()
    {
        askNetwork(m_block);
        askNetwork(m_part);
        QCOMPARE(*m_bench->reader->networkOf(m_first), m_part);
        for (int i = 0; i < 2; ++i) {
            m_bench->clock.forward(hourMs);
            take(m_part, {told(m_part, {}, m_bench->clock.now())});
        }
        QCOMPARE(*m_bench->reader->networkOf(m_first), m_block);
    }

    void aNetworksAnswerIsTheBaselineOfTheEyesInIt()
    {
        const Artifact outside = address(u"198.51.101.1"_s);
        watch({m_first, outside});
        m_bench->clock.forward(hourMs);
        Pass pass{m_block, u"rdap"_s, Purpose::Baseline, {}, {}};
        pass.observations = {told(m_block, factsOf(m_block), m_bench->clock.now())};
        m_bench->take({pass});
        QCOMPARE(m_bench->reader->summary(m_first)->baselineAt, m_bench->clock.now());
        QVERIFY(!m_bench->reader->summary(outside)->baselineAt);
    }

    void theListOfEyesSaysWhenTheNetworkWasAsked()
    {
        watch({m_first, m_second});
        askAddress(m_first, m_block);
        askNetwork(m_block);
        const auto rows = m_bench->reader->monitors({})->monitors;
        QCOMPARE(rows.size(), 2);
        for (const auto &row : rows)
            QCOMPARE(row.lastChecked, m_bench->clock.now());
        // That the address itself was answered long ago says nothing of today.
        m_bench->clock.forward(hourMs);
        Observation silent = told(m_block, {}, m_bench->clock.now());
        silent.outcome = Outcome::Unreachable;
        take(m_block, {silent});
        QVERIFY(!m_bench->reader->monitors({})->monitors.constFirst().trouble.isEmpty());
    }

    void theNetworksAroundAddressesAreToldOrKnown_data()
    {
        QTest::addColumn<Engine>("engine");
        QTest::newRow("sqlite") << Engine::Sqlite;
        QTest::newRow("postgres") << Engine::Postgres;
    }
    void theNetworksAroundAddressesAreToldOrKnown()
    {
        QFETCH(Engine, engine);
        m_bench = std::make_unique<Bench>(engine);
        askNetwork(cidr(u"198.51.100.64/26"_s));
        askAddress(m_first, m_block);
        const Artifact elsewhere = address(u"2001:db8::1"_s);
        const auto around = *m_bench->reader->networksAround({m_first, elsewhere, m_second});
        QCOMPARE(around.size(), 2);
        QCOMPARE(around[0].network, m_block);
        QVERIFY(around[0].told);
        QCOMPARE(around[0].type, u"assigned pa"_s);
        QCOMPARE(around[1].address, m_second);
        QCOMPARE(around[1].network, m_block);
        QVERIFY(!around[1].told);
    }

    void whatANetworkToldWhileAnEyeWasOffIsToldWhenThatIsUndone()
    {
        watch({m_first, m_second});
        askAddress(m_first, m_block);
        askAddress(m_second, m_block);
        m_bench->clock.forward(hourMs);
        m_bench->journal(Verb::EyeOff, {m_first});
        askNetwork(m_block, {fact(m_block, u"name"_s, u"BETA"_s)});
        QCOMPARE(eyesOf(m_bench->deltas.constLast()), QStringList{m_second.value});
        m_bench->clock.forward(hourMs);
        m_bench->journal(Verb::Undo, {});
        const Delta &delta = m_bench->deltas.constLast();
        QVERIFY(delta.whileOff);
        QCOMPARE(eyesOf(delta), QStringList{m_first.value});
        QCOMPARE(delta.questions.size(), 1);
        QCOMPARE(delta.questions.constFirst().answer.question,
                 (Question{m_block, Dataset::Whois, u"rdap"_s, u"ip"_s}));
        QCOMPARE(delta.questions.constFirst().altered.size(), 1);
    }

    void theSmallestNetworkAroundIsFoundWhateverLiesBetween_data()
    {
        QTest::addColumn<QString>("network");
        QTest::newRow("198.51.100.7") << u"198.51.100.0/24"_s;
        QTest::newRow("198.51.100.16") << u"198.51.100.16/28"_s;
        QTest::newRow("198.51.100.31") << u"198.51.100.16/28"_s;
        QTest::newRow("198.51.100.32") << u"198.51.100.0/24"_s;
        QTest::newRow("198.51.100.255") << u"198.51.100.255/32"_s;
        QTest::newRow("198.51.101.0") << u"198.51.0.0/16"_s;
        QTest::newRow("198.51.255.255") << u"198.51.0.0/16"_s;
        QTest::newRow("198.52.0.0") << QString();
        QTest::newRow("198.50.255.255") << QString();
        QTest::newRow("0.0.0.0") << QString();
        QTest::newRow("255.255.255.255") << QString();
        QTest::newRow("2001:db8:0:1::1") << u"2001:db8::/32"_s;
        QTest::newRow("2001:db8:0:2::1") << u"2001:db8:0:2::/64"_s;
        QTest::newRow("2001:db8:ffff::") << u"2001:db8::/32"_s;
        QTest::newRow("2001:db9::") << u"2000::/3"_s;
        QTest::newRow("1::") << QString();
        QTest::newRow("::1") << QString();
        QTest::newRow("ffff::") << QString();
    }
    void theSmallestNetworkAroundIsFoundWhateverLiesBetween()
    {
        for (const auto &text :
             {u"198.51.0.0/16"_s, u"198.51.100.0/24"_s, u"198.51.100.16/28"_s,
              u"198.51.100.255/32"_s, u"2000::/3"_s, u"2001:db8::/32"_s, u"2001:db8:0:2::/64"_s})
            askNetwork(cidr(text));
        QFETCH(QString, network);
        const auto ip = parseAddress(QString::fromLatin1(QTest::currentDataTag()));
        QVERIFY(ip);
        QCOMPARE(m_bench->reader->networkOf(ip->artifact())->value, network);
    }

    /// As a confirmed absence of a fact, and back again.
    void whatIsGoneFromANetworkIsConfirmedByWhateverIsAsked()
    {
        watch({m_first, m_second});
        askAddress(m_first, m_block);
        const QList<Record> without{fact(m_block, u"type"_s, u"assigned pa"_s)};
        m_bench->clock.forward(hourMs);
        take(m_block, {told(m_block, without, m_bench->clock.now())});
        m_bench->clock.forward(hourMs);
        take(m_second,
             {told(m_second, {fact(m_second, u"network"_s, m_block.value)}, m_bench->clock.now()),
              told(m_block, without, m_bench->clock.now())});
        const auto facts = m_bench->facts(m_first, Dataset::Whois);
        const auto name = std::find_if(facts.cbegin(), facts.cend(), [](const FactRow &row) {
            return row.record.type == "name"_L1;
        });
        QVERIFY(name != facts.cend());
        QVERIFY(name->gone);
    }

private:
    static QList<Record> factsOf(const Artifact &network)
    {
        return {fact(network, u"name"_s, u"ALPHA"_s), fact(network, u"type"_s, u"assigned pa"_s)};
    }

    void watch(const QList<Artifact> &entities) { m_bench->journal(Verb::EyeOn, entities); }

    void take(const Artifact &asked, const QList<Observation> &answers)
    {
        m_bench->take({{asked, u"rdap"_s, Purpose::Poll, answers, {}}});
    }

    /// An hour later the registry says that the address lies in the network, and what that is.
    void askAddress(const Artifact &asked, const Artifact &network, QList<Record> facts = {})
    {
        m_bench->clock.forward(hourMs);
        const Instant now = m_bench->clock.now();
        take(asked,
             {told(asked, {fact(asked, u"network"_s, network.value)}, now),
              told(network, facts.isEmpty() ? factsOf(network) : facts, now)});
    }

    void askNetwork(const Artifact &network, const QList<Record> &facts = {})
    {
        m_bench->clock.forward(hourMs);
        take(network,
             {told(network, facts.isEmpty() ? factsOf(network) : facts, m_bench->clock.now())});
    }

    static QStringList eyesOf(const Delta &delta)
    {
        QStringList eyes;
        for (const auto &eye : delta.eyes)
            eyes.append(eye.entity.value);
        eyes.sort();
        return eyes;
    }

    /// Values that appeared or were altered in deltas from that one on.
    [[nodiscard]] QStringList appearedSince(qsizetype first) const
    {
        QStringList values;
        for (const Delta &delta : m_bench->deltas.sliced(first)) {
            for (const QuestionDelta &question : delta.questions) {
                for (const Appeared &appeared : question.appeared)
                    values.append(appeared.record.value.raw());
                for (const Altered &altered : question.altered)
                    values.append(altered.after.value.raw());
            }
        }
        return values;
    }

    const Artifact m_first = address(u"198.51.100.7"_s);
    const Artifact m_second = address(u"198.51.100.200"_s);
    const Artifact m_block = cidr(u"198.51.100.0/24"_s);
    const Artifact m_part = cidr(u"198.51.100.0/28"_s);
    std::unique_ptr<Bench> m_bench;
};

WG_TEST(TstNetworks)
#include "tst_networks.moc"
