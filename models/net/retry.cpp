// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/retry.h"

#include <QLocale>
#include <QRandomGenerator>

namespace wg {

namespace {

/// "Sun, 06 Nov 1994 08:49:37 GMT" and the two obsolete forms of RFC 9110 5.6.7.
std::optional<Instant> httpDate(const QByteArray &text)
{
    static const QStringList forms{
        QStringLiteral("dd MMM yyyy hh:mm:ss 'GMT'"),
        QStringLiteral("dd-MMM-yy hh:mm:ss 'GMT'"),
        QStringLiteral("ddd MMM d hh:mm:ss yyyy"),
    };
    // The weekday says nothing more, and with a year of two digits Qt takes it for a contradiction.
    const QString plain = QString::fromLatin1(text.sliced(text.indexOf(',') + 1)).simplified();
    for (const QString &form : forms) {
        QDateTime read = QLocale::c().toDateTime(plain, form);
        if (!read.isValid())
            continue;
        if (read.date().year() < 1970)
            read = read.addYears(100);
        return Instant{QDateTime(read.date(), read.time(), Qt::UTC).toMSecsSinceEpoch()};
    }
    return std::nullopt;
}

/// Seconds from now, a time of the epoch in seconds or milliseconds, or a date.
std::optional<Instant> resetAt(const QByteArray &header, Instant now)
{
    constexpr qint64 leastEpoch = 1'000'000'000;
    constexpr qint64 leastEpochMs = leastEpoch * secondMs;
    const QByteArray text = header.trimmed();
    bool whole = false;
    const qint64 number = text.toLongLong(&whole);
    if (whole && number >= leastEpochMs)
        return Instant{number};
    if (whole && number >= leastEpoch)
        return Instant::fromSeconds(number);
    if (whole)
        return number >= 0 ? std::optional(now + number * secondMs) : std::nullopt;
    if (const auto date = httpDate(text))
        return date;
    return parseInstant(QString::fromLatin1(text));
}

} // namespace

qint64 jitteredDelay(int attempt, const FetchTimes &times)
{
    const int doublings = std::clamp(attempt, 0, 30);
    const qint64 most = std::min(times.retryCapMs, times.retryBaseMs << doublings);
    return most <= 0 ? 0 : QRandomGenerator::global()->bounded(most + 1);
}

std::optional<qint64> retryAfterMs(const QByteArray &header, Instant now, qint64 leastMs)
{
    const QByteArray text = header.trimmed();
    if (text.isEmpty())
        return std::nullopt;
    const bool digits =
        std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (digits) {
        // More digits than fit a day's seconds by far: the clamp says the same.
        const qint64 seconds = text.size() > 9 ? dayMs : text.toLongLong();
        return std::clamp(seconds * secondMs, leastMs, dayMs);
    }
    if (const auto date = httpDate(text))
        return std::clamp(*date - now, leastMs, dayMs);
    return std::nullopt;
}

std::optional<SaidQuota> saidQuota(const QHash<QByteArray, QByteArray> &headers, Instant now)
{
    constexpr qint64 longest = 31 * dayMs;
    for (const QByteArray prefix : {"ratelimit-", "x-ratelimit-", "x-rate-limit-"}) {
        bool whole = false;
        const int left = headers.value(prefix + "remaining").trimmed().toInt(&whole);
        QByteArray reset = headers.value(prefix + "reset-after");
        if (reset.isEmpty())
            reset = headers.value(prefix + "reset");
        const auto at = resetAt(reset, now);
        if (!whole || left < 0 || !at || *at <= now)
            continue;
        bool limited = false;
        const int limit = headers.value(prefix + "limit").trimmed().toInt(&limited);
        return SaidQuota{left, limited && limit > 0 ? std::optional(limit) : std::nullopt,
                         std::min(*at, now + longest)};
    }
    return std::nullopt;
}

} // namespace wg
