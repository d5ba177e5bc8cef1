// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/tape.h"

#include <QLoggingCategory>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

Q_LOGGING_CATEGORY(recordingLog, "watchglass.recording", QtInfoMsg)

/// The questions of one pass do not leave at once, and their answers take their time: the first
/// one that came within so long still belongs to the moment.
constexpr qint64 onePassMs = minuteMs;

Error noAnswer()
{
    return {ErrorCode::Unreachable, u"the recording has no answer to this"_s};
}

} // namespace

Tape::Tape(const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_writer(std::make_shared<std::unique_ptr<RecordingWriter>>())
{
    m_disk.setMaxThreadCount(1);
}

Tape::~Tape()
{
    if (m_recording) {
        onDisk([writer = m_writer, now = m_clock.now()] {
            if (*writer)
                static_cast<void>((*writer)->close(now).ok());
        });
    }
    m_disk.waitForDone();
    for (const auto &[ticket, done] : std::exchange(m_playing, {}))
        done(Error{ErrorCode::Cancelled, u"the program is closing"_s});
}

void Tape::onDisk(std::function<void()> work)
{
    m_disk.start(std::move(work));
}

void Tape::record(const QString &folder, Told told)
{
    onDisk([this, writer = m_writer, folder, now = m_clock.now(), most = m_mostBytes,
            told = std::move(told)]() mutable {
        writer->reset();
        auto opened = RecordingWriter::open(folder, now, most);
        Result<RecordingState> state = opened ? Result<RecordingState>((*opened)->state())
                                              : Result<RecordingState>(opened.error());
        if (opened)
            *writer = std::move(*opened);
        QMetaObject::invokeMethod(this, [this, state, told = std::move(told)] {
            m_recording = state.ok();
            told(state);
        });
    });
}

void Tape::stop(Told told)
{
    if (std::exchange(m_recording, false)) {
        onDisk([writer = m_writer, now = m_clock.now()] {
            if (*writer)
                static_cast<void>((*writer)->close(now).ok());
        });
    }
    tellState(std::move(told));
    onDisk([writer = m_writer] { writer->reset(); });
}

void Tape::askState(Told told)
{
    tellState(std::move(told));
}

void Tape::tellState(Told told)
{
    onDisk([this, writer = m_writer, told = std::move(told)]() mutable {
        const RecordingState state = *writer ? (*writer)->state() : RecordingState{};
        QMetaObject::invokeMethod(this, [state, told = std::move(told)] { told(state); });
    });
}

void Tape::broke(const Error &why)
{
    if (!std::exchange(m_recording, false))
        return;
    onDisk([writer = m_writer, now = m_clock.now()] {
        if (*writer)
            static_cast<void>((*writer)->close(now).ok());
        writer->reset();
    });
    Q_EMIT ended(why);
}

void Tape::note(const Intent &intent, Exchange &&exchange, const QByteArrayList &secrets)
{
    // A resolver's test has random names: nobody ever asks for them again.
    if (!m_recording || intent.asker == Asker::ResolverTest)
        return;
    exchange.at = m_clock.now();
    exchange.source = intent.source;
    exchange.byPerson = intent.asker == Asker::Person;
    exchange.about = intent.about;
    onDisk([this, writer = m_writer, exchange = std::move(exchange), secrets]() mutable {
        if (!*writer)
            return;
        strike(exchange, secrets);
        if (const auto written = (*writer)->append(std::move(exchange)); !written)
            QMetaObject::invokeMethod(this, [this, why = written.error()] { broke(why); });
    });
}

void Tape::replay(std::shared_ptr<const Recording> recording)
{
    m_replayed = std::move(recording);
    m_index.clear();
    for (const Exchange &exchange : m_replayed->exchanges) {
        m_index[exchange.request].push_back(&exchange);
        if (exchange.request.transport != Transport::Dns)
            continue;
        const auto servers = parseServers(exchange.request.place);
        if (servers && servers->size() == 1 && !m_resolvers.contains(servers->first()))
            m_resolvers.append(servers->first());
    }
}

const Exchange *Tape::lastOf(const WireRequest &request) const
{
    const auto found = m_index.constFind(request);
    if (found == m_index.cend())
        return nullptr;
    const Instant now = m_clock.now();
    const auto after =
        std::upper_bound(found->begin(), found->end(), now,
                         [](Instant t, const Exchange *exchange) { return t < exchange->at; });
    if (after != found->begin())
        return *std::prev(after);
    return (*after)->at <= now + onePassMs ? *after : nullptr;
}

void Tape::play(const WireRequest &request, PlayedDone done)
{
    const quint64 ticket = ++m_lastTicket;
    m_playing.emplace(ticket, std::move(done));
    const Exchange *recorded = lastOf(request);
    if (!recorded) {
        qCDebug(recordingLog).noquote()
            << "no answer at" << toRfc3339(m_clock.now()) << "to" << request.method << request.place
            << request.name << request.type << request.body;
        QMetaObject::invokeMethod(
            this, [this, ticket] { deliver(ticket, noAnswer()); }, Qt::QueuedConnection);
        return;
    }
    onDisk([this, ticket, exchange = *recorded, folder = m_replayed->folder]() mutable {
        Played played(std::move(exchange));
        for (const QString &hash : std::as_const(played->hashes)) {
            auto body = readBody(folder, hash);
            if (!body) {
                played = Error{ErrorCode::Unreachable, body.error().detail};
                break;
            }
            played->bodies.append(std::move(*body));
        }
        QMetaObject::invokeMethod(
            this, [this, ticket, played = std::move(played)] { deliver(ticket, played); });
    });
}

void Tape::deliver(quint64 ticket, const Played &played)
{
    const auto found = m_playing.find(ticket);
    if (found == m_playing.end())
        return;
    const PlayedDone done = std::move(found->second);
    m_playing.erase(found);
    done(played);
}

} // namespace wg
