// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/actions.h"
#include "actions/parts.h"

#include "core/after.h"
#include "watch/outlook.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// Tokens of some hundred characters exist; nothing is longer.
constexpr qsizetype mostKey = 2000;

QList<Dataset> wanted(const LookupOrder &order)
{
    return order.datasets.isEmpty() ? QList<Dataset>(allDatasets.begin(), allDatasets.end())
                                    : order.datasets;
}

/// A dataset about which nobody was asked and nobody could be has no place in a report.
bool isIdle(const StoredDataset &dataset, const Entity &entity, const Policy &policy)
{
    return dataset.facts.isEmpty() && dataset.checks.isEmpty()
        && std::none_of(policy.sources.cbegin(), policy.sources.cend(), [&](const auto &info) {
               return info.name != filesSource && fills(info, entity, dataset.dataset);
           });
}

/// Why a look-up that brought nothing brought nothing.
Error nothingFor(const Policy &policy, const AskSummary &summary)
{
    const QString reason =
        summary.source.isEmpty() ? summary.detail : summary.source + u": "_s + summary.detail;
    if (summary.unreachable > 0)
        return {ErrorCode::Unreachable, reason};
    if (summary.notUnderstood > 0)
        return {ErrorCode::Refused, u"no usable answer; "_s + reason};
    for (const auto &learner : whoLearns(policy, summary.entity)) {
        if (learner.held)
            return {ErrorCode::Held, learner.whyNot};
    }
    if (summary.refused > 0)
        return {ErrorCode::Refused, reason};
    return {ErrorCode::Refused, u"no source that is switched on tells about this"_s};
}

/// Whoever asked hears that the question waits.
Error andLater(Error error)
{
    error.detail += u"; it is asked again when the network is back"_s;
    return error;
}

/// Everything that the store has for a look-up.
struct Lookup
{
    QList<StoredDataset> datasets;
    Enrichment enrichment;
};

Result<Lookup> readStored(Reader &reader, const Entity &entity, const QList<Dataset> &datasets,
                          const Enricher &enrich)
{
    auto stored = reader.stored(entity, datasets);
    if (!stored)
        return stored.error();
    for (StoredDataset &dataset : *stored)
        enrich.complete(dataset.facts);
    auto known = reader.enrichment(entity);
    if (!known)
        return known.error();
    return Lookup{*std::move(stored), enrich.completed(*std::move(known))};
}

/// Facts, or that a usable answer held none; that somebody failed or was not asked since says
/// nothing.
bool saysSomething(const StoredDataset &dataset)
{
    return !dataset.facts.isEmpty()
        || std::any_of(dataset.checks.cbegin(), dataset.checks.cend(),
                       [](const CheckState &check) { return check.lastUsable.has_value(); });
}

} // namespace

QFuture<Result<LookupReport>> Actions::lookup(const Entity &entity, const LookupOrder &order)
{
    for (const QString &name : order.sources) {
        if (const auto unknown = m_parts->unknownSource(name))
            return readyFuture(Result<LookupReport>(*unknown));
    }
    if (order.freshness == Freshness::CacheOnly) {
        AskSummary nobody;
        nobody.entity = entity;
        return m_parts->readLookup(entity, order, nobody);
    }
    AskWish wish;
    wish.onlyStale = order.freshness == Freshness::WhenStale;
    wish.datasets = order.datasets;
    wish.sources = order.sources;
    wish.onceFor = order.onceFor;
    return after(this,
                 m_parts->net.ask<AskSummary>(
                     [entity, wish](Watcher &watcher, const std::function<void(AskSummary)> &done) {
                         watcher.ask(entity, wish, done);
                     }),
                 [this, entity, order](const AskSummary &summary) {
                     return m_parts->readLookup(entity, order, summary);
                 });
}

QFuture<Result<LookupReport>> Actions::Parts::readLookup(const Entity &entity,
                                                         const LookupOrder &order,
                                                         const AskSummary &summary)
{
    const bool nobodyReached = summary.usable == 0 && summary.unreachable > 0;
    // A queued question is about everything and goes to all: not what this person asked for.
    const bool queues = nobodyReached && watching && !replayed && order.sources.isEmpty()
        && order.datasets.isEmpty();
    if (queues) {
        after(&self, store->write<Done>([entity, at = clock.now()](Writer &writer) {
            return writer.enqueueAsk(entity, at);
        }),
              [this](const Result<Done> &) {
                  ++network.waiting;
                  Q_EMIT self.queueChanged(network.waiting);
                  tellNetwork();
              });
    }
    return after(
        &self,
        store->read<Lookup>(
            [entity, datasets = wanted(order), enrich = enricher()](Reader &reader) {
                return readStored(reader, entity, datasets, enrich);
            }),
        [=, this](const Result<Lookup> &stored) -> Result<LookupReport> {
            const bool nothing = !stored && stored.error().code == ErrorCode::NothingStored;
            if (!stored && !nothing)
                return stored.error();
            LookupReport report{entity,          {},    summary.usable, summary.unreachable,
                                summary.refused, false, queues};
            if (stored) {
                report.datasets = stored->datasets;
                report.enrichment = stored->enrichment;
            }
            report.fromCache =
                std::any_of(report.datasets.cbegin(), report.datasets.cend(), saysSomething);
            const bool unknown = summary.usable == 0 && !report.fromCache;
            if (unknown && order.freshness != Freshness::CacheOnly)
                return queues ? andLater(nothingFor(policy, summary)) : nothingFor(policy, summary);
            if (unknown)
                return Error{ErrorCode::NothingStored,
                             u"nothing is stored about %1"_s.arg(entity.value)};
            if (!order.readAfter)
                report.datasets.clear();
            else if (order.datasets.isEmpty())
                report.datasets.removeIf(
                    [&](const StoredDataset &dataset) { return isIdle(dataset, entity, policy); });
            return report;
        });
}

QList<Party> Actions::parties(const Entity &entity) const
{
    QList<Party> parties;
    if (m_parts->replayed)
        return parties;
    for (const auto &learner : whoLearns(m_parts->policy, entity)) {
        parties.append({learner.source, learner.who, learner.pap, learner.permitted, learner.whyNot,
                        learner.needsConsent});
    }
    return parties;
}

void Actions::cancelAsk(const Entity &entity)
{
    m_parts->net.order([entity](Watcher &watcher) { watcher.cancelAsk(entity); });
}

QFuture<Result<EyeReport>> Actions::switchEyes(const QList<Entity> &entities, EyeState state)
{
    JournalEntry entry = m_parts->entry(state == EyeState::On ? Verb::EyeOn : Verb::EyeOff);
    entry.entities = entities;
    using Outcomes = BaselineJob::Outcomes;
    return after(
        this, m_parts->apply(entry),
        [this, state](const Result<JournalReport> &report) -> QFuture<Result<EyeReport>> {
            if (!report)
                return readyFuture(Result<EyeReport>(report.error()));
            if (state == EyeState::Off || report->switchedOn.isEmpty())
                return readyFuture(Result<EyeReport>(EyeReport{*report, 0, 0, 0, {}}));
            return after(
                this,
                m_parts->net.ask<Outcomes>(
                    [eyes = report->switchedOn](Watcher &watcher,
                                                const std::function<void(Outcomes)> &done) {
                        watcher.eyesOn(eyes, done);
                    }),
                [this, report = *report](const Outcomes &outcomes) -> Result<EyeReport> {
                    EyeReport eyes{report, outcomes.usable, outcomes.asked, outcomes.waiting, {}};
                    for (const auto &entity : report.switchedOn)
                        eyes.newFacts.insert(entity, m_parts->extended.take(entity));
                    Q_EMIT eyesChanged(report.switchedOn);
                    return eyes;
                });
        });
}

QFuture<Result<QList<Entity>>> Actions::watchedAmong(const QList<Entity> &entities)
{
    return m_parts->store->read<QList<Entity>>([entities](Reader &reader) -> Result<QList<Entity>> {
        QList<Entity> watched;
        for (const auto &entity : entities) {
            const auto isOn = reader.isWatched(entity);
            if (!isOn)
                return isOn.error();
            if (*isOn)
                watched.append(entity);
        }
        return watched;
    });
}

QFuture<Result<PollReport>> Actions::poll(PollScope scope, const QList<Entity> &only)
{
    using Tally = PollJob::Tally;
    return after(this,
                 m_parts->net.ask<Tally>(
                     [scope, only](Watcher &watcher, const std::function<void(Tally)> &done) {
                         watcher.load([&watcher, scope, only, done] {
                             watcher.poll(scope == PollScope::All, only, done);
                         });
                     }),
                 [](const Tally &tally) -> Result<PollReport> {
                     return PollReport{tally.checked, tally.changed, tally.alerts, tally.failed,
                                       tally.waiting};
                 });
}

QFuture<Result<SourceTest>> Actions::testSource(const QString &name)
{
    if (const auto unknown = m_parts->unknownSource(name))
        return readyFuture(Result<SourceTest>(*unknown));
    return after(this,
                 m_parts->net.ask<SourceTest>(
                     [name](Watcher &watcher, const std::function<void(SourceTest)> &done) {
                         watcher.test(name, [name, done](Outcome outcome, const QString &detail) {
                             done({name, outcome, detail});
                         });
                     }),
                 [](const SourceTest &test) { return Result<SourceTest>(test); });
}

std::optional<Error> Actions::Parts::unknownSource(const QString &name) const
{
    if (isKnownSource(policy, name))
        return std::nullopt;
    return Error{ErrorCode::NotFound,
                 u"there is no source \"%1\"; did you mean \"%2\"?"_s.arg(
                     madeVisible(name, 60), nearestSource(policy, name))};
}

QFuture<Result<Done>> Actions::setSourceKey(const QString &name, const QByteArray &key)
{
    if (const auto unknown = m_parts->unknownSource(name))
        return readyFuture(Result<Done>(*unknown));
    const auto info = std::find_if(m_parts->sources.cbegin(), m_parts->sources.cend(),
                                   [&](const auto &source) { return source.name == name; });
    if (info == m_parts->sources.cend() || !info->takesKey)
        return readyFuture(Result<Done>(Error{ErrorCode::Usage, u"%1 takes no key"_s.arg(name)}));
    const QByteArray typed = key.trimmed();
    const bool clean =
        std::all_of(typed.begin(), typed.end(), [](char c) { return c > ' ' && c < '\x7f'; });
    if (typed.isEmpty() || typed.size() > mostKey || !clean) {
        return readyFuture(Result<Done>(
            Error{ErrorCode::Usage,
                  u"a key is one word of at most %1 printable ASCII characters"_s.arg(mostKey)}));
    }
    return after(this, m_parts->keys.set(name, typed), [this, name](const Result<Done> &done) {
        return done ? m_parts->keyChanged(name) : readyFuture(done);
    });
}

QFuture<Result<Done>> Actions::removeSourceKey(const QString &name)
{
    if (const auto unknown = m_parts->unknownSource(name))
        return readyFuture(Result<Done>(*unknown));
    return after(this, m_parts->keys.remove(name), [this, name](const Result<Done> &done) {
        return done ? m_parts->keyChanged(name) : readyFuture(done);
    });
}

/// Another key, or none, has a quota of its own and may see something else, and what failed may
/// not fail again.
QFuture<Result<Done>> Actions::Parts::keyChanged(const QString &source)
{
    resetSource(source);
    net.order([source](Watcher &watcher) { watcher.forgetQuota(source); });
    applyPolicy();
    return store->write<Done>([source](Writer &writer) { return writer.forgetBookmarks(source); });
}

QFuture<Result<QList<QueuedAsk>>> Actions::queuedAsks()
{
    return m_parts->store->read<QList<QueuedAsk>>(
        [](Reader &reader) { return reader.queuedAsks(); });
}

QFuture<Result<Done>> Actions::dropQueued(const Entity &entity)
{
    return after(this, m_parts->store->write<Done>([entity](Writer &writer) {
        return writer.dequeueAsk(entity);
    }),
                 [this](const Result<Done> &done) {
                     m_parts->network.waiting = std::max(0, m_parts->network.waiting - 1);
                     Q_EMIT queueChanged(m_parts->network.waiting);
                     m_parts->tellNetwork();
                     return done;
                 });
}

/// Asks the oldest queued question; when somebody answers, the next one follows.
void Actions::Parts::retryQueue()
{
    if (network.waiting == 0 || policy.cacheOnly || std::exchange(retrying, true))
        return;
    after(&self, self.queuedAsks(), [this](const Result<QList<QueuedAsk>> &queue) {
        if (!queue || queue->isEmpty()) {
            retrying = false;
            network.waiting = 0;
            return;
        }
        const Entity entity = queue->first().entity;
        after(&self,
              net.ask<AskSummary>(
                  [entity](Watcher &watcher, const std::function<void(AskSummary)> &done) {
                      watcher.ask(entity, {}, done);
                  }),
              [this, entity](const AskSummary &summary) {
                  retrying = false;
                  if (summary.usable == 0 && summary.unreachable > 0)
                      return;
                  after(&self, self.dropQueued(entity),
                        [this](const Result<Done> &) { retryQueue(); });
              });
    });
}

} // namespace wg
