// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/dnschannel.h"

#include "core/address.h"

#include <arpa/inet.h>
#include <cstring>

namespace wg {

namespace {

// A burst of answers must survive one busy turn of the event loop; the kernel may give less.
constexpr int receiveBufferBytes = 4 << 20;

std::optional<ares_addr_port_node> nodeOf(const ServerAddress &server)
{
    const auto address = parseAddress(server.address);
    if (!address)
        return std::nullopt;
    ares_addr_port_node node{};
    node.family = address->v6 ? AF_INET6 : AF_INET;
    node.udp_port = server.port;
    node.tcp_port = server.port;
    std::memcpy(&node.addr, address->bytes.data(), address->v6 ? 16 : 4);
    return node;
}

} // namespace

DnsChannel::DnsChannel(const ServerAddress &server, const DnsTimes &times, DnsRoad road)
{
    auto node = nodeOf(server);
    if (!node)
        return;
    ares_options options{};
    // Every answer as it came (NOCHECKRESP), and no /etc/hosts. Sockets close when nothing is
    // pending, so that the next burst has another source port.
    options.flags = ARES_FLAG_NOCHECKRESP | ARES_FLAG_EDNS
        | (road == DnsRoad::Tcp ? ARES_FLAG_USEVC : ARES_FLAG_IGNTC);
    options.ednspsz = ednsPayloadBytes;
    options.timeout = times.timeoutMs;
    options.tries = times.tries;
    options.socket_receive_buffer_size = receiveBufferBytes;
    options.sock_state_cb = &DnsChannel::socketState;
    options.sock_state_cb_data = this;
    const int mask = ARES_OPT_FLAGS | ARES_OPT_EDNSPSZ | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES
        | ARES_OPT_SOCK_RCVBUF | ARES_OPT_SOCK_STATE_CB | ARES_OPT_DOMAINS;
    if (ares_init_options(&m_channel, &options, mask) != ARES_SUCCESS) {
        m_channel = nullptr;
        return;
    }
    if (ares_set_servers_ports(m_channel, &*node) != ARES_SUCCESS) {
        ares_destroy(m_channel);
        m_channel = nullptr;
    }
}

DnsChannel::~DnsChannel()
{
    if (m_channel)
        ares_destroy(m_channel);
}

void DnsChannel::send(const DnsQuery &query, ares_callback callback, void *argument)
{
    const auto bytes = query.bytes();
    ares_send(m_channel, bytes.data(), static_cast<int>(bytes.size()), callback, argument);
}

void DnsChannel::tick()
{
    ares_process_fd(m_channel, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
}

void DnsChannel::socketState(void *self, ares_socket_t socket, int readable, int writable)
{
    static_cast<DnsChannel *>(self)->watch(socket, readable != 0, writable != 0);
}

void DnsChannel::watch(ares_socket_t socket, bool readable, bool writable)
{
    Watch &watch = watchOf(socket);
    watch.read.setEnabled(readable);
    watch.write.setEnabled(writable);
    if (!readable && !writable)
        watch.socket = ARES_SOCKET_BAD;
}

DnsChannel::Watch &DnsChannel::watchOf(ares_socket_t socket)
{
    Watch *free = nullptr;
    for (const auto &watch : m_watches) {
        if (watch->socket == socket)
            return *watch;
        if (watch->socket == ARES_SOCKET_BAD)
            free = watch.get();
    }
    if (!free) {
        m_watches.push_back(std::make_unique<Watch>());
        free = m_watches.back().get();
        connect(&free->read, &QSocketNotifier::activated, this,
                [this, free] { ares_process_fd(m_channel, free->socket, ARES_SOCKET_BAD); });
        connect(&free->write, &QSocketNotifier::activated, this,
                [this, free] { ares_process_fd(m_channel, ARES_SOCKET_BAD, free->socket); });
    }
    free->socket = socket;
    free->read.setSocket(socket);
    free->write.setSocket(socket);
    return *free;
}

QList<ServerAddress> systemServers()
{
    QList<ServerAddress> servers;
    ares_channel channel = nullptr;
    if (ares_init(&channel) != ARES_SUCCESS)
        return servers;
    ares_addr_port_node *first = nullptr;
    if (ares_get_servers_ports(channel, &first) == ARES_SUCCESS) {
        for (const auto *node = first; node; node = node->next) {
            IpAddress address;
            address.v6 = node->family == AF_INET6;
            std::memcpy(address.bytes.data(), &node->addr, address.v6 ? 16 : 4);
            const int port = node->udp_port > 0 ? node->udp_port : 53;
            servers.append({address.text(), static_cast<quint16>(port)});
        }
        if (first)
            ares_free_data(first);
    }
    ares_destroy(channel);
    return servers;
}

} // namespace wg
