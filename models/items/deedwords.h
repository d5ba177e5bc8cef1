// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal.h"

#include <QString>
#include <optional>

namespace wg {

/// What a journal entry did, in a few words: "eye on (example.com)".
QString deedOf(const JournalEntry &entry);
/// What an undo took back, for the status bar.
QString undoneWords(const std::optional<JournalEntry> &undone);

} // namespace wg
