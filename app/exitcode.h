// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

namespace wg {

/// Exit codes of the command line, and their words in JSON.
enum class ExitCode : int
{
    Done = 0,
    Failed = 1,
    Usage = 2,
    NotFound = 3,
    Refused = 4,
    Unreachable = 5
};

ExitCode exitCodeOf(ErrorCode code);
/// "failed", "usage", "not_found", "refused", "unreachable".
QLatin1String exitWord(ExitCode code);
/// One sentence for a person at a terminal; outside text in it is made visible.
QString errorSentence(const Error &error);

} // namespace wg
