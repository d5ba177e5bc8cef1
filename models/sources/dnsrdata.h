// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/address.h"
#include "core/record.h"
#include "sources/dnswire.h"

namespace wg {

/// An A or AAAA record's address; nothing when its length is wrong.
std::optional<IpAddress> addressOf(const DnsWire &wire, const WireRecord &rr);

/// Fills value, attributes and details (without the TTL) from RDATA; false when it is malformed.
bool readRdata(const DnsWire &wire, const WireRecord &rr, Record &out);

} // namespace wg
