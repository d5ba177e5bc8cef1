// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/fetcher.h"

#include "net/fetchroom.h"
#include "net/httpjob.h"
#include "net/taped.h"

namespace wg {

using namespace Qt::StringLiterals;

namespace {

using Answered = Result<HttpAnswer>;

/// Questions with the same key ask the same thing of the same server.
QByteArray keyOf(const HttpQuestion &question, const QUrl &url)
{
    if (!question.body.isEmpty())
        return {};
    QByteArray key = question.permit.intent().source.toUtf8() + '\n' + url.toEncoded() + '\n'
        + QByteArray::number(question.maxBytes);
    for (const auto &[name, value] : question.headers + question.secret.headers)
        key += '\n' + name + ':' + value;
    return key + '\n' + question.secret.query + '\n' + question.secret.path;
}

Known knownIn(const HttpQuestion &question)
{
    Known known;
    for (const auto &[name, value] : question.headers) {
        if (name == "If-None-Match")
            known.etag = value;
        else if (name == "If-Modified-Since")
            known.modified = value;
    }
    return known;
}

} // namespace

struct Fetcher::Parts
{
    FetchRoom room;
    quint64 lastJob = 0;
    std::map<quint64, std::unique_ptr<HttpJob>> jobs{};
    QHash<QByteArray, quint64> byKey{};

    QFuture<Answered> start(const HttpQuestion &question, const QUrl &url);
    QFuture<Answered> play(const HttpQuestion &question);
    void eachBeside(const HttpJob &job, const std::function<void(HttpJob &)> &take);
};

/// take may end the job.
void Fetcher::Parts::eachBeside(const HttpJob &job, const std::function<void(HttpJob &)> &take)
{
    QList<quint64> waiting;
    for (const auto &[number, other] : jobs) {
        if (other->waitsBeside(job))
            waiting.append(number);
    }
    for (const quint64 number : std::as_const(waiting)) {
        if (const auto found = jobs.find(number); found != jobs.end())
            take(*found->second);
    }
}

QFuture<Answered> Fetcher::Parts::start(const HttpQuestion &question, const QUrl &url)
{
    const QByteArray key = keyOf(question, url);
    if (const quint64 same = key.isEmpty() ? 0 : byKey.value(key))
        return jobs.at(same)->join(question.permit);
    const quint64 number = ++lastJob;
    auto job = std::make_unique<HttpJob>(room, question, url, [this, number, key] {
        byKey.remove(key);
        const auto found = jobs.find(number);
        if (found == jobs.end())
            return;
        // It is inside one of its own functions.
        found->second.release()->deleteLater();
        jobs.erase(found);
    });
    HttpJob &started = *job;
    jobs.emplace(number, std::move(job));
    if (!key.isEmpty())
        byKey.insert(key, number);
    const auto future = started.join(question.permit);
    started.start();
    return future;
}

QFuture<Answered> Fetcher::Parts::play(const HttpQuestion &question)
{
    const auto promise = std::make_shared<QPromise<Answered>>();
    promise->start();
    room.tape->play(wireRequest(question), knownIn(question),
                    [this, promise](const Played &played) {
                        promise->addResult(httpAnswer(played, room.clock.now()));
                        promise->finish();
                    });
    return promise->future();
}

Fetcher::Fetcher(const Gate &gate, const Clock &clock, LedgerSink &ledger, QObject *parent)
    : QObject(parent)
    , m_parts(new Parts{{gate, clock, ledger,
                         [this](bool online) { Q_EMIT reachabilityChanged(online); },
                         *new QNetworkAccessManager(this), *new HostLines(clock, this)}})
{
    m_parts->room.eachBeside = [parts = m_parts.get()](const HttpJob &job, const auto &take) {
        parts->eachBeside(job, take);
    };
    connect(&m_parts->room.lines, &HostLines::quotaChanged, this,
            [this](const QString &line) { Q_EMIT quotaChanged(line.section(u' ', 0, 0)); });
}

Fetcher::~Fetcher()
{
    m_parts->byKey.clear();
    auto jobs = std::exchange(m_parts->jobs, {});
    jobs.clear();
}

QFuture<Answered> Fetcher::fetch(const HttpQuestion &question)
{
    const Gate &gate = m_parts->room.gate;
    const Intent &intent = question.permit.intent();
    if (const auto objection = gate.objection(question.permit))
        return QtFuture::makeReadyFuture<Answered>(*objection);
    if (m_parts->room.tape && m_parts->room.tape->isReplaying())
        return m_parts->play(question);
    const auto url = gate.destination(intent.source, question.url, question.allowedHosts);
    if (!url)
        return QtFuture::makeReadyFuture<Answered>(url.error());
    return m_parts->start(question, *url);
}

bool Fetcher::mayAnswer(const HttpQuestion &question) const
{
    const Tape *tape = m_parts->room.tape;
    return !tape || !tape->isReplaying() || tape->knows(wireRequest(question));
}

bool Fetcher::isRecorded() const
{
    return m_parts->room.tape && m_parts->room.tape->isRecording();
}

void Fetcher::setTimes(const FetchTimes &times)
{
    m_parts->room.times = times;
}

void Fetcher::setHostFinder(HostFinder finder)
{
    m_parts->room.findHost = std::move(finder);
}

void Fetcher::setTape(Tape *tape)
{
    m_parts->room.tape = tape;
}

void Fetcher::reset(const QString &source)
{
    const QString prefix = source + u' ';
    m_parts->room.waits.remove(source);
    std::erase_if(m_parts->room.breakers,
                  [&](const auto &entry) { return entry.first.startsWith(prefix); });
}

qint64 Fetcher::roomInMs(const QString &source, const QUrl &url, const QStringList &allowedHosts,
                         const QList<HostWindow> &windows, Asker asker) const
{
    const HostLines &lines = m_parts->room.lines;
    const auto target = m_parts->room.gate.destination(source, url, allowedHosts);
    const Tape *tape = m_parts->room.tape;
    if (!target || (tape && tape->isReplaying()))
        return 0;
    return lines.freeInMs(FetchRoom::lineName(source, *target), windows, asker);
}

std::optional<QuotaState> Fetcher::quota(const QString &source) const
{
    return m_parts->room.lines.quota(source);
}

void Fetcher::noteQuota(const QString &source, const QUrl &url, const QStringList &allowedHosts,
                        int left, int limit, qint64 forMs)
{
    HostLines &lines = m_parts->room.lines;
    if (const auto target = m_parts->room.gate.destination(source, url, allowedHosts);
        target && forMs > 0)
        lines.said(FetchRoom::lineName(source, *target), left, limit, lines.now() + forMs);
}

QByteArray Fetcher::savedQuota(const QString &source) const
{
    return m_parts->room.lines.saved(source);
}

void Fetcher::restoreQuota(const QString &source, const QByteArray &saved)
{
    m_parts->room.lines.restore(source, saved);
}

void Fetcher::forgetQuota(const QString &source)
{
    m_parts->room.lines.forget(source);
}

void Fetcher::rememberWait(const QString &source, Instant until)
{
    m_parts->room.waits.insert(source, until);
}

std::optional<Instant> Fetcher::waitUntil(const QString &source) const
{
    // One target that wants to be left alone does not speak for the others.
    if (meetsTarget(source))
        return std::nullopt;
    const QString prefix = source + u' ';
    const Instant now = m_parts->room.clock.now();
    std::optional<Instant> latest;
    if (const Instant kept = m_parts->room.waits.value(source); kept > now)
        latest = kept;
    const auto &breakers = m_parts->room.breakers;
    for (auto it = breakers.lower_bound(prefix);
         it != breakers.end() && it->first.startsWith(prefix); ++it) {
        const auto until = it->second.waitUntil(now);
        if (until && (!latest || *until > *latest))
            latest = until;
    }
    return latest;
}

/// A source with several hosts is paused while each of those it ever asked is.
std::optional<Instant> Fetcher::pausedUntil(const QString &source) const
{
    const QString prefix = source + u' ';
    const Instant now = m_parts->room.clock.now();
    const auto &breakers = m_parts->room.breakers;
    std::optional<Instant> earliest;
    for (auto it = breakers.lower_bound(prefix);
         it != breakers.end() && it->first.startsWith(prefix); ++it) {
        const auto until = it->second.pausedUntil(now);
        if (!until)
            return std::nullopt;
        if (!earliest || *until < *earliest)
            earliest = until;
    }
    return earliest;
}

} // namespace wg
