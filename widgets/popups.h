// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/page.h"

#include <QFrame>

class QVBoxLayout;

namespace wg {

/// A frame below a button that goes away by itself: Escape, a click elsewhere. GUI thread.
class Popup : public QFrame
{
    Q_OBJECT

public:
    Popup(const QString &title, QWidget *parent);

    void openBelow(const QWidget *anchor);

protected:
    [[nodiscard]] QVBoxLayout *column() const { return m_column; }

private:
    QVBoxLayout *m_column;
};

/// Who learns of an entity when it is asked, who does not and why, and the ceiling itself.
class PartiesPopup : public Popup
{
    Q_OBJECT

public:
    PartiesPopup(Actions &actions, const std::optional<Entity> &asked, QWidget *parent);

Q_SIGNALS:
    void failed(const QString &sentence);

private:
    void addCeiling(Actions &actions);
    void addParties(const QList<Party> &parties);
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
