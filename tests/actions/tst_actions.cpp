// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/actions.h"
#include "core/entitytext.h"
#include "store/database.h"
#include "store/opening.h"
#include "support/futures.h"
#include "support/runner.h"

#include <QBuffer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <atomic>

using namespace Qt::StringLiterals;
using namespace wg;

namespace {

constexpr int patienceMs = 20'000;

/// The machine's clock, set forward as a test likes.
class ShiftedClock final : public Clock
{
public:
    [[nodiscard]] Instant now() const override { return SystemClock().now() + m_ahead; }
    void forward(qint64 ms) { m_ahead += ms; }

private:
    std::atomic<qint64> m_ahead = 0;
};

template <class T>
bool waitFor(const QFuture<T> &future)
{
    return test::waitFor(future, patienceMs);
}

Entity entity(const char *text)
{
    return *parseEntity(QString::fromLatin1(text));
}

} // namespace

/// The verbs on a workspace whose sources may ask nobody: what they do to the store.
class TstActions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        open();
        // RED: whatever these tests do, nothing leaves this machine.
        const auto set = m_actions->setSetting(u"pap"_s, u"RED"_s);
        QVERIFY(waitFor(set));
    }

    void cleanup() { m_actions.reset(); }

    void aSettingIsCheckedStoredAndKept()
    {
        auto set = m_actions->setSetting(u"watch.confirm_gap"_s, u"60"_s);
        QVERIFY(waitFor(set));
        QCOMPARE(set.result().value(), u"60"_s);
        auto bad = m_actions->setSetting(u"watch.confirm_gap"_s, u"soon"_s);
        QVERIFY(waitFor(bad));
        QCOMPARE(bad.result().error().code, ErrorCode::Usage);
        auto unknown = m_actions->setSetting(u"source.dnss.enabled"_s, u"true"_s);
        QVERIFY(waitFor(unknown));
        QVERIFY(unknown.result().error().detail.contains(u"dns"_s));
        reopen();
        QCOMPARE(m_actions->settings().number(u"watch.confirm_gap"_s), 60);
    }

    void aManifestWithAMistakeIsTrouble()
    {
        QVERIFY(m_actions->networkState().troubles.isEmpty());
        QDir(m_folder->path()).mkdir(u"sources"_s);
        QFile file(m_folder->filePath(u"sources/mine.json"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("[]");
        file.close();
        reopen();
        const QStringList troubles = m_actions->networkState().troubles;
        QCOMPARE(troubles.size(), 1);
        QVERIFY2(troubles[0].startsWith(u"mine.json: 1:1: "_s), qPrintable(troubles[0]));
    }

    void anEyeIsSwitchedOffAndUndoneWithItsBaseline()
    {
        QSignalSpy changed(m_actions.get(), &Actions::eyesChanged);
        auto on = m_actions->switchEyes({entity("example.com")}, EyeState::On);
        QVERIFY(waitFor(on));
        QCOMPARE(on.result()->journal.switchedOn.size(), 1);
        QVERIFY(!changed.isEmpty());
        auto again = m_actions->switchEyes({entity("example.com")}, EyeState::On);
        QVERIFY(waitFor(again));
        QCOMPARE(again.result()->journal.already.size(), 1);
        const Instant since = monitors().first().since;

        auto off = m_actions->switchEyes({entity("example.com")}, EyeState::Off);
        QVERIFY(waitFor(off));
        QVERIFY(monitors().isEmpty());
        auto undone = m_actions->undo();
        QVERIFY(waitFor(undone));
        QVERIFY(undone.result()->baselineKept);
        QCOMPARE(monitors().first().since.ms, since.ms);
    }

    void whatCameInWhileAnEyeWasOffIsToldByItsUndo()
    {
        QSignalSpy raised(m_actions.get(), &Actions::cardsRaised);
        for (const EyeState state : {EyeState::On, EyeState::Off}) {
            auto toggled = m_actions->switchEyes({entity("www.example.com")}, state);
            QVERIFY(waitFor(toggled));
        }
        import("98.126.38.107");
        QVERIFY(raised.isEmpty());
        auto undone = m_actions->undo();
        QVERIFY(waitFor(undone));
        QCOMPARE(raised.size(), 1);
        const auto cards = allCards();
        QCOMPARE(cards.size(), 1);
        QCOMPARE(cards.first().cause, Cause::WhileOff);
        QCOMPARE(cards.first().changes.first().after.raw(), u"98.126.38.107"_s);
    }

    void aRuleMadeFromACardHidesTheNextOfItsKindUntilItIsUndone()
    {
        auto on = m_actions->switchEyes({entity("www.example.com")}, EyeState::On);
        QVERIFY(waitFor(on));
        import("98.126.38.107");
        QCOMPARE(allCards().size(), 1);
        auto hidden = m_actions->hideLike(allCards().first().id);
        QVERIFY(waitFor(hidden));
        QVERIFY(hidden.result());
        auto rules = m_actions->hideRules();
        QVERIFY(waitFor(rules));
        QCOMPARE(rules.result()->size(), 1);
        QCOMPARE(rules.result()->first().entity, entity("www.example.com"));
        auto twice = m_actions->hideLike(allCards().first().id);
        QVERIFY(waitFor(twice));
        QVERIFY(twice.result()->entry.id.isNull());
        QCOMPARE(twice.result()->already, QList<Artifact>{entity("www.example.com")});
        import("98.126.38.108");
        QCOMPARE(allCards().size(), 1);
        const auto kept = allCards({CardState::Suppressed});
        QCOMPARE(kept.size(), 1);
        QCOMPARE(kept.first().hiddenBy, u"hide resolutions A"_s);
        auto undone = m_actions->undo();
        QVERIFY(waitFor(undone));
        import("98.126.38.109");
        QCOMPARE(allCards().size(), 2);
        auto unknown = m_actions->hideLike(QUuid::createUuid());
        QVERIFY(waitFor(unknown));
        QCOMPARE(unknown.result().error().code, ErrorCode::NotFound);
    }

    void aSnoozeThatIsOverIsNewForWhoeverReadsFirst()
    {
        const QUuid card = snoozedCard(hourMs);
        m_clock.forward(2 * hourMs);
        QCOMPARE(stateOf(card), CardState::New); // no timer went off: the clock was set
        QTRY_COMPARE(m_actions->openCards(), 1);
    }

    void aSnoozeThatWentOverWhileClosedIsNewAtTheStart()
    {
        const QUuid card = snoozedCard(hourMs);
        m_clock.forward(2 * hourMs);
        reopen();
        QCOMPARE(stateOf(card), CardState::New);
        QTRY_COMPARE(m_actions->openCards(), 1);
    }

    void aSnoozeEndsByItselfWithoutAnybodyReading()
    {
        const QUuid card = snoozedCard(secondMs);
        QSignalSpy changed(m_actions.get(), &Actions::cardsChanged);
        QTRY_COMPARE_WITH_TIMEOUT(m_actions->openCards(), 1, patienceMs);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(stateOf(card), CardState::New);
    }

    void underRedNobodyIsAskedAndTheAnswerSaysSo()
    {
        auto looked = m_actions->lookup(entity("example.com"), {});
        QVERIFY(waitFor(looked));
        QVERIFY(!looked.result());
        QCOMPARE(looked.result().error().code, ErrorCode::Refused);
        for (const auto &party : m_actions->parties(entity("example.com")))
            QVERIFY(!party.permitted);
    }

    void importedFactsAreFoundOffline()
    {
        auto device = std::make_shared<QBuffer>();
        device->setData(
            "{\"rrname\":\"www.example.com\",\"rrtype\":\"A\",\"rdata\":\"98.126.38.107\","
            "\"time_first\":1400000000,\"time_last\":1500000000}\nnot json\n");
        device->open(QIODevice::ReadOnly);
        auto imported = m_actions->importFrom(device, u"test"_s);
        QVERIFY(waitFor(imported));
        QCOMPARE(imported.result()->records, 1);
        QCOMPARE(imported.result()->bad, 1);
        for (const char *side : {"www.example.com", "98.126.38.107"}) {
            auto looked = m_actions->lookup(entity(side), {Freshness::CacheOnly, {}, true});
            QVERIFY(waitFor(looked));
            QVERIFY2(looked.result(), side);
            QCOMPARE(looked.result()->datasets.first().facts.size(), 1);
        }
    }

    void consentIsRememberedAndCanBeWithdrawn()
    {
        auto given = m_actions->consent(u"dns"_s, Consent::Given);
        QVERIFY(waitFor(given));
        reopen();
        QVERIFY(m_actions->policy().consents.contains(u"dns"_s));
        auto withdrawn = m_actions->consent(u"dns"_s, Consent::Withdrawn);
        QVERIFY(waitFor(withdrawn));
        reopen();
        QVERIFY(!m_actions->policy().consents.contains(u"dns"_s));
    }

    void whatIsSoAlreadyIsNotWrittenDownAgain()
    {
        for (int i = 0; i < 2; ++i) {
            const auto given = m_actions->consent(u"dns"_s, Consent::Given);
            QVERIFY(waitFor(given));
            const auto released = m_actions->release(entity("x7f3k9q2m8z1c4v6b5n0.example.com"));
            QVERIFY(waitFor(released));
        }
        m_actions.reset();
        const auto database =
            Database::open({m_folder->filePath(u"watchglass.db"_s), {}, Access::Read});
        QVERIFY(database);
        auto entries = (*database)->query("SELECT count(*) FROM journal");
        QVERIFY(entries.next());
        QCOMPARE(entries.number(0), 2);
    }

    void aBackupIsWrittenAndTheStoreIsWell()
    {
        auto backup = m_actions->backup();
        QVERIFY(waitFor(backup));
        QVERIFY(QFileInfo(backup.result().value()).size() > 0);
        auto check = m_actions->checkStore();
        QVERIFY(waitFor(check));
        QVERIFY(check.result()->isEmpty() || check.result().value() == QStringList{u"ok"_s});
    }

    void factsStoredBeforeAreGoneThroughWhileTheProgramRuns()
    {
        m_actions.reset();
        storeOlderThanEnrichments();
        const QString file = m_folder->filePath(u"watchglass.db"_s);
        const auto database = Database::open({file, {}, Access::Read});
        QVERIFY(database);
        const auto count = [&database] {
            auto rows = (*database)->query("SELECT count(*) FROM enrichments");
            return rows.next() ? rows.number(0) : -1;
        };
        const QString folder = m_folder->path();
        auto actions = Actions::open({folder, folder + u"/backups"_s}, m_clock);
        QVERIFY(actions);
        m_actions = std::move(*actions);
        QCOMPARE(count(), 0); // opened without waiting for it
        QVERIFY(waitFor(m_actions->begin()));
        QVERIFY(QTest::qWaitFor([&count] { return count() == olderOwners; }, patienceMs));
    }

    void aSourceThatDoesNotExistIsNamed()
    {
        auto test = m_actions->testSource(u"rdapp"_s);
        QVERIFY(waitFor(test));
        QCOMPARE(test.result().error().code, ErrorCode::NotFound);
        QVERIFY(test.result().error().detail.contains(u"rdap"_s));
    }

    void anAbandonedProgramEndsAtOnce()
    {
        m_actions->startWatching();
        m_actions->switchEyes({entity("a.example.com"), entity("b.example.com")}, EyeState::On);
        m_actions.reset();
        reopen();
        QCOMPARE(monitors().size(), 2);
    }

private:
    void open()
    {
        const QString folder = m_folder->path();
        auto actions = Actions::open({folder, folder + u"/backups"_s}, m_clock);
        QVERIFY(actions);
        m_actions = std::move(*actions);
        const auto begun = m_actions->begin();
        QVERIFY(waitFor(begun));
        QVERIFY(begun.result());
    }

    static constexpr int olderOwners = 450;

    /// Current facts of so many addresses, as an earlier version left them.
    void storeOlderThanEnrichments()
    {
        auto opened = openForWriting({m_folder->path(), {}, &m_clock});
        QVERIFY(opened);
        QList<Pass> passes;
        for (int i = 0; i < olderOwners; ++i) {
            const Entity owner = *parseEntity(u"198.51.%1.%2"_s.arg(i / 250).arg(i % 250));
            Observation told;
            told.question = {owner, Dataset::Network, u"cymru"_s, u"all"_s};
            told.outcome = Outcome::Complete;
            told.at = m_clock.now();
            Record asn;
            asn.owner = owner;
            asn.dataset = Dataset::Network;
            asn.type = u"asn"_s;
            asn.value = UntrustedText::fromString(u"AS64496"_s);
            told.records = {asn};
            passes.append({owner, u"cymru"_s, Purpose::Poll, {told}});
        }
        QVERIFY(Writer(*opened->database, m_clock).ingest(passes, {}));
        opened->database->run("DELETE FROM enrichments");
        opened->database->run("UPDATE meta SET number=1 WHERE name='unenriched'");
        markClean(*opened->database);
    }

    void reopen()
    {
        m_actions.reset();
        open();
    }

    /// A passive DNS line of www.example.com that began just after any eye was switched on.
    void import(const char *address)
    {
        auto device = std::make_shared<QBuffer>();
        const qint64 now = m_clock.now().seconds();
        device->setData(R"({"rrname":"www.example.com","rrtype":"A","rdata":")"
                        + QByteArray(address) + R"(","time_first":)" + QByteArray::number(now + 60)
                        + R"(,"time_last":)" + QByteArray::number(now + 60) + "}\n");
        device->open(QIODevice::ReadOnly);
        const auto imported = m_actions->importFrom(device, u"test"_s);
        QVERIFY(waitFor(imported));
        QCOMPARE(imported.result()->records, 1);
    }

    QList<Card> allCards(const QList<CardState> &states = {})
    {
        CardQuery query;
        query.states = states;
        query.withChanges = true;
        const auto page = m_actions->cards(query);
        return waitFor(page) && page.result() ? page.result()->cards : QList<Card>();
    }

    /// The only card there is, snoozed for so long.
    QUuid snoozedCard(qint64 ms)
    {
        auto on = m_actions->switchEyes({entity("www.example.com")}, EyeState::On);
        const bool isOn = waitFor(on);
        import("98.126.38.107");
        const QUuid card = allCards().value(0).id;
        auto snoozed = m_actions->snooze({card}, m_clock.now() + ms);
        const bool sleeps = waitFor(snoozed) && snoozed.result().ok();
        const bool closed =
            QTest::qWaitFor([&] { return m_actions->openCards() == 0; }, patienceMs);
        return isOn && sleeps && closed ? card : QUuid();
    }

    CardState stateOf(const QUuid &id)
    {
        const auto card = m_actions->card(id);
        return waitFor(card) && card.result() ? card.result()->state : CardState::Suppressed;
    }

    QList<MonitorRow> monitors()
    {
        const auto page = m_actions->monitors({});
        return waitFor(page) && page.result() ? page.result()->monitors : QList<MonitorRow>();
    }

    ShiftedClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Actions> m_actions;
};

WG_TEST(TstActions)
#include "tst_actions.moc"
