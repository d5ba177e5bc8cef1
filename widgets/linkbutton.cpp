// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/linkbutton.h"

#include "widgets/theme.h"

#include <QPainter>
#include <algorithm>

namespace wg {

LinkButton::LinkButton(const QString &text, QWidget *parent)
    : QToolButton(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    say(text);
}

void LinkButton::say(const QString &text)
{
    setText(text);
    setAccessibleName(text);
    updateGeometry();
}

QSize LinkButton::sizeHint() const
{
    const auto metrics = fontMetrics();
    return {metrics.horizontalAdvance(text()) + 2, metrics.height() * 5 / 4};
}

QSize LinkButton::minimumSizeHint() const
{
    const QSize whole = sizeHint();
    return {std::min(fontMetrics().averageCharWidth() * 8, whole.width()), whole.height()};
}

void LinkButton::paintEvent(QPaintEvent *)
{
    const auto &theme = Theme::of(palette());
    QPainter painter(this);
    QFont drawn = font();
    drawn.setUnderline(underMouse());
    painter.setFont(drawn);
    painter.setPen(theme.accent);
    painter.drawText(rect(), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     fontMetrics().elidedText(text(), Qt::ElideMiddle, width()));
    if (hasFocus())
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

} // namespace wg
