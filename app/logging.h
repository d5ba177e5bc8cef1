// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace wg {

/// How much of what the program says of itself is kept.
enum class LogLevel : quint8
{
    Info,
    Debug
};

/// From here on messages go to FOLDER/logs/watchglass.log (0600), rotated at 2 MiB, three old ones
/// kept; fatal ones also to standard error. Queries and keys are never logged at info level.
void startLogging(const QString &folder, LogLevel level);
void setLogLevel(LogLevel level);

} // namespace wg
