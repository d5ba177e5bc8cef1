// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/source.h"

namespace wg {

/// What a MaxMind file says about an address (MmdbFile::about(), as JSON): its autonomous system,
/// country and city, each with the day on which the file was made. Pure, any thread.
QList<Observation> parseMaxmind(const RawPass &raw);

} // namespace wg
