// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/dnschannel.h"
#include "net/dnspace.h"

#include <array>
#include <deque>
#include <memory>

namespace wg {

/// A question that waits for a place on the wire. Owned by the peer it is for.
struct DnsWaiting
{
    Permit permit;
    QString name;
    quint16 type;
    DnsDone done;
};

/// One server, its two UDP channels of which one is in use, and the one for answers that were cut.
/// Owned by the DNS client.
struct DnsPeer
{
    // After so many questions the other channel is used and this one runs dry, closes its socket
    // and has another source port next time: a guesser of ids gets a moving target.
    static constexpr int questionsPerPort = 4096;

    DnsPeer(const ServerAddress &a, const DnsTimes &times, const DnsChannel::Hooks &hooks)
        : address(a)
        , text(a.text())
        , pace(times.inFlight)
        , mostInFlight(times.inFlight)
        , channels{std::make_unique<DnsChannel>(a, times, DnsRoad::Udp, hooks),
                   std::make_unique<DnsChannel>(a, times, DnsRoad::Udp, hooks)}
        , stream(std::make_unique<DnsChannel>(a, times, DnsRoad::Tcp, hooks))
    { }

    [[nodiscard]] bool hasRoom() const { return pace.hasRoom() && inFlight < mostInFlight; }

    DnsChannel &channel()
    {
        if (++asked % questionsPerPort == 0)
            std::swap(channels[0], channels[1]);
        return *channels[0];
    }

    ServerAddress address;
    QString text; ///< of the address
    DnsPace pace;
    int mostInFlight;
    int inFlight = 0; ///< those the window has given up, but whose answer may still come, as well
    int asked = 0;
    quint64 answered = 0;
    quint64 rescued = 0; ///< answered, but not at the first try
    std::deque<DnsWaiting> waiting{};
    // Last: their end calls back for what is under way.
    std::array<std::unique_ptr<DnsChannel>, 2> channels;
    std::unique_ptr<DnsChannel> stream;
};

} // namespace wg
