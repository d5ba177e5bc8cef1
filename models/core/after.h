// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>
#include <QPromise>
#include <memory>
#include <type_traits>

namespace wg {

namespace detail {

template <class T>
struct Unwrapped
{
    using Type = T;
    static constexpr bool nested = false;
};
template <class T>
struct Unwrapped<QFuture<T>>
{
    using Type = T;
    static constexpr bool nested = true;
};

template <class T, class Done>
void whenDone(QObject *context, const QFuture<T> &future, Done done)
{
    auto *watcher = new QFutureWatcher<T>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context,
                     [watcher, done = std::move(done)]() mutable {
                         watcher->deleteLater();
                         done(watcher->future());
                     });
    watcher->setFuture(future);
}

template <class T>
void giveUp(QPromise<T> &promise)
{
    promise.future().cancel();
    promise.finish();
}

} // namespace detail

/// Goes on with a future's value on the context's thread, which must be the caller's, later and
/// never at once; a step that gives a future again is waited for. The future it returns is
/// cancelled when the one before was, or when the context goes: nobody is called then. Unlike
/// QFuture::then(), this is safe while the context is being destroyed and another thread answers.
template <class T, class Step>
auto after(QObject *context, const QFuture<T> &future, Step step)
{
    using Given = std::invoke_result_t<Step, const T &>;
    if constexpr (std::is_void_v<Given>) {
        detail::whenDone(context, future, [step = std::move(step)](const QFuture<T> &done) mutable {
            if (done.resultCount() > 0)
                step(done.result());
        });
    } else {
        using Value = typename detail::Unwrapped<Given>::Type;
        auto promise = std::make_shared<QPromise<Value>>();
        promise->start();
        auto result = promise->future();
        detail::whenDone(
            context, future,
            [context, promise, step = std::move(step)](const QFuture<T> &done) mutable {
                if (done.resultCount() == 0)
                    return detail::giveUp(*promise);
                if constexpr (detail::Unwrapped<Given>::nested) {
                    detail::whenDone(context, step(done.result()),
                                     [promise](const QFuture<Value> &inner) {
                                         if (inner.resultCount() == 0)
                                             return detail::giveUp(*promise);
                                         promise->addResult(inner.result());
                                         promise->finish();
                                     });
                } else {
                    promise->addResult(step(done.result()));
                    promise->finish();
                }
            });
        return result;
    }
}

} // namespace wg
