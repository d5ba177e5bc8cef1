// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/entitypage.h"

#include "core/after.h"
#include "items/words.h"
#include "widgets/datasetview.h"
#include "widgets/entityhead.h"
#include "widgets/eyebutton.h"
#include "widgets/icons.h"
#include "widgets/stilltable.h"
#include "widgets/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMenu>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>

namespace wg {

using namespace Qt::StringLiterals;

namespace {

constexpr int leastTabsWidth = 24; ///< in average characters

} // namespace

EntityPage::EntityPage(Actions &orders, const ActionTable &table, const Entity &entity,
                       Manner manner, QWidget *parent)
    : Page(orders, table, parent)
    , m_entity(entity)
    , m_head(new EntityHead(entity, this))
    , m_tabs(new QTabBar(this))
    , m_folded(new QToolButton(this))
    , m_stack(new QStackedWidget(this))
{
    m_summary.entity = entity;
    build();
    m_head->setNetwork(orders.networkState());
    connect(&orders, &Actions::entitiesTouched, this, [this](const QList<Artifact> &touched) {
        const bool ours = touched.contains(m_entity)
            || (!m_summary.registration.isEmpty() && touched.contains(m_summary.registration));
        if (!ours)
            return;
        readSummary();
        for (auto *view : std::as_const(m_views))
            view->refresh();
    });
    connect(&orders, &Actions::eyesChanged, this, [this](const QList<Artifact> &eyes) {
        if (eyes.contains(m_entity))
            readSummary();
        current()->refresh(); // the values have eyes of their own
    });
    connect(&orders, &Actions::askProgress, this, &EntityPage::takeProgress);
    connect(&orders, &Actions::sourcesChanged, this, &EntityPage::readSources);
    connect(&orders, &Actions::networkStateChanged, this, [this](const NetworkState &state) {
        m_head->setNetwork(state);
        showSituations();
    });
    readSummary();
    readSources();
    if (manner != Manner::FromCache)
        ask(manner == Manner::Ask ? Freshness::Ask : Freshness::WhenStale);
}

void EntityPage::build()
{
    m_tabs->setAccessibleName(tr("Datasets"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setElideMode(Qt::ElideNone); // where there is no room for all, they scroll
    m_tabs->setMinimumWidth(m_tabs->fontMetrics().averageCharWidth() * leastTabsWidth);
    for (auto *scroll : m_tabs->findChildren<QToolButton *>())
        scroll->setFocusPolicy(Qt::NoFocus);
    m_tabs->setFocusPolicy(Qt::StrongFocus);
    m_tabs->installEventFilter(this);
    m_folded->setPopupMode(QToolButton::InstantPopup);
    m_folded->setAutoRaise(true);
    m_folded->setMenu(new QMenu(m_folded));
    m_folded->hide();
    offerTabs();
    showTabs();
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int index) {
        m_stack->setCurrentIndex(index);
        current()->begin();
    });
    connect(m_head, &EntityHead::eyeToggled, this, &EntityPage::setEye);
    connect(m_head, &EntityHead::askWanted, this, [this] { ask(Freshness::Ask); });
    connect(m_head, &EntityHead::cancelWanted, this, [this] { actions().cancelAsk(m_entity); });
    connect(m_head, &EntityHead::copyWanted, this,
            [this] { copy({m_entity.value}, CopyForm::Defanged); });
    connect(m_head, &EntityHead::newsWanted, this, [this](Dataset dataset) {
        select(dataset);
        current()->showOnlyNew();
    });
    auto *tabs = new QHBoxLayout;
    tabs->setContentsMargins(space(this, 3), 0, space(this, 3), 0);
    tabs->addWidget(m_tabs);
    tabs->addWidget(m_folded);
    tabs->addStretch(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_head);
    column->addLayout(tabs);
    column->addWidget(m_stack, 1);
    setTabOrder(m_head->lastOfHead(), m_tabs);
}

/// Down leads from the datasets into their rows, as J does from everywhere. Left and Right pass
/// over what is folded, which Qt's own tab bar does not.
bool EntityPage::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_tabs || event->type() != QEvent::KeyPress)
        return Page::eventFilter(watched, event);
    const auto *press = static_cast<QKeyEvent *>(event);
    const auto plain = press->modifiers() & ~Qt::KeypadModifier;
    if (press->key() == Qt::Key_Down) {
        current()->takeFocus();
        return true;
    }
    if ((press->key() == Qt::Key_Left || press->key() == Qt::Key_Right) && !plain) {
        const bool mirrored = m_tabs->layoutDirection() == Qt::RightToLeft;
        goByTabs((press->key() == Qt::Key_Right) != mirrored ? 1 : -1);
        return true;
    }
    return Page::eventFilter(watched, event);
}

void EntityPage::goByTabs(int step)
{
    int to = m_tabs->currentIndex() + step;
    while (to >= 0 && to < m_tabs->count() && !m_tabs->isTabVisible(to))
        to += step;
    if (to >= 0 && to < m_tabs->count())
        m_tabs->setCurrentIndex(to);
}

Place EntityPage::place() const
{
    return {Place::Kind::Subject, m_entity, {}, {}};
}

QString EntityPage::title() const
{
    return madeVisible(m_entity.value, 80);
}

QIcon EntityPage::pageIcon() const
{
    return icon(m_summary.watched ? u"eye-open"_s : u"eye-closed"_s,
                m_summary.watched ? Tint::Accent : Tint::Dim);
}

void EntityPage::entered()
{
    m_entered = true;
    current()->begin();
    auto *table = current()->table();
    if (table->isVisible() && table->selectionModel()->hasSelection())
        table->setFocus(Qt::OtherFocusReason); // back where one was
    else
        m_tabs->setFocus(Qt::OtherFocusReason); // letters act at once, arrows walk the datasets
}

void EntityPage::left()
{
    if (std::exchange(m_entered, false))
        actions().looked(m_entity);
}

DatasetView *EntityPage::current() const
{
    return m_views.at(m_stack->currentIndex());
}

void EntityPage::readSummary()
{
    if (m_summaryUnderway) {
        m_summaryAgain = true;
        return;
    }
    m_summaryUnderway = true;
    after(this, actions().summary(m_entity), [this](const Result<EntitySummary> &summary) {
        m_summaryUnderway = false;
        if (summary)
            takeSummary(*summary);
        else if (summary.error().code != ErrorCode::NotFound
                 && summary.error().code != ErrorCode::NothingStored)
            Q_EMIT said(Words::error(summary.error()));
        if (std::exchange(m_summaryAgain, false))
            readSummary();
    });
}

void EntityPage::readSources()
{
    after(this, actions().sources(), [this](const Result<QList<SourceState>> &sources) {
        if (!sources)
            return;
        m_sources = *sources;
        offerTabs();
        showSituations();
    });
}

void EntityPage::takeSummary(const EntitySummary &summary)
{
    const bool eye = m_summary.watched != summary.watched;
    m_summary = summary;
    m_head->show(summary);
    offerTabs();
    foldEmpty();
    showTabs();
    showSituations();
    if (eye)
        Q_EMIT titleChanged();
}

QString EntityPage::tabText(Dataset dataset) const
{
    QString text = Words::datasetTitle(dataset);
    if (const auto count = m_summary.counts.value(dataset); count > 0)
        text += u"  "_s + Words::number(count);
    if (const auto added = m_summary.newSinceLooked.value(dataset); added > 0)
        text += u"  +"_s + Words::number(added);
    if (const auto gone = m_summary.goneSinceLooked.value(dataset); gone > 0)
        text += u"  −"_s + Words::number(gone);
    return text;
}

void EntityPage::showTabs()
{
    for (int i = 0; i < m_views.size(); ++i) {
        const auto dataset = m_views.at(i)->dataset();
        m_tabs->setTabText(i, tabText(dataset));
        m_tabs->setAccessibleTabName(i, Words::datasetTitle(dataset));
        m_tabs->setTabToolTip(i, i < 9 ? u"Alt+%1"_s.arg(i + 1) : QString());
    }
}

/// A dataset that no source fills for such an entity, and that holds nothing, has no tab.
bool EntityPage::isOffered(Dataset dataset) const
{
    const auto &sources = actions().policy().sources;
    return m_summary.counts.value(dataset) > 0
        || std::any_of(sources.cbegin(), sources.cend(),
                       [&](const SourceInfo &source) { return fills(source, m_entity, dataset); });
}

/// Tabs stay where they are: what turns out to hold something later comes last.
void EntityPage::offerTabs()
{
    for (const auto dataset : allDatasets) {
        const bool known =
            std::any_of(m_views.cbegin(), m_views.cend(),
                        [dataset](const auto *view) { return view->dataset() == dataset; });
        if (!known && isOffered(dataset))
            addTab(dataset);
    }
    for (int i = 0; i < m_views.size(); ++i) {
        const auto dataset = m_views.at(i)->dataset();
        if (m_untold.contains(dataset) && isTold(dataset)) {
            m_untold.remove(dataset);
            m_tabs->setTabVisible(i, true);
        }
    }
    showFolded();
}

/// Facts are there, or somebody could bring some: a source that is on and has the key it needs.
bool EntityPage::isTold(Dataset dataset) const
{
    const auto &policy = actions().policy();
    return m_summary.counts.value(dataset) > 0
        || std::any_of(policy.sources.cbegin(), policy.sources.cend(),
                       [&](const SourceInfo &source) {
                           return source.asksOutside && fills(source, m_entity, dataset)
                               && !policy.disabledSources.contains(source.name)
                               && !policy.withoutKey.contains(source.name);
                       });
}

void EntityPage::addTab(Dataset dataset)
{
    auto *view = new DatasetView(actions(), m_entity, dataset, m_stack);
    m_views.append(view);
    m_stack->addWidget(view);
    const int tab = m_tabs->addTab(Words::datasetTitle(dataset));
    if (tab > 0 && !isTold(dataset)) { // the page says why, for those who look behind the tabs
        m_untold.insert(dataset);
        m_tabs->setTabVisible(tab, false);
    }
    connect(view, &DatasetView::opened, this,
            [this](const Artifact &to, Where where) { openEntity(to, where, Manner::WhenStale); });
    connect(view, &DatasetView::stepWanted, this,
            [this, dataset](NextStep next) { step(dataset, next); });
    connect(view, &DatasetView::askWanted, this, &EntityPage::askSource);
    connect(view, &DatasetView::menuWanted, this, &EntityPage::showMenu);
    connect(view, &DatasetView::said, this, &Page::said);
}

/// Datasets that are known to be empty fold away, once, when the page opens: nothing moves later.
void EntityPage::foldEmpty()
{
    if (m_foldDecided || !m_summary.known)
        return;
    m_foldDecided = true;
    for (int i = 0; i < m_views.size(); ++i) {
        if (i != m_tabs->currentIndex() && isProvenEmpty(m_views.at(i)->dataset()))
            m_tabs->setTabVisible(i, false);
    }
    showFolded();
}

bool EntityPage::isProvenEmpty(Dataset dataset) const
{
    bool proven = false;
    bool doubt = false;
    for (const auto &check : m_summary.checks) {
        if (check.question.dataset != dataset)
            continue;
        proven = proven || check.outcome == Outcome::Empty;
        doubt = doubt || !isProof(check.outcome);
    }
    return proven && !doubt && m_summary.counts.value(dataset) == 0;
}

/// What is folded now stands in the menu behind the tabs.
void EntityPage::showFolded()
{
    auto *menu = m_folded->menu();
    menu->clear();
    for (int i = 0; i < m_views.size(); ++i) {
        const auto dataset = m_views.at(i)->dataset();
        if (!m_tabs->isTabVisible(i))
            menu->addAction(Words::datasetTitle(dataset), this,
                            [this, dataset] { select(dataset); });
    }
    const int folded = int(menu->actions().size());
    const auto words = tr("%n empty", nullptr, folded);
    m_folded->setText(words + u" ▾"_s);
    m_folded->setAccessibleName(words);
    m_folded->setVisible(folded > 0);
    m_tabs->updateGeometry();
}

void EntityPage::select(Dataset dataset)
{
    for (int i = 0; i < m_views.size(); ++i) {
        if (m_views.at(i)->dataset() != dataset)
            continue;
        m_tabs->setTabVisible(i, true);
        m_tabs->setCurrentIndex(i);
    }
    showFolded();
}

DatasetSituation EntityPage::situation(Dataset dataset) const
{
    DatasetSituation s;
    s.entity = m_entity;
    s.dataset = dataset;
    s.network = actions().networkState();
    s.error = m_error;
    for (const auto &source : m_sources) {
        if (!fills(source.info, m_entity, dataset))
            continue;
        s.sources.append(source);
        for (const auto &name : m_asking) {
            if (sourceFamily(name) == source.info.name)
                s.asking.append(name);
        }
    }
    for (const auto &check : m_summary.checks) {
        if (check.question.dataset == dataset)
            s.checks.append(check);
    }
    return s;
}

void EntityPage::showSituations()
{
    const auto parties = actions().parties(m_entity);
    for (auto *view : std::as_const(m_views)) {
        auto situation = this->situation(view->dataset());
        situation.parties = parties;
        view->setSituation(situation);
    }
    QStringList asking;
    for (const auto &name : std::as_const(m_asking))
        asking.append(madeVisible(name, 60));
    m_head->setAsking(asking);
}

void EntityPage::takeProgress(const AskProgress &progress)
{
    const bool ours = progress.entity == m_entity
        || (!m_summary.registration.isEmpty() && progress.entity == m_summary.registration);
    if (!ours)
        return;
    m_asking.removeAll(progress.source);
    if (progress.step == AskProgress::Step::Asked)
        m_asking.append(progress.source);
    else
        readSummary();
    showSituations();
}

void EntityPage::ask(Freshness freshness)
{
    LookupOrder order;
    order.freshness = freshness;
    order.readAfter = false;
    ask(order);
}

void EntityPage::askSource(const QString &source)
{
    LookupOrder order;
    order.sources = {source};
    order.readAfter = false;
    ask(order);
}

void EntityPage::ask(const LookupOrder &order)
{
    m_error.reset();
    after(this, actions().lookup(m_entity, order), [this](const Result<LookupReport> &report) {
        m_asking.clear();
        if (!report)
            m_error = report.error();
        if (!report && report.error().code != ErrorCode::Held)
            Q_EMIT said(Words::error(report.error()));
        else if (report && report->queued)
            Q_EMIT said(tr("Nobody could be reached: asked again when the network is back"));
        readSummary();
        for (auto *view : std::as_const(m_views))
            view->refresh();
        showSituations();
    });
}

void EntityPage::setEye(EyeState state)
{
    m_head->setEyeBusy();
    after(this, actions().switchEyes({m_entity}, state),
          [this, state](const Result<EyeReport> &report) {
              Q_EMIT said(report ? eyeWords(*report, state) : Words::error(report.error()));
              readSummary();
          });
}

QString EntityPage::eyeWords(const EyeReport &report, EyeState state) const
{
    if (state == EyeState::Off)
        return tr("No longer watching %1; everything stored stays. U takes it back").arg(title());
    auto words = tr("Watching %1: what is so now is the baseline").arg(title());
    if (const auto before = report.journal.replacedBaseline)
        words += tr(", in place of the one of %1").arg(toDay(*before));
    if (report.answered < report.asked)
        words += tr("; %1 of %2 sources answered").arg(report.answered).arg(report.asked);
    if (report.waiting > 0)
        words += tr("; %n wait(s) for a quota", nullptr, report.waiting);
    return words;
}

} // namespace wg
