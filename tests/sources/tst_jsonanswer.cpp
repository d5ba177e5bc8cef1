// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/jsonanswer.h"
#include "support/runner.h"

#include <QTest>

using namespace wg;

/// JSON as servers write it.
class tst_JsonAnswer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void numbersTooLongAreTexts_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("read");
        const auto row = [](const char *name, const char *json, const char *read) {
            QTest::newRow(name) << QByteArray(json) << QByteArray(read);
        };
        row("short", "{\"a\":[1,-2,3.5]}", "{\"a\":[1,-2,3.5]}");
        row("long", "{\"a\":181546750572078243303892861856875808081}",
            "{\"a\":\"181546750572078243303892861856875808081\"}");
        row("negative", "[-181546750572078243303892861856875808081,1]",
            "[\"-181546750572078243303892861856875808081\",1]");
        row("beside a text with digits", "[18154675057207824330389,\"18154675057207824330389\"]",
            "[\"18154675057207824330389\",\"18154675057207824330389\"]");
        row("beside an escaped mark", "[\"a\\\"18154675057207824330389\",18154675057207824330389]",
            "[\"a\\\"18154675057207824330389\",\"18154675057207824330389\"]");
        row("no number at all", "[12-34]", "");
        row("cut within a text", "[18154675057207824330389,\"a\\", "");
        row("behind a byte order mark", "\xef\xbb\xbf{\"a\":1}", "{\"a\":1}");
        row("long, behind a mark", "\xef\xbb\xbf[18154675057207824330389]",
            "[\"18154675057207824330389\"]");
        row("nothing", "", "");
    }
    void numbersTooLongAreTexts()
    {
        QFETCH(QByteArray, json);
        QFETCH(QByteArray, read);
        JsonAnswer answer;
        const auto root = answer.read(json);
        QCOMPARE(root ? QByteArray::fromStdString(simdjson::minify(*root)) : QByteArray(), read);
    }
};

WG_TEST(tst_JsonAnswer)
#include "tst_jsonanswer.moc"
