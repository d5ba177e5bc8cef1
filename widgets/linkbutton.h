// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QToolButton>

namespace wg {

/// Text that leads somewhere: flush with the text around it, in the link's colour, underlined below
/// the pointer, reached by Tab. GUI thread.
class LinkButton : public QToolButton
{
    Q_OBJECT

public:
    LinkButton(const QString &text, QWidget *parent);

    /// Text and accessible name together; long text is cut in the middle.
    void say(const QString &text);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace wg
