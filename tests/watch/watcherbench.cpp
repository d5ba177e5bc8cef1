// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "watcherbench.h"

#include "core/ids.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace wg::test {

WatcherBench::WatcherBench(Policy own)
    : policy(std::move(own))
{
    begin();
}

WatcherBench::~WatcherBench()
{
    end();
}

void WatcherBench::end()
{
    watcher.reset();
    m_compute.waitForDone();
    store.reset();
}

void WatcherBench::begin()
{
    StoreConfig config;
    config.folder = m_folder.path();
    config.clock = &clock;
    auto opened = Store::open(config);
    if (!opened)
        qFatal("%s", qPrintable(opened.error().detail));
    store = std::move(*opened);
    watcher = std::make_unique<Watcher>(Catalogue(), *store, clock, m_compute, ledger);
    QObject::connect(watcher.get(), &Watcher::ingested, watcher.get(),
                     [this](const IngestReport &report) { cards.append(report.cards); });
    watcher->setPolicy(policy);
    cards.clear();
}

void WatcherBench::journal(Verb verb, const QList<Entity> &entities)
{
    JournalEntry entry;
    entry.id = newUuid(clock.now());
    entry.author = {QUuid::createUuid(), u"Ada"_s, QUuid::createUuid()};
    entry.time = HybridTime::next({}, clock.now());
    entry.verb = verb;
    entry.entities = entities;
    const auto applied =
        store->write<JournalReport>([entry](Writer &writer) { return writer.apply(entry); });
    QVERIFY(QTest::qWaitFor([&] { return applied.isFinished(); }, patienceMs));
    QVERIFY(applied.result());
}

void WatcherBench::load()
{
    bool loaded = false;
    watcher->load([&] { loaded = true; });
    QVERIFY(QTest::qWaitFor([&] { return loaded; }, patienceMs));
}

int WatcherBench::watch(const QList<Entity> &entities)
{
    journal(Verb::EyeOn, entities);
    std::optional<BaselineJob::Outcomes> outcomes;
    watcher->eyesOn(entities, [&](const BaselineJob::Outcomes &told) { outcomes = told; });
    return QTest::qWaitFor([&] { return outcomes.has_value(); }, patienceMs) ? outcomes->usable
                                                                             : -1;
}

PollJob::Tally WatcherBench::poll(PollAll all)
{
    load();
    std::optional<PollJob::Tally> tally;
    watcher->poll(all == PollAll::Yes, {}, [&](const PollJob::Tally &told) { tally = told; });
    return QTest::qWaitFor([&] { return tally.has_value(); }, patienceMs)
        ? *tally
        : PollJob::Tally{-1, -1, -1, -1};
}

int WatcherBench::open(const Entity &entity)
{
    AskWish wish;
    wish.onlyStale = true;
    std::optional<AskSummary> summary;
    watcher->ask(entity, wish, [&](const AskSummary &told) { summary = told; });
    return QTest::qWaitFor([&] { return summary.has_value(); }, patienceMs) ? summary->asked : -1;
}

} // namespace wg::test
