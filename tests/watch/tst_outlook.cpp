// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/reader.h"
#include "support/runner.h"
#include "watch/outlook.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace wg;

namespace {

/// With the sources that are programmed.
Policy basicPolicy()
{
    Policy policy;
    policy.sources = Catalogue().infos();
    return policy;
}

SourceState stateOf(const QString &name, const Policy &policy,
                    const QList<SourceMemory> &memories = {})
{
    for (const SourceState &state : sourceStates(policy, memories)) {
        if (state.info.name == name)
            return state;
    }
    return {};
}

} // namespace

/// What is said of sources before they are asked.
class TstOutlook : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aGreenSourceNeedsTheCeilingAndItsConsent()
    {
        Policy policy = basicPolicy();
        QVERIFY(!stateOf(u"dns"_s, policy).permitted);
        policy.ceiling = Pap::Green;
        QVERIFY(!stateOf(u"dns"_s, policy).permitted);
        QVERIFY(!stateOf(u"dns"_s, policy).consented);
        policy.consents = {u"dns"_s};
        QVERIFY(stateOf(u"dns"_s, policy).permitted);
        QVERIFY(stateOf(u"rdap"_s, basicPolicy()).permitted);
    }

    void cacheOnlyStopsEverythingButFiles()
    {
        Policy policy = basicPolicy();
        policy.cacheOnly = true;
        for (const SourceState &state : sourceStates(policy, {})) {
            QCOMPARE(state.permitted, !state.info.asksOutside);
            QCOMPARE(state.whyNot.isEmpty(), state.permitted);
        }
    }

    void whatWasLastSeenOfASourceIsTold()
    {
        SourceMemory memory;
        memory.name = u"rdap"_s;
        memory.lastOutcome = Outcome::Unreachable;
        memory.lastAsked = {5000};
        memory.detail = u"gone"_s;
        memory.pausedUntil = Instant{9000};
        memory.lacking = {{u"names"_s, {u"id"_s, u"at"_s}}, {u"rows"_s, {u"id"_s}}};
        memory.lackingSince = Instant{4000};
        const SourceState state = stateOf(u"rdap"_s, basicPolicy(), {memory});
        QCOMPARE(state.lacking, (QStringList{u"at"_s, u"id"_s}));
        QCOMPARE(state.lackingSince, std::optional(Instant{4000}));
        QCOMPARE(state.lastOutcome, Outcome::Unreachable);
        QCOMPARE(state.lastDetail, u"gone"_s);
        QCOMPARE(state.pausedUntil->ms, 9000);
        QVERIFY(!stateOf(u"dns"_s, basicPolicy(), {memory}).lastOutcome);
    }

    void aSetIntervalReplacesTheSourcesOwn()
    {
        Policy policy = basicPolicy();
        policy.intervals.insert(u"dns"_s, 60'000);
        policy.intervals.insert(u"rdap"_s, 0);
        policy.confirmGapMs = 1000;
        const IngestRules rules = rulesFor(policy);
        QCOMPARE(rules.intervals.value(u"dns"_s), 60'000);
        QCOMPARE(rules.intervals.value(u"rdap"_s), dayMs);
        QCOMPARE(rules.confirmGapMs, 1000);
        QVERIFY(rules.judge);
    }

    void aMistypedSourceHasANearestOne()
    {
        const Policy policy = basicPolicy();
        QVERIFY(isKnownSource(policy, u"mnemonic"_s));
        QVERIFY(!isKnownSource(policy, u"mnemonics"_s));
        QCOMPARE(nearestSource(policy, u"mnenomic"_s), u"mnemonic"_s);
        QCOMPARE(nearestSource(policy, u"rdapp"_s), u"rdap"_s);
    }
};

WG_TEST(TstOutlook)
#include "tst_outlook.moc"
