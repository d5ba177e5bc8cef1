// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stilltable.h"

#include "widgets/theme.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <algorithm>

namespace wg {

namespace {

constexpr int leastWidth = 20; ///< average characters: an address, to be seen whole
constexpr int leastFirst = 30; ///< the same where the letters are all of one width

} // namespace

StillTable::StillTable(const QString &name, LinkDelegate::Roles roles, QWidget *parent)
    : QTableView(parent)
    , m_linkRole(roles.link)
    , m_delegate(nullptr)
{
    const int marks = roles.marks;
    m_delegate = new LinkDelegate(std::move(roles), this);
    setAccessibleName(name);
    setItemDelegate(m_delegate);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setCornerButtonEnabled(false);
    setMouseTracking(true);
    setHorizontalScrollMode(ScrollPerPixel);
    setFrameShape(NoFrame);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setProperty("marksColumn", marks);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setMinimumSectionSize(QFontMetrics(font()).averageCharWidth() * 5);
    connect(horizontalHeader(), &QHeaderView::sectionResized, this, &StillTable::keepWidth);
    fitRows();
}

void StillTable::fitRows()
{
    verticalHeader()->setDefaultSectionSize(int(QFontMetrics(font()).height() * rowLines()));
}

void StillTable::setModel(QAbstractItemModel *model)
{
    QTableView::setModel(model);
    connect(model, &QAbstractItemModel::rowsAboutToBeInserted, this, &StillTable::holdTop);
    connect(model, &QAbstractItemModel::rowsAboutToBeRemoved, this, &StillTable::holdTop);
    connect(model, &QAbstractItemModel::rowsInserted, this, &StillTable::restoreTop);
    connect(model, &QAbstractItemModel::rowsRemoved, this, &StillTable::restoreTop);
    setColumnWidths(m_widths, m_stretched);
}

void StillTable::setColumnWidths(const QList<int> &characters, int stretched)
{
    m_widths = characters;
    m_stretched = stretched;
    for (auto set = m_byHand.cbegin(); set != m_byHand.cend(); ++set) {
        if (m_widths.value(set.key()) > 0)
            m_widths[set.key()] = set.value();
    }
    if (!model())
        return;
    for (int i = 0; i < model()->columnCount(); ++i) {
        horizontalHeader()->setSectionResizeMode(
            i, i == stretched ? QHeaderView::Stretch : QHeaderView::Interactive);
    }
    fitColumns();
}

/// Every column has its width where there is room; else the wide ones give way, down to what an
/// address needs, before anything has to be scrolled to. The first one, by which rows are told
/// apart, gives last.
void StillTable::fitColumns()
{
    if (!model() || m_widths.isEmpty())
        return;
    const int character = QFontMetrics(font()).averageCharWidth();
    const auto spareOf = [this](int column) {
        const bool gives = column != m_stretched && !isColumnHidden(column);
        const int least = column == 0 ? leastFirst : leastWidth;
        return gives ? std::max(0, m_widths.at(column) - least) : 0;
    };
    const int stretched = m_widths.value(m_stretched);
    int wanted = stretched > 0 ? stretched : leastWidth;
    int spare = 0; // of all but the first
    for (int i = 0; i < m_widths.size(); ++i) {
        if (i != m_stretched && !isColumnHidden(i))
            wanted += m_widths.at(i);
        spare += i > 0 ? spareOf(i) : 0;
    }
    const int missing = std::max(0, wanted - viewport()->width() / character);
    const int shared = std::min(missing, spare);
    m_fitting = true;
    for (int i = 0; i < m_widths.size() && i < model()->columnCount(); ++i) {
        if (i == m_stretched || m_widths.at(i) == 0)
            continue;
        const int less = i == 0 ? std::min(missing - shared, spareOf(0))
            : spare > 0         ? (spareOf(i) * shared + spare - 1) / spare
                                : 0;
        setColumnWidth(i, (m_widths.at(i) - less) * character);
    }
    m_fitting = false;
}

/// What a person sets is what the column wants from now on. From and to 0 it is hidden or shown,
/// which nobody does by hand.
void StillTable::keepWidth(int column, int before, int now)
{
    const bool byHand = before > 0 && now > 0 && !m_fitting && isVisible();
    if (!byHand || column == m_stretched || column >= m_widths.size())
        return;
    m_widths[column] = now / QFontMetrics(font()).averageCharWidth();
    m_byHand[column] = m_widths.at(column);
}

void StillTable::resizeEvent(QResizeEvent *event)
{
    fitColumns();
    QTableView::resizeEvent(event);
}

void StillTable::holdTop()
{
    if (m_top.isValid() || !model())
        return;
    const auto top = indexAt(QPoint(1, 1));
    const bool atRest = top.row() <= 0 && !selectionModel()->hasSelection() && !underMouse();
    if (!atRest)
        m_top = top;
}

void StillTable::restoreTop()
{
    if (m_top.isValid())
        scrollTo(m_top, PositionAtTop);
    m_top = QPersistentModelIndex();
}

void StillTable::takeFocus()
{
    setFocus(Qt::ShortcutFocusReason); // also without rows: the keyboard has to be somewhere
    move(0);
}

void StillTable::move(int rows)
{
    if (!model() || model()->rowCount() == 0)
        return;
    const int from = std::max(0, currentIndex().row());
    const bool fresh =
        !selectionModel()->hasSelection(); // the first press chooses, it does not move
    const int to = fresh ? from : std::clamp(from + rows, 0, model()->rowCount() - 1);
    setCurrentIndex(model()->index(to, 0));
    setFocus(Qt::ShortcutFocusReason);
}

QList<int> StillTable::selectedRows() const
{
    QList<int> rows;
    if (!selectionModel())
        return rows;
    for (const auto &index : selectionModel()->selectedRows())
        rows.append(index.row());
    std::sort(rows.begin(), rows.end());
    return rows;
}

void StillTable::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        if (currentIndex().isValid()) {
            const bool newTab = event->modifiers() & Qt::ControlModifier;
            Q_EMIT opened(currentIndex(), newTab ? Where::NewTab : Where::Here);
        }
        return;
    }
    QTableView::keyPressEvent(event);
}

QModelIndex StillTable::moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers)
{
    const int rows = model() ? model()->rowCount() : 0;
    if (rows > 0 && (action == MoveHome || action == MoveEnd))
        return model()->index(action == MoveHome ? 0 : rows - 1,
                              std::max(0, currentIndex().column()));
    return QTableView::moveCursor(action, modifiers);
}

QModelIndex StillTable::linkAt(const QPoint &at) const
{
    const auto index = indexAt(at);
    if (!index.isValid() || m_linkRole < 0 || !index.data(m_linkRole).isValid())
        return {};
    const int width =
        QFontMetrics(monospace(font())).horizontalAdvance(index.data(Qt::DisplayRole).toString());
    const auto rect = visualRect(index);
    const bool onText = at.x() < rect.left() + width + marksWidth(QFontMetrics(font()));
    return onText ? index : QModelIndex();
}

void StillTable::mousePressEvent(QMouseEvent *event)
{
    m_pressed = event->modifiers() & (Qt::ShiftModifier | Qt::ControlModifier)
        ? QModelIndex()
        : linkAt(event->position().toPoint());
    if (event->button() != Qt::MiddleButton)
        QTableView::mousePressEvent(event);
}

void StillTable::mouseReleaseEvent(QMouseEvent *event)
{
    QTableView::mouseReleaseEvent(event);
    const auto link = linkAt(event->position().toPoint());
    if (!link.isValid() || link != m_pressed)
        return;
    if (event->button() == Qt::LeftButton)
        Q_EMIT opened(link, Where::Here);
    else if (event->button() == Qt::MiddleButton)
        Q_EMIT opened(link, Where::NewTab);
}

void StillTable::mouseMoveEvent(QMouseEvent *event)
{
    QTableView::mouseMoveEvent(event);
    const auto link = linkAt(event->position().toPoint());
    m_delegate->setHovered(link);
    viewport()->setCursor(link.isValid() ? Qt::PointingHandCursor : Qt::ArrowCursor);
    viewport()->update();
}

void StillTable::leaveEvent(QEvent *event)
{
    m_delegate->setHovered({});
    viewport()->update();
    QTableView::leaveEvent(event);
}

void StillTable::contextMenuEvent(QContextMenuEvent *event)
{
    Q_EMIT menuWanted(event->globalPos());
}

void StillTable::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange) {
        fitRows();
        setColumnWidths(m_widths, m_stretched);
    }
    QTableView::changeEvent(event);
}

} // namespace wg
