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

/// The eye on, its baseline taken, and off again.
void watchAndStop(Bench &bench)
{
    bench.journal(Verb::EyeOn, {shop});
    bench.dns(host, u"A"_s, {u"192.0.2.1"_s}, Outcome::Complete, {}, Purpose::Baseline);
    bench.journal(Verb::EyeOff, {shop});
}

QStringList told(const QList<Card> &cards)
{
    QStringList words;
    for (const Card &card : cards) {
        for (const Change &change : card.changes)
            words.append(changeKindName(change.kind) + u' '
                         + (change.after.isEmpty() ? change.before : change.after).raw());
    }
    words.sort();
    return words;
}

Observation whois(const Bench &bench, const Artifact &asked, const QString &registrar)
{
    Observation answer;
    answer.question = {asked, Dataset::Whois, u"rdap"_s, u"domain"_s};
    answer.outcome = Outcome::Complete;
    answer.at = bench.clock.now();
    Record fact = record(asked, Dataset::Whois, u"registrar"_s, registrar);
    fact.identity = Identity::Type;
    answer.records = {fact};
    return answer;
}

} // namespace

/// An eye that was off and is on again by an undo tells what came in meanwhile.
class tst_WhileOff : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatDiffersIsToldOnce();
    void whatCameAndWentIsNotTold();
    void aNewBaselineTellsNothing();
    void ofTwoSourcesTheFirstTells();
    void theRegistrationOfAHostIsItsOwn();
    void namesOfAnAddressAreReadFromHistory();
    void aSnoozeEndsWithWhatChangedMeanwhile();
};

void tst_WhileOff::whatDiffersIsToldOnce()
{
    Bench bench;
    watchAndStop(bench);
    bench.dns(host, u"A"_s, {u"192.0.2.2"_s}, Outcome::Complete, {}, Purpose::Person);
    bench.dns(host, u"A"_s, {u"192.0.2.2"_s}, Outcome::Complete, {}, Purpose::Person);
    QCOMPARE(bench.cards().size(), 0);
    const JournalReport undone = bench.journal(Verb::Undo, {});
    QVERIFY(undone.baselineKept);
    QCOMPARE(undone.raised.size(), 1);
    QCOMPARE(told(undone.raised), (QStringList{u"added 192.0.2.2"_s, u"removed 192.0.2.1"_s}));
    QVERIFY(bench.deltas.constLast().whileOff);
    QCOMPARE(bench.deltas.constLast().eyes.size(), 1);
    QCOMPARE(bench.cards().size(), 1);
    bench.journal(Verb::EyeOff, {shop});
    QCOMPARE(bench.journal(Verb::Undo, {}).raised.size(), 0);
    QCOMPARE(bench.cards().size(), 1);
    QCOMPARE(*bench.reader->integrity(), QStringList{u"ok"_s});
}

void tst_WhileOff::whatCameAndWentIsNotTold()
{
    Bench bench;
    watchAndStop(bench);
    const QStringList both{u"192.0.2.1"_s, u"192.0.2.2"_s};
    bench.dns(host, u"A"_s, both);
    bench.dns(host, u"A"_s, {u"192.0.2.1"_s});
    bench.dns(host, u"A"_s, {u"192.0.2.1"_s});
    QCOMPARE(bench.journal(Verb::Undo, {}).raised.size(), 0);
}

void tst_WhileOff::aNewBaselineTellsNothing()
{
    Bench bench;
    watchAndStop(bench);
    bench.dns(host, u"A"_s, {u"192.0.2.1"_s, u"192.0.2.2"_s}, Outcome::Complete, {},
              Purpose::Person);
    QCOMPARE(bench.journal(Verb::EyeOn, {shop}).raised.size(), 0);
    QCOMPARE(bench.cards().size(), 0);
}

void tst_WhileOff::ofTwoSourcesTheFirstTells()
{
    Bench bench;
    watchAndStop(bench);
    bench.dns(host, u"A"_s, {u"192.0.2.1"_s, u"192.0.2.2"_s});
    Observation old = bench.answer(host, u"A"_s, {u"192.0.2.2"_s});
    old.question.source = u"mnemonic"_s;
    old.presence = Presence::Historical;
    bench.take({{shop, u"mnemonic"_s, Purpose::Person, {old}}});
    bench.journal(Verb::Undo, {});
    const Delta delta = bench.deltas.constLast();
    QCOMPARE(delta.questions.size(), 2);
    for (const QuestionDelta &question : delta.questions) {
        const bool live = question.answer.presence == Presence::Current;
        QCOMPARE(question.appeared.size(), 1);
        QCOMPARE(question.appeared[0].saidByOthers, !live);
        QVERIFY(question.appeared[0].toldAt);
        QCOMPARE(question.answer.question.source, live ? u"dns@192.0.2.53"_s : u"mnemonic"_s);
    }
}

void tst_WhileOff::theRegistrationOfAHostIsItsOwn()
{
    Bench bench;
    const Artifact owner = domain(u"example.com"_s);
    bench.journal(Verb::EyeOn, {shop});
    bench.take({{owner, u"rdap"_s, Purpose::Baseline, {whois(bench, owner, u"Old Ltd"_s)}}});
    bench.journal(Verb::EyeOff, {shop});
    bench.clock.forward(dayMs);
    bench.take({{owner, u"rdap"_s, Purpose::Poll, {whois(bench, owner, u"New Ltd"_s)}}});
    const JournalReport undone = bench.journal(Verb::Undo, {});
    QCOMPARE(undone.raised.size(), 1);
    QCOMPARE(told(undone.raised), QStringList{u"modified New Ltd"_s});
    QCOMPARE(undone.raised[0].changes[0].question.asked, owner);
}

void tst_WhileOff::namesOfAnAddressAreReadFromHistory()
{
    Bench bench;
    const Artifact ip = address(u"192.0.2.9"_s);
    bench.journal(Verb::EyeOn, {ip});
    bench.journal(Verb::EyeOff, {ip});
    // Live DNS of some other name is no answer about the address; passive DNS is.
    bench.dns(u"live.example.com"_s, u"A"_s, {u"192.0.2.9"_s});
    Observation old = bench.answer(u"old.example.com"_s, u"A"_s, {u"192.0.2.9"_s});
    old.question = {ip, Dataset::Resolutions, u"mnemonic"_s, u"names"_s};
    old.presence = Presence::Historical;
    bench.take({{ip, u"mnemonic"_s, Purpose::Person, {old}}});
    const JournalReport undone = bench.journal(Verb::Undo, {});
    QCOMPARE(undone.raised.size(), 1);
    QCOMPARE(undone.raised[0].changes.size(), 1);
    QCOMPARE(undone.raised[0].changes[0].record.owner, domain(u"old.example.com"_s));
    QCOMPARE(undone.raised[0].changes[0].question.text, u"names"_s);
}

void tst_WhileOff::aSnoozeEndsWithWhatChangedMeanwhile()
{
    Bench bench;
    bench.journal(Verb::EyeOn, {shop});
    bench.dns(host, u"A"_s, {u"192.0.2.1"_s}, Outcome::Complete, {}, Purpose::Baseline);
    bench.dns(host, u"A"_s, {u"192.0.2.1"_s, u"192.0.2.3"_s});
    const QUuid first = bench.cards().constFirst().id;
    bench.journal(Verb::CardsSnooze, {}, {first}, R"({"until":null})");
    bench.journal(Verb::EyeOff, {shop});
    bench.dns(host, u"A"_s, {u"192.0.2.1"_s, u"192.0.2.3"_s, u"192.0.2.4"_s});
    bench.journal(Verb::Undo, {});
    QCOMPARE(bench.cards().size(), 2);
    QCOMPARE(bench.reader->card(first)->state, CardState::New);
}

WG_TEST(tst_WhileOff)

#include "tst_whileoff.moc"
