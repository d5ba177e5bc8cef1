// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commandio.h"
#include "app/exitcode.h"

namespace wg {

/// For people, one line on standard error; for programs, one JSON document on standard output.
enum class OutputForm : quint8
{
    Text,
    Json
};

/// Says what failed; the code to end with.
ExitCode tellFailure(CommandIo &io, const Error &error, OutputForm form);

} // namespace wg
