// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "actions/orders.h"
#include "widgets/page.h"

class QMenu;
class QToolButton;

namespace wg {

class SearchBox;

/// The line at the top: back, forward, search, how visible an "ask" is and to whom, how things
/// stand. GUI thread; owned by the window.
class TopBar : public QWidget
{
    Q_OBJECT

public:
    TopBar(Actions &actions, const ActionTable &table, QMenu *menu, QWidget *parent);

    [[nodiscard]] SearchBox *search() const { return m_search; }
    /// The entity of the page in front: who would be told by asking again.
    void setSubject(const std::optional<Entity> &subject);

Q_SIGNALS:
    void papWanted(QWidget *below);
    void stateWanted(QWidget *below);

public:
    /// What would be asked now: what stands in the box, else the page in front.
    [[nodiscard]] std::optional<Entity> asked() const;

private:
    QToolButton *button(Command command, const ActionTable &table);
    void showPap();
    void showState(const NetworkState &state);

    Actions &m_actions;
    SearchBox *m_search;
    QToolButton *m_pap;
    QToolButton *m_state;
    std::optional<Entity> m_subject;
};

} // namespace wg
