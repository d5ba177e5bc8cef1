// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench.h"
#include "support/runner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace wg;
using namespace wg::test;

/// From where the next ask of a question goes on, and what answers tell that are not about
/// everything.
class TstBookmarks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_bench = std::make_unique<Bench>(); }

    void aBookmarkIsKeptWithItsAnswerAndReplaced_data()
    {
        QTest::addColumn<Engine>("engine");
        QTest::newRow("sqlite") << Engine::Sqlite;
        QTest::newRow("postgres") << Engine::Postgres;
    }
    void aBookmarkIsKeptWithItsAnswerAndReplaced()
    {
        QFETCH(Engine, engine);
        m_bench = std::make_unique<Bench>(engine);
        QVERIFY(bookmarks().isEmpty());
        take(answer({u"a"_s}, u"17"_s));
        QCOMPARE(bookmarks(), QList{bookmark(u"17"_s)});
        take(answer({u"b"_s}, u"18"_s, Extent::Since));
        QCOMPARE(bookmarks(), QList{bookmark(u"18"_s)});
        m_bench->restart();
        QCOMPARE(bookmarks(), QList{bookmark(u"18"_s)});
        QVERIFY(m_bench->writer->forgetBookmarks(u"crtsh"_s).ok());
        QCOMPARE(bookmarks().size(), 1);
        QVERIFY(m_bench->writer->forgetBookmarks(m_source).ok());
        QVERIFY(bookmarks().isEmpty());
    }

    void aFailureKeepsItsPlaceAndARefusalRemovesIt()
    {
        take(answer({u"a"_s}, u"17"_s));
        Observation failed = answer({}, u"99"_s, Extent::Since);
        failed.outcome = Outcome::Unreachable;
        take(failed);
        QCOMPARE(bookmarks(), QList{bookmark(u"17"_s)});
        failed.bookmark = bookmark({});
        failed.outcome = Outcome::Malformed;
        take(failed);
        QVERIFY(bookmarks().isEmpty());
    }

    void withoutAnAnswerNobodyGoesOn()
    {
        Observation failed = answer({}, u"17"_s);
        failed.outcome = Outcome::Unreachable;
        take(failed);
        QVERIFY(bookmarks().isEmpty());
    }

    void whatCameSinceTakesNothingAway()
    {
        m_bench->journal(Verb::EyeOn, {m_name});
        take(answer({u"a"_s, u"b"_s}, u"17"_s));
        take(answer({}, u"17"_s, Extent::Since));
        QCOMPARE(check().outcome, Outcome::Complete);
        take(answer({u"c"_s}, u"18"_s, Extent::Since));
        QCOMPARE(m_bench->deltas.constLast().questions.first().appeared.size(), 1);
        const auto count = m_bench->deltas.size();
        for (int i = 0; i < 3; ++i)
            take(answer({}, u"18"_s, Extent::Since));
        QCOMPARE(m_bench->deltas.size(), count);
        QCOMPARE(check().outcome, Outcome::Complete);
        QCOMPARE(values(), (QStringList{u"a"_s, u"b"_s, u"c"_s}));
    }

    void nothingSinceNothingIsStillNothing()
    {
        Observation none = answer({}, u"17"_s);
        none.outcome = Outcome::Empty;
        take(none);
        take(answer({}, u"17"_s, Extent::Since));
        QCOMPARE(check().outcome, Outcome::Empty);
        Observation failed = answer({}, {}, Extent::Since);
        failed.outcome = Outcome::Unreachable;
        failed.bookmark.reset();
        take(failed);
        take(answer({}, u"17"_s, Extent::Since));
        QCOMPARE(check().outcome, Outcome::Empty);
    }

    void theSameAnswerExtendsItsSpan()
    {
        take(answer({u"a"_s}, {}, Extent::Whole, "\"v1\""));
        const Instant first = m_bench->clock.now();
        for (int i = 0; i < 3; ++i)
            take(answer({}, {}, Extent::Same, "\"v1\""));
        QCOMPARE(check().outcome, Outcome::Complete);
        QCOMPARE(check().from, first);
        QCOMPARE(check().at, m_bench->clock.now());
        QCOMPARE(values(), QStringList{u"a"_s});
        take(answer({u"a"_s, u"b"_s}, {}, Extent::Whole, "\"v2\""));
        QCOMPARE(m_bench->deltas.constLast().questions.first().appeared.size(), 1);
    }

    void afterAFailureTheServerIsNotAskedWhetherItIsTheSame()
    {
        take(answer({u"a"_s}, {}, Extent::Whole, "\"v1\""));
        QCOMPARE(bookmarks().size(), 1);
        Observation failed = answer({}, {});
        failed.outcome = Outcome::Unreachable;
        failed.bookmark.reset();
        take(failed);
        QVERIFY(bookmarks().isEmpty());
        take(answer({}, {}, Extent::Same, "\"v1\"")); // it was under way
        QCOMPARE(check().outcome, Outcome::Unreachable);
        take(answer({u"a"_s}, {}, Extent::Whole, "\"v1\""));
        QCOMPARE(bookmarks().size(), 1);
    }

    void whatWaitsForItsConfirmationIsAskedInFull()
    {
        take(answer({u"a"_s, u"b"_s}, {}, Extent::Whole, "\"v1\"", Presence::Current));
        take(answer({u"a"_s}, {}, Extent::Whole, "\"v2\"", Presence::Current));
        QVERIFY(bookmarks().isEmpty());
        take(answer({u"a"_s}, {}, Extent::Whole, "\"v2\"", Presence::Current));
        QCOMPARE(bookmarks().size(), 1);
        QCOMPARE(values(), QStringList{u"a"_s});
    }

    void whatAnswersLackIsKeptSinceItWasFirstSeen()
    {
        const Instant now = m_bench->clock.now();
        Writer &writer = *m_bench->writer;
        QVERIFY(writer.rememberSource(m_source, Outcome::Complete, now, {}, {}).ok());
        QVERIFY(writer.rememberLacking(m_source, u"issuances"_s, {u"0/id"_s}, now).ok());
        QVERIFY(
            writer.rememberLacking(m_source, u"issuances"_s, {u"0/id"_s, u"0/x"_s}, now + 5).ok());
        QVERIFY(writer.rememberLacking(m_source, u"names"_s, {u"0/y"_s}, now + 7).ok());
        const auto memory = m_bench->reader->sourceMemories()->first();
        QCOMPARE(memory.lackingSince, std::optional(now));
        QCOMPARE(memory.lacking.value(u"issuances"_s), (QStringList{u"0/id"_s, u"0/x"_s}));
        QVERIFY(writer.rememberLacking(m_source, u"issuances"_s, {}, now + 9).ok());
        QCOMPARE(m_bench->reader->sourceMemories()->first().lacking.keys(),
                 QStringList{u"names"_s});
    }

private:
    [[nodiscard]] Bookmark bookmark(const QString &cursor, const QByteArray &etag = {}) const
    {
        return {u"issuances"_s, hashOf("https://example.com/"), cursor, etag, {}, m_whole};
    }

    [[nodiscard]] Observation answer(const QStringList &values, const QString &cursor,
                                     Extent extent = Extent::Whole, const QByteArray &etag = {},
                                     Presence presence = Presence::Historical) const
    {
        Observation answer;
        answer.question = {m_name, Dataset::Subdomains, m_source, u"issuances"_s};
        answer.presence = presence;
        answer.outcome = Outcome::Complete;
        answer.extent = extent;
        answer.bookmark = bookmark(cursor, etag);
        for (const QString &value : values)
            answer.records.append(record(m_name, Dataset::Subdomains, u"subdomain"_s, value));
        return answer;
    }

    void take(Observation answer)
    {
        m_bench->clock.forward(hourMs);
        answer.at = m_bench->clock.now();
        m_bench->take({{m_name, m_source, Purpose::Poll, {answer}, {}}});
    }

    QList<Bookmark> bookmarks() { return *m_bench->reader->bookmarks(m_name, m_source); }
    CheckState check() { return m_bench->reader->summary(m_name)->checks.first(); }
    QStringList values()
    {
        QStringList values;
        for (const FactRow &fact : m_bench->facts(m_name, Dataset::Subdomains)) {
            if (!fact.gone)
                values.append(fact.record.value.raw());
        }
        values.sort();
        return values;
    }

    std::unique_ptr<Bench> m_bench;
    const Artifact m_name = domain(u"example.com"_s);
    const QString m_source = u"certspotter"_s;
    const Instant m_whole{1'789'000'000'000};
};

WG_TEST(TstBookmarks)
#include "tst_bookmarks.moc"
