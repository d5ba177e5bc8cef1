// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/dnschannel.h"

#include "core/address.h"

#include <arpa/inet.h>
#include <cstring>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

namespace wg {

namespace {

// A burst of answers must survive one busy turn of the event loop; the kernel may give less.
constexpr int receiveBufferBytes = 4 << 20;
// Then others have their turn.
constexpr int packetsAtOnce = 256;

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

DnsChannel::DnsChannel(const ServerAddress &server, const DnsTimes &times, DnsRoad road,
                       const Hooks &hooks)
    : m_hooks(hooks)
    , m_road(road)
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
    options.sock_state_cb = &DnsChannel::socketState;
    options.sock_state_cb_data = this;
    const int mask = ARES_OPT_FLAGS | ARES_OPT_EDNSPSZ | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES
        | ARES_OPT_SOCK_STATE_CB | ARES_OPT_DOMAINS;
    if (ares_init_options(&m_channel, &options, mask) != ARES_SUCCESS) {
        m_channel = nullptr;
        return;
    }
    if (ares_set_servers_ports(m_channel, &*node) != ARES_SUCCESS) {
        ares_destroy(m_channel);
        m_channel = nullptr;
        return;
    }
    static const ares_socket_functions functions = socketFunctions();
    ares_set_socket_functions(m_channel, &functions, this);
}

/// What c-ares would do itself, with a look at every packet before it sees it.
ares_socket_functions DnsChannel::socketFunctions()
{
    ares_socket_functions functions{};
    functions.asocket = [](int family, int type, int protocol, void *self) {
        constexpr int on = 1;
        const int made = ::socket(family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol);
        if (made < 0)
            return made;
        if (type == SOCK_STREAM) {
            ::setsockopt(made, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
            return made;
        }
        ::setsockopt(made, SOL_SOCKET, SO_RCVBUF, &receiveBufferBytes, sizeof receiveBufferBytes);
        static_cast<DnsChannel *>(self)->m_datagrams = made;
        return made;
    };
    functions.aclose = [](ares_socket_t socket, void *self) {
        auto &channel = *static_cast<DnsChannel *>(self);
        if (channel.m_datagrams == socket)
            channel.m_datagrams = ARES_SOCKET_BAD;
        return ::close(socket);
    };
    functions.aconnect = [](ares_socket_t socket, const sockaddr *address, ares_socklen_t size,
                            void *) { return ::connect(socket, address, size); };
    functions.arecvfrom = [](ares_socket_t socket, void *bytes, size_t room, int flags,
                             sockaddr *from, ares_socklen_t *fromSize, void *self) -> ares_ssize_t {
        auto &channel = *static_cast<DnsChannel *>(self);
        const ares_ssize_t count = ::recvfrom(socket, bytes, room, flags, from, fromSize);
        const bool datagram = from != nullptr;
        channel.m_more = datagram && count >= 0;
        if (datagram && count < 0 && errno != EAGAIN && errno != EWOULDBLOCK)
            channel.m_sends = Sends::Now;
        return channel.m_more ? channel.received(static_cast<char *>(bytes), room, count) : count;
    };
    functions.asendv = [](ares_socket_t socket, const iovec *parts, int count, void *self) {
        return static_cast<DnsChannel *>(self)->sent(socket, parts, count);
    };
    return functions;
}

ares_ssize_t DnsChannel::sent(ares_socket_t socket, const iovec *parts, int count)
{
    if (m_road == DnsRoad::Tcp)
        return ::writev(socket, parts, count);
    const auto size = ares_ssize_t(parts[0].iov_len); // a datagram is one part
    if (m_sends == Sends::Now)
        return ::send(socket, parts[0].iov_base, parts[0].iov_len, MSG_NOSIGNAL);
    if (m_sends == Sends::Repeats)
        m_hooks.repeats(*this, QByteArrayView(static_cast<const char *>(parts[0].iov_base), size));
    return size;
}

/// c-ares waits on when an answer does not repeat its question, and after some error codes it asks
/// without EDNS for good and cuts long answers. So it is shown its own question in place of such
/// a packet, which ends that question, and the client has kept the packet. The kernel lets through
/// only what comes from the server's address and port: who could forge these and the id, could
/// forge a whole answer as well. Over TCP, where only cut answers are asked again, what cannot be
/// read costs the time-out and then the cut answer counts: to look into the stream would mean to
/// frame it a second time.
ares_ssize_t DnsChannel::received(char *bytes, size_t room, ares_ssize_t count)
{
    const QByteArrayView packet(bytes, count);
    if (count < 2 || (repeatsQuestion(packet) && !isError(packet)))
        return std::max<ares_ssize_t>(count, 1); // an empty datagram is no end of anything
    const auto id = quint16(quint8(packet[0]) << 8 | quint8(packet[1]));
    const auto query = m_hooks.takeOdd(id, packet);
    if (!query || query->bytes().size() > room)
        return count;
    std::memcpy(bytes, query->bytes().data(), query->bytes().size());
    return ares_ssize_t(query->bytes().size());
}

DnsChannel::~DnsChannel()
{
    if (m_channel)
        ares_destroy(m_channel);
}

void DnsChannel::send(const DnsQuery &query, ares_callback callback, void *argument)
{
    const auto bytes = query.bytes();
    const Sends outer = std::exchange(m_sends, Sends::Now);
    ares_send(m_channel, bytes.data(), static_cast<int>(bytes.size()), callback, argument);
    m_sends = outer;
}

void DnsChannel::hold(const DnsQuery &query, ares_callback callback, void *argument)
{
    const auto bytes = query.bytes();
    const Sends outer = std::exchange(m_sends, Sends::Held);
    ares_send(m_channel, bytes.data(), static_cast<int>(bytes.size()), callback, argument);
    m_sends = outer;
}

void DnsChannel::repeat(const DnsQuery &query)
{
    const auto bytes = query.bytes();
    if (m_datagrams != ARES_SOCKET_BAD)
        ::send(m_datagrams, bytes.data(), bytes.size(), MSG_NOSIGNAL);
}

void DnsChannel::tick()
{
    ares_process_fd(m_channel, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
}

/// c-ares may read one packet a call from sockets that it did not open itself.
void DnsChannel::drain(const Watch &watch)
{
    const ares_socket_t socket = watch.socket;
    for (int i = 0; i < packetsAtOnce && watch.socket == socket; ++i) {
        m_more = false;
        ares_process_fd(m_channel, socket, ARES_SOCKET_BAD);
        m_sends = Sends::Repeats;
        if (!m_more)
            return;
    }
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
        connect(&free->read, &QSocketNotifier::activated, this, [this, free] { drain(*free); });
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
