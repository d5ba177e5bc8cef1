// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/carddetail.h"

#include "core/after.h"
#include "items/changetable.h"
#include "items/words.h"
#include "widgets/elidedlabel.h"
#include "widgets/flowlayout.h"
#include "widgets/icons.h"
#include "widgets/linkbutton.h"
#include "widgets/stateview.h"
#include "widgets/stilltable.h"
#include "widgets/theme.h"

#include <QHeaderView>
#include <QLabel>
#include <QListWidget>
#include <QScrollBar>
#include <QStackedLayout>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace wg {

using namespace Qt::StringLiterals;

namespace {

constexpr int cardRole = Qt::UserRole + 1;
constexpr int mostConcerned = 24;

LinkButton *monoLink(const QString &text, QWidget *parent)
{
    auto *button = new LinkButton(text, parent);
    button->setFont(monospace(parent->font()));
    return button;
}

} // namespace

CardDetail::CardDetail(PageReader &reader, QWidget *parent)
    : QWidget(parent)
    , m_reader(reader)
    , m_stack(new QStackedLayout(this))
    , m_state(new StateView(this))
    , m_model(new ChangeTableModel(this))
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_body = buildBody();
    m_stack->addWidget(m_state);
    m_stack->addWidget(m_body);
    connect(m_changes, &StillTable::opened, this, [this](const QModelIndex &index, Where where) {
        if (const auto link = linkOf(m_model->changeAt(index.row())))
            Q_EMIT entityOpened(*link, where);
    });
    connect(m_changes->horizontalScrollBar(), &QScrollBar::rangeChanged, this,
            &CardDetail::fitLists);
    connect(m_name, &QToolButton::clicked, this,
            [this] { Q_EMIT entityOpened(m_card.entity, Where::NewTab); });
    connect(m_last, &QListWidget::itemActivated, this, [this](const QListWidgetItem *item) {
        Q_EMIT cardWanted(item->data(cardRole).toUuid());
    });
}

/// The name, and what can be done with the card.
QHBoxLayout *CardDetail::buildOrders(QWidget *body)
{
    auto *head = new QHBoxLayout;
    head->setSpacing(space(this, 1));
    head->addWidget(m_name);
    head->addWidget(m_group);
    head->addStretch(1);
    for (const auto command :
         {Command::HideLike, Command::Acknowledge, Command::Snooze, Command::Undo}) {
        auto *button = new QToolButton(body);
        button->setIcon(icon(QString::fromLatin1(Commands::info(command).icon)));
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setText(Commands::text(command));
        button->setAccessibleName(Commands::text(command));
        button->setToolTip(Commands::textWithKey(command));
        button->setFocusPolicy(Qt::StrongFocus);
        connect(button, &QToolButton::clicked, this,
                [this, command] { Q_EMIT commandWanted(command); });
        head->addWidget(button);
        if (command == Command::Acknowledge)
            m_acknowledge = button;
        if (command == Command::HideLike)
            m_hide = button;
    }
    return head;
}

QWidget *CardDetail::buildBody()
{
    auto *body = new QWidget(this);
    m_name = monoLink({}, body);
    m_name->setFont(bold(scaled(monospace(font()), 1.25)));
    m_group = new ElidedLabel({}, Qt::ElideRight, body);
    m_group->setFont(bold(scaled(font(), 1.25)));
    m_cause = plainLabel({}, body);
    m_cause->setFont(scaled(font(), 1.1));
    m_facts = dimLabel({}, body);
    m_concerns = plainLabel({}, body);
    for (auto *label : {m_cause, m_facts, m_concerns})
        label->setWordWrap(true);
    m_concernedBox = new QWidget(body);
    m_concerned = new FlowLayout(m_concernedBox, space(this, 3), 0);
    auto *head = buildOrders(body);
    m_changes = new StillTable(tr("Changes"),
                               {.link = ChangeTableModel::LinkRole,
                                .gone = ChangeTableModel::GoneRole,
                                .novelty = ChangeTableModel::NoveltyRole,
                                .monospaced = {ChangeTableModel::Before, ChangeTableModel::After},
                                .marks = ChangeTableModel::News},
                               body);
    m_changes->setModel(m_model);
    m_lastTitle = plainLabel({}, body);
    m_lastTitle->setFont(bold(font()));
    m_last = new QListWidget(body);
    m_last->setFrameShape(QFrame::NoFrame);
    m_last->setAccessibleName(tr("Last cards"));
    m_last->setUniformItemSizes(true);
    m_last->setItemDelegate(new LinkDelegate({.fitsView = true}, m_last));
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(space(this, 3), space(this, 2), space(this, 3), space(this, 2));
    column->setSpacing(space(this, 1));
    column->addLayout(head);
    column->addWidget(m_cause);
    column->addWidget(m_facts);
    column->addWidget(m_concerns);
    column->addWidget(m_concernedBox);
    column->addSpacing(space(this, 2));
    column->addWidget(m_changes, 1);
    column->addSpacing(space(this, 2));
    column->addWidget(m_lastTitle);
    column->addWidget(m_last);
    column->addStretch(0);
    return body;
}

void CardDetail::showNothing(const QString &sentence, const QString &detail)
{
    m_ticket.renew();
    m_card = {};
    m_state->show({u"inbox"_s, Tint::Dim, sentence, detail, {}});
    m_stack->setCurrentWidget(m_state);
}

void CardDetail::showMany(int count)
{
    m_ticket.renew();
    m_card = {};
    m_state->show(
        {u"inbox"_s,
         Tint::Dim,
         tr("%Ln card(s) selected", nullptr, count),
         tr("E acknowledges all of them, S snoozes them, U takes it back."),
         {{Commands::text(Command::Acknowledge),
           [this] { Q_EMIT commandWanted(Command::Acknowledge); }},
          {Commands::text(Command::Snooze), [this] { Q_EMIT commandWanted(Command::Snooze); }}}});
    m_stack->setCurrentWidget(m_state);
}

void CardDetail::show(const Card &card)
{
    const bool same = m_card.id == card.id && m_card.changeCount == card.changeCount;
    const auto changes = m_card.changes;
    m_card = card;
    if (same)
        m_card.changes = changes;
    showHead();
    m_stack->setCurrentWidget(m_body);
    if (same)
        return;
    m_model->show({});
    m_last->clear();
    m_lastTitle->clear();
    const auto ticket = m_ticket.renew();
    after(this, m_reader.card(card.id), [this, ticket](const Result<Card> &read) {
        if (!m_ticket.isCurrent(ticket))
            return;
        if (read)
            take(*read);
        else
            m_facts->setText(Words::error(read.error()));
    });
}

void CardDetail::take(const Card &card)
{
    m_card = card;
    showHead();
    m_model->show(card.changes);
    hideEmptyColumns();
    fitColumns();
    fitLists();
    readLast();
}

void CardDetail::showHead()
{
    const auto now = Words::now();
    const bool group = m_card.groupSize > 1;
    m_name->say(madeVisible(m_card.entity.value, 300));
    m_name->setVisible(!group);
    m_group->setText(group ? Words::subject(m_card) : QString());
    m_group->setFullText(m_group->text());
    m_group->setVisible(group);
    m_cause->setText(Words::cause(m_card));
    QStringList facts;
    QStringList titles;
    for (const auto dataset : std::as_const(m_card.datasets))
        titles.append(Words::datasetTitle(dataset));
    facts.append(titles.join(u", "_s));
    facts.append(tr("noticed %1").arg(Words::when(m_card.detectedAt, now)));
    if (!m_card.source.isEmpty())
        facts.append(tr("by %1").arg(madeVisible(m_card.source, 60)));
    if (m_card.state != CardState::New)
        facts.append(Words::cardState(m_card, now));
    m_facts->setText(facts.join(u"  ·  "_s));
    setTip(m_facts, {Words::exact(m_card.detectedAt)});
    m_hide->setVisible(m_card.cause == Cause::Storm);
    m_acknowledge->setEnabled(m_card.state == CardState::New || m_card.state == CardState::Snoozed);
    showConcerned();
}

void CardDetail::showConcerned()
{
    while (auto *item = m_concerned->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    const bool group = m_card.groupSize > 1;
    QList<Artifact> others;
    if (group && !m_card.concerns.contains(m_card.entity))
        others.append(m_card.entity);
    for (const auto &concerned : std::as_const(m_card.concerns)) {
        if (group || concerned != m_card.entity)
            others.append(concerned);
    }
    m_concerns->setText(group ? tr("The same change on all of them; below, that of %1:")
                                    .arg(madeVisible(m_card.entity.value, 80))
                              : tr("Concerns %Ln watched entities:", nullptr, int(others.size())));
    m_concerns->setVisible(group || !others.isEmpty());
    m_concernedBox->setVisible(!others.isEmpty());
    for (qsizetype i = 0; i < others.size() && i < mostConcerned; ++i) {
        auto *button = monoLink(madeVisible(others.at(i).value, 80), m_concernedBox);
        connect(button, &QToolButton::clicked, this,
                [this, other = others.at(i)] { Q_EMIT entityOpened(other, Where::NewTab); });
        m_concerned->addWidget(button);
        button->show();
    }
    if (others.size() > mostConcerned) {
        m_concerned->addWidget(dimLabel(
            tr("and %n more", nullptr, int(others.size() - mostConcerned)), m_concernedBox));
    }
}

void CardDetail::readLast()
{
    const auto ticket = m_ticket.current();
    after(this, m_reader.summary(m_card.entity),
          [this, ticket](const Result<EntitySummary> &summary) {
              if (m_ticket.isCurrent(ticket) && summary)
                  showLast(summary->lastCards);
          });
}

void CardDetail::showLast(const QList<Card> &cards)
{
    m_last->clear();
    const auto now = Words::now();
    for (const auto &card : cards) {
        if (card.id == m_card.id)
            continue;
        auto *item = new QListWidgetItem(
            icon(card.state == CardState::Acknowledged ? u"acknowledge"_s : u"inbox"_s, Tint::Dim),
            u"%1  ·  %2  ·  %3"_s.arg(Words::when(card.detectedAt, now), Words::cause(card),
                                      Words::cardState(card, now)));
        item->setData(cardRole, card.id);
        m_last->addItem(item);
    }
    m_lastTitle->setText(m_last->count() > 0
                             ? tr("Other cards of %1").arg(madeVisible(m_card.entity.value, 80))
                             : tr("The only card of %1").arg(madeVisible(m_card.entity.value, 80)));
    m_last->setVisible(m_last->count() > 0);
    m_lastTitle->setVisible(m_last->count() > 0 || m_card.groupSize < 2);
    fitLists();
}

/// As high as their rows, as far as there is room: what follows stands right below.
void CardDetail::fitLists()
{
    const int row = m_changes->verticalHeader()->defaultSectionSize();
    const int header = m_changes->horizontalHeader()->sizeHint().height();
    m_changes->setMinimumHeight(header + std::min(m_model->rowCount(), 3) * row);
    const auto *bar = m_changes->horizontalScrollBar();
    const int below = bar->maximum() > 0 ? bar->sizeHint().height() : 0;
    m_changes->setMaximumHeight(header + m_model->rowCount() * row + below + 2);
    m_last->setFixedHeight(m_last->count() * m_last->sizeHintForRow(0) + 2);
}

/// Where nothing was before, or nothing is after, the other side has the room.
void CardDetail::hideEmptyColumns()
{
    const auto &changes = m_card.changes;
    const auto came = [](const Change &change) { return change.before.isEmpty(); };
    const auto went = [](const Change &change) { return change.after.isEmpty(); };
    const bool allCame = std::all_of(changes.cbegin(), changes.cend(), came);
    const bool allWent = std::all_of(changes.cbegin(), changes.cend(), went);
    m_changes->setColumnHidden(ChangeTableModel::Before, allCame);
    m_changes->setColumnHidden(ChangeTableModel::After, allWent && !allCame);
}

/// What is said least goes first when there is little room.
void CardDetail::fitColumns()
{
    const int characters = width() / QFontMetrics(font()).averageCharWidth();
    const bool tight = characters < 85;
    const bool roomy = characters >= 100;
    const bool dated = roomy
        && std::any_of(m_card.changes.cbegin(), m_card.changes.cend(),
                       [](const Change &change) { return change.worldFirst.has_value(); });
    m_changes->setColumnHidden(ChangeTableModel::FirstSeen, !dated);
    const int change = tight ? 9 : 12;
    const int sides = m_changes->isColumnHidden(ChangeTableModel::Before)
            || m_changes->isColumnHidden(ChangeTableModel::After)
        ? 1
        : 2;
    const int what = tight ? 15 : sides == 1 && roomy ? 27 : 18;
    const int news = tight ? 5 : 22;
    const int left = characters - change - what - news - (dated ? 13 : 0) - 6;
    const int side = std::clamp(left / sides, 20, 72); // before and after stay side by side
    m_changes->setColumnWidths({change, what, side, side, news, dated ? 13 : 0},
                               dated ? ChangeTableModel::FirstSeen : ChangeTableModel::News);
}

void CardDetail::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitColumns();
}

void CardDetail::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange && m_changes) {
        fitLists();
        fitColumns();
    }
}

QStringList CardDetail::selectedValues() const
{
    QStringList values;
    for (const int row : m_changes->selectedRows()) {
        const auto &change = m_model->changeAt(row);
        values.append((change.kind == ChangeKind::Removed ? change.before : change.after).raw());
    }
    if (values.isEmpty() && !m_card.id.isNull())
        values = {m_card.entity.value};
    return values;
}

} // namespace wg
