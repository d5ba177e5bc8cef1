// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "watch/jobs.h"

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// What of several sources' failures decides.
int gravity(const Answered &answer)
{
    if (answer.usable > 0)
        return 0;
    if (answer.unreachable == 0)
        return 1;
    return answer.unreachable > answer.notUnderstood ? 3 : 2;
}

/// A source may find that there is nothing to ask, such as WHOIS where RDAP answers: it counts for
/// nobody.
bool hadNothingToAsk(const Answered &answer)
{
    return answer.usable + answer.refused + answer.unreachable == 0;
}

/// WHOIS is asked where a registry has no RDAP: why it refused is more than that RDAP was not
/// there.
bool standsIn(const Answered &answer, const AskSummary &summary)
{
    return answer.source == "whois"_L1 && summary.source == "rdap"_L1;
}

} // namespace

AskJob::AskJob(Entity entity, Done done)
    : m_done(std::move(done))
{
    m_summary.entity = std::move(entity);
}

void AskJob::answered(const Answered &answer)
{
    if (hadNothingToAsk(answer)) {
        --m_open;
        return finishIfDone();
    }
    ++m_summary.asked;
    const int grave = gravity(answer);
    m_summary.usable += grave == 0 ? 1 : 0;
    m_summary.refused += grave == 1 ? 1 : 0;
    m_summary.notUnderstood += grave == 2 ? 1 : 0;
    m_summary.unreachable += grave == 3 ? 1 : 0;
    if (grave > m_gravest || (grave == 1 && m_gravest == 1 && standsIn(answer, m_summary))) {
        m_gravest = grave;
        m_summary.source = answer.source;
        m_summary.detail = answer.detail;
    }
    --m_open;
    finishIfDone();
}

void AskJob::sealed()
{
    --m_open;
    finishIfDone();
}

void AskJob::finishIfDone()
{
    if (m_open == 0 && m_done)
        std::exchange(m_done, {})(m_summary);
}

BaselineJob::BaselineJob(Done done)
    : m_done(std::move(done))
{ }

void BaselineJob::answered(const Answered &answer)
{
    if (hadNothingToAsk(answer)) {
        --m_open;
        return finishIfDone();
    }
    ++m_outcomes.asked;
    if (answer.usable > 0)
        ++m_outcomes.usable;
    else if (answer.unreachable > 0)
        ++m_outcomes.unreachable;
    else
        ++m_outcomes.refused;
    --m_open;
    finishIfDone();
}

void BaselineJob::postponed()
{
    ++m_outcomes.asked;
    ++m_outcomes.waiting;
    --m_open;
    finishIfDone();
}

void BaselineJob::sealed()
{
    --m_open;
    finishIfDone();
}

void BaselineJob::finishIfDone()
{
    if (m_open == 0 && m_done)
        std::exchange(m_done, {})(m_outcomes);
}

void PollJob::expect(const std::vector<quint32> &slots_)
{
    for (const quint32 slot : slots_) {
        if (slot >= m_pending.size())
            m_pending.resize(size_t(slot) + 1);
        if (!m_pending[slot]) {
            m_pending[slot] = true;
            ++m_open;
        }
    }
}

bool PollJob::wants(quint32 slot) const
{
    return slot < m_pending.size() && m_pending[slot];
}

bool PollJob::strike(quint32 slot)
{
    if (!wants(slot))
        return false;
    m_pending[slot] = false;
    --m_open;
    return true;
}

void PollJob::postpone(quint32 slot)
{
    m_waiting += strike(slot) ? 1 : 0;
}

void PollJob::told(const IngestReport &report)
{
    m_alerts += report.cards.size();
    for (const auto &eye : report.amendedFor)
        m_changed.insert(eye);
    for (const auto &card : report.cards) {
        if (card.concerns.isEmpty())
            m_changed.insert(card.entity);
        for (const auto &eye : card.concerns)
            m_changed.insert(eye);
    }
}

void PollJob::finish()
{
    const Tally tally{m_checked.size(), m_changed.size(), m_alerts, m_failed.size(), m_waiting};
    const auto waiters = std::exchange(m_waiters, {});
    for (const auto &waiter : waiters)
        waiter(tally);
}

} // namespace wg
