// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/dnsclient.h"
#include "net/fetcher.h"
#include "sources/catalogue.h"
#include "sources/keyring.h"
#include "sources/source.h"

#include <memory>
#include <vector>

namespace wg {

/// All sources that ask outside, made once on the net thread, in the order in which they are asked.
std::vector<std::unique_ptr<Source>> makeSources(const Catalogue &catalogue, const Gate &gate,
                                                 Fetcher &fetcher, DnsClient &dns, KeyRing &keys,
                                                 const Clock &clock);

} // namespace wg
