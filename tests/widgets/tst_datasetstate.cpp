// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/gate.h"
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
    void whatNobodyTellsIsNoMatterOfPermission()
    {
        DatasetSituation s;
        s.entity = {ArtifactKind::Domain, u"example.com"_s};
        s.dataset = Dataset::Network;
        s.sources = {source(u"files"_s, Pap::Red, true)};
        s.sources.first().info.asksOutside = false;
        s.network.mode = NetworkState::Mode::CacheOnly;
        QCOMPARE(DatasetStates::judge(s).kind, Kind::NoSource);
        QCOMPARE(DatasetStates::judge(s).sentence, u"No source tells this of a domain."_s);
        s.dataset = Dataset::Sightings;
        QVERIFY(DatasetStates::judge(s).detail.contains(u"import"));
        s.sources.append(source(u"ripestat"_s, Pap::Amber, false));
        QVERIFY(DatasetStates::judge(s).kind != Kind::NoSource);
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
    void aSourceThatVisitsTheTargetAsksForItsOwnConsent()
    {
        DatasetSituation s;
        s.entity = {ArtifactKind::Domain, u"example.com"_s};
        s.sources = {source(u"http"_s, Pap::Green, false), source(u"dns"_s, Pap::Green, false)};
        s.sources.last().enabled = false;
        s.parties = {{u"http"_s, u"the web server of example.com"_s, Pap::Green, false, {}, true},
                     {u"dns@9.9.9.9"_s, u"9.9.9.9"_s, Pap::Green, false, {}, true}};
        QCOMPARE(DatasetStates::lackingConsent(s), QStringList{u"http"_s});
        const auto state = DatasetStates::judge(s);
        QCOMPARE(state.kind, Kind::Consent);
        QVERIFY(state.detail.contains(u"the web server of example.com"));
        for (const auto &words : {state.sentence, state.detail, DatasetStates::whyConsent(s)}) {
            QVERIFY2(!words.contains(u"DNS") && !words.contains(u"9.9.9.9"), qPrintable(words));
        }
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
        s.checks.last().detail = u"live DNS needs your consent once: choose GREEN"_s;
        QVERIFY(DatasetStates::isOurRefusal(s, s.checks.last()));
        QVERIFY(!DatasetStates::isOurRefusal(s, s.checks.first()));
        QCOMPARE(DatasetStates::judge(s).sentence, u"rdap could not be reached."_s);
    }
    void allThatTheGateSaysIsKnownAsOurs_data()
    {
        QTest::addColumn<Policy>("policy");
        QTest::addColumn<Artifact>("about");
        const Artifact name{ArtifactKind::Domain, u"interfaxru.com"_s};
        Policy open;
        open.ceiling = Pap::Green;
        open.consents = {u"dns"_s};
        QTest::newRow("ceiling") << Policy{} << name;
        auto policy = open;
        policy.consents.clear();
        QTest::newRow("consent") << policy << name;
        policy = open;
        policy.cacheOnly = true;
        QTest::newRow("cache only") << policy << name;
        policy = open;
        policy.disabledSources = {u"dns"_s};
        QTest::newRow("switched off") << policy << name;
        policy = open;
        policy.withoutKey = {u"dns"_s};
        QTest::newRow("no key") << policy << name;
        policy = open;
        policy.proxy = QUrl(u"socks5://127.0.0.1:9050"_s);
        QTest::newRow("proxy") << policy << name;
        policy = open;
        policy.ownNames = {name.value};
        QTest::newRow("own name") << policy << name;
        QTest::newRow("private") << open << Artifact{ArtifactKind::Ipv4, u"10.0.0.1"_s};
        QTest::newRow("documentation") << open << Artifact{ArtifactKind::Ipv4, u"192.0.2.1"_s};
        QTest::newRow("victim") << open
                                << Artifact{ArtifactKind::Domain,
                                            u"3f2a9c7be1d04586a9f0c2d7e8b41a65.evil.com"_s};
    }
    void allThatTheGateSaysIsKnownAsOurs()
    {
        QFETCH(Policy, policy);
        QFETCH(Artifact, about);
        const auto permit =
            Gate(policy).ask({u"dns"_s, u"dns@9.9.9.9"_s, Pap::Green, about, Asker::Person});
        QVERIFY(!permit);
        auto s = asked(Outcome::Refused);
        s.sources = {source(u"dns"_s, Pap::Green, false)};
        s.checks.first().question.source = u"dns@9.9.9.9"_s;
        s.checks.first().detail = permit.error().detail;
        QVERIFY2(DatasetStates::isOurRefusal(s, s.checks.first()),
                 qPrintable(permit.error().detail));
    }
    void whatAResolverRefusedItselfStaysSaidWithoutConsent()
    {
        auto s = asked(Outcome::Refused);
        s.sources = {source(u"dns"_s, Pap::Green, false)};
        s.parties = {{u"dns@9.9.9.9"_s, u"9.9.9.9"_s, Pap::Green, false, {}, true}};
        s.checks.first().question.source = u"dns@9.9.9.9"_s;
        s.checks.first().detail = u"the resolver refused (REFUSED)"_s;
        QVERIFY(!DatasetStates::isOurRefusal(s, s.checks.first()));
        const auto state = DatasetStates::judge(s);
        QCOMPARE(state.kind, Kind::Consent);
        QCOMPARE(state.sentence, u"Live DNS may not be asked about example.com again."_s);
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
    void aReasonThatIsTheEntitysComesBeforeTheCeiling()
    {
        DatasetSituation s;
        s.entity = {ArtifactKind::Domain, u"example.com"_s};
        s.sources = {source(u"dns"_s, Pap::Green, false), source(u"rdap"_s, Pap::Amber, true)};
        s.parties = {{u"dns"_s, u"9.9.9.9"_s, Pap::Green, false, u"PAP is AMBER."_s, false},
                     {u"rdap"_s, u"ARIN"_s, Pap::Amber, false, u"reserved"_s, false}};
        QCOMPARE(DatasetStates::judge(s).detail, u"reserved"_s);
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
