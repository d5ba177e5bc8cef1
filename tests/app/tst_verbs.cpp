// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/verbs.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace wg;

class TstVerbs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wordsBecomeACommand()
    {
        const auto command = parseCommand({u"--workspace"_s, u"/tmp/x"_s, u"lookup"_s,
                                           u"example.com"_s, u"--dataset=dns"_s, u"--dataset"_s,
                                           u"whois"_s, u"--offline"_s, u"--json"_s});
        QVERIFY(command);
        QCOMPARE(command->verb, u"lookup"_s);
        QCOMPARE(command->arguments, QStringList{u"example.com"_s});
        QCOMPARE(command->workspace, u"/tmp/x"_s);
        QCOMPARE(command->options.value(u"--dataset"_s), (QStringList{u"dns"_s, u"whois"_s}));
        QVERIFY(command->has("--offline"));
        QVERIFY(command->json());
    }

    void noWordsAreTheDesktop() { QVERIFY(parseCommand({})->verb.isEmpty()); }

    void mistakesNameTheNearestRightWord_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QString>("named");
        QTest::newRow("verb") << QStringList{u"lokup"_s} << u"lookup"_s;
        QTest::newRow("verb of another ending") << QStringList{u"alert"_s} << u"alerts"_s;
        QTest::newRow("option") << QStringList{u"poll"_s, u"--al"_s} << u"--all"_s;
        QTest::newRow("common option") << QStringList{u"--jsn"_s} << u"--json"_s;
        QTest::newRow("beginning of a word") << QStringList{u"mon"_s} << u"\"monitor\""_s;
        QTest::newRow("option of another verb")
            << QStringList{u"check"_s, u"--offline"_s} << u"--workspace, --sample, --json"_s;
        QTest::newRow("verb to come") << QStringList{u"tag"_s, u"add"_s} << u"not there yet"_s;
    }
    void mistakesNameTheNearestRightWord()
    {
        QFETCH(QStringList, words);
        QFETCH(QString, named);
        const auto command = parseCommand(words);
        QVERIFY(!command);
        QCOMPARE(command.error().code, ErrorCode::Usage);
        QVERIFY2(command.error().detail.contains(named), qPrintable(command.error().detail));
    }

    void whatIsNearNothingSuggestsNothing()
    {
        for (const QString &word : {u"xyzzy"_s, u"x"_s, u"tags"_s, QString(500, u'p')}) {
            const auto command = parseCommand({word});
            QVERIFY(!command);
            QVERIFY2(!command.error().detail.contains(u"did you mean"_s),
                     qPrintable(command.error().detail));
        }
    }

    void anOptionWithoutItsValueIsAMistake()
    {
        QVERIFY(!parseCommand({u"alerts"_s, u"--day"_s}));
        QVERIFY(!parseCommand({u"alerts"_s, u"--suppressed=yes"_s}));
        QVERIFY(!parseCommand({u"--workspace"_s, QString(), u"poll"_s}));
        QVERIFY(!parseCommand({u"--workspace="_s, u"poll"_s}));
        const auto mapped = parseCommand({u"import"_s, u"x.csv"_s, u"--map"_s, QString()});
        QVERIFY(!mapped);
        QCOMPARE(mapped.error().detail, u"--map needs a value: COLUMN=FIELD,…"_s);
    }

    void aWordTooManyIsAMistake()
    {
        for (const auto &words :
             {QStringList{u"poll"_s, u"all"_s}, QStringList{u"lookup"_s, u"a.com"_s, u"b.com"_s},
              QStringList{u"check"_s, u"x"_s}}) {
            const auto command = parseCommand(words);
            QVERIFY(!command);
            QVERIFY2(command.error().detail.contains(words.last()),
                     qPrintable(command.error().detail));
        }
        QVERIFY(parseCommand({u"monitor"_s, u"add"_s, u"a.com"_s, u"b.com"_s, u"c.com"_s}));
    }

    void helpIsAskedForInEveryWay_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QString>("verb");
        QTest::newRow("option") << QStringList{u"--help"_s} << QString();
        QTest::newRow("letter") << QStringList{u"-h"_s} << QString();
        QTest::newRow("word") << QStringList{u"help"_s} << QString();
        QTest::newRow("option of a verb") << QStringList{u"poll"_s, u"--help"_s} << u"poll"_s;
        QTest::newRow("word for a verb") << QStringList{u"help"_s, u"poll"_s} << u"poll"_s;
        QTest::newRow("of an order")
            << QStringList{u"monitor"_s, u"add"_s, u"--help"_s} << u"monitor"_s;
    }
    void helpIsAskedForInEveryWay()
    {
        QFETCH(QStringList, words);
        QFETCH(QString, verb);
        const auto command = parseCommand(words);
        QVERIFY(command);
        QVERIFY(command->help);
        QCOMPARE(command->verb, verb);
    }

    void aDashAfterTheVerbMayBeginAValue()
    {
        const auto command = parseCommand({u"config"_s, u"set"_s, u"k"_s, u"-1"_s});
        QVERIFY(command);
        QCOMPARE(command->arguments.last(), u"-1"_s);
        QVERIFY(!parseCommand({u"-1"_s}));
    }

    void aDoubleDashEndsOptions()
    {
        const auto command = parseCommand({u"lookup"_s, u"--"_s, u"--odd"_s});
        QVERIFY(command);
        QCOMPARE(command->arguments, QStringList{u"--odd"_s});
    }

    void everyVerbHasHelp()
    {
        for (const auto &verb : verbTable()) {
            const QString help = helpText(QLatin1String(verb.name));
            QVERIFY(help.contains(QLatin1String(verb.name)));
            for (const auto &option : verb.options)
                QVERIFY(help.contains(QLatin1String(option.name)));
            QVERIFY(helpText({}).contains(QLatin1String(verb.name)));
        }
    }
};

WG_TEST(TstVerbs)
#include "tst_verbs.moc"
