// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/instant.h"

namespace wg {

/// How a registry writes 12/18/2001.
enum class DateOrder : quint8
{
    DayFirst,
    MonthFirst
};

/// A date as WHOIS servers write it: "2001-02-03T04:05:06Z", "2001/02/03", "2001. 02. 03.",
/// "20010203", "3.2.2001 4:05:06", "03-Feb-2001", "2001-Feb-03", "Sat Feb 3 2001", "2010/10/18
/// 11:30:47 (JST)"; what follows a day or a time and is no zone is passed over. UTC where no zone
/// is named. Nothing for what no calendar has.
std::optional<Instant> whoisDate(const QString &text, DateOrder order = DateOrder::DayFirst);

} // namespace wg
