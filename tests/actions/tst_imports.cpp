// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/actions.h"
#include "actions/watchedfolder.h"
#include "core/entitytext.h"
#include "support/futures.h"
#include "support/runner.h"

#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <atomic>

using namespace Qt::StringLiterals;
using namespace wg;

namespace {

constexpr int patienceMs = 20'000;
constexpr int quietMs = 50;

template <class T>
bool waitFor(const QFuture<T> &future)
{
    return test::waitFor(future, patienceMs);
}

Entity entity(const char *text)
{
    return *parseEntity(QString::fromLatin1(text));
}

/// A line of Squid's for each minute from a time on.
QByteArray proxyLines(Instant from, int count, const QByteArray &host = "www.shop.com")
{
    QByteArray lines;
    for (int i = 0; i < count; ++i) {
        lines += QByteArray::number(from.seconds() + qint64(i) * 60)
            + ".000 9 10.0.0.5 TCP_MISS/200 7 GET http://" + host + "/ - HIER_NONE/- -\n";
    }
    return lines;
}

/// A pipe into which somebody writes for ever.
class EndlessLog : public QIODevice
{
public:
    EndlessLog() { open(QIODevice::ReadOnly); }
    void end() { m_ended = true; }
    [[nodiscard]] bool isSequential() const override { return true; }
    [[nodiscard]] bool atEnd() const override { return m_ended; }

protected:
    qint64 readData(char *data, qint64 most) override
    {
        static const QByteArray line = proxyLines(Instant::fromSeconds(1'590'000'000), 1);
        if (m_ended || most < line.size())
            return 0;
        std::copy(line.cbegin(), line.cend(), data);
        return line.size();
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    std::atomic_bool m_ended = false;
};

} // namespace

/// Files of all kinds in the store, and the folder that is watched.
class TstImports : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        open();
        const auto set = m_actions->setSetting(u"pap"_s, u"RED"_s);
        QVERIFY(waitFor(set));
        const auto quiet = m_actions->setSetting(u"files.quiet"_s, u"0"_s);
        QVERIFY(waitFor(quiet) && quiet.result());
    }
    void cleanup() { m_actions.reset(); }

    void theSameLogChangesNothing_data()
    {
        QTest::addColumn<bool>("watched");
        QTest::newRow("nobody watches") << false;
        QTest::newRow("an eye is on") << true;
    }
    void theSameLogChangesNothing()
    {
        QFETCH(bool, watched);
        if (watched) {
            const auto on = m_actions->switchEyes({entity("www.shop.com")}, EyeState::On);
            QVERIFY(waitFor(on));
        }
        const Instant day = Instant::fromSeconds(1'590'000'000);
        const QByteArray log = proxyLines(day, 30);
        QCOMPARE(import(log).records, 1);
        QCOMPARE(seen("count"), u"30"_s);
        QCOMPARE(import(log).newRecords, 0);
        QCOMPARE(seen("count"), u"30"_s);
        import(log + proxyLines(day + hourMs, 5)); // the file has grown
        QCOMPARE(seen("count"), u"35"_s);
        import(proxyLines(day + 2 * dayMs, 7));
        import(log);
        QCOMPARE(seen("count"), u"42"_s);
        QCOMPARE(seen("hosts"), u"10.0.0.5"_s);
        const FactRow row = facts("www.shop.com").first();
        QCOMPARE(row.sightings.first().worldFirst, day);
        QCOMPARE(row.sightings.first().worldLast, day + 2 * dayMs + 6 * minuteMs);
    }

    void partsOfALogWithinASecondAddUp()
    {
        const QByteArray line = proxyLines(Instant::fromSeconds(1'590'000'000), 1);
        QByteArray first = line;
        QByteArray second = line + line + line;
        import(first.replace(".000", ".100"));
        import(second.replace(".000", ".700"));
        QCOMPARE(seen("count"), u"4"_s);
        QVERIFY(seen("count_at_most").isEmpty());
    }

    void importsTellNoStorm()
    {
        const auto on = m_actions->switchEyes({entity("www.shop.com")}, EyeState::On);
        QVERIFY(waitFor(on));
        QByteArray table = "domain,type,value,first_seen,last_seen\n";
        for (int i = 0; i < 100; ++i) {
            table +=
                "www.shop.com,A,198.51.100." + QByteArray::number(i) + ",2019-01-01,2019-02-01\n";
        }
        QCOMPARE(import(table).newRecords, 100);
        import(proxyLines(Instant::fromSeconds(1'590'000'000), 500));
        QCOMPARE(cards().size(), 0);
        const auto hidden = cards({CardState::Suppressed});
        QCOMPARE(hidden.size(), 2); // one of each file
        for (const Card &card : hidden)
            QCOMPARE(card.hiddenBy, u"backfill"_s);
        QByteArray fresh;
        const QByteArray now = QByteArray::number(double(m_clock.now().ms) / 1000, 'f', 3);
        for (int port = 8000; port < 8100; ++port) {
            fresh += now + " 9 10.0.0.5 TCP_TUNNEL/200 7 CONNECT www.shop.com:"
                + QByteArray::number(port) + " - HIER_NONE/- -\n";
        }
        for (int i = 0; i < 3; ++i) { // told once, however much it is
            import(fresh);
            QCOMPARE(cards().size(), 1);
        }
    }

    void twoImportsAtOnceDoNotMix()
    {
        const auto on = m_actions->switchEyes({entity("www.shop.com")}, EyeState::On);
        QVERIFY(waitFor(on));
        QList<QFuture<Result<ImportReport>>> all;
        for (int i = 0; i < 5; ++i) {
            all.append(start("domain,ip\nwww.shop.com,198.51.100." + QByteArray::number(i)
                             + "\nother.com,198.51.100.9\n"));
        }
        for (const auto &each : all)
            QVERIFY(waitFor(each) && each.result());
        QCOMPARE(facts("www.shop.com").size(), 5);
    }

    void anEndlessPipeKeepsNobodyWaiting()
    {
        QList<std::shared_ptr<EndlessLog>> pipes;
        QList<QFuture<Result<ImportReport>>> endless;
        for (int i = 0; i < 3; ++i) {
            pipes.append(std::make_shared<EndlessLog>());
            endless.append(m_actions->importFrom(pipes.last(), u"pipe"_s));
        }
        QCOMPARE(import("domain,ip\nwww.shop.com,198.51.100.1\n").records, 1);
        for (const auto &each : endless)
            QVERIFY(!each.isFinished());
        for (const auto &pipe : pipes)
            pipe->end();
        for (const auto &each : endless)
            QVERIFY(waitFor(each));
    }

    void peopleGoBeforeTheFolder()
    {
        QList<std::shared_ptr<EndlessLog>> pipes;
        QList<QFuture<Result<ImportReport>>> endless;
        for (int i = 0; i < 4; ++i) {
            pipes.append(std::make_shared<EndlessLog>());
            endless.append(m_actions->importFrom(pipes.last(), u"pipe"_s));
        }
        QSignalSpy progress(m_actions.get(), &Actions::workProgress);
        const QByteArray text = "domain,ip\nwww.shop.com,198.51.100.1\n";
        ImportOptions folder;
        folder.turn = ImportTurn::Folder;
        const auto late = m_actions->importFrom(deviceOf(text), u"folder"_s, folder);
        const auto person = m_actions->importFrom(deviceOf(text), u"person"_s);
        pipes.first()->end();
        QVERIFY(waitFor(late) && waitFor(person));
        QStringList over;
        for (const auto &step : progress) {
            if (step.last().toLongLong() == 0 && step.first() != u"pipe"_s)
                over.append(step.first().toString());
        }
        QCOMPARE(over, (QStringList{u"person"_s, u"folder"_s}));
        for (const auto &pipe : pipes)
            pipe->end();
        for (const auto &each : endless)
            QVERIFY(waitFor(each));
    }

    void ofALogThatGrowsOnlyWhatCameIsRead()
    {
        QTemporaryDir folder;
        const Instant day = Instant::fromSeconds(1'590'000'000);
        const QByteArray more = proxyLines(day + 6 * hourMs, 6);
        const QByteArray cut = more.chopped(20);
        watchFolder(folder);
        write(folder, u"a.log"_s, proxyLines(day, 300));
        QTRY_COMPARE_WITH_TIMEOUT(seen("count"), u"300"_s, patienceMs);
        QSignalSpy progress(m_actions.get(), &Actions::workProgress);
        append(folder, u"a.log"_s, cut);
        QTRY_COMPARE_WITH_TIMEOUT(seen("count"), u"305"_s, patienceMs); // the last line is awaited
        append(folder, u"a.log"_s, more.last(20));
        QTRY_COMPARE_WITH_TIMEOUT(seen("count"), u"306"_s, patienceMs);
        for (const auto &step : progress)
            QVERIFY2(step.at(1).toLongLong() < 300, "read from the beginning");
        QVERIFY(!filesState().lastDetail.contains(u"bad"_s));
        reopen();
        m_actions->startWatching();
        append(folder, u"a.log"_s, proxyLines(day + 8 * hourMs, 4));
        QTRY_COMPARE_WITH_TIMEOUT(seen("count"), u"310"_s, patienceMs);
        write(folder, u"a.log"_s, proxyLines(day + 9 * hourMs, 3)); // rotated
        nudge(folder);
        QTRY_COMPARE_WITH_TIMEOUT(seen("count"), u"313"_s, patienceMs);
        QVERIFY(seen("count_at_most").isEmpty());
    }

    void aTableMayLackItsLastLineEnd()
    {
        QTemporaryDir folder;
        watchFolder(folder);
        write(folder, u"a.csv"_s,
              "domain,ip\nwww.shop.com,198.51.100.1\nwww.shop.com,198.51.100.2\n"
              "www.shop.com,198.51.100.3");
        QTRY_VERIFY_WITH_TIMEOUT(filesState().lastGood.has_value(), patienceMs);
        QCOMPARE(facts("www.shop.com").size(), 2);
        append(folder, u"a.csv"_s, "4");
        QTRY_COMPARE_WITH_TIMEOUT(facts("www.shop.com").size(), 3, patienceMs);
        for (const FactRow &row : facts("www.shop.com"))
            QVERIFY(row.record.value.raw() != u"198.51.100.3"_s);
    }

    void aTablesHalfRowIsAwaited_data()
    {
        QTest::addColumn<QByteArray>("half");
        QTest::addColumn<QByteArray>("rest");
        QTest::newRow("cells are missing")
            << QByteArray("www.shop.com") << QByteArray(",A,198.51.100.2\n");
        QTest::newRow("within quotation marks")
            << QByteArray("www.shop.com,A,\"198.51.100") << QByteArray(".2\"\n");
    }
    void aTablesHalfRowIsAwaited()
    {
        QFETCH(QByteArray, half);
        QFETCH(QByteArray, rest);
        QTemporaryDir folder;
        watchFolder(folder);
        write(folder, u"a.csv"_s, "domain,type,value\nwww.shop.com,A,198.51.100.1\n" + half);
        QTRY_COMPARE_WITH_TIMEOUT(facts("www.shop.com").size(), 1, patienceMs);
        // What there is of it is looked at in the end, and left.
        QTRY_COMPARE_WITH_TIMEOUT(filesState().lastDetail, u"a.csv (csv): records 0, new 0"_s,
                                  patienceMs);
        QCOMPARE(filesState().lastOutcome, Outcome::Complete);
        append(folder, u"a.csv"_s, rest);
        QTRY_COMPARE_WITH_TIMEOUT(facts("www.shop.com").size(), 2, patienceMs);
    }

    void aLogThatIsRenamedIsNotReadAgain()
    {
        QTemporaryDir folder;
        const Instant day = Instant::fromSeconds(1'590'000'000);
        watchFolder(folder);
        write(folder, u"a.log"_s, proxyLines(day, 300));
        QTRY_COMPARE_WITH_TIMEOUT(seen("count"), u"300"_s, patienceMs);
        QSignalSpy progress(m_actions.get(), &Actions::workProgress);
        append(folder, u"a.log"_s, proxyLines(day + 6 * hourMs, 2)); // after the last look
        QVERIFY(QFile::rename(folder.filePath(u"a.log"_s), folder.filePath(u"a.log.1"_s)));
        write(folder, u"a.log"_s, proxyLines(day + 8 * hourMs, 4));
        nudge(folder);
        QTRY_COMPARE_WITH_TIMEOUT(seen("count"), u"306"_s, patienceMs);
        QVERIFY(QFile::rename(folder.filePath(u"a.log.1"_s), folder.filePath(u"a.log.2"_s)));
        QVERIFY(QFile::rename(folder.filePath(u"a.log"_s), folder.filePath(u"a.log.1"_s)));
        write(folder, u"a.log"_s, proxyLines(day + 9 * hourMs, 5));
        nudge(folder);
        QTRY_COMPARE_WITH_TIMEOUT(seen("count"), u"311"_s, patienceMs);
        for (const auto &step : progress)
            QVERIFY2(step.at(1).toLongLong() < 300, "read from the beginning");
        QVERIFY(seen("count_at_most").isEmpty());
    }

    void aMappingFileExplainsATable()
    {
        QTemporaryDir folder;
        watchFolder(folder);
        write(folder, u"a.csv"_s, "Where,What\nwww.shop.com,Apache\n");
        QTRY_VERIFY_WITH_TIMEOUT(filesState().lastAsked.has_value(), patienceMs);
        QVERIFY2(filesState().lastDetail.contains(u"a.csv.map"_s),
                 qPrintable(filesState().lastDetail));
        write(folder, u"a.csv.map"_s, "# of ours\nmpa = Where=entity\n");
        QTRY_VERIFY_WITH_TIMEOUT(filesState().lastDetail.contains(u"\"mpa = Where=entity\""_s),
                                 patienceMs);
        QVERIFY(facts("www.shop.com").isEmpty());
        write(folder, u"a.csv.map"_s, "map = Where=entity,What=value\ndataset = components\n");
        nudge(folder);
        QTRY_COMPARE_WITH_TIMEOUT(facts("www.shop.com").size(), 1, patienceMs);
        QCOMPARE(facts("www.shop.com").first().record.dataset, Dataset::Components);
    }

    void aFolderIsImportedOnceAndRemembered()
    {
        QTemporaryDir folder;
        write(folder, u"a.csv"_s, "domain,ip\nwww.shop.com,198.51.100.1\n");
        write(folder, u"half.csv.part"_s, "domain,ip\nwww.shop.com,198.51.100.2\n");
        write(folder, u".hidden.csv"_s, "domain,ip\nwww.shop.com,198.51.100.3\n");
        QVERIFY(QDir(folder.path()).mkdir(u"sub"_s));
        write(folder, u"sub/b.csv"_s, "domain,ip\nwww.shop.com,198.51.100.4\n");
        const auto set = m_actions->setSetting(u"files.folder"_s, folder.path());
        QVERIFY(waitFor(set) && set.result());
        QSignalSpy told(m_actions.get(), &Actions::sourcesChanged);
        m_actions->startWatching();
        QTRY_VERIFY_WITH_TIMEOUT(filesState().lastGood.has_value(), patienceMs);
        QCOMPARE(filesState().lastOutcome, Outcome::Complete);
        QCOMPARE(filesState().lastDetail, u"a.csv (csv): records 1, new 1"_s);
        QCOMPARE(facts("www.shop.com").size(), 1);
        reopen();
        QSignalSpy progress(m_actions.get(), &Actions::workProgress);
        m_actions->startWatching();
        write(folder, u"c.csv"_s, "domain,ip\nwww.shop.com,198.51.100.5\n");
        QTRY_VERIFY_WITH_TIMEOUT(filesState().lastDetail.startsWith(u"c.csv"_s), patienceMs);
        for (const auto &step : progress)
            QCOMPARE(step.first().toString(), u"c.csv"_s);
        QCOMPARE(facts("www.shop.com").size(), 2);
        QVERIFY(QFile::exists(folder.filePath(u"a.csv"_s)));
    }

    void aBrokenFileIsToldOnce()
    {
        QTemporaryDir folder;
        write(folder, u"broken.csv"_s, QByteArray("\0\1\2", 3));
        QSignalSpy told(m_actions.get(), &Actions::networkStateChanged);
        m_actions->startWatching();
        const auto set = m_actions->setSetting(u"files.folder"_s, folder.path());
        QVERIFY(waitFor(set) && set.result());
        QTRY_COMPARE_WITH_TIMEOUT(m_actions->networkState().troubles,
                                  QStringList{u"files: broken.csv: the file is not text"_s},
                                  patienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(filesState().lastOutcome, Outcome::Malformed, patienceMs);
        write(folder, u"good.csv"_s, "domain,ip\nwww.shop.com,198.51.100.1\n");
        QTRY_COMPARE_WITH_TIMEOUT(filesState().lastOutcome, Outcome::Complete, patienceMs);
        QVERIFY(m_actions->networkState().troubles.isEmpty());
        const auto away = m_actions->setSetting(u"files.folder"_s, folder.path() + u"/none"_s);
        QVERIFY(waitFor(away));
        QTRY_VERIFY_WITH_TIMEOUT(filesState().lastDetail.startsWith(u"there is no folder"_s),
                                 patienceMs);
    }

    void aFileThatGrowsIsLeftUntilItIsQuiet()
    {
        QTemporaryDir folder;
        WatchedFolder watched(quietMs, quietMs);
        QStringList found;
        connect(&watched, &WatchedFolder::found, this,
                [&](const QString &, const QString &version) { found.append(version); });
        QFile file(folder.filePath(u"a.log"_s));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
        file.write("x");
        watched.watch(folder.path(), {});
        QTimer growing;
        int steps = 0;
        connect(&growing, &QTimer::timeout, this, [&] {
            if (++steps == 20)
                growing.stop();
            file.write("x");
        });
        growing.start(quietMs / 5);
        QTRY_VERIFY_WITH_TIMEOUT(!growing.isActive() && !found.isEmpty(), patienceMs);
        QVERIFY2(found.last().startsWith(u"21 "_s), qPrintable(found.join(u'|')));
        QCOMPARE(found.size(), 1);
        file.write("y"); // a new version
        QTRY_COMPARE_WITH_TIMEOUT(found.size(), 2, patienceMs);
    }

    void aVersionThatIsKnownIsNotTold()
    {
        QTemporaryDir folder;
        write(folder, u"a.csv"_s, "x");
        write(folder, u"b.csv"_s, "x");
        QHash<QString, QString> told;
        const auto watchWith = [&](const QHash<QString, QString> &known, qsizetype wanted) {
            WatchedFolder watched(quietMs, quietMs);
            connect(&watched, &WatchedFolder::found, this,
                    [&](const QString &path, const QString &version) { told[path] = version; });
            watched.watch(folder.path(), known);
            return QTest::qWaitFor([&] { return told.size() == wanted; }, patienceMs);
        };
        QVERIFY(watchWith({}, 2));
        QHash<QString, QString> known = std::exchange(told, {});
        known.remove(folder.filePath(u"b.csv"_s));
        QVERIFY(watchWith(known, 1));
        QCOMPARE(told.keys(), QStringList{folder.filePath(u"b.csv"_s)});
    }

private:
    void open()
    {
        const QString folder = m_folder->path();
        auto actions = Actions::open({folder, folder + u"/backups"_s}, m_clock);
        QVERIFY(actions);
        m_actions = std::move(*actions);
        const auto begun = m_actions->begin();
        QVERIFY(waitFor(begun));
        QVERIFY(begun.result());
    }

    void reopen()
    {
        m_actions.reset();
        open();
    }

    static void write(const QTemporaryDir &folder, const QString &name, const QByteArray &bytes)
    {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }

    static void append(const QTemporaryDir &folder, const QString &name, const QByteArray &bytes)
    {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::Append));
        QCOMPARE(file.write(bytes), bytes.size());
        file.close();
        nudge(folder);
    }

    /// The system tells of new files at once; of what is written into old ones only a look does.
    static void nudge(const QTemporaryDir &folder)
    {
        QFile hidden(folder.filePath(u".nudge"_s));
        QVERIFY(hidden.open(QIODevice::WriteOnly));
        hidden.remove();
    }

    void watchFolder(const QTemporaryDir &folder)
    {
        const auto set = m_actions->setSetting(u"files.folder"_s, folder.path());
        QVERIFY(waitFor(set) && set.result());
        m_actions->startWatching();
    }

    static std::shared_ptr<QBuffer> deviceOf(const QByteArray &text)
    {
        auto device = std::make_shared<QBuffer>();
        device->setData(text);
        device->open(QIODevice::ReadOnly);
        return device;
    }

    QFuture<Result<ImportReport>> start(const QByteArray &text)
    {
        return m_actions->importFrom(deviceOf(text), u"test"_s);
    }

    ImportReport import(const QByteArray &text)
    {
        const auto imported = start(text);
        return waitFor(imported) && imported.result() ? *imported.result() : ImportReport();
    }

    /// Of all datasets.
    QList<FactRow> facts(const char *name)
    {
        const auto looked = m_actions->lookup(entity(name), {Freshness::CacheOnly, {}, true});
        const auto report = waitFor(looked) ? looked.result() : Result<LookupReport>(Error{});
        QList<FactRow> rows;
        if (report) {
            for (const auto &dataset : report->datasets)
                rows += dataset.facts;
        }
        return rows;
    }

    /// A detail of the one sighting of the shop.
    QString seen(const char *detail)
    {
        const auto rows = facts("www.shop.com");
        return rows.size() == 1
            ? attribute(rows.first().record.details, QString::fromLatin1(detail)).raw()
            : u"%1 facts"_s.arg(rows.size());
    }

    QList<Card> cards(const QList<CardState> &states = {})
    {
        CardQuery query;
        query.states = states;
        const auto page = m_actions->cards(query);
        return waitFor(page) && page.result() ? page.result()->cards : QList<Card>();
    }

    SourceState filesState()
    {
        const auto states = m_actions->sources();
        const auto known = waitFor(states) ? states.result() : Result<QList<SourceState>>(Error{});
        if (!known)
            return {};
        for (const auto &state : *known) {
            if (state.info.name == u"files"_s)
                return state;
        }
        return {};
    }

    SystemClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Actions> m_actions;
};

WG_TEST(TstImports)
#include "tst_imports.moc"
