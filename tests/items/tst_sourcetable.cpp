// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/fakereader.h"
#include "items/sourcetable.h"
#include "support/runner.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace wg;
using namespace wg::test;
using namespace Qt::StringLiterals;

class tst_SourceTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void healthIsAWord_data()
    {
        QTest::addColumn<bool>("enabled");
        QTest::addColumn<bool>("permitted");
        QTest::addColumn<int>("outcome");
        QTest::addColumn<QString>("word");
        QTest::newRow("off") << false << true << 1 << u"off"_s;
        QTest::newRow("not permitted") << true << false << 1 << u"not permitted"_s;
        QTest::newRow("never asked") << true << true << 0 << u"not asked yet"_s;
        QTest::newRow("well") << true << true << int(Outcome::Empty) << u"well"_s;
        QTest::newRow("down") << true << true << int(Outcome::Unreachable) << u"unreachable"_s;
        QTest::newRow("garbage") << true << true << int(Outcome::Malformed) << u"not understood"_s;
    }
    void healthIsAWord()
    {
        QFETCH(bool, enabled);
        QFETCH(bool, permitted);
        QFETCH(int, outcome);
        SourceState state;
        state.enabled = enabled;
        state.permitted = permitted;
        if (outcome > 0)
            state.lastOutcome = Outcome(outcome);
        QTEST(SourceTableModel::health(state), "word");
    }
    void answersThatLookDifferentAreTrouble()
    {
        SourceState state;
        state.lastOutcome = Outcome::Complete;
        state.lacking = {u"seen"_s};
        QCOMPARE(SourceTableModel::health(state), u"answers look different"_s);
        QCOMPARE(SourceTableModel::wellness(state), SourceTableModel::Well::Trouble);
        state.lastOutcome = Outcome::Unreachable;
        QCOMPARE(SourceTableModel::health(state), u"unreachable"_s);
    }
    void staysInPlaceWhenASourceChanges()
    {
        FakeReader reader;
        SourceState a;
        a.info.name = u"dns"_s;
        SourceState b;
        b.info.name = u"rdap"_s;
        reader.states = {a, b};
        SourceTableModel model(reader);
        QAbstractItemModelTester tester(&model);
        model.refresh();
        QTRY_COMPARE(model.rowCount(), 2);
        const QPersistentModelIndex second = model.index(1, 0);
        reader.states[1].lastOutcome = Outcome::Refused;
        model.refresh();
        QTRY_COMPARE(model.index(1, SourceTableModel::Health).data().toString(), u"refused"_s);
        QCOMPARE(second.row(), 1);
        QVERIFY(model.index(1, 0).data(SourceTableModel::TroubleRole).toBool());
    }
};

WG_TEST(tst_SourceTable)
#include "tst_sourcetable.moc"
