// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/recordingtest.h"
#include "support/runner.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace wg;
using namespace wg::test;

/// Folders of recordings that somebody else laid out.
class tst_Recording : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsWrittenThroughLinks_data();
    void nothingIsWrittenThroughLinks();
    void whatIsTooLargeIsNotRead();
    void tooManyExchangesAreNotRead();
    void aForeignBodyIsReplaced();
};

void tst_Recording::nothingIsWrittenThroughLinks_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("what it says of itself, leading nowhere yet") << u"recording.json"_s;
    QTest::newRow("its lines") << u"exchanges.ndjson"_s;
    QTest::newRow("a body") << u"bodies/"_s + bodyHash("true");
    QTest::newRow("its manifests") << u"sources"_s;
}

void tst_Recording::nothingIsWrittenThroughLinks()
{
    QFETCH(QString, name);
    const QTemporaryDir home;
    const QString folder = home.filePath(u"received"_s);
    const QString victim = home.filePath(u"victim"_s);
    const bool fresh = name == "recording.json"_L1;
    QVERIFY(QDir().mkpath(folder + u"/bodies"_s));
    const Instant now = Instant::fromSeconds(1'400'000'000);
    if (fresh) {
        QVERIFY(QDir(folder).rmdir(u"bodies"_s));
    } else {
        QVERIFY(QDir().rmdir(folder + u"/bodies"_s) && QDir().rmdir(folder));
        QVERIFY(RecordingWriter::open(folder, now, 1 << 20).ok());
        QFile::remove(folder + u'/' + name);
    }
    QVERIFY(QFile::link(victim, folder + u'/' + name));
    auto writer = RecordingWriter::open(folder, now, 1 << 20);
    if (writer) {
        const auto written = (*writer)->append(madeUp(now, "true"));
        QVERIFY(!written.ok());
        QCOMPARE(written.error().code, ErrorCode::Refused);
    } else {
        QCOMPARE(writer.error().code, ErrorCode::Refused);
    }
    QVERIFY(!QFile::exists(victim));
}

void tst_Recording::whatIsTooLargeIsNotRead()
{
    const QTemporaryDir home;
    const QString folder = home.filePath(u"r"_s);
    const Instant now = Instant::fromSeconds(1'400'000'000);
    auto writer = RecordingWriter::open(folder, now, 1 << 20);
    QVERIFY((*writer)->append(madeUp(now, "true")).ok());
    const QString hash = bodyHash("true");
    QVERIFY(QFile::resize(folder + u"/bodies/"_s + hash, (64 << 20) + 1));
    const auto body = readBody(folder, hash);
    QVERIFY(!body.ok());
    QVERIFY2(body.error().detail.contains(u"larger than"_s), qPrintable(body.error().detail));
    QVERIFY(QFile::resize(folder + u"/exchanges.ndjson"_s, (256 << 20) + 1));
    const auto recording = readRecording(folder);
    QVERIFY(!recording.ok());
    QCOMPARE(recording.error().code, ErrorCode::TooLarge);
}

void tst_Recording::tooManyExchangesAreNotRead()
{
    const QTemporaryDir home;
    const QString folder = home.filePath(u"r"_s);
    const Instant now = Instant::fromSeconds(1'400'000'000);
    {
        QVERIFY(RecordingWriter::open(folder, now, 1 << 20).ok());
    }
    append(folder + u"/exchanges.ndjson"_s, QByteArray(500'000, '\n'));
    QCOMPARE(readRecording(folder).error().code, ErrorCode::Malformed); // read, and not understood
    append(folder + u"/exchanges.ndjson"_s, "\n");
    QCOMPARE(readRecording(folder).error().code, ErrorCode::TooLarge);
    auto writer = RecordingWriter::open(folder, now, 1 << 30);
    QVERIFY(writer.ok());
    QCOMPARE((*writer)->state().exchanges, 500'001);
    QVERIFY(!(*writer)->append(madeUp(now, "true")).ok());
}

void tst_Recording::aForeignBodyIsReplaced()
{
    const QTemporaryDir home;
    const QString folder = home.filePath(u"r"_s);
    const Instant now = Instant::fromSeconds(1'400'000'000);
    auto writer = RecordingWriter::open(folder, now, 1 << 20);
    const QString hash = bodyHash("true");
    append(folder + u"/bodies/"_s + hash, "false");
    QVERIFY((*writer)->append(madeUp(now, "true")).ok());
    QCOMPARE(*readBody(folder, hash), QByteArray("true"));
}

WG_TEST(tst_Recording)
#include "tst_recording.moc"
