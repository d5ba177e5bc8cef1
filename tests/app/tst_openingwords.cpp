// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/openingwords.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace wg;

class TstOpeningWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aWorkspaceThatCannotOpenIsNamedWithTheReasonAndTheNextStep()
    {
        const auto words =
            cannotOpenWords({ErrorCode::NewerSchema, u"schema 99, known 30"_s}, u"/srv/cases"_s);
        QVERIFY(words.startsWith(u"/srv/cases cannot be opened."_s));
        QVERIFY(words.contains(u"written by a newer Watchglass: schema 99, known 30"_s));
        QVERIFY(words.contains(u"Start the newer Watchglass"_s));
    }

    void whatComesFromOutsideIsMadeVisible()
    {
        const auto words =
            cannotOpenWords({ErrorCode::Failed, u"bad \u202Egnp.exe"_s}, u"/srv/\u202Ex"_s);
        QVERIFY(!words.contains(QChar(0x202E)));
    }
};

WG_TEST(TstOpeningWords)
#include "tst_openingwords.moc"
