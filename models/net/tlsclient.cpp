// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/tlsclient.h"

#include "net/taped.h"
#include "net/tlsjob.h"

#include <QPointer>

namespace wg {

using namespace Qt::StringLiterals;

namespace {

SocketTimes socketTimes(const TlsTimes &times)
{
    return {times.stallMs, times.wholeMs, times.personQueueMs, times.eyeQueueMs, times.betweenMs};
}

} // namespace

struct TlsClient::Parts
{
    SocketRoom room;
    QPointer<Tape> tape{};
    quint64 lastJob = 0;
    std::map<quint64, std::unique_ptr<TlsJob>> jobs{};

    void ended(quint64 number);
    void play(const TlsQuestion &question, TlsDone done);
};

void TlsClient::Parts::ended(quint64 number)
{
    const auto found = jobs.find(number);
    if (found == jobs.end())
        return;
    // It is inside one of its own functions.
    found->second.release()->deleteLater();
    jobs.erase(found);
}

void TlsClient::Parts::play(const TlsQuestion &question, TlsDone done)
{
    const auto objection = room.gate.objection(question.permit);
    const WireRequest request = wireRequest(question);
    tape->play(request, [this, objection, done = std::move(done)](const Played &played) {
        done(objection ? *objection : tlsAnswer(played, room.clock.now()));
    });
}

TlsClient::TlsClient(const Gate &gate, const Clock &clock, LedgerSink &ledger, QObject *parent)
    : QObject(parent)
    , m_parts(new Parts{{gate, clock, ledger, *new HostLines(clock, this), socketTimes({})}})
{ }

TlsClient::~TlsClient()
{
    auto jobs = std::exchange(m_parts->jobs, {});
    jobs.clear();
}

quint64 TlsClient::ask(const TlsQuestion &question, TlsDone done)
{
    const quint64 number = ++m_parts->lastJob;
    Tape *tape = m_parts->tape;
    if (tape && tape->isReplaying()) {
        m_parts->play(question, std::move(done));
        return number;
    }
    if (tape && tape->isRecording())
        done = noting(*tape, question, std::move(done));
    auto job = std::make_unique<TlsJob>(
        m_parts->room, question,
        [this, number, done = std::move(done)](Result<TlsAnswer> &&answer) {
            m_parts->ended(number);
            done(std::move(answer));
        });
    TlsJob &started = *job;
    m_parts->jobs.emplace(number, std::move(job));
    QMetaObject::invokeMethod(&started, &TlsJob::start, Qt::QueuedConnection);
    return number;
}

void TlsClient::cancel(quint64 number)
{
    const auto found = m_parts->jobs.find(number);
    if (found != m_parts->jobs.end())
        found->second->stop({ErrorCode::Cancelled, u"cancelled"_s});
}

void TlsClient::setTimes(const TlsTimes &times)
{
    m_parts->room.times = socketTimes(times);
}

void TlsClient::setTape(Tape *tape)
{
    m_parts->tape = tape;
}

void TlsClient::setHostFinder(HostFinder finder)
{
    m_parts->room.findHost = std::move(finder);
}

} // namespace wg
