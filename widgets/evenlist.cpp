// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/evenlist.h"

#include <QAccessible>
#include <QHoverEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>
#include <algorithm>

namespace wg {

namespace {

/// Tells a screen reader of a row. QListView would ask its own layout, which is never made here.
void tell(QWidget *list, QAccessible::Event what, const QModelIndex &index)
{
    if (!index.isValid())
        return;
    QAccessibleEvent event(list, what);
    event.setChild(index.row());
    QAccessible::updateAccessibility(&event);
}

/// So long the old picture stays while the rows of the new one are read: less than a frame.
constexpr int patienceMs = 12;

QModelIndex firstOf(const QItemSelection &selection)
{
    return selection.isEmpty() ? QModelIndex() : QModelIndex(selection.first().topLeft());
}

} // namespace

EvenList::EvenList(QWidget *parent)
    : QListView(parent)
{
    setUniformItemSizes(true);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

int EvenList::rowCount() const
{
    return model() ? model()->rowCount(rootIndex()) : 0;
}

int EvenList::rowHeight() const
{
    if (m_rowHeight == 0) {
        QStyleOptionViewItem option;
        initViewItemOption(&option);
        m_rowHeight = std::max(1, itemDelegate()->sizeHint(option, {}).height());
    }
    return m_rowHeight;
}

int EvenList::rowAt(int y) const
{
    const int inContents = y + verticalOffset();
    return inContents < 0 ? -1 : inContents / rowHeight();
}

QRect EvenList::rowsRect(int first, int last) const
{
    return {0, first * rowHeight() - verticalOffset(), viewport()->width(),
            (last - first + 1) * rowHeight()};
}

int EvenList::verticalOffset() const
{
    return verticalScrollBar()->value();
}

int EvenList::horizontalOffset() const
{
    return 0;
}

QRect EvenList::visualRect(const QModelIndex &index) const
{
    if (!index.isValid() || index.model() != model() || index.column() != modelColumn())
        return {};
    return rowsRect(index.row(), index.row());
}

QModelIndex EvenList::indexAt(const QPoint &at) const
{
    const int row = rowAt(at.y());
    if (at.x() < 0 || at.x() >= viewport()->width() || row < 0 || row >= rowCount())
        return {};
    return model()->index(row, modelColumn(), rootIndex());
}

void EvenList::scrollTo(const QModelIndex &index, ScrollHint hint)
{
    executeDelayedItemsLayout(); // rows may be gone, and the scroll bar not know it yet
    const auto row = visualRect(index);
    if (!row.isValid())
        return;
    const int below = row.bottom() + 1 - viewport()->height();
    int by = 0;
    if (hint == PositionAtTop || (hint == EnsureVisible && row.top() < 0))
        by = row.top();
    else if (hint == PositionAtBottom || (hint == EnsureVisible && below > 0))
        by = std::min(below, hint == EnsureVisible ? row.top() : below);
    else if (hint == PositionAtCenter)
        by = row.top() - (viewport()->height() - row.height()) / 2;
    verticalScrollBar()->setValue(verticalOffset() + by);
}

/// Nothing is laid out: the height of a row and the range of the scroll bar are all there is.
void EvenList::doItemsLayout()
{
    m_rowHeight = 0;
    QAbstractItemView::doItemsLayout();
}

void EvenList::updateGeometries()
{
    const int height = viewport()->height();
    auto *bar = verticalScrollBar();
    bar->setSingleStep(rowHeight());
    bar->setPageStep(height);
    bar->setRange(0, std::max(0, rowCount() * rowHeight() - height));
    horizontalScrollBar()->setRange(0, 0);
    QAbstractItemView::updateGeometries();
}

void EvenList::scrollContentsBy(int dx, int dy)
{
    QListView::scrollContentsBy(0, 0); // ends the scrolling to a row that was just clicked
    if (m_patience.isActive())
        return; // the new picture is painted whole
    if (!isShownLoaded())
        return holdPainting();
    scrollDirtyRegion(dx, dy);
    viewport()->scroll(dx, dy);
}

/// Both ends are asked, so that both pages are read.
bool EvenList::isShownLoaded() const
{
    if (m_loadedRole < 0 || rowCount() == 0)
        return true;
    const auto isLoaded = [this](int row) {
        return model()->index(row, modelColumn(), rootIndex()).data(m_loadedRole).toBool();
    };
    const bool first = isLoaded(std::clamp(rowAt(0), 0, rowCount() - 1));
    const bool last = isLoaded(std::clamp(rowAt(viewport()->height() - 1), 0, rowCount() - 1));
    return first && last;
}

void EvenList::holdPainting()
{
    allowPainting(false);
    m_patience.start(patienceMs, Qt::PreciseTimer, this);
}

void EvenList::paintAgain()
{
    m_patience.stop();
    allowPainting(true);
}

/// Rows and scroll bar are painted in one pass.
void EvenList::allowPainting(bool allowed)
{
    viewport()->setUpdatesEnabled(allowed);
    verticalScrollBar()->setUpdatesEnabled(allowed);
}

void EvenList::dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight,
                           const QList<int> &roles)
{
    QListView::dataChanged(topLeft, bottomRight, roles);
    // After what the view itself has put off, or all is painted twice.
    if (m_patience.isActive() && isShownLoaded())
        m_patience.start(0, this);
}

void EvenList::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_patience.timerId())
        paintAgain();
    else
        QListView::timerEvent(event);
}

QModelIndex EvenList::moveCursor(CursorAction action, Qt::KeyboardModifiers)
{
    const int rows = rowCount();
    if (rows == 0)
        return {};
    const int page = std::max(1, viewport()->height() / rowHeight() - 1);
    int to = currentIndex().row();
    switch (action) {
    case MoveUp:
    case MovePrevious:
        to -= 1;
        break;
    case MoveDown:
    case MoveNext:
        to += 1;
        break;
    case MovePageUp:
        to -= page;
        break;
    case MovePageDown:
        to += page;
        break;
    case MoveHome:
        to = 0;
        break;
    case MoveEnd:
        to = rows - 1;
        break;
    case MoveLeft:
    case MoveRight:
        break;
    }
    if (!currentIndex().isValid() && action != MoveEnd)
        to = 0;
    return model()->index(std::clamp(to, 0, rows - 1), modelColumn(), rootIndex());
}

void EvenList::setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags command)
{
    const auto [top, bottom] = std::minmax({rect.top(), rect.bottom()});
    const int first = std::max(0, rowAt(top));
    const int last = std::min(rowCount() - 1, rowAt(bottom));
    QItemSelection selection;
    if (first <= last)
        selection.select(model()->index(first, modelColumn(), rootIndex()),
                         model()->index(last, modelColumn(), rootIndex()));
    selectionModel()->select(selection, command);
}

void EvenList::selectAll()
{
    if (selectionMode() != ExtendedSelection || rowCount() == 0)
        return;
    selectionModel()->select({model()->index(0, modelColumn(), rootIndex()),
                              model()->index(rowCount() - 1, modelColumn(), rootIndex())},
                             QItemSelectionModel::ClearAndSelect);
}

void EvenList::keyboardSearch(const QString &) { }

QRegion EvenList::visualRegionForSelection(const QItemSelection &selection) const
{
    QRegion region;
    for (const auto &range : selection) {
        if (range.isValid())
            region += rowsRect(range.top(), range.bottom()) & viewport()->rect();
    }
    return region;
}

int EvenList::selectedCount() const
{
    int count = 0;
    const auto selection = selectionModel()->selection();
    for (const auto &range : selection)
        count += range.height();
    return count;
}

QList<int> EvenList::selectedRows() const
{
    QList<int> rows;
    rows.reserve(selectedCount());
    const auto selection = selectionModel()->selection();
    for (const auto &range : selection) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            rows.append(row);
    }
    std::sort(rows.begin(), rows.end());
    return rows;
}

void EvenList::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    const auto plain = option.state & ~QStyle::State_MouseOver;
    const int first = std::max(0, rowAt(event->rect().top()));
    const int last = std::min(rowCount() - 1, rowAt(event->rect().bottom()));
    for (int row = first; row <= last; ++row) {
        option.rect = rowsRect(row, row);
        if (!event->region().intersects(option.rect))
            continue;
        const auto index = model()->index(row, modelColumn(), rootIndex());
        option.state = plain;
        option.state.setFlag(QStyle::State_Selected, selectionModel()->isSelected(index));
        option.state.setFlag(QStyle::State_HasFocus, hasFocus() && index == currentIndex());
        option.state.setFlag(QStyle::State_MouseOver, index == m_hovered);
        itemDelegate()->paint(&painter, option, index);
    }
}

bool EvenList::viewportEvent(QEvent *event)
{
    hover(event);
    return QListView::viewportEvent(event);
}

/// Follows what the base class paints again when the mouse moves.
void EvenList::hover(QEvent *event)
{
    if (event->type() == QEvent::HoverMove || event->type() == QEvent::HoverEnter)
        m_hovered = indexAt(static_cast<QHoverEvent *>(event)->position().toPoint());
    else if (event->type() == QEvent::HoverLeave || event->type() == QEvent::Leave)
        m_hovered = QModelIndex();
}

void EvenList::rowsInserted(const QModelIndex &parent, int first, int last)
{
    updateGeometries();
    if (first <= rowAt(viewport()->height()))
        viewport()->update();
    QAbstractItemView::rowsInserted(parent, first, last);
}

void EvenList::rowsAboutToBeRemoved(const QModelIndex &parent, int first, int last)
{
    QAbstractItemView::rowsAboutToBeRemoved(parent, first, last);
    scheduleDelayedItemsLayout();
}

void EvenList::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    if (QAccessible::isActive() && hasFocus())
        tell(this, QAccessible::Focus, current);
    QAbstractItemView::currentChanged(current, previous);
}

void EvenList::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    if (QAccessible::isActive()) {
        tell(this, QAccessible::SelectionAdd, firstOf(selected));
        tell(this, QAccessible::SelectionRemove, firstOf(deselected));
    }
    QAbstractItemView::selectionChanged(selected, deselected);
}

} // namespace wg
