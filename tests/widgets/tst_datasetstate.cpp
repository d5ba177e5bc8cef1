// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/runner.h"
#include "widgets/datasetstate.h"

#include <QTest>

using namespace wg;
using namespace Qt::StringLiterals;
using Kind = DatasetState::Kind;

class tst_DatasetState : public QObject
{
    Q_OBJECT

    static SourceState source(const QString &name, Pap pap, bool permitted)
    {
        SourceState state;
        state.info.name = name;
        state.info.pap = pap;
        state.permitted = permitted;
        state.whyNot = permitted ? QString() : u"PAP is AMBER."_s;
        return state;
    }
    static DatasetSituation asked(Outcome outcome)
    {
        DatasetSituation s;
        s.entity = {ArtifactKind::Domain, u"example.com"_s};
        s.sources = {source(u"rdap"_s, Pap::Amber, true)};
        CheckState check;
        check.question.source = u"rdap"_s;
        check.outcome = outcome;
        s.checks = {check};
        return s;
    }

private Q_SLOTS:
    void factsNeedNoState()
    {
        auto s = asked(Outcome::Unreachable);
        s.rows = 1;
        QCOMPARE(DatasetStates::judge(s).kind, Kind::Facts);
    }
    void everyOutcomeHasItsState_data()
    {
        QTest::addColumn<int>("outcome");
        QTest::addColumn<int>("kind");
        QTest::newRow("empty") << int(Outcome::Empty) << int(Kind::Empty);
        QTest::newRow("complete") << int(Outcome::Complete) << int(Kind::Empty);
        QTest::newRow("doubtful") << int(Outcome::SuspiciousEmpty) << int(Kind::Empty);
        QTest::newRow("refused") << int(Outcome::Refused) << int(Kind::Refused);
        QTest::newRow("unreachable") << int(Outcome::Unreachable) << int(Kind::Unreachable);
        QTest::newRow("malformed") << int(Outcome::Malformed) << int(Kind::Malformed);
    }
    void everyOutcomeHasItsState()
    {
        QFETCH(int, outcome);
        const auto state = DatasetStates::judge(asked(Outcome(outcome)));
        QTEST(int(state.kind), "kind");
        QVERIFY(!state.sentence.isEmpty());
        QVERIFY(!state.steps.isEmpty());
    }
    void whatOneHasNotIsNoProofWhileAnotherCannotBeReached()
    {
        auto s = asked(Outcome::Empty);
        s.checks.append(asked(Outcome::Unreachable).checks.first());
        s.checks.last().question.source = u"dns@9.9.9.9"_s;
        const auto state = DatasetStates::judge(s);
        QCOMPARE(state.kind, Kind::Unreachable);
        QCOMPARE(state.sentence, u"dns@9.9.9.9 could not be reached."_s);
        QVERIFY(state.detail.contains(u"rdap had nothing."));
    }
    void cacheOnlyIsSaidAlsoWhereItRefused()
    {
        auto s = asked(Outcome::Refused);
        s.sources.append(source(u"dns"_s, Pap::Green, false));
        s.network.mode = NetworkState::Mode::CacheOnly;
        QCOMPARE(DatasetStates::judge(s).kind, Kind::CacheOnly);
    }
    void askingIsNamedAndCanBeStopped()
    {
        auto s = asked(Outcome::Unreachable);
        s.asking = {u"rdap"_s, u"mnemonic"_s};
        const auto state = DatasetStates::judge(s);
        QCOMPARE(state.kind, Kind::Loading);
        QVERIFY(state.sentence.contains(u"rdap, mnemonic"));
        QCOMPARE(state.steps, QList{NextStep::Cancel});
    }
    void liveDnsAsksForConsentAndNamesTheResolver()
    {
        DatasetSituation s;
        s.entity = {ArtifactKind::Domain, u"example.com"_s};
        s.sources = {source(u"dns"_s, Pap::Green, false)};
        s.parties = {{u"dns@9.9.9.9"_s, u"9.9.9.9"_s, Pap::Green, false, {}, true}};
        const auto state = DatasetStates::judge(s);
        QCOMPARE(state.kind, Kind::Consent);
        QVERIFY(state.detail.contains(u"9.9.9.9"));
        QCOMPARE(state.steps,
                 (QList{NextStep::ConsentOnce, NextStep::ConsentAlways, NextStep::Why}));
        QVERIFY(DatasetStates::whyConsent(s).contains(u"9.9.9.9"));
    }
    void whoHasNothingLeavesRoomForTheConsentToLiveDns()
    {
        auto s = asked(Outcome::Empty);
        s.sources.append(source(u"dns"_s, Pap::Green, false));
        const auto state = DatasetStates::judge(s);
        QCOMPARE(state.kind, Kind::Consent);
        QVERIFY2(state.detail.startsWith(u"rdap had nothing. "), qPrintable(state.detail));
        s.sources.last().enabled = false;
        QCOMPARE(DatasetStates::judge(s).kind, Kind::Empty);
    }
    void whatWeRefuseOurselvesIsNotSaidOfTheSource()
    {
        auto s = asked(Outcome::Unreachable);
        s.sources.append(source(u"dns"_s, Pap::Green, false));
        s.checks.append(asked(Outcome::Refused).checks.first());
        s.checks.last().question.source = u"dns@9.9.9.9"_s;
        QVERIFY(DatasetStates::isOurRefusal(s, s.checks.last()));
        QVERIFY(!DatasetStates::isOurRefusal(s, s.checks.first()));
        QCOMPARE(DatasetStates::judge(s).sentence, u"rdap could not be reached."_s);
    }
    void whatIsNeverAskedOutsideSaysSo()
    {
        auto s = asked(Outcome::Refused);
        s.entity = {ArtifactKind::Ipv4, u"127.0.0.1"_s};
        s.parties = {{u"rdap"_s, u"ARIN"_s, Pap::Amber, false, u"private addresses"_s, false}};
        const auto state = DatasetStates::judge(s);
        QCOMPARE(state.sentence, u"Nobody is asked about 127.0.0.1."_s);
        QCOMPARE(state.detail, u"private addresses"_s);
        QVERIFY(state.steps.contains(NextStep::OpenSettings));
    }
    void noPermittedSourceSaysWhy()
    {
        DatasetSituation s;
        s.sources = {source(u"rdap"_s, Pap::Amber, false)};
        const auto state = DatasetStates::judge(s);
        QCOMPARE(state.kind, Kind::Refused);
        QCOMPARE(state.detail, u"PAP is AMBER."_s);
    }
    void offlineWithNothingStoredOffersToQueue()
    {
        DatasetSituation s;
        s.sources = {source(u"rdap"_s, Pap::Amber, true)};
        s.network.mode = NetworkState::Mode::Offline;
        QCOMPARE(DatasetStates::judge(s).kind, Kind::Offline);
        s.network.mode = NetworkState::Mode::CacheOnly;
        QCOMPARE(DatasetStates::judge(s).steps, QList{NextStep::LeaveCacheOnly});
    }
    void aHeldNameIsReleasedByThePersonOnly()
    {
        auto s = asked(Outcome::Refused);
        s.error = Error{ErrorCode::Held, u"a\u202eb"_s};
        const auto state = DatasetStates::judge(s);
        QCOMPARE(state.steps, QList{NextStep::Release});
        QVERIFY(!state.detail.contains(QChar(0x202e)));
    }
    void everyStepHasAWord()
    {
        for (int i = 0; i <= int(NextStep::LeaveCacheOnly); ++i)
            QVERIFY(!DatasetStates::stepText(NextStep(i)).isEmpty());
    }
};

WG_TEST(tst_DatasetState)
#include "tst_datasetstate.moc"
