// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace wg {

/// Draws a cell's text directly: fixed-width where it is a value, in the link's colour where it
/// leads somewhere, struck through when gone, with a mark in front when new. GUI thread; owned by
/// its view.
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
        QList<int> monospaced; ///< columns
        int marks = -1; ///< column that carries the marks
    };

    LinkDelegate(Roles roles, QObject *parent);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

    /// Where the text of a cell begins and what it is drawn in.
    void setHovered(const QModelIndex &index) { m_hovered = index; }

private:
    int paintMarks(QPainter *painter, const QRect &rect, const QModelIndex &index) const;

    Roles m_roles;
    QPersistentModelIndex m_hovered;
};

/// The background of a row as Fusion would draw it, without asking the style.
void paintRow(QPainter *painter, const QStyleOptionViewItem &option);

} // namespace wg
