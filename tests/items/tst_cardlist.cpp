// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/cardlist.h"
#include "items/fakereader.h"
#include "support/runner.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>
#include <numeric>

using namespace wg;
using namespace wg::test;

class tst_CardList : public QObject
{
    Q_OBJECT

    static void showNew(CardListModel &model, int rows)
    {
        CardQuery query;
        query.states = {CardState::New};
        model.show(query);
        QTRY_COMPARE(model.rowCount(), rows);
    }
    static void acknowledge(FakeReader &reader, int first, int end)
    {
        for (int i = first; i < end; ++i)
            reader.stored[i].state = CardState::Acknowledged;
    }
    static QSet<QUuid> asSet(const QList<QUuid> &ids) { return {ids.begin(), ids.end()}; }
    static QSet<QUuid> idsBetween(const FakeReader &reader, int first, int end)
    {
        QSet<QUuid> ids;
        for (int i = first; i < end; ++i)
            ids.insert(reader.stored.at(i).id);
        return ids;
    }

private Q_SLOTS:
    void anEmptyInboxIsShownAsEmpty()
    {
        FakeReader reader;
        CardListModel model(reader);
        QAbstractItemModelTester tester(&model);
        QSignalSpy shown(&model, &CardListModel::shown);
        model.show({});
        QVERIFY(shown.wait());
        QCOMPARE(model.rowCount(), 0);
        QVERIFY(!model.canFetchMore({}));
    }
    void failuresAreTold()
    {
        FakeReader reader;
        reader.error = Error{ErrorCode::Failed, QStringLiteral("disk")};
        CardListModel model(reader);
        QSignalSpy failed(&model, &CardListModel::failed);
        model.show({});
        QVERIFY(failed.wait());
        QVERIFY(!model.isReading());
    }
    void longListsShowTheirFirstPartAndGrowToTheirEndByThemselves()
    {
        FakeReader reader;
        reader.stored = cardsOf(250'000);
        CardListModel model(reader);
        QList<int> counts;
        connect(&model, &QAbstractItemModel::rowsInserted, this,
                [&] { counts.append(model.rowCount()); });
        model.show({});
        QTRY_COMPARE(model.rowCount(), 250'000);
        const QList<int> expected{256, CardListModel::firstRows, 209'984, 250'000};
        QCOMPARE(counts, expected);
        QVERIFY(!model.canFetchMore({}));
        QCOMPARE(model.total(), 250'000);
    }
    void growingThatFailedIsTriedAgainAtTheEnd()
    {
        FakeReader reader;
        reader.stored = cardsOf(1'000);
        CardListModel model(reader);
        const QSignalSpy shown(&model, &CardListModel::shown);
        model.show({});
        reader.error = Error{ErrorCode::Failed, QStringLiteral("disk")}; // behind the first page
        QTRY_VERIFY(model.canFetchMore({}));
        QCOMPARE(shown.size(), 1);
        QCOMPARE(model.rowCount(), 256);
        reader.error.reset();
        model.fetchMore({});
        QTRY_COMPARE(model.rowCount(), 1'000);
        QVERIFY(!model.canFetchMore({}));
    }
    void aRowIsReadWhenItIsSeen()
    {
        FakeReader reader;
        reader.stored = cardsOf(5'000);
        CardListModel model(reader);
        model.show({});
        QTRY_COMPARE(model.rowCount(), 5'000);
        for (const int row : {4'999, 0, 2'560, 2'559, 255, 256}) {
            QVERIFY(row < 256 || !model.cardAt(row) || model.cardAt(row)->row == 5'000 - row);
            model.index(row, 0).data(CardListModel::LoadedRole);
            QTRY_VERIFY(model.cardAt(row));
            QCOMPARE(model.cardAt(row)->row, 5'000 - row);
        }
    }
    void whatIsReadAheadIsNotPaintedAgain()
    {
        FakeReader reader;
        reader.stored = cardsOf(5'000);
        CardListModel model(reader);
        model.show({});
        QTRY_COMPARE(model.rowCount(), 5'000);
        const QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        const auto ask = [&model](int row) { model.index(row, 0).data(CardListModel::LoadedRole); };
        ask(2'700);
        QTRY_VERIFY(model.cardAt(2'700));
        QVERIFY(!model.cardAt(2'900));
        ask(2'800); // near the end of its page
        QTRY_VERIFY(model.cardAt(2'900));
        QCOMPARE(changed.size(), 1);
        ask(3'900);
        QTRY_VERIFY(model.cardAt(3'900));
        ask(3'900); // near the beginning
        ask(3'700); // read ahead, but seen before it came
        QTRY_VERIFY(model.cardAt(3'700));
        QCOMPARE(changed.size(), 3);
    }
    void aLongJumpDoesNotReadWhatLiesBetween()
    {
        FakeReader reader;
        reader.stored = cardsOf(10'000);
        CardListModel model(reader);
        model.show({});
        QTRY_COMPARE(model.rowCount(), 10'000);
        reader.cardQueries.clear();
        model.index(9'000, 0).data(CardListModel::LoadedRole);
        QTRY_VERIFY(model.cardAt(9'000));
        QVERIFY(reader.cardQueries.size() <= 2);
    }
    void memoryStaysBoundWhileScrolling()
    {
        FakeReader reader;
        reader.stored = cardsOf(10'240);
        CardListModel model(reader);
        model.show({});
        QTRY_COMPARE(model.rowCount(), 10'240);
        for (int row = 0; row < 10'240; row += 128) {
            model.index(row, 0).data(CardListModel::LoadedRole);
            QTRY_VERIFY(model.cardAt(row));
        }
        int loaded = 0;
        for (int row = 0; row < model.rowCount(); ++row)
            loaded += model.cardAt(row) ? 1 : 0;
        QVERIFY(loaded <= 25 * 256);
    }
    void aNewCardAppearsAtTheTopOnce()
    {
        FakeReader reader;
        reader.stored = cardsOf(3);
        CardListModel model(reader);
        QAbstractItemModelTester tester(&model);
        model.show({});
        QTRY_COMPARE(model.rowCount(), 3);
        const QPersistentModelIndex chosen = model.index(1, 0);
        model.raise({cardOf(4)});
        model.raise({cardOf(4)});
        QCOMPARE(model.rowCount(), 4);
        QCOMPARE(model.cardAt(0)->row, 4);
        QCOMPARE(chosen.row(), 2);
        QCOMPARE(model.total(), 4);
    }
    void whatDoesNotFitTheQueryIsNotRaised()
    {
        FakeReader reader;
        CardListModel model(reader);
        CardQuery query;
        query.states = {CardState::Snoozed};
        model.show(query);
        QTRY_VERIFY(!model.isReading());
        model.raise({cardOf(1)});
        QCOMPARE(model.rowCount(), 0);
        auto snoozed = cardOf(2);
        snoozed.state = CardState::Snoozed;
        model.raise({snoozed});
        QCOMPARE(model.rowCount(), 1);
    }
    void theSameChangeElsewhereJoinsItsGroup()
    {
        FakeReader reader;
        CardListModel model(reader);
        CardQuery query;
        query.grouped = true;
        model.show(query);
        QTRY_VERIFY(!model.isReading());
        auto first = cardOf(1);
        first.group = QUuid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        auto second = cardOf(2);
        second.group = first.group;
        second.groupSize = 2;
        model.raise({first, second});
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.cardAt(0)->groupSize, 2);
    }
    void aCardThatTurnsOutToBeOfAGroupLeavesOneRow()
    {
        FakeReader reader;
        CardListModel model(reader);
        QAbstractItemModelTester tester(&model);
        CardQuery query;
        query.grouped = true;
        model.show(query);
        QTRY_VERIFY(!model.isReading());
        auto alone = cardOf(1);
        auto second = cardOf(2);
        second.group = QUuid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        model.raise({alone, second});
        QCOMPARE(model.rowCount(), 2);
        alone.group = second.group;
        reader.stored = {second, alone};
        model.refresh(0, 1);
        QTRY_COMPARE(model.rowCount(), 1);
        QCOMPARE(model.total(), 1);
    }
    void anAcknowledgedCardKeepsItsPlace()
    {
        FakeReader reader;
        reader.stored = cardsOf(5);
        CardListModel model(reader);
        CardQuery query;
        query.states = {CardState::New};
        model.show(query);
        QTRY_COMPARE(model.rowCount(), 5);
        reader.stored[2].state = CardState::Acknowledged;
        model.refresh(0, 4);
        QTRY_COMPARE(model.cardAt(2)->state, CardState::Acknowledged);
        QCOMPARE(model.rowCount(), 5);
    }
    void aPageThatShrankShowsNothingTwice()
    {
        FakeReader reader;
        reader.stored = cardsOf(1'000);
        CardListModel model(reader);
        QAbstractItemModelTester tester(&model);
        CardQuery query;
        query.states = {CardState::New};
        model.show(query);
        QTRY_COMPARE(model.rowCount(), 1'000);
        for (int i = 300; i < 310; ++i)
            reader.stored[i].state = CardState::Acknowledged;
        model.index(300, 0).data(CardListModel::LoadedRole);
        QTRY_COMPARE(model.rowCount(), 990);
        QSet<qint64> seen;
        for (int row = 0; row < 990; ++row) {
            model.index(row, 0).data(CardListModel::LoadedRole);
            QTRY_VERIFY(model.cardAt(row));
            seen.insert(model.cardAt(row)->row);
        }
        QCOMPARE(seen.size(), 990);
    }
    void idsOfRowsNeverSeenAreReadWhenTheyAreWanted()
    {
        FakeReader reader;
        reader.stored = cardsOf(1'000);
        CardListModel model(reader);
        model.show({});
        QTRY_COMPARE(model.rowCount(), 1'000);
        QVERIFY(!model.cardAt(900));
        QList<QUuid> told;
        model.ids({0, 255, 256, 900, 999},
                  [&told](const Result<QList<QUuid>> &ids) { told = *ids; });
        QTRY_COMPARE(told.size(), 5);
        for (const int row : {0, 255, 256, 900, 999})
            QVERIFY(told.contains(reader.stored.at(row).id));
        told.clear();
        model.ids({1, 2}, [&told](const Result<QList<QUuid>> &ids) { told = *ids; });
        QCOMPARE(told.size(), 2); // loaded: at once
    }
    void aPageChosenWholeLosesWhatLeftTheQueryAndGainsNothingOfTheNext()
    {
        FakeReader reader;
        reader.stored = cardsOf(1'000);
        CardListModel model(reader);
        showNew(model, 1'000);
        acknowledge(reader, 0, 10);
        model.refresh(600, 610); // scrolled away: the first page is no longer loaded
        QVERIFY(!model.cardAt(0));
        QList<int> rows(261);
        std::iota(rows.begin(), rows.end(), 0);
        QList<QUuid> told;
        model.ids(rows, [&told](const Result<QList<QUuid>> &ids) { told = *ids; });
        QTRY_VERIFY(!told.isEmpty());
        QCOMPARE(asSet(told), idsBetween(reader, 10, 261));
        QCOMPARE(told.size(), 251);
    }
    void singleRowsMeanTheCardsThatTheyShowed()
    {
        FakeReader reader;
        reader.stored = cardsOf(1'000);
        CardListModel model(reader);
        showNew(model, 1'000);
        acknowledge(reader, 0, 10);
        model.refresh(600, 610);
        QVERIFY(!model.cardAt(0));
        QList<QUuid> told;
        model.ids({12, 13, 14}, [&told](const Result<QList<QUuid>> &ids) { told = *ids; });
        QTRY_COMPARE(asSet(told), idsBetween(reader, 12, 15));
    }
    void whatIsChosenStaysChosenWhenItsPageComesBackShorter()
    {
        FakeReader reader;
        reader.stored = cardsOf(1'000);
        CardListModel model(reader);
        QAbstractItemModelTester tester(&model);
        showNew(model, 1'000);
        const QPersistentModelIndex above = model.index(2, 0);
        const QPersistentModelIndex gone = model.index(4, 0);
        const QPersistentModelIndex below = model.index(20, 0);
        acknowledge(reader, 3, 6);
        acknowledge(reader, 15, 18);
        model.refresh(600, 610);
        model.index(0, 0).data(CardListModel::LoadedRole);
        QTRY_COMPARE(model.rowCount(), 994);
        QVERIFY(!gone.isValid());
        QCOMPARE(above.data(CardListModel::IdRole).toUuid(), reader.stored.at(2).id);
        QCOMPARE(below.row(), 14);
        QCOMPARE(below.data(CardListModel::IdRole).toUuid(), reader.stored.at(20).id);
    }
    void idsThatCannotBeReadAreTold()
    {
        FakeReader reader;
        reader.stored = cardsOf(1'000);
        CardListModel model(reader);
        model.show({});
        QTRY_COMPARE(model.rowCount(), 1'000);
        reader.error = Error{ErrorCode::Failed, QStringLiteral("disk")};
        QString told;
        model.ids({900}, [&told](const Result<QList<QUuid>> &ids) { told = ids.error().detail; });
        QTRY_COMPARE(told, QStringLiteral("disk"));
    }
    void whatWasChosenIsToldThoughTheListShowsSomethingElseByThen()
    {
        FakeReader reader;
        reader.stored = cardsOf(1'000);
        CardListModel model(reader);
        model.show({});
        QTRY_COMPARE(model.rowCount(), 1'000);
        QList<QUuid> told;
        model.ids({0, 900, 999}, [&told](const Result<QList<QUuid>> &ids) { told = *ids; });
        CardQuery none;
        none.states = {CardState::Snoozed};
        model.show(none);
        QTRY_COMPARE(told.size(), 3);
        QVERIFY(told.contains(reader.stored.at(900).id));
    }
    void theTipOfACardIsSeveralLines()
    {
        FakeReader reader;
        reader.stored = cardsOf(1);
        CardListModel model(reader);
        model.show({});
        QTRY_COMPARE(model.rowCount(), 1);
        const auto tip = model.index(0, 0).data(Qt::ToolTipRole).toString();
        QVERIFY(tip.contains(QStringLiteral("<br/>")));
        QVERIFY(!tip.contains(QStringLiteral("U+000A")));
    }
    void anAnswerToAnOlderQueryIsDropped()
    {
        FakeReader reader;
        reader.stored = cardsOf(10);
        CardListModel model(reader);
        model.show({});
        CardQuery none;
        none.states = {CardState::Snoozed};
        model.show(none);
        QSignalSpy shown(&model, &CardListModel::shown);
        QVERIFY(shown.wait());
        QCOMPARE(model.rowCount(), 0);
    }
};

WG_TEST(tst_CardList)
#include "tst_cardlist.moc"
