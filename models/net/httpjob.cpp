// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/httpjob.h"

#include "net/networds.h"
#include "net/proxy.h"
#include "net/taped.h"

namespace wg {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostRedirects = 5;

bool isWorthRetrying(int status)
{
    return status == 429 || status == 502 || status == 503 || status == 504;
}

} // namespace

HttpJob::HttpJob(FetchRoom &room, HttpQuestion question, QUrl url, Ended ended)
    : m_room(room)
    , m_asked(std::move(question))
    , m_question(m_asked)
    , m_url(std::move(url))
    , m_ended(std::move(ended))
    , m_remainingMs(2 * m_question.timeoutMs)
{
    for (QTimer *timer : {&m_deadline, &m_queueTimer, &m_retryTimer})
        timer->setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        if (m_attempt)
            m_attempt->stop(AttemptEnd::Kind::Slow);
        else
            finish(unreachable(words(AttemptEnd::Kind::Slow, host(), {})));
    });
    connect(&m_queueTimer, &QTimer::timeout, this, [this] {
        const Instant free = m_room.clock.now() + m_room.lines.expectedWaitMs(m_ticket);
        finish(Error{ErrorCode::Postponed,
                     u"the quota of %1 is used up until %2"_s.arg(m_question.permit.intent().source,
                                                                  toRfc3339(free))});
    });
    connect(&m_retryTimer, &QTimer::timeout, this, &HttpJob::queue);
}

HttpJob::~HttpJob()
{
    finish(Error{ErrorCode::Cancelled, u"the program is closing"_s});
}

QFuture<Result<HttpAnswer>> HttpJob::join(const Permit &permit)
{
    m_waiters.emplace_back(permit);
    Waiter &waiter = m_waiters.back();
    waiter.promise.start();
    const auto future = waiter.promise.future();
    connect(&waiter.watcher, &QFutureWatcherBase::canceled, this, &HttpJob::waiterCancelled);
    waiter.watcher.setFuture(future);
    if (isOrdered(permit.intent().asker) && m_room.lines.isWaiting(m_ticket)) {
        m_room.lines.promote(m_ticket, permit.intent().asker);
        m_queueTimer.start(std::chrono::milliseconds(m_room.times.personQueueMs));
    }
    if (m_looked)
        tellOne(waiter, systemResolver);
    if (m_underWay)
        tellOne(waiter, host());
    return future;
}

void HttpJob::start()
{
    queue();
}

void HttpJob::queue()
{
    if (auto error = pause()) {
        finish(std::move(*error));
        return;
    }
    if (m_deadline.isActive()) {
        m_remainingMs = m_deadline.remainingTime();
        m_deadline.stop();
    }
    const bool eye = asker() == Asker::Eye;
    m_line = FetchRoom::lineName(m_question.permit.intent().source, m_url);
    m_ticket = m_room.lines.enter({m_line, m_question.windows, m_question.parallel, asker()},
                                  [this] { send(); });
    const qint64 patience = eye ? m_room.times.eyeQueueMs : m_room.times.personQueueMs;
    const qint64 wait = m_room.lines.expectedWaitMs(m_ticket);
    m_queueTimer.start(std::chrono::milliseconds(wait > patience ? 0 : patience));
}

/// Why nobody may be asked now: the host's own Retry-After, or an open breaker in front of an eye.
std::optional<Error> HttpJob::pause()
{
    const Instant now = m_room.clock.now();
    const Instant kept = m_room.waits.value(m_question.permit.intent().source);
    if (kept > now)
        return refused(u"%1 asks to wait until %2"_s.arg(host(), toRfc3339(kept)));
    if (const auto until = breaker().waitUntil(now))
        return refused(u"%1 asks to wait until %2"_s.arg(host(), toRfc3339(*until)));
    const auto until = breaker().pausedUntil(now);
    if (until && asker() == Asker::Eye)
        return refused(
            u"%1 failed repeatedly; eyes ask again at %2"_s.arg(host(), toRfc3339(*until)));
    return std::nullopt;
}

void HttpJob::send()
{
    m_queueTimer.stop();
    if (!dropObjected())
        return;
    if (auto error = pause()) {
        finish(std::move(*error));
        return;
    }
    if (!breaker().admits(asker(), m_room.clock.now())) {
        finish(refused(u"%1 failed repeatedly; it is being tried now"_s.arg(host())));
        return;
    }
    if (auto error = useProxy(m_room.manager, m_room.gate.policy().proxy)) {
        finish(std::move(*error));
        return;
    }
    m_holdsProbe = true;
    m_deadline.start(m_remainingMs);
    ++m_sent;
    const QString &source = m_question.permit.intent().source;
    if (m_room.gate.distrustsName(source, m_url, m_question.allowedHosts))
        findHost();
    else
        launch(std::nullopt);
}

/// Connecting to the very address that was looked at leaves a name no second answer.
void HttpJob::findHost()
{
    if (meetsTarget(m_question.permit.intent().source)) {
        m_looked = true;
        tell(systemResolver);
    }
    m_room.findHost(host(), this, [this](const QList<IpAddress> &addresses) {
        if (!m_ended || m_attempt || !dropObjected())
            return;
        const auto address = publicAddress(host(), addresses, m_sent - 1);
        if (address)
            launch(*address);
        else if (address.error().code == ErrorCode::Refused)
            finish(address.error());
        else
            settle({.kind = AttemptEnd::Kind::NoName, .detail = {}, .location = {}, .answer = {}});
    });
}

void HttpJob::launch(const std::optional<IpAddress> &address)
{
    m_attempt = std::make_unique<HttpAttempt>(
        m_room.manager, m_question, Destination{m_url, address},
        [this] {
            m_underWay = true;
            tell(host());
        },
        [this](AttemptEnd &&end) { ended(std::move(end)); });
}

/// The policy may have changed since the question was permitted. False when nobody is left.
bool HttpJob::dropObjected()
{
    for (auto waiter = m_waiters.begin(); waiter != m_waiters.end();) {
        const auto objection = m_room.gate.objection(waiter->permit);
        if (!objection) {
            ++waiter;
            continue;
        }
        waiter->promise.addResult(*objection);
        waiter->promise.finish();
        waiter = m_waiters.erase(waiter);
    }
    if (!m_waiters.empty())
        return true;
    finish(refused({}));
    return false;
}

void HttpJob::tell(const QString &party)
{
    for (Waiter &waiter : m_waiters)
        tellOne(waiter, party);
}

/// Once a question and party, however often it is tried.
void HttpJob::tellOne(Waiter &waiter, const QString &party)
{
    if (waiter.told.contains(party))
        return;
    waiter.told.insert(party);
    const Intent &intent = waiter.permit.intent();
    m_room.ledger.told({m_room.clock.now(), intent.about, intent.fullSource, party, intent.pap,
                        intent.asker == Asker::Person});
}

void HttpJob::ended(AttemptEnd &&end)
{
    m_attempt.release()->deleteLater();
    settle(std::move(end));
}

void HttpJob::settle(AttemptEnd &&end)
{
    leaveLine();
    m_underWay = false;
    blameProxy(end);
    noteReach(end);
    switch (end.kind) {
    case AttemptEnd::Kind::Answer:
        if (const auto quota = saidQuota(end.answer.headers, m_room.lines.now()))
            m_room.lines.said(m_line, quota->left, quota->limit, quota->reset);
        answered(std::move(end));
        return;
    case AttemptEnd::Kind::TooLarge:
        breaker().succeeded();
        finish(Error{ErrorCode::TooLarge, words(end.kind, host(), end.detail)});
        return;
    case AttemptEnd::Kind::Malformed:
        breaker().succeeded();
        finish(Error{ErrorCode::Malformed, words(end.kind, host(), end.detail)});
        return;
    case AttemptEnd::Kind::Cut:
    case AttemptEnd::Kind::NoName:
    case AttemptEnd::Kind::NoRoute:
    case AttemptEnd::Kind::Closed:
    case AttemptEnd::Kind::NoAnswer:
    case AttemptEnd::Kind::Slow:
    case AttemptEnd::Kind::Tls:
    case AttemptEnd::Kind::Proxy:
        failed(std::move(end));
        return;
    }
}

/// Behind a proxy nothing is known about the host before it answers.
void HttpJob::blameProxy(AttemptEnd &end) const
{
    using Kind = AttemptEnd::Kind;
    const bool noConnection =
        end.kind == Kind::NoName || end.kind == Kind::NoRoute || end.kind == Kind::Closed;
    if (noConnection && !m_room.gate.policy().proxy.isEmpty())
        end.kind = Kind::Proxy;
}

void HttpJob::noteReach(const AttemptEnd &end)
{
    using Kind = AttemptEnd::Kind;
    bool changed = false;
    switch (end.kind) {
    case Kind::NoName:
    case Kind::NoRoute:
    case Kind::NoAnswer:
        // Many targets are dead; that says nothing about the network.
        if (meetsTarget(m_question.permit.intent().source))
            return;
        changed = m_room.reachability.missed(host());
        break;
    case Kind::Proxy:
        return;
    case Kind::Answer:
    case Kind::Cut:
    case Kind::Closed:
    case Kind::Slow:
    case Kind::Tls:
    case Kind::TooLarge:
    case Kind::Malformed:
        changed = m_room.reachability.reached(host());
        break;
    }
    if (changed)
        m_room.announceOnline(m_room.reachability.isOnline());
}

void HttpJob::answered(AttemptEnd &&end)
{
    const int status = end.answer.status;
    if (!end.location.isEmpty() && m_question.redirects == Redirects::Followed) {
        breaker().succeeded();
        redirected(end.location, status);
        return;
    }
    if (status == 401 || status == 403) {
        breaker().succeeded();
        const Error error = refused(refusalWords(host(), end.answer));
        // 403 may be about this one question, which the account's plan lacks.
        if (status == 401 && !m_question.secret.texts.isEmpty())
            refuseAll(error);
        else
            finish(error);
        return;
    }
    if (isWorthRetrying(status)) {
        throttled(end);
        return;
    }
    if (status >= 500)
        breaker().failed(m_room.clock.now(), m_room.times.breakerBaseMs);
    else
        breaker().succeeded();
    end.answer.at = m_room.clock.now();
    finish(std::move(end.answer));
}

void HttpJob::redirected(const QByteArray &location, int status)
{
    m_holdsProbe = false;
    if (++m_redirects > mostRedirects) {
        finish(Error{ErrorCode::Malformed, u"%1 redirects in circles"_s.arg(host())});
        return;
    }
    const auto next = m_room.gate.redirection(m_question.permit.intent().source, m_url, location,
                                              m_question.allowedHosts);
    if (!next) {
        finish(refused(u"%1 redirects elsewhere: %2"_s.arg(host(), next.error().detail)));
        return;
    }
    // Another server must not learn a key.
    if (FetchRoom::lineName({}, *next) != FetchRoom::lineName({}, m_url)) {
        m_question.secret = {};
        m_question.headers.removeIf([](const auto &header) {
            return header.first.compare("accept", Qt::CaseInsensitive) != 0
                && header.first.compare("content-type", Qt::CaseInsensitive) != 0;
        });
    }
    if (status != 307 && status != 308)
        m_question.body.clear();
    m_url = *next;
    --m_sent;
    queue();
}

/// 429, 502, 503 and 504: again when the server says so, or after a random while. They speak of the
/// moment; a 500 is the server's own fault with this very question, which a second one seldom
/// mends, and registries count it. An eye asks again by its back-off.
void HttpJob::throttled(const AttemptEnd &end)
{
    const Instant now = m_room.clock.now();
    const auto asked =
        retryAfterMs(end.answer.headers.value("retry-after"), now, m_room.times.leastRetryAfterMs);
    if (asked && (m_sent >= m_question.tries || *asked >= m_deadline.remainingTime())) {
        breaker().askedToWait(now + *asked);
        breaker().gaveUp();
        m_holdsProbe = false;
        finish(refused(u"%1 asks to wait until %2"_s.arg(host(), toRfc3339(now + *asked))));
        return;
    }
    if (asked)
        m_room.lines.hold(m_line, *asked);
    if (tryAgainIn(asked.value_or(jitteredDelay(m_sent - 1, m_room.times)))) {
        if (end.answer.status == 429 && !asked)
            goFirst();
        return;
    }
    breaker().failed(now, m_room.times.breakerBaseMs);
    m_holdsProbe = false;
    const QString detail = refusalWords(host(), end.answer);
    if (end.answer.status == 429)
        refuseAll(refused(detail));
    else
        finish(unreachable(detail));
}

/// The key is wrong or its quota spent: what else was to be asked would be answered alike.
void HttpJob::refuseAll(const Error &error)
{
    m_room.eachBeside(*this, [&error](HttpJob &other) { other.finish(error); });
    finish(error);
}

/// If the quota is spent, its next try shows it, and the others need not be sent to hear it.
void HttpJob::goFirst()
{
    m_goesFirst = true;
    m_room.eachBeside(*this, [](HttpJob &other) { other.standBack(); });
}

void HttpJob::standBack()
{
    if (m_sent > 0)
        return;
    m_standsBack = true;
    m_queueTimer.stop();
    leaveLine();
}

void HttpJob::comeForward()
{
    if (std::exchange(m_standsBack, false))
        queue();
}

bool HttpJob::waitsBeside(const HttpJob &other) const
{
    const Intent &own = m_asked.permit.intent();
    const Intent &others = other.m_asked.permit.intent();
    const HttpSecret &secret = other.m_asked.secret;
    return this != &other && !m_attempt && m_line == other.m_line && own.about == others.about
        && m_asked.secret.headers == secret.headers && m_asked.secret.query == secret.query;
}

void HttpJob::failed(AttemptEnd &&end)
{
    using Kind = AttemptEnd::Kind;
    const bool hopeless = end.kind == Kind::Tls || end.kind == Kind::Slow;
    if (!hopeless && tryAgainIn(jitteredDelay(m_sent - 1, m_room.times)))
        return;
    // While the network is away, or the proxy down, nothing is known about the host.
    if (end.kind == Kind::Proxy || !m_room.reachability.isOnline())
        breaker().gaveUp();
    else
        breaker().failed(m_room.clock.now(), m_room.times.breakerBaseMs);
    m_holdsProbe = false;
    if (end.kind == Kind::Cut) {
        end.answer.at = m_room.clock.now();
        finish(std::move(end.answer));
        return;
    }
    finish(unreachable(words(end.kind, host(), end.detail)));
}

bool HttpJob::tryAgainIn(qint64 ms)
{
    if (m_sent >= m_question.tries || ms >= m_deadline.remainingTime())
        return false;
    breaker().gaveUp();
    m_holdsProbe = false;
    m_retryTimer.start(std::chrono::milliseconds(ms));
    return true;
}

void HttpJob::waiterCancelled()
{
    m_waiters.remove_if([](Waiter &waiter) {
        if (!waiter.promise.isCanceled())
            return false;
        waiter.promise.finish();
        return true;
    });
    if (m_waiters.empty())
        finish(Error{ErrorCode::Cancelled, {}});
}

Asker HttpJob::asker() const
{
    const auto has = [this](Asker asker) {
        return std::any_of(m_waiters.begin(), m_waiters.end(), [asker](const Waiter &waiter) {
            return waiter.permit.intent().asker == asker;
        });
    };
    if (has(Asker::Person))
        return Asker::Person;
    return has(Asker::OrderedEye) ? Asker::OrderedEye : Asker::Eye;
}

Breaker &HttpJob::breaker()
{
    return m_room.breakers[FetchRoom::lineName(m_question.permit.intent().source, m_url)];
}

void HttpJob::leaveLine()
{
    const HostLines::Ticket ticket = std::exchange(m_ticket, 0);
    if (ticket == 0)
        return;
    if (m_underWay)
        m_room.lines.leave(ticket);
    else
        m_room.lines.leaveUnsent(ticket);
}

/// What never left is nothing that could be recorded.
void HttpJob::record(const Result<HttpAnswer> &result) const
{
    const bool ours = !result
        && (result.error().code == ErrorCode::Cancelled
            || result.error().code == ErrorCode::Postponed);
    if (m_sent > 0 && !ours && m_room.tape && m_room.tape->isRecording())
        note(*m_room.tape, m_asked, result, asker());
}

void HttpJob::finish(const Result<HttpAnswer> &result)
{
    auto ended = std::exchange(m_ended, nullptr);
    if (!ended)
        return;
    for (QTimer *timer : {&m_deadline, &m_queueTimer, &m_retryTimer})
        timer->stop();
    m_attempt.reset();
    if (m_holdsProbe)
        breaker().gaveUp();
    leaveLine();
    record(result);
    for (Waiter &waiter : m_waiters) {
        waiter.watcher.disconnect(this);
        waiter.promise.addResult(result);
        waiter.promise.finish();
    }
    m_waiters.clear();
    if (m_goesFirst)
        m_room.eachBeside(*this, [](HttpJob &other) { other.comeForward(); });
    ended();
}

} // namespace wg
