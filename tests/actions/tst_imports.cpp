// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/actions.h"
#include "actions/watchedfolder.h"
#include "core/entitytext.h"
#include "support/runner.h"

#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace wg;

namespace {

constexpr int patienceMs = 20'000;
constexpr int quietMs = 50;

template <class T>
bool waitFor(const QFuture<T> &future)
{
    return QTest::qWaitFor([&] { return future.isFinished(); }, patienceMs);
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

    QFuture<Result<ImportReport>> start(const QByteArray &text)
    {
        auto device = std::make_shared<QBuffer>();
        device->setData(text);
        device->open(QIODevice::ReadOnly);
        return m_actions->importFrom(device, u"test"_s);
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
