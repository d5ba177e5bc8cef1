// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/hostline.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>
#include <chrono>

namespace wg {

namespace {

const QString quotaName = QStringLiteral("quota");
const QString windowsName = QStringLiteral("windows");

} // namespace

HostLines::HostLines(const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_startedAt(clock.now())
{
    m_elapsed.start();
}

/// A clock that is set back must not keep windows shut, and a computer that slept has waited.
Instant HostLines::now() const
{
    const Instant wall = m_clock.now();
    if (wall > m_startedAt + m_elapsed.elapsed()) {
        m_startedAt = wall;
        m_elapsed.restart();
    }
    return m_startedAt + m_elapsed.elapsed();
}

HostLines::Ticket HostLines::enter(const Place &place, Go go)
{
    const Ticket ticket = ++m_last;
    m_lineOf.insert(ticket, place.line);
    Line &line = m_lines[place.line];
    line.windows = place.windows;
    queueOf(line, place.asker).push_back({ticket, place, std::move(go)});
    serveLater(place.line, line, 0);
    return ticket;
}

std::deque<HostLines::Waiting> &HostLines::queueOf(Line &line, Asker asker)
{
    switch (asker) {
    case Asker::Person:
    case Asker::ResolverTest:
        return line.queues[0];
    case Asker::OrderedEye:
        return line.queues[1];
    case Asker::Eye:
        break;
    }
    return line.queues[2];
}

void HostLines::promote(Ticket ticket, Asker asker)
{
    const auto found = m_lines.find(m_lineOf.value(ticket));
    if (found == m_lines.end())
        return;
    Line &line = found->second;
    auto &better = queueOf(line, asker);
    for (auto queue = line.queues.rbegin(); &*queue != &better; ++queue) {
        const auto at = std::find_if(queue->begin(), queue->end(),
                                     [ticket](const Waiting &w) { return w.ticket == ticket; });
        if (at == queue->end())
            continue;
        at->place.asker = asker;
        better.push_back(std::move(*at));
        queue->erase(at);
        return serveLater(found->first, line, 0);
    }
}

void HostLines::leave(Ticket ticket)
{
    const QString name = m_lineOf.take(ticket);
    const auto found = m_lines.find(name);
    if (found == m_lines.end())
        return;
    Line &line = found->second;
    if (m_active.remove(ticket)) {
        --line.active;
    } else {
        const auto is = [ticket](const Waiting &w) { return w.ticket == ticket; };
        for (auto &queue : line.queues)
            std::erase_if(queue, is);
    }
    serveLater(name, line, 0);
}

void HostLines::leaveUnsent(Ticket ticket)
{
    const QString name = m_lineOf.value(ticket);
    if (const auto active = m_active.constFind(ticket); active != m_active.cend()) {
        Line &line = m_lines[name];
        line.quota.takeBack(line.windows, *active);
        Q_EMIT quotaChanged(name);
    }
    leave(ticket);
}

bool HostLines::isWaiting(Ticket ticket) const
{
    return m_lineOf.contains(ticket) && !m_active.contains(ticket);
}

qint64 HostLines::expectedWaitMs(Ticket ticket) const
{
    const auto found = m_lines.find(m_lineOf.value(ticket));
    if (found == m_lines.end())
        return 0;
    const Line &line = found->second;
    int before = 0;
    for (const auto &queue : line.queues) {
        for (const Waiting &waiting : queue) {
            if (waiting.ticket == ticket)
                return waitFor(line, waiting.place, before);
            ++before;
        }
    }
    return 0;
}

void HostLines::hold(const QString &line, qint64 ms)
{
    Line &held = m_lines[line];
    held.heldUntil = std::max(held.heldUntil, now() + ms);
}

/// One timer a line, however many wait.
void HostLines::serveLater(const QString &name, Line &line, qint64 ms)
{
    if (!line.timer) {
        line.timer = std::make_unique<QTimer>();
        line.timer->setSingleShot(true);
        line.timer->setTimerType(Qt::PreciseTimer);
        connect(line.timer.get(), &QTimer::timeout, this, [this, name] { serve(name); });
    }
    if (!line.timer->isActive() || line.timer->remainingTime() > ms)
        line.timer->start(std::chrono::milliseconds(ms));
}

/// One request a call: what go() does may change every queue here.
void HostLines::serve(const QString &name)
{
    const auto found = m_lines.find(name);
    if (found == m_lines.end())
        return;
    Line &line = found->second;
    const auto queue = std::find_if(line.queues.begin(), line.queues.end(),
                                    [](const auto &waiting) { return !waiting.empty(); });
    if (queue == line.queues.end() || line.active >= queue->front().place.parallel)
        return;
    const qint64 wait = waitFor(line, queue->front().place, 0);
    if (wait > 0) {
        serveLater(name, line, wait);
        return;
    }
    Waiting next = std::move(queue->front());
    queue->pop_front();
    ++line.active;
    m_active.insert(next.ticket, line.quota.note(next.place.windows, now()));
    serveLater(name, line, 0);
    Q_EMIT quotaChanged(name);
    next.go();
}

qint64 HostLines::waitFor(const Line &line, const Place &place, int before) const
{
    const Instant now = this->now();
    const Instant free = line.quota.freeAt(place.windows, place.asker, now, before);
    return std::max<qint64>(0, std::max(free, line.heldUntil) - now);
}

qint64 HostLines::freeInMs(const QString &line, const QList<HostWindow> &windows, Asker asker) const
{
    const auto found = m_lines.find(line);
    if (found == m_lines.end())
        return 0;
    const Line &asked = found->second;
    std::size_t waiting = 0;
    for (const auto &queue : asked.queues)
        waiting += queue.size();
    const Instant now = this->now();
    const Instant free = asked.quota.freeAt(windows, asker, now, int(waiting));
    return std::max<qint64>(0, std::max(asked.heldUntil, free) - now);
}

void HostLines::said(const QString &line, int left, std::optional<int> limit, Instant reset)
{
    m_lines[line].quota.said(left, limit, reset);
    Q_EMIT quotaChanged(line);
}

QList<const HostLines::Line *> HostLines::linesOf(const QString &source) const
{
    QList<const Line *> lines;
    const QString prefix = source + u' ';
    for (auto it = m_lines.lower_bound(prefix); it != m_lines.end() && it->first.startsWith(prefix);
         ++it)
        lines.append(&it->second);
    return lines;
}

std::optional<QuotaState> HostLines::quota(const QString &source) const
{
    std::optional<QuotaState> scarcest;
    for (const Line *line : linesOf(source)) {
        const auto state = line->quota.state(line->windows, now());
        if (state && (!scarcest || state->left < scarcest->left))
            scarcest = state;
    }
    return scarcest;
}

QByteArray HostLines::saved(const QString &source) const
{
    QJsonObject kept;
    const QString prefix = source + u' ';
    for (auto it = m_lines.lower_bound(prefix); it != m_lines.end() && it->first.startsWith(prefix);
         ++it) {
        const QByteArray quota = it->second.quota.saved(now());
        if (quota.isEmpty())
            continue;
        QJsonArray windows;
        for (const HostWindow &window : it->second.windows)
            windows.append(QJsonArray{window.count, window.perMs});
        kept.insert(it->first.mid(prefix.size()),
                    QJsonObject{{quotaName, QString::fromUtf8(quota)}, {windowsName, windows}});
    }
    return kept.isEmpty() ? QByteArray() : QJsonDocument(kept).toJson(QJsonDocument::Compact);
}

void HostLines::restore(const QString &source, const QByteArray &saved)
{
    const QJsonObject kept = QJsonDocument::fromJson(saved).object();
    for (auto it = kept.begin(); it != kept.end(); ++it) {
        Line &line = m_lines[source + u' ' + it.key()];
        const QJsonObject host = it.value().toObject();
        line.quota = Quota::restored(host.value(quotaName).toString().toUtf8(), now());
        for (const QJsonValue &window : host.value(windowsName).toArray())
            line.windows.append(
                {window.toArray().at(0).toInt(), window.toArray().at(1).toInteger()});
    }
}

void HostLines::forget(const QString &source)
{
    const QString prefix = source + u' ';
    for (auto it = m_lines.lower_bound(prefix); it != m_lines.end() && it->first.startsWith(prefix);
         ++it)
        it->second.quota = {};
}

} // namespace wg
