// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/tlsclient.h"

#include "net/socketjobs.h"
#include "net/tlsjob.h"

namespace wg {

struct TlsClient::Parts
{
    SocketJobs<TlsJob, TlsQuestion, TlsAnswer> jobs;
};

TlsClient::TlsClient(const Gate &gate, const Clock &clock, LedgerSink &ledger, QObject *parent)
    : QObject(parent)
    , m_parts(new Parts{{gate, clock, ledger, TlsTimes(), this, tlsAnswer}})
{ }

TlsClient::~TlsClient() = default;

quint64 TlsClient::ask(const TlsQuestion &question, TlsDone done)
{
    return m_parts->jobs.ask(question, std::move(done));
}

void TlsClient::cancel(quint64 number)
{
    m_parts->jobs.cancel(number);
}

void TlsClient::setTimes(const TlsTimes &times)
{
    m_parts->jobs.setTimes(times);
}

void TlsClient::setTape(Tape *tape)
{
    m_parts->jobs.setTape(tape);
}

void TlsClient::setHostFinder(HostFinder finder)
{
    m_parts->jobs.setHostFinder(std::move(finder));
}

} // namespace wg
