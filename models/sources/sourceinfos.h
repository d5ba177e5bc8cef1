// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sourceinfo.h"

namespace wg {

/// What each source declares about itself, in the language of the moment. Any thread.
SourceInfo dnsInfo();
SourceInfo rdapInfo();
SourceInfo whoisInfo();
SourceInfo tlsInfo();
SourceInfo webInfo();
SourceInfo mnemonicInfo();
SourceInfo cymruInfo();
SourceInfo maxmindInfo();
SourceInfo filesInfo();

} // namespace wg
