// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench.h"
#include "store/backup.h"
#include "store/migrator.h"
#include "store/store.h"
#include "support/runner.h"

#include <QDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace wg;
using namespace wg::test;

Q_DECLARE_METATYPE(wg::Engine)

static constexpr qint64 pageSize = 8192;

/// Starts: first, ordinary, after a crash, with a damaged file, from other schemas. And the
/// threads.
class tst_Opening : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFirstStartSaysSo();
    void filesAreForTheOwnerAlone();
    void aNewerSchemaIsRefused_data() { engines(); }
    void aNewerSchemaIsRefused();
    void migrationsGoStepByStepOnBothEngines_data() { engines(); }
    void migrationsGoStepByStepOnBothEngines();
    void aWorkspaceOfTheFirstSchemaGoesOn();
    void aFailingStepChangesNothing();
    void aDamagedFileIsKeptAsideAndTheNewestGoodBackupRestored();
    void aDamagedFileWithoutBackupBecomesAnEmptyStore();
    void aFileCutToNothingIsDamageWhereThereAreBackups();
    void aFileThatIsGoneIsDamageWhereThereAreBackups();
    void damageThatAReaderMeetsIsMendedAtTheNextStart();
    void damageThatTheWriterMeetsIsMendedAtTheNextStart();
    void damageInManyPlacesNeverCrashes();
    void aBackupHoldsEverythingAndIsPrivate();
    void aBackupThatCannotBeWrittenSaysSo();
    void aFolderThatCannotBeMadeSaysSo();
    void theStoreAnswersFromItsThreads();
    void aStoreThatGoesFinishesQueuedWrites();
    void aCancelledReadIsNotRun();
    void aSlowOpeningIsForeseen();

private:
    static void engines();
    static void fill(Bench &bench);
    static void workspaceWithBackup(const QString &folder);
    static void damageFacts(const QString &file);
    static void overwrite(const QString &file, qint64 at, const QByteArray &bytes);
};

void tst_Opening::engines()
{
    QTest::addColumn<Engine>("engine");
    QTest::newRow("sqlite") << Engine::Sqlite;
    QTest::newRow("postgres") << Engine::Postgres;
}

void tst_Opening::fill(Bench &bench)
{
    bench.journal(Verb::EyeOn, {domain(u"example.com"_s)});
    QStringList values;
    for (int i = 0; i < 250; ++i)
        values.append(u"192.0.2.%1"_s.arg(i));
    bench.dns(u"example.com"_s, u"A"_s, values);
    bench.dns(u"example.com"_s, u"A"_s, values + QStringList{u"198.51.100.1"_s});
}

/// A workspace that was closed well, with one backup.
void tst_Opening::workspaceWithBackup(const QString &folder)
{
    Bench bench;
    fill(bench);
    QFile::remove(databaseFile(folder)); // no backup takes the place of a workspace's own
    QVERIFY(QDir(folder).mkpath(u"backups"_s));
    QVERIFY(bench.reader->backupTo(backupFolder(folder) + u"/old.db"_s).ok());
    QVERIFY(bench.reader->backupTo(databaseFile(folder)).ok());
    markClean(*Database::open({databaseFile(folder), {}, Access::Write}).value());
}

/// Overwrites the first page of the table of facts and leaves the others as they are.
void tst_Opening::damageFacts(const QString &file)
{
    qint64 page = 0;
    {
        auto database = Database::open({file, {}, Access::Read}).value();
        auto row = database->query("SELECT rootpage FROM sqlite_master WHERE name='fact'");
        QVERIFY(row.next());
        page = row.number(0);
    }
    overwrite(file, (page - 1) * pageSize, QByteArray(pageSize, '\x5a'));
}

void tst_Opening::overwrite(const QString &file, qint64 at, const QByteArray &bytes)
{
    QFile damaged(file);
    QVERIFY(damaged.open(QIODevice::ReadWrite));
    QVERIFY(damaged.seek(at));
    QCOMPARE(damaged.write(bytes), bytes.size());
}

void tst_Opening::theFirstStartSaysSo()
{
    QTemporaryDir folder;
    HeldClock clock;
    const StoreConfig config{folder.filePath(u"deep/er"_s), {}, &clock};
    auto first = Store::open(config);
    QVERIFY(first.ok());
    QVERIFY((*first)->opening().created);
    first->reset();
    auto second = Store::open(config);
    QVERIFY(!(*second)->opening().created);
    QVERIFY((*second)->opening().keptAside.isEmpty());
}

void tst_Opening::filesAreForTheOwnerAlone()
{
    Bench bench;
    fill(bench);
    QVERIFY(bench.reader->backupTo(bench.folder() + u"/copy.db"_s).ok());
    constexpr auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup
        | QFileDevice::ReadOther | QFileDevice::WriteOther;
    const auto files = QDir(bench.folder()).entryInfoList(QDir::Files);
    QVERIFY(files.size() >= 4);
    for (const QFileInfo &file : files)
        QVERIFY2(!(file.permissions() & others), qPrintable(file.fileName()));
}

void tst_Opening::aNewerSchemaIsRefused()
{
    QFETCH(Engine, engine);
    Bench bench(engine);
    const auto written = bench.database->transact<Done>([&] {
        bench.database->run("INSERT INTO schema_step (step, at) VALUES (9999, 1)");
        return Done{};
    });
    QVERIFY(written.ok());
    const auto opened = openForWriting(bench.config());
    QVERIFY(!opened.ok());
    QCOMPARE(opened.error().code, ErrorCode::NewerSchema);
    QVERIFY(opened.error().detail.contains(u"9999"_s));
}

void tst_Opening::migrationsGoStepByStepOnBothEngines()
{
    QFETCH(Engine, engine);
    Bench bench(engine);
    const int base = Migrator(*bench.database).newest();
    QMap<int, QString> steps{
        {base + 1,
         u"-- a comment\nCREATE TABLE later (id {identity}, words {text})\n--;\n"
         "INSERT INTO later (words) VALUES ('one')\n"_s},
        {base + 2, u"CREATE TABLE last (a {i64} NOT NULL, b {bytes}, PRIMARY KEY (a)) {keyed}"_s}};
    Migrator migrator(*bench.database, steps);
    QCOMPARE(*migrator.version(), base);
    QVERIFY(migrator.migrate(bench.clock.now()).ok());
    QCOMPARE(*migrator.version(), base + 2);
    QVERIFY(migrator.migrate(bench.clock.now()).ok());
    auto row = bench.database->query("SELECT words FROM later");
    QVERIFY(row.next());
    QCOMPARE(row.text(0), u"one"_s);
    QVERIFY(!row.next());
}

void tst_Opening::aWorkspaceOfTheFirstSchemaGoesOn()
{
    QTemporaryDir folder;
    HeldClock clock;
    StoreConfig config;
    config.folder = folder.path();
    config.clock = &clock;
    {
        auto database = Database::open({databaseFile(folder.path()), {}, Access::Write});
        QVERIFY(database.ok());
        Database &old = **database;
        QFile base(u":/sql/0001_base.sql"_s);
        Migrator compiled(old); // brings the steps into this program
        QVERIFY(compiled.newest() > 1 && base.open(QIODevice::ReadOnly));
        QVERIFY(Migrator(old, {{1, QString::fromUtf8(base.readAll())}}).migrate({}).ok());
        const auto filled = old.transact<Done>([&old] {
            old.run("INSERT INTO artifact (id, kind, value) VALUES (1, ?, 'example.com'),"
                    " (2, ?, '192.0.2.1')",
                    int(ArtifactKind::Domain), int(ArtifactKind::Ipv4));
            old.run("INSERT INTO source (id, name) VALUES (1, 'dns@192.0.2.53')");
            old.run("INSERT INTO word (id, words) VALUES (1, 'A')");
            old.run("INSERT INTO monitor (id, artifact, is_on, since_at, baseline_seq, author)"
                    " VALUES (?, 1, 1, 5, 0, 'Ada')",
                    QByteArray(16, 'm'));
            old.run("INSERT INTO fact (owner, dataset, rtype, vkey, rid, state, identity)"
                    " VALUES (1, ?, 1, '192.0.2.1', ?, ?, 1)",
                    int(Dataset::Resolutions), QByteArray(16, 'r'), QByteArray(16, 's'));
            old.run("INSERT INTO reverse (value, dataset, owner, rtype, rid)"
                    " VALUES (2, ?, 1, 1, ?)",
                    int(Dataset::Resolutions), QByteArray(16, 'r'));
            old.run("INSERT INTO check_now (artifact, source, dataset, question, outcome, parser,"
                    " from_at, until_at, n, set_hash, records, presence)"
                    " VALUES (1, 1, ?, 1, 0, 1, 10, 20, 3, ?, 1, 1)",
                    int(Dataset::Resolutions), QByteArray(16, 'h'));
            return Done{};
        });
        QVERIFY2(filled.ok(), filled.ok() ? "" : qPrintable(filled.error().detail));
    }
    const auto opened = openForWriting(config);
    QVERIFY2(opened.ok(), opened.ok() ? "" : qPrintable(opened.error().detail));
    QCOMPARE(opened->opening.migratedFrom, 1);
    Reader reader(*opened->database, clock);
    QCOMPARE(*reader.watchedCount(), 1);
    QCOMPARE(*reader.integrity(), QStringList{u"ok"_s});
    const auto summary = reader.summary(domain(u"example.com"_s));
    QCOMPARE(summary->checks.size(), 1);
    QCOMPARE(summary->checks[0].count, 3);
    QCOMPARE(summary->checks[0].at, Instant{20});
}

void tst_Opening::aFailingStepChangesNothing()
{
    Bench bench;
    const int base = Migrator(*bench.database).newest();
    Migrator migrator(*bench.database,
                      {{base + 1, u"CREATE TABLE half (x {i64})\n--;\nCREATE NONSENSE"_s}});
    QVERIFY(!migrator.migrate(bench.clock.now()).ok());
    QCOMPARE(*migrator.version(), base);
    auto row = bench.database->query("SELECT count(*) FROM sqlite_master WHERE name='half'");
    QVERIFY(row.next());
    QCOMPARE(row.number(0), 0);
}

void tst_Opening::aDamagedFileIsKeptAsideAndTheNewestGoodBackupRestored()
{
    QTemporaryDir folder;
    QString file;
    StoreConfig config;
    HeldClock clock;
    {
        Bench bench;
        fill(bench);
        QVERIFY(QDir(folder.path()).mkpath(u"backups"_s));
        QVERIFY(bench.reader->backupTo(backupFolder(folder.path()) + u"/old.db"_s).ok());
        QVERIFY(bench.reader->backupTo(databaseFile(folder.path())).ok());
    }
    // A newer backup is worthless itself.
    QFile worthless(backupFolder(folder.path()) + u"/newer.db"_s);
    QVERIFY(worthless.open(QIODevice::WriteOnly));
    worthless.write(QByteArray(100'000, 'x'));
    worthless.close();
    file = databaseFile(folder.path());
    overwrite(file, pageSize * 3, QByteArray(pageSize * 6, '\x5a'));
    config.folder = folder.path();
    config.clock = &clock;
    auto opened = openForWriting(config);
    QVERIFY(opened.ok());
    QVERIFY(opened->opening.restoredFrom.endsWith(u"/old.db"_s));
    QVERIFY(QFileInfo::exists(opened->opening.keptAside));
    QVERIFY(!opened->opening.created);
    DatabaseConfig read{file, {}, Access::Read};
    auto reading = Database::open(read);
    Reader reader(**reading, clock);
    FactQuery query{domain(u"example.com"_s), Dataset::Resolutions, {}, false, {}, 500};
    QCOMPARE(reader.facts(query)->rows.size(), 251);
    QVERIFY(*reader.isWatched(domain(u"example.com"_s)));
    QCOMPARE(*reader.integrity(), QStringList{u"ok"_s});
}

void tst_Opening::aDamagedFileWithoutBackupBecomesAnEmptyStore()
{
    QTemporaryDir folder;
    HeldClock clock;
    const StoreConfig config{folder.path(), {}, &clock};
    const QByteArray garbage(50'000, 'g');
    QFile file(databaseFile(folder.path()));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(garbage);
    file.close();
    auto opened = Store::open(config);
    QVERIFY(opened.ok());
    const StoreOpening opening = (*opened)->opening();
    QVERIFY(opening.restoredFrom.isEmpty());
    QFile aside(opening.keptAside);
    QVERIFY(aside.open(QIODevice::ReadOnly));
    QCOMPARE(aside.readAll(), garbage);
}

void tst_Opening::aFileCutToNothingIsDamageWhereThereAreBackups()
{
    QTemporaryDir folder;
    HeldClock clock;
    const StoreConfig config{folder.path(), {}, &clock};
    {
        QFile empty(databaseFile(folder.path()));
        QVERIFY(empty.open(QIODevice::WriteOnly));
    }
    QVERIFY(Store::open(config).value()->opening().created);
    workspaceWithBackup(folder.path());
    QVERIFY(QFile::resize(databaseFile(folder.path()), 0));
    auto store = Store::open(config).value();
    QVERIFY(!store->opening().created);
    QCOMPARE(QFileInfo(store->opening().keptAside).size(), 0);
    QVERIFY(store->opening().restoredFrom.endsWith(u"/old.db"_s));
    const auto watched = store->read<bool>(
        [](Reader &reader) { return reader.isWatched(domain(u"example.com"_s)); });
    QVERIFY(*watched.result());
}

void tst_Opening::aFileThatIsGoneIsDamageWhereThereAreBackups()
{
    QTemporaryDir folder;
    HeldClock clock;
    const StoreConfig config{folder.path(), {}, &clock};
    workspaceWithBackup(folder.path());
    const QString file = databaseFile(folder.path());
    QVERIFY(QFile::remove(file));
    // The journal of what is gone must not be played into what takes its place.
    QFile journal(file + u"-wal"_s);
    QVERIFY(journal.open(QIODevice::WriteOnly));
    journal.write(QByteArray(5000, 'w'));
    journal.close();
    auto store = Store::open(config).value();
    QVERIFY(!store->opening().created);
    QVERIFY(!store->opening().damage.isEmpty());
    QVERIFY(store->opening().keptAside.isEmpty());
    QVERIFY(store->opening().restoredFrom.endsWith(u"/old.db"_s));
    QCOMPARE(QDir(folder.path()).entryList({u"*.damaged-*-wal"_s}).size(), 1);
    const auto watched = store->read<bool>(
        [](Reader &reader) { return reader.isWatched(domain(u"example.com"_s)); });
    QVERIFY(*watched.result());
}

void tst_Opening::damageThatAReaderMeetsIsMendedAtTheNextStart()
{
    QTemporaryDir folder;
    HeldClock clock;
    const StoreConfig config{folder.path(), {}, &clock};
    const FactQuery query{domain(u"example.com"_s), Dataset::Resolutions, {}, false, {}, 500};
    workspaceWithBackup(folder.path());
    damageFacts(databaseFile(folder.path()));
    {
        auto store = Store::open(config).value();
        QVERIFY(store->opening().keptAside.isEmpty()); // it was closed well: nobody looks
        const auto facts =
            store->read<FactPage>([&query](Reader &reader) { return reader.facts(query); });
        QCOMPARE(facts.result().error().code, ErrorCode::Corrupt);
    }
    auto store = Store::open(config).value();
    QVERIFY(!store->opening().keptAside.isEmpty());
    QVERIFY(store->opening().restoredFrom.endsWith(u"/old.db"_s));
    const auto facts =
        store->read<FactPage>([&query](Reader &reader) { return reader.facts(query); });
    QCOMPARE(facts.result()->rows.size(), 251);
}

void tst_Opening::damageThatTheWriterMeetsIsMendedAtTheNextStart()
{
    QTemporaryDir folder;
    HeldClock clock;
    workspaceWithBackup(folder.path());
    damageFacts(databaseFile(folder.path()));
    {
        auto opened = openForWriting({folder.path(), {}, &clock}).value();
        opened.database->run("DELETE FROM fact");
        QCOMPARE(opened.database->takeError().code, ErrorCode::Corrupt);
        markClean(*opened.database);
    }
    const auto opened = openForWriting({folder.path(), {}, &clock});
    QVERIFY(opened->opening.restoredFrom.endsWith(u"/old.db"_s));
}

void tst_Opening::damageInManyPlacesNeverCrashes()
{
    QTemporaryDir source;
    const QString good = source.filePath(u"good.db"_s);
    {
        Bench bench;
        fill(bench);
        QVERIFY(bench.reader->backupTo(good).ok());
    }
    const qint64 size = QFileInfo(good).size();
    HeldClock clock;
    int asides = 0;
    for (int place = 0; place < 60; ++place) {
        QTemporaryDir folder;
        const QString file = databaseFile(folder.path());
        QVERIFY(QFile::copy(good, file));
        // A page's head, where damage shows; what a value says nobody can check.
        overwrite(file, size / pageSize * place / 60 * pageSize,
                  QByteArray(200, char(0x80 + place)));
        auto opened = openForWriting({folder.path(), {}, &clock});
        QVERIFY2(opened.ok(), qPrintable(opened.ok() ? QString() : opened.error().detail));
        asides += opened->opening.keptAside.isEmpty() ? 0 : 1;
        Reader reader(*opened->database, clock);
        const auto facts =
            reader.facts({domain(u"example.com"_s), Dataset::Resolutions, {}, false, {}, 500});
        QVERIFY(facts.ok() || facts.error().code == ErrorCode::Corrupt);
    }
    QVERIFY(asides > 20);
}

void tst_Opening::aBackupHoldsEverythingAndIsPrivate()
{
    Bench bench;
    fill(bench);
    const auto version = *bench.reader->contentVersion();
    const QString target = bench.folder() + u"/backup.db"_s;
    QVERIFY(bench.reader->backupTo(target).ok());
    QVERIFY(bench.reader->backupTo(target).ok());
    QCOMPARE(QDir(bench.folder()).entryList({u"*.part"_s}).size(), 0);
    QVERIFY(backup::check(target).ok());
    auto copy = Database::open({target, {}, Access::Read});
    Reader reader(**copy, bench.clock);
    QCOMPARE(*reader.contentVersion(), version);
    QCOMPARE(reader.cards({})->cards.size(), 1);
    // An unchanged check is no new content; anything else is.
    QStringList values;
    for (int i = 0; i < 250; ++i)
        values.append(u"192.0.2.%1"_s.arg(i));
    bench.dns(u"example.com"_s, u"A"_s, values + QStringList{u"198.51.100.1"_s});
    QCOMPARE(*bench.reader->contentVersion(), version);
    QVERIFY(bench.writer->setSetting(u"a"_s, u"b"_s).ok());
    QVERIFY(*bench.reader->contentVersion() != version);
}

void tst_Opening::aBackupThatCannotBeWrittenSaysSo()
{
    Bench bench;
    const auto done = bench.reader->backupTo(u"/proc/no/backup.db"_s);
    QCOMPARE(done.error().code, ErrorCode::NotWritable);
}

void tst_Opening::aFolderThatCannotBeMadeSaysSo()
{
    HeldClock clock;
    const auto opened = Store::open({u"/proc/nowhere"_s, {}, &clock});
    QCOMPARE(opened.error().code, ErrorCode::NotWritable);
}

void tst_Opening::theStoreAnswersFromItsThreads()
{
    QTemporaryDir folder;
    HeldClock clock;
    auto store = Store::open({folder.path(), {}, &clock}).value();
    const auto written =
        store->write<Done>([](Writer &writer) { return writer.setSetting(u"k"_s, u"v"_s); });
    QVERIFY(written.result().ok());
    QList<QFuture<Result<Settings>>> reads;
    for (int i = 0; i < 20; ++i)
        reads.append(store->read<Settings>([](Reader &reader) { return reader.settings(); }));
    for (const auto &read : reads)
        QCOMPARE(read.result()->stored().value(u"k"_s), u"v"_s);
}

void tst_Opening::aStoreThatGoesFinishesQueuedWrites()
{
    QTemporaryDir folder;
    HeldClock clock;
    const StoreConfig config{folder.path(), {}, &clock};
    {
        auto store = Store::open(config).value();
        for (int i = 0; i < 200; ++i) {
            store->write<Done>(
                [i](Writer &writer) { return writer.setSetting(u"k%1"_s.arg(i), u"v"_s); });
        }
    }
    auto store = Store::open(config).value();
    const auto settings = store->read<Settings>([](Reader &reader) { return reader.settings(); });
    QCOMPARE(settings.result()->stored().size(), 200);
}

void tst_Opening::aCancelledReadIsNotRun()
{
    QTemporaryDir folder;
    HeldClock clock;
    auto store = Store::open({folder.path(), {}, &clock}).value();
    std::atomic<bool> go = false;
    std::atomic<int> run = 0;
    QList<QFuture<Result<Done>>> busy;
    for (int i = 0; i < 2; ++i) {
        busy.append(store->read<Done>([&go](Reader &) -> Result<Done> {
            while (!go)
                QThread::yieldCurrentThread();
            return Done{};
        }));
    }
    auto dropped = store->read<Done>([&run](Reader &) -> Result<Done> {
        ++run;
        return Done{};
    });
    dropped.cancel();
    go = true;
    for (auto &future : busy)
        future.waitForFinished();
    store.reset();
    QCOMPARE(run.load(), 0);
}

void tst_Opening::aSlowOpeningIsForeseen()
{
    QTemporaryDir folder;
    HeldClock clock;
    const auto resized = [&folder](qint64 size) {
        QFile file(databaseFile(folder.path()));
        return file.open(QIODevice::ReadWrite) && file.resize(size);
    };
    QVERIFY(!opensSlowly(folder.path()));
    QVERIFY(Store::open({folder.path(), {}, &clock}).ok());
    QVERIFY(resized(100 << 20));
    QVERIFY(!opensSlowly(folder.path()));
    QFile journal(databaseFile(folder.path()) + u"-wal"_s);
    QVERIFY(journal.open(QIODevice::WriteOnly) && journal.write("not closed") > 0);
    journal.close();
    QVERIFY(opensSlowly(folder.path()));
    QVERIFY(resized(1 << 20));
    QVERIFY(!opensSlowly(folder.path()));
    QVERIFY(journal.remove() && resized(100 << 20));
    overwrite(databaseFile(folder.path()), 60, QByteArray::fromHex("00000001"));
    QVERIFY(opensSlowly(folder.path()));
}

WG_TEST(tst_Opening)

#include "tst_opening.moc"
