// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/httpsource.h"

#include <QFutureWatcher>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

void cancelAll(HttpAsk &ask)
{
    for (auto &request : ask.requests)
        request.cancel();
}

} // namespace

HttpSource::HttpSource(const Gate &gate, Fetcher &fetcher, const Clock &clock, QObject *parent)
    : Source(parent)
    , m_gate(gate)
    , m_fetcher(fetcher)
    , m_clock(clock)
{ }

HttpSource::~HttpSource()
{
    // Virtual functions of subclasses are gone here: the pass stays as it is, without answers.
    const auto left = std::exchange(m_asks, {});
    for (const AskPtr &ask : left) {
        cancelAll(*ask);
        if (const AskDone done = std::exchange(ask->done, nullptr))
            done(std::move(ask->pass));
    }
}

void HttpSource::ask(const AskOrder &order, AskDone done)
{
    const auto ask = std::make_shared<HttpAsk>();
    ask->order = order;
    ask->done = std::move(done);
    ask->pass = {order.subject, info().name, order.purpose, {}, parser()};
    m_asks.insert(ask.get(), ask);
    const auto agreed = permit(order, info().pap);
    if (agreed)
        begin(ask, *agreed);
    else
        fail(ask, Outcome::Refused, agreed.error().detail);
}

void HttpSource::cancel(quint64 ticket)
{
    const auto asks = m_asks.values();
    for (const AskPtr &ask : asks) {
        if (ask->order.ticket != ticket || !ask->done)
            continue;
        cancelAll(*ask);
        fail(ask, Outcome::Unreachable, u"cancelled"_s);
    }
}

void HttpSource::fetch(const AskPtr &ask, const HttpQuestion &question, Fetched taken)
{
    ask->requests.append(m_fetcher.fetch(question));
    whenFetched(this, ask->requests.constLast(),
                [ask, taken = std::move(taken)](Result<HttpAnswer> &&answer) {
                    if (ask->done)
                        taken(std::move(answer));
                });
}

void HttpSource::finish(const AskPtr &ask)
{
    m_asks.remove(ask.get());
    if (const AskDone done = std::exchange(ask->done, nullptr))
        done(std::move(ask->pass));
}

void HttpSource::fail(const AskPtr &ask, Outcome outcome, const QString &detail)
{
    ask->pass.answers.clear();
    const auto asked = questions(ask->order.subject);
    for (const Question &question : asked) {
        RawAnswer answer;
        answer.question = question;
        answer.failure = outcome;
        answer.sent = outcome != Outcome::Refused;
        answer.detail = detail;
        answer.at = m_clock.now();
        ask->pass.answers.append(std::move(answer));
    }
    finish(ask);
}

std::optional<Instant> HttpSource::roomAtServer(const QUrl &server, const QStringList &hosts,
                                                const QList<HostWindow> &windows) const
{
    // What is free within so long is waited for in the queue.
    constexpr qint64 shortWaitMs = 2 * secondMs;
    const qint64 wait = m_fetcher.roomInMs(info().name, server, hosts, windows, Asker::Eye);
    return wait > shortWaitMs ? std::optional(m_clock.now() + wait) : std::nullopt;
}

Result<Permit> HttpSource::permit(const AskOrder &order, Pap pap) const
{
    const QString name = info().name;
    return m_gate.ask({name, name, pap, order.subject, order.asker, order.leave});
}

void whenFetched(QObject *context, const QFuture<Result<HttpAnswer>> &future,
                 std::function<void(Result<HttpAnswer> &&)> taken)
{
    auto *watcher = new QFutureWatcher<Result<HttpAnswer>>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context,
                     [watcher, taken = std::move(taken)] {
                         watcher->deleteLater();
                         const auto ended = watcher->future();
                         if (ended.isCanceled() || ended.resultCount() == 0)
                             taken(Error{ErrorCode::Cancelled, u"cancelled"_s});
                         else
                             taken(ended.result());
                     });
    watcher->setFuture(future);
}

Outcome outcomeOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Refused:
    case ErrorCode::Postponed:
    case ErrorCode::Held:
        return Outcome::Refused;
    case ErrorCode::Malformed:
    case ErrorCode::TooLarge:
        return Outcome::Malformed;
    default:
        return Outcome::Unreachable;
    }
}

RawAnswer rawAnswer(const Question &question, Result<HttpAnswer> &&answer, Instant now)
{
    RawAnswer raw;
    raw.question = question;
    raw.at = now;
    if (!answer) {
        raw.failure = outcomeOf(answer.error().code);
        raw.postponed = answer.error().code == ErrorCode::Postponed;
        raw.sent = !raw.postponed;
        raw.detail = answer.error().detail;
        return raw;
    }
    raw.bytes = std::move(answer->body);
    raw.status = answer->status;
    raw.cut = answer->cut;
    raw.at = answer->at;
    return raw;
}

Outcome outcomeOfStatus(int status)
{
    if (status == 404)
        return Outcome::Empty;
    if (status == 501 || (status >= 400 && status < 500))
        return Outcome::Refused;
    return status >= 500 ? Outcome::Unreachable : Outcome::Malformed;
}

} // namespace wg
