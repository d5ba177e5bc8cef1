// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench.h"
#include "store/codec.h"
#include "store/manyrows.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace wg;
using namespace wg::test;

/// Facts between a file and the tables.
class TstFactBatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsAddedComesBack_data();
    void whatIsAddedComesBack();
    void ownersAndValuesStandOnce();
    void aClearedBatchIsAsNew();
    void moreEndsThanPlacesAreFound();
    void factsOfOneLineShareWhatTheySay();
    void rowsWrittenTogetherFailWithTheirTransaction();
};

void TstFactBatch::whatIsAddedComesBack_data()
{
    QTest::addColumn<QString>("owner");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("value");
    QTest::addColumn<bool>("byType");
    const QString name = u"example.com"_s;
    const QString longText = u"v=spf1 "_s + u"🐦é"_s.repeated(80);
    QTest::newRow("an address") << name << u"A"_s << u"192.0.2.1"_s << false;
    QTest::newRow("a name") << name << u"NS"_s << u"ns1.example.net"_s << false;
    QTest::newRow("a long text") << name << u"TXT"_s << longText << false;
    QTest::newRow("a mark that decoders drop")
        << name << u"TXT"_s << u"\ufeff\u0001ü"_s + longText << false;
    QTest::newRow("a mark behind the key")
        << name << u"TXT"_s << u"x"_s.repeated(codec::longestSortKey) + u"\ufeffy\x1cz"_s << false;
    QTest::newRow("a long name") << name << u"CNAME"_s
                                 << u"a"_s.repeated(60) + u'.' + u"b"_s.repeated(60) + u".net"_s
                                 << false;
    QTest::newRow("one value of many") << name << u"registrar"_s << u"Größe & Söhne"_s << true;
    QTest::newRow("no value") << name << u"registrar"_s << QString() << true;
    QTest::newRow("an owner of the world")
        << u"例え.example"_s << u"A"_s << u"192.0.2.1"_s << false;
}

void TstFactBatch::whatIsAddedComesBack()
{
    QFETCH(QString, owner);
    QFETCH(QString, type);
    QFETCH(QString, value);
    QFETCH(bool, byType);
    Record told = record({ArtifactKind::Domain, owner}, Dataset::Dns, type, value);
    told.identity = byType ? Identity::Type : Identity::Value;
    FactBatch batch;
    batch.add(record(domain(u"before.example"_s), Dataset::Dns, u"A"_s, u"192.0.2.9"_s));
    batch.add(told);
    told.worldFirst = Instant{1'500'000'000'123};
    told.worldLast = Instant{-1};
    told.attributes = {{u"preference"_s, UntrustedText::fromString(u"10"_s)}};
    told.details = {{u"bailiwick"_s, UntrustedText::fromString(owner + u'.')},
                    {u"note"_s, UntrustedText::fromString(u"\x1c\ufeff"_s)}};
    batch.add(told);
    QCOMPARE(batch.size(), 3U);
    QCOMPARE(batch.record(2), told);
    QCOMPARE(recordId(batch.record(1)), recordId(told));
    QVERIFY(batch.record(1).details.isEmpty() && batch.record(1).attributes.isEmpty());
}

void TstFactBatch::ownersAndValuesStandOnce()
{
    FactBatch batch;
    const Artifact name = domain(u"example.com"_s);
    batch.add(record(name, Dataset::Dns, u"NS"_s, u"ns.example.com"_s));
    batch.add(record(domain(u"ns.example.com"_s), Dataset::Dns, u"A"_s, u"192.0.2.1"_s));
    batch.add(record(name, Dataset::Dns, u"A"_s, u"192.0.2.1"_s));
    QCOMPARE(batch.ends().size(), 3U);
    QCOMPARE(batch.types().size(), 2U);
    QCOMPARE(batch.rows()[0].value, batch.rows()[1].owner);
    QCOMPARE(batch.rows()[2].owner, batch.rows()[0].owner);
    QCOMPARE(batch.artifact(*batch.rows()[2].value).value, u"192.0.2.1"_s);
    QVERIFY(batch.rows()[2].ownKey);
}

void TstFactBatch::aClearedBatchIsAsNew()
{
    FactBatch batch =
        batchOf({record(domain(u"a.example"_s), Dataset::Dns, u"A"_s, u"192.0.2.1"_s)});
    batch.clear();
    QVERIFY(batch.isEmpty());
    const Record other = record(domain(u"b.example"_s), Dataset::Dns, u"MX"_s, u"a.example"_s);
    batch.add(other);
    QCOMPARE(batch.ends().size(), 2U);
    QCOMPARE(batch.record(0), other);
}

void TstFactBatch::moreEndsThanPlacesAreFound()
{
    FactBatch batch;
    for (int round = 0; round < 2; ++round) {
        for (int i = 0; i < 5'000; ++i)
            batch.add(record(domain(u"n%1.example"_s.arg(i)), Dataset::Dns, u"NS"_s,
                             u"ns%1.example"_s.arg(i % 7)));
    }
    QCOMPARE(batch.ends().size(), 5'007U);
    for (const std::size_t i : {0U, 4'999U, 9'999U})
        QCOMPARE(batch.record(i).owner.value, u"n%1.example"_s.arg(i % 5'000));
}

void TstFactBatch::factsOfOneLineShareWhatTheySay()
{
    FactBatch batch;
    const QString zone = u"z"_s.repeated(100'000);
    for (int i = 0; i < 100; ++i) {
        Record told = record(domain(u"a.example"_s), Dataset::Dns, u"A"_s, u"192.0.2.%1"_s.arg(i));
        told.details = {{u"bailiwick"_s, UntrustedText::fromString(zone)}};
        batch.add(told);
    }
    QVERIFY(batch.textSize() < 110'000U);
    QCOMPARE(batch.record(99).details[0].text.raw(), zone);
}

/// SQLite keeps nothing to undo such a statement alone.
void TstFactBatch::rowsWrittenTogetherFailWithTheirTransaction()
{
    Bench bench(Engine::Sqlite);
    Database &database = *bench.database;
    const auto countWords = [&database] {
        auto row = database.query("SELECT count(*) FROM word");
        return row.next() ? row.number(0) : -1;
    };
    const auto writeWords = [&database](std::size_t without) {
        return database.transact<Done>([&] {
            writeMany(database, "INSERT INTO word (words) VALUES (?)", 40,
                      [without](Statement &to, std::size_t i) {
                          if (i == without)
                              to.bind(std::nullopt);
                          else
                              to.bind(u"word %1"_s.arg(i));
                      });
            return Done{};
        });
    };
    const qint64 before = countWords();
    QVERIFY(!writeWords(20));
    QCOMPARE(countWords(), before);
    QVERIFY(writeWords(99).ok());
    QCOMPARE(countWords(), before + 40);
}

WG_TEST(TstFactBatch)
#include "tst_factbatch.moc"
