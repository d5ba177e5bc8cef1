// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/runner.h"
#include "widgets/evenlist.h"

#include <QAbstractListModel>
#include <QAccessible>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>
#include <QTest>
#include <QTimer>
#include <QWheelEvent>

using namespace wg;
using namespace Qt::StringLiterals;

namespace {

constexpr int rowHeight = 20;

/// Rows without content that counts how often one is looked at.
class CountedRows : public QAbstractListModel
{
    Q_OBJECT

public:
    explicit CountedRows(int rows)
        : m_rows(rows)
    { }
    int rowCount(const QModelIndex &parent) const override { return parent.isValid() ? 0 : m_rows; }
    QVariant data(const QModelIndex &index, int role) const override
    {
        ++looks;
        if (role == LoadedRole)
            return index.row() < loaded;
        return role == Qt::DisplayRole ? QVariant(QString::number(index.row())) : QVariant();
    }
    void insert(int row, int count)
    {
        beginInsertRows({}, row, row + count - 1);
        m_rows += count;
        endInsertRows();
    }
    void remove(int row, int count)
    {
        beginRemoveRows({}, row, row + count - 1);
        m_rows -= count;
        endRemoveRows();
    }

    /// The rows before this one are there now.
    void load(int before)
    {
        const int from = loaded;
        loaded = before;
        Q_EMIT dataChanged(index(from, 0), index(before - 1, 0));
    }

    static constexpr int LoadedRole = Qt::UserRole + 1;
    mutable int looks = 0;
    int loaded = 0;

private:
    int m_rows;
};

/// Keeps which rows were painted, and as what.
class KeepingDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        ++hints;
        return {100, rowHeight};
    }
    void paint(QPainter *, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        index.data();
        painted[index.row()] = option.state;
        ++paintings;
    }

    mutable QMap<int, QStyle::State> painted;
    mutable int paintings = 0;
    mutable int hints = 0;
};

/// A list of ten visible rows.
struct Shown
{
    explicit Shown(int rows)
        : model(rows)
    {
        list.setFrameShape(QFrame::NoFrame);
        list.setSelectionMode(QAbstractItemView::ExtendedSelection);
        list.setItemDelegate(&delegate);
        list.setModel(&model);
        list.resize(300, 10 * rowHeight);
        list.show();
        QApplication::setActiveWindow(&list);
        list.setFocus();
        exposed = QTest::qWaitForWindowExposed(&list);
        paint();
    }
    /// Now, with whatever layout was put off.
    void paint() { list.viewport()->repaint(); }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QTest::keyClick(&list, key, modifiers);
    }
    void click(int y, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QTest::mouseClick(list.viewport(), Qt::LeftButton, modifiers, QPoint(5, y));
    }
    [[nodiscard]] int row() const { return list.currentIndex().row(); }
    [[nodiscard]] int top() const { return list.indexAt(QPoint(1, 0)).row(); }
    [[nodiscard]] int offset() const { return list.verticalScrollBar()->value(); }

    bool exposed = false;
    CountedRows model;
    KeepingDelegate delegate;
    EvenList list;
};

} // namespace

class tst_EvenList : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keysMoveAndStopAtBothEnds()
    {
        Shown shown(100);
        QCOMPARE(shown.row(), 0); // with the focus
        shown.key(Qt::Key_Down);
        QCOMPARE(shown.row(), 1);
        shown.key(Qt::Key_Up);
        shown.key(Qt::Key_Up);
        QCOMPARE(shown.row(), 0);
        shown.key(Qt::Key_PageDown);
        QCOMPARE(shown.row(), 9);
        shown.key(Qt::Key_PageDown);
        QCOMPARE(shown.row(), 18);
        QCOMPARE(shown.top(), 9); // the last row seen is the first one now
        shown.key(Qt::Key_End);
        QCOMPARE(shown.row(), 99);
        QCOMPARE(shown.offset(), 90 * rowHeight);
        shown.key(Qt::Key_Down);
        QCOMPARE(shown.row(), 99);
        shown.key(Qt::Key_PageUp);
        QCOMPARE(shown.row(), 90);
        shown.key(Qt::Key_Home);
        QCOMPARE(shown.row(), 0);
        QCOMPARE(shown.offset(), 0);
        QCOMPARE(shown.list.selectedRows(), QList<int>{0});
    }
    void shiftSelectsRangesByKeysAndMouse()
    {
        Shown shown(100);
        shown.click(3 * rowHeight + 1);
        shown.key(Qt::Key_Down, Qt::ShiftModifier);
        shown.key(Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(shown.list.selectedRows(), (QList<int>{3, 4, 5}));
        shown.key(Qt::Key_Home, Qt::ShiftModifier);
        QCOMPARE(shown.list.selectedRows(), (QList<int>{0, 1, 2, 3}));
        shown.key(Qt::Key_End, Qt::ShiftModifier);
        QCOMPARE(shown.list.selectedCount(), 97);
        shown.key(Qt::Key_Home);
        shown.click(2 * rowHeight);
        shown.click(5 * rowHeight - 1, Qt::ShiftModifier);
        QCOMPARE(shown.list.selectedRows(), (QList<int>{2, 3, 4}));
        shown.click(8 * rowHeight, Qt::ControlModifier);
        QCOMPARE(shown.list.selectedRows(), (QList<int>{2, 3, 4, 8}));
        shown.click(3 * rowHeight, Qt::ControlModifier);
        QCOMPARE(shown.list.selectedRows(), (QList<int>{2, 4, 8}));
    }
    void draggingSelectsWhatItPasses()
    {
        Shown shown(100);
        auto *area = shown.list.viewport();
        QTest::mousePress(area, Qt::LeftButton, {}, QPoint(5, 6 * rowHeight + 3));
        for (const int row : {5, 4, 2}) {
            const QPointF at(5, row * rowHeight + 3);
            QMouseEvent move(QEvent::MouseMove, at, area->mapToGlobal(at), Qt::NoButton,
                             Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(area, &move);
        }
        QTest::mouseRelease(area, Qt::LeftButton, {}, QPoint(5, 2 * rowHeight + 3));
        QCOMPARE(shown.list.selectedRows(), (QList<int>{2, 3, 4, 5, 6}));
    }
    void whatIsHitAtTheEdges()
    {
        Shown shown(3);
        const auto hit = [&](int x, int y) { return shown.list.indexAt(QPoint(x, y)).row(); };
        const int width = shown.list.viewport()->width();
        QCOMPARE(hit(0, 0), 0);
        QCOMPARE(hit(0, rowHeight - 1), 0);
        QCOMPARE(hit(width - 1, rowHeight), 1);
        QCOMPARE(hit(5, 3 * rowHeight - 1), 2);
        QCOMPARE(hit(5, 3 * rowHeight), -1);
        QCOMPARE(hit(5, -1), -1);
        QCOMPARE(hit(-1, 5), -1);
        QCOMPARE(hit(width, 5), -1);
        QCOMPARE(shown.list.visualRect(shown.model.index(2)),
                 QRect(0, 2 * rowHeight, width, rowHeight));
        QVERIFY(!shown.list.visualRect({}).isValid());
        shown.click(5);
        shown.click(5 * rowHeight); // beside the rows
        QCOMPARE(shown.list.selectedCount(), 0);
    }
    void partsOfRowsAreHitWhileScrolledBetween()
    {
        Shown shown(100);
        shown.list.verticalScrollBar()->setValue(7);
        QCOMPARE(shown.list.indexAt(QPoint(1, 0)).row(), 0);
        QCOMPARE(shown.list.indexAt(QPoint(1, rowHeight - 8)).row(), 0);
        QCOMPARE(shown.list.indexAt(QPoint(1, rowHeight - 7)).row(), 1);
        QCOMPARE(shown.list.visualRect(shown.model.index(0)).top(), -7);
    }
    void scrollingToARowMovesNoMoreThanNeeded()
    {
        Shown shown(100);
        const auto to = [&](int row, QAbstractItemView::ScrollHint hint) {
            shown.list.scrollTo(shown.model.index(row), hint);
            return shown.offset();
        };
        QCOMPARE(to(9, QAbstractItemView::EnsureVisible), 0);
        QCOMPARE(to(10, QAbstractItemView::EnsureVisible), rowHeight);
        QCOMPARE(to(5, QAbstractItemView::EnsureVisible), rowHeight);
        QCOMPARE(to(0, QAbstractItemView::EnsureVisible), 0);
        QCOMPARE(to(50, QAbstractItemView::PositionAtTop), 50 * rowHeight);
        QCOMPARE(to(50, QAbstractItemView::PositionAtBottom), 41 * rowHeight);
        QCOMPARE(to(50, QAbstractItemView::PositionAtCenter), 50 * rowHeight - 90);
        QCOMPARE(to(99, QAbstractItemView::PositionAtTop), 90 * rowHeight);
        shown.list.scrollTo({});
        QCOMPARE(shown.offset(), 90 * rowHeight);
    }
    void theWheelMovesThreeRows()
    {
        Shown shown(100);
        const QPointF at(5, 5);
        QWheelEvent down(at, shown.list.viewport()->mapToGlobal(at), {}, QPoint(0, -120),
                         Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(shown.list.viewport(), &down);
        QCOMPARE(shown.offset(), QApplication::wheelScrollLines() * rowHeight);
    }
    void anEmptyListTakesEveryKey()
    {
        Shown shown(0);
        for (const auto key : {Qt::Key_Down, Qt::Key_Up, Qt::Key_PageDown, Qt::Key_PageUp,
                               Qt::Key_Home, Qt::Key_End, Qt::Key_Space, Qt::Key_X})
            shown.key(key);
        shown.list.selectAll();
        shown.click(5);
        QVERIFY(!shown.list.currentIndex().isValid());
        QCOMPARE(shown.list.selectedCount(), 0);
        QCOMPARE(shown.list.verticalScrollBar()->maximum(), 0);
        shown.model.insert(0, 30);
        QCOMPARE(shown.list.verticalScrollBar()->maximum(), 20 * rowHeight);
    }
    void aMillionRowsAreLookedAtNoMoreThanAreSeen()
    {
        Shown shown(1'000'000);
        QVERIFY(shown.exposed && !shown.delegate.painted.isEmpty());
        QVERIFY(shown.model.looks <= 60);
        for (const auto key : {Qt::Key_End, Qt::Key_Home, Qt::Key_PageDown, Qt::Key_X}) {
            shown.model.looks = 0;
            shown.delegate.painted.clear();
            shown.key(key);
            shown.paint();
            QVERIFY(shown.delegate.painted.size() <= 12);
            QVERIFY(shown.model.looks <= 60);
        }
        shown.key(Qt::Key_End);
        QCOMPARE(shown.top(), 999'990);
        shown.model.looks = 0;
        shown.delegate.hints = 0;
        shown.model.insert(1'000'000, 1'000'000);
        shown.paint();
        QCOMPARE(shown.top(), 999'990);
        QVERIFY(shown.model.looks <= 24);
        QVERIFY(shown.delegate.hints <= 2);
        shown.key(Qt::Key_End);
        QCOMPARE(shown.row(), 1'999'999);
        shown.list.selectAll();
        QCOMPARE(shown.list.selectedCount(), 2'000'000);
    }
    void scrollingPaintsOnlyWhatComesIn()
    {
        Shown shown(1'000);
        QTRY_VERIFY(shown.delegate.painted.contains(9));
        shown.delegate.painted.clear();
        shown.list.verticalScrollBar()->setValue(2 * rowHeight);
        QTRY_VERIFY(shown.delegate.painted.contains(11));
        QVERIFY(shown.delegate.painted.contains(10));
        QVERIFY(!shown.delegate.painted.contains(5));
    }
    void aRowKnowsThatItIsChosenFocusedAndUnderTheMouse()
    {
        Shown shown(5);
        shown.click(rowHeight);
        shown.delegate.painted.clear();
        QHoverEvent hover(QEvent::HoverMove, QPointF(5, 2 * rowHeight + 5),
                          shown.list.viewport()->mapToGlobal(QPointF(5, 2 * rowHeight + 5)),
                          QPointF());
        QCoreApplication::sendEvent(shown.list.viewport(), &hover);
        shown.list.viewport()->repaint();
        const auto &painted = shown.delegate.painted;
        QVERIFY(painted.value(1).testFlag(QStyle::State_Selected));
        QVERIFY(painted.value(1).testFlag(QStyle::State_HasFocus));
        QVERIFY(!painted.value(1).testFlag(QStyle::State_MouseOver));
        QVERIFY(painted.value(2).testFlag(QStyle::State_MouseOver));
        QVERIFY(!painted.value(2).testFlag(QStyle::State_Selected));
    }
    void rowsThatGoAreGoneFromTheScrollBar()
    {
        Shown shown(100);
        shown.key(Qt::Key_End);
        shown.model.remove(50, 50);
        shown.paint();
        QCOMPARE(shown.list.verticalScrollBar()->maximum(), 40 * rowHeight);
        QCOMPARE(shown.offset(), 40 * rowHeight);
        shown.model.remove(0, 50);
        shown.paint();
        QCOMPARE(shown.list.verticalScrollBar()->maximum(), 0);
        QVERIFY(!shown.list.currentIndex().isValid());
    }
    void whatComesAtOnceIsNotPaintedEmptyFirst()
    {
        Shown shown(100);
        shown.model.loaded = 50;
        shown.list.setLoadedRole(CountedRows::LoadedRole);
        shown.delegate.painted.clear();
        shown.list.verticalScrollBar()->setValue(45 * rowHeight); // as far as row 54
        QApplication::sendPostedEvents();
        QVERIFY(shown.delegate.painted.isEmpty());
        shown.model.load(54); // not all yet
        QApplication::sendPostedEvents();
        QVERIFY(shown.delegate.painted.isEmpty());
        shown.model.load(55);
        QTRY_COMPARE(shown.delegate.painted.size(), 10);
        QCOMPARE(shown.delegate.painted.firstKey(), 45);
        QCOMPARE(shown.delegate.painted.lastKey(), 54);
    }
    void whatComesAtOnceIsPaintedOnce()
    {
        Shown shown(100);
        shown.model.loaded = 50;
        shown.list.setLoadedRole(CountedRows::LoadedRole);
        shown.delegate.paintings = 0;
        shown.list.verticalScrollBar()->setValue(55 * rowHeight);
        shown.model.load(70);
        QApplication::sendPostedEvents(); // before the layout that the view itself puts off
        QTRY_VERIFY(shown.delegate.paintings > 0);
        bool over = false;
        QTimer::singleShot(0, &shown.list, [&] { over = true; });
        QTRY_VERIFY(over);
        QCOMPARE(shown.delegate.paintings, 10);
    }
    void whatDoesNotComeIsPaintedEmptySoon()
    {
        Shown shown(100);
        shown.model.loaded = 50;
        shown.list.setLoadedRole(CountedRows::LoadedRole);
        shown.delegate.painted.clear();
        shown.list.verticalScrollBar()->setValue(60 * rowHeight);
        shown.list.verticalScrollBar()->setValue(70 * rowHeight);
        QVERIFY(!shown.list.viewport()->updatesEnabled());
        QTRY_COMPARE(shown.delegate.painted.size(), 10);
        QCOMPARE(shown.delegate.painted.firstKey(), 70);
        QVERIFY(shown.list.viewport()->updatesEnabled());
    }
    void aTallerWindowShowsMore()
    {
        Shown shown(100);
        shown.list.resize(300, 20 * rowHeight);
        shown.paint();
        QCOMPARE(shown.list.verticalScrollBar()->maximum(), 80 * rowHeight);
        QCOMPARE(shown.list.verticalScrollBar()->pageStep(), 20 * rowHeight);
    }
    void screenReadersSeeAListOfRows()
    {
        Shown shown(100);
        auto *seen = QAccessible::queryAccessibleInterface(&shown.list);
        QVERIFY(seen);
        QCOMPARE(seen->role(), QAccessible::List);
        QCOMPARE(seen->childCount(), 100);
        auto *row = seen->child(2);
        QVERIFY(row);
        QCOMPARE(row->text(QAccessible::Name), u"2"_s);
        QCOMPARE(row->rect().height(), rowHeight);
        QCOMPARE(row->rect().top(), seen->child(0)->rect().top() + 2 * rowHeight);
        const auto at = shown.list.viewport()->mapToGlobal(QPoint(5, 4 * rowHeight + 5));
        QCOMPARE(seen->childAt(at.x(), at.y())->text(QAccessible::Name), u"4"_s);
    }
};

WG_TEST(tst_EvenList)
#include "tst_evenlist.moc"
