// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/datasetview.h"

#include "items/words.h"
#include "widgets/sourcestrip.h"
#include "widgets/stateview.h"
#include "widgets/stilltable.h"
#include "widgets/theme.h"

#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QSortFilterProxyModel>
#include <QStackedLayout>
#include <QTimer>
#include <QVBoxLayout>

namespace wg {

namespace {

constexpr int typingPauseMs = 150;

} // namespace

DatasetView::DatasetView(PageReader &reader, const Entity &entity, Dataset dataset, QWidget *parent)
    : QWidget(parent)
    , m_entity(entity)
    , m_dataset(dataset)
    , m_model(new FactTableModel(reader, this))
    , m_sorted(new QSortFilterProxyModel(this))
    , m_strip(new SourceStrip(this))
    , m_filter(new QLineEdit(this))
    , m_note(dimLabel({}, this))
    , m_stack(new QStackedLayout)
    , m_stateView(new StateView(this))
    , m_table(new StillTable(Words::datasetTitle(dataset),
                             {FactTableModel::LinkRole,
                              FactTableModel::GoneRole,
                              FactTableModel::NewRole,
                              FactTableModel::WatchedRole,
                              -1,
                              {FactTableModel::Value},
                              FactTableModel::Value},
                             this))
{
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(FactTableModel::SortRole);
    m_table->setModel(m_sorted);
    build();
    connect(m_table, &StillTable::opened, this, [this](const QModelIndex &index, Where where) {
        if (const auto link = linkAt(index))
            Q_EMIT opened(*link, where);
    });
    connect(m_table, &StillTable::menuWanted, this, &DatasetView::menuWanted);
    connect(m_model, &FactTableModel::shown, this, [this] {
        m_situation.error.reset();
        showState();
    });
    connect(m_model, &FactTableModel::failed, this, [this](const Error &error) {
        m_situation.error = error;
        showState();
    });
}

void DatasetView::build()
{
    m_table->setSortingEnabled(true);
    m_table->horizontalHeader()->setSortIndicatorClearable(true);
    m_table->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    m_table->setColumnWidths({58, 28, 15, 22, 0}, FactTableModel::Sources);
    if (m_dataset == Dataset::Whois)
        m_table->horizontalHeader()->moveSection(FactTableModel::Type, FactTableModel::Value);
    m_filter->setPlaceholderText(tr("Filter  ( / )"));
    m_filter->setAccessibleName(tr("Filter %1").arg(Words::datasetTitle(m_dataset)));
    m_filter->setClearButtonEnabled(true);
    m_filter->setFixedWidth(QFontMetrics(font()).averageCharWidth() * 26);
    auto *pause = new QTimer(this);
    pause->setSingleShot(true);
    pause->setInterval(typingPauseMs);
    connect(m_filter, &QLineEdit::textChanged, pause, qOverload<>(&QTimer::start));
    connect(pause, &QTimer::timeout, this, &DatasetView::read);
    connect(m_filter, &QLineEdit::returnPressed, this,
            [this] { m_table->move(m_table->currentIndex().isValid() ? 0 : 1); });
    auto *top = new QHBoxLayout;
    top->setContentsMargins(space(this, 3), space(this, 2), space(this, 3), space(this, 2));
    top->setSpacing(space(this, 4));
    top->addWidget(m_strip, 1, Qt::AlignVCenter);
    top->addWidget(m_note);
    top->addWidget(m_filter);
    m_stack->addWidget(m_stateView);
    m_stack->addWidget(m_table);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(top);
    column->addLayout(m_stack, 1);
}

void DatasetView::begin()
{
    if (m_begun)
        return;
    m_begun = true;
    read();
}

void DatasetView::read()
{
    FactQuery query;
    query.entity = m_entity;
    query.dataset = m_dataset;
    query.filter = m_filter->text().trimmed();
    query.newOnly = m_onlyNew;
    m_model->show(query);
    showState();
}

void DatasetView::refresh()
{
    if (m_begun)
        m_model->refresh();
}

void DatasetView::setSituation(const DatasetSituation &situation)
{
    const auto error = situation.error ? situation.error : m_situation.error;
    m_situation = situation;
    m_situation.error = error;
    m_strip->show(m_situation);
    showState();
}

void DatasetView::showState()
{
    m_situation.rows = m_model->rowCount();
    m_situation.reading = !m_begun || m_model->isReading();
    m_situation.filtered = m_onlyNew || !m_model->query().filter.isEmpty();
    m_state = DatasetStates::judge(m_situation);
    QString note;
    if (m_onlyNew)
        note = tr("only what changed since you looked");
    else if (m_situation.rows > 0 && m_situation.filtered)
        note = tr("%1 found").arg(Words::number(m_model->total()));
    m_note->setText(note);
    if (m_state.kind == DatasetState::Kind::Facts) {
        m_stack->setCurrentWidget(m_table);
        return;
    }
    if (m_state.kind == DatasetState::Kind::Reading && m_stack->currentWidget() == m_table)
        return; // what was there stays until there is something else to show
    StateView::State shown{m_state.icon, m_state.tint, m_state.sentence, m_state.detail, {}};
    if (m_explained && m_state.kind == DatasetState::Kind::Consent)
        shown.detail = DatasetStates::whyConsent(m_situation);
    for (const auto next : std::as_const(m_state.steps)) {
        if (!(m_explained && next == NextStep::Why))
            shown.steps.append({DatasetStates::stepText(next), [this, next] { step(next); }});
    }
    m_stateView->show(shown);
    m_stack->setCurrentWidget(m_stateView);
}

void DatasetView::step(NextStep next)
{
    if (next == NextStep::Why) {
        m_explained = true;
        showState();
        return;
    }
    if (next == NextStep::ClearFilter) {
        m_onlyNew = false;
        m_filter->clear();
        read();
        return;
    }
    Q_EMIT stepWanted(next);
}

void DatasetView::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void DatasetView::showOnlyNew()
{
    m_onlyNew = !m_onlyNew;
    m_begun = true;
    read();
}

QStringList DatasetView::selectedValues() const
{
    QStringList values;
    for (const int row : m_table->selectedRows())
        values.append(m_model->rawValue(m_sorted->mapToSource(m_sorted->index(row, 0)).row()));
    return values;
}

std::optional<Artifact> DatasetView::linkAt(const QModelIndex &proxyIndex) const
{
    const auto link =
        proxyIndex.siblingAtColumn(FactTableModel::Value).data(FactTableModel::LinkRole);
    return link.isValid() ? std::optional(link.value<Artifact>()) : std::nullopt;
}

} // namespace wg
