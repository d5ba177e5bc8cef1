// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "manifestlab.h"
#include "sources/mnemonicparse.h"
#include "sources/rdapparse.h"
#include "support/runner.h"

#include <QFile>

using namespace wg;
using namespace wg::test;
using namespace Qt::StringLiterals;

namespace {

QByteArray growing(const QByteArray &more)
{
    QFile file(QStringLiteral(TEST_DATA "/manifest/growing.json"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no growing.json");
    return file.readAll().replace("\"%more%\": \"\",", more);
}

Observation read(const QByteArray &answer, const QByteArray &more = {})
{
    const auto manifest = readManifest(growing(more));
    if (!manifest)
        qFatal("%s", qPrintable(manifest.error().detail));
    RawPass pass;
    pass.asked = {ArtifactKind::Domain, u"shop.com"_s};
    pass.source = u"growing"_s;
    pass.answers = {answerTo(u"rows"_s, answer)};
    return parseManifest(*manifest, pass).value(0);
}

QByteArray thrice(const QByteArray &row, const QByteArray &between)
{
    QByteArrayList rows;
    for (const char last : {'1', '2', '3'})
        rows.append(QByteArray(row).replace("%1", QByteArray(1, last)));
    return rows.join(between);
}

/// What a source without manifest says of shop.com.
Observation readBy(QList<Observation> (*parse)(const RawPass &), const QByteArray &answer)
{
    RawPass pass;
    pass.asked = {ArtifactKind::Domain, u"shop.com"_s};
    pass.answers = {answerTo(u"registration"_s, answer)};
    pass.answers[0].question.asked = pass.asked;
    pass.answers[0].at = Instant::fromSeconds(1'790'000'000);
    return parse(pass).value(0);
}

} // namespace

/// Answers that are not what their source documents.
class TstAnswerShape : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fieldsThatMostRowsLackAreTold_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QStringList>("lacking");
        QTest::newRow("all there")
            << QByteArray(R"({"rows":[{"name":"a.shop.com","at":1}]})") << QStringList();
        QTest::newRow("null is there")
            << QByteArray(R"({"rows":[{"name":"a.shop.com","at":null}]})") << QStringList();
        QTest::newRow("half lack it")
            << QByteArray(R"({"rows":[{"name":"a.shop.com","at":1},{"name":"b.shop.com"}]})")
            << QStringList();
        const auto rowsOf = [](int without, int with) {
            QByteArrayList rows;
            for (int i = 0; i < without + with; ++i) {
                rows.append("{\"name\":\"n" + QByteArray::number(i) + ".shop.com\""
                            + (i < without ? "}" : ",\"at\":1}"));
            }
            return "{\"rows\":[" + rows.join(',') + "]}";
        };
        const QStringList nobody{u"nobody looked"_s};
        QTest::newRow("one odd row among many") << rowsOf(1, 9) << QStringList();
        QTest::newRow("some odd rows among many") << rowsOf(9, 11) << QStringList();
        QTest::newRow("one row alone tells nothing") << rowsOf(1, 0) << nobody;
        QTest::newRow("nor do two") << rowsOf(2, 1) << nobody;
        QTest::newRow("three lack it") << rowsOf(3, 0) << QStringList{u"at"_s};
        QTest::newRow("most lack it") << rowsOf(11, 9) << QStringList{u"at"_s};
    }
    void fieldsThatMostRowsLackAreTold()
    {
        QFETCH(QByteArray, answer);
        QFETCH(QStringList, lacking);
        const Observation told = read(answer);
        QCOMPARE(told.outcome, Outcome::Complete);
        QCOMPARE(told.lacking.value_or(QStringList{u"nobody looked"_s}), lacking);
    }

    void withoutRowsNobodyCanLook()
    {
        const Observation told = read(R"({"rows":[]})");
        QCOMPARE(told.outcome, Outcome::Empty);
        QVERIFY(!told.lacking);
    }

    void aListUnderAnotherNameIsNotAnEmptyOne_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("another name") << QByteArray(R"({"items":[{"name":"a.shop.com","at":1}]})");
        QTest::newRow("no list") << QByteArray(R"({"rows":"a.shop.com"})");
        QTest::newRow("nothing") << QByteArray("{}");
    }
    void aListUnderAnotherNameIsNotAnEmptyOne()
    {
        QFETCH(QByteArray, answer);
        const Observation told = read(answer);
        QCOMPARE(told.outcome, Outcome::Malformed);
        QVERIFY2(told.detail.contains(u"no rows"_s), qPrintable(told.detail));
        QCOMPARE(told.lacking.value_or(QStringList()).size(), 1);
    }

    void whatMustBeThereIsNamed()
    {
        const QByteArray required = R"("required": ["/status", "/rows"],)";
        const Observation told = read(R"({"rows":[]})", required);
        QCOMPARE(told.outcome, Outcome::Malformed);
        QCOMPARE(told.lacking.value_or(QStringList()), QStringList{u"status"_s});
        QVERIFY(told.detail.endsWith(u"documents: no status"_s));
        QCOMPARE(read(R"({"rows":[],"status":"ok"})", required).outcome, Outcome::Empty);
    }

    void rowsOfWhichNoneIsUnderstoodAreNoEmptyAnswer()
    {
        const Observation told = read(R"({"rows":[{"host":"a.shop.com","at":1}]})");
        QCOMPARE(told.outcome, Outcome::Malformed);
        QCOMPARE(told.lacking.value_or(QStringList()), QStringList{u"name"_s});
    }

    void rowsOfPassiveDnsThatLackTheirDatesAreTold()
    {
        const QByteArray row = R"({"rrtype":"a","query":"shop.com","answer":"192.0.2.%1",
            "firstSeenTimestamp":1340308340000,"lastSeenTimestamp":1377520248000})";
        const QByteArray page =
            R"({"responseCode":200,"count":3,"data":[)" + thrice(row, ",") + "]}";
        const Observation whole = readBy(parseMnemonic, page);
        QCOMPARE(whole.outcome, Outcome::Complete);
        QCOMPARE(whole.lacking, std::optional(QStringList()));
        const Observation other =
            readBy(parseMnemonic, QByteArray(page).replace("firstSeen", "first"));
        QCOMPARE(other.outcome, Outcome::Complete);
        QCOMPARE(other.lacking, std::optional(QStringList{u"firstSeenTimestamp"_s}));
    }

    void registrationsThatLackWhatEachHoldsAreTold()
    {
        const QByteArray whole =
            R"({"objectClassName":"domain","ldhName":"shop.com","status":["active"],
            "events":[{"eventAction":"registration","eventDate":"2001-02-03T04:05:06Z"}],"entities":[]})";
        QCOMPARE(readBy(parseRdap, whole).lacking, std::optional(QStringList()));
        const QByteArray odd = QByteArray(whole).replace("events", "dates");
        QCOMPARE(readBy(parseRdap, odd).lacking, std::optional(QStringList())); // some registry's
        const Observation other = readBy(parseRdap, QByteArray(odd).replace("entities", "people"));
        QCOMPARE(other.outcome, Outcome::Complete);
        QCOMPARE(other.lacking, std::optional(QStringList{u"events"_s, u"entities"_s}));
    }

    void linesThatLackWhatAllHoldAreTold()
    {
        const QByteArray line = R"({"%name%":"shop.com","rrtype":"A","rdata":"192.0.2.%1",
            "%first%":1340308340,"time_last":1377520248})";
        const auto answer = [&line](const QByteArray &name, const QByteArray &first) {
            QByteArray lines = thrice(line.simplified(), "\n");
            lines.replace("%name%", name).replace("%first%", first);
            return parsedPages(u"circl"_s, bundledManifest(u"circl"_s)->questions[0].name,
                               u"shop.com"_s, {lines})
                .value(0);
        };
        QCOMPARE(answer("rrname", "time_first").lacking, std::optional(QStringList()));
        const Observation undated = answer("rrname", "first");
        QCOMPARE(undated.outcome, Outcome::Complete);
        QCOMPARE(undated.lacking, std::optional(QStringList{u"time_first"_s}));
        const Observation unread = answer("name", "time_first");
        QCOMPARE(unread.outcome, Outcome::Malformed);
        QCOMPARE(unread.lacking, std::optional(QStringList{u"rrname"_s}));
    }
};

WG_TEST(TstAnswerShape)
#include "tst_answershape.moc"
