// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/commands.h"

#include <QFrame>
#include <QPointer>

class QGridLayout;
class QScrollArea;

namespace wg {

class Page;

/// The keys of a page, over the window; any key closes it, but those that scroll where there is no
/// room for all. GUI thread.
class KeysOverlay : public QFrame
{
    Q_OBJECT

public:
    KeysOverlay(const Page &page, QWidget *window);

protected:
    bool event(QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void leave();
    void fit(QSize wanted, QSize room);
    bool scrolls(int key);
    /// A command and what it does.
    using Line = std::pair<Command, QString>;
    static void add(const QString &title, const QList<Line> &lines, QGridLayout *grid, int column);

    QScrollArea *m_scroll;
    QPointer<QWidget> m_before; ///< had the focus, and has it again afterwards
};

} // namespace wg
