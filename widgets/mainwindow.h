// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/page.h"

#include <QMainWindow>
#include <QPointer>
#include <QUuid>

class QLabel;
class QMenu;
class QProgressBar;
class QSettings;
class QStackedWidget;
class QTabBar;

namespace wg {

class SideBar;
class TabPages;
class TopBar;

/// The one window: side bar, search, tabs, status. Nothing in it is modal and nothing of it asks
/// outside unless a person orders it. GUI thread; owned by the application.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(Actions &actions, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// Opens an entity's page from the cache; a person's look-up says Manner::Ask.
    void openEntity(const Entity &entity, Manner manner = Manner::FromCache);
    /// Brings the inbox to the front with this card chosen (a click on a notification).
    void showCard(const QUuid &card);
    void showInbox();
    void raiseAndFocus();
    /// Something that happened at start: stays in the status bar until the next message.
    void tell(const QString &sentence);
    /// Size and place as the last session left them, or most of the screen.
    void restoreFrame(const QSettings &settings);
    /// Everything inside: bars, menus and the last session's tabs, which ask nobody, or a new one.
    /// After show(), so that the window is there before fonts and icons are read; it is furnished
    /// before it is first painted.
    void furnish(QSettings &settings);
    void saveSession(QSettings &settings) const;
    /// Says that the window shows another world than this one: its name in the title, and a quiet
    /// line above all else. Again where the line changes.
    void nameWorld(const QString &name, const QString &line);
    [[nodiscard]] Page *currentPage() const;
    /// Runs a command as its key would.
    void run(Command command);

Q_SIGNALS:
    /// The window was closed by the person; the application decides whether to go on in the tray.
    void closed();
    void quitWanted();
    void sampleWanted();
    /// Somebody chose light, dark or system.
    void themeChosen(const QString &word);

protected:
    void closeEvent(QCloseEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    struct Progress
    {
        QString what;
        qint64 done = 0;
        qint64 total = 0; ///< below 0 when nobody knows, 0 when it is over
    };

    void restoreTabs(QSettings &settings);
    void buildActions();
    void buildMenu();
    void buildTabs();
    void buildFrame();
    void buildStatus();
    void connectSearch();
    void connectActions();
    void open(const Place &place, Where where, Manner manner);
    TabPages *newTab(const Place &place, Manner manner);
    void closeTab(int index);
    void goTo(Place::Kind kind);
    void goBy(int tabs);
    void pageChanged();
    void showTitle();
    void watchPage(Page *page);
    void showTab(TabPages *tab);
    void say(const QString &sentence);
    void showNote(const QString &sentence);
    /// A note that stays until Escape or a click: what it says stands nowhere else.
    void complain(const QString &sentence);
    void hideNote();
    void placeNote();
    void endNote();
    void runWords(const QString &words);
    void takeProgress(const QString &what, qint64 done, qint64 total);
    void takeWork(Page *page, const QString &what);
    void showProgress();
    void import();
    void importFile(const QString &path);
    void importAs(const std::shared_ptr<QFile> &file, const ImportOptions &options);
    void askMapping(const std::shared_ptr<QFile> &file, const TableSketch &sketch);
    void tellImported(const QString &name, const ImportReport &report);
    void undo();
    void toggleCacheOnly();
    void focusSearch();
    void leaveSearch();
    void nameCloseButton(int index, const QString &title);
    [[nodiscard]] QStringList paletteWords() const;
    void showPap(QWidget *below);
    void showState(QWidget *below);
    void applyDensity();
    void tick();
    void applySettings(const QString &key);
    [[nodiscard]] TabPages *currentTab() const;

    Actions &m_actions;
    ActionTable m_table;
    QMenu *m_menu = nullptr;
    TopBar *m_top = nullptr;
    SideBar *m_side = nullptr;
    QTabBar *m_tabs = nullptr;
    QStackedWidget *m_stack = nullptr;
    QLabel *m_note = nullptr;
    bool m_noteStays = false;
    QLabel *m_worldLine = nullptr;
    QString m_world; ///< empty for this one
    QLabel *m_work = nullptr;
    QProgressBar *m_progress = nullptr;
    Progress m_background; ///< an import, a check of all eyes
    Progress m_ordered; ///< by a page; shown before the background's
    QPointer<Page> m_orderer;
    QPointer<Page> m_front;
    QPointer<QWidget> m_before; ///< what had the focus before the search box
};

} // namespace wg
