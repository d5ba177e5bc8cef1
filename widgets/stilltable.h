// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/artifact.h"
#include "widgets/linkdelegate.h"
#include "widgets/page.h"

#include <QTableView>

namespace wg {

/// A table of values that lead somewhere. What arrives late takes its place without moving the rows
/// one looks at. Enter opens, Ctrl+Enter and middle click open in a new tab. GUI thread.
class StillTable : public QTableView
{
    Q_OBJECT

public:
    StillTable(const QString &name, LinkDelegate::Roles roles, QWidget *parent);

    void setModel(QAbstractItemModel *model) override;
    /// Widths in average characters; the stretched column takes the rest, and at least its own.
    /// Where there is too little room, the widest give first. What a person sets counts instead,
    /// also when the widths are given anew.
    void setColumnWidths(const QList<int> &characters, int stretched);
    /// As high as the setting wants them.
    void fitRows();
    /// The keyboard comes to the rows: the chosen one, else the first.
    void takeFocus();
    /// J and K.
    void move(int rows);
    [[nodiscard]] QList<int> selectedRows() const;

Q_SIGNALS:
    void opened(const QModelIndex &index, wg::Where where);
    void menuWanted(const QPoint &global);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    /// Whole rows are chosen here: Home and End are the first and the last of them.
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void fitColumns();
    void keepWidth(int column, int before, int now);
    void holdTop();
    void restoreTop();
    [[nodiscard]] QModelIndex linkAt(const QPoint &at) const;

    int m_linkRole;
    LinkDelegate *m_delegate;
    QPersistentModelIndex m_top;
    QPersistentModelIndex m_pressed; ///< rows may move between press and release
    QList<int> m_widths;
    QHash<int, int> m_byHand; ///< of columns that a person set
    int m_stretched = 0;
    bool m_fitting = false; ///< widths change by our own hand
};

} // namespace wg
