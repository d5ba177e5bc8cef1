// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/linkdelegate.h"

#include "widgets/icons.h"
#include "widgets/theme.h"

#include <QGuiApplication>
#include <QPainter>
#include <QPainterPath>

namespace wg {

void paintRow(QPainter *painter, const QStyleOptionViewItem &option)
{
    const auto &theme = Theme::of(option.palette);
    if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect, theme.selection);
    else if (option.state & QStyle::State_MouseOver)
        painter->fillRect(option.rect, theme.raised);
}

LinkDelegate::LinkDelegate(Roles roles, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_roles(std::move(roles))
{ }

/// Draws eye and news mark in front of the value; returns the width used. A column of marks keeps
/// the values below each other.
int LinkDelegate::paintMarks(QPainter *painter, const QRect &rect, const QModelIndex &index) const
{
    const auto &theme = Theme::of(QGuiApplication::palette());
    const int size = rect.height() / 2;
    const QRectF box(rect.left() + size / 2.0, rect.top() + (rect.height() - size * 0.6) / 2.0,
                     size * 0.6, size * 0.6);
    if (m_roles.isNew >= 0 && index.data(m_roles.isNew).toBool()) {
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(theme.accent);
        painter->drawEllipse(box);
    } else if (m_roles.trouble >= 0 && index.data(m_roles.trouble).toBool()) {
        const int side = rect.height() * 2 / 3;
        icon(QStringLiteral("warning"), Tint::Warn)
            .paint(painter,
                   QRect(rect.left() + 2, rect.top() + (rect.height() - side) / 2, side, side));
    } else if (m_roles.watched >= 0 && index.data(m_roles.watched).toBool()) {
        const int side = rect.height() * 2 / 3;
        icon(QStringLiteral("eye-open"), Tint::Accent)
            .paint(painter,
                   QRect(rect.left() + 2, rect.top() + (rect.height() - side) / 2, side, side));
    }
    return size * 2;
}

void LinkDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    const auto &theme = Theme::of(option.palette);
    painter->save();
    paintRow(painter, option);
    const int pad = option.fontMetrics.height() / 2;
    QRect text = option.rect.adjusted(pad, 0, -pad, 0);
    if (index.column() == m_roles.marks)
        text.setLeft(option.rect.left() + paintMarks(painter, option.rect, index));
    const bool gone = m_roles.gone >= 0 && index.siblingAtColumn(0).data(m_roles.gone).toBool();
    const bool link = m_roles.link >= 0 && index.data(m_roles.link).isValid();
    const bool mono = m_roles.monospaced.contains(index.column());
    QFont font = mono ? monospace(option.font) : option.font;
    font.setStrikeOut(gone && mono);
    font.setUnderline(link && index == m_hovered);
    painter->setFont(font);
    painter->setPen(link ? theme.accent : gone ? theme.dim : theme.text);
    const auto aligned = index.data(Qt::TextAlignmentRole);
    const int alignment =
        aligned.isValid() ? aligned.toInt() : int(Qt::AlignLeft | Qt::AlignVCenter);
    const auto shown = QFontMetrics(font).elidedText(index.data(Qt::DisplayRole).toString(),
                                                     Qt::ElideRight, text.width());
    painter->drawText(text, alignment | Qt::TextSingleLine, shown);
    painter->restore();
}

QSize LinkDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const bool mono = m_roles.monospaced.contains(index.column());
    const QFontMetrics metrics(mono ? monospace(option.font) : option.font);
    const int marks = index.column() == m_roles.marks ? option.fontMetrics.height() : 0;
    const int height = option.fontMetrics.height() * 3 / 2;
    return {metrics.horizontalAdvance(index.data(Qt::DisplayRole).toString())
                + option.fontMetrics.height() + marks,
            height};
}

} // namespace wg
