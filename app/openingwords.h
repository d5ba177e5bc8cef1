// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/store.h"

namespace wg {

/// What opening did about a database that was damaged or gone, for a terminal; empty where all was
/// well.
QString openingSentence(const StoreOpening &opening);

/// Why the window cannot open, and what to do next; plain text for a person who sees nothing else.
QString cannotOpenWords(const Error &error, const QString &folder);

} // namespace wg
