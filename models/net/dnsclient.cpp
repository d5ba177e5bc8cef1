// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/dnsclient.h"

#include "net/dnschannel.h"

#include <QFileInfo>
#include <QRandomGenerator>
#include <QTimer>
#include <deque>

namespace wg {

using namespace Qt::StringLiterals;

namespace {

// After so many questions the other channel is used and this one runs dry, closes its socket and
// has another source port next time: a guesser of ids gets a moving target.
constexpr int questionsPerPort = 4096;
constexpr size_t idsAtOnce = 512;

/// Unpredictable query ids, fetched from the system many at a time.
class QueryIds
{
public:
    quint16 next()
    {
        if (m_left == 0) {
            QRandomGenerator::system()->fillRange(m_words.data(), qsizetype(m_words.size()));
            m_left = idsAtOnce;
        }
        --m_left;
        return static_cast<quint16>(m_words[m_left / 2] >> (m_left % 2 * 16));
    }

private:
    std::array<quint32, idsAtOnce / 2> m_words{};
    size_t m_left = 0;
};

/// One server, its two UDP channels of which one is in use, and the one for answers that were cut.
struct Server
{
    Server(const ServerAddress &a, const DnsTimes &times, const DnsChannel::TakeOdd &takeOdd)
        : address(a)
        , channels{std::make_unique<DnsChannel>(a, times, DnsRoad::Udp, takeOdd),
                   std::make_unique<DnsChannel>(a, times, DnsRoad::Udp, takeOdd)}
        , stream(std::make_unique<DnsChannel>(a, times, DnsRoad::Tcp, takeOdd))
    { }

    DnsChannel &channel()
    {
        if (++asked % questionsPerPort == 0)
            std::swap(channels[0], channels[1]);
        return *channels[0];
    }

    ServerAddress address;
    std::array<std::unique_ptr<DnsChannel>, 2> channels;
    std::unique_ptr<DnsChannel> stream;
    int asked = 0;
};

/// A question that waits for a place on the wire.
struct Waiting
{
    Permit permit;
    Server *server;
    QString name;
    quint16 type;
    DnsDone done;
};

} // namespace

struct DnsClient::Parts
{
    /// A question on the wire; its address is c-ares's argument, so it never moves.
    struct Asked
    {
        Parts *parts = nullptr;
        Server *server = nullptr;
        DnsChannel *channel = nullptr;
        QString name;
        quint16 type = 0;
        Edns edns = Edns::With;
        quint16 id = 0;
        QByteArray odd; ///< the answer where c-ares was shown something else
        QByteArray cut; ///< the UDP answer while the whole one is fetched over TCP
        DnsDone done;
    };
    struct Late
    {
        DnsDone done;
        DnsReply reply;
    };

    struct KnownServers
    {
        QString setting;
        QList<ServerAddress> servers;
        Instant at;
    };

    Parts(const Gate &g, const Clock &c, LedgerSink &l)
        : gate(g)
        , clock(c)
        , ledger(l)
    { }

    Server *serverFor(const ServerAddress &address);
    Asked *take();
    void launch(Server &server, const DnsQuery &query, const QString &name, quint16 type,
                DnsDone &&done);
    void send(Asked &asked, const DnsQuery &query);
    void sendAgain(Asked &asked);
    std::optional<DnsQuery> takeOdd(const ServerAddress &server, quint16 id, QByteArrayView packet);
    void tell(const Permit &permit, const ServerAddress &server);
    void landed(Asked &asked, int status, const unsigned char *bytes, int size);
    void deliverLater(DnsDone &&done, DnsReply &&reply);
    void deliverLate();
    void fill();
    DnsReply failure(Outcome outcome, QString detail) const;
    DnsReply replyOf(const Asked &asked, int status, QByteArrayView landed) const;
    void close();

    const Gate &gate;
    const Clock &clock;
    LedgerSink &ledger;
    DnsTimes times{};
    QueryIds ids{};
    std::vector<std::unique_ptr<Server>> servers{};
    std::deque<Asked> slots_{};
    std::vector<Asked *> free{};
    std::deque<Waiting> waiting{};
    std::vector<Late> late{};
    QTimer ticker{};
    QTimer lateTimer{};
    int inFlight = 0;
    bool sending = false; ///< inside ares_send: callbacks must not reach callers yet
    bool closing = false;
    LedgerEvent lastTold{};
    std::optional<KnownServers> known{};
};

namespace {

QString unreachableWords(int status, const ServerAddress &server)
{
    if (status == ARES_EDESTRUCTION || status == ARES_ECANCELLED)
        return u"the program is closing"_s;
    if (status == ARES_ETIMEOUT)
        return u"%1 does not answer"_s.arg(server.text());
    return u"%1 cannot be reached: %2"_s.arg(server.text(),
                                             QString::fromLatin1(ares_strerror(status)));
}

} // namespace

Server *DnsClient::Parts::serverFor(const ServerAddress &address)
{
    for (const auto &server : servers) {
        if (server->address == address)
            return server.get();
    }
    auto made = std::make_unique<Server>(address, times,
                                         [this, address](quint16 id, QByteArrayView packet) {
                                             return takeOdd(address, id, packet);
                                         });
    if (!made->channels[0]->isUsable() || !made->channels[1]->isUsable()
        || !made->stream->isUsable())
        return nullptr;
    servers.push_back(std::move(made));
    return servers.back().get();
}

DnsClient::Parts::Asked *DnsClient::Parts::take()
{
    if (free.empty()) {
        slots_.emplace_back().parts = this;
        return &slots_.back();
    }
    Asked *asked = free.back();
    free.pop_back();
    return asked;
}

void DnsClient::Parts::launch(Server &server, const DnsQuery &query, const QString &name,
                              quint16 type, DnsDone &&done)
{
    Asked *asked = take();
    asked->server = &server;
    asked->channel = &server.channel();
    asked->name = name;
    asked->type = type;
    asked->edns = Edns::With;
    asked->cut.clear();
    asked->done = std::move(done);
    ++inFlight;
    if (!ticker.isActive())
        ticker.start();
    send(*asked, query);
}

void DnsClient::Parts::sendAgain(Asked &asked)
{
    send(asked, DnsQuery(ids.next(), asked.name, asked.type, asked.edns));
}

void DnsClient::Parts::send(Asked &asked, const DnsQuery &query)
{
    const bool outer = std::exchange(sending, true);
    asked.id = query.id();
    asked.channel->send(
        query,
        [](void *argument, int status, int, unsigned char *bytes, int size) {
            auto &landed = *static_cast<Asked *>(argument);
            landed.parts->landed(landed, status, bytes, size);
        },
        &asked);
    sending = outer;
}

/// The packet belongs to the only question on the wire with its id; where two have it, it is as if
/// it had been lost.
std::optional<DnsQuery> DnsClient::Parts::takeOdd(const ServerAddress &server, quint16 id,
                                                  QByteArrayView packet)
{
    Asked *owner = nullptr;
    for (Asked &asked : slots_) {
        const bool isHere = asked.done && asked.id == id && asked.server->address == server
            && asked.channel != asked.server->stream.get();
        if (!isHere || !DnsQuery(id, asked.name, asked.type, asked.edns).fits(packet))
            continue;
        if (owner)
            return std::nullopt;
        owner = &asked;
    }
    if (!owner)
        return std::nullopt;
    owner->odd = packet.toByteArray();
    return DnsQuery(id, owner->name, owner->type, owner->edns);
}

/// Once for the questions of one entity to one server that follow each other.
void DnsClient::Parts::tell(const Permit &permit, const ServerAddress &server)
{
    const Intent &intent = permit.intent();
    const bool person = intent.asker == Asker::Person;
    if (lastTold.about == intent.about && lastTold.source == intent.fullSource
        && lastTold.byPerson == person && clock.now() - lastTold.at < secondMs) {
        return;
    }
    lastTold = {clock.now(), intent.about, intent.fullSource, server.text(), intent.pap, person};
    ledger.told(lastTold);
}

void DnsClient::Parts::landed(Asked &asked, int status, const unsigned char *bytes, int size)
{
    const QByteArray odd = std::exchange(asked.odd, {});
    const QByteArrayView packet = odd.isEmpty()
        ? QByteArrayView(reinterpret_cast<const char *>(bytes), size)
        : QByteArrayView(odd);
    if (asked.edns == Edns::With && !closing && rejectsEdns(packet)) {
        asked.edns = Edns::Without;
        sendAgain(asked);
        return;
    }
    if (asked.channel != asked.server->stream.get() && !closing && !packetFault(packet)
        && isCut(packet)) {
        asked.cut = packet.toByteArray();
        asked.channel = asked.server->stream.get();
        sendAgain(asked);
        return;
    }
    DnsReply reply = replyOf(asked, status, packet);
    DnsDone done = std::move(asked.done);
    asked.done = nullptr;
    free.push_back(&asked);
    --inFlight;
    if (sending)
        deliverLater(std::move(done), std::move(reply));
    else
        done(std::move(reply));
    fill();
}

DnsReply DnsClient::Parts::replyOf(const Asked &asked, int status, QByteArrayView landed) const
{
    // Without TCP the cut answer is better than none: it is read as truncated.
    const QByteArrayView packet = landed.isEmpty() ? QByteArrayView(asked.cut) : landed;
    if (packet.isEmpty())
        return failure(Outcome::Unreachable, unreachableWords(status, asked.server->address));
    if (const char *fault = packetFault(packet))
        return failure(Outcome::Malformed, QString::fromLatin1(fault));
    DnsReply reply;
    reply.packet = packet.toByteArray();
    reply.at = clock.now();
    return reply;
}

DnsReply DnsClient::Parts::failure(Outcome outcome, QString detail) const
{
    DnsReply reply;
    reply.failure = outcome;
    reply.detail = std::move(detail);
    reply.at = clock.now();
    return reply;
}

void DnsClient::Parts::deliverLater(DnsDone &&done, DnsReply &&reply)
{
    late.push_back({std::move(done), std::move(reply)});
    if (!lateTimer.isActive())
        lateTimer.start();
}

void DnsClient::Parts::deliverLate()
{
    auto now = std::exchange(late, {});
    for (Late &one : now)
        one.done(std::move(one.reply));
}

/// Puts waiting questions on the wire while there is room.
void DnsClient::Parts::fill()
{
    while (!closing && !waiting.empty() && inFlight < times.inFlight) {
        Waiting next = std::move(waiting.front());
        waiting.pop_front();
        if (auto objection = gate.objection(next.permit)) {
            deliverLater(std::move(next.done), failure(Outcome::Refused, objection->detail));
            continue;
        }
        tell(next.permit, next.server->address);
        launch(*next.server, DnsQuery(ids.next(), next.name, next.type), next.name, next.type,
               std::move(next.done));
    }
}

void DnsClient::Parts::close()
{
    closing = true;
    servers.clear();
    auto queued = std::exchange(waiting, {});
    for (Waiting &one : queued)
        one.done(failure(Outcome::Unreachable, u"the program is closing"_s));
    while (!late.empty())
        deliverLate();
}

DnsClient::DnsClient(const Gate &gate, const Clock &clock, LedgerSink &ledger, QObject *parent)
    : QObject(parent)
    , m_parts(new Parts(gate, clock, ledger))
{
    Parts *parts = m_parts.get();
    parts->lateTimer.setSingleShot(true);
    parts->lateTimer.setInterval(0);
    connect(&parts->lateTimer, &QTimer::timeout, this, [parts] { parts->deliverLate(); });
    connect(&parts->ticker, &QTimer::timeout, this, [parts] {
        // A time-out may be answered by asking another server, which lengthens the list.
        for (size_t i = 0; i < parts->servers.size(); ++i) {
            Server &server = *parts->servers[i];
            for (const auto &channel : server.channels)
                channel->tick();
            server.stream->tick();
        }
        if (parts->inFlight == 0)
            parts->ticker.stop();
    });
    setTimes({});
}

DnsClient::~DnsClient()
{
    m_parts->close();
}

void DnsClient::setTimes(const DnsTimes &times)
{
    m_parts->times = times;
    m_parts->ticker.setInterval(std::clamp(times.timeoutMs / 8, 5, 100));
}

QList<ServerAddress> DnsClient::servers() const
{
    // Every ask wants to know: the setting is read once, the system's file every few seconds.
    constexpr qint64 freshMs = 5 * secondMs;
    const QString &setting = m_parts->gate.policy().dnsServers;
    const Instant now = m_parts->clock.now();
    auto &known = m_parts->known;
    if (known && known->setting == setting
        && (!setting.isEmpty() || std::abs(now - known->at) < freshMs))
        return known->servers;
    QList<ServerAddress> servers;
    if (setting.isEmpty())
        servers = systemServers();
    else if (const auto read = parseServers(setting))
        servers = *read;
    known = {setting, servers, now};
    return servers;
}

void DnsClient::ask(const Permit &permit, const ServerAddress &server, const QString &name,
                    quint16 type, DnsDone done)
{
    Parts &parts = *m_parts;
    const auto fail = [&](Outcome outcome, QString detail) {
        parts.deliverLater(std::move(done), parts.failure(outcome, std::move(detail)));
    };
    if (parts.closing) {
        fail(Outcome::Unreachable, u"the program is closing"_s);
        return;
    }
    if (auto objection = parts.gate.objection(permit)) {
        fail(Outcome::Refused, objection->detail);
        return;
    }
    const DnsQuery query(parts.ids.next(), name, type);
    if (query.isEmpty()) {
        fail(Outcome::Malformed, u"this cannot be a DNS name"_s);
        return;
    }
    Server *to = parts.serverFor(server);
    if (!to) {
        fail(Outcome::Unreachable, u"%1 is no server address"_s.arg(server.text()));
        return;
    }
    if (parts.inFlight >= parts.times.inFlight) {
        parts.waiting.push_back({permit, to, name, type, std::move(done)});
        return;
    }
    parts.tell(permit, server);
    parts.launch(*to, query, name, type, std::move(done));
}

int DnsClient::pending() const
{
    return m_parts->inFlight + int(m_parts->waiting.size() + m_parts->late.size());
}

} // namespace wg
