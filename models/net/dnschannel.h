// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/dnsclient.h"
#include "net/dnsquery.h"

#include <QSocketNotifier>
#include <ares.h>
#include <functional>
#include <optional>
#include <vector>

namespace wg {

/// By which road questions go first: UDP, where a cut answer comes back as it is, or TCP only.
enum class DnsRoad : quint8
{
    Udp,
    Tcp
};

/// A c-ares channel to one server, driven by socket notifiers. Lives on the net thread, owned by
/// the DNS client. Deleting it ends its questions with ARES_EDESTRUCTION.
class DnsChannel : public QObject
{
    Q_OBJECT

public:
    /// Takes a packet that c-ares would drop or mistreat; returns the question it is about, or
    /// nothing when it is about none.
    using TakeOdd = std::function<std::optional<DnsQuery>(quint16 id, QByteArrayView packet)>;

    DnsChannel(const ServerAddress &server, const DnsTimes &times, DnsRoad road, TakeOdd takeOdd);
    ~DnsChannel() override;

    /// False when c-ares could not be set up for this server.
    [[nodiscard]] bool isUsable() const { return m_channel != nullptr; }
    /// callback may come at once, from inside.
    void send(const DnsQuery &query, ares_callback callback, void *argument);
    /// Gives c-ares its chance to notice time-outs.
    void tick();

private:
    /// The notifiers of one socket; kept for the next socket when it closes.
    struct Watch
    {
        ares_socket_t socket = ARES_SOCKET_BAD;
        QSocketNotifier read{QSocketNotifier::Read};
        QSocketNotifier write{QSocketNotifier::Write};
    };

    static void socketState(void *self, ares_socket_t socket, int readable, int writable);
    static ares_socket_functions socketFunctions();
    ares_ssize_t received(char *bytes, size_t room, ares_ssize_t count);
    void drain(const Watch &watch);
    void watch(ares_socket_t socket, bool readable, bool writable);
    Watch &watchOf(ares_socket_t socket);

    ares_channel m_channel = nullptr;
    TakeOdd m_takeOdd;
    bool m_more = false; ///< the last read brought something
    std::vector<std::unique_ptr<Watch>> m_watches;
};

/// The system's name servers as c-ares reads them.
QList<ServerAddress> systemServers();

} // namespace wg
