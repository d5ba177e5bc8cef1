// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/store.h"

#include "store/database.h"
#include "store/opening.h"

#include <QThread>
#include <array>
#include <atomic>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

constexpr int readerCount = 2;

/// Runs closures on its thread, in order; owns that thread's connection. Made by Store, deleted on
/// its own thread.
class WriteWorker : public QObject
{
    Q_OBJECT

public:
    Result<StoreOpening> open(const StoreConfig &config)
    {
        auto opened = openUnmarked(config);
        if (!opened)
            return opened.error();
        m_database = std::move(opened->database);
        m_writer = std::make_unique<Writer>(*m_database, *config.clock);
        return opened->opening;
    }
    Result<Done> mark() { return markInUse(*m_database); }
    void close()
    {
        m_writer.reset();
        if (m_database)
            markClean(*m_database);
        m_database.reset();
    }
    Writer &writer() { return *m_writer; }
    /// What a reader met; before close.
    void noteDamage()
    {
        if (m_database)
            m_database->noteDamage();
    }

private:
    std::unique_ptr<Database> m_database;
    std::unique_ptr<Writer> m_writer;
};

/// The same for reading.
class ReadWorker : public QObject
{
    Q_OBJECT

public:
    Result<Done> open(const StoreConfig &config)
    {
        DatabaseConfig database;
        database.access = Access::Read;
        if (config.postgres.isEmpty())
            database.file = databaseFile(config.folder);
        else
            database.postgres = config.postgres;
        auto opened = Database::open(database);
        if (!opened)
            return opened.error();
        m_database = std::move(*opened);
        m_reader = std::make_unique<Reader>(*m_database, *config.clock);
        return Done{};
    }
    void close()
    {
        m_reader.reset();
        m_sawDamage = m_database && m_database->sawDamage();
        m_database.reset();
    }
    /// Once it is closed.
    [[nodiscard]] bool sawDamage() const { return m_sawDamage; }
    Reader &reader() { return *m_reader; }
    std::atomic<int> waiting = 0;

private:
    std::unique_ptr<Database> m_database;
    std::unique_ptr<Reader> m_reader;
    bool m_sawDamage = false;
};

/// Starts a named thread with the worker on it.
void start(QThread &thread, QObject &worker, const QString &name)
{
    thread.setObjectName(name);
    worker.moveToThread(&thread);
    thread.start();
}

/// Runs what is queued before, then the worker's close, then ends the thread.
template <class Worker>
void finish(QThread &thread, Worker &worker)
{
    if (!thread.isRunning())
        return;
    QMetaObject::invokeMethod(
        &worker, [&worker] { worker.close(); }, Qt::BlockingQueuedConnection);
    thread.quit();
    thread.wait();
}

/// Begins work on the worker's thread.
template <class Worker, class Work>
auto begin(Worker &worker, Work work)
{
    auto promise = std::make_shared<QPromise<decltype(work())>>();
    promise->start();
    QMetaObject::invokeMethod(
        &worker,
        [promise, work = std::move(work)] {
            promise->addResult(work());
            promise->finish();
        },
        Qt::QueuedConnection);
    return promise->future();
}

} // namespace

struct Store::Threads
{
    QThread writerThread;
    WriteWorker writer;
    std::array<QThread, readerCount> readerThreads;
    std::array<ReadWorker, readerCount> readers;

    ~Threads()
    {
        for (size_t i = 0; i < readers.size(); ++i) {
            finish(readerThreads[i], readers[i]);
            if (readers[i].sawDamage())
                QMetaObject::invokeMethod(
                    &writer, [this] { writer.noteDamage(); }, Qt::QueuedConnection);
        }
        finish(writerThread, writer);
    }
};

Store::Store()
    : m_threads(std::make_unique<Threads>())
{ }

Store::~Store() = default;

Result<std::unique_ptr<Store>> Store::open(const StoreConfig &config)
{
    std::unique_ptr<Store> store(new Store);
    Threads &threads = *store->m_threads;
    start(threads.writerThread, threads.writer, u"store"_s);
    const auto opening =
        begin(threads.writer, [&threads, config] { return threads.writer.open(config); }).result();
    if (!opening)
        return opening.error();
    store->m_opening = *opening;
    // The mark waits for the disk; whoever only reads need not.
    QList<QFuture<Result<Done>>> rest{
        begin(threads.writer, [&threads] { return threads.writer.mark(); })};
    for (size_t i = 0; i < threads.readers.size(); ++i) {
        ReadWorker &reader = threads.readers[i];
        start(threads.readerThreads[i], reader, u"reader %1"_s.arg(i + 1));
        rest.append(begin(reader, [&reader, config] { return reader.open(config); }));
    }
    for (const auto &each : rest) {
        if (const auto done = each.result(); !done)
            return done.error();
    }
    return store;
}

void Store::post(std::function<void(Writer &)> work)
{
    WriteWorker &worker = m_threads->writer;
    QMetaObject::invokeMethod(
        &worker, [&worker, work = std::move(work)] { work(worker.writer()); },
        Qt::QueuedConnection);
}

void Store::ask(std::function<void(Reader &)> work)
{
    auto &readers = m_threads->readers;
    ReadWorker &worker =
        *std::min_element(readers.begin(), readers.end(),
                          [](const auto &a, const auto &b) { return a.waiting < b.waiting; });
    ++worker.waiting;
    QMetaObject::invokeMethod(
        &worker,
        [&worker, work = std::move(work)] {
            work(worker.reader());
            --worker.waiting;
        },
        Qt::QueuedConnection);
}

} // namespace wg

#include "store.moc"
