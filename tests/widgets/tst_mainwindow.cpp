// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/runner.h"
#include "widgets/desktest.h"
#include "widgets/searchbox.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QScreen>
#include <QScrollArea>
#include <QScrollBar>
#include <QSettings>
#include <QSignalSpy>
#include <QStatusBar>
#include <QStringListModel>
#include <QStyledItemDelegate>
#include <QTabBar>
#include <QTemporaryDir>
#include <QToolButton>

using namespace wg;
using namespace wg::test;
using namespace Qt::StringLiterals;

class tst_MainWindow : public QObject
{
    Q_OBJECT

    static Place::Kind front(const Desk &desk) { return desk.window->currentPage()->place().kind; }

private Q_SLOTS:
    void theSearchBoxHasTheFocusAtFirst()
    {
        Desk desk;
        QTRY_VERIFY(QApplication::focusWidget());
        QCOMPARE(QApplication::focusWidget()->accessibleName(), u"Search"_s);
        QVERIFY(script().orders.isEmpty());
    }
    void typingAsksNobodyAndEnterAsks()
    {
        Desk desk;
        desk.type(u"hxxp://www.Interfaxru[.]com/path"_s);
        QVERIFY(script().orders.isEmpty());
        desk.key(Qt::Key_Return);
        QVERIFY(desk.ordered(u"lookup www.interfaxru.com ask"_s));
        QCOMPARE(front(desk), Place::Kind::Subject);
    }
    void severalEntitiesAreAListToChooseFrom()
    {
        Desk desk;
        desk.look(u"interfaxru[.]com, 98.126.38.107 2001:db8::1"_s);
        QCOMPARE(front(desk), Place::Kind::Choice);
        QVERIFY(script().orders.isEmpty());
        desk.key(Qt::Key_Return);
        QVERIFY(desk.ordered(u"lookup interfaxru.com ask"_s));
    }
    void aChosenOneOpensInANewTabAndOnlyTheSelectedAreWatched()
    {
        Desk desk;
        desk.look(u"interfaxru[.]com, 98.126.38.107 2001:db8::1"_s);
        desk.key(Qt::Key_J);
        desk.key(Qt::Key_M);
        QVERIFY(desk.ordered(u"eye on 98.126.38.107"_s));
        QVERIFY(!desk.ordered(u"eye on interfaxru.com"_s));
        desk.key(Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(desk.find<QTabBar>(u"Tabs"_s)->count(), 2);
        QVERIFY(desk.ordered(u"lookup 98.126.38.107 ask"_s));
    }
    void escapeLeavesTheSearchBox()
    {
        Desk desk;
        desk.window->run(Command::GoInbox);
        QTRY_COMPARE(QApplication::focusWidget()->accessibleName(), u"Inbox"_s);
        desk.type(u"exam"_s);
        desk.key(Qt::Key_Escape);
        QCOMPARE(QApplication::focusWidget()->accessibleName(), u"Search"_s);
        desk.key(Qt::Key_Escape);
        QCOMPARE(QApplication::focusWidget()->accessibleName(), u"Inbox"_s);
    }
    void thePaletteOffersWhatThePageCanDo()
    {
        Desk desk;
        const auto offered = [&desk](const QString &word) {
            desk.type(u">"_s);
            auto *search = qobject_cast<QLineEdit *>(QApplication::focusWidget());
            bool found = false;
            const auto *words = search->completer()->model();
            for (int i = 0; i < words->rowCount(); ++i)
                found = found || words->index(i, 0).data().toString().startsWith(word);
            search->completer()->popup()->hide();
            search->clear();
            return found;
        };
        desk.window->run(Command::GoInbox);
        QVERIFY(offered(u"Acknowledge"_s) && offered(u"Quit"_s) && !offered(u"Dataset"_s));
        desk.window->openEntity(interfax);
        QVERIFY(offered(u"Dataset 3"_s) && !offered(u"Dataset 4"_s) && !offered(u"Snooze"_s));
    }
    void thePaletteShowsAWholeKeyOrNone()
    {
        Desk desk;
        const auto *list = desk.window->findChild<SearchBox *>()->completer()->popup();
        const QStringListModel model({u"Acknowledge all   Ctrl+Shift+P"_s, u"Acknowledge all"_s});
        const auto picture = [&](int row, int characters) {
            QStyleOptionViewItem option;
            option.palette = list->palette();
            option.font = list->font();
            option.fontMetrics = QFontMetrics(option.font);
            option.rect = {0, 0, option.fontMetrics.averageCharWidth() * characters, 30};
            QImage image(option.rect.size(), QImage::Format_RGB32);
            image.fill(Qt::white);
            QPainter painter(&image);
            list->itemDelegate()->paint(&painter, option, model.index(row, 0));
            return image;
        };
        const auto inked = [&](int characters) { // by the key
            const auto with = picture(0, characters);
            const auto without = picture(1, characters);
            int count = 0;
            for (int y = 0; y < with.height(); ++y) {
                for (int x = 0; x < with.width(); ++x)
                    count += with.pixel(x, y) == without.pixel(x, y) ? 0 : 1;
            }
            return count;
        };
        QVERIFY(inked(60) > 0); // in its column
        QCOMPARE(inked(40), inked(60)); // at the edge
        QCOMPARE(inked(20), 0);
    }
    void nonsenseGetsASentenceInPlace()
    {
        Desk desk;
        desk.look(u"what is this"_s);
        QCOMPARE(front(desk), Place::Kind::Welcome);
        QVERIFY(script().orders.isEmpty());
        bool said = false;
        for (auto *label : desk.window->findChildren<QLabel *>())
            said = said || (label->isVisible() && label->text().contains(u"what is this"));
        QVERIFY(said);
    }
    void commandsCanBeTypedBehindAnAngle()
    {
        Desk desk;
        desk.look(u"> monitors"_s);
        QTRY_COMPARE(front(desk), Place::Kind::Monitors);
    }
    void lettersDoNotActWhileOneTypes()
    {
        Desk desk;
        desk.look(u"interfaxru.com"_s);
        script().orders.clear();
        desk.type(u"meruy"_s);
        QVERIFY(script().orders.isEmpty());
    }
    void lettersActAsSoonAsAPageIsOpen()
    {
        Desk desk;
        desk.look(u"interfaxru.com"_s);
        desk.key(Qt::Key_M);
        QVERIFY(desk.ordered(u"eye off interfaxru.com"_s)
                || desk.ordered(u"eye on interfaxru.com"_s));
    }
    void theSideBarEntriesHaveTheirWordsAndOpenTheirPages()
    {
        Desk desk;
        for (const auto &[word, kind] : {std::pair{u"Inbox"_s, Place::Kind::Inbox},
                                         {u"Monitors"_s, Place::Kind::Monitors},
                                         {u"Sources"_s, Place::Kind::Sources},
                                         {u"Settings"_s, Place::Kind::Settings}}) {
            auto *entry = desk.find<QToolButton>(word);
            QVERIFY2(entry, qPrintable(word));
            entry->click();
            QCOMPARE(front(desk), kind);
            QVERIFY(entry->property("front").toBool());
        }
    }
    void backAndForwardAskNobody()
    {
        Desk desk;
        desk.look(u"interfaxru.com"_s);
        desk.look(u"98.126.38.107"_s);
        script().orders.clear();
        desk.window->run(Command::Back);
        QCOMPARE(desk.window->currentPage()->title(), u"interfaxru.com"_s);
        desk.window->run(Command::Back);
        QCOMPARE(front(desk), Place::Kind::Welcome);
        desk.window->run(Command::Forward);
        desk.window->run(Command::Forward);
        QCOMPARE(desk.window->currentPage()->title(), u"98.126.38.107"_s);
        desk.window->run(Command::Forward);
        QVERIFY(!script().orders.join(u' ').contains(u"lookup"));
    }
    void aRestoredSessionAsksNobody()
    {
        QTemporaryDir folder;
        QSettings settings(folder.filePath(u"s.ini"_s), QSettings::IniFormat);
        {
            Desk desk;
            desk.look(u"interfaxru.com"_s);
            desk.window->run(Command::GoInbox);
            desk.window->saveSession(settings);
            settings.sync();
        }
        Desk desk(fillDesk, QSettings(settings.fileName(), QSettings::IniFormat));
        QCOMPARE(desk.find<QTabBar>(u"Tabs"_s)->count(), 2);
        QCOMPARE(front(desk), Place::Kind::Inbox);
        QVERIFY(!script().orders.join(u' ').contains(u"lookup"));
    }
    void aDamagedSessionIsPassedOver()
    {
        QTemporaryDir folder;
        QSettings settings(folder.filePath(u"s.ini"_s), QSettings::IniFormat);
        settings.beginWriteArray(u"tabs"_s);
        settings.setArrayIndex(0);
        settings.setValue(u"page"_s, 99);
        settings.setArrayIndex(1);
        settings.setValue(u"page"_s, int(Place::Kind::Subject));
        settings.setValue(u"kind"_s, 1);
        settings.endArray();
        settings.setValue(u"tabs/front"_s, 77);
        settings.sync();
        Desk desk(fillDesk, QSettings(settings.fileName(), QSettings::IniFormat));
        QCOMPARE(front(desk), Place::Kind::Welcome);
    }
    void theMenuOffersOnlyWhatThePageCanDo()
    {
        Desk desk;
        const auto offered = [&desk](Command command) {
            const auto actions = desk.window->findChildren<QAction *>();
            const auto it = std::find_if(actions.cbegin(), actions.cend(), [&](QAction *each) {
                return each->text() == Commands::text(command);
            });
            return it != actions.cend() && (*it)->isEnabled();
        };
        auto *menu = desk.window->findChild<QMenu *>(QString(), Qt::FindDirectChildrenOnly);
        QVERIFY(menu);
        Q_EMIT menu->aboutToShow();
        QVERIFY(!offered(Command::HideLike));
        QVERIFY(offered(Command::Undo));
        Q_EMIT menu->aboutToHide();
        desk.window->run(Command::GoInbox);
        Q_EMIT menu->aboutToShow();
        QVERIFY(offered(Command::HideLike));
        Q_EMIT menu->aboutToHide();
    }
    void theLastTabLeavesAFreshOne()
    {
        Desk desk;
        desk.look(u"interfaxru.com"_s);
        desk.key(Qt::Key_W, Qt::ControlModifier);
        QCOMPARE(front(desk), Place::Kind::Welcome);
        QVERIFY(desk.ordered(u"looked interfaxru.com"_s));
    }
    void workWhoseEndNobodyKnowsIsShownToo()
    {
        Desk desk;
        const auto shown = [&desk] {
            const auto labels = desk.window->statusBar()->findChildren<QLabel *>();
            return std::any_of(labels.cbegin(), labels.cend(), [](const QLabel *label) {
                return label->text() == u"list.ndjson · 12,000"_s;
            });
        };
        Q_EMIT desk.actions->workProgress(u"list.ndjson"_s, 12'000, -1);
        QVERIFY(shown());
        auto *bar = desk.find<QProgressBar>(u"Progress"_s);
        QVERIFY(bar);
        QCOMPARE(bar->maximum(), 0);
        Q_EMIT desk.actions->workProgress(u"list.ndjson"_s, 0, 0);
        QVERIFY(!shown() && !bar->isVisible());
    }
    void anImportStaysShownWhateverEndsBesideIt()
    {
        Desk desk;
        Q_EMIT desk.actions->workProgress(u"list.ndjson"_s, 5, 10);
        auto *bar = desk.find<QProgressBar>(u"Progress"_s);
        QVERIFY(bar);
        desk.look(u"interfaxru.com"_s);
        desk.key(Qt::Key_W, Qt::ControlModifier);
        QVERIFY(bar->isVisible());
        desk.window->run(Command::GoInbox);
        auto *list = desk.find<QAbstractItemView>(u"Inbox"_s);
        QTRY_VERIFY(list->selectionModel()->hasSelection());
        desk.window->run(Command::Acknowledge);
        QTRY_VERIFY(desk.window->statusBar()->currentMessage().contains(u"acknowledged"));
        QVERIFY(bar->isVisible());
        QCOMPARE(bar->value(), 500);
        Q_EMIT desk.actions->workProgress(u"list.ndjson"_s, 0, 0);
        QVERIFY(!bar->isVisible());
    }
    void undoSaysWhatItTookBack()
    {
        Desk desk;
        script().undone.emplace();
        script().undone->verb = Verb::EyeOn;
        script().undone->entities = {interfax};
        for (const auto command : {Command::GoInbox, Command::GoMonitors, Command::GoSettings}) {
            desk.window->run(command);
            desk.window->statusBar()->clearMessage();
            desk.window->run(Command::Undo);
            QTRY_COMPARE(desk.window->statusBar()->currentMessage(),
                         u"Undone: eye on (interfaxru.com)"_s);
        }
    }
    void oneKeyMakesItCacheOnly()
    {
        Desk desk;
        desk.key(Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(desk.ordered(u"set cache_only true"_s));
        desk.key(Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(desk.ordered(u"set cache_only false"_s));
    }
    void papTellsHowManyWouldLearn()
    {
        Desk desk;
        desk.type(u"interfaxru.com"_s);
        QVERIFY(desk.find<QToolButton>(u"PAP AMBER · asks 2"_s));
    }
    void theCeilingIsNotChangedByPassingOverIt()
    {
        Desk desk;
        desk.window->openEntity(interfax);
        auto *pap = desk.find<QToolButton>(u"PAP AMBER · asks 2"_s);
        QVERIFY(pap);
        pap->click();
        auto *popup = QApplication::activePopupWidget();
        QVERIFY(popup);
        const auto focused = [popup] {
            const auto *focus = popup->focusWidget();
            return focus ? focus->accessibleName() : QString();
        };
        QCOMPARE(focused(), u"AMBER"_s);
        QTest::keyClick(popup->focusWidget(), Qt::Key_Down);
        QCOMPARE(focused(), u"GREEN"_s);
        QVERIFY(!desk.ordered(u"set pap GREEN"_s));
        QTest::keyClick(popup->focusWidget(), Qt::Key_Up);
        QTest::keyClick(popup->focusWidget(), Qt::Key_Up);
        QTest::keyClick(popup->focusWidget(), Qt::Key_Return);
        QVERIFY(desk.ordered(u"set pap RED"_s));
    }
    void theCeilingsStandAboveTheManyWhoWouldLearn()
    {
        Desk desk([](Script &s) {
            fillDesk(s);
            for (int i = 0; i < 60; ++i) {
                const auto name = u"source%1"_s.arg(i);
                const bool keyless = i >= 40;
                s.parties.append(
                    {name, u"api.example.net"_s, Pap::Amber, !keyless, u"needs a key"_s, false});
                if (keyless)
                    s.policy.withoutKey.insert(name);
            }
        });
        desk.window->openEntity(interfax);
        desk.find<QToolButton>(u"PAP AMBER · asks 42"_s)->click();
        const auto *popup = QApplication::activePopupWidget();
        QVERIFY(popup);
        QVERIFY(popup->screen()->availableGeometry().contains(popup->geometry()));
        const auto *part = popup->findChild<QScrollArea *>();
        QTRY_VERIFY(part && part->verticalScrollBar()->maximum() > 0);
        QCOMPARE(part->focusPolicy(), Qt::StrongFocus);
        for (const auto *choice : popup->findChildren<QRadioButton *>()) {
            QVERIFY(choice->geometry().bottom() < part->geometry().top());
            QVERIFY(choice->geometry().top() > 0);
        }
        QStringList words;
        for (const auto *label : popup->findChildren<QLabel *>())
            words.append(label->text());
        QVERIFY(words.contains(u"20 more need a key"_s));
        QVERIFY(words.contains(u"api.example.net (source39)"_s));
        QVERIFY(!words.join(u' ').contains(u"source40"));
    }
    void theFirstScreenOffersTheSampleStory()
    {
        Desk desk;
        const QSignalSpy wanted(desk.window.get(), &MainWindow::sampleWanted);
        auto *button = desk.find<QPushButton>(u"Open the sample story"_s);
        QVERIFY(button);
        button->click();
        QCOMPARE(wanted.size(), 1);
        QVERIFY(script().orders.isEmpty());
    }
    void inAReplayTheFirstScreenSaysThatNobodyIsAsked()
    {
        Desk desk([](Script &s) {
            fillDesk(s);
            s.network.mode = NetworkState::Mode::Recorded;
        });
        QVERIFY(!desk.find<QPushButton>(u"Open the sample story"_s));
        const auto labels = desk.window->findChildren<QLabel *>();
        QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel *label) {
            return label->text() == u"Enter asks nobody: a recording answers."_s;
        }));
    }
    void anotherWorldIsNamedInTitleAndLine()
    {
        Desk desk;
        QVERIFY(!desk.window->windowTitle().contains(u"sample"_s));
        desk.window->nameWorld(u"sample"_s, u"Here it is 1 April 2014."_s);
        QVERIFY(desk.window->windowTitle().contains(u"– sample –"_s));
        desk.window->run(Command::GoInbox);
        QVERIFY(desk.window->windowTitle().contains(u"– sample –"_s));
        const auto labels = desk.window->findChildren<QLabel *>();
        QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel *label) {
            return label->isVisible() && label->text() == u"Here it is 1 April 2014."_s;
        }));
    }
    void theStateIsAWord()
    {
        Desk desk;
        NetworkState state;
        state.mode = NetworkState::Mode::Offline;
        state.waiting = 3;
        Q_EMIT desk.actions->networkStateChanged(state);
        QVERIFY(desk.find<QToolButton>(u"State: offline · 3 waiting"_s));
    }
    void aQuestionThatWaitsIsDroppedByEnter()
    {
        Desk desk([](Script &s) {
            fillDesk(s);
            s.queued = {{interfax, SystemClock().now()}};
        });
        desk.find<QToolButton>(u"State: all well"_s)->click();
        auto *popup = QApplication::activePopupWidget();
        QVERIFY(popup);
        QToolButton *drop = nullptr;
        QTRY_VERIFY((drop = popup->findChild<QToolButton *>()));
        drop->setFocus();
        QTest::keyClick(drop, Qt::Key_Return);
        QVERIFY(desk.ordered(u"drop interfaxru.com"_s));
    }
    void closingIsTold()
    {
        Desk desk;
        QSignalSpy closed(desk.window.get(), &MainWindow::closed);
        desk.window->close();
        QCOMPARE(closed.count(), 1);
    }
    void theKeysOfAPageAreShownAndAnyKeyClosesThem()
    {
        Desk desk;
        desk.window->run(Command::GoInbox);
        auto *list = desk.find<QAbstractItemView>(u"Inbox"_s);
        QTRY_VERIFY(list->model()->rowCount() > 0);
        desk.window->run(Command::ShowKeys);
        QWidget *keys = QApplication::focusWidget();
        QVERIFY(keys && keys->accessibleName() == u"Keys");
        script().orders.clear();
        desk.key(Qt::Key_E);
        QVERIFY(script().orders.isEmpty());
        QTRY_VERIFY(QApplication::focusWidget() != keys);
        QCOMPARE(QApplication::focusWidget()->accessibleName(), u"Inbox"_s);
        desk.key(Qt::Key_E);
        QVERIFY(desk.ordered(u"acknowledge 1"_s));
    }
    void keysThatFindNoRoomAreScrolledTo()
    {
        Desk desk;
        desk.window->resize(640, 300);
        desk.window->run(Command::GoSources);
        desk.window->run(Command::ShowKeys);
        QWidget *keys = QApplication::focusWidget();
        QCOMPARE(keys->accessibleName(), u"Keys"_s);
        QVERIFY(desk.window->rect().contains(keys->geometry()));
        const auto *bar = keys->findChild<QScrollArea *>()->verticalScrollBar();
        QVERIFY(bar->maximum() > 0);
        QCOMPARE(keys->findChild<QScrollArea *>()->horizontalScrollBar()->maximum(), 0);
        desk.key(Qt::Key_End);
        QCOMPARE(bar->value(), bar->maximum());
        QStringList words;
        for (const auto *label : keys->findChildren<QLabel *>())
            words.append(label->text());
        QVERIFY(words.contains(u"Test"_s)); // what R does on this page
        desk.key(Qt::Key_Escape);
        QTRY_VERIFY(QApplication::focusWidget() != keys);
    }
    void enterPressesTheButtonWithTheFocus()
    {
        Desk desk;
        desk.window->run(Command::GoInbox);
        auto *sources = desk.find<QToolButton>(u"Sources"_s);
        sources->setFocus();
        desk.key(Qt::Key_Return);
        QCOMPARE(front(desk), Place::Kind::Sources);
        auto *menu = desk.find<QToolButton>(u"Menu"_s);
        menu->setFocus();
        desk.key(Qt::Key_Return);
        QCOMPARE(QApplication::activePopupWidget(), menu->menu());
        menu->menu()->close();
        QCOMPARE(desk.find<QTabBar>(u"Tabs"_s)->count(), 2); // no card was opened
    }
    void manyTabsKeepTheirTitles()
    {
        Desk desk;
        for (int i = 0; i < 20; ++i)
            desk.window->openEntity({ArtifactKind::Domain, u"host%1.example.net"_s.arg(i)});
        for (int i = 0; i < 20; ++i) {
            desk.key(Qt::Key_T, Qt::ControlModifier);
            desk.window->openEntity({ArtifactKind::Domain, u"host%1.example.net"_s.arg(i)});
        }
        const auto *tabs = desk.find<QTabBar>(u"Tabs"_s);
        QCOMPARE(tabs->tabText(tabs->count() - 1), u"host19.example.net"_s);
        QVERIFY(desk.window->width() <= 1280);
        QVERIFY(tabs->tabRect(tabs->count() - 1).width()
                > tabs->fontMetrics().horizontalAdvance(u"host19.example.net"_s));
    }
    void noPageMakesTheWindowGrow()
    {
        Desk desk;
        desk.window->resize(640, 400);
        desk.window->openEntity(interfax);
        QCoreApplication::sendPostedEvents();
        const auto before = desk.window->size();
        QCOMPARE(before.height(), 400);
        auto *page = desk.window->currentPage();
        page->setMinimumSize(3000, 2000); // as one with very many sources
        QTRY_COMPARE(page->width(), 3000);
        QCoreApplication::sendPostedEvents();
        QCOMPARE(desk.window->size(), before);
    }
    void everyPageIsNamedAndNothingIsClipped_data()
    {
        QTest::addColumn<int>("command");
        QTest::newRow("welcome") << int(Command::Search);
        QTest::newRow("inbox") << int(Command::GoInbox);
        QTest::newRow("monitors") << int(Command::GoMonitors);
        QTest::newRow("sources") << int(Command::GoSources);
        QTest::newRow("settings") << int(Command::GoSettings);
        QTest::newRow("entity") << -1;
    }
    void everyPageIsNamedAndNothingIsClipped()
    {
        QFETCH(int, command);
        Desk desk;
        if (command >= 0)
            desk.window->run(Command(command));
        else
            desk.window->openEntity(interfax);
        QVERIFY(QTest::qWaitForWindowExposed(desk.window.get()));
        QStringList faults;
        QTRY_VERIFY2((faults = audit(desk.window.get())).isEmpty(), qPrintable(faults.join(u'\n')));
    }
    void commandsHaveOneKeyEach()
    {
        QHash<QString, QString> taken;
        for (const auto &info : Commands::table()) {
            QVERIFY(!Commands::text(info.command).isEmpty());
            for (const auto &key : Commands::keys(info.command)) {
                QVERIFY2(!key.isEmpty() && !taken.contains(key.toString()),
                         qPrintable(key.toString()));
                taken.insert(key.toString(), Commands::text(info.command));
            }
        }
    }
};

WG_TEST(tst_MainWindow)
#include "tst_mainwindow.moc"
