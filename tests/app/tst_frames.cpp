// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/frames.h"
#include "support/runner.h"

#include <QLocalServer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace wg;

namespace {

QByteArray head(char kind, quint32 length)
{
    QByteArray bytes(1, kind);
    for (int shift = 24; shift >= 0; shift -= 8)
        bytes.append(char(length >> shift));
    return bytes;
}

} // namespace

class TstFrames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFrameComesOutHoweverItIsCut()
    {
        const QByteArray stream = head('O', 5) + "hello" + head('X', 1) + "0";
        for (qsizetype cut = 0; cut <= stream.size(); ++cut) {
            FrameReader reader;
            reader.feed(stream.left(cut));
            QList<Frame> frames;
            while (const auto frame = reader.next())
                frames.append(*frame);
            reader.feed(stream.mid(cut));
            while (const auto frame = reader.next())
                frames.append(*frame);
            QCOMPARE(frames.size(), 2);
            QCOMPARE(frames[0].kind, FrameKind::Out);
            QCOMPARE(frames[0].bytes, QByteArray("hello"));
            QCOMPARE(frames[1].bytes, QByteArray("0"));
        }
    }

    void aLengthBeyondTheLimitBreaksTheReader()
    {
        FrameReader reader;
        reader.feed(head('O', 0xffffffffU));
        QVERIFY(!reader.next());
        QVERIFY(reader.isBroken());
        reader.feed(head('O', 0));
        QVERIFY(!reader.next());
    }

    void largeBytesTravelInSeveralFrames()
    {
        QTemporaryDir folder;
        QLocalServer server;
        QVERIFY(server.listen(folder.filePath(u"s"_s)));
        QLocalSocket sender;
        sender.connectToServer(folder.filePath(u"s"_s));
        QVERIFY(server.waitForNewConnection(5000));
        QLocalSocket *receiver = server.nextPendingConnection();
        const QByteArray bytes(largestFrame + 7, 'a');
        sendFrame(sender, FrameKind::Out, bytes);
        FrameReader reader;
        QByteArray got;
        connect(receiver, &QLocalSocket::readyRead, this, [&] {
            reader.feed(receiver->readAll());
            while (const auto frame = reader.next())
                got += frame->bytes;
        });
        QTRY_COMPARE(got.size(), bytes.size());
        QCOMPARE(got, bytes);
    }
};

WG_TEST(TstFrames)
#include "tst_frames.moc"
