// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/tablesketch.h"
#include "support/runner.h"

#include <QTest>

using namespace wg;
using namespace Qt::StringLiterals;

class tst_TableSketch : public QObject
{
    Q_OBJECT

    static std::optional<TableSketch> sketch(const QByteArray &file)
    {
        const QByteArray padded = file + QByteArray(64, '\0');
        return sketchTable(QByteArrayView(padded).first(file.size()), Instant{1'763'800'000'000});
    }

private Q_SLOTS:
    void aTableThatDoesNotSayWhatItHoldsIsSketched()
    {
        const auto table =
            sketch("sep=;\r\nKunde;Anschluss;Datum\r\n"
                   "\"ACME; Inc.\";evil.example;2024-01-02\r\n\r\n"
                   "Beta;bad.example;2024-01-03\r\nC;c.example;\r\nD;d.example;\r\n");
        QVERIFY(table);
        QCOMPARE(table->columns, (QStringList{u"Kunde"_s, u"Anschluss"_s, u"Datum"_s}));
        QCOMPARE(table->rows.size(), 3);
        QCOMPARE(table->rows[0],
                 (QStringList{u"ACME; Inc."_s, u"evil.example"_s, u"2024-01-02"_s}));
        QCOMPARE(table->rows[2][1], u"c.example"_s);
    }
    void whatSaysItselfWhatItIsIsNot()
    {
        for (const char *file :
             {"domain,ip,first_seen\na.example,192.0.2.1,2024-01-02\n", "a.example\nb.example\n",
              "a.example 192.0.2.1\n", "$ORIGIN example.\n@ 3600 IN A 192.0.2.1\n",
              "{\"rrname\":\"a.example\",\"rrtype\":\"A\",\"rdata\":\"192.0.2.1\"}\n", "no text\n",
              ""})
            QVERIFY2(!sketch(file), file);
    }
    void aHeaderInACommentIsOne()
    {
        const auto table = sketch("# urls of today\n# id,added,url\n1,2024-11-20,a.example\n"
                                  "2,2024-11-21,b.example\n");
        QVERIFY(table);
        QCOMPARE(table->columns, (QStringList{u"id"_s, u"added"_s, u"url"_s}));
        QCOMPARE(table->rows.size(), 2);
    }
    void aRowThatGoesOnToTheEndOfTheFileIsLeftOut()
    {
        const auto table = sketch("Who,Where\nA,a.example\nB,\"b.example\nmore");
        QVERIFY(table);
        QCOMPARE(table->rows, (QList<QStringList>{{u"A"_s, u"a.example"_s}}));
    }
};

WG_TEST(tst_TableSketch)
#include "tst_tablesketch.moc"
