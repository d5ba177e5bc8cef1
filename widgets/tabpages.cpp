// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tabpages.h"

#include "widgets/choicepage.h"
#include "widgets/entitypage.h"
#include "widgets/inboxpage.h"
#include "widgets/monitorspage.h"
#include "widgets/settingspage.h"
#include "widgets/sourcespage.h"
#include "widgets/welcomepage.h"

#include <QStackedLayout>
#include <cstdlib>

namespace wg {

namespace {

/// Pages kept alive around the present one; others are made again from their place.
constexpr int keptPages = 6;
constexpr int keptStops = 100;
constexpr int leastWidth = 48; ///< in average characters
constexpr int leastLines = 10;

} // namespace

TabPages::TabPages(Actions &actions, const ActionTable &table, QWidget *parent)
    : QWidget(parent)
    , m_actions(actions)
    , m_table(table)
    , m_stack(new QStackedLayout(this))
{ }

Page *TabPages::make(const Place &place, Manner manner)
{
    switch (place.kind) {
    case Place::Kind::Welcome:
        return new WelcomePage(m_actions, m_table, this);
    case Place::Kind::Subject:
        return new EntityPage(m_actions, m_table, place.entity, manner, this);
    case Place::Kind::Choice:
        return new ChoicePage(m_actions, m_table, place.choices, this);
    case Place::Kind::Inbox: {
        auto *inbox = new InboxPage(m_actions, m_table, this);
        if (!place.card.isNull())
            inbox->showCard(place.card);
        return inbox;
    }
    case Place::Kind::Monitors:
        return new MonitorsPage(m_actions, m_table, this);
    case Place::Kind::Sources:
        return new SourcesPage(m_actions, m_table, this);
    case Place::Kind::Settings:
        return new SettingsPage(m_actions, m_table, this);
    }
    return nullptr;
}

Page *TabPages::page() const
{
    return m_at < 0 ? nullptr : m_stops.at(m_at).page;
}

void TabPages::go(const Place &place, Manner manner)
{
    while (m_stops.size() > m_at + 1) {
        const auto stop = m_stops.takeLast();
        if (stop.page)
            stop.page->letGo();
    }
    m_stops.append({place, nullptr});
    if (m_stops.size() > keptStops) {
        const auto oldest = m_stops.takeFirst();
        if (oldest.page)
            oldest.page->letGo();
        --m_at;
    }
    show(m_at + 1, manner);
}

QSize TabPages::minimumSizeHint() const
{
    const auto metrics = fontMetrics();
    return QWidget::minimumSizeHint().boundedTo(
        {metrics.averageCharWidth() * leastWidth, metrics.lineSpacing() * leastLines});
}

bool TabPages::canWalk(int steps) const
{
    return m_at + steps >= 0 && m_at + steps < m_stops.size();
}

void TabPages::walk(int steps)
{
    if (canWalk(steps))
        show(m_at + steps, Manner::FromCache);
}

void TabPages::show(int at, Manner manner)
{
    if (auto *before = page()) {
        before->left();
        m_stops[m_at].place = before->place();
    }
    m_at = at;
    auto &stop = m_stops[at];
    if (!stop.page) {
        stop.page = make(stop.place, manner);
        m_stack->addWidget(stop.page);
        Q_EMIT pageMade(stop.page);
    }
    m_stack->setCurrentWidget(stop.page);
    letGo();
    Q_EMIT pageChanged();
}

void TabPages::close()
{
    for (const auto &stop : std::as_const(m_stops)) {
        if (stop.page)
            stop.page->letGo();
    }
    deleteLater();
}

void TabPages::letGo()
{
    for (int i = 0; i < m_stops.size(); ++i) {
        auto &stop = m_stops[i];
        if (stop.page && std::abs(i - m_at) > keptPages) {
            stop.page->letGo();
            stop.page = nullptr;
        }
    }
}

} // namespace wg
