// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench.h"
#include "postgres.h"
#include "store/codec.h"
#include "store/factrows.h"
#include "store/migrator.h"
#include "support/runner.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace wg;
using namespace wg::test;

/// Facts of the tables before step 6, where facts and their spans stood apart.
class TstOldFacts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theyAreTheSameFacts_data()
    {
        QTest::addColumn<Engine>("engine");
        QTest::newRow("sqlite") << Engine::Sqlite;
        QTest::newRow("postgres") << Engine::Postgres;
    }
    void theyAreTheSameFacts();

private:
    /// One fact with its spans, as the old tables held them.
    struct Old
    {
        Record record;
        QList<qint64> sources;
        bool gone = false;
    };
    static void stepTo(Database &database, int last);
    static void insert(Database &database, const QList<Old> &facts);
    static QList<Record> oddTexts(const Artifact &name);
    static qint64 number(Database &database, const Artifact &artifact);
    static void compare(FactRows &facts, const Record &record);
};

namespace {

/// As values were cut until then: at 48 UTF-16 units, never within a surrogate pair.
QString oldKey(const QString &value)
{
    constexpr qsizetype most = 48;
    if (value.size() <= most)
        return value;
    return value.left(value.at(most - 1).isHighSurrogate() ? most - 1 : most);
}

constexpr qint64 toldAt = 1'700'000'000'123;

Record sample(const Artifact &owner, Dataset dataset, const QString &type, const QString &value,
              Identity identity = Identity::Value)
{
    Record made = record(owner, dataset, type, value);
    made.identity = identity;
    return made;
}

} // namespace

void TstOldFacts::stepTo(Database &database, int last)
{
    Migrator compiled(database); // brings the steps into this program
    QVERIFY(compiled.newest() >= 6);
    QMap<int, QString> steps;
    for (const QString &name : QDir(u":/sql"_s).entryList({u"*.sql"_s})) {
        QFile file(u":/sql/"_s + name);
        const int step = name.section(u'_', 0, 0).toInt();
        if (step <= last && file.open(QIODevice::ReadOnly))
            steps.insert(step, QString::fromUtf8(file.readAll()));
    }
    const auto done = Migrator(database, steps).migrate({});
    QVERIFY2(done.ok(), done.ok() ? "" : qPrintable(done.error().detail));
}

qint64 TstOldFacts::number(Database &database, const Artifact &artifact)
{
    database.run("INSERT INTO artifact (kind, value) VALUES (?,?) ON CONFLICT DO NOTHING",
                 int(artifact.kind), artifact.value);
    auto row = database.query("SELECT id FROM artifact WHERE kind=? AND value=?",
                              int(artifact.kind), artifact.value);
    return row.next() ? row.number(0) : 0;
}

void TstOldFacts::insert(Database &database, const QList<Old> &facts)
{
    database.run("INSERT INTO source (id, name) VALUES (1, 'one'), (2, 'two')"
                 " ON CONFLICT DO NOTHING");
    for (const Old &old : facts) {
        const Record &record = old.record;
        const QString &value = record.value.raw();
        const QString vkey = record.identity == Identity::Value ? oldKey(value) : QString();
        const qint64 owner = number(database, record.owner);
        database.run("INSERT INTO word (words) VALUES (?) ON CONFLICT DO NOTHING", record.type);
        qint64 type = 0;
        {
            auto row = database.query("SELECT id FROM word WHERE words=?", record.type);
            type = row.next() ? row.number(0) : 0;
        }
        database.run("INSERT INTO fact (owner, dataset, rtype, vkey, rid, state, identity, value,"
                     " attributes, details) VALUES (?,?,?,?,?,?,?,?,?,?)",
                     owner, int(record.dataset), type, vkey, recordId(record), recordState(record),
                     int(record.identity), vkey == value ? std::nullopt : std::optional(value),
                     codec::fromAttributes(record.attributes),
                     codec::fromAttributes(record.details));
        qint64 seq = 1;
        for (const qint64 source : old.sources) {
            database.run("INSERT INTO span (owner, dataset, rtype, rid, source, told_seq, told_at,"
                         " presence, world_first, world_last, gone_seq, gone_at, gone_how, state)"
                         " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                         owner, int(record.dataset), type, recordId(record), source, seq,
                         toldAt + source, int(Presence::Current), record.worldFirst,
                         record.worldLast, old.gone ? std::optional<qint64>(9) : std::nullopt,
                         old.gone ? std::optional<qint64>(toldAt + dayMs) : std::nullopt,
                         old.gone ? std::optional<qint64>(1) : std::nullopt, recordState(record));
            ++seq;
        }
        if (const auto found = valueArtifact(record)) {
            const bool own = vkey == oldKey(found->value);
            database.run("INSERT INTO reverse (value, dataset, owner, rtype, rid, vkey)"
                         " VALUES (?,?,?,?,?,?) ON CONFLICT DO NOTHING",
                         number(database, *found), int(record.dataset), owner, type,
                         recordId(record), own ? std::nullopt : std::optional(vkey));
        }
    }
    if (!facts.isEmpty()) {
        database.run("INSERT INTO absent (owner, dataset, rtype, rid, source, since_at, since_seq)"
                     " SELECT owner, dataset, rtype, rid, source, 5, 2 FROM span"
                     " WHERE gone_seq IS NULL ON CONFLICT DO NOTHING");
    }
}

void TstOldFacts::compare(FactRows &facts, const Record &record)
{
    const FactKey key = facts.keyOf(record);
    QList<SpanRow> spans = facts.spans(key);
    spans.removeIf([&](const SpanRow &span) { return span.state != recordState(record); });
    QVERIFY2(!spans.isEmpty(), qPrintable(record.type));
    for (const SpanRow &span : spans) {
        const Record kept = facts.record(key, span);
        QCOMPARE(kept.value, record.value);
        QCOMPARE(kept.attributes, record.attributes);
        QCOMPARE(kept.details, record.details);
        QCOMPARE(kept.worldFirst, wholeSeconds(record.worldFirst));
        QCOMPARE(kept.worldLast, wholeSeconds(record.worldLast));
        QCOMPARE(recordId(kept), key.id);
        QCOMPARE(span.toldAt, Instant{toldAt + span.source});
        QCOMPARE(facts.absence(key, span.source).has_value(), !span.goneAt.has_value());
    }
}

/// Longer than a key, with signs of ours, and with a mark that decoders drop, which stands twice.
QList<Record> TstOldFacts::oddTexts(const Artifact &name)
{
    const QString host = u"a"_s.repeated(60) + u'.' + u"b"_s.repeated(60) + u".net"_s;
    const QString mark = u"\ufeff"_s;
    const qsizetype longest = codec::longestSortKey;
    Record signs =
        sample(name, Dataset::Dns, u"TXT"_s, u"x"_s.repeated(longest) + mark + u"\x1cy\x1cz"_s);
    signs.details = {{u"ttl"_s, UntrustedText::trusted(u"60"_s)}};
    return {sample(name, Dataset::Dns, u"CNAME"_s, host), signs,
            sample(name, Dataset::Dns, u"TXT"_s, mark + u"x"_s.repeated(longest - 1)),
            sample(name, Dataset::Dns, u"TXT"_s, mark + u"y"_s.repeated(longest)),
            sample(name, Dataset::Whois, u"registrant"_s, mark + u"Example"_s, Identity::Type)};
}

void TstOldFacts::theyAreTheSameFacts()
{
    QFETCH(Engine, engine);
    QTemporaryDir folder;
    const auto words = engine == Engine::Postgres ? Postgres::shared().freshDatabase() : QString();
    auto database = Database::open({folder.filePath(u"old.db"_s), words, Access::Write}).value();
    const Artifact name = domain(u"example.com"_s);
    const QString longHost = u"a"_s.repeated(60) + u".example.net"_s;
    Record plain = sample(name, Dataset::Resolutions, u"A"_s, u"192.0.2.1"_s);
    plain.details = {{u"ttl"_s, UntrustedText::trusted(u"300"_s)}};
    plain.worldFirst = Instant{-1};
    plain.worldLast = Instant{1'600'000'000'999};
    Record mail = sample(name, Dataset::Dns, u"MX"_s, u"mail.example.com"_s);
    mail.attributes = {{u"preference"_s, UntrustedText::trusted(u"10"_s)}};
    Record otherMail = mail;
    otherMail.attributes = {{u"preference"_s, UntrustedText::trusted(u"20"_s)}};
    const Record text = sample(name, Dataset::Dns, u"TXT"_s, u"v=spf1 "_s + u"🐦é"_s.repeated(40));
    const Record alias = sample(name, Dataset::Dns, u"CNAME"_s, longHost);
    const QList<Record> odd = oddTexts(name);
    const Record registrar =
        sample(name, Dataset::Whois, u"registrar"_s, u"Example Inc."_s, Identity::Type);
    const Record host =
        sample(name, Dataset::Whois, u"nameserver"_s, u"ns1.example.org"_s, Identity::Type);
    stepTo(*database, 5);
    const auto filled = database->transact<Done>([&] {
        insert(*database,
               {{plain, {1, 2}},
                {mail, {1}, true},
                {otherMail, {2}},
                {text, {1, 2}},
                {alias, {1}},
                {registrar, {1}},
                {host, {2}}});
        insert(*database,
               {{odd[0], {1, 2}}, {odd[1], {2}}, {odd[2], {1}}, {odd[3], {1, 2}}, {odd[4], {1}}});
        return Done{};
    });
    QVERIFY2(filled.ok(), filled.ok() ? "" : qPrintable(filled.error().detail));
    stepTo(*database, 6);

    Interner interner(*database);
    FactRows facts(*database, interner);
    for (const Record &record :
         QList<Record>{plain, mail, otherMail, text, alias, registrar, host} + odd)
        compare(facts, record);
    QCOMPARE(facts.spans(facts.keyOf(plain)).size(), 2);
    QCOMPARE(facts.spans(facts.keyOf(mail))[0].goneHow, GoneHow::Absent);
    for (const Record &record : {plain, mail, alias, odd[0], host}) {
        const qint64 value = interner.findArtifact(*valueArtifact(record));
        QVERIFY2(!facts.openSpansAt(value, record.dataset, 2).isEmpty()
                     || !facts.openSpansAt(value, record.dataset, 1).isEmpty(),
                 qPrintable(record.type));
    }
    HeldClock clock;
    QVERIFY(Migrator(*database).migrate({}).ok());
    QCOMPARE(*Reader(*database, clock).integrity(), QStringList{u"ok"_s});
}

WG_TEST(TstOldFacts)
#include "tst_oldfacts.moc"
