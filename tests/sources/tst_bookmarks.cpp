// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "manifestlab.h"
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

std::shared_ptr<const Manifest> manifestOf(const QByteArray &text)
{
    auto manifest = readManifest(text);
    if (!manifest)
        qFatal("%s", qPrintable(manifest.error().detail));
    return std::make_shared<const Manifest>(*std::move(manifest));
}

const QByteArray byLast = R"("cursor": {"by": "last", "at": "/rows/-/id", "query": {"after":
    "{cursor}"}},)";
const QByteArray byAsked = R"("cursor": {"by": "asked", "as": "seconds", "overlap": "1 hour",
    "query": {"q": "{entity} since {cursor}"}},)";
const QByteArray first =
    R"({"rows":[{"id":6,"name":"a.shop.com","at":1},{"id":7,"name":"b.shop.com",
    "at":2}]})";

QList<Bookmark> bookmarksOf(const QList<Observation> &told)
{
    QList<Bookmark> bookmarks;
    for (const Observation &each : told) {
        if (each.bookmark)
            bookmarks.append(*each.bookmark);
    }
    return bookmarks;
}

} // namespace

/// How described sources go on behind their last answer, and what servers say of answers that are
/// known.
class TstSourceBookmarks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEyeAsksOnlyForWhatCameSince()
    {
        ManifestLab lab(manifestOf(growing(byLast)));
        lab.server.script("/rows?q=shop.com", {{.body = first}});
        lab.server.script("/rows?q=shop.com&after=7",
                          {{.body = R"({"rows":[{"id":9,"name":"c.shop.com","at":3}]})"}});
        lab.server.script("/rows?q=shop.com&after=9", {{.body = R"({"rows":[]})"}});
        const auto whole = lab.ask(u"shop.com"_s);
        QCOMPARE(whole[0].extent, Extent::Whole);
        QCOMPARE(bookmarksOf(whole).value(0).cursor, u"7"_s);
        const auto since = lab.ask(u"shop.com"_s, Purpose::Poll, bookmarksOf(whole));
        QCOMPARE(since[0].extent, Extent::Since);
        QCOMPARE(since[0].records.size(), 1);
        QCOMPARE(bookmarksOf(since).value(0).cursor, u"9"_s);
        QCOMPARE(bookmarksOf(since).value(0).wholeAt, bookmarksOf(whole).value(0).wholeAt);
        const auto nothing = lab.ask(u"shop.com"_s, Purpose::Poll, bookmarksOf(since));
        QCOMPARE(nothing[0].outcome, Outcome::Complete); // never "there is nothing"
        QVERIFY(nothing[0].records.isEmpty());
        QVERIFY(!nothing[0].bookmark); // it stays where it is
        QCOMPARE(lab.paths().size(), 3);
    }

    void peopleAndTogglesAskForEverything_data()
    {
        QTest::addColumn<Purpose>("purpose");
        QTest::newRow("a person") << Purpose::Person;
        QTest::newRow("a toggle") << Purpose::Baseline;
    }
    void peopleAndTogglesAskForEverything()
    {
        QFETCH(Purpose, purpose);
        ManifestLab lab(manifestOf(growing(byLast)));
        lab.server.script("/rows?q=shop.com", {{.body = first}});
        const auto whole = lab.ask(u"shop.com"_s);
        const auto again = lab.ask(u"shop.com"_s, purpose, bookmarksOf(whole));
        QCOMPARE(again[0].extent, Extent::Whole);
        QCOMPARE(again[0].records.size(), 2);
        QCOMPARE(lab.paths()[1], "/rows?q=shop.com");
    }

    void aBookmarkOfAnotherRequestSaysNothing_data()
    {
        QTest::addColumn<QByteArray>("what");
        QTest::addColumn<QByteArray>("instead");
        QTest::newRow("version") << QByteArray("\"version\": 1") << QByteArray("\"version\": 2");
        QTest::newRow("request") << QByteArray("\"path\": \"/rows\"")
                                 << QByteArray("\"path\": \"/lines\"");
        QTest::newRow("cursor") << QByteArray("\"after\"") << QByteArray("\"behind\"");
    }
    void aBookmarkOfAnotherRequestSaysNothing()
    {
        QFETCH(QByteArray, what);
        QFETCH(QByteArray, instead);
        ManifestLab before(manifestOf(growing(byLast)));
        before.server.script("/rows?q=shop.com", {{.body = first}});
        const auto bookmarks = bookmarksOf(before.ask(u"shop.com"_s));
        QCOMPARE(bookmarks.size(), 1);
        ManifestLab after(manifestOf(growing(byLast).replace(what, instead)));
        (void)after.ask(u"shop.com"_s, Purpose::Poll, bookmarks);
        QVERIFY(after.paths().first().endsWith("?q=shop.com"));
    }

    void whatIsOldIsAskedForAsAWhole()
    {
        ManifestLab lab(manifestOf(growing(byLast)));
        lab.server.script("/rows?q=shop.com", {{.body = first}});
        auto bookmarks = bookmarksOf(lab.ask(u"shop.com"_s));
        bookmarks[0].wholeAt = bookmarks[0].wholeAt - 8 * dayMs;
        QCOMPARE(lab.ask(u"shop.com"_s, Purpose::Poll, bookmarks)[0].extent, Extent::Whole);
    }

    void aServerThatRefusesACursorIsAskedForEverything()
    {
        ManifestLab lab(manifestOf(growing(byLast)));
        lab.server.script("/rows?q=shop.com", {{.body = first}});
        lab.server.script("/rows?q=shop.com&after=7", {{.status = 400, .body = "{}"}});
        const auto bookmarks = bookmarksOf(lab.ask(u"shop.com"_s));
        const auto again = lab.ask(u"shop.com"_s, Purpose::Poll, bookmarks);
        QCOMPARE(again[0].extent, Extent::Whole);
        QCOMPARE(again[0].records.size(), 2);
        QCOMPARE(bookmarksOf(again).value(0).cursor, u"7"_s);
        QCOMPARE(lab.paths().size(), 3);
    }

    void anAnswerSinceThatIsNotUnderstoodRemovesItsPlace()
    {
        ManifestLab lab(manifestOf(growing(byLast)));
        lab.server.script("/rows?q=shop.com", {{.body = first}});
        lab.server.script("/rows?q=shop.com&after=7", {{.body = R"({"oops":1})"}});
        const auto bookmarks = bookmarksOf(lab.ask(u"shop.com"_s));
        const auto since = lab.ask(u"shop.com"_s, Purpose::Poll, bookmarks);
        QCOMPARE(since[0].outcome, Outcome::Malformed);
        QVERIFY(bookmarksOf(since).value(0).saysNothing());
    }

    void aCutAnswerGoesOnWhereItEnded()
    {
        const QByteArray paging =
            R"("paging": {"by": "cursor", "parameter": "after", "rows": "/rows",
            "next": "/rows/-/id", "most": 2},)";
        ManifestLab lab(manifestOf(growing(byLast + paging).replace("\"whole\"", "\"paged\"")));
        const auto page = [](int id) {
            return QByteArray(R"({"rows":[{"id":%,"name":"%.shop.com"}]})")
                .replace('%', QByteArray::number(id));
        };
        lab.server.script("/rows?q=shop.com", {{.body = page(1)}});
        for (int i = 1; i < 4; ++i)
            lab.server.script("/rows?q=shop.com&after=" + QByteArray::number(i),
                              {{.body = i < 3 ? page(i + 1) : QByteArray(R"({"rows":[]})")}});
        const auto cut = lab.ask(u"shop.com"_s);
        QCOMPARE(cut[0].outcome, Outcome::Truncated);
        QCOMPARE(bookmarksOf(cut).value(0).cursor, u"2"_s);
        const auto rest = lab.ask(u"shop.com"_s, Purpose::Poll, bookmarksOf(cut));
        QCOMPARE(rest[0].outcome, Outcome::Complete);
        QCOMPARE(rest[0].records.size(), 1);
        QCOMPARE(lab.paths().last(), "/rows?q=shop.com&after=3");
        const auto person = lab.ask(u"shop.com"_s, Purpose::Person, bookmarksOf(rest));
        QCOMPARE(person[0].outcome, Outcome::Truncated);
        QCOMPARE(bookmarksOf(person).value(0).cursor, u"3"_s); // an eye was farther already
    }

    void theTimeOfAskingIsAFence()
    {
        ManifestLab lab(manifestOf(growing(byAsked)));
        lab.server.script("/rows?q=shop.com", {{.body = first}});
        const qint64 before = lab.clock.now().seconds();
        const auto bookmarks = bookmarksOf(lab.ask(u"shop.com"_s));
        const qint64 fence = bookmarks.value(0).cursor.toLongLong();
        QVERIFY(fence >= before - 3600 && fence <= lab.clock.now().seconds() - 3600);
        const QByteArray path = "/rows?q=shop.com%20since%20" + bookmarks[0].cursor.toUtf8();
        lab.server.script(path, {{.body = R"({"rows":[]})"}});
        (void)lab.ask(u"shop.com"_s, Purpose::Poll, bookmarks);
        QCOMPARE(lab.paths().last(), path);
    }

    void anAnswerThatIsNotAllMovesNoFence()
    {
        ManifestLab lab(
            manifestOf(growing(byAsked).replace("\"whole\"", R"({"most": 2, "rows": "/rows"})")));
        lab.server.script("/rows?q=shop.com", {{.body = first}});
        const auto told = lab.ask(u"shop.com"_s);
        QCOMPARE(told[0].outcome, Outcome::Truncated);
        QVERIFY(bookmarksOf(told).value(0).cursor.isEmpty());
    }

    void aServerSaysThatAnAnswerIsTheSame()
    {
        ManifestLab lab(manifestOf(growing({})));
        lab.server.script(
            "/rows?q=shop.com",
            {{.headers = {{"ETag", "\"v1\""}, {"Last-Modified", "Sun, 22 Nov 2026 10:00:00 GMT"}},
              .body = first},
             {.status = 304}});
        const auto whole = lab.ask(u"shop.com"_s);
        QVERIFY(!lab.server.requests().last().headers.contains("if-none-match"));
        const auto same = lab.ask(u"shop.com"_s, Purpose::Person, bookmarksOf(whole));
        QCOMPARE(lab.server.requests().last().headers.value("if-none-match"), "\"v1\"");
        QCOMPARE(lab.server.requests().last().headers.value("if-modified-since"),
                 "Sun, 22 Nov 2026 10:00:00 GMT");
        QCOMPARE(same[0].extent, Extent::Same);
        QCOMPARE(same[0].outcome, Outcome::Complete);
        QVERIFY(!same[0].bookmark);
    }

    void questionsThatSpeakTogetherAreAskedInFull()
    {
        ManifestLab lab(bundledManifest(u"ripestat"_s));
        const QByteArray query = "?resource=193.0.6.139&sourceapp=watchglass";
        const QByteArray prefix = "/data/prefix-overview/data.json" + query;
        const QByteArray abuse = "/data/abuse-contact-finder/data.json" + query;
        const QList<std::pair<QByteArray, QByteArray>> tag{{"ETag", "\"v1\""}};
        lab.server.script(prefix, {{.headers = tag, .body = R"({"data":{"announced":true,
            "asns":[{"asn":3333,"holder":"X"}],"resource":"193.0.0.0/21"}})"}});
        lab.server.script(abuse,
                          {{.headers = tag, .body = R"({"data":{"abuse_contacts":["a@b.net"]}})"}});
        const auto whole = lab.ask(u"193.0.6.139"_s);
        (void)lab.ask(u"193.0.6.139"_s, Purpose::Poll, bookmarksOf(whole));
        QCOMPARE(lab.server.requests().size(), 4);
        for (const HttpRequest &request : lab.server.requests())
            QVERIFY(!request.headers.contains("if-none-match"));
    }

    void nobodyWhoWasNotAskedSaysThatItIsTheSame()
    {
        ManifestLab lab(manifestOf(growing({})));
        lab.server.script("/rows?q=shop.com", {{.status = 304}});
        QCOMPARE(lab.ask(u"shop.com"_s)[0].outcome, Outcome::Malformed);
    }

    void mistakesInACursorAreTold_data()
    {
        QTest::addColumn<QByteArray>("more");
        QTest::addColumn<QString>("why");
        const auto row = [](const char *name, const char *more, const char *why) {
            QTest::newRow(name) << QByteArray(more) << QString::fromUtf8(why);
        };
        row("what it is", R"("cursor": {"at": "/rows", "query": {"a": "{cursor}"}},)",
            "19:23: \"by\" is missing");
        row("where it is", R"("cursor": {"by": "last", "query": {"a": "{cursor}"}},)",
            "\"at\" is missing");
        row("how it is sent", R"("cursor": {"by": "asked"},)", "\"query\" is missing");
        row("not sent", R"("cursor": {"by": "asked", "query": {"a": "b"}},)",
            "19:48: \"query\" must hold {cursor}");
        row("a time", R"("cursor": {"by": "asked", "whole": "soon", "query": {"a": "{cursor}"}},)",
            "\"whole\" must be a time like \"6 hours\"");
        row("current",
            R"("presence": "current", "cursor": {"by": "asked", "query": {"a": "{cursor}"}},)",
            "a question with a \"cursor\" must be \"historical\"");
        row("lines",
            R"("format": "cof", "cursor": {"by": "last", "at": "/a", "query": {"a": "{cursor}"}},)",
            "only the time of asking can be a cursor in this format");
    }
    void mistakesInACursorAreTold()
    {
        QFETCH(QByteArray, more);
        QFETCH(QString, why);
        const auto manifest = readManifest(growing(more));
        QVERIFY(!manifest.ok());
        QVERIFY2(manifest.error().detail.contains(why), qPrintable(manifest.error().detail));
    }
};

WG_TEST(TstSourceBookmarks)
#include "tst_bookmarks.moc"
