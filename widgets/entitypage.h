// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/datasetstate.h"
#include "widgets/page.h"

#include <QSet>

class QStackedWidget;
class QTabBar;
class QToolButton;

namespace wg {

class DatasetView;
class EntityHead;

/// All about one domain or address: head, one tab a dataset. Opens from the cache; asks only when
/// told so by its opener or by a key. GUI thread; owned by its tab.
class EntityPage : public Page
{
    Q_OBJECT

public:
    EntityPage(Actions &actions, const ActionTable &table, const Entity &entity, Manner manner,
               QWidget *parent);

    [[nodiscard]] Place place() const override;
    [[nodiscard]] QString title() const override;
    [[nodiscard]] QIcon pageIcon() const override;
    [[nodiscard]] QList<Command> commands() const override;
    [[nodiscard]] std::optional<Entity> subject() const override { return m_entity; }
    void run(Command command) override;
    void entered() override;
    void left() override;
    void tick() override { readSummary(); }
    /// Asks again because a person ordered it.
    void ask(Freshness freshness);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void build();
    void readSummary();
    void readSources();
    void takeSummary(const EntitySummary &summary);
    void showTabs();
    void goByTabs(int step);
    void showSituations();
    void foldEmpty();
    void offerTabs();
    void addTab(Dataset dataset);
    [[nodiscard]] bool isOffered(Dataset dataset) const;
    [[nodiscard]] bool isTold(Dataset dataset) const;
    void showFolded();
    [[nodiscard]] bool isProvenEmpty(Dataset dataset) const;
    void ask(const LookupOrder &order);
    void askSource(const QString &source);
    void askFor(Dataset dataset);
    void takeProgress(const AskProgress &progress);
    void setEye(EyeState state);
    [[nodiscard]] QString eyeWords(const EyeReport &report, EyeState state) const;
    void step(Dataset dataset, NextStep next);
    void consentOnce(Dataset dataset);
    void consentAlways(Dataset dataset);
    void consentTo(QStringList sources);
    [[nodiscard]] QStringList lackingConsent(Dataset dataset) const;
    void release();
    void copySelected(CopyForm form);
    void showMenu(const QPoint &global);
    void select(Dataset dataset);
    [[nodiscard]] DatasetView *current() const;
    [[nodiscard]] DatasetSituation situation(Dataset dataset) const;
    [[nodiscard]] QString tabText(Dataset dataset) const;

    Entity m_entity;
    EntityHead *m_head;
    QTabBar *m_tabs;
    QToolButton *m_folded;
    QStackedWidget *m_stack;
    QList<DatasetView *> m_views; ///< in the order of tabs
    EntitySummary m_summary;
    QList<SourceState> m_sources;
    QStringList m_asking;
    std::optional<Error> m_error;
    bool m_summaryUnderway = false;
    bool m_summaryAgain = false;
    bool m_foldDecided = false;
    QSet<Dataset> m_untold; ///< folded because nobody may be asked about them
    bool m_entered = false;
};

} // namespace wg
