// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/delta.h"

namespace wg {

/// Names of the rules that hide changes; stored, listed and shown.
namespace rules {
constexpr QLatin1String backfill("backfill"); ///< began before the baseline, told late
constexpr QLatin1String rotating("rotating"); ///< a member of a name or a page that rotates
constexpr QLatin1String storm("storm"); ///< beyond twenty cards of one eye in a day
constexpr QLatin1String truncated("truncated"); ///< may only have been cut off before
} // namespace rules

/// Cards of one eye in a day before they become one storm card.
constexpr int stormLimit = 20;
/// A fact not seen for longer than this has come back when it is seen again.
constexpr qint64 returnAfterMs = 30 * dayMs;
/// What began this long before the last check still counts as new in the world.
constexpr qint64 worldSlackMs = 48 * hourMs;

/// What is true about change (DESIGN.md section 4), for one pass: which differences are changes,
/// how new they are, which rule hides them, and the cards that tell the rest. Pure.
Verdict judge(const Delta &delta);

} // namespace wg
