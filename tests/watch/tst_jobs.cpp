// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/runner.h"
#include "watch/deltas.h"
#include "watch/jobs.h"

#include <QTest>

using namespace wg;
using namespace wg::test;

namespace {

Answered answer(int usable, int unreachable, int refused)
{
    Answered answer;
    answer.usable = usable;
    answer.unreachable = unreachable;
    answer.refused = refused;
    answer.detail = QString::number(unreachable) + QString::number(refused);
    return answer;
}

} // namespace

/// Orders that wait for several answers.
class TstJobs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLookUpIsDoneWhenSealedAndAllHaveAnswered()
    {
        std::optional<AskSummary> told;
        AskJob job(domain("example.com"), [&](const AskSummary &summary) { told = summary; });
        job.expect();
        job.expect();
        job.expect();
        job.answered(answer(1, 1, 0));
        job.sealed();
        job.answered(answer(0, 1, 1));
        QVERIFY(!told);
        job.answered(answer(0, 0, 1));
        QVERIFY(told);
        QCOMPARE(told->asked, 3);
        QCOMPARE(told->usable, 1);
        QCOMPARE(told->unreachable, 1);
        QCOMPARE(told->refused, 1);
        QCOMPARE(told->detail, QStringLiteral("11"));
    }

    void theSourceThatDecidesGivesTheReason()
    {
        std::optional<AskSummary> told;
        AskJob job(domain("example.com"), [&](const AskSummary &summary) { told = summary; });
        Answered refused = answer(0, 0, 1);
        refused.source = QStringLiteral("dns@192.0.2.53");
        Answered malformed = answer(0, 1, 0);
        malformed.source = QStringLiteral("rdap");
        malformed.notUnderstood = 1;
        for (const Answered &each : {refused, malformed}) {
            job.expect();
            job.answered(each);
        }
        job.sealed();
        QCOMPARE(told->unreachable, 0);
        QCOMPARE(told->notUnderstood, 1);
        QCOMPARE(told->refused, 1);
        QCOMPARE(told->source, QStringLiteral("rdap"));
        QCOMPARE(told->detail, malformed.detail);
    }

    void whoisStandsInForTheRdapThatIsNotThere()
    {
        std::optional<AskSummary> told;
        AskJob job(domain("example.at"), [&](const AskSummary &summary) { told = summary; });
        for (const char *source : {"rdap", "whois"}) {
            Answered refused = answer(0, 0, 1);
            refused.source = QString::fromLatin1(source);
            refused.detail = refused.source + QStringLiteral(" said");
            job.expect();
            job.answered(refused);
        }
        job.sealed();
        QCOMPARE(told->refused, 2);
        QCOMPARE(told->source, QStringLiteral("whois"));
        QCOMPARE(told->detail, QStringLiteral("whois said"));
    }

    void whoFoundNothingToAskCountsForNobody()
    {
        std::optional<AskSummary> told;
        AskJob job(domain("example.com"), [&](const AskSummary &summary) { told = summary; });
        Answered silent = answer(0, 0, 0);
        silent.detail.clear();
        Answered refused = answer(0, 0, 1);
        for (const Answered &each : {silent, refused}) {
            job.expect();
            job.answered(each);
        }
        job.sealed();
        QCOMPARE(told->asked, 1);
        QCOMPARE(told->refused, 1);
        QCOMPARE(told->detail, refused.detail);
        std::optional<BaselineJob::Outcomes> baseline;
        BaselineJob first([&](const BaselineJob::Outcomes &outcomes) { baseline = outcomes; });
        first.expect();
        first.answered(silent);
        first.sealed();
        QCOMPARE(baseline->asked, 0);
    }

    void aLookUpOfNobodyIsDoneAtOnce()
    {
        int told = 0;
        AskJob job(domain("example.com"), [&](const AskSummary &) { ++told; });
        job.sealed();
        QCOMPARE(told, 1);
    }

    void aBaselineCountsItsFirstAnswers()
    {
        std::optional<BaselineJob::Outcomes> told;
        BaselineJob job([&](const BaselineJob::Outcomes &outcomes) { told = outcomes; });
        job.expect();
        job.expect();
        job.sealed();
        job.answered(answer(2, 0, 0));
        job.answered(answer(0, 0, 3));
        QVERIFY(told);
        QCOMPARE(told->asked, 2);
        QCOMPARE(told->usable, 1);
        QCOMPARE(told->refused, 1);
    }

    void aPollCountsEyesNotSources()
    {
        std::optional<PollJob::Tally> told;
        PollJob job;
        job.addWaiter([&](const PollJob::Tally &tally) { told = tally; });
        job.expect({0, 7});
        job.expect({7});
        const QList<Artifact> eyes{domain("a.example.com"), domain("b.example.com")};
        QVERIFY(!job.strike(3));
        QVERIFY(job.strike(0));
        QVERIFY(!job.strike(0));
        QVERIFY(!job.isDone());
        QVERIFY(job.strike(7));
        QVERIFY(job.isDone());
        for (const Artifact &eye : eyes)
            job.checked(eye);
        job.checked(domain("a.example.com"));
        job.failed(domain("b.example.com"));
        Card shared;
        shared.entity = domain("example.com");
        shared.concerns = eyes;
        Card own;
        own.entity = domain("a.example.com");
        IngestReport report;
        report.cards = {shared, own};
        report.amendedFor = {domain("b.example.com"), domain("c.example.com")};
        job.told(report);
        job.finish();
        QCOMPARE(told->checked, 2);
        QCOMPARE(told->changed, 3);
        QCOMPARE(told->alerts, 2);
        QCOMPARE(told->failed, 1);
    }
};

WG_TEST(TstJobs)
#include "tst_jobs.moc"
