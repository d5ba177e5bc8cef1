// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/monitorspage.h"

#include "core/after.h"
#include "items/deedwords.h"
#include "items/monitortable.h"
#include "items/words.h"
#include "widgets/filterbox.h"
#include "widgets/icons.h"
#include "widgets/stateview.h"
#include "widgets/stilltable.h"
#include "widgets/theme.h"

#include <QLabel>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace wg {

using namespace Qt::StringLiterals;

MonitorsPage::MonitorsPage(Actions &orders, const ActionTable &table, QWidget *parent)
    : Page(orders, table, parent)
    , m_model(new MonitorTableModel(orders, this))
    , m_table(new StillTable(tr("Monitors"),
                             {.link = MonitorTableModel::LinkRole,
                              .trouble = MonitorTableModel::TroubleRole,
                              .monospaced = {MonitorTableModel::EntityName},
                              .marks = MonitorTableModel::EntityName},
                             this))
    , m_filter(new FilterBox(tr("Filter monitors"), this))
    , m_count(dimLabel({}, this))
    , m_stack(new QStackedLayout)
    , m_state(new StateView(this))
{
    m_table->setModel(m_model);
    build();
    connect(m_table, &StillTable::opened, this, [this](const QModelIndex &index, Where where) {
        openEntity(m_model->rowAt(index.row()).entity, where, Manner::FromCache);
    });
    connect(m_table, &StillTable::menuWanted, this, [this](const QPoint &at) {
        popUp({Command::Open, Command::OpenInNewTab, Command::ToggleEye, Command::AskAgain,
               Command::Copy, Command::CopyAsIs, Command::Undo},
              at);
    });
    connect(m_model, &MonitorTableModel::shown, this, &MonitorsPage::shown);
    connect(m_model, &MonitorTableModel::failed, this, &MonitorsPage::failed);
    connect(&orders, &Actions::eyesChanged, this, [this] { m_model->refresh(); });
    connect(&orders, &Actions::cardsChanged, this, [this] { m_model->refresh(); });
    connect(&orders, &Actions::cardsRaised, this, [this] { m_model->refresh(); });
    m_model->show({});
}

void MonitorsPage::build()
{
    connect(m_filter, &FilterBox::filterChanged, m_model, &MonitorTableModel::show);
    connect(m_filter, &FilterBox::done, this, &MonitorsPage::takeFocus);
    m_table->setColumnWidths({46, 17, 14, 14, 14, 15, 0}, MonitorTableModel::Trouble);
    m_stack->addWidget(m_state);
    m_stack->addWidget(m_table);
    auto *top = new QHBoxLayout;
    top->setContentsMargins(space(this, 3), space(this, 2), space(this, 3), space(this, 2));
    top->addWidget(m_count, 1);
    top->addWidget(m_filter);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(top);
    column->addLayout(m_stack, 1);
}

Place MonitorsPage::place() const
{
    return {Place::Kind::Monitors, {}, {}, {}};
}

QString MonitorsPage::title() const
{
    return tr("Monitors");
}

QIcon MonitorsPage::pageIcon() const
{
    return icon(u"monitors"_s);
}

QList<Command> MonitorsPage::commands() const
{
    using enum Command;
    return {MoveDown, MoveUp, Open,     OpenInNewTab, ToggleEye,
            AskAgain, Copy,   CopyAsIs, Filter,       Undo};
}

void MonitorsPage::entered()
{
    m_model->refresh();
    takeFocus();
}

/// To the rows, or to what is said in their place.
void MonitorsPage::takeFocus()
{
    if (m_stack->currentWidget() == m_state && m_model->rowCount() == 0 && !m_model->isReading())
        m_state->takeFocus();
    else
        m_table->setFocus(Qt::OtherFocusReason);
}

void MonitorsPage::shown()
{
    const auto total = m_model->total(); // unknown under a filter
    m_count->setText(total < 0 ? QString() : tr("%Ln watched", nullptr, int(total)));
    if (m_model->rowCount() > 0) {
        m_stack->setCurrentWidget(m_table);
        return;
    }
    if (!m_model->filter().isEmpty()) {
        m_state->show({u"filter"_s,
                       Tint::Dim,
                       tr("No eye passes the filter."),
                       {},
                       {{tr("Clear the filter"), [this] { m_filter->clear(); }}}});
    } else {
        m_state->show(
            {u"eye-closed"_s,
             Tint::Dim,
             tr("Nothing is watched yet."),
             tr("Open a name or an address and press M: from then on you are told what changes."),
             {{tr("Search"), [this] { action(Command::Search)->trigger(); }},
              {tr("Import a list"), [this] { action(Command::Import)->trigger(); }}}});
    }
    m_stack->setCurrentWidget(m_state);
}

void MonitorsPage::failed(const Error &error)
{
    m_state->show({u"warning"_s,
                   Tint::Bad,
                   tr("The monitors could not be read."),
                   Words::error(error),
                   {{tr("Try again"), [this] { m_model->show(m_model->filter()); }}}});
    m_stack->setCurrentWidget(m_state);
}

QList<Entity> MonitorsPage::chosen() const
{
    QList<Entity> entities;
    for (const int row : m_table->selectedRows())
        entities.append(m_model->rowAt(row).entity);
    return entities;
}

void MonitorsPage::run(Command command)
{
    QStringList values;
    switch (command) {
    case Command::MoveDown:
        m_table->move(1);
        return;
    case Command::MoveUp:
        m_table->move(-1);
        return;
    case Command::Open:
    case Command::OpenInNewTab:
        if (m_table->currentIndex().isValid()) {
            openEntity(m_model->rowAt(m_table->currentIndex().row()).entity,
                       command == Command::Open ? Where::Here : Where::NewTab, Manner::FromCache);
        }
        return;
    case Command::ToggleEye:
        switchOff();
        return;
    case Command::AskAgain:
        check();
        return;
    case Command::Undo:
        undo();
        return;
    case Command::Filter:
        m_filter->begin();
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

void MonitorsPage::switchOff()
{
    const auto entities = chosen();
    if (entities.isEmpty())
        return;
    const int count = int(entities.size());
    after(this, actions().switchEyes(entities, EyeState::Off),
          [this, count](const Result<EyeReport> &report) {
              Q_EMIT said(report ? tr("%Ln eye(s) closed; everything stored stays. U takes it back",
                                      nullptr, count)
                                 : Words::error(report.error()));
          });
}

void MonitorsPage::check()
{
    const auto entities = chosen();
    if (entities.isEmpty())
        return;
    Q_EMIT said(tr("Checking %Ln eye(s) …", nullptr, int(entities.size())));
    after(this, actions().poll(PollScope::All, entities), [this](const Result<PollReport> &report) {
        if (!report)
            Q_EMIT said(Words::error(report.error()));
        else
            Q_EMIT said(
                tr("%Ln eye(s) checked", nullptr, int(report->checked)) + u", "_s
                + tr("%Ln changed", nullptr, int(report->changed))
                + (report->waiting > 0 ? u", "_s
                           + tr("%Ln check(s) wait for a quota", nullptr, int(report->waiting))
                                       : QString()));
        m_model->refresh();
    });
}

void MonitorsPage::undo()
{
    after(this, actions().undo(), [this](const Result<JournalReport> &report) {
        Q_EMIT said(report ? undoneWords(report->undone) : Words::error(report.error()));
        m_model->refresh();
    });
}

} // namespace wg
