// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/socketjob.h"
#include "net/taped.h"

#include <QPointer>

namespace wg {

/// What clients share that ask servers one question over a socket each: the questions under way,
/// and the tape they are written to or answered from. Lives on the net thread; a part of its
/// client, which is the owner.
template <class Job, class Question, class Answer>
class SocketJobs
{
public:
    using Done = std::function<void(Result<Answer> &&)>;
    /// What was said, as it is played from a tape.
    using Read = Result<Answer> (*)(const Played &, Instant);

    template <class Times>
    SocketJobs(const Gate &gate, const Clock &clock, LedgerSink &ledger, const Times &times,
               QObject *owner, Read read)
        : m_room{gate, clock, ledger, *new HostLines(clock, owner), socketTimes(times)}
        , m_read(read)
    { }
    ~SocketJobs()
    {
        auto jobs = std::exchange(m_jobs, {});
        jobs.clear();
    }
    Q_DISABLE_COPY_MOVE(SocketJobs)

    quint64 ask(const Question &question, Done done)
    {
        const quint64 number = ++m_last;
        Tape *tape = m_tape;
        if (tape && tape->isReplaying()) {
            play(question, std::move(done));
            return number;
        }
        if (tape && tape->isRecording())
            done = noting(*tape, question, std::move(done));
        auto job = std::make_unique<Job>(
            m_room, question, [this, number, done = std::move(done)](Result<Answer> &&answer) {
                ended(number);
                done(std::move(answer));
            });
        Job &started = *job;
        m_jobs.emplace(number, std::move(job));
        QMetaObject::invokeMethod(&started, &Job::start, Qt::QueuedConnection);
        return number;
    }

    void cancel(quint64 number)
    {
        const auto found = m_jobs.find(number);
        if (found != m_jobs.end())
            found->second->stop({ErrorCode::Cancelled, QStringLiteral("cancelled")});
    }

    template <class Times>
    void setTimes(const Times &times)
    {
        m_room.times = socketTimes(times);
    }
    void setTape(Tape *tape) { m_tape = tape; }
    void setHostFinder(HostFinder finder) { m_room.findHost = std::move(finder); }

private:
    template <class Times>
    static SocketTimes socketTimes(const Times &times)
    {
        return {times.stallMs, times.wholeMs, times.personQueueMs, times.eyeQueueMs,
                times.betweenMs};
    }

    void ended(quint64 number)
    {
        const auto found = m_jobs.find(number);
        if (found == m_jobs.end())
            return;
        // It is inside one of its own functions.
        found->second.release()->deleteLater();
        m_jobs.erase(found);
    }

    void play(const Question &question, Done done)
    {
        const auto objection = m_room.gate.objection(question.permit);
        m_tape->play(wireRequest(question),
                     [this, objection, done = std::move(done)](const Played &played) {
                         done(objection ? *objection : m_read(played, m_room.clock.now()));
                     });
    }

    SocketRoom m_room;
    Read m_read;
    QPointer<Tape> m_tape;
    quint64 m_last = 0;
    std::map<quint64, std::unique_ptr<Job>> m_jobs;
};

} // namespace wg
