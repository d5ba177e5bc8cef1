// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>
#include <utility>

namespace wg {

/// Calls then with the future's value on the context's thread, later, never at once. Nothing is
/// called when the future was cancelled or the context has gone: answers that nobody waits for end
/// here.
template <class T, class F>
void await(const QFuture<T> &future, QObject *context, F then)
{
    auto *watcher = new QFutureWatcher<T>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context,
                     [watcher, then = std::move(then)]() mutable {
                         watcher->deleteLater();
                         if (watcher->future().resultCount() > 0)
                             then(watcher->result());
                     });
    watcher->setFuture(future);
}

/// Tells whether an answer still belongs to the newest question.
class Ticket
{
public:
    /// A new question: answers to older ones are stale from now on.
    quint64 renew() { return ++m_current; }
    [[nodiscard]] quint64 current() const { return m_current; }
    [[nodiscard]] bool isCurrent(quint64 ticket) const { return ticket == m_current; }

private:
    quint64 m_current = 0;
};

} // namespace wg
