// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFutureWatcher>
#include <QSignalSpy>

namespace wg::test {

/// Until a future is finished, or patience is over. Wakes with each event, where QTest::qWaitFor
/// sleeps 10 ms between two looks: what goes to and fro between threads would take as long each
/// way.
template <class T>
bool waitFor(const QFuture<T> &future, int patienceMs)
{
    QFutureWatcher<T> watcher;
    QSignalSpy finished(&watcher, &QFutureWatcherBase::finished);
    watcher.setFuture(future);
    return future.isFinished() || finished.wait(patienceMs);
}

} // namespace wg::test
