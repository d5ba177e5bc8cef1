// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/expressionvalue.h"
#include "sources/manifestparse.h"
#include "support/runner.h"

#include <QFile>
#include <QTest>

using namespace wg;
using namespace Qt::StringLiterals;

namespace {

/// The manifest of tests with its one question's completeness and what makes a note of a row
/// replaced.
Manifest listing(const QByteArray &completeness, const QByteArray &rule)
{
    QFile file(QStringLiteral(TEST_DATA "/manifest/inhouse.json"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no inhouse.json");
    QByteArray text = file.readAll();
    text.replace("\"whole\"", completeness);
    const qsizetype from = text.indexOf("{\"each\"");
    text.replace(from, text.indexOf('\n', from) - from,
                 "{\"each\": \"/rows/*\", \"type\": \"=note\", " + rule + '}');
    auto manifest = readManifest(text);
    if (!manifest)
        qFatal("%s", qPrintable(manifest.error().detail));
    return *std::move(manifest);
}

Observation told(const Manifest &manifest, const QByteArrayList &pages)
{
    RawPass pass;
    pass.asked = {ArtifactKind::Ipv4, u"192.0.2.1"_s};
    pass.source = u"inhouse"_s;
    for (const QByteArray &page : pages) {
        RawAnswer answer;
        answer.question.text = u"host"_s;
        answer.bytes = page;
        answer.status = 200;
        answer.at = *parseInstant(u"2026-11-22T12:00:00Z");
        pass.answers.append(answer);
    }
    return parseManifest(manifest, pass).value(0);
}

QStringList values(const Observation &observation)
{
    QStringList all;
    for (const Record &record : observation.records)
        all.append(record.value.raw());
    return all;
}

const QByteArray anyText = R"("value": "0")";

} // namespace

/// From what stands in an answer to what a record holds.
class tst_ExpressionValue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void transformsMakeOneFormOfMany_data()
    {
        QTest::addColumn<Transform::Kind>("kind");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("made");
        const auto row = [](const char *name, Transform::Kind kind, const char *text,
                            const char *made) {
            QTest::newRow(name) << kind << QString::fromUtf8(text) << QString::fromUtf8(made);
        };
        using Kind = Transform::Kind;
        row("host of a web address", Kind::UrlHost, "https://Shop.com/a?b#c", "shop.com");
        row("host behind a name and before a port", Kind::UrlHost, "ftp://me:x@shop.com:21/",
            "shop.com");
        row("slash in a query", Kind::UrlHost, "http://shop.com?to=http://b.com/", "shop.com");
        row("address and port", Kind::UrlHost, "192.0.2.1:443", "192.0.2.1");
        row("v6 address and port", Kind::UrlHost, "[2001:DB8::1]:443", "2001:db8::1");
        row("bare v6 address", Kind::UrlHost, "2001:db8::1", "2001:db8::1");
        row("unclosed bracket", Kind::UrlHost, "http://[2001:db8::1", "2001:db8::1");
        row("no host", Kind::UrlHost, "http:///path", "");
        row("v4 address", Kind::RecordType, "192.0.2.1", "A");
        row("v6 address", Kind::RecordType, "2001:db8::1", "AAAA");
        row("no address", Kind::RecordType, "shop.com", "");
        row("seconds", Kind::Time, "1591356800", "2020-06-05T11:33:20Z");
        row("a zone without colon", Kind::Time, "2014-04-14T13:00:56.000-0700",
            "2014-04-14T20:00:56Z");
        row("a day in digits", Kind::Time, "20230407", "2023-04-07T00:00:00Z");
        row("a year in digits", Kind::Time, "2023", "2023-01-01T00:00:00Z");
        row("as mail writes it", Kind::Time, "Fri, 07 Apr 2023 00:00:00 GMT",
            "2023-04-07T00:00:00Z");
        row("no day", Kind::Time, "2023-02-30", "");
        row("no date", Kind::Time, "soon", "");
        row("decimal", Kind::Decimal, "82940326346474168202516519612504129226",
            "3e65b9cebc7085b750a435e92ebcbeca");
        row("small decimal", Kind::Decimal, "10", "a");
        row("nought", Kind::Decimal, "0", "0");
        row("no decimal", Kind::Decimal, "1f", "");
        row("nobody's number", Kind::Decimal,
            "12345678901234567890123456789012345678901234567890123456789012345", "");
        row("what is meant", Kind::Not, "N/A", "");
        row("another text", Kind::Not, "N/A.", "N/A.");
    }
    void transformsMakeOneFormOfMany()
    {
        QFETCH(Transform::Kind, kind);
        QFETCH(QString, text);
        QFETCH(QString, made);
        simdjson::dom::parser parser;
        const JsonRow row(parser.parse(std::string("{}")).value_unsafe());
        QCOMPARE(valueOf({{}, text, {{kind, u"N/A"_s}}, false}, row), made);
    }

    void allPlacesCountInTheirOrder()
    {
        const Manifest manifest =
            listing("\"whole\"", R"("value": {"all": ["0/b", "0/a", "0/c"], "as": "join: "})");
        QCOMPARE(values(told(manifest, {R"({"rows":[{"a":1,"b":"x","c":["y","z"]},{"a":2}]})"})),
                 (QStringList{u"x 1 y z"_s, u"2"_s}));
    }

    void whatWasAskedMayBePartOfARecord()
    {
        const Manifest manifest =
            listing("\"whole\"", R"("only": [{"at": "0", "is_not": "{entity}"}],
            "value": {"at": "0", "as": "suffix: on {entity}"},
            "details": {"about": "={entity}"})");
        const Observation read = told(manifest, {R"({"rows":["a","192.0.2.1"]})"});
        QCOMPARE(values(read), QStringList{u"a on 192.0.2.1"_s});
        QCOMPARE(attribute(read.records[0].details, u"about").raw(), u"192.0.2.1"_s);
    }

    void conditionsCompareWhatTransformsMade()
    {
        const Manifest manifest =
            listing("\"whole\"",
                    R"("only": [{"at": "0", "as": "url_host", "is": "{entity}"}], "value": "0")");
        QCOMPARE(
            values(told(manifest, {R"({"rows":["192.0.2.1:80","192.0.2.11:80","192.0.2.1"]})"})),
            (QStringList{u"192.0.2.1:80"_s, u"192.0.2.1"_s}));
    }

    void whatIsAbsentIsNoneOfTheTexts()
    {
        const Manifest manifest =
            listing("\"whole\"",
                    R"("only": [{"at": "0/state", "is_not": ["off", ""]}], "value": "0/name")");
        QCOMPARE(values(told(manifest, {R"({"rows":[{"name":"a","state":"on"},{"name":"b"},
            {"name":"c","state":"off"},{"name":"d","state":""},{"name":"e","state":["on","off"]}]})"})),
                 (QStringList{u"a"_s, u"b"_s}));
    }

    void datesTheWrongWayRoundAreTurned()
    {
        const Manifest manifest =
            listing("\"whole\"", R"("value": "0/name", "first": "0/from", "last": "0/to")");
        const Observation read =
            told(manifest, {R"({"rows":[{"name":"a","from":"2015-02-04","to":"2013-10-30"}]})"});
        QCOMPARE(toRfc3339(read.records[0].worldFirst.value()), u"2013-10-30T00:00:00Z"_s);
        QCOMPARE(toRfc3339(read.records[0].worldLast.value()), u"2015-02-04T00:00:00Z"_s);
    }

    void asManyRowsAsEverAreGivenMayNotBeAll_data()
    {
        QTest::addColumn<QByteArray>("completeness");
        QTest::addColumn<QByteArrayList>("pages");
        QTest::addColumn<Outcome>("outcome");
        const QByteArray most = R"({"most": 2, "rows": "/rows"})";
        const QByteArray both = R"({"total": "/total", "most": 2, "rows": "/rows"})";
        QTest::newRow("fewer") << most << QByteArrayList{R"({"rows":["a"]})"} << Outcome::Complete;
        QTest::newRow("as many") << most << QByteArrayList{R"({"rows":["a","b"]})"}
                                 << Outcome::Truncated;
        QTest::newRow("none") << most << QByteArrayList{R"({"rows":[]})"} << Outcome::Empty;
        QTest::newRow("as many on two pages")
            << most << QByteArrayList{R"({"rows":["a"]})", R"({"rows":["b"]})"}
            << Outcome::Truncated;
        QTest::newRow("more claimed")
            << both << QByteArrayList{R"({"total":2,"rows":["a"]})"} << Outcome::Truncated;
        QTest::newRow("claimed and given")
            << both << QByteArrayList{R"({"total":1,"rows":["a"]})"} << Outcome::Complete;
        QTest::newRow("claimed but not given")
            << both << QByteArrayList{R"({"total":"7","rows":[]})"} << Outcome::SuspiciousEmpty;
        QTest::newRow("not claimed at all")
            << both << QByteArrayList{R"({"rows":["a"]})"} << Outcome::Truncated;
        QTest::newRow("claimed in words")
            << both << QByteArrayList{R"({"total":"1,234","rows":["a"]})"} << Outcome::Truncated;
        QTest::newRow("claimed with a point")
            << both << QByteArrayList{R"({"total":1.0,"rows":["a"]})"} << Outcome::Complete;
        QTest::newRow("claimed on one of the pages")
            << both << QByteArrayList{R"({"total":1,"rows":["a"]})", R"({"rows":[]})"}
            << Outcome::Complete;
    }
    void asManyRowsAsEverAreGivenMayNotBeAll()
    {
        QFETCH(QByteArray, completeness);
        QFETCH(QByteArrayList, pages);
        QFETCH(Outcome, outcome);
        const Observation read = told(listing(completeness, anyText), pages);
        QVERIFY2(read.outcome == outcome, qPrintable(read.detail));
    }
};

WG_TEST(tst_ExpressionValue)
#include "tst_expressionvalue.moc"
