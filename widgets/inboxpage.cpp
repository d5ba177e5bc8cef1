// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inboxpage.h"

#include "core/after.h"
#include "items/cardlist.h"
#include "items/words.h"
#include "widgets/carddelegate.h"
#include "widgets/carddetail.h"
#include "widgets/evenlist.h"
#include "widgets/icons.h"
#include "widgets/linkbutton.h"
#include "widgets/stateview.h"
#include "widgets/stilltable.h"
#include "widgets/theme.h"

#include <QComboBox>
#include <QLabel>
#include <QScrollBar>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <numeric>

namespace wg {

using namespace Qt::StringLiterals;

namespace {

/// What the list can show, in the order of its box.
const QList<QList<CardState>> &choices()
{
    static const QList<QList<CardState>> lists{{CardState::New},
                                               {CardState::Snoozed},
                                               {CardState::Acknowledged},
                                               {},
                                               {CardState::Suppressed}};
    return lists;
}

} // namespace

InboxPage::InboxPage(Actions &orders, const ActionTable &table, QWidget *parent)
    : Page(orders, table, parent)
    , m_model(new CardListModel(orders, this))
    , m_list(new EvenList(this))
    , m_detail(new CardDetail(orders, this))
    , m_which(new QComboBox(this))
    , m_count(dimLabel({}, this))
    , m_clear(new LinkButton({}, this))
    , m_body(new QStackedWidget(this))
    , m_state(new StateView(this))
{
    build();
    connect(m_model, &CardListModel::shown, this, &InboxPage::shown);
    connect(m_model, &CardListModel::failed, this, &InboxPage::failed);
    connect(m_model, &QAbstractItemModel::rowsAboutToBeInserted, this, &InboxPage::holdTop);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &InboxPage::restoreTop);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &InboxPage::showCount);
    connect(m_model, &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex &from, const QModelIndex &to) {
                const int row = m_list->currentIndex().row();
                if (row >= from.row() && row <= to.row())
                    showCurrent();
            });
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &InboxPage::showCurrent);
    connect(m_list, &EvenList::activated, this, [this] { openCurrent(Where::NewTab); });
    connect(m_list, &QWidget::customContextMenuRequested, this,
            [this](const QPoint &at) { showMenu(m_list->viewport()->mapToGlobal(at)); });
    connect(m_detail, &CardDetail::entityOpened, this, [this](const Artifact &to, Where where) {
        Q_UNUSED(where)
        openEntity(to, Where::NewTab, Manner::FromCache);
    });
    connect(m_detail, &CardDetail::cardWanted, this, &InboxPage::showCard);
    connect(m_detail, &CardDetail::commandWanted, this, &InboxPage::run);
    connect(&orders, &Actions::cardsRaised, this,
            [this](const QList<Card> &cards) { m_model->raise(cards); });
    connect(&orders, &Actions::cardsChanged, this, &InboxPage::refreshVisible);
    connect(&orders, &Actions::openCardsChanged, this, [this] { showCount(); });
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, [this] { showCount(); });
    reload();
}

void InboxPage::build()
{
    buildList();
    auto *splitter = new QSplitter(Qt::Horizontal, this);
    m_splitter = splitter;
    connect(splitter, &QSplitter::splitterMoved, this, [this] { m_divided = true; });
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(1);
    splitter->addWidget(m_list);
    splitter->addWidget(m_detail);
    const int character = QFontMetrics(font()).averageCharWidth();
    m_list->setMinimumWidth(character * 32);
    m_detail->setMinimumWidth(character * 50);
    splitter->setStretchFactor(0, 0);
    splitter->setStretchFactor(1, 1);
    m_body->addWidget(splitter);
    m_body->addWidget(m_state);
    auto *top = new QHBoxLayout;
    top->setContentsMargins(space(this, 2), space(this, 2), space(this, 2), space(this, 2));
    top->setSpacing(space(this, 3));
    top->addWidget(m_which);
    top->addWidget(m_count);
    top->addWidget(m_clear);
    top->addStretch(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(top);
    column->addWidget(m_body, 1);
}

void InboxPage::buildList()
{
    m_which->addItems(
        {tr("New"), tr("Snoozed"), tr("Acknowledged"), tr("All"), tr("Hidden by a rule")});
    m_which->setAccessibleName(tr("Which cards"));
    m_clear->hide();
    const auto anew = [this] {
        m_wanted = QUuid();
        reload();
    };
    connect(m_which, &QComboBox::activated, this, anew);
    connect(m_clear, &QToolButton::clicked, this, anew);
    m_list->setAccessibleName(tr("Inbox"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    m_list->setItemDelegate(new CardDelegate(m_list));
    m_list->setModel(m_model);
    m_list->setLoadedRole(CardListModel::LoadedRole);
}

Place InboxPage::place() const
{
    const auto *card = m_model->cardAt(m_list->currentIndex().row());
    return {Place::Kind::Inbox, {}, {}, card ? card->id : QUuid()};
}

QString InboxPage::title() const
{
    return tr("Inbox");
}

QIcon InboxPage::pageIcon() const
{
    return icon(u"inbox"_s);
}

QList<Command> InboxPage::commands() const
{
    using enum Command;
    return {MoveDown, MoveUp, Open,      OpenInNewTab, Acknowledge, Snooze,
            HideLike, Undo,   ToggleEye, Copy,         CopyAsIs};
}

void InboxPage::run(Command command)
{
    switch (command) {
    case Command::MoveDown:
        move(1);
        return;
    case Command::MoveUp:
        move(-1);
        return;
    case Command::Open:
    case Command::OpenInNewTab:
        openCurrent(Where::NewTab);
        return;
    case Command::Acknowledge:
        acknowledge();
        return;
    case Command::Snooze:
        snooze();
        return;
    case Command::HideLike:
        hideLike();
        return;
    case Command::Undo:
        undo();
        return;
    case Command::Copy:
        copy(m_detail->selectedValues(), CopyForm::Defanged);
        return;
    case Command::CopyAsIs:
        copy(m_detail->selectedValues(), CopyForm::AsIs);
        return;
    case Command::ToggleEye:
        toggleEye();
        return;
    default:
        return;
    }
}

void InboxPage::entered()
{
    m_front = true;
    if (std::exchange(m_stale, false))
        reload();
    m_list->setFocus(Qt::OtherFocusReason);
}

/// The next visit begins with a tidy list.
void InboxPage::left()
{
    m_front = false;
    m_stale = !m_done.isEmpty();
}

void InboxPage::reload()
{
    CardQuery query;
    query.states = choices().at(m_which->currentIndex());
    query.grouped = true;
    m_done.clear();
    m_clear->hide();
    m_model->show(query);
    m_body->setCurrentIndex(0);
}

void InboxPage::shown()
{
    showCount();
    const int wanted = m_wanted.isNull() ? 0 : m_model->rowOf(m_wanted);
    if (wanted < 0) { // not in this list, or deep in it: shown beside the list
        m_body->setCurrentIndex(0);
        return;
    }
    if (m_model->rowCount() == 0) {
        const bool fresh = m_which->currentIndex() == 0;
        m_state->show(
            {fresh ? u"well"_s : u"inbox"_s,
             fresh ? Tint::Good : Tint::Dim,
             fresh ? tr("Nothing new.") : tr("No such cards."),
             fresh ? tr("When something that you watch changes, it appears here.") : QString(),
             {{tr("Open monitors"), [this] {
                   Q_EMIT openRequested({Place::Kind::Monitors, {}, {}, {}}, Where::Here,
                                        Manner::FromCache);
               }}}});
        m_body->setCurrentWidget(m_state);
        m_detail->showNothing(tr("No card is selected."), {});
        return;
    }
    m_body->setCurrentIndex(0);
    m_list->setCurrentIndex(m_model->index(wanted, 0));
    showCurrent();
}

void InboxPage::failed(const Error &error)
{
    m_state->show({u"warning"_s,
                   Tint::Bad,
                   tr("The cards could not be read."),
                   Words::error(error),
                   {{tr("Try again"), [this] { reload(); }}}});
    m_body->setCurrentWidget(m_state);
}

void InboxPage::showCount()
{
    const auto total = m_model->total();
    m_count->setText(total < 0 ? QString() : tr("%Ln card(s)", nullptr, int(total)));
    if (m_model->rowCount() > 0)
        m_body->setCurrentIndex(0);
    const int done = std::accumulate(m_done.cbegin(), m_done.cend(), 0);
    m_clear->say(tr("Hide %Ln done", nullptr, done));
    m_clear->setVisible(done > 0);
}

void InboxPage::showCurrent()
{
    const int selected = m_list->selectedCount();
    if (selected > 0)
        m_wanted = QUuid();
    if (selected > 1) {
        m_detail->showMany(selected);
        return;
    }
    const int row = selected == 0 ? m_list->currentIndex().row() : m_list->selectedRows().first();
    if (const auto *card = m_model->cardAt(row))
        m_detail->show(*card);
    else if (row < 0)
        m_detail->showNothing(tr("No card is selected."), tr("J and K move, E acknowledges."));
}

void InboxPage::move(int rows)
{
    const int from = m_list->currentIndex().isValid() ? m_list->currentIndex().row() : -1;
    const int to = std::clamp(from + rows, 0, m_model->rowCount() - 1);
    if (m_model->rowCount() > 0)
        m_list->setCurrentIndex(m_model->index(to, 0));
    m_list->setFocus(Qt::ShortcutFocusReason);
}

/// What one looks at stays where it is when cards come in above it.
void InboxPage::holdTop()
{
    const auto top = m_list->indexAt(QPoint(1, 1));
    const bool atRest = m_list->verticalScrollBar()->value() == 0 && !m_list->underMouse();
    m_top = atRest ? QModelIndex() : top;
    m_topAt = m_list->visualRect(top).top();
}

void InboxPage::restoreTop()
{
    if (m_top.isValid()) {
        auto *bar = m_list->verticalScrollBar();
        bar->setValue(bar->value() + m_list->visualRect(m_top).top() - m_topAt);
    }
    m_top = QModelIndex();
}

void InboxPage::refreshVisible()
{
    if (!m_wanted.isNull())
        readWanted();
    const int first = m_list->indexAt(QPoint(1, 1)).row();
    const auto last = m_list->indexAt(QPoint(1, m_list->viewport()->height() - 2));
    m_model->refresh(std::max(0, first), last.isValid() ? last.row() : m_model->rowCount() - 1);
}

void InboxPage::openCurrent(Where where)
{
    const auto link = m_detail->changes()->currentIndex();
    if (m_detail->changes()->hasFocus() && link.isValid()) {
        Q_EMIT m_detail->changes()->opened(link, where);
        return;
    }
    if (const auto *card = m_model->cardAt(m_list->currentIndex().row()))
        openEntity(card->entity, where, Manner::FromCache);
}

void InboxPage::showCard(const QUuid &id)
{
    if (const int row = m_model->rowOf(id); row >= 0) {
        m_list->setCurrentIndex(m_model->index(row, 0));
        return;
    }
    m_list->setCurrentIndex({});
    m_wanted = id;
    readWanted();
}

void InboxPage::readWanted()
{
    after(this, actions().card(m_wanted), [this, id = m_wanted](const Result<Card> &card) {
        if (m_wanted != id)
            return;
        if (!card) {
            m_wanted = QUuid();
            Q_EMIT said(Words::error(card.error()));
            if (!m_model->isReading())
                shown();
            return;
        }
        if (const int row = m_model->rowOf(id); row >= 0) {
            m_list->setCurrentIndex(m_model->index(row, 0));
            return;
        }
        m_body->setCurrentIndex(0);
        m_detail->show(*card);
    });
}

void InboxPage::showMenu(const QPoint &global)
{
    popUp({Command::Open, Command::Acknowledge, Command::Snooze, Command::Undo, Command::Copy,
           Command::CopyAsIs, Command::ToggleEye},
          global);
}

/// The list gives way to the card in a narrow window, until somebody drags it as he wants it.
void InboxPage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    if (m_divided)
        return;
    const int character = QFontMetrics(font()).averageCharWidth();
    const int list = std::clamp(width() / 3, character * 40, character * 60);
    m_splitter->setSizes({list, width() - list});
}

void InboxPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange)
        m_list->doItemsLayout();
    Page::changeEvent(event);
}

} // namespace wg
