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

    /// Told of a question whose time was up and which c-ares would send again now; over UDP that
    /// is left to the client, which calls repeat().
    using Repeats = std::function<void(const DnsChannel &channel, QByteArrayView question)>;
    struct Hooks
    {
        TakeOdd takeOdd;
        Repeats repeats;
    };

    DnsChannel(const ServerAddress &server, const DnsTimes &times, DnsRoad road,
               const Hooks &hooks);
    ~DnsChannel() override;

    /// False when c-ares could not be set up for this server.
    [[nodiscard]] bool isUsable() const { return m_channel != nullptr; }
    /// callback may come at once, from inside.
    void send(const DnsQuery &query, ares_callback callback, void *argument);
    /// The same, but the packet waits for repeat(); its time runs from now.
    void hold(const DnsQuery &query, ares_callback callback, void *argument);
    /// Puts the packet of a question that is under way on the wire once more.
    void repeat(const DnsQuery &query);
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

    /// What it means that c-ares writes to a UDP socket now.
    enum class Sends : quint8
    {
        Repeats, ///< a question's time was up
        Now, ///< a new question, or the socket failed: that shall end at once
        Held
    };

    static void socketState(void *self, ares_socket_t socket, int readable, int writable);
    static ares_socket_functions socketFunctions();
    ares_ssize_t sent(ares_socket_t socket, const iovec *parts, int count);
    ares_ssize_t received(char *bytes, size_t room, ares_ssize_t count);
    void drain(const Watch &watch);
    void watch(ares_socket_t socket, bool readable, bool writable);
    Watch &watchOf(ares_socket_t socket);

    ares_channel m_channel = nullptr;
    Hooks m_hooks;
    DnsRoad m_road;
    ares_socket_t m_datagrams = ARES_SOCKET_BAD; ///< the UDP socket while it is open
    Sends m_sends = Sends::Repeats;
    bool m_more = false; ///< the last read brought something
    std::vector<std::unique_ptr<Watch>> m_watches;
};

/// The system's name servers as c-ares reads them.
QList<ServerAddress> systemServers();

} // namespace wg
