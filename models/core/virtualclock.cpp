// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/virtualclock.h"

#include <algorithm>

namespace wg {

VirtualClock::VirtualClock(Instant start, double speed, Begin begin)
    : m_base(start.ms)
    , m_speed(speed)
    , m_goes(begin == Begin::AtOnce)
{ }

Instant VirtualClock::now() const
{
    if (!m_goes)
        return {m_base.load()};
    const std::chrono::duration<double, std::milli> passed = Steady::now() - m_began.load();
    return {m_base.load() + qint64(passed.count() * m_speed)};
}

qint64 VirtualClock::realMsUntil(Instant then) const
{
    const qint64 wait = then - now();
    if (wait <= 0)
        return 0;
    if (standsStill())
        return dayMs;
    return qint64(std::min(double(wait) / m_speed, double(dayMs - 1))) + 1;
}

void VirtualClock::begin()
{
    if (m_goes)
        return;
    m_began = Steady::now();
    m_goes = true;
}

void VirtualClock::moveTo(Instant then)
{
    const qint64 ahead = then - now();
    if (ahead > 0)
        m_base += ahead;
}

} // namespace wg
