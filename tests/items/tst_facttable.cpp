// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/facttable.h"
#include "items/fakereader.h"
#include "support/runner.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace wg;
using namespace wg::test;
using namespace Qt::StringLiterals;

class tst_FactTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsOnAsOneScrolls()
    {
        FakeReader reader;
        for (int i = 0; i < 1'200; ++i)
            reader.factRows.append(factOf(u"192.0.2.%1"_s.arg(i)));
        FactTableModel model(reader);
        QAbstractItemModelTester tester(&model);
        model.show({});
        QTRY_COMPARE(model.rowCount(), 500);
        QCOMPARE(model.total(), 1'200);
        QVERIFY(!model.isWhole());
        model.fetchMore({});
        QTRY_COMPARE(model.rowCount(), 1'000);
        model.fetchMore({});
        QTRY_COMPARE(model.rowCount(), 1'200);
        QVERIFY(model.isWhole());
    }
    void aFilterFindsWhatLiesBehindPagesWithoutMatch()
    {
        FakeReader reader;
        for (int i = 0; i < 2'000; ++i)
            reader.factRows.append(factOf(u"192.0.2.%1"_s.arg(i)));
        FactTableModel model(reader);
        QAbstractItemModelTester tester(&model);
        FactQuery query;
        query.filter = u".1999"_s;
        model.show(query);
        QTRY_COMPARE(model.rowCount(), 1);
        QVERIFY(model.isWhole());
    }
    void allOfItIsReadWhenItMustBeWhole()
    {
        FakeReader reader;
        for (int i = 0; i < 1'700; ++i)
            reader.factRows.append(factOf(u"192.0.2.%1"_s.arg(i)));
        FactTableModel model(reader);
        QAbstractItemModelTester tester(&model);
        model.show({});
        model.readUpTo(100'000); // while the first page is under way
        QTRY_VERIFY(model.isWhole());
        QCOMPARE(model.rowCount(), 1'700);
        reader.factRows.append(factOf(u"198.51.100.1"_s));
        model.refresh();
        QTRY_COMPARE(model.rowCount(), 1'701);
        model.show({});
        QTRY_COMPARE(model.rowCount(), 500);
        QVERIFY(!model.isWhole());
        model.readUpTo(100'000);
        QTRY_COMPARE(model.rowCount(), 1'701);
    }
    void whatArrivesLateTakesItsPlaceAndSelectionStays()
    {
        FakeReader reader;
        reader.factRows = {factOf(u"a.example"_s), factOf(u"c.example"_s), factOf(u"d.example"_s)};
        FactTableModel model(reader);
        QAbstractItemModelTester tester(&model);
        model.show({});
        QTRY_COMPARE(model.rowCount(), 3);
        const QPersistentModelIndex chosen = model.index(1, 0);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        reader.factRows = {factOf(u"a.example"_s), factOf(u"b.example"_s), factOf(u"c.example"_s)};
        model.refresh();
        QTRY_COMPARE(model.rawValue(1), u"b.example"_s);
        QCOMPARE(model.rowCount(), 3);
        QVERIFY(chosen.isValid());
        QCOMPARE(chosen.row(), 2);
        QCOMPARE(reset.count(), 0);
    }
    void changesWhileReadingAreReadOnceMore()
    {
        FakeReader reader;
        reader.holdFacts = true;
        FactTableModel model(reader);
        model.show({});
        model.refresh();
        model.refresh();
        QCOMPARE(reader.factQueries, 1);
        reader.releaseFacts();
        QTRY_COMPARE(reader.factQueries, 2);
        reader.releaseFacts();
        QTRY_VERIFY(!model.isReading());
        QCOMPARE(reader.factQueries, 2);
    }
    void hostileTextIsMadeVisible()
    {
        FakeReader reader;
        reader.factRows = {
            factOf(u"<b>x</b>\u202egpj.exe\n"_s + QString(5'000, u'A'), u"T\u202eXT"_s)};
        FactTableModel model(reader);
        model.show({});
        QTRY_COMPARE(model.rowCount(), 1);
        for (int column = 0; column < FactTableModel::ColumnCount; ++column) {
            const auto shown = model.index(0, column).data(Qt::DisplayRole).toString();
            QVERIFY(!shown.contains(QChar(0x202e)));
            QVERIFY(!shown.contains(u'\n'));
            QVERIFY(shown.size() < 600);
            const auto tip = model.index(0, column).data(Qt::ToolTipRole).toString();
            QVERIFY(!tip.contains(u"<b>x"));
            QVERIFY(!tip.contains(QChar(0x202e)));
        }
        QVERIFY(model.rawValue(0).contains(QChar(0x202e)));
    }
    void aValueLeadsSomewhereAndAReverseRowToItsOwner()
    {
        FakeReader reader;
        auto there = factOf(u"192.0.2.1"_s);
        auto back = there;
        back.reverse = true;
        reader.factRows = {there, back};
        FactTableModel model(reader);
        model.show({});
        QTRY_COMPARE(model.rowCount(), 2);
        QCOMPARE(model.index(0, 0).data(FactTableModel::LinkRole).value<Artifact>().value,
                 u"192.0.2.1"_s);
        QCOMPARE(model.index(1, 0).data(FactTableModel::LinkRole).value<Artifact>().value,
                 u"example.com"_s);
        QVERIFY(!model.index(0, 1).data(FactTableModel::LinkRole).isValid());
        QCOMPARE(model.index(1, 0).data().toString(), u"example.com"_s);
    }
    void aFailureIsToldAndTheOldRowsStay()
    {
        FakeReader reader;
        reader.factRows = {factOf(u"192.0.2.1"_s)};
        FactTableModel model(reader);
        model.show({});
        QTRY_COMPARE(model.rowCount(), 1);
        reader.error = Error{ErrorCode::Failed, {}};
        QSignalSpy failed(&model, &FactTableModel::failed);
        model.refresh();
        QVERIFY(failed.wait());
        QCOMPARE(model.rowCount(), 1);
        QVERIFY(!model.isReading());
    }
};

WG_TEST(tst_FactTable)
#include "tst_facttable.moc"
