// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/actions.h"
#include "actions/parts.h"

#include "core/after.h"

#include <algorithm>

namespace wg {

namespace {

/// A timer runs on another clock than the wall's, which may be set or have slept: look again.
constexpr qint64 longestSleepMs = minuteMs;

} // namespace

/// Reads when the next snooze is over, and wakes then.
void Actions::Parts::planWake()
{
    after(&self,
          store->read<std::optional<Instant>>([](Reader &reader) { return reader.nextWake(); }),
          [this](const Result<std::optional<Instant>> &next) {
              if (!next)
                  return;
              nextWake = *next;
              startWakeTimer();
          });
}

void Actions::Parts::startWakeTimer()
{
    if (!nextWake)
        return wake.stop();
    wake.start(int(std::min(clock.realMsUntil(*nextWake), longestSleepMs)));
}

void Actions::Parts::onWakeTimer()
{
    if (nextWake && *nextWake <= clock.now())
        after(&self, wakeDue(), [](const Result<Done> &) {});
    else
        startWakeTimer();
}

/// What sleeps no longer is new again before anybody reads it.
QFuture<Result<Done>> Actions::Parts::wakeDue()
{
    const Instant now = clock.now();
    if (!nextWake || *nextWake > now)
        return readyFuture(Result<Done>(Done{}));
    return after(
        &self, store->write<QList<Card>>([now](Writer &writer) { return writer.wakeSnoozed(now); }),
        [this](const Result<QList<Card>> &woken) -> Result<Done> {
            if (!woken)
                return woken.error();
            nextWake.reset();
            planWake();
            if (!woken->isEmpty()) {
                Q_EMIT self.cardsChanged();
                readOpenCards();
            }
            return Done{};
        });
}

} // namespace wg
