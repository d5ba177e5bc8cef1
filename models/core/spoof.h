// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace wg {

/// UTS #39 skeleton: equal for texts that look alike. Private to core.
QString skeleton(QStringView text);
/// Single script, or a mix that is usual (Japanese, Korean, Chinese with Latin).
bool isHighlyRestrictive(QStringView text);

} // namespace wg
