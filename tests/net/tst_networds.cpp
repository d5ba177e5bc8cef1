// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/networds.h"
#include "support/runner.h"

#include <QTest>

using namespace wg;
using namespace Qt::StringLiterals;

class tst_NetWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aServersOwnWordsAreTaken_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("words");
        QTest::newRow("one member")
            << QByteArray("{\"error\": \"Requires membership\"}") << u"Requires membership"_s;
        QTest::newRow("within an object")
            << QByteArray("{\"error\":{\"code\":\"Quota\",\"message\":\"Quota exceeded\"}}")
            << u"Quota exceeded"_s;
        QTest::newRow("the first of several") << QByteArray(
            "{\"errors\":[{\"detail\":\"No\\nkey\",\"status\":401},{\"detail\":\"b\"}]}")
                                              << u"No key"_s;
        QTest::newRow("none") << QByteArray("{\"status\":403}") << QString();
        QTest::newRow("no text") << QByteArray("{\"message\":{\"error\":[7]}}") << QString();
        QTest::newRow("no JSON") << QByteArray("Forbidden") << QString();
        QTest::newRow("a list") << QByteArray("[\"a\"]") << QString();
    }
    void aServersOwnWordsAreTaken()
    {
        QFETCH(QByteArray, body);
        QTEST(wordsInJson(body), "words");
    }
    void aRefusalIsOneSentence()
    {
        HttpAnswer answer;
        answer.status = 403;
        answer.contentType = "application/json";
        answer.body = "{\"message\":\"not for\\n  your plan\",\"x\":1}";
        QCOMPARE(refusalWords(u"h.example"_s, answer),
                 u"h.example answers 403: not for your plan"_s);
        answer.body = "{\"code\":7}";
        QCOMPARE(refusalWords(u"h.example"_s, answer), u"h.example answers 403: {\"code\":7}"_s);
        answer.contentType = "text/html";
        QCOMPARE(refusalWords(u"h.example"_s, answer), u"h.example answers 403"_s);
    }
};

WG_TEST(tst_NetWords)
#include "tst_networds.moc"
