// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/cardlist.h"
#include "items/changetable.h"
#include "support/runner.h"
#include "widgets/desktest.h"
#include "widgets/inboxpage.h"
#include "widgets/stilltable.h"

#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QProgressBar>
#include <QScrollBar>
#include <QSignalSpy>
#include <QStatusBar>
#include <QTabBar>
#include <QToolButton>

using namespace wg;
using namespace wg::test;
using namespace Qt::StringLiterals;

class tst_InboxPage : public QObject
{
    Q_OBJECT

    static QListView *inbox(Desk &desk)
    {
        desk.window->run(Command::GoInbox);
        auto *list = desk.find<QListView>(u"Inbox"_s);
        [&] { QTRY_VERIFY(list->model()->rowCount() > 0); }();
        list->setFocus();
        return list;
    }
    static CardListModel *model(QListView *list)
    {
        return qobject_cast<CardListModel *>(list->model());
    }

private Q_SLOTS:
    void theFirstCardIsChosenAndShownInFull()
    {
        Desk desk;
        auto *list = inbox(desk);
        QCOMPARE(list->currentIndex().row(), 0);
        auto *changes = desk.find<StillTable>(u"Changes"_s);
        QVERIFY(changes);
        QTRY_COMPARE(changes->model()->rowCount(), 3);
        QCOMPARE(changes->model()->index(0, 4).data().toString(), u"new in the world"_s);
    }
    void eAcknowledgesAndMovesOn()
    {
        Desk desk;
        auto *list = inbox(desk);
        desk.key(Qt::Key_E);
        QVERIFY(desk.ordered(u"acknowledge 1"_s));
        QCOMPARE(list->currentIndex().row(), 1);
        QTRY_COMPARE(model(list)->cardAt(0)->state, CardState::Acknowledged);
        QCOMPARE(list->model()->rowCount(), 24);
        desk.key(Qt::Key_U);
        QVERIFY(desk.ordered(u"undo"_s));
        QTRY_COMPARE(model(list)->cardAt(0)->state, CardState::New);
    }
    void aStormOffersToHideItsLikeAndAnyCardDoesByItsKey()
    {
        Desk desk;
        auto *list = inbox(desk);
        desk.key(Qt::Key_H);
        QVERIFY(desk.ordered(u"hide like %1"_s.arg(model(list)->cardAt(0)->id.data1)));
        auto *offer = desk.find<QToolButton>(u"Hide changes like these"_s);
        QVERIFY(!offer || !offer->isVisible());
        int storm = 0;
        while (model(list)->cardAt(storm)->cause != Cause::Storm)
            ++storm;
        list->setCurrentIndex(model(list)->index(storm, 0));
        QTRY_VERIFY((offer = desk.find<QToolButton>(u"Hide changes like these"_s))
                    && offer->isVisible());
        offer->click();
        QVERIFY(desk.ordered(u"hide like %1"_s.arg(model(list)->cardAt(storm)->id.data1)));
    }
    void aGroupIsNamedByItsSizeAndListsItsMembers()
    {
        Desk desk;
        auto *list = inbox(desk);
        int row = 0;
        while (model(list)->cardAt(row)->groupSize < 2)
            ++row;
        list->setCurrentIndex(model(list)->index(row, 0));
        const auto labels = desk.window->findChildren<QLabel *>();
        QTRY_VERIFY(std::any_of(labels.cbegin(), labels.cend(), [](const QLabel *label) {
            return label->isVisible() && label->text() == u"14 watched domains"_s;
        }));
        QVERIFY(list->currentIndex()
                    .data(Qt::AccessibleTextRole)
                    .toString()
                    .startsWith(u"14 watched domains"_s));
    }
    void aSideOfTheChangesThatIsEmptyLeavesItsRoom()
    {
        Desk desk([](Script &script) {
            fillDesk(script);
            for (auto &card : script.cards) {
                card.changes = {card.changes.first()};
                card.changeCount = 1;
            }
        });
        inbox(desk);
        auto *changes = desk.find<StillTable>(u"Changes"_s);
        QTRY_COMPARE(changes->model()->rowCount(), 1);
        QVERIFY(changes->isColumnHidden(ChangeTableModel::Before));
        QVERIFY(!changes->isColumnHidden(ChangeTableModel::After));
    }
    void manyAreAcknowledgedAtOnce()
    {
        Desk desk;
        auto *list = inbox(desk);
        list->selectAll();
        desk.key(Qt::Key_E);
        QVERIFY(desk.ordered(u"acknowledge 24"_s));
    }
    void whatIsDoneIsCountedAsItIsListed()
    {
        Desk desk;
        auto *list = inbox(desk);
        list->setCurrentIndex(list->model()->index(2, 0)); // 14 watched domains in one row
        desk.key(Qt::Key_E);
        QTRY_VERIFY(desk.find<QToolButton>(u"Hide 1 done"_s));
        desk.key(Qt::Key_E);
        QTRY_VERIFY(desk.find<QToolButton>(u"Hide 2 done"_s));
        desk.key(Qt::Key_U);
        QTRY_VERIFY(desk.find<QToolButton>(u"Hide 1 done"_s));
    }
    void aNarrowWindowShowsBothSidesOfAChange()
    {
        Desk desk;
        desk.window->resize(900, 700);
        auto *list = inbox(desk);
        auto *changes = desk.find<StillTable>(u"Changes"_s);
        QTRY_COMPARE(changes->model()->rowCount(), 3);
        const int character = changes->fontMetrics().averageCharWidth();
        QVERIFY(changes->columnWidth(ChangeTableModel::Before) >= 20 * character);
        QVERIFY(changes->columnWidth(ChangeTableModel::After) >= 20 * character);
        QVERIFY(changes->horizontalScrollBar()->maximum() == 0);
        const int narrow = list->width();
        desk.window->resize(1280, 800);
        QTRY_VERIFY(list->width() > narrow);
    }
    void aNarrowWindowScrollsNoListOfACard()
    {
        Desk desk;
        desk.window->resize(760, 560);
        (void)inbox(desk);
        auto *last = desk.find<QListView>(u"Last cards"_s);
        QTRY_VERIFY(last && last->model()->rowCount() > 2);
        QTRY_COMPARE(last->horizontalScrollBar()->maximum(), 0);
        QCOMPARE(last->verticalScrollBar()->maximum(), 0);
        auto *changes = desk.find<StillTable>(u"Changes"_s);
        QTRY_COMPARE(changes->model()->rowCount(), 3);
        QTRY_COMPARE(changes->verticalScrollBar()->maximum(), 0); // whatever stands below its rows
    }
    void jAndKMove()
    {
        Desk desk;
        auto *list = inbox(desk);
        desk.key(Qt::Key_J);
        desk.key(Qt::Key_J);
        QCOMPARE(list->currentIndex().row(), 2);
        desk.key(Qt::Key_K);
        QCOMPARE(list->currentIndex().row(), 1);
        desk.key(Qt::Key_K);
        desk.key(Qt::Key_K);
        QCOMPARE(list->currentIndex().row(), 0);
    }
    void sOffersTimesAndTheNextDifferentChange()
    {
        Desk desk;
        inbox(desk);
        desk.key(Qt::Key_S);
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        QVERIFY(menu);
        QVERIFY(menu->actions().size() >= 4);
        menu->actions().at(2)->trigger();
        QVERIFY(desk.ordered(u"snooze 1 next change"_s));
        menu->close();
    }
    void aNewCardAppearsAtTheTopWithoutMovingTheSelection()
    {
        Desk desk;
        auto *list = inbox(desk);
        list->setCurrentIndex(list->model()->index(3, 0));
        const auto chosen = model(list)->cardAt(3)->id;
        Q_EMIT desk.actions->cardsRaised({madeUpCard(1000)});
        QCOMPARE(list->model()->rowCount(), 25);
        QCOMPARE(model(list)->cardAt(list->currentIndex().row())->id, chosen);
        QCOMPARE(model(list)->cardAt(0)->row, 1000);
    }
    void aNotificationShowsItsCard()
    {
        Desk desk;
        const auto card = script().cards.at(7).id;
        desk.window->showCard(card);
        auto *list = desk.find<QListView>(u"Inbox"_s);
        QTRY_VERIFY(model(list)->cardAt(list->currentIndex().row()));
        QTRY_COMPARE(model(list)->cardAt(list->currentIndex().row())->id, card);
    }
    void aNotificationOfADoneCardShowsItBesideTheList()
    {
        Desk desk;
        auto &card = script().cards[7];
        card.state = CardState::Acknowledged;
        desk.window->showCard(card.id);
        auto *list = desk.find<QListView>(u"Inbox"_s);
        QTRY_COMPARE(list->model()->rowCount(), 23);
        auto *name = desk.find<QToolButton>(card.entity.value);
        QVERIFY(name || QTest::qWaitFor([&] {
                    return (name = desk.find<QToolButton>(card.entity.value)) != nullptr;
                }));
        QVERIFY(!list->selectionModel()->hasSelection());
        desk.key(Qt::Key_E); // acts on what is shown
        QVERIFY(desk.ordered(u"acknowledge 1"_s));
        QCOMPARE(list->currentIndex().row(), 0);
    }
    void aNotificationShowsItsCardThoughNothingIsNew()
    {
        Desk desk;
        for (auto &card : script().cards)
            card.state = CardState::Acknowledged;
        const auto card = script().cards.at(2);
        desk.window->showCard(card.id);
        QTRY_VERIFY(desk.find<QToolButton>(card.entity.value));
        QVERIFY(!desk.find<QWidget>(u"Nothing new."_s));
    }
    void allSelectedAreAcknowledgedAlsoThoseNotYetRead()
    {
        Desk desk([](Script &s) {
            fillDesk(s);
            s.manyCards = 2'000;
        });
        auto *list = inbox(desk);
        QTRY_COMPARE(list->model()->rowCount(), 2'000);
        list->selectAll();
        desk.key(Qt::Key_E);
        QTRY_VERIFY(desk.ordered(u"acknowledge 2000"_s));
    }
    void anOrderEndsThoughItsTabIsClosed()
    {
        Desk desk([](Script &s) {
            fillDesk(s);
            s.manyCards = 12'000;
        });
        auto *list = inbox(desk);
        const QPointer<Page> page = desk.window->currentPage();
        QTRY_COMPARE(list->model()->rowCount(), 12'000);
        list->selectAll();
        desk.key(Qt::Key_E);
        auto *bar = desk.find<QProgressBar>(u"Progress"_s);
        QVERIFY(bar);
        desk.window->run(Command::CloseTab);
        QVERIFY(page && !page->isVisible() && bar->isVisible());
        Q_EMIT desk.window->currentPage()->worked({}); // another page's end
        QVERIFY(bar->isVisible());
        QTRY_VERIFY(desk.ordered(u"acknowledge 12000"_s));
        QTRY_VERIFY(!page && !bar->isVisible());
        QVERIFY(desk.window->statusBar()->currentMessage().contains(u"acknowledged"));
    }
    void aWidthSetByHandStaysInAnotherWindowAndForAnotherCard()
    {
        Desk desk;
        auto *list = inbox(desk);
        auto *changes = desk.find<StillTable>(u"Changes"_s);
        QTRY_COMPARE(changes->model()->rowCount(), 3);
        const int set = changes->fontMetrics().averageCharWidth() * 13;
        QVERIFY(changes->columnWidth(ChangeTableModel::What) != set);
        changes->setColumnWidth(ChangeTableModel::What, set);
        desk.window->resize(1400, 800);
        QTRY_VERIFY(desk.window->width() == 1400);
        QCOMPARE(changes->columnWidth(ChangeTableModel::What), set);
        list->setCurrentIndex(list->model()->index(3, 0));
        QTRY_VERIFY(changes->model()->rowCount() > 0);
        QCOMPARE(changes->columnWidth(ChangeTableModel::What), set);
    }
    void mTogglesTheEyeOfTheCard()
    {
        Desk desk;
        inbox(desk);
        desk.key(Qt::Key_M);
        QTRY_VERIFY(desk.ordered(u"eye off interfaxru.com"_s));
        desk.key(Qt::Key_M);
        QTRY_VERIFY(desk.ordered(u"eye on interfaxru.com"_s));
    }
    void aNewCardDoesNotMoveWhatOneReads()
    {
        Desk desk;
        auto *list = inbox(desk);
        list->verticalScrollBar()->setValue(77);
        const auto top = list->indexAt(QPoint(1, 1)).data(CardListModel::IdRole);
        const int at = list->visualRect(list->indexAt(QPoint(1, 1))).top();
        Q_EMIT desk.actions->cardsRaised({madeUpCard(1000), madeUpCard(1001)});
        QCOMPARE(list->indexAt(QPoint(1, 1)).data(CardListModel::IdRole), top);
        QCOMPARE(list->visualRect(list->indexAt(QPoint(1, 1))).top(), at);
    }
    void theSnoozeTimeIsReachedByArrowKeys()
    {
        Desk desk;
        inbox(desk);
        desk.key(Qt::Key_S);
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        QVERIFY(menu);
        for (int i = 0; i < 3; ++i)
            QTest::keyClick(menu, Qt::Key_Down);
        auto *focus = menu->focusWidget();
        QVERIFY(focus && focus->accessibleName() == u"Snooze until");
        menu->activeAction()->trigger();
        QVERIFY(desk.ordered(u"snooze 1 until"_s));
        menu->close();
    }
    void enterOpensTheEntityWithoutAsking()
    {
        Desk desk;
        inbox(desk);
        desk.key(Qt::Key_Return);
        QTRY_COMPARE(desk.window->currentPage()->title(), u"interfaxru.com"_s);
        QVERIFY(!script().orders.join(u' ').contains(u"lookup"));
    }
    void emptyAndFailedAreDesignedStates()
    {
        {
            Desk desk([](Script &) {});
            desk.window->run(Command::GoInbox);
            QTRY_VERIFY(desk.find<QWidget>(u"Nothing new."_s));
        }
        Desk desk([](Script &s) { s.readError = Error{ErrorCode::Failed, u"disk"_s}; });
        desk.window->run(Command::GoInbox);
        QTRY_VERIFY(desk.find<QWidget>(u"The cards could not be read."_s));
    }
    void aMillionCardsAreScrolledLikeFew()
    {
        Desk desk([](Script &s) {
            fillDesk(s);
            s.manyCards = 1'000'000;
        });
        auto *list = inbox(desk);
        QTRY_COMPARE(list->model()->rowCount(), 1'000'000);
        desk.key(Qt::Key_End);
        QTRY_VERIFY(model(list)->cardAt(999'999));
        QCOMPARE(model(list)->cardAt(999'999)->row, 1);
        list->scrollTo(list->model()->index(777'777, 0));
        QTRY_VERIFY(model(list)->cardAt(777'777));
        QCOMPARE(model(list)->cardAt(777'777)->row, 1'000'000 - 777'777);
    }
};

WG_TEST(tst_InboxPage)
#include "tst_inboxpage.moc"
