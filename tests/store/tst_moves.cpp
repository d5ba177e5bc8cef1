// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace wg;
using namespace wg::test;

namespace {

const Artifact shop = domain(u"shop.example.com"_s);
const QString host = u"shop.example.com"_s;

void watch(Bench &bench, const QStringList &addresses)
{
    bench.journal(Verb::EyeOn, {shop});
    bench.dns(host, u"A"_s, addresses, Outcome::Complete, {}, Purpose::Baseline);
}

/// What the newest delta says of a record that went.
Vanished vanishedIn(const Bench &bench, const QString &value)
{
    for (const QuestionDelta &question : bench.deltas.constLast().questions) {
        for (const Vanished &vanished : question.vanished) {
            if (vanished.record.value.raw() == value)
                return vanished;
        }
    }
    qFatal("nothing vanished");
}

} // namespace

/// What the rules are told of a record whose absence is confirmed: which card told of its move, and
/// whether the name was rotating then.
class tst_Moves : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theConfirmedHalfOfAMoveKnowsItsCard();
    void aCardOfAnotherQuestionForetellsNothing();
    void aCardThatOnlyLostForetellsNothing();
    void aHiddenCardForetellsNothing();
    void theCardOfASharedRegistrationIsFoundByItsEye();
    void oneExchangeWasNoRotation();
    void membersThatWentWhileTheNameRotatedAreKnown();
};

void tst_Moves::theConfirmedHalfOfAMoveKnowsItsCard()
{
    Bench bench;
    watch(bench, {u"192.0.2.1"_s});
    const auto moved = bench.dns(host, u"A"_s, {u"192.0.2.2"_s});
    bench.dns(host, u"A"_s, {u"192.0.2.2"_s});
    QCOMPARE(moved.cards.size(), 1);
    QCOMPARE(vanishedIn(bench, u"192.0.2.1"_s).foretoldBy, moved.cards[0].id);
}

void tst_Moves::aCardOfAnotherQuestionForetellsNothing()
{
    Bench bench;
    watch(bench, {u"192.0.2.1"_s, u"192.0.2.2"_s});
    bench.dns(host, u"MX"_s, {u"a.example.com"_s});
    bench.clock.forward(hourMs);
    const QString source = u"dns@192.0.2.53"_s;
    const auto raised =
        bench.take({{shop,
                     source,
                     Purpose::Poll,
                     {bench.answer(host, u"A"_s, {u"192.0.2.2"_s}),
                      bench.answer(host, u"MX"_s, {u"a.example.com"_s, u"b.example.com"_s})}}});
    QCOMPARE(raised.cards.size(), 1);
    bench.dns(host, u"A"_s, {u"192.0.2.2"_s});
    QVERIFY(vanishedIn(bench, u"192.0.2.1"_s).foretoldBy.isNull());
}

void tst_Moves::aCardThatOnlyLostForetellsNothing()
{
    Bench bench;
    watch(bench, {u"192.0.2.1"_s, u"192.0.2.2"_s, u"192.0.2.3"_s});
    bench.dns(host, u"A"_s, {u"192.0.2.2"_s, u"192.0.2.3"_s});
    // This pass tells that .1 went, and is the first without .2.
    const auto lost = bench.dns(host, u"A"_s, {u"192.0.2.3"_s});
    QCOMPARE(lost.cards.size(), 1);
    bench.dns(host, u"A"_s, {u"192.0.2.3"_s});
    QVERIFY(vanishedIn(bench, u"192.0.2.2"_s).foretoldBy.isNull());
}

void tst_Moves::aHiddenCardForetellsNothing()
{
    Bench bench;
    watch(bench, {u"192.0.2.1"_s});
    const Judge loud = bench.rules.judge;
    bench.rules.judge = [&loud](const Delta &delta) {
        Verdict verdict = loud(delta);
        for (Card &card : verdict.cards) {
            card.state = CardState::Suppressed;
            card.hiddenBy = u"rotating"_s;
        }
        return verdict;
    };
    bench.dns(host, u"A"_s, {u"192.0.2.2"_s});
    bench.dns(host, u"A"_s, {u"192.0.2.2"_s});
    QVERIFY(vanishedIn(bench, u"192.0.2.1"_s).foretoldBy.isNull());
}

void tst_Moves::theCardOfASharedRegistrationIsFoundByItsEye()
{
    Bench bench;
    bench.journal(Verb::EyeOn, {shop});
    const Artifact owner = domain(u"example.com"_s);
    const auto whois = [&](const QString &server) {
        bench.clock.forward(dayMs);
        Observation answer;
        answer.question = {owner, Dataset::Whois, u"rdap"_s, u"domain"_s};
        answer.outcome = Outcome::Complete;
        answer.at = bench.clock.now();
        answer.records = {record(owner, Dataset::Whois, u"nameserver"_s, server)};
        return bench.take({{owner, u"rdap"_s, Purpose::Poll, {answer}}});
    };
    // The card of one eye is that eye's, not the registered domain's.
    bench.rules.judge = [judge = bench.rules.judge](const Delta &delta) {
        Verdict verdict = judge(delta);
        for (Card &card : verdict.cards)
            card.entity = card.concerns.constFirst();
        return verdict;
    };
    whois(u"ns1.example.net"_s);
    const auto moved = whois(u"ns2.example.net"_s);
    QCOMPARE(moved.cards.size(), 1);
    whois(u"ns2.example.net"_s);
    QCOMPARE(vanishedIn(bench, u"ns1.example.net"_s).foretoldBy, moved.cards[0].id);
}

void tst_Moves::oneExchangeWasNoRotation()
{
    Bench bench;
    watch(bench, {u"192.0.2.1"_s});
    for (int i = 0; i < 3; ++i)
        bench.dns(host, u"A"_s, {u"192.0.2.1"_s});
    bench.dns(host, u"A"_s, {u"192.0.2.2"_s});
    bench.dns(host, u"A"_s, {u"192.0.2.2"_s});
    QVERIFY(!vanishedIn(bench, u"192.0.2.1"_s).rotatedThen);
}

void tst_Moves::membersThatWentWhileTheNameRotatedAreKnown()
{
    Bench bench;
    watch(bench, {u"192.0.2.1"_s});
    bench.rules.confirmGapMs = 10 * hourMs;
    bench.rules.judge = [judge = bench.rules.judge](const Delta &delta) {
        Verdict verdict = judge(delta);
        verdict.gone.clear(); // nothing is confirmed while it rotates
        return verdict;
    };
    bench.dns(host, u"A"_s, {u"192.0.2.2"_s});
    bench.dns(host, u"A"_s, {u"192.0.2.3"_s});
    bench.dns(host, u"A"_s, {u"192.0.2.3"_s});
    QVERIFY(vanishedIn(bench, u"192.0.2.2"_s).rotatedThen);
    QVERIFY(!vanishedIn(bench, u"192.0.2.1"_s).rotatedThen);
}

WG_TEST(tst_Moves)

#include "tst_moves.moc"
