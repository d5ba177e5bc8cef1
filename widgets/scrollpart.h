// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>

namespace wg {

/// A part of a page that scrolls where the window is too small for it. Where there is something to
/// scroll to, the keyboard gets there too, and the focus shows. GUI thread.
class ScrollPart : public QScrollArea
{
    Q_OBJECT

public:
    ScrollPart(const QString &name, QWidget *parent);

protected:
    void paintEvent(QPaintEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
};

} // namespace wg
