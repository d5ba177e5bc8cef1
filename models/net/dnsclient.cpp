// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/dnsclient.h"

#include "net/dnspeer.h"
#include "net/queryids.h"
#include "net/taped.h"

#include <QFileInfo>
#include <QPointer>
#include <QRandomGenerator>
#include <QTimer>
#include <deque>

namespace wg {

using namespace Qt::StringLiterals;

namespace {

// A server that loses questions of all kinds is overrun: what it has not answered is asked anew.
constexpr int mostRounds = 3;

} // namespace

struct DnsClient::Parts
{
    /// A question on the wire; its address is c-ares's argument, so it never moves.
    struct Asked
    {
        Parts *parts = nullptr;
        DnsPeer *server = nullptr;
        DnsChannel *channel = nullptr;
        QString name;
        quint16 type = 0;
        Edns edns = Edns::With;
        quint16 id = 0;
        bool inWindow = false; ///< its first time is not up
        int repeats = 0; ///< since it was asked or asked anew
        int rounds = 0; ///< how often it was asked anew
        int ticksLeft = 0; ///< until its packet is repeated; 0: nothing is to repeat
        quint64 number = 0; ///< of its last packet, for the server's pace
        quint64 answeredBefore = 0; ///< the server's counts when it was asked or asked anew
        quint64 rescuedBefore = 0;
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

    DnsPeer *serverFor(const ServerAddress &address);
    Asked *take();
    void launch(DnsPeer &server, const DnsQuery &query, DnsWaiting &&question);
    void send(Asked &asked, const DnsQuery &query);
    void sendAgain(Asked &asked);
    void ready(Asked &asked);
    void isLate(const DnsChannel &channel, QByteArrayView question);
    void delay(Asked &asked, int mostMs);
    void leaveWindow(Asked &asked);
    void repeatDue();
    void tick();
    void learn(Asked &asked, int status, bool answered);
    bool askAnew(Asked &asked, int status);
    void giveUpWaiting(DnsPeer &server);
    std::optional<DnsQuery> takeOdd(const ServerAddress &server, quint16 id, QByteArrayView packet);
    void tell(const Permit &permit, const DnsPeer &server);
    void landed(Asked &asked, int status, const unsigned char *bytes, int size);
    void deliverLater(DnsDone &&done, DnsReply &&reply);
    void deliverLate();
    void fill(DnsPeer &server);
    void put(DnsPeer &server, DnsWaiting &&question);
    DnsReply failure(Outcome outcome, QString detail) const;
    DnsReply replyOf(const Asked &asked, int status, QByteArrayView landed) const;
    void play(const Permit &permit, const WireRequest &request, DnsDone done);
    void close();

    const Gate &gate;
    const Clock &clock;
    LedgerSink &ledger;
    QPointer<Tape> tape{};
    DnsTimes times{};
    QueryIds ids{};
    std::vector<std::unique_ptr<DnsPeer>> servers{};
    std::deque<Asked> slots_{};
    std::vector<Asked *> free{};
    std::vector<Late> late{};
    QTimer ticker{};
    QTimer lateTimer{};
    int inFlight = 0;
    int delayed = 0; ///< questions with ticksLeft
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

DnsPeer *DnsClient::Parts::serverFor(const ServerAddress &address)
{
    for (const auto &server : servers) {
        if (server->address == address)
            return server.get();
    }
    const DnsChannel::Hooks hooks{
        [this, address](quint16 id, QByteArrayView packet) { return takeOdd(address, id, packet); },
        [this](const DnsChannel &channel, QByteArrayView question) { isLate(channel, question); }};
    auto made = std::make_unique<DnsPeer>(address, times, hooks);
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

void DnsClient::Parts::launch(DnsPeer &server, const DnsQuery &query, DnsWaiting &&question)
{
    Asked *asked = take();
    asked->server = &server;
    asked->channel = &server.channel();
    asked->name = std::move(question.name);
    asked->type = question.type;
    asked->edns = Edns::With;
    asked->rounds = 0;
    asked->cut.clear();
    asked->done = std::move(question.done);
    asked->inWindow = true;
    server.pace.enter();
    ready(*asked);
    ++server.inFlight;
    ++inFlight;
    if (!ticker.isActive())
        ticker.start();
    send(*asked, query);
}

void DnsClient::Parts::ready(Asked &asked)
{
    asked.repeats = 0;
    asked.number = asked.server->pace.number();
    asked.answeredBefore = asked.server->answered;
    asked.rescuedBefore = asked.server->rescued;
}

void DnsClient::Parts::sendAgain(Asked &asked)
{
    send(asked, DnsQuery(ids.next(), asked.name, asked.type, asked.edns));
}

void DnsClient::Parts::send(Asked &asked, const DnsQuery &query)
{
    const bool outer = std::exchange(sending, true);
    asked.id = query.id();
    const ares_callback callback = [](void *argument, int status, int, unsigned char *bytes,
                                      int size) {
        auto &landed = *static_cast<Asked *>(argument);
        landed.parts->landed(landed, status, bytes, size);
    };
    if (asked.ticksLeft > 0)
        asked.channel->hold(query, callback, &asked);
    else
        asked.channel->send(query, callback, &asked);
    sending = outer;
}

/// Its time is up. It no longer takes up the window, which is smaller from now on; its packet goes
/// out again at some moment of the first half of its next time, so that what was lost together
/// does not come together again.
void DnsClient::Parts::isLate(const DnsChannel &channel, QByteArrayView question)
{
    const auto id = quint16(quint8(question[0]) << 8 | quint8(question[1]));
    const auto found = std::find_if(slots_.begin(), slots_.end(), [&](const Asked &asked) {
        return asked.done && asked.channel == &channel && asked.id == id
            && DnsQuery(id, asked.name, asked.type, asked.edns).fits(question);
    });
    if (found == slots_.end())
        return;
    leaveWindow(*found);
    found->server->pace.lost(found->number);
    ++found->repeats;
    delay(*found, times.timeoutMs << found->repeats >> 1);
}

void DnsClient::Parts::delay(Asked &asked, int mostMs)
{
    if (asked.ticksLeft == 0)
        ++delayed;
    const int most = std::max(1, mostMs / ticker.interval());
    asked.ticksLeft = QRandomGenerator::global()->bounded(1, most + 1);
}

void DnsClient::Parts::leaveWindow(Asked &asked)
{
    if (std::exchange(asked.inWindow, false))
        asked.server->pace.leave();
}

void DnsClient::Parts::repeatDue()
{
    for (Asked &asked : slots_) {
        if (delayed == 0)
            return;
        if (asked.ticksLeft == 0 || --asked.ticksLeft > 0)
            continue;
        --delayed;
        asked.number = asked.server->pace.number();
        asked.channel->repeat(DnsQuery(asked.id, asked.name, asked.type, asked.edns));
    }
}

void DnsClient::Parts::tick()
{
    // A time-out may be answered by asking another server, which lengthens the list.
    for (size_t i = 0; i < servers.size(); ++i) {
        DnsPeer &server = *servers[i];
        for (const auto &channel : server.channels)
            channel->tick();
        server.stream->tick();
        fill(server);
    }
    repeatDue();
    if (inFlight == 0)
        ticker.stop();
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
void DnsClient::Parts::tell(const Permit &permit, const DnsPeer &server)
{
    const Intent &intent = permit.intent();
    const bool person = intent.asker == Asker::Person;
    if (lastTold.about == intent.about && lastTold.source == intent.fullSource
        && lastTold.byPerson == person && clock.now() - lastTold.at < secondMs) {
        return;
    }
    lastTold = {clock.now(), intent.about, intent.fullSource, server.text, intent.pap, person};
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
    DnsPeer &server = *asked.server;
    learn(asked, status, !packet.isEmpty());
    if (askAnew(asked, status))
        return;
    DnsReply reply = replyOf(asked, status, packet);
    DnsDone done = std::move(asked.done);
    asked.done = nullptr;
    free.push_back(&asked);
    --server.inFlight;
    --inFlight;
    if (sending)
        deliverLater(std::move(done), std::move(reply));
    else
        done(std::move(reply));
    fill(server);
}

/// What the end of a question, or of its tries, says about its server.
void DnsClient::Parts::learn(Asked &asked, int status, bool answered)
{
    DnsPeer &server = *asked.server;
    if (asked.ticksLeft > 0) {
        asked.ticksLeft = 0;
        --delayed;
    }
    if (answered) {
        ++server.answered;
        if (asked.repeats == 0)
            server.pace.answered();
        else
            ++server.rescued;
    }
    leaveWindow(asked);
    if (answered || status != ARES_ETIMEOUT || closing)
        return;
    server.pace.lost(asked.number);
    if (server.answered == asked.answeredBefore)
        giveUpWaiting(server);
}

/// Where others needed more than one try meanwhile, silence is no answer yet.
bool DnsClient::Parts::askAnew(Asked &asked, int status)
{
    const bool overrun = status == ARES_ETIMEOUT && !closing && !gate.policy().cacheOnly
        && asked.cut.isEmpty() && asked.server->rescued != asked.rescuedBefore
        && asked.rounds + 1 < mostRounds;
    if (!overrun)
        return false;
    ++asked.rounds;
    ready(asked);
    asked.repeats = 1; // whatever comes now, it was not the first try
    delay(asked, times.timeoutMs / 2);
    sendAgain(asked);
    return true;
}

/// A server that has said nothing to anybody during all tries of a question will not answer those
/// either that have not been sent; they would wait in vain one after the other.
void DnsClient::Parts::giveUpWaiting(DnsPeer &server)
{
    server.pace.restart();
    auto queued = std::exchange(server.waiting, {});
    for (DnsWaiting &one : queued)
        deliverLater(
            std::move(one.done),
            failure(Outcome::Unreachable, unreachableWords(ARES_ETIMEOUT, server.address)));
}

DnsReply DnsClient::Parts::replyOf(const Asked &asked, int status, QByteArrayView landed) const
{
    // Without TCP the cut answer is better than none: it is read as truncated.
    const QByteArrayView packet = landed.isEmpty() ? QByteArrayView(asked.cut) : landed;
    if (packet.isEmpty())
        return failure(Outcome::Unreachable, unreachableWords(status, asked.server->address));
    if (const char *fault = packetFault(packet)) {
        DnsReply bad = failure(Outcome::Malformed, QString::fromLatin1(fault));
        bad.unreadable = packet.toByteArray();
        return bad;
    }
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
void DnsClient::Parts::fill(DnsPeer &server)
{
    while (!closing && !server.waiting.empty() && server.hasRoom()) {
        DnsWaiting next = std::move(server.waiting.front());
        server.waiting.pop_front();
        if (auto objection = gate.objection(next.permit)) {
            deliverLater(std::move(next.done), failure(Outcome::Refused, objection->detail));
            continue;
        }
        put(server, std::move(next));
    }
}

/// Puts a question on the wire.
void DnsClient::Parts::put(DnsPeer &server, DnsWaiting &&question)
{
    const DnsQuery query(ids.next(), question.name, question.type);
    if (query.isEmpty()) {
        deliverLater(std::move(question.done),
                     failure(Outcome::Malformed, u"this cannot be a DNS name"_s));
        return;
    }
    tell(question.permit, server);
    launch(server, query, std::move(question));
}

void DnsClient::Parts::play(const Permit &permit, const WireRequest &request, DnsDone done)
{
    if (permit.intent().asker == Asker::ResolverTest)
        return deliverLater(std::move(done), noSuchName(request.name, request.type, clock.now()));
    tape->play(request, [this, done = std::move(done)](const Played &played) {
        done(dnsReply(played, clock.now()));
    });
}

void DnsClient::Parts::close()
{
    closing = true;
    std::vector<DnsWaiting> queued;
    for (const auto &server : servers)
        std::move(server->waiting.begin(), server->waiting.end(), std::back_inserter(queued));
    servers.clear();
    for (DnsWaiting &one : queued)
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
    connect(&parts->ticker, &QTimer::timeout, this, [parts] { parts->tick(); });
    setTimes({});
}

DnsClient::~DnsClient()
{
    m_parts->close();
}

void DnsClient::setTape(Tape *tape)
{
    m_parts->tape = tape;
}

void DnsClient::setTimes(const DnsTimes &times)
{
    m_parts->times = times;
    m_parts->ticker.setInterval(std::clamp(times.timeoutMs / 8, 5, 100));
}

QList<ServerAddress> DnsClient::servers() const
{
    if (m_parts->tape && m_parts->tape->isReplaying())
        return m_parts->tape->resolvers();
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
    if (parts.tape && parts.tape->isReplaying())
        return parts.play(permit, wireRequest(server, name, type), std::move(done));
    if (parts.tape && parts.tape->isRecording())
        done = noting(*parts.tape, permit, wireRequest(server, name, type), std::move(done));
    DnsPeer *to = parts.serverFor(server);
    if (!to) {
        fail(Outcome::Unreachable, u"%1 is no server address"_s.arg(server.text()));
        return;
    }
    DnsWaiting question{permit, name, type, std::move(done)};
    if (to->waiting.empty() && to->hasRoom())
        parts.put(*to, std::move(question));
    else
        to->waiting.push_back(std::move(question));
}

int DnsClient::pending() const
{
    size_t waiting = m_parts->late.size();
    for (const auto &server : m_parts->servers)
        waiting += server->waiting.size();
    return m_parts->inFlight + int(waiting);
}

} // namespace wg
