// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/certificatetable.h"
#include "items/enrichedtable.h"
#include "items/facttable.h"
#include "support/runner.h"
#include "widgets/desktest.h"
#include "widgets/entitypage.h"
#include "widgets/stateview.h"
#include "widgets/stilltable.h"

#include <QAccessible>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QStatusBar>
#include <QTabBar>
#include <QToolButton>

using namespace wg;
using namespace wg::test;
using namespace Qt::StringLiterals;

class tst_EntityPage : public QObject
{
    Q_OBJECT

    static StillTable *resolutions(Desk &desk)
    {
        desk.window->openEntity(interfax);
        StillTable *table = nullptr;
        [&] { QTRY_VERIFY((table = desk.find<StillTable>(u"Resolutions"_s))); }();
        [&] { QTRY_COMPARE(table->model()->rowCount(), 41); }();
        return table;
    }

    static void withNothingInDns(Script &s)
    {
        fillDesk(s);
        CheckState check;
        check.question = {interfax, Dataset::Dns, u"mnemonic"_s, u"names"_s};
        check.outcome = Outcome::Empty;
        s.summaries[interfax].checks.append(check);
    }

private Q_SLOTS:
    void opensFromTheCacheWithoutAsking()
    {
        Desk desk;
        resolutions(desk);
        QVERIFY(!script().orders.join(u' ').contains(u"lookup"));
    }
    void whatIsAskedOnDemandIsAskedByAClickAlone()
    {
        Desk desk;
        auto &mnemonic = script().sources[2];
        mnemonic.info.onDemand = true;
        mnemonic.permitted = true;
        resolutions(desk);
        auto *link = desk.find<QToolButton>(u"Ask mnemonic"_s);
        QVERIFY(link || QTest::qWaitFor([&] {
                    return (link = desk.find<QToolButton>(u"Ask mnemonic"_s)) != nullptr;
                }));
        link->click();
        QVERIFY(desk.ordered(u"lookup interfaxru.com ask from mnemonic"_s));
    }
    void aDatasetThatOnlyAKeyWouldFillIsFoldedUntilThereIsOne()
    {
        Desk desk;
        SourceInfo keyed;
        keyed.name = u"keyed"_s;
        keyed.datasets = {Dataset::Malware};
        keyed.needsKey = keyed.takesKey = true;
        script().policy.sources.append(keyed);
        script().policy.withoutKey = {keyed.name};
        resolutions(desk);
        const auto *tabs = desk.find<QTabBar>(u"Datasets"_s);
        int malware = -1;
        for (int i = 0; i < tabs->count(); ++i)
            malware = tabs->tabText(i).startsWith(u"Malware"_s) ? i : malware;
        QVERIFY(malware > 0);
        QVERIFY(!tabs->isTabVisible(malware));
        script().policy.withoutKey.clear();
        Q_EMIT desk.actions->sourcesChanged();
        QTRY_VERIFY(tabs->isTabVisible(malware));
    }
    void theEyeIsAToggleWithTheNameOfTheEntity()
    {
        Desk desk;
        resolutions(desk);
        auto *eye = desk.find<QToolButton>(u"Watch interfaxru.com"_s);
        QVERIFY(eye && eye->isCheckable());
        QTRY_VERIFY(eye->isChecked());
        auto *face = QAccessible::queryAccessibleInterface(eye);
        QVERIFY(face->state().checkable && face->state().checked);
        desk.key(Qt::Key_Tab);
        desk.window->run(Command::ToggleEye);
        QVERIFY(desk.ordered(u"eye off interfaxru.com"_s));
        QTRY_VERIFY(!eye->isChecked());
        face->actionInterface()->doAction(face->actionInterface()->actionNames().value(0));
        QTRY_VERIFY(desk.ordered(u"eye on interfaxru.com"_s));
        QTRY_VERIFY(eye->isChecked());
    }
    void theBaselineIsHalfAnEye()
    {
        Desk desk([](Script &s) {
            fillDesk(s);
            s.summaries[interfax].baselineHave = 1;
        });
        resolutions(desk);
        auto *eye = desk.find<QToolButton>(u"Watch interfaxru.com"_s);
        QTRY_VERIFY(eye->text().contains(u"baseline 1 of 3"));
    }
    void datasetTabsAreNamedByTitle()
    {
        Desk desk;
        resolutions(desk);
        auto *tabs = desk.find<QTabBar>(u"Datasets"_s);
        QCOMPARE(tabs->accessibleTabName(0), u"Resolutions"_s);
        QCOMPARE(tabs->accessibleTabName(1), u"DNS"_s);
        QCOMPARE(tabs->accessibleTabName(2), u"WHOIS"_s);
        QTRY_VERIFY(tabs->tabText(0).contains(u"41") && tabs->tabText(0).contains(u"+1"));
        desk.window->run(Command::Dataset3);
        QCOMPARE(tabs->currentIndex(), 2);
        QTRY_VERIFY(desk.find<StillTable>(u"WHOIS"_s));
    }
    void cellsAreReachableByTheirValue()
    {
        Desk desk;
        auto *face = QAccessible::queryAccessibleInterface(resolutions(desk));
        QVERIFY(face && face->tableInterface());
        auto *cell = face->tableInterface()->cellAt(0, 0);
        QVERIFY(cell);
        QCOMPARE(cell->text(QAccessible::Name), u"98.126.38.107"_s);
    }
    void enterOpensAValueAndControlEnterInANewTab()
    {
        Desk desk;
        auto *table = resolutions(desk);
        table->setFocus();
        desk.window->run(Command::MoveDown);
        QTest::keyClick(table, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(desk.find<QTabBar>(u"Tabs"_s)->count(), 2);
        QVERIFY(desk.ordered(u"lookup 98.126.38.107 when stale"_s));
        desk.window->run(Command::PreviousTab);
        QTest::keyClick(table, Qt::Key_Return);
        QCOMPARE(desk.find<QTabBar>(u"Tabs"_s)->count(), 2);
        QCOMPARE(desk.window->currentPage()->title(), u"98.126.38.107"_s);
    }
    void copiesAreDefangedUnlessAsked()
    {
        Desk desk;
        auto *table = resolutions(desk);
        table->setFocus();
        desk.window->run(Command::MoveDown);
        desk.key(Qt::Key_Y);
        QCOMPARE(QApplication::clipboard()->text(), u"98[.]126[.]38[.]107"_s);
        desk.key(Qt::Key_Y, Qt::ShiftModifier);
        QCOMPARE(QApplication::clipboard()->text(), u"98.126.38.107"_s);
    }
    void slashFiltersAndRAsksAgain()
    {
        Desk desk;
        auto *table = resolutions(desk);
        table->setFocus();
        desk.key(Qt::Key_R);
        QVERIFY(desk.ordered(u"lookup interfaxru.com ask"_s));
        desk.key(Qt::Key_Slash);
        QCOMPARE(QApplication::focusWidget()->accessibleName(), u"Filter Resolutions"_s);
        QTest::keyClicks(QApplication::focusWidget(), u"203.0"_s);
        QTRY_COMPARE(table->model()->rowCount(), 1);
    }
    void sortingReadsTheWholeOrSaysWhyNot()
    {
        Desk desk([](Script &s) {
            fillDesk(s);
            auto &rows = s.facts[interfax][Dataset::Resolutions];
            const auto like = rows.first();
            for (int i = 0; i < 2'200; ++i) {
                rows.append(like);
                rows.last().record.value =
                    UntrustedText::fromString(u"10.0.%1.%2"_s.arg(i / 250).arg(i % 250));
            }
        });
        desk.window->openEntity(interfax);
        StillTable *table = nullptr;
        QTRY_VERIFY((table = desk.find<StillTable>(u"Resolutions"_s)));
        QTRY_COMPARE(table->model()->rowCount(), 500);
        table->horizontalHeader()->setSortIndicator(0, Qt::AscendingOrder);
        QTRY_COMPARE(table->model()->rowCount(), 2'241);
        QCOMPARE(table->model()->index(0, 0).data().toString(), u"10.0.0.0"_s);
    }
    void whatResolvesNowComesFirst()
    {
        Desk desk([](Script &s) {
            fillDesk(s);
            auto &rows = s.facts[interfax][Dataset::Resolutions];
            std::reverse(rows.begin(), rows.end());
        });
        auto *table = resolutions(desk);
        QTRY_COMPARE(table->horizontalHeader()->sortIndicatorSection(),
                     int(FactTableModel::LastSeen));
        const auto lastSeen = [table](int row) {
            return table->model()->index(row, FactTableModel::LastSeen).data().toString();
        };
        QCOMPARE(lastSeen(0), u"now"_s);
        QCOMPARE(lastSeen(1), u"now"_s);
        QVERIFY(lastSeen(2) > lastSeen(3));
    }
    void tooManyRowsAreNotSortedByHalf()
    {
        Desk desk([](Script &s) {
            fillDesk(s);
            auto &rows = s.facts[interfax][Dataset::Resolutions];
            rows.resize(20'001, rows.first());
        });
        desk.window->openEntity(interfax);
        StillTable *table = nullptr;
        QTRY_VERIFY((table = desk.find<StillTable>(u"Resolutions"_s)));
        QTRY_COMPARE(table->model()->rowCount(), 500);
        const auto first = table->model()->index(0, 0).data();
        table->horizontalHeader()->setSortIndicator(0, Qt::DescendingOrder);
        QCOMPARE(table->horizontalHeader()->sortIndicatorSection(), -1);
        QVERIFY(desk.window->statusBar()->currentMessage().contains(u"20,001"));
        QCOMPARE(table->model()->index(0, 0).data(), first);
    }
    void whatChangedIsAFilterWithAWayBack()
    {
        Desk desk;
        auto *table = resolutions(desk);
        QToolButton *news = nullptr;
        QTRY_VERIFY((news = desk.find<QToolButton>(u"Resolutions +1"_s)));
        news->click();
        QTRY_COMPARE(table->model()->rowCount(), 1);
        news = desk.find<QToolButton>(u"Resolutions +1"_s);
        news->click(); // once more is not the opposite
        QTRY_COMPARE(table->model()->rowCount(), 1);
        auto *all = desk.find<QToolButton>(u"Show all"_s);
        QVERIFY(all);
        all->click();
        QTRY_COMPARE(table->model()->rowCount(), 41);
        QVERIFY(!desk.find<QToolButton>(u"Show all"_s));
    }
    void escapeLeavesTheFilterAndEmptiesIt()
    {
        Desk desk;
        auto *table = resolutions(desk);
        desk.key(Qt::Key_Slash);
        QTest::keyClicks(QApplication::focusWidget(), u"203.0"_s);
        QTRY_COMPARE(table->model()->rowCount(), 1);
        desk.key(Qt::Key_Return);
        QCOMPARE(QApplication::focusWidget(), table);
        desk.key(Qt::Key_Slash);
        desk.key(Qt::Key_Escape);
        QCOMPARE(QApplication::focusWidget(), table);
        QTRY_COMPARE(table->model()->rowCount(), 41);
    }
    void theFilterIsLeftAlsoWhereNothingPasses()
    {
        Desk desk;
        auto *table = resolutions(desk);
        desk.key(Qt::Key_Slash);
        QTest::keyClicks(QApplication::focusWidget(), u"nobody"_s);
        QTRY_VERIFY(desk.find<QPushButton>(u"Clear the filter"_s));
        desk.key(Qt::Key_Return);
        QCOMPARE(QApplication::focusWidget()->accessibleName(), u"Clear the filter"_s);
        desk.key(Qt::Key_Return);
        QTRY_COMPARE(QApplication::focusWidget(), table);
        QCOMPARE(table->model()->rowCount(), 41);
    }
    void aButtonKeepsTheFocusWhileWhatIsSaidStays()
    {
        Desk desk;
        resolutions(desk);
        desk.window->run(Command::Dataset2);
        QPushButton *once = nullptr;
        QTRY_VERIFY((once = desk.find<QPushButton>(u"Ask once"_s)));
        once->setFocus();
        Q_EMIT desk.actions->sourcesChanged();
        QCOMPARE(desk.find<QPushButton>(u"Ask once"_s), once);
        QCOMPARE(QApplication::focusWidget(), once);
        Q_EMIT desk.actions->askProgress({AskProgress::Step::Asked, interfax, u"dns"_s, {}, {}});
        QTRY_COMPARE(QApplication::focusWidget()->accessibleName(), u"Stop asking"_s);
    }
    void whoWantsToKnowWhyDoesNotConsentByPressingTwice()
    {
        Desk desk;
        resolutions(desk);
        desk.window->run(Command::Dataset2);
        QPushButton *why = nullptr;
        QTRY_VERIFY((why = desk.find<QPushButton>(u"Why is this asked?"_s)));
        why->setFocus();
        desk.key(Qt::Key_Space);
        QTRY_VERIFY(!desk.find<QPushButton>(u"Why is this asked?"_s));
        QVERIFY(qobject_cast<StateView *>(QApplication::focusWidget()));
        desk.key(Qt::Key_Space);
        QVERIFY(!desk.ordered(u"lookup interfaxru.com ask once dns"_s));
        desk.key(Qt::Key_Tab); // and from there to what can be done
        QCOMPARE(QApplication::focusWidget()->accessibleName(), u"Ask once"_s);
    }
    void goingBackLeadsToTheRowOneLeft()
    {
        Desk desk;
        auto *table = resolutions(desk);
        desk.key(Qt::Key_J);
        desk.key(Qt::Key_J);
        desk.key(Qt::Key_Return);
        QCOMPARE(desk.window->currentPage()->title(), u"198.51.100.24"_s);
        desk.key(Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(QApplication::focusWidget(), table);
        QCOMPARE(table->selectedRows(), QList<int>{1});
    }
    void tabGoesThroughTheHeadInTheOrderItIsRead()
    {
        Desk desk;
        resolutions(desk);
        QTRY_VERIFY(desk.find<QToolButton>(u"WHOIS +1"_s));
        desk.find<QToolButton>(u"Copy name"_s)->setFocus();
        QStringList passed;
        for (int i = 0; i < 9; ++i) {
            passed.append(QApplication::focusWidget()->accessibleName());
            desk.key(Qt::Key_Tab);
        }
        QCOMPARE(passed,
                 (QStringList{u"Copy name"_s, u"Ask again"_s, u"Watch interfaxru.com"_s,
                              u"System tag parked"_s, u"System tag sinkhole"_s, u"Resolutions +1"_s,
                              u"Resolutions 2 gone"_s, u"WHOIS +1"_s, u"Datasets"_s}));
    }
    void downLeadsFromTheDatasetsIntoTheRows()
    {
        Desk desk;
        auto *table = resolutions(desk);
        auto *tabs = desk.find<QTabBar>(u"Datasets"_s);
        tabs->setFocus();
        desk.key(Qt::Key_Down);
        QCOMPARE(QApplication::focusWidget(), table);
        QCOMPARE(table->currentIndex().row(), 0);
        tabs->setFocus();
        desk.key(Qt::Key_Right);
        QTRY_VERIFY(desk.find<QPushButton>(u"Ask once"_s));
        desk.key(Qt::Key_Down); // no rows, but a next step
        QVERIFY(qobject_cast<QPushButton *>(QApplication::focusWidget()));
    }
    void anEmptyDatasetIsUnfoldedByItsKey()
    {
        Desk desk(withNothingInDns);
        resolutions(desk);
        const auto *tabs = desk.find<QTabBar>(u"Datasets"_s);
        QTRY_VERIFY(!tabs->isTabVisible(1));
        QVERIFY(desk.find<QToolButton>(u"1 empty"_s));
        desk.window->run(Command::Dataset2);
        QVERIFY(tabs->isTabVisible(1));
        QVERIFY(!desk.find<QToolButton>(u"1 empty"_s));
    }
    void theArrowsPassOverWhatIsFolded()
    {
        Desk desk(withNothingInDns);
        resolutions(desk);
        auto *tabs = desk.find<QTabBar>(u"Datasets"_s);
        QTRY_VERIFY(!tabs->isTabVisible(1));
        tabs->setFocus();
        desk.key(Qt::Key_Right);
        QCOMPARE(tabs->currentIndex(), 2);
        desk.key(Qt::Key_Right);
        QCOMPARE(tabs->currentIndex(), 2);
        desk.key(Qt::Key_Left);
        QCOMPARE(tabs->currentIndex(), 0);
        QVERIFY(!tabs->isTabVisible(1));
    }
    void aTabIsOfferedForWhatSomeSourceFills()
    {
        Desk desk([](Script &s) {
            fillDesk(s);
            SourceInfo names;
            names.datasets = {Dataset::Subdomains};
            names.addressDatasets = QList<Dataset>{};
            SourceInfo hosts;
            hosts.datasets = {Dataset::Services};
            hosts.nameDatasets = QList<Dataset>{};
            s.policy.sources.append({names, hosts});
        });
        resolutions(desk);
        const auto *tabs = desk.find<QTabBar>(u"Datasets"_s);
        QStringList offered;
        for (int i = 0; i < tabs->count(); ++i) {
            if (tabs->isTabVisible(i))
                offered.append(tabs->accessibleTabName(i));
        }
        QCOMPARE(offered, (QStringList{u"Resolutions"_s, u"DNS"_s, u"WHOIS"_s, u"Subdomains"_s}));
        desk.window->run(Command::Dataset4);
        QCOMPARE(tabs->accessibleTabName(tabs->currentIndex()), u"Subdomains"_s);
        QCOMPARE(tabs->tabToolTip(tabs->currentIndex()), u"Alt+4"_s);
    }
    void aNarrowWindowShowsWhatItHasRoomFor()
    {
        Desk desk;
        auto *table = resolutions(desk);
        const auto width = [table](int column) { return table->columnWidth(column); };
        const int value = width(FactTableModel::Value);
        desk.window->resize(900, 700);
        QTRY_VERIFY(width(FactTableModel::Value) < value);
        int all = 0;
        for (int i = 0; i < table->model()->columnCount(); ++i)
            all += width(i);
        QVERIFY(table->isColumnHidden(EnrichedTableModel::Asn));
        QVERIFY(!table->isColumnHidden(EnrichedTableModel::Tags));
        QVERIFY(all <= table->viewport()->width());
        QVERIFY(width(FactTableModel::Sources) > table->fontMetrics().averageCharWidth() * 14);
        desk.window->resize(1280, 800);
        QTRY_COMPARE(width(FactTableModel::Value), value);
        QVERIFY(!table->isColumnHidden(EnrichedTableModel::Asn));
        table->setColumnWidth(FactTableModel::Value, 200); // by hand
        desk.window->resize(1300, 800);
        QTRY_VERIFY(qAbs(width(FactTableModel::Value) - 200) < 10);
    }
    void aHeldNameStaysHeldUntilItIsReleased()
    {
        Desk desk([](Script &s) {
            fillDesk(s);
            s.facts.clear();
            s.lookupError = Error{ErrorCode::Held, u"looks generated"_s};
        });
        desk.window->openEntity(interfax, Manner::Ask);
        QPushButton *release = nullptr;
        QTRY_VERIFY((release = desk.find<QPushButton>(u"Ask nevertheless"_s)));
        Q_EMIT desk.actions->entitiesTouched({interfax});
        QVERIFY(desk.find<QPushButton>(u"Ask nevertheless"_s));
        desk.window->run(Command::Dataset3);
        QTRY_VERIFY((release = desk.find<QPushButton>(u"Ask nevertheless"_s)));
        script().lookupError.reset();
        release->click();
        QVERIFY(desk.ordered(u"release interfaxru.com"_s));
        QTRY_VERIFY(!desk.find<QPushButton>(u"Ask nevertheless"_s));
    }
    void lateRowsMoveNeitherSelectionNorView()
    {
        Desk desk;
        auto *table = resolutions(desk);
        table->scrollTo(table->model()->index(20, 0), QAbstractItemView::PositionAtTop);
        table->selectRow(22);
        const auto top = table->indexAt(QPoint(1, 1)).data().toString();
        const auto chosen = table->currentIndex().data().toString();
        auto &rows = script().facts[interfax][Dataset::Resolutions];
        auto late = rows.first();
        late.record.value = UntrustedText::fromString(u"192.0.2.200"_s);
        rows.insert(3, late);
        Q_EMIT desk.actions->entitiesTouched({interfax});
        QTRY_COMPARE(table->model()->rowCount(), 42);
        QCOMPARE(table->indexAt(QPoint(1, 1)).data().toString(), top);
        QCOMPARE(table->currentIndex().data().toString(), chosen);
    }
    void liveDnsIsAskedForOnceAndOnlyForThisName()
    {
        Desk desk;
        resolutions(desk);
        desk.window->run(Command::Dataset2);
        QPushButton *once = nullptr;
        QTRY_VERIFY((once = desk.find<QPushButton>(u"Ask once"_s)));
        once->click();
        QVERIFY(desk.ordered(u"lookup interfaxru.com ask once dns"_s));
        QVERIFY(!script().orders.join(u' ').contains(u"set pap"));
        QVERIFY(!script().orders.join(u' ').contains(u"consent"));
    }
    void alwaysRaisesTheCeilingAndConsents()
    {
        Desk desk;
        resolutions(desk);
        desk.window->run(Command::Dataset2);
        QPushButton *always = nullptr;
        QTRY_VERIFY((always = desk.find<QPushButton>(u"Always ask"_s)));
        always->click();
        QTRY_VERIFY(desk.ordered(u"lookup interfaxru.com ask"_s));
        QVERIFY(desk.ordered(u"set pap GREEN"_s));
        QVERIFY(desk.ordered(u"consent dns given"_s));
    }
    void askingIsNamedAndCanBeCancelled()
    {
        Desk desk;
        resolutions(desk);
        Q_EMIT desk.actions->askProgress({AskProgress::Step::Asked, interfax, u"rdap"_s, {}, {}});
        auto *cancel = desk.find<QToolButton>(u"Cancel"_s);
        QVERIFY(cancel);
        cancel->click();
        QVERIFY(desk.ordered(u"cancel interfaxru.com"_s));
        Q_EMIT desk.actions->askProgress(
            {AskProgress::Step::Answered, interfax, u"rdap"_s, Outcome::Complete, {}});
        QVERIFY(!desk.find<QToolButton>(u"Cancel"_s));
    }
    void certificatesHaveColumnsOfTheirOwnAndTheirNamesAreOpened()
    {
        Desk desk([](Script &s) {
            fillDesk(s);
            addCertificates(s);
        });
        resolutions(desk);
        desk.window->run(Command::Dataset4);
        StillTable *table = nullptr;
        QTRY_VERIFY((table = desk.find<StillTable>(u"Certificates"_s)));
        QTRY_COMPARE(table->model()->rowCount(), 4);
        const auto *header = table->horizontalHeader();
        QCOMPARE(header->count(), int(CertificateTableModel::ColumnCount));
        QCOMPARE(header->model()->headerData(CertificateTableModel::ValidTo, Qt::Horizontal),
                 u"Valid to"_s);
        const auto cell = [table](int row, int column) {
            return table->model()->index(row, column).data().toString();
        };
        QVERIFY(cell(0, CertificateTableModel::Names).startsWith(u"mail.interfaxru.com · 4 name"));
        QVERIFY(cell(1, CertificateTableModel::ValidTo).startsWith(u"expired "));
        table->setFocus();
        desk.window->run(Command::MoveDown);
        QContextMenuEvent event(QContextMenuEvent::Keyboard, {}, table->mapToGlobal(QPoint(9, 9)));
        QApplication::sendEvent(table, &event);
        QAction *name = nullptr;
        for (auto *menu : desk.window->findChildren<QMenu *>()) {
            for (auto *action : menu->actions())
                name = action->text() == u"update.newsagency.example" ? action : name;
        }
        QVERIFY(name);
        name->trigger();
        QCOMPARE(desk.window->currentPage()->title(), u"update.newsagency.example"_s);
    }
    void markupFromOutsideIsShownAsItIs()
    {
        Desk desk;
        resolutions(desk);
        desk.window->run(Command::Dataset3);
        StillTable *table = nullptr;
        QTRY_VERIFY((table = desk.find<StillTable>(u"WHOIS"_s)));
        QTRY_COMPARE(table->model()->rowCount(), 8);
        const auto shown = table->model()->index(7, 0).data().toString();
        QVERIFY(shown.contains(u"<b>Corp</b>") && !shown.contains(QChar(0x202e)));
    }
};

WG_TEST(tst_EntityPage)
#include "tst_entitypage.moc"
