// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policy.h"
#include "core/settings.h"

namespace wg {

/// The gate's policy as settings, consents and releases make it.
Policy policyFrom(const Settings &settings, const QSet<QString> &consents,
                  const QSet<QString> &releases);

} // namespace wg
