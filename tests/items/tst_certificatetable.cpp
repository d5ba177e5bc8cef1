// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/certificatefact.h"
#include "items/certificatetable.h"
#include "items/fakereader.h"
#include "items/words.h"
#include "support/runner.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace wg;
using namespace wg::test;
using namespace Qt::StringLiterals;

namespace {

using Details = QList<std::pair<QString, QString>>;

FactRow certificate(const Details &details)
{
    FactRow row = factOf(u"0a C=US, O=Example, CN=Example CA"_s, u"certificate"_s);
    row.record.dataset = Dataset::Certificates;
    for (const auto &[name, text] : details)
        setAttribute(row.record.details, name, UntrustedText::fromString(text));
    return row;
}

Details usual()
{
    return {{u"common_name"_s, u"shop.example"_s},
            {u"issuer"_s, u"C=US, O=Example, CN=Example CA"_s},
            {u"issuer_name"_s, u"Example CA"_s},
            {u"key"_s, u"EC P-256"_s},
            {u"name_count"_s, u"4"_s},
            {u"names"_s, u"shop.example, *.shop.example, www.other.example, 192.0.2.7"_s},
            {u"not_after"_s, u"2015-04-12T23:59:59Z"_s},
            {u"not_before"_s, u"2014-04-09T00:00:00Z"_s}};
}

/// A model that has read these rows.
struct Shown
{
    explicit Shown(const QList<FactRow> &rows)
    {
        reader.factRows = rows;
        model.show({});
        [this, &rows] { QTRY_COMPARE(model.rowCount(), rows.size()); }();
    }
    [[nodiscard]] QString cell(int column, int role = Qt::DisplayRole) const
    {
        return model.index(0, column).data(role).toString();
    }

    FakeReader reader;
    CertificateTableModel model{reader};
    QAbstractItemModelTester tester{&model};
};

} // namespace

class tst_CertificateTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aCertificateIsToldByWhatPeopleKnowItBy()
    {
        const Shown shown({certificate(usual())});
        QCOMPARE(shown.model.columnCount(), int(CertificateTableModel::ColumnCount));
        QVERIFY(shown.cell(CertificateTableModel::Names).startsWith(u"shop.example · 4 name"));
        QCOMPARE(shown.cell(CertificateTableModel::Issuer), u"Example CA"_s);
        QCOMPARE(shown.cell(CertificateTableModel::ValidFrom), u"2014-04-09"_s);
        QCOMPARE(shown.cell(CertificateTableModel::FirstSeen), u"1970-01-01"_s);
        QCOMPARE(shown.cell(CertificateTableModel::Sources), u"mnemonic"_s);
        QVERIFY(shown.cell(CertificateTableModel::Names, Qt::ToolTipRole)
                    .contains(u"www.other.example"));
        QVERIFY(shown.cell(CertificateTableModel::Issuer, Qt::ToolTipRole).contains(u"EC P-256"));
        QStringList headers;
        for (int i = 0; i < shown.model.columnCount(); ++i)
            headers.append(shown.model.headerData(i, Qt::Horizontal, Qt::DisplayRole).toString());
        QCOMPARE(headers,
                 (QStringList{u"Names"_s, u"Issuer"_s, u"Valid from"_s, u"Valid to"_s,
                              u"First seen"_s, u"Sources"_s}));
    }

    /// Colour is never the only sign.
    void whatHoldsNoLongerSaysSo()
    {
        const Shown past({certificate(usual())});
        QCOMPARE(past.cell(CertificateTableModel::ValidTo), u"expired 2015-04-12"_s);
        QCOMPARE(past.cell(CertificateTableModel::ValidTo, Qt::AccessibleTextRole),
                 u"expired 2015-04-12"_s);
        const Instant later = Words::now() + 30 * dayMs;
        auto details = usual();
        details[6].second = toRfc3339(later);
        const Shown present({certificate(details)});
        QCOMPARE(present.cell(CertificateTableModel::ValidTo), toDay(later));
        auto withdrawn = certificate(details);
        setAttribute(withdrawn.record.attributes, u"revoked"_s, UntrustedText::trusted(u"true"_s));
        const Shown revoked({withdrawn});
        QCOMPARE(revoked.cell(CertificateTableModel::ValidTo), u"revoked, "_s + toDay(later));
        const Shown unknown({certificate({{u"not_after"_s, u"never"_s}})});
        QCOMPARE(unknown.cell(CertificateTableModel::ValidTo), u"–"_s);
    }

    void itsNamesLeadSomewhere()
    {
        const Shown shown({certificate(usual())});
        const auto links = shown.model.links(0);
        QCOMPARE(links,
                 (QList<Artifact>{{ArtifactKind::Domain, u"shop.example"_s},
                                  {ArtifactKind::Domain, u"www.other.example"_s},
                                  {ArtifactKind::Ipv4, u"192.0.2.7"_s}}));
        const auto link = shown.model.index(0, 0).data(FactTableModel::LinkRole).value<Artifact>();
        QCOMPARE(link, links.first());
        QVERIFY(!shown.model.index(0, 1).data(FactTableModel::LinkRole).isValid());
        const Shown mute({certificate({{u"common_name"_s, u"Some Authority"_s}})});
        QVERIFY(mute.model.links(0).isEmpty());
        QVERIFY(!mute.model.index(0, 0).data(FactTableModel::LinkRole).isValid());
    }

    void whatIsNotKnownIsNotMadeUp()
    {
        const Shown shown({certificate({})});
        QCOMPARE(shown.cell(CertificateTableModel::Names), u"0a C=US, O=Example, CN=Example CA"_s);
        for (const int column : {CertificateTableModel::Issuer, CertificateTableModel::ValidFrom,
                                 CertificateTableModel::ValidTo})
            QCOMPARE(shown.cell(column), u"–"_s);
        const Shown named({certificate({{u"names"_s, u"a.example, b.example"_s}})});
        QVERIFY(named.cell(CertificateTableModel::Names).startsWith(u"a.example · 2 name"));
    }

    void hostileTextIsMadeVisible()
    {
        const Shown shown({certificate(
            {{u"common_name"_s, u"<b>x</b>\u202egpj.exe\n"_s + QString(5'000, u'A')},
             {u"issuer_name"_s, u"\u202eAC <i>"_s},
             {u"name_count"_s, u"99999999999999999999"_s},
             {u"names"_s,
              u"\u202e, , <u>, "_s + QString(3'000, u'b').replace(u"bb"_s, u", b"_s)}})});
        for (int column = 0; column < shown.model.columnCount(); ++column) {
            const QString text = shown.cell(column);
            QVERIFY(!text.contains(QChar(0x202e)) && !text.contains(u'\n') && text.size() < 600);
            const QString tip = shown.cell(column, Qt::ToolTipRole);
            QVERIFY(!tip.contains(QChar(0x202e)) && !tip.contains(u"<b>x")
                    && !tip.contains(u"<i>"));
        }
        QVERIFY(certificateFact(shown.reader.factRows.first().record).names.size() <= 1'000);
    }

    void datesAreSortedAsDates()
    {
        const Shown shown({certificate(usual())});
        const auto key =
            shown.model.index(0, CertificateTableModel::ValidTo).data(FactTableModel::SortRole);
        QCOMPARE(key.toLongLong(), parseInstant(u"2015-04-12T23:59:59Z")->ms);
    }
};

WG_TEST(tst_CertificateTable)
#include "tst_certificatetable.moc"
