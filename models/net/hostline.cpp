// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/hostline.h"

#include <chrono>

namespace wg {

namespace {

qint64 monotonicMs()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

} // namespace

HostLines::Ticket HostLines::enter(const Place &place, Go go)
{
    const Ticket ticket = ++m_last;
    m_lineOf.insert(ticket, place.line);
    Line &line = m_lines[place.line];
    auto &queue = place.asker == Asker::Eye ? line.eyes : line.people;
    queue.push_back({ticket, place, std::move(go)});
    serveLater(place.line, line, 0);
    return ticket;
}

void HostLines::promote(Ticket ticket)
{
    const auto found = m_lines.find(m_lineOf.value(ticket));
    if (found == m_lines.end())
        return;
    auto &eyes = found->second.eyes;
    const auto at = std::find_if(eyes.begin(), eyes.end(),
                                 [ticket](const Waiting &w) { return w.ticket == ticket; });
    if (at == eyes.end())
        return;
    found->second.people.push_back(std::move(*at));
    eyes.erase(at);
    serveLater(found->first, found->second, 0);
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
        std::erase_if(line.people, is);
        std::erase_if(line.eyes, is);
    }
    serveLater(name, line, 0);
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
    for (const auto *queue : {&line.people, &line.eyes}) {
        for (const Waiting &waiting : *queue) {
            if (waiting.ticket == ticket)
                return waitFor(line, waiting.place.windows);
        }
    }
    return 0;
}

void HostLines::hold(const QString &line, qint64 ms)
{
    Line &held = m_lines[line];
    held.heldUntil = std::max(held.heldUntil, monotonicMs() + ms);
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
    auto &queue = line.people.empty() ? line.eyes : line.people;
    if (queue.empty() || line.active >= queue.front().place.parallel)
        return;
    const qint64 wait = waitFor(line, queue.front().place.windows);
    if (wait > 0) {
        serveLater(name, line, wait);
        return;
    }
    Waiting next = std::move(queue.front());
    queue.pop_front();
    ++line.active;
    note(line, next.place.windows);
    m_active.insert(next.ticket);
    serveLater(name, line, 0);
    next.go();
}

qint64 HostLines::waitFor(const Line &line, const QList<HostWindow> &windows) const
{
    const qint64 now = monotonicMs();
    qint64 wait = std::max<qint64>(0, line.heldUntil - now);
    for (const HostWindow &window : windows) {
        const auto sent = line.sent.constFind(window.perMs);
        const auto count = size_t(std::max(1, window.count));
        if (sent == line.sent.constEnd() || sent->size() < count)
            continue;
        const qint64 free = (*sent)[sent->size() - count] + window.perMs;
        wait = std::max(wait, free - now);
    }
    return wait;
}

void HostLines::note(Line &line, const QList<HostWindow> &windows) const
{
    const qint64 now = monotonicMs();
    for (const HostWindow &window : windows) {
        auto &sent = line.sent[window.perMs];
        sent.push_back(now);
        while (sent.size() > size_t(std::max(1, window.count)))
            sent.pop_front();
    }
}

} // namespace wg
