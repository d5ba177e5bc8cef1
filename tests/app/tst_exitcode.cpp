// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/exitcode.h"
#include "app/jsonshapes.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace wg;

class TstExitCode : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void errorsHaveTheCodesThatScriptsKnow()
    {
        QCOMPARE(int(exitCodeOf(ErrorCode::Failed)), 1);
        QCOMPARE(int(exitCodeOf(ErrorCode::NotAnEntity)), 2);
        QCOMPARE(int(exitCodeOf(ErrorCode::NothingStored)), 3);
        QCOMPARE(int(exitCodeOf(ErrorCode::Refused)), 4);
        QCOMPARE(int(exitCodeOf(ErrorCode::Held)), 4);
        QCOMPARE(int(exitCodeOf(ErrorCode::Unreachable)), 5);
        QCOMPARE(exitWord(ExitCode::NotFound), QLatin1String("not_found"));
    }

    void outsideTextInAnErrorIsMadeVisible()
    {
        const QString said = errorSentence({ErrorCode::Failed, u"bad \u202Egnp.exe\nline"_s});
        QVERIFY(!said.contains(QChar(0x202E)));
        QVERIFY(!said.contains(u'\n'));
    }

    void anErrorInJsonHasCodeAndMessage()
    {
        const QJsonObject json = toJson(Error{ErrorCode::NothingStored, u"nothing"_s});
        const QJsonObject error = json.value(u"error"_s).toObject();
        QCOMPARE(error.value(u"code"_s).toString(), u"not_found"_s);
        QCOMPARE(error.value(u"message"_s).toString(), u"nothing"_s);
    }
};

WG_TEST(TstExitCode)
#include "tst_exitcode.moc"
