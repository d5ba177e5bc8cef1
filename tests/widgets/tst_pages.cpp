// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/runner.h"
#include "widgets/desktest.h"
#include "widgets/scrollpart.h"
#include "widgets/settingeditor.h"
#include "widgets/settingspage.h"
#include "widgets/stateview.h"
#include "widgets/stilltable.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStatusBar>
#include <QStyleOptionFrame>
#include <QToolButton>

using namespace wg;
using namespace wg::test;
using namespace Qt::StringLiterals;

class tst_Pages : public QObject
{
    Q_OBJECT

    static bool says(const QWidget *where, const QString &words)
    {
        const auto labels = where->findChildren<QLabel *>();
        return std::any_of(labels.cbegin(), labels.cend(), [&](const QLabel *label) {
            return label->isVisibleTo(where) && label->text().contains(words);
        });
    }
    static QCheckBox *box(const Desk &desk, const QString &text)
    {
        for (auto *each : desk.window->findChildren<QCheckBox *>()) {
            if (each->isVisible() && each->text() == text)
                return each;
        }
        return nullptr;
    }

private Q_SLOTS:
    void monitorsAreOpenedSwitchedOffAndFiltered()
    {
        Desk desk;
        desk.window->run(Command::GoMonitors);
        auto *table = desk.find<StillTable>(u"Monitors"_s);
        QVERIFY(table || QTest::qWaitFor([&] {
                    return (table = desk.find<StillTable>(u"Monitors"_s)) != nullptr;
                }));
        QTRY_COMPARE(table->model()->rowCount(), 30);
        table->setFocus();
        desk.key(Qt::Key_J);
        desk.key(Qt::Key_M);
        QVERIFY(desk.ordered(u"eye off interfaxru.com"_s));
        desk.key(Qt::Key_R);
        QVERIFY(desk.ordered(u"poll 1"_s));
        QTest::keyClick(table, Qt::Key_Return);
        QTRY_COMPARE(desk.window->currentPage()->title(), u"interfaxru.com"_s);
        QVERIFY(!script().orders.join(u' ').contains(u"lookup"));
    }
    void aCountThatNobodyKnowsIsNotShown()
    {
        Desk desk;
        desk.window->run(Command::GoMonitors);
        QTRY_VERIFY(says(desk.window.get(), u"30 watched"_s));
        desk.window->run(Command::Filter);
        QTest::keyClicks(QApplication::focusWidget(), u"interfax"_s);
        auto *table = desk.find<StillTable>(u"Monitors"_s);
        QTRY_VERIFY(table->model()->rowCount() < 30);
        QTRY_VERIFY(!says(desk.window.get(), u"watched"_s));
        desk.look(u"interfaxru.com"_s);
        desk.window->run(Command::Filter);
        QTest::keyClicks(QApplication::focusWidget(), u"1"_s);
        QTRY_VERIFY(says(desk.window->currentPage(), u"found"_s));
        QVERIFY(!says(desk.window.get(), u"-1 "_s));
    }
    void rulesThatHideAreListedAndRemoved()
    {
        const QUuid entry(7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
        Desk desk([&entry](Script &script) {
            const HideRule rule{Dataset::Resolutions, u"A"_s};
            for (const auto &name : {u"one.example.com"_s, u"two.example.com"_s}) {
                script.rules.append({entry,
                                     {ArtifactKind::Domain, name},
                                     rule,
                                     u"Ada"_s,
                                     SystemClock().now() - 60'000});
            }
        });
        desk.window->run(Command::GoSettings);
        auto *parts = desk.find<QListWidget>(u"Parts of the settings"_s);
        QVERIFY(parts);
        parts->setCurrentRow(parts->count() - 1);
        QTRY_VERIFY(says(desk.window->currentPage(), u"one.example.com and 1 more"_s));
        const auto buttons = desk.window->currentPage()->findChildren<QPushButton *>();
        QCOMPARE(buttons.size(), 1); // one order, one button
        QCOMPARE(buttons.first()->text(), u"Remove"_s);
        buttons.first()->click();
        QVERIFY(desk.ordered(u"undo 7"_s));
        QTRY_VERIFY(says(desk.window->currentPage(), u"No rule hides anything"_s));
    }
    void theFocusStaysAmongTheRulesWhileOneIsRemoved()
    {
        Desk desk([](Script &script) {
            for (ushort i = 1; i <= 2; ++i) {
                script.rules.append({QUuid(i, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1),
                                     {ArtifactKind::Domain, u"host%1.example.com"_s.arg(i)},
                                     {Dataset::Resolutions, u"A"_s},
                                     u"Ada"_s,
                                     SystemClock().now() - 60'000});
            }
        });
        desk.window->run(Command::GoSettings);
        auto *parts = desk.find<QListWidget>(u"Parts of the settings"_s);
        parts->setCurrentRow(parts->count() - 1);
        QTRY_VERIFY(says(desk.window->currentPage(), u"host2.example.com"_s));
        const auto about = [] {
            const auto *focus = QApplication::focusWidget();
            return focus ? focus->accessibleDescription() : QString();
        };
        desk.window->currentPage()->findChildren<QPushButton *>().constFirst()->setFocus();
        QVERIFY(about().contains(u"host1.example.com"));
        desk.key(Qt::Key_Space);
        QTRY_VERIFY(about().contains(u"host2.example.com"));
        QVERIFY(!says(desk.window->currentPage(), u"host1.example.com"_s));
        desk.key(Qt::Key_Space);
        QTRY_VERIFY(says(desk.window->currentPage(), u"No rule hides anything"_s));
        QCOMPARE(QApplication::focusWidget(), parts);
    }
    void noMonitorsSaysWhatToDo()
    {
        Desk desk([](Script &) {});
        desk.window->run(Command::GoMonitors);
        QTRY_VERIFY(desk.find<QWidget>(u"Nothing is watched yet."_s));
    }
    void aSourceIsSwitchedConsentedAndTested()
    {
        Desk desk;
        desk.window->run(Command::GoSources);
        QCheckBox *consent = nullptr;
        QTRY_VERIFY((consent = box(desk, u"I &consent that it reaches the target"_s)));
        consent->click();
        box(desk, u"&Use this source"_s)->click();
        QVERIFY(desk.ordered(u"set source.dns.enabled false"_s));
        QVERIFY(desk.ordered(u"consent dns given"_s));
        desk.key(Qt::Key_J);
        desk.key(Qt::Key_R);
        QVERIFY(desk.ordered(u"test rdap"_s));
        QTRY_VERIFY(says(desk.window.get(), u"HTTP 200, 3 records"_s));
    }
    void whatIsToldOfASourceStandsBelowTheListAndScrolls()
    {
        Desk desk;
        desk.window->resize(640, 400);
        desk.window->run(Command::GoSources);
        QTRY_VERIFY(box(desk, u"&Use this source"_s));
        auto *table = desk.find<StillTable>(u"Sources"_s);
        auto *detail = desk.find<ScrollPart>(u"The chosen source"_s);
        QVERIFY(table && detail);
        QTRY_VERIFY(table->geometry().bottom() < detail->geometry().top());
        const int row = table->verticalHeader()->defaultSectionSize();
        QVERIFY(table->viewport()->height() >= 2 * row);
        QTRY_COMPARE(detail->focusPolicy(), Qt::StrongFocus); // the keyboard gets to the end of it
        desk.window->resize(1280, 1400);
        QTRY_COMPARE(detail->focusPolicy(), Qt::NoFocus);
        QTRY_VERIFY(!table->verticalScrollBar()->isVisible());
    }
    void theWindowKeepsItsSizeWhateverPageOpens()
    {
        Desk desk;
        const QSize small(640, 400);
        desk.window->resize(small);
        for (const auto command : {Command::GoInbox, Command::GoMonitors, Command::GoSources,
                                   Command::GoSettings, Command::NewTab}) {
            desk.window->run(command);
            QApplication::sendPostedEvents();
            QVERIFY2(desk.window->size() == small, qPrintable(Commands::text(command)));
        }
        desk.look(u"interfaxru.com"_s);
        QApplication::sendPostedEvents();
        QCOMPARE(desk.window->size(), small);
    }
    void settingsNeverScrollSideways()
    {
        Desk desk;
        desk.window->run(Command::GoSettings);
        for (const int width : {1280, 640}) {
            desk.window->resize(width, 400);
            for (int part = 0; part < 5; ++part) {
                desk.find<QListWidget>(u"Parts of the settings"_s)->setCurrentRow(part);
                QApplication::sendPostedEvents();
                for (const auto *area : desk.window->findChildren<QScrollArea *>())
                    QVERIFY2(!area->isVisible() || area->horizontalScrollBar()->maximum() == 0,
                             qPrintable(u"%1 points, part %2"_s.arg(width).arg(part)));
            }
        }
    }
    void aStateKeepsItsWordsWhereThereIsNoRoomForItsSign()
    {
        StateView view;
        view.QWidget::show();
        view.show(
            {u"warning"_s, Tint::Warn, u"A sentence."_s, u"And another one."_s, {{u"Go on"_s, [] {
                                                                                  }}}});
        const auto labels = [&view](const QSize &size) {
            view.resize(size);
            QStringList shown;
            for (const auto *label : view.findChildren<QLabel *>()) {
                if (!label->isHidden())
                    shown.append(label->text());
            }
            return shown.size();
        };
        const auto least = view.minimumSizeHint();
        QCOMPARE(labels({400, 400}), 3);
        QCOMPARE(labels(least), 2);
        QCOMPARE(view.minimumSizeHint(), least);
        QCOMPARE(labels({400, 400}), 3);
    }
    void numbersFitTheirFields()
    {
        Desk desk;
        desk.window->run(Command::GoSettings);
        auto *page = qobject_cast<SettingsPage *>(desk.window->currentPage());
        QTRY_VERIFY(page->editor(u"source.dns.interval"_s));
        auto *field = qobject_cast<QSpinBox *>(page->editor(u"source.dns.interval"_s)->field());
        QVERIFY(field);
        desk.find<QListWidget>(u"Parts of the settings"_s)->setCurrentRow(1);
        QApplication::sendPostedEvents();
        const auto *line = field->findChild<QLineEdit *>();
        QStyleOptionFrame option;
        option.initFrom(line);
        const auto inner =
            line->style()->subElementRect(QStyle::SE_LineEditContents, &option, line);
        QVERIFY(line->fontMetrics().horizontalAdvance(field->specialValueText()) < inner.width());
    }
    void tabWalksTheWelcomePageAsItIsRead()
    {
        Desk desk;
        auto *sample = desk.find<QPushButton>(u"Open the sample story"_s);
        QVERIFY(sample);
        sample->setFocus(Qt::TabFocusReason);
        desk.key(Qt::Key_Tab);
        QCOMPARE(QApplication::focusWidget()->accessibleName(), u"Import a list"_s);
    }
    void aKeyIsTypedUnseenAndTakenAway()
    {
        Desk desk;
        auto &mnemonic = script().sources[2];
        mnemonic.info.takesKey = mnemonic.info.needsKey = true;
        mnemonic.info.keyFrom = u"https://mnemonic.no/keys"_s;
        const auto openDialog = [&desk](const QString &button) -> QLineEdit * {
            for (auto *each : desk.window->findChildren<QPushButton *>()) {
                if (each->isVisible() && each->text() == button)
                    each->click();
            }
            return desk.find<QLineEdit>(u"Key of mnemonic"_s);
        };
        desk.window->run(Command::GoSources);
        QTRY_VERIFY(box(desk, u"&Use this source"_s));
        desk.key(Qt::Key_J);
        desk.key(Qt::Key_J);
        QVERIFY(says(desk.window.get(),
                     u"Needed, and not set. To be had at https://mnemonic.no/keys"_s));
        QLineEdit *field = openDialog(u"Set &key …"_s);
        QVERIFY(field);
        QCOMPARE(field->echoMode(), QLineEdit::Password);
        QTest::keyClick(field, Qt::Key_Return); // nothing typed yet
        QVERIFY(field->isVisible());
        QTest::keyClicks(field, u" s3cr3t "_s);
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(desk.ordered(u"set key mnemonic s3cr3t"_s));
        mnemonic.key = KeyState::Locked;
        mnemonic.keyDetail = u"unlock it"_s;
        Q_EMIT desk.actions->sourcesChanged();
        QTRY_VERIFY(says(desk.window.get(), u"Set, but it cannot be had: unlock it"_s));
        field = openDialog(u"Change &key …"_s);
        QVERIFY(field);
        const auto buttons = field->window()->findChildren<QPushButton *>();
        const auto remove = std::find_if(buttons.cbegin(), buttons.cend(), [](const auto *each) {
            return each->text() == u"&Remove the key"_s;
        });
        QVERIFY(remove != buttons.cend());
        (*remove)->click();
        QVERIFY(desk.ordered(u"remove key mnemonic"_s));
    }
    void whatCannotBeTriedSaysSo()
    {
        Desk desk;
        desk.window->run(Command::GoSources);
        QTRY_VERIFY(box(desk, u"&Use this source"_s));
        const auto said = [&desk] { return desk.window->statusBar()->currentMessage(); };
        desk.key(Qt::Key_R);
        QTRY_COMPARE(said(), u"dns is not tried: PAP is AMBER, and live DNS needs GREEN."_s);
        desk.key(Qt::Key_End);
        desk.key(Qt::Key_R);
        QTRY_COMPARE(said(), u"files asks nobody: there is nothing to try"_s);
        QVERIFY(script().orders.isEmpty());
        desk.key(Qt::Key_Home);
        desk.key(Qt::Key_J);
        desk.key(Qt::Key_R);
        QTRY_VERIFY(desk.ordered(u"test rdap"_s));
    }
    void aKeyThatTheKeyChainRefusesIsNotLost()
    {
        Desk desk;
        auto &mnemonic = script().sources[2];
        mnemonic.info.takesKey = mnemonic.info.needsKey = true;
        script().keyAnswer = Error{ErrorCode::Failed, u"the key chain is locked"_s};
        desk.window->run(Command::GoSources);
        QTRY_VERIFY(box(desk, u"&Use this source"_s));
        desk.key(Qt::Key_J);
        desk.key(Qt::Key_J);
        const auto buttons = desk.window->currentPage()->findChildren<QPushButton *>();
        const auto set = std::find_if(buttons.cbegin(), buttons.cend(), [](const auto *each) {
            return each->text() == u"Set &key …"_s;
        });
        QVERIFY(set != buttons.cend());
        (*set)->click();
        auto *field = desk.find<QLineEdit>(u"Key of mnemonic"_s);
        QVERIFY(field);
        QTest::keyClicks(field, u"s3cr3t"_s);
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_VERIFY(says(field->window(), u"the key chain is locked"_s));
        QCOMPARE(field->text(), u"s3cr3t"_s);
        script().keyAnswer = Done{};
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_VERIFY(!desk.find<QLineEdit>(u"Key of mnemonic"_s));
    }
    void aManifestThatCannotBeReadSaysWhere()
    {
        Desk desk;
        auto &broken = script().sources[1];
        broken.broken = true;
        broken.info.name = u"mine.json"_s;
        broken.whyNot = u"5:1: unterminated array"_s;
        desk.window->run(Command::GoSources);
        QTRY_VERIFY(box(desk, u"&Use this source"_s));
        desk.key(Qt::Key_J);
        QTRY_VERIFY(says(desk.window.get(), u"mine.json: 5:1: unterminated array"_s));
        QVERIFY(says(desk.window.get(), u"Nobody: the manifest cannot be used."_s));
        QVERIFY(!says(desk.window.get(), u"None needed."_s));
    }
    void aSettingIsStoredAndAWrongOneSaidInPlace()
    {
        Desk desk;
        desk.window->run(Command::GoSettings);
        auto *page = qobject_cast<SettingsPage *>(desk.window->currentPage());
        auto *theme = page->editor(u"appearance.theme"_s);
        QVERIFY(theme);
        QSignalSpy chosen(desk.window.get(), &MainWindow::themeChosen);
        auto *box = qobject_cast<QComboBox *>(theme->field());
        box->setCurrentIndex(2);
        Q_EMIT box->activated(2);
        QVERIFY(desk.ordered(u"set appearance.theme dark"_s));
        QCOMPARE(chosen.value(0).value(0).toString(), u"dark"_s);
        auto *servers = page->editor(u"dns.servers"_s);
        auto *field = qobject_cast<QLineEdit *>(servers->field());
        field->setText(u"not a server"_s);
        Q_EMIT field->editingFinished();
        QTRY_VERIFY(says(servers, u"⚠"_s));
        QCOMPARE(field->text(), u"not a server"_s);
    }
    void everySettingHasAnEditor()
    {
        Desk desk;
        desk.window->run(Command::GoSettings);
        auto *page = qobject_cast<SettingsPage *>(desk.window->currentPage());
        QTRY_VERIFY(page->editor(u"source.rdap.enabled"_s));
        for (const auto &info : settingTable()) {
            auto key = QString::fromLatin1(info.key);
            key.replace(u'*', u"rdap"_s);
            QVERIFY2(page->editor(key), qPrintable(key));
        }
    }
    void welcomeSaysWhoIsTold()
    {
        Desk desk;
        QTRY_VERIFY(
            says(desk.window.get(), u"mnemonic passive DNS. Nothing contacts the target"_s));
    }
};

WG_TEST(tst_Pages)
#include "tst_pages.moc"
