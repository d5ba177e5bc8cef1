// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/record.h"

namespace wg {

/// What people call a fact's value: of a certificate, whose value is a number and an issuer, its
/// common name, else the first name in it. Pure.
UntrustedText titleOf(const Record &record);

} // namespace wg
