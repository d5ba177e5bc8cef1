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

/// However many bodies it has.
constexpr qint64 mostBytesOfAnswer = 64 << 20;

/// The answer to a request with conditions.
bool isUnchanged(const Exchange &exchange)
{
    return exchange.request.transport == Transport::Http
        && exchange.notes.value("status"_L1).toInt() == 304;
}

Error noAnswer()
{
    return {ErrorCode::Unreachable, u"the recording has no answer to this"_s};
}

} // namespace

bool Known::isOf(const Exchange &answer) const
{
    const auto names = [&](const QByteArray &known, const char *header) {
        return !known.isEmpty() && answer.headers.value(header) == known;
    };
    return names(etag, "etag") || names(modified, "last-modified");
}

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
    m_recording = true;
    const quint64 take = ++m_take;
    onDisk([this, writer = m_writer, folder, now = m_clock.now(), most = m_mostBytes, take,
            workspace = struckOf(m_workspace), told = std::move(told)]() mutable {
        writer->reset();
        auto opened = RecordingWriter::open(folder, now, most);
        if (opened) {
            if (const auto kept = (*opened)->keep(std::move(workspace)); !kept)
                opened = kept.error();
        }
        Result<RecordingState> state = opened ? Result<RecordingState>((*opened)->state())
                                              : Result<RecordingState>(opened.error());
        if (opened)
            *writer = std::move(*opened);
        QMetaObject::invokeMethod(this, [this, state, take, told = std::move(told)] {
            if (!state && take == m_take)
                m_recording = false;
            told(state);
        });
    });
}

void Tape::keep(const RecordedWorkspace &workspace)
{
    m_workspace = workspace;
    if (!m_recording)
        return;
    onDisk([this, writer = m_writer, workspace = struckOf(workspace)]() mutable {
        if (!*writer)
            return;
        if (const auto kept = (*writer)->keep(std::move(workspace)); !kept)
            QMetaObject::invokeMethod(this, [this, why = kept.error()] { broke(why); });
    });
}

/// A manifest that somebody wrote a key into goes without it.
RecordedWorkspace Tape::struckOf(RecordedWorkspace workspace) const
{
    for (QByteArray &text : workspace.manifests)
        text = struck(text, {m_secrets.keys, {}});
    return workspace;
}

void Tape::stop(Told told)
{
    ++m_take;
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

void Tape::note(const Intent &intent, Exchange &&exchange, const QByteArrayList &keys)
{
    // A resolver's test has random names: nobody ever asks for them again.
    if (!m_recording || intent.asker == Asker::ResolverTest)
        return;
    exchange.at = m_clock.now();
    exchange.source = intent.source;
    exchange.byPerson = intent.asker == Asker::Person;
    exchange.about = intent.about;
    Confidential secrets = m_secrets;
    secrets.add({keys, {}});
    onDisk([this, writer = m_writer, exchange = std::move(exchange), secrets]() mutable {
        if (!*writer)
            return;
        strike(exchange, secrets);
        if (const auto written = (*writer)->append(std::move(exchange), secrets); !written)
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

const Exchange *Tape::lastOf(const WireRequest &request, const Known &known) const
{
    const auto found = m_index.constFind(request);
    if (found == m_index.cend())
        return nullptr;
    const Instant now = m_clock.now();
    const auto after =
        std::upper_bound(found->begin(), found->end(), now,
                         [](Instant t, const Exchange *exchange) { return t < exchange->at; });
    const auto whole = std::find_if_not(std::make_reverse_iterator(after), found->rend(),
                                        [](const Exchange *each) { return isUnchanged(*each); });
    const bool unchanged = after != found->begin() && isUnchanged(**std::prev(after));
    if (unchanged && (whole == found->rend() ? known.isSet() : known.isOf(**whole)))
        return *std::prev(after);
    if (whole != found->rend())
        return *whole;
    const bool soon = after != found->end() && (*after)->at <= now + onePassMs;
    return soon && !isUnchanged(**after) ? *after : nullptr;
}

bool Tape::knows(const WireRequest &request) const
{
    return lastOf(request, {}) != nullptr;
}

void Tape::play(const WireRequest &request, const Known &known, PlayedDone done)
{
    const quint64 ticket = ++m_lastTicket;
    m_playing.emplace(ticket, std::move(done));
    const Exchange *recorded = lastOf(request, known);
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
        qint64 bytes = 0;
        for (const QString &hash : std::as_const(played->hashes)) {
            auto body = readBody(folder, hash);
            if (!body) {
                played = Error{ErrorCode::Unreachable, body.error().detail};
                break;
            }
            bytes += body->size();
            if (bytes > mostBytesOfAnswer) {
                played = Error{ErrorCode::TooLarge, u"the recorded answer is too large"_s};
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
