// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QBasicTimer>
#include <QListView>
#include <QPersistentModelIndex>

namespace wg {

/// A list whose rows are all equally high, so that where a row lies follows from its number: a
/// million rows, and rows that are added, cost what a screenful costs. One column, scrolled per
/// pixel; the delegate's size hint must not look at the row. GUI thread.
class EvenList : public QListView
{
    Q_OBJECT

public:
    explicit EvenList(QWidget *parent = nullptr);

    [[nodiscard]] QRect visualRect(const QModelIndex &index) const override;
    [[nodiscard]] QModelIndex indexAt(const QPoint &at) const override;
    void scrollTo(const QModelIndex &index, ScrollHint hint = EnsureVisible) override;
    void doItemsLayout() override;
    void selectAll() override;
    /// Letters are commands here, and what is not read yet has no text to be found by.
    void keyboardSearch(const QString &text) override;
    /// The selected rows in order; counting them does not list them.
    [[nodiscard]] QList<int> selectedRows() const;
    [[nodiscard]] int selectedCount() const;
    /// The role by which a row tells whether it is loaded; asking makes the model read it. With
    /// one, rows that a scroll brings and that come within a frame are painted at once, not first
    /// empty.
    void setLoadedRole(int role) { m_loadedRole = role; }

protected:
    int verticalOffset() const override;
    int horizontalOffset() const override;
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    void setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags command) override;
    QRegion visualRegionForSelection(const QItemSelection &selection) const override;
    void updateGeometries() override;
    void scrollContentsBy(int dx, int dy) override;
    void dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight,
                     const QList<int> &roles = {}) override;
    void timerEvent(QTimerEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void rowsInserted(const QModelIndex &parent, int first, int last) override;
    void rowsAboutToBeRemoved(const QModelIndex &parent, int first, int last) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void selectionChanged(const QItemSelection &selected,
                          const QItemSelection &deselected) override;

private:
    [[nodiscard]] int rowCount() const;
    [[nodiscard]] int rowHeight() const;
    /// The row at a height of the viewport, also before the first and behind the last.
    [[nodiscard]] int rowAt(int y) const;
    [[nodiscard]] QRect rowsRect(int first, int last) const;
    void hover(QEvent *event);
    [[nodiscard]] bool isShownLoaded() const;
    void holdPainting();
    void paintAgain();
    void allowPainting(bool allowed);

    mutable int m_rowHeight = 0; ///< not measured yet
    QPersistentModelIndex m_hovered;
    int m_loadedRole = -1;
    QBasicTimer m_patience; ///< runs while painting waits for rows
};

} // namespace wg
