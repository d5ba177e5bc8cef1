// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ids.h"
#include "sources/dnstypes.h"
#include "sources/packetmaker.h"
#include "support/dnsserver.h"
#include "support/runner.h"
#include "watch/outlook.h"
#include "watch/watcher.h"

#include <QTemporaryDir>
#include <QTest>
#include <atomic>

using namespace Qt::StringLiterals;
using namespace wg;
using namespace wg::test;

namespace {

constexpr int patienceMs = 20'000;

/// A clock that a test moves; every look at it is a millisecond later than the one before.
class MovedClock final : public Clock
{
public:
    [[nodiscard]] Instant now() const override { return {++m_ms}; }
    void move(qint64 ms) { m_ms += ms; }

private:
    mutable std::atomic<qint64> m_ms = 1'790'000'000'000;
};

class NoLedger final : public LedgerSink
{
public:
    void told(const LedgerEvent &) override { }
};

/// Names below shop.com that have one address, as the test says.
struct Zone
{
    bool silent = false;
    bool exists = true;
    quint8 address = 1;

    [[nodiscard]] QList<QByteArray> answer(const DnsAsked &asked) const
    {
        if (silent)
            return {};
        const QByteArray name = asked.name.toLower();
        const bool known = exists && name.endsWith("shop.com");
        PacketMaker out(asked.name, asked.type, known ? 0 : 3);
        if (known && asked.type == dnstype::a)
            out.a(asked.name, {198, 51, 100, address});
        else
            out.soa(name.endsWith("shop.com") ? "shop.com" : QByteArray());
        QByteArray packet = out.packet();
        packet.replace(0, 2, asked.packet.left(2));
        return {packet};
    }
};

QList<Entity> manyNames(int count)
{
    QList<Entity> names;
    for (int i = 0; i < count; ++i)
        names.append({ArtifactKind::Domain, u"n%1.shop.com"_s.arg(i)});
    return names;
}

} // namespace

/// The whole way of a fact, from a name server on this machine to the card in the store.
class TstWatcher : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_zone = {};
        m_clock = std::make_unique<MovedClock>();
        m_folder = std::make_unique<QTemporaryDir>();
        m_server = std::make_unique<DnsServer>(
            [this](const DnsAsked &asked) { return m_zone.answer(asked); });
        begin();
    }

    void cleanup() { end(); }

    void aChangeIsOneCardAndThePollCountsIt()
    {
        watch({m_shop});
        m_zone.address = 9;
        m_clock->move(hourMs);
        const auto changed = poll(PollAll::Yes);
        QCOMPARE(changed.checked, 1);
        QCOMPARE(changed.changed, 1);
        QCOMPARE(changed.alerts, 1);
        QCOMPARE(changed.failed, 0);
        QCOMPARE(m_cards.size(), 1);
        QCOMPARE(m_cards.first().cause, Cause::Moved);
        m_clock->move(hourMs);
        const auto confirmed = poll(PollAll::Yes);
        QCOMPARE(confirmed.checked, 1);
        QCOMPARE(confirmed.alerts, 0);
    }

    void aNameThatIsGoneIsConfirmedAfterTheGapThoughTheProgramEndedBetween()
    {
        watch({m_shop});
        m_zone.exists = false;
        m_clock->move(2 * hourMs);
        QCOMPARE(poll(PollAll::Yes).alerts, 0);
        end();
        begin();
        m_clock->move(5 * minuteMs);
        QCOMPARE(poll(PollAll::No).checked, 0);
        m_clock->move(11 * minuteMs);
        const auto confirmed = poll(PollAll::No);
        QCOMPARE(confirmed.checked, 1);
        QCOMPARE(confirmed.alerts, 1);
        QCOMPARE(m_cards.first().cause, Cause::NameGone);
    }

    void aSilentServerFailsTheCheckAndRemovesNothing()
    {
        watch({m_shop});
        m_zone.silent = true;
        for (int i = 0; i < 2; ++i) {
            m_clock->move(hourMs);
            const auto tally = poll(PollAll::Yes);
            QCOMPARE(tally.checked, 1);
            QCOMPARE(tally.failed, 1);
            QCOMPARE(tally.alerts, 0);
        }
    }

    void aPollEndsThoughItsEyesAreSwitchedOffMeanwhile()
    {
        const auto names = manyNames(300);
        journal(Verb::EyeOn, names);
        load();
        std::optional<PollJob::Tally> tally;
        m_watcher->poll(true, {}, [&](const PollJob::Tally &told) { tally = told; });
        m_watcher->eyesOff(names);
        QVERIFY(QTest::qWaitFor([&] { return tally.has_value(); }, patienceMs));
        QVERIFY(tally->checked < names.size());
    }

    void aPollAndAToggleEndThoughTheSourceIsForbiddenMeanwhile()
    {
        const auto names = manyNames(300);
        journal(Verb::EyeOn, names);
        load();
        bool polled = false;
        bool toggled = false;
        m_watcher->poll(true, {}, [&](const PollJob::Tally &) { polled = true; });
        m_watcher->eyesOn(names, [&](const BaselineJob::Outcomes &) { toggled = true; });
        Policy quiet = policy();
        quiet.cacheOnly = true;
        m_watcher->setPolicy(quiet);
        QVERIFY(QTest::qWaitFor([&] { return polled && toggled; }, patienceMs));
    }

    void whatPolicyKeepsInIsNeitherCheckedNorFailedAndAskedOnceItMayBe()
    {
        journal(Verb::EyeOn, {m_shop});
        load();
        Policy own = policy();
        own.ownNames = {u"shop.com"_s};
        own.ownServers.clear();
        m_watcher->setPolicy(own);
        const auto kept = poll(PollAll::Yes);
        QCOMPARE(kept.checked, 0);
        QCOMPARE(kept.failed, 0);
        QVERIFY(m_server->asked().isEmpty());
        m_watcher->setPolicy(policy());
        QCOMPARE(poll(PollAll::No).checked, 1);
    }

    void aMomentOfCacheOnlyAsksNothingTwice()
    {
        watch({m_shop});
        Policy quiet = policy();
        quiet.cacheOnly = true;
        m_watcher->setPolicy(quiet);
        m_watcher->setPolicy(policy());
        QCOMPARE(poll(PollAll::No).checked, 0);
    }

    void anEyeSwitchedOffWhileTheScheduleIsReadStaysOff()
    {
        journal(Verb::EyeOn, {m_shop});
        bool loaded = false;
        m_watcher->load([&] { loaded = true; });
        m_watcher->eyesOff({m_shop});
        QVERIFY(QTest::qWaitFor([&] { return loaded; }, patienceMs));
        QCOMPARE(poll(PollAll::Yes).checked, 0);
    }

    void aWeekOfClosedLaptopIsOnePassSpread()
    {
        const auto names = manyNames(100);
        watch(names);
        end();
        m_clock->move(7 * dayMs);
        begin();
        load();
        const Instant opened = m_clock->now();
        const auto asked = m_server->asked().size();
        m_watcher->startWatching();
        std::optional<QHash<Artifact, Instant>> dues;
        m_watcher->nextDues(names, [&](const QHash<Artifact, Instant> &told) { dues = told; });
        QVERIFY(QTest::qWaitFor([&] { return dues.has_value(); }, patienceMs));
        QCOMPARE(dues->size(), names.size());
        Instant last = opened;
        for (const Instant due : std::as_const(*dues))
            last = std::max(last, due);
        QVERIFY(last - opened > 8 * minuteMs);
        QVERIFY(last - opened < 11 * minuteMs);
        QVERIFY(m_server->asked().size() - asked < 100);
    }

private:
    enum class PollAll
    {
        Yes,
        No
    };

    [[nodiscard]] Policy policy() const
    {
        Policy policy;
        policy.ceiling = Pap::Green;
        policy.consents = {u"dns"_s};
        policy.ownServers = {u"dns"_s};
        policy.dnsServers = u"127.0.0.1:%1"_s.arg(m_server->port());
        policy.disabledSources = {u"rdap"_s, u"mnemonic"_s};
        return policy;
    }

    void begin()
    {
        StoreConfig config;
        config.folder = m_folder->path();
        config.clock = m_clock.get();
        auto store = Store::open(config);
        QVERIFY(store);
        m_store = std::move(*store);
        m_watcher = std::make_unique<Watcher>(*m_store, *m_clock, m_compute, m_ledger);
        connect(m_watcher.get(), &Watcher::ingested, this,
                [this](const IngestReport &report) { m_cards.append(report.cards); });
        m_watcher->setPolicy(policy());
        m_cards.clear();
    }

    void end()
    {
        m_watcher.reset();
        m_compute.waitForDone();
        m_store.reset();
    }

    void journal(Verb verb, const QList<Entity> &entities)
    {
        JournalEntry entry;
        entry.id = newUuid(m_clock->now());
        entry.author = {QUuid::createUuid(), u"Ada"_s, QUuid::createUuid()};
        entry.time = HybridTime::next({}, m_clock->now());
        entry.verb = verb;
        entry.entities = entities;
        const auto applied =
            m_store->write<JournalReport>([entry](Writer &writer) { return writer.apply(entry); });
        QVERIFY(QTest::qWaitFor([&] { return applied.isFinished(); }, patienceMs));
        QVERIFY(applied.result());
    }

    void load()
    {
        bool loaded = false;
        m_watcher->load([&] { loaded = true; });
        QVERIFY(QTest::qWaitFor([&] { return loaded; }, patienceMs));
    }

    /// Switches eyes on and waits for their baseline.
    void watch(const QList<Entity> &entities)
    {
        journal(Verb::EyeOn, entities);
        std::optional<BaselineJob::Outcomes> outcomes;
        m_watcher->eyesOn(entities, [&](const BaselineJob::Outcomes &told) { outcomes = told; });
        QVERIFY(QTest::qWaitFor([&] { return outcomes.has_value(); }, patienceMs));
        QCOMPARE(outcomes->usable, entities.size());
    }

    PollJob::Tally poll(PollAll all)
    {
        load();
        std::optional<PollJob::Tally> tally;
        m_watcher->poll(all == PollAll::Yes, {}, [&](const PollJob::Tally &told) { tally = told; });
        return QTest::qWaitFor([&] { return tally.has_value(); }, patienceMs)
            ? *tally
            : PollJob::Tally{-1, -1, -1, -1};
    }

    const Entity m_shop{ArtifactKind::Domain, u"shop.com"_s};
    Zone m_zone;
    std::unique_ptr<MovedClock> m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<DnsServer> m_server;
    QThreadPool m_compute;
    NoLedger m_ledger;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<Watcher> m_watcher;
    QList<Card> m_cards;
};

WG_TEST(TstWatcher)
#include "tst_watcher.moc"
