// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/entitytext.h"
#include "recordedanswers.h"
#include "sources/manifestparse.h"
#include "support/runner.h"

#include <QTest>

using namespace wg;
using namespace wg::test;
using namespace Qt::StringLiterals;

namespace {

QByteArray text()
{
    return recorded(u"manifest/answers.json"_s);
}

Manifest manifest()
{
    auto read = readManifest(text());
    if (!read)
        qFatal("%s", qPrintable(read.error().detail));
    return *std::move(read);
}

/// Osint first, malware second.
QList<Observation> told(const QList<RawAnswer> &answers)
{
    RawPass pass;
    pass.asked = *parseEntity(u"shop.com"_s);
    pass.source = u"answers"_s;
    pass.answers = answers;
    return parseManifest(manifest(), pass);
}

RawAnswer page(const QByteArray &body, int status = 200)
{
    return answerTo(u"rows"_s, body, status);
}

RawAnswer withHeader(const QByteArray &name, const QByteArray &value)
{
    RawAnswer answer = page(R"({"count":1,"rows":[{"text":"a"}]})");
    answer.headers.insert(name, value);
    return answer;
}

} // namespace

/// How a described source's answers tell whether they are all, and what of them holds now.
class TstManifestAnswers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingOnALaterPageIsTheEndOfTheRows_data()
    {
        QTest::addColumn<int>("count");
        QTest::addColumn<Outcome>("outcome");
        QTest::newRow("all were given") << 2 << Outcome::Complete;
        QTest::newRow("more were claimed") << 3 << Outcome::Truncated;
    }
    void nothingOnALaterPageIsTheEndOfTheRows()
    {
        QFETCH(int, count);
        QFETCH(Outcome, outcome);
        const QByteArray first = R"({"count":%,"rows":[{"text":"a"},{"text":"b"}]})";
        const auto read = told({page(QByteArray(first).replace("%", QByteArray::number(count))),
                                page(R"({"none":true})", 404)});
        QVERIFY2(read[0].outcome == outcome, qPrintable(read[0].detail));
        QCOMPARE(read[0].records.size(), 2);
    }

    void nothingOnTheFirstPageIsNothing()
    {
        const auto read = told({page(R"({"none":true})", 404)});
        QCOMPARE(read[0].outcome, Outcome::Empty);
        QCOMPARE(read[0].detail, u"no such thing"_s);
        QVERIFY(read[0].records.isEmpty());
    }

    void presenceMayDifferByDataset()
    {
        const auto read = told({page(R"({"rows":[]})")});
        QCOMPARE(read[0].question.dataset, Dataset::Osint);
        QCOMPARE(read[0].presence, Presence::Current);
        QCOMPARE(read[1].question.dataset, Dataset::Malware);
        QCOMPARE(read[1].presence, Presence::Historical);
    }

    void headersTellWhatBodiesDoNot()
    {
        const auto failed = told({withHeader("x-errors", "backend is down")});
        QCOMPARE(failed[0].outcome, Outcome::Unreachable);
        QCOMPARE(failed[0].detail, u"backend is down"_s);
        QCOMPARE(told({withHeader("x-errors", "")})[0].outcome, Outcome::Complete);
        const auto more = told({withHeader("x-more", "7")});
        QCOMPARE(more[0].outcome, Outcome::Truncated);
        QCOMPARE(more[0].detail, u"there is more"_s);
        QCOMPARE(more[0].records.size(), 1);
        QCOMPARE(told({withHeader("x-more", "0")})[0].outcome, Outcome::Complete);
        QCOMPARE(told({withHeader("x-other", "7")})[0].outcome, Outcome::Complete);
    }

    void mistakesAreTold_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::addColumn<QString>("why");
        const auto row = [](const char *name, const char *before, const char *after,
                            const QString &why) {
            QTest::newRow(name) << QByteArray(before) << QByteArray(after) << why;
        };
        row("a cookie", "\"X-Errors\"", "\"Set-Cookie\"", u"cookies are not looked at"_s);
        row("both", "\"header\": \"X-Errors\"", "\"header\": \"X-Errors\", \"at\": \"/none\"",
            u"either \"at\" or \"header\" is looked at"_s);
        row("a dataset of others", "{\"osint\": \"current\"}", "{\"whois\": \"current\"}",
            u"\"whois\" is unknown here"_s);
        row("no presence", "{\"osint\": \"current\"}", "{\"osint\": \"now\"}",
            u"\"osint\" cannot be \"now\""_s);
        row("no kind", "{\"host\": \"hostname\"}", "{\"hosts\": \"hostname\"}",
            u"\"hosts\" is no kind of entity"_s);
    }
    void mistakesAreTold()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        QFETCH(QString, why);
        const auto read = readManifest(text().replace(before, after));
        QVERIFY(!read);
        QVERIFY2(read.error().detail.contains(why), qPrintable(read.error().detail));
    }

    void aRowWithoutEndIsCut()
    {
        constexpr int lines = 400'000;
        QByteArray text;
        for (int i = 0; i < lines; ++i)
            text += QByteArray::number(i) + "\\n";
        const QByteArray row = R"({"rows":[{"text":"%"}]})";
        const auto read = told({page(QByteArray(row).replace("%", text))});
        QCOMPARE(read[0].outcome, Outcome::Truncated);
        QCOMPARE(read[0].records.size(), 200'000);
    }

    void whatAnObjectHoldsIsSeveralTexts()
    {
        const auto read = told({page(
            R"({"rows":[{"text":"a","seen_by":{"one":"Win32:X","two":null,"three":"Trojan"}}]})")});
        QCOMPARE(attribute(read[0].records[0].details, u"seen_by").raw(), u"Win32:X, Trojan"_s);
    }
};

WG_TEST(TstManifestAnswers)
#include "tst_manifestanswers.moc"
