// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/runner.h"
#include "widgets/stilltable.h"

#include <QStandardItemModel>
#include <QTest>

using namespace wg;
using namespace Qt::StringLiterals;

class tst_StillTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aColumnHiddenWhileItWasNarrowHasItsWidthAgainWhereThereIsRoom()
    {
        QStandardItemModel model(1, 3);
        StillTable table(u"Facts"_s, {}, nullptr);
        table.setModel(&model);
        const int character = table.fontMetrics().averageCharWidth();
        table.setColumnWidths({10, 60, 10}, -1); // none stretched: hiding is told as a resize
        table.resize(character * 50, 200);
        table.show();
        QVERIFY(table.columnWidth(1) < 60 * character);
        table.setColumnHidden(1, true);
        table.resize(character * 140, 200);
        table.setColumnHidden(1, false);
        table.resize(character * 141, 200);
        QCOMPARE(table.columnWidth(1), 60 * character);
    }

    void theFirstColumnGivesLast()
    {
        QStandardItemModel model(1, 3);
        StillTable table(u"Facts"_s, {}, nullptr);
        table.setModel(&model);
        const int character = table.fontMetrics().averageCharWidth();
        table.setColumnWidths({46, 60, 0}, 2);
        table.resize(character * 100, 200);
        table.show();
        QCOMPARE(table.columnWidth(0), 46 * character);
        QVERIFY(table.columnWidth(1) < 60 * character);
        table.resize(character * 40, 200);
        QCOMPARE(table.columnWidth(0), 30 * character);
        QCOMPARE(table.columnWidth(1), 20 * character);
    }

    void homeAndEndAreTheFirstAndTheLastRow()
    {
        QStandardItemModel model(30, 3);
        StillTable table(u"Facts"_s, {}, nullptr);
        table.setModel(&model);
        table.resize(300, 200);
        table.show();
        table.selectRow(4);
        QTest::keyClick(&table, Qt::Key_End);
        QCOMPARE(table.selectedRows(), QList<int>{29});
        QTest::keyClick(&table, Qt::Key_Home);
        QCOMPARE(table.selectedRows(), QList<int>{0});
    }
};

WG_TEST(tst_StillTable)
#include "tst_stilltable.moc"
