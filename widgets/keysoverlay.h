// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/commands.h"

#include <QFrame>
#include <QPointer>

class QGridLayout;

namespace wg {

/// The keys of the page in front, over the window; any key closes it. GUI thread.
class KeysOverlay : public QFrame
{
    Q_OBJECT

public:
    KeysOverlay(const QString &pageTitle, const QList<Command> &ofPage, QWidget *window);

protected:
    bool event(QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void leave();
    void add(const QString &title, const QList<Command> &commands, QGridLayout *grid, int column);

    QPointer<QWidget> m_before; ///< had the focus, and has it again afterwards
};

} // namespace wg
