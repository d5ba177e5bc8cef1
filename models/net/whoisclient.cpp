// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/whoisclient.h"

#include "net/socketjobs.h"
#include "net/whoisjob.h"

namespace wg {

struct WhoisClient::Parts
{
    SocketJobs<WhoisJob, WhoisQuestion, WhoisAnswer> jobs;
};

WhoisClient::WhoisClient(const Gate &gate, const Clock &clock, LedgerSink &ledger, QObject *parent)
    : QObject(parent)
    , m_parts(new Parts{{gate, clock, ledger, WhoisTimes(), this, whoisAnswer}})
{ }

WhoisClient::~WhoisClient() = default;

quint64 WhoisClient::ask(const WhoisQuestion &question, WhoisDone done)
{
    return m_parts->jobs.ask(question, std::move(done));
}

void WhoisClient::cancel(quint64 number)
{
    m_parts->jobs.cancel(number);
}

void WhoisClient::setTimes(const WhoisTimes &times)
{
    m_parts->jobs.setTimes(times);
}

void WhoisClient::setTape(Tape *tape)
{
    m_parts->jobs.setTape(tape);
}

void WhoisClient::setHostFinder(HostFinder finder)
{
    m_parts->jobs.setHostFinder(std::move(finder));
}

} // namespace wg
