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

} // namespace wg
