// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/manifest.h"

namespace wg {

/// How much of a quota its source says is left.
struct QuotaTold
{
    int left = 0;
    int limit = 0;
    Instant reset;
};

/// Nothing where the answer does not tell, or knows no limit.
std::optional<QuotaTold> readQuota(const QuotaQuestion &question, const QByteArray &body,
                                   Instant now);

} // namespace wg
