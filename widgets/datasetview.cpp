// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/datasetview.h"

#include "items/certificatetable.h"
#include "items/enrichedtable.h"
#include "items/words.h"
#include "widgets/filterbox.h"
#include "widgets/linkbutton.h"
#include "widgets/sourcestrip.h"
#include "widgets/stateview.h"
#include "widgets/stilltable.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QHeaderView>
#include <QLabel>
#include <QSortFilterProxyModel>
#include <QStackedLayout>
#include <QVBoxLayout>
#include <algorithm>

namespace wg {

namespace {

/// More than this is filtered first, then sorted: it would all have to be read.
constexpr qint64 mostSorted = 20'000;
/// As many are sorted without being asked for.
constexpr qint64 mostSortedAtFirst = 2'000;

/// Average characters; less has no room for all columns.
constexpr int widthForAsns = 140;

/// Whose rows show what is known of the entities in them.
bool leadsToEntities(Dataset dataset)
{
    return dataset == Dataset::Resolutions || dataset == Dataset::Subdomains;
}

StateView::Weight weightOf(NextStep next)
{
    switch (next) {
    case NextStep::ConsentOnce:
    case NextStep::ConsentAlways:
    case NextStep::Release:
    case NextStep::LeaveCacheOnly:
        return StateView::Weight::Consents;
    case NextStep::AskAgain:
    case NextStep::Cancel:
    case NextStep::Why:
    case NextStep::OpenSources:
    case NextStep::OpenSettings:
    case NextStep::ClearFilter:
        break;
    }
    return StateView::Weight::Light;
}

FactTableModel *modelFor(Dataset dataset, PageReader &reader, QObject *parent)
{
    if (dataset == Dataset::Certificates)
        return new CertificateTableModel(reader, parent);
    return leadsToEntities(dataset) ? new EnrichedTableModel(reader, parent)
                                    : new FactTableModel(reader, parent);
}

} // namespace

DatasetView::DatasetView(PageReader &reader, const Entity &entity, Dataset dataset, QWidget *parent)
    : QWidget(parent)
    , m_entity(entity)
    , m_dataset(dataset)
    , m_model(modelFor(dataset, reader, this))
    , m_sorted(new QSortFilterProxyModel(this))
    , m_strip(new SourceStrip(this))
    , m_filter(new FilterBox(tr("Filter %1").arg(Words::datasetTitle(dataset)), this))
    , m_note(dimLabel({}, this))
    , m_all(new LinkButton(tr("Show all"), this))
    , m_stack(new QStackedLayout)
    , m_stateView(new StateView(this))
    , m_table(new StillTable(Words::datasetTitle(dataset),
                             {.link = FactTableModel::LinkRole,
                              .gone = FactTableModel::GoneRole,
                              .isNew = FactTableModel::NewRole,
                              .watched = FactTableModel::WatchedRole,
                              .monospaced = {FactTableModel::Value},
                              .marks = FactTableModel::Value,
                              .chips = EnrichedTableModel::ChipsRole},
                             this))
{
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(FactTableModel::SortRole);
    m_table->setModel(m_sorted);
    build();
    connect(m_strip, &SourceStrip::askWanted, this, &DatasetView::askWanted);
    connect(m_table, &StillTable::opened, this, [this](const QModelIndex &index, Where where) {
        if (const auto link = linkAt(index))
            Q_EMIT opened(*link, where);
    });
    connect(m_table, &StillTable::menuWanted, this, &DatasetView::menuWanted);
    connect(m_model, &FactTableModel::shown, this, [this] {
        m_readError.reset();
        sortAtFirst();
        showState();
        if (m_sorted->sortColumn() >= 0 && !m_model->isWhole())
            sortBy(m_sorted->sortColumn(), m_sorted->sortOrder());
    });
    connect(m_model, &FactTableModel::failed, this, [this](const Error &error) {
        m_readError = error;
        showState();
    });
}

void DatasetView::build()
{
    auto *header = m_table->horizontalHeader();
    header->setSectionsClickable(true);
    header->setSortIndicatorShown(true);
    header->setSortIndicatorClearable(true);
    header->setSortIndicator(-1, Qt::AscendingOrder);
    connect(header, &QHeaderView::sortIndicatorChanged, this, &DatasetView::sortBy);
    setColumns();
    connect(m_filter, &FilterBox::filterChanged, this, &DatasetView::read);
    connect(m_filter, &FilterBox::done, this, &DatasetView::takeFocus);
    m_all->hide();
    connect(m_all, &QToolButton::clicked, this, [this] { step(NextStep::ClearFilter); });
    auto *top = new QHBoxLayout;
    top->setContentsMargins(space(this, 3), space(this, 2), space(this, 3), space(this, 2));
    top->setSpacing(space(this, 4));
    top->addWidget(m_strip, 1, Qt::AlignVCenter);
    top->addWidget(m_note);
    top->addWidget(m_all);
    top->addWidget(m_filter);
    m_stack->addWidget(m_stateView);
    m_stack->addWidget(m_table);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(top);
    column->addLayout(m_stack, 1);
}

void DatasetView::setColumns()
{
    if (m_dataset == Dataset::Certificates) {
        m_table->setColumnWidths({52, 34, 15, 27, 15, 0}, CertificateTableModel::Sources);
        return;
    }
    if (leadsToEntities(m_dataset))
        return setEnrichedColumns();
    m_table->setColumnWidths({58, 28, 15, 22, 0}, FactTableModel::Sources);
    if (m_dataset == Dataset::Whois)
        m_table->horizontalHeader()->moveSection(FactTableModel::Type, FactTableModel::Value);
}

/// Beside the value stands what the value is.
void DatasetView::setEnrichedColumns()
{
    using Column = EnrichedTableModel::Column;
    m_table->setColumnWidths({46, 9, 15, 21, 0, 28, 11, 23}, FactTableModel::Sources);
    auto *header = m_table->horizontalHeader();
    header->moveSection(header->visualIndex(Column::Asn), FactTableModel::Type + 1);
    header->moveSection(header->visualIndex(Column::Country), FactTableModel::Type + 2);
    header->moveSection(header->visualIndex(Column::Tags), FactTableModel::Type + 3);
    showEnrichedColumns();
}

/// Names have no ASN, and in a narrow window the tool tip of the tags has to do.
void DatasetView::showEnrichedColumns()
{
    const bool addresses = m_dataset == Dataset::Resolutions && !isAddress(m_entity);
    const bool roomy = width() >= fontMetrics().averageCharWidth() * widthForAsns;
    for (const int column : {EnrichedTableModel::Asn, EnrichedTableModel::Country}) {
        if (m_table->isColumnHidden(column) == (addresses && roomy))
            m_table->setColumnHidden(column, !addresses || !roomy);
    }
}

void DatasetView::resizeEvent(QResizeEvent *event)
{
    if (leadsToEntities(m_dataset))
        showEnrichedColumns();
    QWidget::resizeEvent(event);
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
    m_situation = situation;
    m_strip->show(m_situation);
    showState();
}

void DatasetView::showState()
{
    m_situation.rows = m_model->rowCount();
    m_situation.reading = !m_begun || m_model->isReading();
    m_situation.filtered = m_onlyNew || !m_model->query().filter.isEmpty();
    auto situation = m_situation;
    if (!situation.error)
        situation.error = m_readError;
    m_state = DatasetStates::judge(situation);
    showNote();
    if (m_state.kind == DatasetState::Kind::Facts) {
        const bool focused = m_stateView->isAncestorOf(QApplication::focusWidget());
        m_stack->setCurrentWidget(m_table);
        if (focused) // what a button of the state asked for has come
            m_table->takeFocus();
        return;
    }
    if (m_state.kind == DatasetState::Kind::Reading && m_stack->currentWidget() == m_table)
        return; // what was there stays until there is something else to show
    StateView::State shown{m_state.icon, m_state.tint, m_state.sentence, m_state.detail, {}};
    if (m_explained && m_state.kind == DatasetState::Kind::Consent)
        shown.detail = DatasetStates::whyConsent(m_situation);
    for (const auto next : std::as_const(m_state.steps)) {
        if (!(m_explained && next == NextStep::Why))
            shown.steps.append(
                {DatasetStates::stepText(next), [this, next] { step(next); }, weightOf(next)});
    }
    const bool focused = m_table->hasFocus();
    m_stateView->show(shown);
    m_stack->setCurrentWidget(m_stateView);
    if (focused)
        m_stateView->catchFocus();
}

/// How many pass the filter; a long table is not walked to its end only to count them.
QString DatasetView::foundWords() const
{
    if (m_model->total() >= 0)
        return tr("%1 found").arg(Words::number(m_model->total()));
    const auto read = Words::number(m_model->rowCount());
    return m_model->isWhole() ? tr("%1 found").arg(read) : tr("%1 found so far").arg(read);
}

/// What is left out, beside the box that leaves it out.
void DatasetView::showNote()
{
    QString note;
    if (m_readError && m_situation.rows > 0)
        note = Words::error(*m_readError);
    else if (m_onlyNew)
        note = tr("only what changed since you looked");
    else if (m_situation.rows > 0 && m_situation.filtered)
        note = foundWords();
    m_note->setText(note);
    m_all->setVisible(m_onlyNew);
}

/// What resolves now comes first, then what did last; the store's own order is that of the values.
void DatasetView::sortAtFirst()
{
    if (m_sortedAtFirst || m_dataset != Dataset::Resolutions || m_model->total() <= 0)
        return;
    m_sortedAtFirst = true;
    if (m_model->total() <= mostSortedAtFirst && m_sorted->sortColumn() < 0)
        m_table->horizontalHeader()->setSortIndicator(FactTableModel::LastSeen,
                                                      Qt::DescendingOrder);
}

/// By the model's rows all together: what is not read yet is read first, what is too long is not
/// sorted at all. No half is ever shown as a whole.
void DatasetView::sortBy(int column, Qt::SortOrder order)
{
    const auto known = std::max<qint64>(m_model->total(), m_model->rowCount());
    if (column >= 0 && !m_model->isWhole() && known > mostSorted) {
        Q_EMIT said(tr("%1 rows are too many to sort here; filter first, with /")
                        .arg(Words::number(known)));
        m_table->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
        return;
    }
    if (column >= 0)
        m_model->readUpTo(mostSorted + 1);
    m_sorted->sort(column, order);
}

void DatasetView::step(NextStep next)
{
    if (next == NextStep::Why) {
        m_explained = true;
        m_stateView->setFocus(Qt::OtherFocusReason); // its button goes
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

void DatasetView::takeFocus()
{
    if (m_stack->currentWidget() == m_table)
        m_table->takeFocus();
    else
        m_stateView->takeFocus();
}

void DatasetView::focusFilter()
{
    m_filter->begin();
}

void DatasetView::showOnlyNew()
{
    m_onlyNew = true;
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

QList<Artifact> DatasetView::linksAt(const QModelIndex &proxyIndex) const
{
    const auto index = m_sorted->mapToSource(proxyIndex);
    return index.isValid() ? m_model->links(index.row()) : QList<Artifact>();
}

} // namespace wg
