// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/httpserver.h"
#include "support/runner.h"
#include "watcherbench.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace wg;
using namespace wg::test;

namespace {

Entity address(const QString &text)
{
    return {ArtifactKind::Ipv4, text};
}

QByteArray network(const QString &first, const QString &last, const QString &name,
                   const QString &type)
{
    return QJsonDocument(QJsonObject{{u"objectClassName"_s, u"ip network"_s},
                                     {u"startAddress"_s, first},
                                     {u"endAddress"_s, last},
                                     {u"name"_s, name},
                                     {u"type"_s, type}})
        .toJson();
}

} // namespace

/// Eyes on addresses that lie in one network, before a registry whose answers the test writes.
class TstWatchedNetworks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_server = std::make_unique<HttpServer>();
        m_seen = 0;
        QByteArray registries("{'services': [[['198.0.0.0/8'], ['https://rdap.example/']]]}");
        m_server->script("/rdap/ipv4.json", {{.body = registries.replace('\'', '"')}});
        m_bench = std::make_unique<WatcherBench>(policy());
        say(u"ALPHA"_s, u"ALLOCATED PA"_s);
    }

    void cleanup() { m_bench.reset(); }

    void theNetworkIsAskedInThePlaceOfItsAddresses()
    {
        QCOMPARE(m_bench->watch({m_first, m_second}), 2);
        QCOMPARE(asked(), (QStringList{m_first.value, m_second.value}));
        m_bench->clock.move(2 * dayMs);
        const auto tally = m_bench->poll(PollAll::No);
        QCOMPARE(tally.checked, 2);
        QCOMPARE(asked(), QStringList{m_block});
        // It stays so over a new start.
        restart(2 * dayMs);
        QCOMPARE(m_bench->poll(PollAll::No).checked, 2);
        QCOMPARE(asked(), QStringList{m_block});
        QVERIFY(m_bench->cards.isEmpty());
    }

    void addressesAreAskedAgainAfterAMonth()
    {
        m_bench->watch({m_first, m_second});
        asked();
        m_bench->clock.move(31 * dayMs);
        m_bench->poll(PollAll::No);
        QCOMPARE(asked(), QStringList{m_block});
        m_bench->clock.move(dayMs);
        QCOMPARE(m_bench->poll(PollAll::No).checked, 2);
        QCOMPARE(asked(), (QStringList{m_first.value, m_second.value}));
        m_bench->clock.move(2 * dayMs);
        m_bench->poll(PollAll::No);
        QCOMPARE(asked(), QStringList{m_block});
        restart(31 * dayMs);
        m_bench->poll(PollAll::No);
        QCOMPARE(asked(), (QStringList{m_first.value, m_second.value}));
    }

    void aSmallerNetworkIsTakenUpByEveryAddressInIt()
    {
        m_bench->watch({m_first, m_second, m_other});
        for (const auto &each : {m_first, m_second})
            answer(each.value,
                   network(u"198.51.100.0"_s, u"198.51.100.15"_s, u"BETA"_s, u"ASSIGNED PA"_s));
        answer(u"198.51.100.0/28"_s,
               network(u"198.51.100.0"_s, u"198.51.100.15"_s, u"BETA"_s, u"ASSIGNED PA"_s));
        asked();
        refresh(m_first);
        QCOMPARE(asked(), QStringList{m_first.value});
        QCOMPARE(m_bench->cards.size(), 1);
        QCOMPARE(m_bench->cards.first().concerns, QList<Artifact>{m_first});
        QStringList told;
        for (const auto &change : m_bench->cards.first().changes)
            told.append(change.after.raw());
        QVERIFY(told.contains(u"198.51.100.0/28"_s));
        QVERIFY(told.contains(u"BETA"_s));
        // The other one in it is asked at once, the third stays where it is.
        m_bench->poll(PollAll::No);
        QCOMPARE(asked(), QStringList{m_second.value});
        QCOMPARE(m_bench->cards.size(), 2);
        m_bench->clock.move(2 * dayMs);
        QCOMPARE(m_bench->poll(PollAll::No).checked, 3);
        QCOMPARE(asked(), (QStringList{m_block, u"198.51.100.0/28"_s}));
        QCOMPARE(m_bench->cards.size(), 2);
    }

    void aNetworkThatTheRegistryDoesNotFindHasItsAddressesAsked()
    {
        m_bench->watch({m_first, m_second});
        m_server->script("/ip/" + m_block.toLatin1(), {{.status = 404, .body = "{}"}});
        asked();
        m_bench->clock.move(2 * dayMs);
        m_bench->poll(PollAll::No);
        m_bench->poll(PollAll::No);
        QCOMPARE(asked(), (QStringList{m_block, m_first.value, m_second.value}));
        m_bench->clock.move(hourMs);
        m_bench->poll(PollAll::Yes);
        QVERIFY(m_bench->cards.isEmpty());
    }

    void aKnownAssignmentAnswersForAddressesThatWereNeverAsked()
    {
        say(u"ALPHA"_s, u"ASSIGNED PA"_s);
        QCOMPARE(m_bench->open(m_first), 1);
        QCOMPARE(m_bench->open(m_second), 0);
        m_bench->clock.move(2 * dayMs);
        QCOMPARE(m_bench->open(m_second), 1);
        QCOMPARE(asked(), (QStringList{m_first.value, m_second.value}));
        QCOMPARE(m_bench->watch({m_other}), 1);
        QCOMPARE(asked(), QStringList{m_block});
    }

    void anAddressThatReliedOnAnAssignmentIsToldOfItsNewNetwork()
    {
        say(u"ALPHA"_s, u"ASSIGNED PA"_s);
        QCOMPARE(m_bench->open(m_first), 1);
        QCOMPARE(m_bench->watch({m_other}), 1);
        QCOMPARE(asked(), (QStringList{m_block, m_first.value}));
        m_server->script("/ip/" + m_block.toLatin1(), {{.status = 404, .body = "{}"}});
        const QByteArray taken =
            network(u"198.51.100.64"_s, u"198.51.100.127"_s, u"BETA"_s, u"ASSIGNED PA"_s);
        answer(m_other.value, taken);
        answer(u"198.51.100.64/26"_s, taken);
        m_bench->clock.move(2 * dayMs);
        m_bench->poll(PollAll::No);
        m_bench->poll(PollAll::No);
        QCOMPARE(asked(), (QStringList{m_block, m_other.value}));
        QCOMPARE(m_bench->cards.size(), 1);
        QCOMPARE(m_bench->cards.first().concerns, QList<Artifact>{m_other});
        QStringList told;
        for (const auto &change : m_bench->cards.first().changes)
            told.append(change.after.raw());
        QVERIFY(told.contains(u"198.51.100.64/26"_s));
        QVERIFY(told.contains(u"BETA"_s));
    }

    void aPersonWhoAsksFirstTakesNothingFromTheEye()
    {
        say(u"ALPHA"_s, u"ASSIGNED PA"_s);
        QCOMPARE(m_bench->open(m_first), 1);
        QCOMPARE(m_bench->watch({m_other}), 1);
        m_bench->clock.move(2 * dayMs);
        m_bench->poll(PollAll::No);
        const QByteArray taken =
            network(u"198.51.100.64"_s, u"198.51.100.127"_s, u"BETA"_s, u"ASSIGNED PA"_s);
        m_server->script("/ip/" + m_block.toLatin1(), {{.status = 404, .body = "{}"}});
        answer(m_other.value, taken);
        answer(u"198.51.100.64/26"_s, taken);
        refresh(m_other);
        QCOMPARE(m_bench->cards.size(), 1);
        m_bench->clock.move(2 * dayMs);
        m_bench->poll(PollAll::No);
        QCOMPARE(m_bench->cards.size(), 1);
    }

    void anAddressThatIsAskedAfterAMonthAndLiesWhereItLayIsNoNews()
    {
        say(u"ALPHA"_s, u"ASSIGNED PA"_s);
        QCOMPARE(m_bench->open(m_first), 1);
        QCOMPARE(m_bench->watch({m_other}), 1);
        for (int i = 0; i < 40; ++i) {
            m_bench->clock.move(dayMs);
            m_bench->poll(PollAll::No);
        }
        QVERIFY(asked().contains(m_other.value));
        QVERIFY(m_bench->cards.isEmpty());
    }

    void inAnAllocationEveryAddressIsAskedOnce()
    {
        QCOMPARE(m_bench->open(m_first), 1);
        QCOMPARE(m_bench->open(m_second), 1);
        m_bench->clock.move(hourMs);
        QCOMPARE(m_bench->open(m_first), 0);
    }

    void anEyeSwitchedOffWhileTheStoreIsReadStaysOff()
    {
        m_bench->load();
        m_bench->journal(Verb::EyeOn, {m_first});
        bool told = false;
        m_bench->watcher->eyesOn({m_first}, [&](const BaselineJob::Outcomes &) { told = true; });
        m_bench->watcher->eyesOff({m_first});
        QVERIFY(QTest::qWaitFor([&] { return told; }, patienceMs));
        QCOMPARE(m_bench->poll(PollAll::Yes).checked, 0);
        QVERIFY(asked().isEmpty());
    }

    void theNextCheckIsThatOfTheNetwork()
    {
        m_bench->watch({m_first, m_second});
        m_bench->clock.move(20 * dayMs);
        m_bench->poll(PollAll::No);
        const Instant now = m_bench->clock.now();
        for (const bool loaded : {true, false}) {
            if (!loaded)
                restart(0);
            std::optional<QHash<Artifact, Instant>> dues;
            m_bench->watcher->nextDues({m_second}, [&](const auto &at) { dues = at; });
            QVERIFY(QTest::qWaitFor([&] { return dues.has_value(); }, patienceMs));
            QVERIFY(dues->value(m_second) > now + dayMs - hourMs);
            QVERIFY(dues->value(m_second) < now + 2 * dayMs);
        }
    }

private:
    [[nodiscard]] Policy policy() const
    {
        Policy policy;
        policy.sources = Catalogue().infos();
        QUrl base = m_server->url();
        base.setPath({});
        policy.baseUrls = {{u"rdap"_s, base}};
        policy.rdapBootstrap = m_server->url(u"/rdap"_s);
        policy.ownServers = {u"rdap"_s};
        policy.disabledSources = {u"dns"_s,     u"mnemonic"_s, u"cymru"_s,
                                  u"maxmind"_s, u"http"_s,     u"tls"_s};
        return policy;
    }

    void answer(const QString &asked, const QByteArray &body)
    {
        m_server->script("/ip/" + asked.toLatin1(), {{.body = body}});
    }

    /// What the registry says of the network and of every address in it.
    void say(const QString &name, const QString &type)
    {
        for (const QString &each : {m_block, m_first.value, m_second.value, m_other.value})
            answer(each, network(u"198.51.100.0"_s, u"198.51.100.255"_s, name, type));
    }

    /// What the registry was asked since this was asked last, sorted.
    QStringList asked()
    {
        QStringList paths;
        const auto &all = m_server->requests();
        for (; m_seen < all.size(); ++m_seen) {
            if (all[m_seen].path.startsWith("/ip/"))
                paths.append(QString::fromLatin1(all[m_seen].path.mid(4)));
        }
        paths.sort();
        return paths;
    }

    void refresh(const Entity &entity)
    {
        bool done = false;
        m_bench->watcher->ask(entity, {}, [&](const AskSummary &) { done = true; });
        QVERIFY(QTest::qWaitFor([&] { return done; }, patienceMs));
    }

    void restart(qint64 laterMs)
    {
        m_bench->end();
        m_bench->clock.move(laterMs);
        m_bench->begin();
    }

    const QString m_block = u"198.51.100.0/24"_s;
    const Entity m_first = address(u"198.51.100.7"_s);
    const Entity m_second = address(u"198.51.100.8"_s);
    const Entity m_other = address(u"198.51.100.99"_s);
    std::unique_ptr<HttpServer> m_server;
    std::unique_ptr<WatcherBench> m_bench;
    qsizetype m_seen = 0;
};

WG_TEST(TstWatchedNetworks)
#include "tst_watchednetworks.moc"
