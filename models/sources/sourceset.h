// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/dnsclient.h"
#include "net/fetcher.h"
#include "net/tlsclient.h"
#include "net/whoisclient.h"
#include "sources/catalogue.h"
#include "sources/keyring.h"
#include "sources/source.h"

#include <memory>
#include <vector>

namespace wg {

/// By what sources ask; all outlive them.
struct Transports
{
    Fetcher &fetcher;
    DnsClient &dns;
    WhoisClient &whois;
    TlsClient &tls;
};

/// All sources that ask outside, made once on the net thread, in the order in which they are asked.
std::vector<std::unique_ptr<Source>> makeSources(const Catalogue &catalogue, const Gate &gate,
                                                 const Transports &transports, KeyRing &keys,
                                                 const Clock &clock);

} // namespace wg
