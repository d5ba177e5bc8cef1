// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/facttable.h"
#include "widgets/datasetstate.h"
#include "widgets/page.h"

class QLabel;
class QSortFilterProxyModel;
class QStackedLayout;

namespace wg {

class FilterBox;
class LinkButton;
class SourceStrip;
class StateView;
class StillTable;

/// The facts of one dataset: who said so, the table, and a designed state where there is nothing.
/// Reads when it is first shown. GUI thread; owned by the entity page.
class DatasetView : public QWidget
{
    Q_OBJECT

public:
    DatasetView(PageReader &reader, const Entity &entity, Dataset dataset, QWidget *parent);

    /// What the page knows beside the rows; rows, reading and filter are its own.
    void setSituation(const DatasetSituation &situation);
    /// Reads for the first time; later calls do nothing.
    void begin();
    /// Brings the rows up to date in place.
    void refresh();
    void focusFilter();
    /// To the row where one was, or to what stands in the place of rows.
    void takeFocus();
    /// Only what changed since one looked, until “show all”.
    void showOnlyNew();
    [[nodiscard]] StillTable *table() const { return m_table; }
    [[nodiscard]] FactTableModel *model() const { return m_model; }
    [[nodiscard]] Dataset dataset() const { return m_dataset; }
    [[nodiscard]] DatasetState state() const { return m_state; }
    /// The selected values as they are.
    [[nodiscard]] QStringList selectedValues() const;
    [[nodiscard]] std::optional<Artifact> linkAt(const QModelIndex &proxyIndex) const;
    /// All that the row leads to.
    [[nodiscard]] QList<Artifact> linksAt(const QModelIndex &proxyIndex) const;

Q_SIGNALS:
    void opened(const wg::Artifact &artifact, wg::Where where);
    void stepWanted(wg::NextStep step);
    /// A source that is asked on demand is to be asked.
    void askWanted(const QString &source);
    void menuWanted(const QPoint &global);
    /// One sentence for the status bar.
    void said(const QString &sentence);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void build();
    void setColumns();
    void setEnrichedColumns();
    void showEnrichedColumns();
    void read();
    void showState();
    [[nodiscard]] QString foundWords() const;
    void showNote();
    void sortBy(int column, Qt::SortOrder order);
    void sortAtFirst();
    void step(NextStep next);

    Entity m_entity;
    Dataset m_dataset;
    FactTableModel *m_model;
    QSortFilterProxyModel *m_sorted;
    SourceStrip *m_strip;
    FilterBox *m_filter;
    QLabel *m_note;
    LinkButton *m_all;
    QStackedLayout *m_stack;
    StateView *m_stateView;
    StillTable *m_table;
    DatasetSituation m_situation;
    DatasetState m_state;
    std::optional<Error> m_readError; ///< of the store; the page tells those of asking
    bool m_begun = false;
    bool m_sortedAtFirst = false;
    bool m_onlyNew = false;
    bool m_explained = false;
};

} // namespace wg
