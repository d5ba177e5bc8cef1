// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "watch/pipeline.h"

#include "core/after.h"
#include "store/fingerprint.h"

#include <QtConcurrent>
#include <algorithm>

namespace wg {

namespace {

/// Answers of one batch at most, so that a transaction stays short.
constexpr size_t largestBatch = 4096;
/// Batches between the wire and the commit: one is understood while another is stored.
constexpr int batchesUnderWay = 2;

int rank(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Complete:
        return 0;
    case Outcome::Truncated:
        return 1;
    case Outcome::Empty:
        return 2;
    case Outcome::SuspiciousEmpty:
        return 3;
    case Outcome::Malformed:
        return 4;
    case Outcome::Unreachable:
        return 5;
    case Outcome::Refused:
        return 6;
    }
    Q_UNREACHABLE();
}

/// What of several failures decides: what nobody answered, before what was no use, before what was
/// not asked.
int gravity(Outcome outcome)
{
    if (isUsable(outcome))
        return 0;
    if (outcome == Outcome::Refused)
        return 1;
    return outcome == Outcome::Unreachable ? 3 : 2;
}

Answered inShort(const Pass &pass, quint64 ticket)
{
    Answered answered;
    answered.ticket = ticket;
    answered.asked = pass.asked;
    answered.source = pass.source;
    answered.outcome = Outcome::Refused;
    int gravest = 0;
    for (const auto &observation : pass.observations) {
        answered.at = std::max(answered.at, observation.at);
        const Artifact &about = observation.question.asked;
        if (isAddress(pass.asked) && about.kind == ArtifactKind::Cidr)
            answered.network = about;
        if (rank(observation.outcome) < rank(answered.outcome))
            answered.outcome = observation.outcome;
        if (observation.lacking)
            answered.lacking.insert(observation.question.text, *observation.lacking);
        const int grave = gravity(observation.outcome);
        answered.usable += grave == 0 ? 1 : 0;
        answered.refused += grave == 1 ? 1 : 0;
        answered.unreachable += grave > 1 ? 1 : 0;
        answered.notUnderstood += grave == 2 ? 1 : 0;
        if (grave > gravest && !observation.detail.isEmpty()) {
            gravest = grave;
            answered.detail = observation.detail;
        }
    }
    return answered;
}

} // namespace

Pipeline::Pipeline(Store &store, QThreadPool &compute, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_compute(compute)
{ }

void Pipeline::take(RawPass &&raw, quint64 ticket)
{
    ++m_backlog;
    m_waiting.emplace_back(std::move(raw), ticket);
    if (m_waiting.size() == 1)
        QMetaObject::invokeMethod(this, &Pipeline::flush, Qt::QueuedConnection);
}

void Pipeline::flush()
{
    if (m_waiting.empty() || m_underWay >= batchesUnderWay)
        return;
    ++m_underWay;
    std::vector<std::pair<RawPass, quint64>> batch;
    if (m_waiting.size() <= largestBatch) {
        batch.swap(m_waiting);
    } else {
        const auto middle = m_waiting.begin() + qptrdiff(largestBatch);
        batch.assign(std::make_move_iterator(m_waiting.begin()), std::make_move_iterator(middle));
        m_waiting.erase(m_waiting.begin(), middle);
    }
    after(this, QtConcurrent::run(&m_compute, [batch = std::move(batch)] { return parse(batch); }),
          [this](const Parsed &parsed) { store(parsed); });
}

Pipeline::Parsed Pipeline::parse(const std::vector<std::pair<RawPass, quint64>> &batch)
{
    Parsed parsed;
    parsed.passes.reserve(qsizetype(batch.size()));
    parsed.answers.reserve(qsizetype(batch.size()));
    for (const auto &[raw, ticket] : batch) {
        Pass pass{raw.asked, raw.source, raw.purpose, {}, {}};
        if (raw.parse)
            pass.observations = raw.parse(raw);
        pass.fingerprint = fingerprintOf(pass);
        parsed.answers.append(inShort(pass, ticket));
        parsed.answers.last().sent =
            std::any_of(raw.answers.cbegin(), raw.answers.cend(),
                        [](const RawAnswer &answer) { return answer.sent; });
        parsed.answers.last().postponed =
            std::any_of(raw.answers.cbegin(), raw.answers.cend(),
                        [](const RawAnswer &answer) { return answer.postponed; });
        parsed.passes.append(std::move(pass));
    }
    return parsed;
}

void Pipeline::store(const Parsed &parsed)
{
    after(this,
          m_store.write<IngestReport>([passes = parsed.passes, rules = m_rules](Writer &writer) {
              return writer.ingest(passes, rules);
          }),
          [this, answers = parsed.answers](const Result<IngestReport> &report) {
              finish(answers, report);
          });
}

void Pipeline::finish(QList<Answered> answers, const Result<IngestReport> &report)
{
    --m_underWay;
    m_backlog -= int(answers.size());
    if (!report) {
        for (auto &answer : answers) {
            answer.outcome = Outcome::Unreachable;
            answer.detail = report.error().detail;
            answer.unreachable = std::max(1, answer.usable + answer.unreachable);
            answer.usable = 0;
            answer.notUnderstood = 0;
        }
        Q_EMIT troubled(report.error());
    }
    Q_EMIT ingested(answers, report ? report.value() : IngestReport{});
    flush();
}

} // namespace wg
