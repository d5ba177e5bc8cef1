// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench.h"
#include "core/ids.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace wg;
using namespace wg::test;

Q_DECLARE_METATYPE(wg::Engine)

/// Pages, anchors, groups and states of cards.
class tst_Cards : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theSameChangeOnManyNamesIsOneGroup_data();
    void theSameChangeOnManyNamesIsOneGroup();
    void twoDaysLaterAnotherGroupBegins();
    void theSameEntityAgainStandsAlone();
    void pagesGoByKeyInBothDirections();
    void filtersNarrowByEntityDatasetDayAndState();
    void anchorsNameTheLastCardOfEveryPage();
    void aSnoozeWithoutATimeEndsWithTheNextCard();
    void aSnoozeOutlastsTheSameChange();
    void aSnoozedGroupWakesAsOne();
    void aGroupIsPutBackAsItWas();
    void aSnoozeUntilATimeWakes();
    void cardsAreToldOnce();
    void amendmentsJoinTheirCard();
    void suppressedCardsAreCountedApart();

private:
    /// Cards of a judge that makes one card a pass, with the given state.
    static IngestReport raise(Bench &bench, const QString &name, CardState state = CardState::New,
                              const QString &what = u"change"_s);
};

IngestReport tst_Cards::raise(Bench &bench, const QString &name, CardState state,
                              const QString &what)
{
    bench.rules.judge = [state, what](const Delta &delta) {
        Card card;
        card.id = contentUuid(delta.asked.value.toUtf8() + QByteArray::number(delta.at.ms));
        card.entity = delta.asked;
        card.concerns = {delta.asked};
        card.datasets = {delta.questions[0].answer.question.dataset};
        card.detectedAt = delta.at;
        card.source = delta.source;
        card.state = state;
        card.hiddenBy = state == CardState::Suppressed ? u"backfill"_s : QString();
        card.signature = recordId(record(domain(u"sum"_s), Dataset::Dns, u"sum"_s, what));
        Verdict verdict;
        verdict.cards = {card};
        return verdict;
    };
    static int serial = 0;
    return bench.dns(name, u"A"_s, {u"192.0.2.%1"_s.arg(serial++ % 250)});
}

void tst_Cards::theSameChangeOnManyNamesIsOneGroup_data()
{
    QTest::addColumn<Engine>("engine");
    QTest::newRow("sqlite") << Engine::Sqlite;
    QTest::newRow("postgres") << Engine::Postgres;
}

void tst_Cards::theSameChangeOnManyNamesIsOneGroup()
{
    QFETCH(Engine, engine);
    Bench bench(engine);
    QList<QUuid> ids;
    for (int i = 0; i < 14; ++i)
        ids.append(raise(bench, u"host%1.example.com"_s.arg(i)).cards[0].id);
    CardQuery grouped;
    grouped.grouped = true;
    const auto page = *bench.reader->cards(grouped);
    QCOMPARE(page.total, 1);
    QCOMPARE(page.cards.size(), 1);
    QCOMPARE(page.cards[0].groupSize, 14);
    QCOMPARE(page.cards[0].id, ids.constLast());
    QCOMPARE(bench.cards().size(), 14);
    QCOMPARE(bench.cards()[13].group, page.cards[0].group);
    QCOMPARE(*bench.reader->openCards(), 1);
    // One acknowledgement is enough, and one undo.
    QCOMPARE(bench.journal(Verb::CardsAcknowledge, {}, {ids[3]}).cards.size(), 14);
    QCOMPARE(*bench.reader->openCards(), 0);
    QCOMPARE(bench.journal(Verb::Undo, {}).cards.size(), 14);
    QCOMPARE(*bench.reader->openCards(), 1);
    QCOMPARE(*bench.reader->integrity(), QStringList{u"ok"_s});
}

void tst_Cards::twoDaysLaterAnotherGroupBegins()
{
    Bench bench;
    raise(bench, u"a.example.com"_s);
    raise(bench, u"b.example.com"_s);
    bench.clock.forward(49 * hourMs);
    raise(bench, u"c.example.com"_s);
    raise(bench, u"d.example.com"_s);
    const auto cards = bench.cards();
    QCOMPARE(cards.size(), 4);
    QVERIFY(!cards[0].group.isNull());
    QCOMPARE(cards[0].group, cards[1].group);
    QCOMPARE(cards[2].group, cards[3].group);
    QVERIFY(cards[0].group != cards[2].group);
    QCOMPARE(cards[0].groupSize, 2);
}

void tst_Cards::theSameEntityAgainStandsAlone()
{
    Bench bench;
    raise(bench, u"a.example.com"_s);
    raise(bench, u"a.example.com"_s);
    QVERIFY(bench.cards()[0].group.isNull());
    raise(bench, u"b.example.com"_s);
    raise(bench, u"a.example.com"_s);
    const auto cards = bench.cards();
    QVERIFY(cards[0].group.isNull());
    QCOMPARE(cards[1].groupSize, 2);
    CardQuery grouped;
    grouped.grouped = true;
    QCOMPARE(bench.cards(grouped).size(), 3);
    QCOMPARE(*bench.reader->integrity(), QStringList{u"ok"_s});
}

void tst_Cards::pagesGoByKeyInBothDirections()
{
    Bench bench;
    for (int i = 0; i < 25; ++i)
        raise(bench, u"h%1.example.com"_s.arg(i),
              i % 5 == 0 ? CardState::Suppressed : CardState::New, QString::number(i));
    CardQuery query;
    query.limit = 8;
    QList<qint64> seen;
    for (;;) {
        const auto page = *bench.reader->cards(query);
        QCOMPARE(page.total, 20);
        if (page.cards.isEmpty())
            break;
        for (const Card &card : page.cards)
            seen.append(card.row);
        query.beforeRow = seen.constLast();
    }
    QCOMPARE(seen.size(), 20);
    QVERIFY(std::is_sorted(seen.begin(), seen.end(), std::greater<>()));
    CardQuery newer;
    newer.afterRow = seen[5];
    const auto cards = bench.cards(newer);
    QCOMPARE(cards.size(), 5);
    QCOMPARE(cards[0].row, seen[4]);
    QCOMPARE(cards[4].row, seen[0]);
}

void tst_Cards::filtersNarrowByEntityDatasetDayAndState()
{
    Bench bench;
    const auto first = raise(bench, u"a.example.com"_s, CardState::New, u"1"_s);
    const QString day = toDay(bench.clock.now());
    bench.clock.forward(2 * dayMs);
    raise(bench, u"a.example.com"_s, CardState::New, u"2"_s);
    raise(bench, u"b.example.com"_s, CardState::Suppressed, u"3"_s);
    bench.journal(Verb::CardsAcknowledge, {}, {first.cards[0].id});
    CardQuery query;
    query.entity = domain(u"a.example.com"_s);
    QCOMPARE(bench.cards(query).size(), 2);
    QCOMPARE(bench.reader->cards(query)->total, 2);
    query.states = {CardState::Acknowledged};
    QCOMPARE(bench.cards(query).size(), 1);
    query.states = {};
    query.day = day;
    QCOMPARE(bench.cards(query).size(), 1);
    QCOMPARE(bench.cards(query)[0].id, first.cards[0].id);
    query.dataset = Dataset::Whois;
    QCOMPARE(bench.cards(query).size(), 0);
    CardQuery byDay;
    byDay.day = day;
    QCOMPARE(bench.cards(byDay).size(), 1);
    byDay.day = u"no day"_s;
    QCOMPARE(bench.cards(byDay).size(), 0);
    CardQuery byDataset;
    byDataset.dataset = Dataset::Resolutions;
    QCOMPARE(bench.cards(byDataset).size(), 2);
    byDataset.states = {CardState::Suppressed};
    QCOMPARE(bench.cards(byDataset).size(), 1);
    QCOMPARE(bench.cards(byDataset)[0].hiddenBy, u"backfill"_s);
    CardQuery unknown;
    unknown.entity = domain(u"nobody.example"_s);
    QCOMPARE(bench.cards(unknown).size(), 0);
}

void tst_Cards::anchorsNameTheLastCardOfEveryPage()
{
    Bench bench;
    for (int i = 0; i < 23; ++i)
        raise(bench, u"h%1.example.com"_s.arg(i), CardState::New, QString::number(i));
    bench.journal(Verb::CardsAcknowledge, {}, {bench.cards()[4].id, bench.cards()[9].id});
    const auto anchors = *bench.reader->cardAnchors({}, 5, 1000);
    QCOMPARE(anchors.counted, 23);
    QCOMPARE(anchors.rows.size(), 4);
    const auto all = bench.cards();
    for (int i = 0; i < 4; ++i)
        QCOMPARE(anchors.rows[i], all[5 * (i + 1) - 1].row);
    QCOMPARE(bench.reader->cardAnchors({}, 5, 11)->counted, 11);
    CardQuery query;
    query.entity = domain(u"h3.example.com"_s);
    QCOMPARE(bench.reader->cardAnchors(query, 1, 100)->rows.size(), 1);
}

void tst_Cards::aSnoozeWithoutATimeEndsWithTheNextCard()
{
    Bench bench;
    const auto first = raise(bench, u"a.example.com"_s, CardState::New, u"1"_s).cards[0];
    bench.journal(Verb::CardsSnooze, {}, {first.id}, R"({"until":null})");
    QCOMPARE(bench.reader->card(first.id)->state, CardState::Snoozed);
    raise(bench, u"b.example.com"_s, CardState::New, u"2"_s);
    raise(bench, u"a.example.com"_s, CardState::Suppressed, u"3"_s);
    QCOMPARE(bench.reader->card(first.id)->state, CardState::Snoozed);
    raise(bench, u"a.example.com"_s, CardState::New, u"4"_s);
    QCOMPARE(bench.reader->card(first.id)->state, CardState::New);
    QCOMPARE(*bench.reader->integrity(), QStringList{u"ok"_s});
}

void tst_Cards::aSnoozeOutlastsTheSameChange()
{
    Bench bench;
    const auto first = raise(bench, u"a.example.com"_s, CardState::New, u"swing"_s).cards[0];
    bench.journal(Verb::CardsSnooze, {}, {first.id}, R"({"until":null})");
    raise(bench, u"a.example.com"_s, CardState::New, u"swing"_s);
    QCOMPARE(bench.reader->card(first.id)->state, CardState::Snoozed);
    raise(bench, u"a.example.com"_s, CardState::New, u"other"_s);
    QCOMPARE(bench.reader->card(first.id)->state, CardState::New);
}

void tst_Cards::aSnoozedGroupWakesAsOne()
{
    Bench bench;
    QList<QUuid> ids;
    for (const QString &name : {u"a.example.com"_s, u"b.example.com"_s, u"c.example.com"_s})
        ids.append(raise(bench, name).cards[0].id);
    QCOMPARE(bench.journal(Verb::CardsSnooze, {}, {ids[0]}, R"({"until":null})").cards.size(), 3);
    QCOMPARE(*bench.reader->openCards(), 0);
    // Its lead is another entity's card: were only this one woken, no list of groups would show it.
    raise(bench, u"a.example.com"_s, CardState::New, u"other"_s);
    for (const QUuid &id : std::as_const(ids))
        QCOMPARE(bench.reader->card(id)->state, CardState::New);
    QCOMPARE(*bench.reader->openCards(), 2);
    QCOMPARE(*bench.reader->integrity(), QStringList{u"ok"_s});
}

void tst_Cards::aGroupIsPutBackAsItWas()
{
    Bench bench;
    QList<QUuid> ids;
    for (const QString &name : {u"a.example.com"_s, u"b.example.com"_s})
        ids.append(raise(bench, name).cards[0].id);
    bench.journal(Verb::CardsSnooze, {}, {ids[1]}, R"({"until":null})");
    ids.append(raise(bench, u"c.example.com"_s).cards[0].id);
    QCOMPARE(bench.journal(Verb::CardsAcknowledge, {}, {ids[0]}).cards.size(), 3);
    QCOMPARE(bench.journal(Verb::Undo, {}).cards.size(), 3);
    QCOMPARE(bench.reader->card(ids[0])->state, CardState::Snoozed);
    QCOMPARE(bench.reader->card(ids[1])->state, CardState::Snoozed);
    QCOMPARE(bench.reader->card(ids[2])->state, CardState::New);
    QCOMPARE(*bench.reader->openCards(), 1);
}

void tst_Cards::aSnoozeUntilATimeWakes()
{
    Bench bench;
    const auto card = raise(bench, u"a.example.com"_s).cards[0];
    const Instant until = bench.clock.now() + dayMs;
    bench.journal(Verb::CardsSnooze, {}, {card.id},
                  R"({"until":)" + QByteArray::number(until.ms) + '}');
    QCOMPARE(*bench.reader->nextWake(), until);
    QCOMPARE(bench.reader->card(card.id)->snoozedUntil, until);
    QCOMPARE(bench.writer->wakeSnoozed(until - 1)->size(), 0);
    const auto woken = *bench.writer->wakeSnoozed(until);
    QCOMPARE(woken.size(), 1);
    QCOMPARE(woken[0].id, card.id);
    QCOMPARE(woken[0].state, CardState::New);
    QVERIFY(!*bench.reader->nextWake());
    QCOMPARE(bench.writer->wakeSnoozed(until)->size(), 0);
}

void tst_Cards::cardsAreToldOnce()
{
    Bench bench;
    const auto one = raise(bench, u"a.example.com"_s, CardState::New, u"1"_s).cards[0];
    raise(bench, u"b.example.com"_s, CardState::Suppressed, u"2"_s);
    const auto two = raise(bench, u"c.example.com"_s, CardState::New, u"3"_s).cards[0];
    QCOMPARE(bench.reader->unnotified(10)->size(), 2);
    QVERIFY(bench.writer->markNotified({one.id}).ok());
    bench.restart();
    const auto left = *bench.reader->unnotified(10);
    QCOMPARE(left.size(), 1);
    QCOMPARE(left[0].id, two.id);
    bench.journal(Verb::CardsAcknowledge, {}, {two.id});
    QCOMPARE(bench.reader->unnotified(10)->size(), 0);
}

void tst_Cards::amendmentsJoinTheirCard()
{
    Bench bench;
    const auto card = raise(bench, u"a.example.com"_s).cards[0];
    bench.journal(Verb::CardsAcknowledge, {}, {card.id});
    Change change;
    change.id = contentUuid("late");
    change.kind = ChangeKind::Removed;
    change.question = {domain(u"a.example.com"_s), Dataset::Resolutions, u"dns@192.0.2.53"_s,
                       u"A"_s};
    change.record =
        record(domain(u"a.example.com"_s), Dataset::Resolutions, u"A"_s, u"192.0.2.250"_s);
    bench.rules.judge = [&](const Delta &) {
        Verdict verdict;
        verdict.amendments = {{card.id, change}, {QUuid::createUuid(), change}};
        return verdict;
    };
    const auto report = bench.dns(u"a.example.com"_s, u"A"_s, {u"192.0.2.251"_s});
    QCOMPARE(report.amended, QList<QUuid>{card.id});
    const auto after = *bench.reader->card(card.id);
    QCOMPARE(after.state, CardState::Acknowledged);
    QCOMPARE(after.changeCount, 1);
    QCOMPARE(after.changes[0].id, change.id);
    bench.dns(u"a.example.com"_s, u"A"_s, {u"192.0.2.252"_s});
    QCOMPARE(bench.reader->card(card.id)->changeCount, 1);
}

void tst_Cards::suppressedCardsAreCountedApart()
{
    Bench bench;
    const auto report = raise(bench, u"a.example.com"_s, CardState::Suppressed);
    QCOMPARE(report.cards.size(), 0);
    QCOMPARE(report.changes, 0);
    QCOMPARE(*bench.reader->openCards(), 0);
    QCOMPARE(bench.reader->cards({})->total, 0);
    CardQuery hidden;
    hidden.states = {CardState::Suppressed};
    QCOMPARE(bench.reader->cards(hidden)->total, 1);
}

WG_TEST(tst_Cards)

#include "tst_cards.moc"
