// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policy.h"
#include "core/sourceinfo.h"
#include "sources/outside.h"
#include "store/writer.h"

namespace wg {

struct SourceMemory;

/// Every source with what the policy says of it and what was last seen of it.
QList<SourceState> sourceStates(const Policy &policy, const QList<SourceMemory> &memories);

/// Manifests that cannot be used, so that nobody looks for their sources in vain.
QList<SourceState> brokenStates(const Catalogue &catalogue);

/// The numbers the rules need, from the policy and the sources' own intervals.
IngestRules rulesFor(const Policy &policy);

/// True for a source that this program knows.
bool isKnownSource(const Policy &policy, const QString &name);
/// Its nearest name, for "did you mean".
QString nearestSource(const Policy &policy, const QString &name);

} // namespace wg
