// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/instant.h"

#include <atomic>
#include <chrono>

namespace wg {

/// The time of a recording that is being replayed. It goes at its own speed, or stands still until
/// it is moved on. May be read from any thread; moved on from one.
class VirtualClock final : public Clock
{
public:
    /// When it begins to go.
    enum class Begin : quint8
    {
        AtOnce,
        OnCall ///< with begin(); until then it stands still
    };

    /// speed: virtual seconds per real second; 0 stands still.
    VirtualClock(Instant start, double speed, Begin begin = Begin::AtOnce);

    [[nodiscard]] Instant now() const override;
    /// At most a day, also for what a clock that stands still never shows by itself.
    [[nodiscard]] qint64 realMsUntil(Instant then) const override;
    [[nodiscard]] bool isWall() const override { return false; }
    [[nodiscard]] bool standsStill() const { return m_speed <= 0; }
    [[nodiscard]] bool hasBegun() const { return m_goes; }
    void begin();
    /// Never back.
    void moveTo(Instant then);

private:
    using Steady = std::chrono::steady_clock;

    std::atomic<qint64> m_base; ///< what it showed when it began, and how far it was moved since
    const double m_speed;
    std::atomic<Steady::time_point> m_began = Steady::now();
    std::atomic<bool> m_goes;
};

} // namespace wg
