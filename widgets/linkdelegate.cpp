// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/linkdelegate.h"

#include "widgets/chips.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

#include <QHeaderView>
#include <QPainter>
#include <QTableView>

namespace wg {

namespace {

/// Whether the keyboard acts on this cell's row, and the cell is the row's first on the screen.
bool beginsFocusedRow(const QStyleOptionViewItem &option, const QModelIndex &index)
{
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    if (!view || !view->hasFocus() || view->currentIndex().row() != index.row())
        return false;
    const auto *table = qobject_cast<const QTableView *>(view);
    return !table || table->horizontalHeader()->visualIndex(index.column()) == 0;
}

} // namespace

int cellPadding(const QFontMetrics &metrics)
{
    return metrics.height() / 2;
}

int marksWidth(const QFontMetrics &metrics)
{
    return metrics.height() * 3 / 2;
}

void paintRow(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    const auto &theme = Theme::of(option.palette);
    if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect, theme.selection);
    else if (option.state & QStyle::State_MouseOver)
        painter->fillRect(option.rect, theme.raised);
    if (beginsFocusedRow(option, index)) {
        auto bar = option.rect;
        bar.setWidth(std::max(2, option.fontMetrics.height() / 6));
        painter->fillRect(bar, theme.accent);
    }
}

LinkDelegate::LinkDelegate(Roles roles, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_roles(std::move(roles))
{ }

/// Solid when new in the world, hollow when only new to us.
void LinkDelegate::paintNews(QPainter *painter, const QRectF &box, Novelty novelty)
{
    if (novelty == Novelty::Backfill)
        return;
    const auto color = tintColor(Tint::Accent);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(color, box.width() / 5));
    painter->setBrush(novelty == Novelty::World ? QBrush(color) : QBrush(Qt::NoBrush));
    painter->drawEllipse(box);
}

/// Draws eye, trouble or news in front of the value; the values stand below each other whatever
/// their marks.
void LinkDelegate::paintMarks(QPainter *painter, const QRect &rect, const QModelIndex &index) const
{
    const int size = rect.height() * 3 / 10;
    const QRectF box(rect.left() + (rect.width() - size) / 2.0,
                     rect.top() + (rect.height() - size) / 2.0, size, size);
    if (m_roles.novelty >= 0 && index.data(m_roles.novelty).isValid()) {
        paintNews(painter, box, Novelty(index.data(m_roles.novelty).toInt()));
        return;
    }
    if (m_roles.isNew >= 0 && index.data(m_roles.isNew).toBool()) {
        paintNews(painter, box, Novelty::World);
        return;
    }
    const bool trouble = m_roles.trouble >= 0 && index.data(m_roles.trouble).toBool();
    const bool watched = m_roles.watched >= 0 && index.data(m_roles.watched).toBool();
    if (!trouble && !watched)
        return;
    const int side = std::min(rect.width(), rect.height() * 2 / 3);
    const QRect sign(rect.left() + (rect.width() - side) / 2,
                     rect.top() + (rect.height() - side) / 2, side, side);
    icon(trouble ? QStringLiteral("warning") : QStringLiteral("eye-open"),
         trouble ? Tint::Warn : Tint::Accent)
        .paint(painter, sign);
}

void LinkDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    const auto &theme = Theme::of(option.palette);
    painter->save();
    paintRow(painter, option, index);
    const int pad = cellPadding(option.fontMetrics);
    QRect text = option.rect.adjusted(pad, 0, -pad, 0);
    if (index.column() == m_roles.marks) {
        auto marks = option.rect;
        marks.setWidth(marksWidth(option.fontMetrics));
        text.setLeft(marks.right() + 1);
        paintMarks(painter, marks.adjusted(pad / 3, 0, 0, 0), index);
    }
    if (const auto sign = index.data(Qt::DecorationRole); sign.isValid()) {
        const int side = option.fontMetrics.height();
        sign.value<QIcon>().paint(painter,
                                  QRect(text.left(), text.center().y() - side / 2, side, side));
        text.setLeft(text.left() + side + pad);
    }
    const bool gone = m_roles.gone >= 0 && index.data(m_roles.gone).toBool();
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
    // Of a name the end matters most: nobody hides the domain behind long labels.
    const auto cut = link ? Qt::ElideMiddle : Qt::ElideRight;
    const auto shown =
        QFontMetrics(font).elidedText(index.data(Qt::DisplayRole).toString(), cut, text.width());
    const auto chips = m_roles.chips >= 0 ? index.data(m_roles.chips) : QVariant();
    if (chips.isValid())
        paintChips(painter, text, chips.toStringList(), option.font, option.palette);
    else if (text.width()
             > option.fontMetrics.averageCharWidth() * 2) // else the marks say it alone
        painter->drawText(text, alignment | Qt::TextSingleLine, shown);
    painter->restore();
}

QSize LinkDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const int height = int(option.fontMetrics.height() * rowLines());
    if (m_roles.fitsView)
        return {1, height};
    const bool mono = m_roles.monospaced.contains(index.column());
    const QFontMetrics metrics(mono ? monospace(option.font) : option.font);
    const int pad = cellPadding(option.fontMetrics);
    const int marks = index.column() == m_roles.marks ? marksWidth(option.fontMetrics) : pad;
    return {metrics.horizontalAdvance(index.data(Qt::DisplayRole).toString()) + marks + pad,
            height};
}

} // namespace wg
