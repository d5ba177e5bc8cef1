// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/entitytext.h"
#include "recordedanswers.h"
#include "sources/catalogue.h"
#include "support/runner.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace wg;
using namespace wg::test;
using namespace Qt::StringLiterals;

namespace {

QByteArray fileOf(const QString &name)
{
    QFile file(QStringLiteral(REPO_ROOT "/resources/sources/") + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no %s", qPrintable(name));
    return file.readAll();
}

Manifest example()
{
    auto read = readManifest(fileOf(u"examples/hostio.json"_s));
    if (!read)
        qFatal("%s", qPrintable(read.error().detail));
    return *std::move(read);
}

QList<Observation> told(const QByteArray &body, int status = 200)
{
    RawPass pass;
    pass.asked = *parseEntity(u"google.com"_s);
    pass.source = u"hostio"_s;
    pass.answers = {answerTo(u"full"_s, body, status)};
    return parseManifest(example(), pass);
}

/// The lines of code in the page's walk through the example.
QStringList walkThrough()
{
    const QString page = QString::fromUtf8(fileOf(u"README.md"_s));
    QStringList code;
    bool inside = false;
    for (const QString &line : page.section(u"## Step by step"_s, 1).split(u'\n')) {
        if (line.startsWith("```"_L1))
            inside = line == "```json"_L1;
        else if (inside)
            code.append(line.trimmed());
    }
    return code;
}

} // namespace

/// The example beside the page on manifests works, is what the page shows, and is no source until
/// somebody makes it one.
class TstExampleManifest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theRecordedAnswerIsRead()
    {
        const auto read = told(recorded(u"hostio/full_google.com_2023-10.json"_s));
        QCOMPARE(summary(read),
                 u"resolutions complete 2; dns complete 5; components complete 1; "
                 "hostpairs complete 2; network complete 3"_s);
        const QStringList all = lines(read);
        for (const QString &line :
             {u"google.com A 142.251.214.142 ?..?"_s, u"google.com NS ns4.google.com ?..?"_s,
              u"google.com MX smtp.google.com {preference=10} ?..?"_s,
              u"google.com Server gws ?..2023-10-11T16:05:28Z"_s,
              u"google.com child about.google ?..2023-10-11T16:05:28Z"_s,
              u"142.250.69.196 asn AS15169 ?..?"_s})
            QVERIFY2(all.contains(line), qPrintable(all.join(u'\n')));
    }

    void nullIsNoFactAndNoFault()
    {
        const auto none = told(
            R"({"domain":"google.com","web":{"server":null},"dns":{"a":null},"ipinfo":{"1.1.1.1":null}})");
        QCOMPARE(summary(none),
                 u"resolutions empty 0; dns empty 0; components empty 0; hostpairs empty 0; "
                 "network empty 0"_s);
        const auto some =
            told(R"({"domain":"google.com","web":{"server":null},"dns":{"a":["192.0.2.1"]}})");
        QCOMPARE(some[0].records.size(), 1);
        QCOMPARE(some[0].detail, QString());
    }

    void whatItRefusesIsSaidInItsOwnWords_data()
    {
        QTest::addColumn<int>("status");
        QTest::newRow("by status") << 403;
        QTest::newRow("in a good answer") << 200;
    }
    void whatItRefusesIsSaidInItsOwnWords()
    {
        QFETCH(int, status);
        const auto read =
            told(R"({"error": "Please check your token.", "title": "Unknown Token"})", status);
        QCOMPARE(read[0].outcome, Outcome::Refused);
        QCOMPARE(read[0].detail, u"Please check your token."_s);
    }

    void aStatusThatItDoesNotDocumentProvesNothing()
    {
        QVERIFY(!isProof(told("{}", 404)[0].outcome));
        QCOMPARE(told("{}")[0].outcome, Outcome::Malformed);
    }

    void itIsNoSourceOfTheProgramsOwn()
    {
        const auto infos = readCatalogue({}).infos();
        QVERIFY(std::none_of(infos.cbegin(), infos.cend(),
                             [](const SourceInfo &info) { return info.name == "hostio"_L1; }));
    }

    void inAFolderOfTheUserItIsASource()
    {
        const auto catalogue =
            readCatalogue(QStringLiteral(REPO_ROOT "/resources/sources/examples"));
        QVERIFY(catalogue.broken.isEmpty());
        const auto infos = catalogue.infos();
        QVERIFY(std::any_of(infos.cbegin(), infos.cend(),
                            [](const SourceInfo &info) { return info.name == "hostio"_L1; }));
    }

    void thePageShowsTheWholeOfIt()
    {
        QStringList example =
            QString::fromUtf8(fileOf(u"examples/hostio.json"_s)).split(u'\n', Qt::SkipEmptyParts);
        for (QString &line : example)
            line = line.trimmed();
        QCOMPARE(walkThrough(), example);
    }
};

WG_TEST(TstExampleManifest)
#include "tst_examplemanifest.moc"
