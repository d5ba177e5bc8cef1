// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/anchoredpages.h"
#include "support/runner.h"

#include <QTest>

using namespace wg;

class tst_AnchoredPages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsTheFirstPageBeforeAnyAnchor()
    {
        AnchoredPages pages(4);
        QCOMPARE(pages.rows(), 0);
        pages.setFirstPage(100, 3);
        QCOMPARE(pages.rows(), 3);
        QCOMPARE(pages.place(2).page, 0);
        QCOMPARE(pages.place(2).inPage, 2);
        QCOMPARE(pages.place(3).page, -1);
        QCOMPARE(pages.place(-1).page, -1);
    }
    void everyAnchorOpensAPageBelowIt()
    {
        AnchoredPages pages(4);
        pages.setFirstPage(100, 4);
        pages.extend({96, 92}, 10);
        QCOMPARE(pages.rows(), 10);
        QCOMPARE(pages.pages(), 3);
        QCOMPARE(pages.count(2), 2);
        QCOMPARE(pages.place(9).page, 2);
        QCOMPARE(pages.key(1), 96);
    }
    void aFullLastPageOpensNoEmptyOne()
    {
        AnchoredPages pages(4);
        pages.setFirstPage(100, 4);
        pages.extend({96, 92}, 8);
        QCOMPARE(pages.rows(), 8);
        QCOMPARE(pages.pages(), 2);
        pages.extend({92, 88}, 9);
        QCOMPARE(pages.rows(), 13);
        QCOMPARE(pages.pages(), 4);
        QCOMPARE(pages.start(3), 12);
    }
    void refusesAnchorsThatDoNotLieBelowTheLastPage()
    {
        AnchoredPages pages(4);
        pages.setFirstPage(100, 4);
        pages.extend({200, 96}, 8);
        QCOMPARE(pages.rows(), 4);
        pages.extend({}, 0);
        QCOMPARE(pages.rows(), 4);
    }
    void aShorterPageMovesTheLaterOnesUp()
    {
        AnchoredPages pages(4);
        pages.setFirstPage(100, 4);
        pages.extend({96, 92}, 12);
        pages.setCount(1, 1);
        QCOMPARE(pages.rows(), 9);
        QCOMPARE(pages.place(4).page, 1);
        QCOMPARE(pages.place(5).page, 2);
        pages.setCount(0, 0);
        QCOMPARE(pages.place(0).page, 1);
    }
};

WG_TEST(tst_AnchoredPages)
#include "tst_anchoredpages.moc"
