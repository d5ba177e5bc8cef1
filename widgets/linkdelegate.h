// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/change.h"

#include <QStyledItemDelegate>

namespace wg {

/// Draws the text of a cell or a list's row directly: fixed-width where it is a value, in the
/// link's colour where it leads somewhere, struck through when gone, with a mark in front when new.
/// GUI thread; owned by its view.
class LinkDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    /// The roles of the view's model, or -1 for what it has not.
    struct Roles
    {
        int link = -1;
        int gone = -1;
        int isNew = -1;
        int watched = -1;
        int trouble = -1;
        int novelty = -1; ///< a Novelty, where the change is news
        QList<int> monospaced{}; ///< columns
        int marks = -1; ///< column that carries the marks
        int chips = -1; ///< a QStringList, drawn in place of the cell's text
        bool fitsView = false; ///< rows are as wide as the view: what is longer is elided
    };

    LinkDelegate(Roles roles, QObject *parent);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

    /// The link below the pointer is underlined.
    void setHovered(const QModelIndex &index) { m_hovered = index; }

private:
    static void paintNews(QPainter *painter, const QRectF &box, Novelty novelty);
    void paintMarks(QPainter *painter, const QRect &rect, const QModelIndex &index) const;

    Roles m_roles;
    QPersistentModelIndex m_hovered;
};

/// From a cell's edge to its words, and to the words behind a column of marks.
[[nodiscard]] int cellPadding(const QFontMetrics &metrics);
[[nodiscard]] int marksWidth(const QFontMetrics &metrics);

/// The background of a row, without asking the style: chosen, below the pointer, and a bar at its
/// left edge when it has the focus of the keyboard.
void paintRow(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index);

} // namespace wg
