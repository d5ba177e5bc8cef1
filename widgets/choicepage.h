// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/page.h"

class QListWidget;

namespace wg {

/// Several entities found in what was pasted: a list to choose from. Nobody is asked until one is
/// opened. GUI thread; owned by its tab.
class ChoicePage : public Page
{
    Q_OBJECT

public:
    ChoicePage(Actions &actions, const ActionTable &table, const QList<Entity> &entities,
               QWidget *parent);

    [[nodiscard]] Place place() const override;
    [[nodiscard]] QString title() const override;
    [[nodiscard]] QIcon pageIcon() const override;
    [[nodiscard]] QList<Command> commands() const override;
    void run(Command command) override;
    void entered() override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    [[nodiscard]] QList<Entity> chosen() const;
    void open(Where where);
    void watch(const QList<Entity> &entities);

    QList<Entity> m_entities;
    QListWidget *m_list;
};

} // namespace wg
