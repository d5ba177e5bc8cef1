// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/fakereader.h"
#include "items/monitortable.h"
#include "support/runner.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace wg;
using namespace wg::test;
using namespace Qt::StringLiterals;

class tst_MonitorTable : public QObject
{
    Q_OBJECT

    static MonitorRow eye(int n)
    {
        MonitorRow row;
        row.id = QUuid(uint(n), 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
        row.row = n;
        row.entity = {ArtifactKind::Domain, u"host%1.example"_s.arg(n)};
        return row;
    }

private Q_SLOTS:
    void pagesThroughAllEyes()
    {
        FakeReader reader;
        for (int n = 1; n <= 600; ++n)
            reader.eyes.append(eye(n));
        MonitorTableModel model(reader);
        QAbstractItemModelTester tester(&model);
        model.show({});
        QTRY_COMPARE(model.rowCount(), 256);
        model.fetchMore({});
        QTRY_COMPARE(model.rowCount(), 512);
        model.fetchMore({});
        QTRY_COMPARE(model.rowCount(), 600);
        QVERIFY(!model.canFetchMore({}));
    }
    void aClosedEyeLeavesAndTheRestStays()
    {
        FakeReader reader;
        reader.eyes = {eye(1), eye(2), eye(3)};
        MonitorTableModel model(reader);
        QAbstractItemModelTester tester(&model);
        model.show({});
        QTRY_COMPARE(model.rowCount(), 3);
        const QPersistentModelIndex last = model.index(2, 0);
        reader.eyes.removeAt(1);
        model.refresh();
        QTRY_COMPARE(model.rowCount(), 2);
        QCOMPARE(last.row(), 1);
    }
    void troubleAndDueAreWords()
    {
        FakeReader reader;
        auto row = eye(1);
        row.nextDue = Instant{1000};
        row.trouble = u"resolver unreachable"_s;
        reader.eyes = {row};
        MonitorTableModel model(reader);
        model.show({});
        QTRY_COMPARE(model.rowCount(), 1);
        QCOMPARE(model.index(0, MonitorTableModel::NextDue).data().toString(), u"due"_s);
        QCOMPARE(model.index(0, MonitorTableModel::Baseline).data().toString(), u"not yet"_s);
        QVERIFY(model.index(0, 0).data(MonitorTableModel::TroubleRole).toBool());
    }
};

WG_TEST(tst_MonitorTable)
#include "tst_monitortable.moc"
