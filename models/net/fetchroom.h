// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/breaker.h"
#include "net/fetcher.h"
#include "net/hostfinder.h"
#include "net/hostline.h"
#include "net/reachability.h"
#include "net/tape.h"

#include <QNetworkAccessManager>
#include <QPointer>
#include <map>

namespace wg {

class HttpJob;

/// What all requests of a fetcher share. Lives on the net thread, owned by the fetcher.
struct FetchRoom
{
    const Gate &gate;
    const Clock &clock;
    LedgerSink &ledger;
    std::function<void(bool)> announceOnline;
    QNetworkAccessManager &manager;
    HostLines &lines;
    FetchTimes times{};
    HostFinder findHost = systemHostFinder();
    Reachability reachability{};
    std::map<QString, Breaker> breakers{}; ///< by lineName()
    QHash<QString, Instant> waits{}; ///< by source: a Retry-After from before a restart
    QPointer<Tape> tape{};
    /// For every request that waits beside this one.
    std::function<void(const HttpJob &, const std::function<void(HttpJob &)> &)> eachBeside{};

    /// One line and one breaker for each host of each source.
    [[nodiscard]] static QString lineName(const QString &source, const QUrl &url)
    {
        return source + QLatin1Char(' ') + url.authority(QUrl::FullyEncoded);
    }
};

} // namespace wg
