// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/instant.h"

#include <QByteArray>
#include <QHash>
#include <optional>

namespace wg {

/// How long the fetch layer waits for what; tests shorten it.
struct FetchTimes
{
    qint64 retryBaseMs = 2 * secondMs; ///< full jitter: a random part of base times 2^n …
    qint64 retryCapMs = 15 * minuteMs; ///< … at most this
    qint64 leastRetryAfterMs = secondMs; ///< a server's Retry-After is clamped to this and a day
    qint64 breakerBaseMs = minuteMs; ///< an open breaker's first rest; doubles to an hour
    qint64 personQueueMs = minuteMs; ///< how long a person's question waits for a free window
    qint64 eyeQueueMs = 10 * minuteMs; ///< how long an eye's does
};

/// AWS's full jitter: uniformly random in [0, min(cap, base * 2^attempt)]; attempt counts from 0.
qint64 jitteredDelay(int attempt, const FetchTimes &times);

/// Both forms of Retry-After (RFC 9110 10.2.3), as milliseconds from now, clamped to leastMs and a
/// day. Nothing when the header is absent or unreadable.
std::optional<qint64> retryAfterMs(const QByteArray &header, Instant now,
                                   qint64 leastMs = secondMs);

/// How many requests a server says are left until when.
struct SaidQuota
{
    int left = 0;
    std::optional<int> limit;
    Instant reset;
};

/// The headers by which servers tell their quota: RateLimit-*, X-RateLimit-*, X-Rate-Limit-*
/// (Remaining, Limit, Reset as seconds, as a time of the epoch or as a date). Nothing where they
/// are absent, unreadable, or do not say until when.
std::optional<SaidQuota> saidQuota(const QHash<QByteArray, QByteArray> &headers, Instant now);

} // namespace wg
