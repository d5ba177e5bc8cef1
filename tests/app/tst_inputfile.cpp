// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/inputfile.h"
#include "support/runner.h"

#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>
#include <QtConcurrent>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace wg;

class TstInputFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFileIsReadToItsEnd()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"list"_s);
        const QByteArray bytes(300'000, 'x');
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
        file.close();
        const auto input = InputFile::openPath(path);
        QVERIFY(input);
        QVERIFY((*input)->isReady());
        QCOMPARE((*input)->readAll(), bytes);
    }

    void whatIsNotThereIsNotFound()
    {
        QTemporaryDir folder;
        for (const QString &path : {folder.filePath(u"none"_s), folder.path()}) {
            const auto input = InputFile::openPath(path);
            QVERIFY(!input);
            QCOMPARE(input.error().code, ErrorCode::NotFound);
            QVERIFY(input.error().detail.contains(path));
        }
    }

    void aReadThatWaitsEndsWhenItIsCancelled()
    {
        int ends[2] = {};
        QCOMPARE(pipe(ends), 0);
        const auto input = InputFile::openPath(u"/dev/fd/%1"_s.arg(ends[0]));
        QVERIFY(input);
        QVERIFY(!(*input)->isReady());
        const auto read = QtConcurrent::run([file = *input] {
            char byte = 0;
            return file->read(&byte, 1);
        });
        (*input)->cancel();
        QTRY_VERIFY(read.isFinished());
        QCOMPARE(read.result(), -1);
        ::close(ends[0]);
        ::close(ends[1]);
    }
};

WG_TEST(TstInputFile)
#include "tst_inputfile.moc"
