// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/page.h"

#include <QFrame>

class QButtonGroup;
class QVBoxLayout;

namespace wg {

class ScrollPart;

/// A frame below a button that goes away by itself: Escape, a click elsewhere. GUI thread.
class Popup : public QFrame
{
    Q_OBJECT

public:
    Popup(const QString &title, QWidget *parent);

    void openBelow(const QWidget *anchor);

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    [[nodiscard]] QVBoxLayout *column() const { return m_column; }
    /// Where the keyboard begins; else at the first thing that takes it.
    void beginAt(QWidget *first) { m_first = first; }
    /// What scrolls where the screen has no room for all; its widget has a layout.
    void scrollIn(ScrollPart *part) { m_part = part; }

private:
    void fit(int room);

    QVBoxLayout *m_column;
    QWidget *m_first = nullptr;
    ScrollPart *m_part = nullptr;
};

/// The ceiling, and below it who learns of an entity when it is asked, who does not and why.
class PartiesPopup : public Popup
{
    Q_OBJECT

public:
    PartiesPopup(Actions &actions, const std::optional<Entity> &asked, QWidget *parent);

Q_SIGNALS:
    void failed(const QString &sentence);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void addCeiling(Actions &actions);
    void addParties(Actions &actions, const Entity &asked);

    QButtonGroup *m_ceilings = nullptr;
};

/// How the program is connected: troubles, waiting questions, the switch to cache only.
class StatePopup : public Popup
{
    Q_OBJECT

public:
    StatePopup(Actions &actions, QAction *cacheOnly, QWidget *parent);

private:
    void addQueued(const QList<QueuedAsk> &queued);

    Actions &m_actions;
};

} // namespace wg
