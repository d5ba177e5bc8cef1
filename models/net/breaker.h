// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/instant.h"
#include "net/gate.h"

#include <QString>
#include <optional>

namespace wg {

/// One host of one source: counts consecutive failures and rests after five; a pure value that is
/// told the time. A Retry-After is kept apart, because a person passes a breaker but never that.
class Breaker
{
public:
    /// Whether a question may go now. Asking claims the half-open probe, so ask only to send.
    [[nodiscard]] bool admits(Asker asker, Instant now);
    void succeeded();
    void failed(Instant now, qint64 baseMs);
    /// The claimed probe ended without a verdict (cancelled, refused on the way).
    void gaveUp() { m_probing = false; }
    void askedToWait(Instant until);
    void reset() { *this = Breaker(); }

    /// Until when the host itself asked to be left alone; nothing when it does not.
    [[nodiscard]] std::optional<Instant> waitUntil(Instant now) const;
    /// When an eye may ask again; nothing when now.
    [[nodiscard]] std::optional<Instant> pausedUntil(Instant now) const;
    [[nodiscard]] int failures() const { return m_failures; }

private:
    int m_failures = 0;
    int m_openings = 0;
    std::optional<Instant> m_openUntil;
    std::optional<Instant> m_waitUntil;
    bool m_probing = false;
};

} // namespace wg
