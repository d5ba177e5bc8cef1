// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/page.h"

class QStackedLayout;

namespace wg {

/// One tab: the pages it has been on, and back and forward between them. GUI thread; owned by the
/// window.
class TabPages : public QWidget
{
    Q_OBJECT

public:
    TabPages(Actions &actions, const ActionTable &table, QWidget *parent);

    /// Goes to a place; pages ahead are forgotten.
    void go(const Place &place, Manner manner);
    /// By -1 and 1. Pages come back as they were, nobody is asked.
    void walk(int steps);
    [[nodiscard]] bool canWalk(int steps) const;
    [[nodiscard]] Page *page() const;
    /// Goes; what its pages ordered ends.
    void close();
    /// No page makes the window grow: it is squeezed into what there is.
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void pageChanged();
    void pageMade(wg::Page *page);

private:
    struct Stop
    {
        Place place;
        Page *page = nullptr; ///< null when it was let go to save memory
    };

    [[nodiscard]] Page *make(const Place &place, Manner manner);
    void show(int at, Manner manner);
    void letGo();

    Actions &m_actions;
    const ActionTable &m_table;
    QStackedLayout *m_stack;
    QList<Stop> m_stops;
    int m_at = -1;
};

} // namespace wg
