// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/runner.h"
#include "watch/membership.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace wg;

/// Whose question is asked for an address's sake.
class TstMembership : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void registriesNameAssignmentsAndAllocations_data()
    {
        QTest::addColumn<bool>("assignment");
        for (const char *type :
             {"ASSIGNED PA", "assigned pi", "ASSIGNED PORTABLE", "ASSIGNED NON-PORTABLE",
              "DIRECT ASSIGNMENT", "REASSIGNMENT", "assigned", "reassigned"})
            QTest::newRow(type) << true;
        for (const char *type :
             {"ALLOCATED PA", "SUB-ALLOCATED PA", "ALLOCATED-ASSIGNED PA", "DIRECT ALLOCATION",
              "REALLOCATION", "ALLOCATED PORTABLE", "allocated", "LEGACY", "AGGREGATED-BY-LIR", ""})
            QTest::newRow(type) << false;
    }
    void registriesNameAssignmentsAndAllocations()
    {
        QFETCH(bool, assignment);
        HeldNetwork held;
        held.type = QString::fromLatin1(QTest::currentDataTag());
        QCOMPARE(held.isAssignment(), assignment);
    }

    void anAddressThatWasToldItsNetworkIsAMemberForAMonth()
    {
        hold(true, u"allocated pa"_s);
        asked(m_network, 1);
        asked(m_address, 20);
        const auto member = membership();
        QVERIFY(member);
        QCOMPARE(member->network, m_network);
        QCOMPARE(member->since, m_now - 20 * dayMs);
        QVERIFY(!member->asksItself);
        asked(m_address, 31);
        QVERIFY(membership()->asksItself);
        asked(m_address, -1); // before the clock was set back
        QVERIFY(membership()->asksItself);
    }

    void anAddressWhoseOwnQuestionFailedAsksItAgain()
    {
        hold(true, u"assigned pa"_s);
        asked(m_network, 1);
        asked(m_address, 0, Outcome::Unreachable);
        QVERIFY(membership()->asksItself);
    }

    void anAddressThatWasNeverAskedIsAMemberOfAssignmentsAlone()
    {
        asked(m_network, 1);
        hold(false, u"assigned pa"_s);
        QVERIFY(membership());
        QCOMPARE(membership()->since, m_expected);
        m_expected = m_now - 31 * dayMs;
        QVERIFY(membership()->asksItself);
        hold(false, u"allocated pa"_s);
        QVERIFY(!membership());
    }

    void anAddressThatWasAskedInVainIsNoMember()
    {
        hold(false, u"assigned pa"_s);
        asked(m_network, 1);
        asked(m_address, 2, Outcome::Unreachable);
        QVERIFY(!membership());
    }

    void aNetworkMustHaveBeenAskedItselfAndBeThere()
    {
        hold(true, u"assigned pa"_s);
        asked(m_address, 1);
        QVERIFY(!membership());
        for (const auto outcome : {Outcome::Empty, Outcome::SuspiciousEmpty}) {
            asked(m_network, 1, outcome);
            QVERIFY(!membership());
        }
        for (const auto outcome : {Outcome::Complete, Outcome::Truncated, Outcome::Unreachable,
                                   Outcome::Refused, Outcome::Malformed}) {
            asked(m_network, 1, outcome);
            QVERIFY(membership());
        }
    }

    void cleanup()
    {
        m_before = {};
        m_expected = m_now;
    }

private:
    void hold(bool told, const QString &type)
    {
        m_before.networks.insert(m_address, {m_address, m_network, told, type});
    }

    void asked(const Artifact &artifact, int daysAgo, Outcome outcome = Outcome::Complete)
    {
        const int failures = isUsable(outcome) ? 0 : 1;
        m_before.newest.insert(
            {artifact, registrySource},
            {artifact, registrySource, m_now - daysAgo * dayMs, outcome, failures, {}});
    }

    [[nodiscard]] std::optional<Membership> membership() const
    {
        return membershipIn(m_before, m_address, m_expected, m_now);
    }

    const Artifact m_address{ArtifactKind::Ipv4, u"198.51.100.7"_s};
    const Artifact m_network{ArtifactKind::Cidr, u"198.51.100.0/24"_s};
    const Instant m_now{1'790'000'000'000};
    Instant m_expected = m_now;
    AskedBefore m_before;
};

WG_TEST(TstMembership)
#include "tst_membership.moc"
