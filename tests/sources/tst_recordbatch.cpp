// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/importreader.h"
#include "sources/imports.h"
#include "support/runner.h"

#include <QBuffer>
#include <QTest>

using namespace wg;
using namespace Qt::StringLiterals;

namespace {

Record plainFact(const QString &owner, const QString &type, const QString &value)
{
    Record record;
    record.owner = {ArtifactKind::Domain, owner};
    record.type = type;
    record.value = UntrustedText::trusted(value);
    return record;
}

} // namespace

/// Records of passive DNS, read into the room of others.
class tst_RecordBatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aBatchKeepsNothingOfTheLast()
    {
        QByteArray text("{\"rrname\":\"a.com\",\"rrtype\":\"MX\",\"rdata\":\"10 m.a.com\","
                        "\"time_first\":1500000000,\"time_last\":1600000000,\"count\":7,"
                        "\"bailiwick\":\"a.com\"}\n"
                        "{\"rrname\":\"a.com\",\"rrtype\":\"A\",\"time_first\":1500000000,"
                        "\"rdata\":[\"192.0.2.1\",\"no address\"]}\n"
                        "{\"rrname\":\"b.com\",\"rrtype\":\"NS\",\"rdata\":\"n.b.com\"}\n"
                        "{\"rrname\":\"b.com\",\"rrtype\":\"TXT\",\"rdata\":\"x\"}\n");
        QBuffer buffer(&text);
        buffer.open(QIODevice::ReadOnly);
        ImportReader reader(buffer, importTime, 2);
        QList<Record> batch;
        QVERIFY(reader.nextRecords(batch).ok());
        QCOMPARE(batch.size(), 2);
        QCOMPARE(batch[0].attributes.size(), 1);
        QCOMPARE(batch[0].details.size(), 2);
        const Record kept = batch[0];
        QVERIFY(reader.nextRecords(batch).ok());
        QCOMPARE(batch.size(), 2);
        QCOMPARE(batch[0], plainFact(u"b.com"_s, u"NS"_s, u"n.b.com"_s));
        QCOMPARE(batch[1], plainFact(u"b.com"_s, u"TXT"_s, u"x"_s));
        QCOMPARE(kept.value.raw(), u"m.a.com"_s); // what others took of it stays
        QVERIFY(reader.nextRecords(batch).ok());
        QVERIFY(batch.isEmpty());
        QCOMPARE(reader.tally().records, 4);
        QCOMPARE(reader.tally().bad, 1);
    }

    void escapesInNamesAndValuesAreUndone()
    {
        const WholeImport got = importText(
            "{\"rrname\":\"b.com\",\"rrtype\":\"A\",\"rdata\":\"192.0.2.1\"}\n"
            "{\"rr\\u006eame\":\"\\u0061.com\",\"rrtype\" : \"TXT\" ,\"rdata\":\"x\\\"y\\\\\" }\n"
            "{\"rrname\":\"a.com\",\"rr\\type\":\"A\",\"rdata\":\"192.0.2.1\"}\n");
        QCOMPARE(got.tally.bad, 1);
        QCOMPARE(got.records.size(), 2);
        QCOMPARE(got.records[1], plainFact(u"a.com"_s, u"TXT"_s, u"x\"y\\"_s));
    }
};

WG_TEST(tst_RecordBatch)
#include "tst_recordbatch.moc"
