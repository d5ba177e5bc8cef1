// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/whoisclient.h"

#include "net/taped.h"
#include "net/whoisjob.h"

#include <QPointer>

namespace wg {

using namespace Qt::StringLiterals;

namespace {

SocketTimes socketTimes(const WhoisTimes &times)
{
    return {times.stallMs, times.wholeMs, times.personQueueMs, times.eyeQueueMs, times.betweenMs};
}

} // namespace

struct WhoisClient::Parts
{
    SocketRoom room;
    QPointer<Tape> tape{};
    quint64 lastJob = 0;
    std::map<quint64, std::unique_ptr<WhoisJob>> jobs{};

    void ended(quint64 number);
    void play(const WhoisQuestion &question, WhoisDone done);
};

void WhoisClient::Parts::ended(quint64 number)
{
    const auto found = jobs.find(number);
    if (found == jobs.end())
        return;
    // It is inside one of its own functions.
    found->second.release()->deleteLater();
    jobs.erase(found);
}

void WhoisClient::Parts::play(const WhoisQuestion &question, WhoisDone done)
{
    const auto objection = room.gate.objection(question.permit);
    const WireRequest request = wireRequest(question);
    tape->play(request, [this, objection, done = std::move(done)](const Played &played) {
        done(objection ? *objection : whoisAnswer(played, room.clock.now()));
    });
}

WhoisClient::WhoisClient(const Gate &gate, const Clock &clock, LedgerSink &ledger, QObject *parent)
    : QObject(parent)
    , m_parts(new Parts{{gate, clock, ledger, *new HostLines(clock, this), socketTimes({})}})
{ }

WhoisClient::~WhoisClient()
{
    auto jobs = std::exchange(m_parts->jobs, {});
    jobs.clear();
}

quint64 WhoisClient::ask(const WhoisQuestion &question, WhoisDone done)
{
    const quint64 number = ++m_parts->lastJob;
    Tape *tape = m_parts->tape;
    if (tape && tape->isReplaying()) {
        m_parts->play(question, std::move(done));
        return number;
    }
    if (tape && tape->isRecording())
        done = noting(*tape, question, std::move(done));
    auto job = std::make_unique<WhoisJob>(
        m_parts->room, question,
        [this, number, done = std::move(done)](Result<WhoisAnswer> &&answer) {
            m_parts->ended(number);
            done(std::move(answer));
        });
    WhoisJob &started = *job;
    m_parts->jobs.emplace(number, std::move(job));
    QMetaObject::invokeMethod(&started, &WhoisJob::start, Qt::QueuedConnection);
    return number;
}

void WhoisClient::cancel(quint64 number)
{
    const auto found = m_parts->jobs.find(number);
    if (found != m_parts->jobs.end())
        found->second->stop({ErrorCode::Cancelled, u"cancelled"_s});
}

void WhoisClient::setTimes(const WhoisTimes &times)
{
    m_parts->room.times = socketTimes(times);
}

void WhoisClient::setTape(Tape *tape)
{
    m_parts->tape = tape;
}

void WhoisClient::setHostFinder(HostFinder finder)
{
    m_parts->room.findHost = std::move(finder);
}

} // namespace wg
