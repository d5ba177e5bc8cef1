// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ids.h"
#include "support/runner.h"

#include <QSet>
#include <QTest>

using namespace wg;
using namespace Qt::StringLiterals;

/// UUIDs made of time and of content.
class TestIds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void newIdsAreVersionSevenAndOrderedByTime();
    void newIdsDiffer();
    void timesBeforeTheEpochCountAsTheEpoch();
    void contentIdsNeverChange();
    void textHasNoBraces();
};

void TestIds::newIdsAreVersionSevenAndOrderedByTime()
{
    QByteArray last;
    for (qint64 ms = 1'790'000'000'000; ms < 1'790'000'001'000; ms += 10) {
        const QUuid id = newUuid({ms});
        const QByteArray bytes = id.toRfc4122();
        QCOMPARE(quint8(bytes[6]) >> 4, 7);
        QCOMPARE(quint8(bytes[8]) >> 6, 2);
        QCOMPARE(bytes.first(6).toHex().toLongLong(nullptr, 16), ms);
        QVERIFY(last < bytes);
        last = bytes;
    }
}

void TestIds::newIdsDiffer()
{
    QSet<QUuid> ids;
    for (int i = 0; i < 20'000; ++i)
        ids.insert(newUuid({1'790'000'000'000}));
    QCOMPARE(ids.size(), 20'000);
}

void TestIds::timesBeforeTheEpochCountAsTheEpoch()
{
    QCOMPARE(newUuid({-5}).toRfc4122().first(6), QByteArray(6, '\0'));
}

void TestIds::contentIdsNeverChange()
{
    QCOMPARE(uuidText(contentUuid("")), u"faedfb5f-2d8a-563d-ab14-ec4fda7a7a76"_s);
    QCOMPARE(uuidText(contentUuid("added example.com")), u"d9726f31-cc8c-5761-a8b4-07a4259b7f9d"_s);
    QVERIFY(contentUuid("a") != contentUuid("b"));
    QCOMPARE(contentUuid("a").version(), QUuid::Sha1);
}

void TestIds::textHasNoBraces()
{
    QCOMPARE(uuidText(QUuid()), u"00000000-0000-0000-0000-000000000000"_s);
    QCOMPARE(uuidText(newUuid({0})).size(), 36);
}

WG_TEST(TestIds)
#include "tst_ids.moc"
