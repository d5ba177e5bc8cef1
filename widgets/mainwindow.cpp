// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/mainwindow.h"

#include "items/words.h"
#include "widgets/icons.h"
#include "widgets/keysoverlay.h"
#include "widgets/popups.h"
#include "widgets/searchbox.h"
#include "widgets/sidebar.h"
#include "widgets/stateview.h"
#include "widgets/stilltable.h"
#include "widgets/tabpages.h"
#include "widgets/theme.h"
#include "widgets/topbar.h"
#include "widgets/welcomepage.h"

#include <QAccessible>
#include <QCloseEvent>
#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTabBar>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

namespace wg {

using namespace Qt::StringLiterals;

namespace {

constexpr int longestTabTitle = 32; ///< in average characters
constexpr int leastTabsWidth = 12;

} // namespace

MainWindow::MainWindow(Actions &actions, QWidget *parent)
    : QMainWindow(parent)
    , m_actions(actions)
{
    setWindowTitle(u"Watchglass"_s);
}

void MainWindow::furnish(QSettings &settings)
{
    setWindowIcon(appIcon());
    buildActions();
    buildMenu();
    buildFrame();
    buildStatus();
    connectSearch();
    connectActions();
    applyDensity();
    auto *minute = new QTimer(this);
    connect(minute, &QTimer::timeout, this, &MainWindow::tick);
    minute->start(60'000);
    restoreTabs(settings);
}

MainWindow::~MainWindow()
{
    if (m_front)
        m_front->left();
}

void MainWindow::buildActions()
{
    for (const auto &info : Commands::table()) {
        auto *action = new QAction(Commands::text(info.command), this);
        action->setShortcutVisibleInContextMenu(true);
        if (*info.icon)
            action->setIcon(icon(QString::fromLatin1(info.icon)));
        if (info.viewsOwn) { // shown in menus; the view acts on the key
            action->setText(action->text() + u'\t' + Commands::keyText(info.command));
        } else {
            action->setShortcuts(Commands::keys(info.command));
            addAction(action);
        }
        connect(action, &QAction::triggered, this,
                [this, command = info.command] { run(command); });
        m_table.insert(info.command, action);
    }
    auto *cacheOnly = m_table.value(Command::CacheOnly);
    cacheOnly->setCheckable(true);
}

void MainWindow::buildMenu()
{
    m_menu = new QMenu(this);
    QMenu *part = nullptr;
    auto group = CommandGroup::Program;
    bool first = true;
    for (const auto &info : Commands::table()) {
        if (first || info.group != group) {
            group = info.group;
            first = false;
            if (group == CommandGroup::Program) {
                m_menu->addSeparator();
                part = m_menu;
            } else {
                part = m_menu->addMenu(Commands::groupTitle(group));
            }
        }
        part->addAction(m_table.value(info.command));
    }
    connect(m_menu, &QMenu::aboutToShow, this, [this] {
        const auto able = m_front ? m_front->commands() : QList<Command>();
        for (const auto &info : Commands::table()) {
            if (info.group == CommandGroup::Page
                || (info.group == CommandGroup::Card && info.command != Command::Undo))
                m_table.value(info.command)->setEnabled(able.contains(info.command));
        }
    });
    connect(m_menu, &QMenu::aboutToHide, this, [this] {
        QMetaObject::invokeMethod(
            this,
            [this] {
                for (auto *action : std::as_const(m_table))
                    action->setEnabled(true);
                pageChanged();
            },
            Qt::QueuedConnection); // after the chosen one has run
    });
}

void MainWindow::buildTabs()
{
    m_tabs = new QTabBar(this);
    // Qt's own hint wants room for scroll buttons even where none are needed.
    m_tabs->setMinimumWidth(m_tabs->fontMetrics().averageCharWidth() * leastTabsWidth);
    m_tabs->setAccessibleName(tr("Tabs"));
    m_tabs->setTabsClosable(true);
    m_tabs->setMovable(false);
    m_tabs->setExpanding(false);
    m_tabs->setElideMode(Qt::ElideNone); // many scroll; Qt would shorten the shortest first
    for (auto *scroll : m_tabs->findChildren<QToolButton *>())
        scroll->setFocusPolicy(Qt::NoFocus);
    m_tabs->setDocumentMode(true);
    m_tabs->setDrawBase(true);
    m_tabs->setFocusPolicy(Qt::StrongFocus);
}

void MainWindow::buildFrame()
{
    m_top = new TopBar(m_actions, m_table, m_menu, this);
    m_side = new SideBar(m_table, this);
    buildTabs();
    m_stack = new QStackedWidget(this);
    m_note = plainLabel({}, this);
    m_note->setAutoFillBackground(true);
    m_note->setFrameShape(QFrame::StyledPanel);
    m_note->setMargin(space(this, 2));
    m_note->setWordWrap(true);
    m_note->setBackgroundRole(QPalette::ToolTipBase);
    m_note->installEventFilter(this);
    m_note->hide();
    auto *tabs = new QHBoxLayout;
    auto *plus = new QToolButton(this);
    plus->setDefaultAction(m_table.value(Command::NewTab));
    plus->setToolButtonStyle(Qt::ToolButtonIconOnly);
    plus->setAutoRaise(true);
    plus->setAccessibleName(Commands::text(Command::NewTab));
    plus->setToolTip(Commands::textWithKey(Command::NewTab));
    tabs->setSpacing(0);
    tabs->addWidget(m_tabs);
    tabs->addWidget(plus);
    tabs->addStretch(1);
    auto *right = new QVBoxLayout;
    right->setSpacing(0);
    right->addLayout(tabs);
    right->addWidget(m_stack, 1);
    auto *body = new QHBoxLayout;
    body->setSpacing(0);
    body->addWidget(m_side);
    body->addLayout(right, 1);
    auto *all = new QWidget(this);
    auto *column = new QVBoxLayout(all);
    column->setContentsMargins({});
    column->setSpacing(0);
    m_worldLine = plainLabel({}, all);
    m_worldLine->setAutoFillBackground(true);
    m_worldLine->setBackgroundRole(QPalette::ToolTipBase);
    m_worldLine->setForegroundRole(QPalette::ToolTipText);
    m_worldLine->setMargin(space(this, 2));
    m_worldLine->setWordWrap(true);
    m_worldLine->hide();
    column->addWidget(m_worldLine);
    column->addWidget(m_top);
    auto *rule = new QFrame(all);
    rule->setFrameShape(QFrame::HLine);
    rule->setForegroundRole(QPalette::Midlight);
    column->addWidget(rule);
    column->addLayout(body, 1);
    setCentralWidget(all);
    all->show(); // the window may show already
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int index) {
        m_stack->setCurrentIndex(index);
        pageChanged();
    });
    connect(m_tabs, &QTabBar::tabCloseRequested, this, &MainWindow::closeTab);
}

void MainWindow::buildStatus()
{
    m_work = plainLabel({}, this);
    m_progress = new QProgressBar(this);
    m_progress->setAccessibleName(tr("Progress"));
    m_progress->setMaximumWidth(QFontMetrics(font()).averageCharWidth() * 24);
    m_progress->setMaximumHeight(QFontMetrics(font()).height());
    m_progress->hide();
    statusBar()->setSizeGripEnabled(false);
    statusBar()->addPermanentWidget(m_work);
    statusBar()->addPermanentWidget(m_progress);
    statusBar()->show();
}

void MainWindow::connectSearch()
{
    auto *search = m_top->search();
    connect(search, &SearchBox::oneFound, this, [this](const Entity &entity, Where where) {
        hideNote();
        m_top->search()->clear();
        open({Place::Kind::Subject, entity, {}, {}}, where, Manner::Ask);
    });
    connect(search, &SearchBox::severalFound, this,
            [this](const QList<Entity> &found, Where where) {
                hideNote();
                m_top->search()->clear();
                open({Place::Kind::Choice, {}, found, {}}, where, Manner::FromCache);
            });
    connect(search, &SearchBox::left, this, &MainWindow::leaveSearch);
    connect(search, &SearchBox::nothingFound, this, &MainWindow::showNote);
    connect(search, &SearchBox::commandChosen, this, &MainWindow::runWords);
    connect(search, &QLineEdit::textEdited, this, &MainWindow::hideNote);
}

void MainWindow::connectActions()
{
    connect(m_top, &TopBar::papWanted, this, &MainWindow::showPap);
    connect(m_top, &TopBar::stateWanted, this, &MainWindow::showState);
    connect(&m_actions, &Actions::openCardsChanged, m_side, &SideBar::setOpenCards);
    connect(&m_actions, &Actions::workProgress, this, &MainWindow::takeProgress);
    connect(&m_actions, &Actions::settingsChanged, this, &MainWindow::applySettings);
    m_side->setOpenCards(m_actions.openCards());
    m_table.value(Command::CacheOnly)->setChecked(m_actions.policy().cacheOnly);
}

void MainWindow::applySettings(const QString &key)
{
    m_table.value(Command::CacheOnly)->setChecked(m_actions.policy().cacheOnly);
    if (key == u"appearance.density")
        applyDensity();
    if (key == u"appearance.theme")
        Q_EMIT themeChosen(m_actions.settings().text(key));
}

void MainWindow::applyDensity()
{
    setCompactRows(m_actions.settings().text(u"appearance.density"_s) == u"compact");
    for (auto *table : findChildren<StillTable *>())
        table->fitRows();
    for (auto *list : findChildren<QListView *>())
        list->doItemsLayout();
}

/// Relative times grow older where they stand.
void MainWindow::tick()
{
    if (!m_front || !isVisible())
        return;
    m_front->tick();
    for (auto *view : m_front->findChildren<QAbstractItemView *>())
        view->viewport()->update();
}

TabPages *MainWindow::currentTab() const
{
    return qobject_cast<TabPages *>(m_stack->currentWidget());
}

Page *MainWindow::currentPage() const
{
    auto *tab = currentTab();
    return tab ? tab->page() : nullptr;
}

TabPages *MainWindow::newTab(const Place &place, Manner manner)
{
    auto *tab = new TabPages(m_actions, m_table, m_stack);
    connect(tab, &TabPages::pageMade, this, &MainWindow::watchPage);
    connect(tab, &TabPages::pageChanged, this, [this, tab] {
        showTab(tab);
        if (tab == currentTab())
            pageChanged();
    });
    m_stack->addWidget(tab);
    const int index = m_tabs->addTab(QString());
    tab->go(place, manner);
    m_tabs->setCurrentIndex(index);
    return tab;
}

void MainWindow::watchPage(Page *page)
{
    connect(page, &Page::said, this, &MainWindow::say);
    connect(page, &Page::worked, this, [this, page](const QString &what) { takeWork(page, what); });
    connect(page, &Page::openRequested, this, &MainWindow::open);
    connect(page, &Page::titleChanged, this, [this] {
        for (int i = 0; i < m_stack->count(); ++i)
            showTab(qobject_cast<TabPages *>(m_stack->widget(i)));
    });
    if (auto *welcome = qobject_cast<WelcomePage *>(page))
        connect(welcome, &WelcomePage::searchWanted, this, &MainWindow::focusSearch);
}

void MainWindow::showTab(TabPages *tab)
{
    const int index = m_stack->indexOf(tab);
    if (index < 0 || !tab->page())
        return;
    const auto title = tab->page()->title();
    const QFontMetrics metrics(m_tabs->font());
    auto shown =
        metrics.elidedText(title, Qt::ElideMiddle, metrics.averageCharWidth() * longestTabTitle);
    // Read out as it is; only what might be taken for markup needs the box.
    m_tabs->setTabToolTip(
        index, Qt::mightBeRichText(title) ? UntrustedText::fromString(title).toolTip() : title);
    m_tabs->setAccessibleTabName(index, title);
    m_tabs->setTabText(index, shown.replace(u'&', u"&&"_s));
    m_tabs->setTabIcon(index, tab->page()->pageIcon());
    m_tabs->updateGeometry(); // what stands behind the tabs follows their width
    nameCloseButton(index, title);
}

/// Qt gives the signs in its tabs no name.
void MainWindow::nameCloseButton(int index, const QString &title)
{
    for (const auto side : {QTabBar::LeftSide, QTabBar::RightSide}) {
        if (auto *close = m_tabs->tabButton(index, side))
            close->setAccessibleName(tr("Close %1").arg(title));
    }
}

void MainWindow::pageChanged()
{
    auto *page = currentPage();
    auto *tab = currentTab();
    if (!page)
        return;
    m_table.value(Command::Back)->setEnabled(tab->canWalk(-1));
    m_table.value(Command::Forward)->setEnabled(tab->canWalk(1));
    if (page == m_front)
        return;
    if (m_front)
        m_front->left();
    m_front = page;
    m_top->search()->setCommands(paletteWords());
    hideNote();
    m_side->setFront(page->place().kind);
    m_top->setSubject(page->subject());
    showTitle();
    page->entered();
}

void MainWindow::showTitle()
{
    QStringList parts{u"Watchglass"_s};
    if (!m_world.isEmpty())
        parts.prepend(m_world);
    if (m_front)
        parts.prepend(m_front->title());
    setWindowTitle(parts.join(u" – "_s));
}

void MainWindow::nameWorld(const QString &name, const QString &line)
{
    m_world = name;
    m_worldLine->setText(line);
    m_worldLine->setVisible(!line.isEmpty());
    showTitle();
}

void MainWindow::open(const Place &place, Where where, Manner manner)
{
    const bool fixed = place.kind != Place::Kind::Subject && place.kind != Place::Kind::Choice;
    if (fixed) {
        goTo(place.kind);
        return;
    }
    auto *page = currentPage();
    const auto kind = page ? page->place().kind : Place::Kind::Welcome;
    const bool keeps = kind == Place::Kind::Inbox || kind == Place::Kind::Monitors
        || kind == Place::Kind::Sources || kind == Place::Kind::Settings;
    if (where == Where::NewTab || keeps || !currentTab())
        newTab(place, manner);
    else
        currentTab()->go(place, manner);
}

void MainWindow::goTo(Place::Kind kind)
{
    for (int i = 0; i < m_stack->count(); ++i) {
        auto *tab = qobject_cast<TabPages *>(m_stack->widget(i));
        if (tab->page() && tab->page()->place().kind == kind) {
            m_tabs->setCurrentIndex(i);
            return;
        }
    }
    const Place place{kind, {}, {}, {}};
    auto *page = currentPage();
    if (page && page->place().kind == Place::Kind::Welcome)
        currentTab()->go(place, Manner::FromCache);
    else
        newTab(place, Manner::FromCache);
}

void MainWindow::goBy(int tabs)
{
    const int count = m_tabs->count();
    if (count > 0)
        m_tabs->setCurrentIndex((m_tabs->currentIndex() + tabs + count) % count);
}

void MainWindow::closeTab(int index)
{
    auto *tab = qobject_cast<TabPages *>(m_stack->widget(index));
    if (!tab)
        return;
    if (m_front && tab->isAncestorOf(m_front)) {
        m_front->left();
        m_front = nullptr;
    }
    if (m_tabs->count() == 1)
        newTab({}, Manner::FromCache);
    m_stack->removeWidget(tab);
    tab->close();
    m_tabs->removeTab(index);
    m_stack->setCurrentIndex(m_tabs->currentIndex());
    pageChanged();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (m_front)
        m_front->left();
    event->accept();
    Q_EMIT closed();
}

/// Keys come here when nobody took them. Escape ends a note; Enter presses the button that has the
/// focus, as Space does.
void MainWindow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_note->isVisible()) {
        endNote();
        return;
    }
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    auto *tool = qobject_cast<QToolButton *>(focusWidget());
    auto *push = qobject_cast<QPushButton *>(focusWidget());
    if (!enter || (!tool && !push))
        QMainWindow::keyPressEvent(event);
    else if (tool && tool->menu())
        tool->menu()->popup(tool->mapToGlobal(QPoint(0, tool->height())));
    else
        qobject_cast<QAbstractButton *>(focusWidget())->click();
}

bool MainWindow::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_note && event->type() == QEvent::MouseButtonPress) {
        endNote();
        return true;
    }
    return QMainWindow::eventFilter(watched, event);
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    hideNote();
    if (m_noteStays)
        placeNote();
}

} // namespace wg
