// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tintlabel.h"

#include <QEvent>

namespace wg {

TintLabel::TintLabel(Tint tint, QWidget *parent)
    : QLabel(parent)
    , m_tint(tint)
{
    setTextFormat(Qt::PlainText);
    apply();
}

TintLabel::TintLabel(const QString &sign, Tint tint, int lines, QWidget *parent)
    : QLabel(parent)
    , m_sign(sign)
    , m_tint(tint)
    , m_lines(lines)
{
    setTextFormat(Qt::PlainText);
    apply();
}

void TintLabel::setSign(const QString &sign, Tint tint)
{
    m_sign = sign;
    m_tint = tint;
    if (sign.isEmpty())
        clear();
    apply();
}

void TintLabel::apply()
{
    const auto color = tintColor(m_tint);
    if (palette().color(QPalette::WindowText) != color) { // setting it comes back as a change
        auto tinted = palette();
        tinted.setColor(QPalette::WindowText, color);
        setPalette(tinted);
    }
    if (m_sign.isEmpty())
        return;
    const int side = QFontMetrics(font()).height() * m_lines;
    setPixmap(icon(m_sign, m_tint).pixmap(QSize(side, side), devicePixelRatioF()));
}

void TintLabel::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        apply();
}

} // namespace wg
