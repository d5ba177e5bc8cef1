// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ledger.h"
#include "core/result.h"
#include "store/store.h"
#include "watch/watcher.h"

#include <QFuture>
#include <QThread>
#include <QThreadPool>
#include <memory>

namespace wg {

/// Gathers what parties were told and hands it to the store now and then. Lives on the net thread.
class LedgerCollector final : public QObject, public LedgerSink
{
    Q_OBJECT

public:
    LedgerCollector(Store &store, QObject *parent = nullptr);
    ~LedgerCollector() override;
    void told(const LedgerEvent &event) override;

private:
    void flush();

    Store &m_store;
    QList<LedgerEvent> m_events;
    QTimer m_flush;
};

/// The net thread with its watcher. Made, ordered and ended from the main thread; orders run there
/// in turn.
class NetRoom
{
public:
    NetRoom(const Catalogue &catalogue, Store &store, const Clock &clock, QThreadPool &compute);
    /// Ends everything under way and waits for the thread.
    ~NetRoom();
    NetRoom(const NetRoom &) = delete;
    NetRoom &operator=(const NetRoom &) = delete;

    /// Runs on the net thread once the watcher stands.
    void order(std::function<void(Watcher &)> work);

    /// An order with an answer: the work gets a function to give it with, once.
    template <class T>
    QFuture<T> ask(std::function<void(Watcher &, std::function<void(T)>)> work)
    {
        auto promise = std::make_shared<QPromise<T>>();
        promise->start();
        auto future = promise->future();
        order([promise, work = std::move(work)](Watcher &watcher) {
            work(watcher, [promise](T answer) {
                promise->addResult(std::move(answer));
                promise->finish();
            });
        });
        return future;
    }

    /// For connecting signals; never called directly.
    [[nodiscard]] Watcher &watcher() const { return *m_watcher; }

private:
    QThread m_thread;
    QObject m_door; ///< lives on the net thread; orders enter through it
    std::unique_ptr<LedgerCollector> m_ledger;
    std::unique_ptr<Watcher> m_watcher;
};

} // namespace wg
