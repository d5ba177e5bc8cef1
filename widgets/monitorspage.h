// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/page.h"

class QLabel;
class QStackedLayout;

namespace wg {

class FilterBox;
class MonitorTableModel;
class StateView;
class StillTable;

/// Every switched-on eye: since when, how well, what next. GUI thread; owned by its tab.
class MonitorsPage : public Page
{
    Q_OBJECT

public:
    MonitorsPage(Actions &actions, const ActionTable &table, QWidget *parent);

    [[nodiscard]] Place place() const override;
    [[nodiscard]] QString title() const override;
    [[nodiscard]] QIcon pageIcon() const override;
    [[nodiscard]] QList<Command> commands() const override;
    void run(Command command) override;
    void entered() override;

private:
    void build();
    void shown();
    void failed(const Error &error);
    void takeFocus();
    void switchOff();
    void check();
    void undo();
    [[nodiscard]] QList<Entity> chosen() const;

    MonitorTableModel *m_model;
    StillTable *m_table;
    FilterBox *m_filter;
    QLabel *m_count;
    QStackedLayout *m_stack;
    StateView *m_state;
};

} // namespace wg
