// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/actions.h"
#include "actions/parts.h"
#include "core/names.h"

#include "core/after.h"
#include "watch/outlook.h"

using namespace Qt::StringLiterals;

namespace wg {

namespace {

using Dues = QHash<Artifact, Instant>;

QFuture<Dues> nextDues(NetRoom &net, const QList<Entity> &entities)
{
    return net.ask<Dues>([entities](Watcher &watcher, const std::function<void(Dues)> &done) {
        watcher.nextDues(entities, done);
    });
}

/// How many permitted sources have given a usable answer, of how many.
void fillBaseline(EntitySummary &summary, const Policy &policy)
{
    QSet<QString> have;
    for (const auto &check : summary.checks) {
        if (check.lastUsable)
            have.insert(check.question.source.section(u'@', 0, 0));
    }
    for (const auto &learner : whoLearns(policy, summary.entity)) {
        if (!learner.permitted)
            continue;
        ++summary.baselineWant;
        summary.baselineHave += have.contains(learner.source) ? 1 : 0;
    }
}

using Quotas = QHash<QString, QuotaState>;

void tellQuotas(Watcher &watcher, const std::function<void(Quotas)> &done)
{
    done(watcher.quotas());
}

} // namespace

QFuture<Result<CardPage>> Actions::cards(const CardQuery &query)
{
    return m_parts->readCards<CardPage>([query](Reader &reader) { return reader.cards(query); });
}

QFuture<Result<CardAnchors>> Actions::cardAnchors(const CardQuery &query, int step, qint64 most)
{
    return m_parts->readCards<CardAnchors>(
        [query, step, most](Reader &reader) { return reader.cardAnchors(query, step, most); });
}

QFuture<Result<Card>> Actions::card(const QUuid &id)
{
    return m_parts->readCards<Card>([id](Reader &reader) { return reader.card(id); });
}

QFuture<Result<FactPage>> Actions::facts(const FactQuery &query)
{
    return m_parts->store->read<FactPage>(
        [query, enrich = m_parts->enricher()](Reader &reader) -> Result<FactPage> {
            auto page = reader.facts(query);
            if (page)
                enrich.complete(page->rows);
            return page;
        });
}

QFuture<Result<EntitySummary>> Actions::summary(const Entity &entity)
{
    const auto work = [entity, enrich = m_parts->enricher()](Reader &reader) {
        auto summary = reader.summary(entity);
        if (summary)
            summary->enrichment = enrich.completed(std::move(summary->enrichment));
        return summary;
    };
    return after(this, m_parts->readCards<EntitySummary>(work),
                 [this](const Result<EntitySummary> &read) -> QFuture<Result<EntitySummary>> {
                     if (!read)
                         return readyFuture(read);
                     EntitySummary summary = *read;
                     summary.warning =
                         confusableWarning(summary.entity.value, m_parts->policy.ownNames);
                     fillBaseline(summary, m_parts->policy);
                     if (!summary.watched)
                         return readyFuture(Result<EntitySummary>(summary));
                     return after(this, nextDues(m_parts->net, {summary.entity}),
                                  [summary](const Dues &dues) -> Result<EntitySummary> {
                                      EntitySummary full = summary;
                                      if (const auto due = dues.constFind(summary.entity);
                                          due != dues.constEnd())
                                          full.nextDue = *due;
                                      return full;
                                  });
                 });
}

QFuture<Result<MonitorPage>> Actions::monitors(const MonitorQuery &query)
{
    return after(this, m_parts->readCards<MonitorPage>([query](Reader &reader) {
        return reader.monitors(query);
    }),
                 [this](const Result<MonitorPage> &page) -> QFuture<Result<MonitorPage>> {
                     if (!page)
                         return readyFuture(page);
                     QList<Entity> entities;
                     for (const auto &monitor : page->monitors)
                         entities.append(monitor.entity);
                     return after(this, nextDues(m_parts->net, entities),
                                  [page = *page](const Dues &dues) -> Result<MonitorPage> {
                                      MonitorPage full = page;
                                      for (auto &monitor : full.monitors) {
                                          if (const auto due = dues.constFind(monitor.entity);
                                              due != dues.constEnd())
                                              monitor.nextDue = *due;
                                      }
                                      return full;
                                  });
                 });
}

QFuture<Result<QList<SourceState>>> Actions::sources()
{
    return after(
        this, m_parts->store->read<QList<SourceMemory>>([](Reader &reader) {
            return reader.sourceMemories();
        }),
        [this](const Result<QList<SourceMemory>> &memories) -> QFuture<Result<QList<SourceState>>> {
            if (!memories)
                return readyFuture(Result<QList<SourceState>>(memories.error()));
            return after(this, m_parts->net.ask<Quotas>(&tellQuotas),
                         [this, memories = *memories](const Quotas &quotas) {
                             return Result<QList<SourceState>>(
                                 m_parts->sourceStates(memories, quotas));
                         });
        });
}

QList<SourceState> Actions::Parts::sourceStates(const QList<SourceMemory> &memories,
                                                const QHash<QString, QuotaState> &quotas) const
{
    auto states = wg::sourceStates(policy, memories);
    for (auto &state : states) {
        const SourceKey key = keys.key(state.info.name);
        state.key = key.state;
        state.keyDetail = key.detail;
        if (const auto quota = quotas.constFind(state.info.name); quota != quotas.cend())
            state.quota = *quota;
    }
    return states + brokenStates(catalogue);
}

} // namespace wg
