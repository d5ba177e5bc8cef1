// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/choicepage.h"

#include "core/after.h"
#include "items/words.h"
#include "widgets/icons.h"
#include "widgets/linkdelegate.h"
#include "widgets/stateview.h"
#include "widgets/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace wg {

using namespace Qt::StringLiterals;

namespace {

/// More can be imported from a file; a list of this length is still one to choose from.
constexpr qsizetype mostShown = 10'000;

} // namespace

ChoicePage::ChoicePage(Actions &orders, const ActionTable &table, const QList<Entity> &entities,
                       QWidget *parent)
    : Page(orders, table, parent)
    , m_entities(entities.mid(0, mostShown))
    , m_list(new QListWidget(this))
{
    auto *heading =
        plainLabel(tr("%Ln name(s) and addresses found", nullptr, int(entities.size())), this);
    heading->setFont(bold(scaled(font(), 1.2)));
    auto *hint =
        dimLabel(tr("Enter opens one and asks about it, Ctrl+Enter in a new tab; M watches the "
                    "selected. Nobody has been asked yet."),
                 this);
    hint->setWordWrap(true);
    m_list->setAccessibleName(tr("Found"));
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setUniformItemSizes(true);
    m_list->setItemDelegate(new LinkDelegate({.monospaced = {0}}, m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    for (const auto &entity : std::as_const(m_entities))
        m_list->addItem(madeVisible(entity.value, 300));
    auto *open = new QPushButton(tr("&Open"), this);
    auto *watch = new QPushButton(icon(u"eye-closed"_s), tr("&Watch all of them"), this);
    connect(open, &QPushButton::clicked, this, [this] { this->open(Where::Here); });
    connect(watch, &QPushButton::clicked, this, [this] { this->watch(m_entities); });
    m_list->installEventFilter(this);
    m_list->viewport()->installEventFilter(this);
    connect(m_list, &QListWidget::itemActivated, this, [this] { this->open(Where::Here); });
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(open);
    buttons->addWidget(watch);
    buttons->addStretch(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space(this, 4), space(this, 4), space(this, 4), space(this, 3));
    column->setSpacing(space(this, 2));
    column->addWidget(heading);
    column->addWidget(hint);
    column->addWidget(m_list, 1);
    column->addLayout(buttons);
    if (m_list->count() > 0)
        m_list->setCurrentRow(0);
}

Place ChoicePage::place() const
{
    return {Place::Kind::Choice, {}, m_entities, {}};
}

QString ChoicePage::title() const
{
    return tr("%Ln found", nullptr, int(m_entities.size()));
}

QIcon ChoicePage::pageIcon() const
{
    return icon(u"search"_s);
}

QList<Command> ChoicePage::commands() const
{
    using enum Command;
    return {MoveDown, MoveUp, Open, OpenInNewTab, ToggleEye, Copy, CopyAsIs};
}

void ChoicePage::entered()
{
    m_list->setFocus(Qt::OtherFocusReason);
}

QList<Entity> ChoicePage::chosen() const
{
    QList<Entity> entities;
    for (const auto &index : m_list->selectionModel()->selectedRows())
        entities.append(m_entities.at(index.row()));
    return entities;
}

void ChoicePage::open(Where where)
{
    const int row = m_list->currentRow();
    if (row >= 0)
        openEntity(m_entities.at(row), where, Manner::Ask);
}

/// Ctrl+Enter and the middle button open in a new tab.
bool ChoicePage::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (enter && key->modifiers() & Qt::ControlModifier) {
            open(Where::NewTab);
            return true;
        }
    } else if (event->type() == QEvent::MouseButtonRelease) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        const auto *item = m_list->itemAt(mouse->position().toPoint());
        if (item && mouse->button() == Qt::MiddleButton) {
            openEntity(m_entities.at(m_list->row(item)), Where::NewTab, Manner::Ask);
            return true;
        }
    }
    return Page::eventFilter(watched, event);
}

void ChoicePage::watch(const QList<Entity> &entities)
{
    const int count = int(entities.size());
    if (count == 0)
        return;
    after(this, actions().switchEyes(entities, EyeState::On),
          [this, count](const Result<EyeReport> &report) {
              Q_EMIT said(report ? tr("Watching %Ln entities; U takes it back", nullptr, count)
                                 : Words::error(report.error()));
          });
}

void ChoicePage::run(Command command)
{
    QStringList values;
    switch (command) {
    case Command::MoveDown:
        m_list->setCurrentRow(std::min(m_list->currentRow() + 1, m_list->count() - 1));
        return;
    case Command::MoveUp:
        m_list->setCurrentRow(std::max(m_list->currentRow() - 1, 0));
        return;
    case Command::Open:
        open(Where::Here);
        return;
    case Command::OpenInNewTab:
        open(Where::NewTab);
        return;
    case Command::ToggleEye:
        watch(chosen());
        return;
    case Command::Copy:
    case Command::CopyAsIs:
        for (const auto &entity : chosen())
            values.append(entity.value);
        copy(values, command == Command::Copy ? CopyForm::Defanged : CopyForm::AsIs);
        return;
    default:
        return;
    }
}

} // namespace wg
