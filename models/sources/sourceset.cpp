// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/sourceset.h"

#include "sources/dnssource.h"
#include "sources/manifestsource.h"
#include "sources/mnemonicsource.h"
#include "sources/rdapsource.h"

namespace wg {

std::vector<std::unique_ptr<Source>> makeSources(const Catalogue &catalogue, const Gate &gate,
                                                 Fetcher &fetcher, DnsClient &dns, KeyRing &keys,
                                                 const Clock &clock)
{
    std::vector<std::unique_ptr<Source>> sources;
    sources.push_back(std::make_unique<DnsSource>(gate, dns, clock));
    sources.push_back(std::make_unique<RdapSource>(gate, fetcher, clock));
    sources.push_back(std::make_unique<MnemonicSource>(gate, fetcher, clock));
    for (const auto &manifest : catalogue.manifests)
        sources.push_back(std::make_unique<ManifestSource>(manifest, gate, fetcher, keys, clock));
    return sources;
}

} // namespace wg
