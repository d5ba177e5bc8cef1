// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/dnstypes.h"
#include "sources/packetmaker.h"
#include "support/dnsserver.h"
#include "support/httpserver.h"
#include "support/runner.h"
#include "watch/outlook.h"
#include "watcherbench.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace wg;
using namespace wg::test;

namespace {

/// Names below shop.com that have one address, as the test says.
struct Zone
{
    bool silent = false;
    bool exists = true;
    quint8 address = 1;
    QByteArray text; ///< of a TXT record; none when empty

    [[nodiscard]] QList<QByteArray> answer(const DnsAsked &asked) const
    {
        if (silent)
            return {};
        const QByteArray name = asked.name.toLower();
        const bool known = exists && name.endsWith("shop.com");
        PacketMaker out(asked.name, asked.type, known ? 0 : 3);
        if (known && asked.type == dnstype::a)
            out.a(asked.name, {198, 51, 100, address});
        else if (known && asked.type == dnstype::txt && !text.isEmpty())
            out.rr(PacketMaker::Answer, asked.name, dnstype::txt, char(text.size()) + text);
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
        m_server = std::make_unique<DnsServer>(
            [this](const DnsAsked &asked) { return m_zone.answer(asked); });
        m_bench = std::make_unique<WatcherBench>(policy());
    }

    void cleanup() { m_bench.reset(); }

    void aChangeIsOneCardAndThePollCountsIt()
    {
        QCOMPARE(m_bench->watch({m_shop}), 1);
        m_zone.address = 9;
        m_bench->clock.move(hourMs);
        const auto changed = m_bench->poll(PollAll::Yes);
        QCOMPARE(changed.checked, 1);
        QCOMPARE(changed.changed, 1);
        QCOMPARE(changed.alerts, 1);
        QCOMPARE(changed.failed, 0);
        QCOMPARE(m_bench->cards.size(), 1);
        QCOMPARE(m_bench->cards.first().cause, Cause::Moved);
        m_bench->clock.move(hourMs);
        const auto confirmed = m_bench->poll(PollAll::Yes);
        QCOMPARE(confirmed.checked, 1);
        QCOMPARE(confirmed.alerts, 0);
    }

    void eyesThatAPersonHastensAreStillTheEyesPartOfTheLedger()
    {
        m_bench->watch({m_shop});
        QVERIFY(m_bench->ledger.byPerson.contains(true));
        m_bench->ledger.byPerson.clear();
        m_bench->clock.move(hourMs);
        QCOMPARE(m_bench->poll(PollAll::Yes).checked, 1);
        QCOMPARE(m_bench->ledger.byPerson, QList<bool>{false});
        m_bench->clock.move(minuteMs);
        bool answered = false;
        m_bench->watcher->ask(m_shop, {}, [&](const AskSummary &) { answered = true; });
        QVERIFY(QTest::qWaitFor([&] { return answered; }, patienceMs));
        QCOMPARE(m_bench->ledger.byPerson.last(), true);
    }

    void aSourceThatPolicyKeepsInHasNotSpoken()
    {
        QStringList spoke;
        connect(m_bench->watcher.get(), &Watcher::sourceSpoke, this,
                [&](const QString &source) { spoke.append(source); });
        Policy amber = policy();
        amber.ceiling = Pap::Amber;
        m_bench->watcher->setPolicy(amber);
        QCOMPARE(m_bench->open(m_shop), 1);
        QCOMPARE(spoke, QStringList());
        m_bench->watcher->setPolicy(policy());
        QCOMPARE(m_bench->open(m_shop), 1);
        QCOMPARE(spoke, QStringList{u"dns"_s});
    }

    void howManyQuestionsAreOutIsToldAtATemperatePace()
    {
        QList<qint64> told;
        connect(m_bench->watcher.get(), &Watcher::loadChanged, this,
                [&](qint64 asking) { told.append(asking); });
        QElapsedTimer elapsed;
        elapsed.start();
        m_bench->watch(manyNames(300));
        QVERIFY(QTest::qWaitFor([&] { return !told.isEmpty() && told.last() == 0; }, patienceMs));
        QVERIFY2(told.size() <= elapsed.elapsed() / 100 + 1,
                 qPrintable(QString::number(told.size())));
    }

    void aNameThatIsGoneIsConfirmedAfterTheGapThoughTheProgramEndedBetween()
    {
        QCOMPARE(m_bench->watch({m_shop}), 1);
        m_zone.exists = false;
        m_bench->clock.move(2 * hourMs);
        QCOMPARE(m_bench->poll(PollAll::Yes).alerts, 0);
        m_bench->end();
        m_bench->begin();
        m_bench->clock.move(5 * minuteMs);
        QCOMPARE(m_bench->poll(PollAll::No).checked, 0);
        m_bench->clock.move(11 * minuteMs);
        const auto confirmed = m_bench->poll(PollAll::No);
        QCOMPARE(confirmed.checked, 1);
        QCOMPARE(confirmed.alerts, 1);
        QCOMPARE(m_bench->cards.first().cause, Cause::NameGone);
    }

    void whatAnOldCacheHadAndTheBaselineLacksIsToldOnceConfirmed()
    {
        QCOMPARE(m_bench->open(m_shop), 1);
        m_bench->clock.move(10 * dayMs);
        m_zone.exists = false;
        QCOMPARE(m_bench->watch({m_shop}), 1);
        QCOMPARE(m_bench->cards.size(), 0);
        m_bench->clock.move(hourMs);
        QCOMPARE(m_bench->poll(PollAll::Yes).alerts, 1);
        QCOMPARE(m_bench->cards.first().cause, Cause::SinceLastAsked);
        QCOMPARE(m_bench->cards.first().changes.first().kind, ChangeKind::Removed);
    }

    void whatAFreshCacheHadAndTheBaselineLacksIsTheStateAtTheToggle()
    {
        QCOMPARE(m_bench->open(m_shop), 1);
        m_bench->clock.move(30 * minuteMs);
        m_zone.exists = false;
        QCOMPARE(m_bench->watch({m_shop}), 1);
        m_bench->clock.move(hourMs);
        QCOMPARE(m_bench->poll(PollAll::Yes).alerts, 0);
    }

    void whatWentJustBeforeTheToggleIsNotToldThoughItsAnswerCameLate()
    {
        m_zone.text = "v=spf1 -all";
        QCOMPARE(m_bench->open(m_shop), 1);
        m_bench->clock.move(30 * minuteMs);
        m_zone.text.clear();
        QCOMPARE(m_bench->watch({m_shop}), 1);
        for (int hour = 0; hour < 3; ++hour) {
            m_bench->clock.move(hourMs);
            QCOMPARE(m_bench->poll(PollAll::Yes).alerts, 0);
        }
    }

    void allThatDiffersFromAnOldCacheIsOneCard()
    {
        m_zone.text = "v=spf1 -all";
        QCOMPARE(m_bench->open(m_shop), 1);
        m_bench->clock.move(10 * dayMs);
        m_zone.text = "v=spf1 +all";
        m_zone.address = 9;
        QCOMPARE(m_bench->watch({m_shop}), 1);
        QCOMPARE(m_bench->cards.size(), 1);
        QCOMPARE(m_bench->cards.first().cause, Cause::SinceLastAsked);
        QCOMPARE(m_bench->cards.first().changes.size(), 2);
        m_bench->clock.move(hourMs);
        const auto confirmed = m_bench->poll(PollAll::Yes);
        QCOMPARE(confirmed.changed, 1);
        QCOMPARE(confirmed.alerts, 0);
    }

    void theConfirmedHalfOfAMoveCountsAsAChangeButRaisesNothing()
    {
        QCOMPARE(m_bench->watch({m_shop}), 1);
        m_zone.address = 9;
        m_bench->clock.move(hourMs);
        QCOMPARE(m_bench->poll(PollAll::Yes).alerts, 1);
        m_bench->clock.move(hourMs);
        const auto confirmed = m_bench->poll(PollAll::Yes);
        QCOMPARE(confirmed.changed, 1);
        QCOMPARE(confirmed.alerts, 0);
    }

    void whatWasAskedBeforeTheClockWasSetBackIsDueAtOnce()
    {
        m_bench->clock.move(7 * dayMs);
        QCOMPARE(m_bench->watch({m_shop}), 1);
        m_bench->end();
        m_bench->clock.move(-7 * dayMs);
        m_bench->begin();
        QCOMPARE(m_bench->open(m_shop), 1);
        m_bench->end();
        m_bench->clock.move(-dayMs);
        m_bench->begin();
        QCOMPARE(m_bench->poll(PollAll::No).checked, 1);
    }

    void aSilentServerFailsTheCheckAndRemovesNothing()
    {
        QCOMPARE(m_bench->watch({m_shop}), 1);
        m_zone.silent = true;
        for (int i = 0; i < 2; ++i) {
            m_bench->clock.move(hourMs);
            const auto tally = m_bench->poll(PollAll::Yes);
            QCOMPARE(tally.checked, 1);
            QCOMPARE(tally.failed, 1);
            QCOMPARE(tally.alerts, 0);
        }
    }

    void theProgramMayEndWhileQuestionsAreOut()
    {
        QCOMPARE(m_bench->watch({m_shop}), 1);
        m_zone.silent = true;
        m_bench->clock.move(hourMs);
        const auto before = m_server->asked().size();
        m_bench->watcher->poll(true, {}, [](const PollJob::Tally &) {});
        QVERIFY(QTest::qWaitFor([&] { return m_server->asked().size() > before; }, patienceMs));
        m_bench->end(); // what is under way is answered into what still stands
        m_bench->begin();
        m_bench->load();
    }

    void aPollEndsThoughItsEyesAreSwitchedOffMeanwhile()
    {
        const auto names = manyNames(300);
        m_bench->journal(Verb::EyeOn, names);
        m_bench->load();
        std::optional<PollJob::Tally> tally;
        m_bench->watcher->poll(true, {}, [&](const PollJob::Tally &told) { tally = told; });
        m_bench->watcher->eyesOff(names);
        QVERIFY(QTest::qWaitFor([&] { return tally.has_value(); }, patienceMs));
        QVERIFY(tally->checked < names.size());
    }

    void aPollAndAToggleEndThoughTheSourceIsForbiddenMeanwhile()
    {
        const auto names = manyNames(300);
        m_bench->journal(Verb::EyeOn, names);
        m_bench->load();
        bool polled = false;
        bool toggled = false;
        m_bench->watcher->poll(true, {}, [&](const PollJob::Tally &) { polled = true; });
        m_bench->watcher->eyesOn(names, [&](const BaselineJob::Outcomes &) { toggled = true; });
        Policy quiet = policy();
        quiet.cacheOnly = true;
        m_bench->watcher->setPolicy(quiet);
        QVERIFY(QTest::qWaitFor([&] { return polled && toggled; }, patienceMs));
    }

    void whatPolicyKeepsInIsNeitherCheckedNorFailedAndAskedOnceItMayBe()
    {
        m_bench->journal(Verb::EyeOn, {m_shop});
        m_bench->load();
        Policy own = policy();
        own.ownNames = {u"shop.com"_s};
        own.ownServers.clear();
        m_bench->watcher->setPolicy(own);
        const auto kept = m_bench->poll(PollAll::Yes);
        QCOMPARE(kept.checked, 0);
        QCOMPARE(kept.failed, 0);
        QVERIFY(m_server->asked().isEmpty());
        m_bench->watcher->setPolicy(policy());
        QCOMPARE(m_bench->poll(PollAll::No).checked, 1);
    }

    void aMomentOfCacheOnlyAsksNothingTwice()
    {
        QCOMPARE(m_bench->watch({m_shop}), 1);
        Policy quiet = policy();
        quiet.cacheOnly = true;
        m_bench->watcher->setPolicy(quiet);
        m_bench->watcher->setPolicy(policy());
        QCOMPARE(m_bench->poll(PollAll::No).checked, 0);
    }

    void anEyeSwitchedOffWhileTheScheduleIsReadStaysOff()
    {
        m_bench->journal(Verb::EyeOn, {m_shop});
        bool loaded = false;
        m_bench->watcher->load([&] { loaded = true; });
        m_bench->watcher->eyesOff({m_shop});
        QVERIFY(QTest::qWaitFor([&] { return loaded; }, patienceMs));
        QCOMPARE(m_bench->poll(PollAll::Yes).checked, 0);
    }

    void aWeekOfClosedLaptopIsOnePassSpread()
    {
        const auto names = manyNames(100);
        QCOMPARE(m_bench->watch(names), names.size());
        m_bench->end();
        m_bench->clock.move(7 * dayMs);
        m_bench->begin();
        m_bench->load();
        const Instant opened = m_bench->clock.now();
        const auto asked = m_server->asked().size();
        m_bench->watcher->startWatching();
        std::optional<QHash<Artifact, Instant>> dues;
        m_bench->watcher->nextDues(names,
                                   [&](const QHash<Artifact, Instant> &told) { dues = told; });
        QVERIFY(QTest::qWaitFor([&] { return dues.has_value(); }, patienceMs));
        QCOMPARE(dues->size(), names.size());
        Instant last = opened;
        for (const Instant due : std::as_const(*dues))
            last = std::max(last, due);
        QVERIFY(last - opened > 8 * minuteMs);
        QVERIFY(last - opened < 11 * minuteMs);
        QVERIFY(m_server->asked().size() - asked < 100);
    }

    /// A resolver that is silent is asked again soon; a target that is dead is not.
    void aDeadTargetIsNotMetMoreOften()
    {
        HttpServer target;
        target.script("/", {{.status = 500, .body = "no"}});
        Policy meets = policy();
        meets.consents.insert(u"http"_s);
        meets.disabledSources.remove(u"http"_s);
        meets.disabledSources.insert(u"dns"_s);
        meets.baseUrls = {{u"http"_s, target.url({})}};
        m_bench->watcher->setPolicy(meets);
        QCOMPARE(m_bench->watch({m_shop}), 0);
        const auto met = target.requests().size();
        QVERIFY(met > 0);
        for (int hour = 0; hour < 22; ++hour) {
            m_bench->clock.move(hourMs);
            QCOMPARE(m_bench->poll(PollAll::No).checked, 0);
        }
        QCOMPARE(target.requests().size(), met);
        m_bench->clock.move(4 * hourMs);
        QCOMPARE(m_bench->poll(PollAll::No).checked, 1);
        QVERIFY(target.requests().size() > met);
    }

private:
    [[nodiscard]] Policy policy() const
    {
        Policy policy;
        policy.sources = Catalogue().infos();
        policy.ceiling = Pap::Green;
        policy.consents = {u"dns"_s};
        policy.ownServers = {u"dns"_s};
        policy.dnsServers = u"127.0.0.1:%1"_s.arg(m_server->port());
        policy.disabledSources = {u"rdap"_s,     u"whois"_s, u"tls"_s,    u"http"_s,
                                  u"mnemonic"_s, u"cymru"_s, u"maxmind"_s};
        return policy;
    }

    const Entity m_shop{ArtifactKind::Domain, u"shop.com"_s};
    Zone m_zone;
    std::unique_ptr<DnsServer> m_server;
    std::unique_ptr<WatcherBench> m_bench;
};

WG_TEST(TstWatcher)
#include "tst_watcher.moc"
