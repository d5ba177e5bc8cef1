// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/page.h"

class QToolButton;

namespace wg {

/// The slim bar at the left: the pages that are always at hand, and how many cards wait. GUI
/// thread.
class SideBar : public QWidget
{
    Q_OBJECT

public:
    SideBar(const ActionTable &table, QWidget *parent);

    void setOpenCards(qint64 open);
    /// Marks the entry of the page in front, if it has one.
    void setFront(Place::Kind kind);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Entry
    {
        Place::Kind kind;
        QToolButton *button;
        QString word;
    };

    QList<Entry> m_entries;
};

} // namespace wg
