// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/importoptions.h"
#include "core/instant.h"

#include <QByteArrayView>

namespace wg {

/// Nothing for a file that says itself what it is. 64 bytes behind the beginning must be readable.
std::optional<TableSketch> sketchTable(QByteArrayView beginning, Instant now);

} // namespace wg
