// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/manifest.h"

namespace wg {

/// The question with what was asked instead of "{entity}" wherever its answer is read: in
/// constants, in the arguments of transforms and in what conditions compare with.
ManifestQuestion aboutEntity(ManifestQuestion question, const Artifact &asked);

} // namespace wg
