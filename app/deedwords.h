// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal.h"

#include <QString>

namespace wg {

/// What a journal entry did, for a terminal: "eye on (example.com)".
QString deedOf(const JournalEntry &entry);

} // namespace wg
