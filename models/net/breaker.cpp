// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/breaker.h"

namespace wg {

namespace {

constexpr int failuresToOpen = 5;
constexpr qint64 longestRestMs = hourMs;

} // namespace

bool Breaker::admits(Asker asker, Instant now)
{
    if (waitUntil(now))
        return false;
    if (!m_openUntil)
        return true;
    if (asker != Asker::Eye) {
        m_probing = true;
        return true;
    }
    if (now < *m_openUntil || m_probing)
        return false;
    m_probing = true;
    return true;
}

void Breaker::succeeded()
{
    m_failures = 0;
    m_openings = 0;
    m_openUntil.reset();
    m_probing = false;
}

void Breaker::failed(Instant now, qint64 baseMs)
{
    m_probing = false;
    ++m_failures;
    if (m_failures < failuresToOpen)
        return;
    const qint64 rest = std::min(longestRestMs, baseMs << std::min(m_openings, 20));
    m_openUntil = now + rest;
    ++m_openings;
}

void Breaker::askedToWait(Instant until)
{
    if (!m_waitUntil || *m_waitUntil < until)
        m_waitUntil = until;
}

std::optional<Instant> Breaker::waitUntil(Instant now) const
{
    return m_waitUntil && now < *m_waitUntil ? m_waitUntil : std::nullopt;
}

std::optional<Instant> Breaker::pausedUntil(Instant now) const
{
    std::optional<Instant> until = waitUntil(now);
    if (m_openUntil && now < *m_openUntil && (!until || *until < *m_openUntil))
        until = m_openUntil;
    return until;
}

} // namespace wg
