// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/topbar.h"

#include "items/words.h"
#include "widgets/icons.h"
#include "widgets/searchbox.h"
#include "widgets/theme.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>
#include <algorithm>

namespace wg {

using namespace Qt::StringLiterals;

TopBar::TopBar(Actions &actions, const ActionTable &table, QMenu *menu, QWidget *parent)
    : QWidget(parent)
    , m_actions(actions)
    , m_search(new SearchBox(this))
    , m_pap(new QToolButton(this))
    , m_state(new QToolButton(this))
{
    auto *more = new QToolButton(this);
    more->setIcon(icon(u"menu"_s));
    more->setAccessibleName(tr("Menu"));
    more->setToolTip(tr("All commands and their keys"));
    more->setPopupMode(QToolButton::InstantPopup);
    more->setMenu(menu);
    for (auto *each : {m_pap, m_state, more}) {
        each->setAutoRaise(true);
        each->setFocusPolicy(Qt::StrongFocus);
        each->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    }
    more->setToolButtonStyle(Qt::ToolButtonIconOnly);
    m_search->setMinimumHeight(QFontMetrics(font()).height() * 7 / 4);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(space(this, 2), space(this, 2), space(this, 2), space(this, 2));
    row->setSpacing(space(this, 1));
    row->addWidget(button(Command::Back, table));
    row->addWidget(button(Command::Forward, table));
    row->addSpacing(space(this, 1));
    row->addWidget(m_search, 1);
    row->addSpacing(space(this, 2));
    row->addWidget(m_pap);
    row->addWidget(m_state);
    row->addWidget(more);
    connect(m_pap, &QToolButton::clicked, this, [this] { Q_EMIT papWanted(m_pap); });
    connect(m_state, &QToolButton::clicked, this, [this] { Q_EMIT stateWanted(m_state); });
    connect(m_search, &QLineEdit::textChanged, this, &TopBar::showPap);
    connect(&actions, &Actions::settingsChanged, this, &TopBar::showPap);
    connect(&actions, &Actions::sourcesChanged, this, &TopBar::showPap);
    connect(&actions, &Actions::networkStateChanged, this, &TopBar::showState);
    showPap();
    showState(actions.networkState());
}

QToolButton *TopBar::button(Command command, const ActionTable &table)
{
    auto *made = new QToolButton(this);
    made->setDefaultAction(table.value(command));
    made->setToolButtonStyle(Qt::ToolButtonIconOnly);
    made->setAutoRaise(true);
    made->setFocusPolicy(Qt::StrongFocus);
    made->setAccessibleName(Commands::text(command));
    made->setToolTip(Commands::textWithKey(command));
    return made;
}

void TopBar::setSubject(const std::optional<Entity> &subject)
{
    m_subject = subject;
    showPap();
}

std::optional<Entity> TopBar::asked() const
{
    const auto typed = m_search->typedEntity();
    return typed ? typed : m_subject;
}

void TopBar::showPap()
{
    const auto pap = m_actions.policy().ceiling;
    QString text = tr("PAP %1").arg(papName(pap));
    if (const auto entity = asked()) {
        const auto parties = m_actions.parties(*entity);
        const auto told = std::count_if(parties.cbegin(), parties.cend(),
                                        [](const Party &p) { return p.permitted; });
        text += tr(" · asks %1").arg(told);
    }
    m_pap->setText(text);
    m_pap->setIcon(icon(pap == Pap::Green     ? u"eye-open"_s
                            : pap == Pap::Red ? u"lock"_s
                                              : u"party"_s,
                        pap == Pap::Green ? Tint::Warn : Tint::Dim));
    m_pap->setAccessibleName(text);
    m_pap->setToolTip(tr("How visible a look-up may be, and who would learn of it"));
}

void TopBar::showState(const NetworkState &state)
{
    QString text = tr("all well");
    QString sign = u"well"_s;
    Tint tint = Tint::Good;
    if (state.mode == NetworkState::Mode::CacheOnly) {
        text = tr("cache only");
        sign = u"lock"_s;
        tint = Tint::Warn;
    } else if (state.mode == NetworkState::Mode::Offline) {
        text = tr("offline");
        sign = u"offline"_s;
        tint = Tint::Warn;
    } else if (state.mode == NetworkState::Mode::Recorded) {
        text = tr("recorded, no network");
        sign = u"offline"_s;
        tint = Tint::Accent;
    } else if (!state.troubles.isEmpty()) {
        text = tr("%n problem(s)", nullptr, int(state.troubles.size()));
        sign = u"warning"_s;
        tint = Tint::Warn;
    } else if (state.asking > 0) {
        text = tr("asking %1").arg(Words::number(state.asking));
        sign = u"refresh"_s;
        tint = Tint::Accent;
    }
    if (state.waiting > 0)
        text += tr(" · %n waiting", nullptr, state.waiting);
    m_state->setText(text);
    m_state->setIcon(icon(sign, tint));
    m_state->setAccessibleName(tr("State: %1").arg(text));
    m_state->setToolTip(tr("How the program is connected, and what waits"));
}

} // namespace wg
