// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/source.h"

namespace wg {

/// The name under which Team Cymru tells who announces an address.
QString cymruOriginName(const Artifact &address);
/// The name under which it tells whose an autonomous system is: "AS64500" at "AS64500.asn…".
QString cymruHolderName(const QString &asn);

/// The autonomous systems that an answer about an address names, "AS64500" …; of several prefixes
/// the most specific one's. Empty when the answer is none.
QStringList cymruOrigins(const RawAnswer &answer);

/// The TXT answers of one ask, the first about the address, the others about the autonomous systems
/// (their question's text): one observation. Pure, any thread.
QList<Observation> parseCymru(const RawPass &raw);

} // namespace wg
