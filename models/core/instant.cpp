// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/instant.h"

#include <chrono>

namespace wg {

namespace {

namespace chr = std::chrono;

/// Reads fixed runs of digits off the front of a text.
class Cursor
{
public:
    explicit Cursor(QStringView text)
        : m_text(text)
    { }

    [[nodiscard]] bool atEnd() const { return m_text.isEmpty(); }
    [[nodiscard]] char16_t peek() const { return atEnd() ? u'\0' : m_text.front().unicode(); }
    bool take(char16_t c)
    {
        if (peek() != c || atEnd())
            return false;
        m_text = m_text.sliced(1);
        return true;
    }
    /// The value of exactly count digits, or -1.
    int digits(qsizetype count)
    {
        if (m_text.size() < count)
            return -1;
        int value = 0;
        for (qsizetype i = 0; i < count; ++i) {
            const auto c = m_text[i].unicode();
            if (c < u'0' || c > u'9')
                return -1;
            value = value * 10 + (c - u'0');
        }
        m_text = m_text.sliced(count);
        return value;
    }

private:
    QStringView m_text;
};

/// Days since 1970-01-01 of "YYYY-MM-DD".
std::optional<qint64> takeDay(Cursor &in)
{
    const int year = in.digits(4);
    if (year < 1 || !in.take(u'-'))
        return std::nullopt;
    const int month = in.digits(2);
    if (month < 1 || !in.take(u'-'))
        return std::nullopt;
    const int day = in.digits(2);
    const chr::year_month_day date{chr::year(year), chr::month(unsigned(month)),
                                   chr::day(unsigned(std::max(day, 0)))};
    if (day < 1 || !date.ok())
        return std::nullopt;
    return chr::sys_days(date).time_since_epoch().count();
}

/// Milliseconds of ".123456"; 0 where there is no fraction, nothing for a lone dot.
std::optional<qint64> takeFraction(Cursor &in)
{
    if (!in.take(u'.') && !in.take(u','))
        return 0;
    qint64 ms = 0;
    qint64 unit = 100;
    int count = 0;
    for (int digit = in.digits(1); digit >= 0; digit = in.digits(1), ++count) {
        ms += digit * unit;
        unit /= 10;
    }
    if (count == 0)
        return std::nullopt;
    return ms;
}

/// Milliseconds since midnight of "hh:mm:ss.fff"; a leap second is the second after it.
std::optional<qint64> takeTime(Cursor &in)
{
    const int hour = in.digits(2);
    if (hour < 0 || hour > 23 || !in.take(u':'))
        return std::nullopt;
    const int minute = in.digits(2);
    if (minute < 0 || minute > 59)
        return std::nullopt;
    const qint64 whole = hour * hourMs + minute * minuteMs;
    if (!in.take(u':'))
        return whole;
    const int second = in.digits(2);
    if (second < 0 || second > 60)
        return std::nullopt;
    const auto fraction = takeFraction(in);
    if (!fraction)
        return std::nullopt;
    return whole + second * secondMs + *fraction;
}

/// Milliseconds east of UTC; no zone at all is UTC.
std::optional<qint64> takeZone(Cursor &in)
{
    if (in.atEnd() || in.take(u'Z') || in.take(u'z'))
        return 0;
    const bool west = in.peek() == u'-';
    if (!in.take(u'+') && !in.take(u'-'))
        return std::nullopt;
    const int hours = in.digits(2);
    const bool colon = in.take(u':');
    const int minutes = in.atEnd() && !colon ? 0 : in.digits(2);
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59)
        return std::nullopt;
    const qint64 offset = hours * hourMs + minutes * minuteMs;
    return west ? -offset : offset;
}

/// Writes value with leading zeros and returns the place behind it.
char *put(char *to, unsigned value, int width)
{
    for (int i = width - 1; i >= 0; --i, value /= 10)
        to[i] = char('0' + value % 10);
    return to + width;
}

/// Room for any year that 64 bits of milliseconds reach never matters to people: what does not fit
/// four digits is clamped to the first or last such day.
chr::sys_days dayOf(Instant t)
{
    const auto first = chr::sys_days(chr::year(1) / 1 / 1);
    const auto last = chr::sys_days(chr::year(9999) / 12 / 31);
    const auto day = t.ms >= 0 ? t.ms / dayMs : (t.ms + 1) / dayMs - 1;
    const auto inRange =
        std::clamp<qint64>(day, first.time_since_epoch().count(), last.time_since_epoch().count());
    return chr::sys_days(chr::days(int(inRange)));
}

char *putDay(char *to, Instant t)
{
    const chr::year_month_day date(dayOf(t));
    to = put(to, unsigned(int(date.year())), 4);
    *to++ = '-';
    to = put(to, unsigned(date.month()), 2);
    *to++ = '-';
    return put(to, unsigned(date.day()), 2);
}

} // namespace

QString toRfc3339(Instant t)
{
    char text[20];
    char *at = putDay(text, t);
    const auto inDay = unsigned(((t.ms % dayMs + dayMs) % dayMs) / secondMs);
    *at++ = 'T';
    at = put(at, inDay / 3600, 2);
    *at++ = ':';
    at = put(at, inDay / 60 % 60, 2);
    *at++ = ':';
    at = put(at, inDay % 60, 2);
    *at++ = 'Z';
    return QString::fromLatin1(text, at - text);
}

QString toDay(Instant t)
{
    char text[10];
    const char *end = putDay(text, t);
    return QString::fromLatin1(text, end - text);
}

std::optional<Instant> parseInstant(QStringView text)
{
    Cursor in(text.trimmed());
    const auto day = takeDay(in);
    if (!day)
        return std::nullopt;
    if (in.atEnd())
        return Instant{*day * dayMs};
    if (!in.take(u'T') && !in.take(u't') && !in.take(u' '))
        return std::nullopt;
    const auto time = takeTime(in);
    if (!time)
        return std::nullopt;
    const auto zone = takeZone(in);
    if (!zone || !in.atEnd())
        return std::nullopt;
    return Instant{*day * dayMs + *time - *zone};
}

Instant SystemClock::now() const
{
    return {QDateTime::currentMSecsSinceEpoch()};
}

} // namespace wg
