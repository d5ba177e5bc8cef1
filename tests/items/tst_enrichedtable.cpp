// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/enrichedtable.h"
#include "items/fakereader.h"
#include "support/runner.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace wg;
using namespace wg::test;
using namespace Qt::StringLiterals;

namespace {

FactRow enrichedRow(const QString &value, const QString &asn, const QStringList &tags)
{
    auto known = std::make_shared<Enrichment>();
    known->entity = {ArtifactKind::Ipv4, value};
    if (!asn.isEmpty()) {
        known->told.append({FactRole::Asn, UntrustedText::fromString(asn),
                            UntrustedText::fromString(u"EXAMPLE"_s), u"cymru"_s});
    }
    known->told.append({FactRole::Country, UntrustedText::fromString(u"NL"_s), {}, u"maxmind"_s});
    for (const QString &tag : tags)
        known->tags.append(
            {tag, UntrustedText::fromString(u"why "_s + tag), u"A list"_s, u"2026-11-01"_s, false});
    FactRow row = factOf(value);
    row.enrichment = known;
    return row;
}

} // namespace

class tst_EnrichedTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rowsShowWhatTheirValueIs()
    {
        show({enrichedRow(u"198.51.100.7"_s, u"AS64496"_s,
                          {u"asn:example"_s, u"cdn"_s, u"sinkhole"_s, u"routable"_s})});
        QCOMPARE(cell(0, EnrichedTableModel::Value), u"198.51.100.7"_s);
        QCOMPARE(cell(0, EnrichedTableModel::Asn), u"AS64496 EXAMPLE"_s);
        QCOMPARE(cell(0, EnrichedTableModel::Country), u"NL"_s);
        QCOMPARE(cell(0, EnrichedTableModel::Tags), u"cdn, sinkhole"_s);
        const auto index = m_model->index(0, EnrichedTableModel::Tags);
        QCOMPARE(index.data(EnrichedTableModel::ChipsRole).toStringList(),
                 (QStringList{u"cdn"_s, u"sinkhole"_s}));
        QCOMPARE(index.data(Qt::AccessibleTextRole).toString(), u"cdn, sinkhole"_s);
        QVERIFY(!m_model->index(0, EnrichedTableModel::Asn)
                     .data(EnrichedTableModel::ChipsRole)
                     .isValid());
    }
    void toolTipsSayWhy()
    {
        show({enrichedRow(u"198.51.100.7"_s, u"AS64496"_s, {u"<b>cdn</b>"_s, u"routable"_s})});
        const auto tip = [this](int column) { return cell(0, column, Qt::ToolTipRole); };
        QVERIFY(tip(EnrichedTableModel::Asn).contains("says cymru"_L1));
        QVERIFY(tip(EnrichedTableModel::Country).contains("says maxmind"_L1));
        const QString why = tip(EnrichedTableModel::Tags);
        QVERIFY(why.contains("why routable (A list of 2026-11-01)"_L1));
        QVERIFY(!why.contains("<b>cdn"_L1));
    }
    void rowsWithoutAreEmpty()
    {
        show({factOf(u"198.51.100.7"_s), enrichedRow(u"198.51.100.8"_s, {}, {})});
        for (const int row : {0, 1}) {
            QCOMPARE(cell(row, EnrichedTableModel::Asn), QString());
            QCOMPARE(cell(row, EnrichedTableModel::Tags), QString());
        }
        QCOMPARE(cell(0, EnrichedTableModel::Country, Qt::ToolTipRole),
                 cell(0, EnrichedTableModel::Asn, Qt::ToolTipRole));
        QVERIFY(!m_model->index(0, EnrichedTableModel::Tags)
                     .data(EnrichedTableModel::ChipsRole)
                     .isValid());
    }
    void asnsAreSortedByNumber()
    {
        show({enrichedRow(u"198.51.100.7"_s, u"AS64496"_s, {}),
              enrichedRow(u"198.51.100.8"_s, u"AS701"_s, {})});
        const auto key = [this](int row) {
            return m_model->index(row, EnrichedTableModel::Asn)
                .data(EnrichedTableModel::SortRole)
                .toLongLong();
        };
        QVERIFY(key(1) < key(0));
    }
    void columnsAreNamed()
    {
        show({});
        QStringList names;
        for (int i = 0; i < m_model->columnCount(); ++i)
            names.append(m_model->headerData(i, Qt::Horizontal, Qt::DisplayRole).toString());
        QCOMPARE(names,
                 (QStringList{u"Value"_s, u"Type"_s, u"First seen"_s, u"Last seen"_s, u"Sources"_s,
                              u"ASN"_s, u"Country"_s, u"Tags"_s}));
    }

private:
    void show(const QList<FactRow> &rows)
    {
        m_reader.factRows = rows;
        m_model = std::make_unique<EnrichedTableModel>(m_reader);
        m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get());
        m_model->show({});
        QTRY_COMPARE(m_model->rowCount(), rows.size());
    }
    [[nodiscard]] QString cell(int row, int column, int role = Qt::DisplayRole) const
    {
        return m_model->index(row, column).data(role).toString();
    }

    FakeReader m_reader;
    std::unique_ptr<EnrichedTableModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

WG_TEST(tst_EnrichedTable)

#include "tst_enrichedtable.moc"
