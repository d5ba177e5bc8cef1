// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/reader.h"
#include "store/writer.h"

#include <QFuture>
#include <QObject>
#include <QPromise>
#include <memory>

class QThread;

namespace wg {

/// Where a store lives and how it is opened.
struct StoreConfig
{
    QString folder; ///< workspace folder; SQLite file "watchglass.db" inside
    QString postgres; ///< "host=… dbname=… user=… port=…" for the team engine, else empty
    const Clock *clock = nullptr;
};

/// What opening found and did; told to the user.
struct StoreOpening
{
    bool created = false; ///< first start: say that the cache is not encrypted
    int migratedFrom = 0; ///< schema before, 0 when nothing was migrated
    QString damage; ///< what was wrong with the database, or empty
    QString keptAside; ///< path of a damaged database that was set aside, or empty
    QString restoredFrom; ///< backup that was restored instead, or empty
};

/// The database behind three threads: one writer, two readers. Lives where it is made; closures run
/// on the store's threads with values captured by copy. Destroying it finishes queued writes.
class Store : public QObject
{
    Q_OBJECT

public:
    /// Blocks (start-up, before the window): opens, recovers, migrates.
    /// NotWritable, DiskFull, NewerSchema, Corrupt (no good backup), Failed.
    static Result<std::unique_ptr<Store>> open(const StoreConfig &config);
    ~Store() override;

    [[nodiscard]] const StoreOpening &opening() const { return m_opening; }

    /// Runs work on the writer thread, in order. An abandoned future still commits.
    template <class T>
    QFuture<Result<T>> write(std::function<Result<T>(Writer &)> work)
    {
        auto promise = std::make_shared<QPromise<Result<T>>>();
        promise->start();
        auto future = promise->future();
        post([promise, work = std::move(work)](Writer &writer) {
            promise->addResult(work(writer));
            promise->finish();
        });
        return future;
    }

    /// Runs work on the less busy reader. A future cancelled before its turn is not run.
    template <class T>
    QFuture<Result<T>> read(std::function<Result<T>(Reader &)> work)
    {
        auto promise = std::make_shared<QPromise<Result<T>>>();
        promise->start();
        auto future = promise->future();
        ask([promise, work = std::move(work)](Reader &reader) {
            if (!promise->isCanceled())
                promise->addResult(work(reader));
            promise->finish();
        });
        return future;
    }

private:
    Store();
    void post(std::function<void(Writer &)> work);
    void ask(std::function<void(Reader &)> work);

    struct Threads;
    std::unique_ptr<Threads> m_threads;
    StoreOpening m_opening;
};

} // namespace wg
