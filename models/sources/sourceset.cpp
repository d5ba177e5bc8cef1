// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/sourceset.h"

#include "sources/cymrusource.h"
#include "sources/dnssource.h"
#include "sources/manifestsource.h"
#include "sources/maxmindsource.h"
#include "sources/mnemonicsource.h"
#include "sources/rdapsource.h"
#include "sources/tlssource.h"
#include "sources/websource.h"
#include "sources/whoissource.h"

namespace wg {

std::vector<std::unique_ptr<Source>> makeSources(const Catalogue &catalogue, const Gate &gate,
                                                 const Transports &transports, KeyRing &keys,
                                                 const Clock &clock)
{
    Fetcher &fetcher = transports.fetcher;
    std::vector<std::unique_ptr<Source>> sources;
    sources.push_back(std::make_unique<DnsSource>(gate, transports.dns, clock));
    auto rdap = std::make_unique<RdapSource>(gate, fetcher, clock);
    RdapDirectory &directory = rdap->directory();
    sources.push_back(std::move(rdap));
    sources.push_back(std::make_unique<WhoisSource>(gate, directory, transports.whois, clock));
    sources.push_back(std::make_unique<TlsSource>(gate, transports.tls, clock));
    sources.push_back(std::make_unique<WebSource>(gate, fetcher, clock));
    sources.push_back(std::make_unique<MnemonicSource>(gate, fetcher, clock));
    for (const auto &manifest : catalogue.manifests)
        sources.push_back(std::make_unique<ManifestSource>(manifest, gate, fetcher, keys, clock));
    sources.push_back(std::make_unique<CymruSource>(gate, transports.dns, clock));
    sources.push_back(std::make_unique<MaxmindSource>(gate, clock));
    return sources;
}

} // namespace wg
