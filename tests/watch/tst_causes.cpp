// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/runner.h"
#include "watch/causes.h"
#include "watch/deltas.h"
#include "watch/judge.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace wg;
using namespace wg::test;

namespace {

const Entity name = domain("interfaxru.com");

Finding finding(ChangeKind kind, const char *type, const char *value = "x")
{
    Finding found;
    found.change.kind = kind;
    found.change.record = record(name, type, value);
    found.change.question = {name, found.change.record.dataset, u"dns@192.0.2.53"_s,
                             QString::fromLatin1(type)};
    (kind == ChangeKind::Removed ? found.change.before : found.change.after) =
        found.change.record.value;
    return found;
}

Finding field(ChangeKind kind, const char *type, const char *before, const char *after)
{
    Finding found = finding(kind, type);
    found.change.question.dataset = Dataset::Whois;
    found.change.before = UntrustedText::trusted(QString::fromLatin1(before));
    found.change.after = UntrustedText::trusted(QString::fromLatin1(after));
    return found;
}

QList<Cause> causesOf(const QList<Finding> &visible, const Delta &delta = pollOf(name))
{
    QList<Cause> causes;
    for (const Bundle &bundle : bundlesOf(delta, visible))
        causes.append(bundle.cause);
    return causes;
}

} // namespace

/// Which findings one card tells, and what it calls them.
class TstCauses : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachStoryIsACardOfItsOwn()
    {
        const auto causes = causesOf(
            {finding(ChangeKind::Added, "A"), finding(ChangeKind::Added, "NS"),
             finding(ChangeKind::Removed, "MX"), finding(ChangeKind::Added, "TXT", "v=spf1 -all")});
        QCOMPARE(causes, (QList<Cause>{Cause::NameServers, Cause::Mail, Cause::NewRecords}));
    }

    void aTextThatIsNoMailPolicyIsARecord()
    {
        QCOMPARE(causesOf({finding(ChangeKind::Added, "TXT", "hello")}), {Cause::NewRecords});
    }

    void kindsOfRecordsNameTheirCause()
    {
        QCOMPARE(causesOf({finding(ChangeKind::Returned, "A")}), {Cause::Returned});
        QCOMPARE(causesOf({finding(ChangeKind::Removed, "A")}), {Cause::GoneRecords});
        QCOMPARE(causesOf({finding(ChangeKind::Added, "A"), finding(ChangeKind::Removed, "A")}),
                 {Cause::Mixed});
    }

    void anotherRegistrarIsATransferButANewlyPublishedOneIsNot()
    {
        QCOMPARE(causesOf({field(ChangeKind::Modified, "registrar", "Old Ltd", "New Ltd")}),
                 {Cause::Transfer});
        QCOMPARE(causesOf({field(ChangeKind::Added, "registrant", "", "Ada")}),
                 {Cause::Registration});
        QCOMPARE(causesOf({field(ChangeKind::Removed, "registrant", "Ada", "")}),
                 {Cause::Registration});
    }

    void onlyALaterExpiryIsARenewal()
    {
        const char *now = "2026-01-01T00:00:00Z";
        const char *next = "2027-01-01T00:00:00Z";
        QCOMPARE(causesOf({field(ChangeKind::Modified, "expires", now, next)}), {Cause::Renewal});
        QCOMPARE(causesOf({field(ChangeKind::Modified, "expires", next, now)}),
                 {Cause::Registration});
        QCOMPARE(causesOf({field(ChangeKind::Modified, "expires", now, next),
                           field(ChangeKind::Modified, "status", "ok", "hold")}),
                 {Cause::Registration});
        QCOMPARE(causesOf({field(ChangeKind::Added, "expires", "", next)}), {Cause::Registration});
    }

    void otherNameServersAtTheRegistryAreCalledSo()
    {
        QCOMPARE(causesOf({field(ChangeKind::Added, "nameserver", "", "ns1.example.net"),
                           field(ChangeKind::Removed, "nameserver", "ns1.example.com", "")}),
                 {Cause::NameServers});
    }

    void oneWordForThePassTakesEverything()
    {
        Delta off = pollOf(name);
        off.whileOff = true;
        const QList<Finding> mixed{finding(ChangeKind::Added, "A"),
                                   finding(ChangeKind::Added, "NS")};
        QCOMPARE(causesOf(mixed, off), {Cause::WhileOff});
        Delta import = pollOf(name);
        import.purpose = Purpose::Import;
        QCOMPARE(causesOf(mixed, import), {Cause::Imported});
        QList<Finding> stale = mixed;
        stale[1].sinceLastAsked = true;
        QCOMPARE(causesOf(stale), {Cause::SinceLastAsked});
    }

    void aNameIsGoneOnlyWhenNothingElseIsTold()
    {
        Finding gone = finding(ChangeKind::Removed, "A");
        gone.nameGone = true;
        QCOMPARE(causesOf({gone, finding(ChangeKind::Removed, "MX")}), {Cause::NameGone});
        QVERIFY(!causesOf({gone, finding(ChangeKind::Added, "TXT")}).contains(Cause::NameGone));
    }

    void aForeignNetworkWeighsMore()
    {
        Finding near = finding(ChangeKind::Added, "A");
        Finding far = near;
        far.newNetwork = true;
        QVERIFY(weightOf(Cause::NewRecords, {far}) > weightOf(Cause::NewRecords, {near}));
        QVERIFY(weightOf(Cause::Transfer, {far}) <= 100);
    }

    void aNoisyEyeDoesNotSilenceWhatOthersShareWithIt()
    {
        Delta delta = pollOf(name);
        delta.questions[0].appeared.append(appeared(record(name, "A", "203.0.113.9")));
        delta.eyes.append(delta.eyes.first());
        delta.eyes[0].cardsToday = 500;
        QCOMPARE(judge(delta).cards.size(), 1);
        QCOMPARE(judge(delta).cards[0].state, CardState::New);
        delta.eyes[1].cardsToday = stormLimit;
        QCOMPARE(judge(delta).cards[0].hiddenBy, QString(rules::storm));
    }

    void aStormIsOneCardADayAndCountsItsCards()
    {
        Delta delta = pollOf(name);
        delta.eyes[0].cardsToday = stormLimit;
        delta.questions[0].appeared.append(appeared(record(name, "A", "203.0.113.9")));
        const Card first = judge(delta).cards.last();
        QCOMPARE(first.cause, Cause::Storm);
        QCOMPARE(first.changeCount, stormLimit + 1);
        delta.questions[0].appeared[0] = appeared(record(name, "A", "203.0.113.10"));
        delta.at = delta.at + minuteMs;
        QCOMPARE(judge(delta).cards.last().id, first.id);
        delta.at = delta.at + dayMs;
        QVERIFY(judge(delta).cards.last().id != first.id);
    }

    void whatARuleHidesKeepsItsCause()
    {
        Delta delta = pollOf(name);
        delta.questions[0].vanished.append(vanished(record(name, "A", "192.0.2.7"), day0 - hourMs));
        delta.eyes[0].hides = {{Dataset::Resolutions, u"A"_s}};
        const Verdict verdict = judge(delta);
        QCOMPARE(verdict.cards.size(), 1);
        QCOMPARE(verdict.cards[0].state, CardState::Suppressed);
        QCOMPARE(verdict.cards[0].hiddenBy, u"hide resolutions A"_s);
        QCOMPARE(verdict.cards[0].cause, Cause::GoneRecords);
        QCOMPARE(verdict.gone.size(), 1);
    }
};

WG_TEST(TstCauses)
#include "tst_causes.moc"
