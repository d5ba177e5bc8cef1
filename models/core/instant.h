// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QMetaType>
#include <QString>
#include <compare>
#include <optional>

namespace wg {

/// A moment: milliseconds since 1970-01-01 UTC. The one unit of time in values and in the store.
struct Instant
{
    qint64 ms = 0;

    friend constexpr auto operator<=>(Instant, Instant) = default;
    friend constexpr Instant operator+(Instant a, qint64 millis) { return {a.ms + millis}; }
    friend constexpr Instant operator-(Instant a, qint64 millis) { return {a.ms - millis}; }
    friend constexpr qint64 operator-(Instant a, Instant b) { return a.ms - b.ms; }

    static constexpr Instant fromSeconds(qint64 s) { return {s * 1000}; }
    [[nodiscard]] constexpr qint64 seconds() const
    {
        return ms >= 0 ? ms / 1000 : (ms - 999) / 1000;
    }
    [[nodiscard]] QDateTime utc() const { return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC); }
};

constexpr qint64 secondMs = 1000;
constexpr qint64 minuteMs = 60 * secondMs;
constexpr qint64 hourMs = 60 * minuteMs;
constexpr qint64 dayMs = 24 * hourMs;

/// "2026-11-22T04:10:00Z": RFC 3339, UTC, whole seconds.
QString toRfc3339(Instant t);
/// "2026-11-22": the UTC day, everywhere but in a digest's send time.
QString toDay(Instant t);
/// RFC 3339 in any zone, with or without fraction; also "YYYY-MM-DD" and "YYYY-MM-DD hh:mm:ss" read
/// as UTC. Nothing when the text is no possible date.
std::optional<Instant> parseInstant(QStringView text);

/// Makes a span of dates as long as it and the other together; what is unknown widens nothing.
inline void widen(std::optional<Instant> &first, std::optional<Instant> &last,
                  std::optional<Instant> otherFirst, std::optional<Instant> otherLast)
{
    if (otherFirst && (!first || *otherFirst < *first))
        first = otherFirst;
    if (otherLast && (!last || *last < *otherLast))
        last = otherLast;
}

/// Tells the time. Injected, so that tests may hold the clock.
class Clock
{
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Instant now() const = 0;
    /// How many real milliseconds until it shows this; 0 when it does. What timers wait by.
    [[nodiscard]] virtual qint64 realMsUntil(Instant then) const
    {
        return then.ms > now().ms ? then.ms - now().ms : 0;
    }
    /// Whether it is this machine's own, which people set and which sleeps with the machine.
    [[nodiscard]] virtual bool isWall() const { return true; }
};

/// The wall clock of this machine.
class SystemClock final : public Clock
{
public:
    [[nodiscard]] Instant now() const override;
};

} // namespace wg

Q_DECLARE_METATYPE(wg::Instant)
