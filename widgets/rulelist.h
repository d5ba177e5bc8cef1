// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "actions/actions.h"

#include <QWidget>

class QPushButton;
class QVBoxLayout;

namespace wg {

/// The rules that hide changes, newest first, each with a way to take it back. GUI thread; owned
/// by the settings page.
class RuleList : public QWidget
{
    Q_OBJECT

public:
    RuleList(Actions &actions, QWidget *parent);

    void refresh();

Q_SIGNALS:
    void said(const QString &sentence);
    /// The rule that had the focus was the last one.
    void left();

private:
    void show(const QList<StoredRule> &rules);
    [[nodiscard]] qsizetype focusedRow() const;
    void add(const QList<StoredRule> &ofOne);
    void remove(const QUuid &entry);

    Actions &m_actions;
    QVBoxLayout *m_rows;
    QList<QPushButton *> m_buttons; ///< in the order of rows
};

} // namespace wg
