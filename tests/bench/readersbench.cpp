// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/stopwatch.h"
#include "store/database.h"
#include "store/opening.h"
#include "store/reader.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <algorithm>
#include <vector>

// bench_readers WORKSPACE NAMES: what each question of the item models costs on a workspace of
// bench_fill. Prints one JSON object: name → [median CPU ms, longest wall ms].
namespace wg::bench {

namespace {

using namespace Qt::StringLiterals;

constexpr int repetitions = 15;
constexpr int pageStep = 256;
constexpr qint64 mostAnchors = 10'240;

/// One question of the item models, by name.
struct Question
{
    QString name;
    std::function<bool(Reader &)> ask;
};

template <class Query, class Change>
Query with(const Change &change)
{
    Query query;
    change(query);
    return query;
}

Question cards(const QString &name, const std::function<void(CardQuery &)> &change)
{
    auto query = with<CardQuery>([&change](CardQuery &q) {
        q.states = {CardState::New};
        q.grouped = true;
        change(q);
    });
    return {u"cards: "_s + name, [query](Reader &reader) { return bool(reader.cards(query)); }};
}

Question anchors(const QString &name, const std::function<void(CardQuery &)> &change,
                 qint64 most = mostAnchors)
{
    auto query = with<CardQuery>([&change](CardQuery &q) {
        q.states = {CardState::New};
        q.grouped = true;
        change(q);
    });
    return {u"anchors: "_s + name, [query, most](Reader &reader) {
                return bool(reader.cardAnchors(query, pageStep, most));
            }};
}

Question facts(const QString &name, const std::function<void(FactQuery &)> &change)
{
    auto query = with<FactQuery>(change);
    return {u"facts: "_s + name, [query](Reader &reader) { return bool(reader.facts(query)); }};
}

Question monitors(const QString &name, const std::function<void(MonitorQuery &)> &change)
{
    auto query = with<MonitorQuery>(change);
    return {u"monitors: "_s + name,
            [query](Reader &reader) { return bool(reader.monitors(query)); }};
}

QList<Question> cardQuestions(const Entity &name)
{
    const QString day = u"2026-03-01"_s;
    return {
        cards(u"first page"_s, [](CardQuery &) {}),
        cards(u"last page"_s, [](CardQuery &q) { q.beforeRow = 300; }),
        cards(u"every state"_s, [](CardQuery &q) { q.states.clear(); }),
        cards(u"hidden ones"_s, [](CardQuery &q) { q.states = {CardState::Suppressed}; }),
        cards(u"with changes"_s, [](CardQuery &q) { q.withChanges = true; }),
        cards(u"of an entity"_s, [name](CardQuery &q) { q.entity = name; }),
        cards(u"of a day"_s, [day](CardQuery &q) { q.day = day; }),
        cards(u"common dataset"_s, [](CardQuery &q) { q.dataset = Dataset::Resolutions; }),
        cards(u"common dataset, last page"_s,
              [](CardQuery &q) {
                  q.dataset = Dataset::Resolutions;
                  q.beforeRow = 300;
              }),
        cards(u"rare dataset"_s, [](CardQuery &q) { q.dataset = Dataset::Whois; }),
        cards(u"hidden, rare dataset"_s,
              [](CardQuery &q) {
                  q.dataset = Dataset::Whois;
                  q.states = {CardState::Suppressed};
              }),
        cards(u"day and dataset"_s,
              [day](CardQuery &q) {
                  q.dataset = Dataset::Whois;
                  q.day = day;
              }),
        anchors(u"first"_s, [](CardQuery &) {}),
        anchors(u"every state"_s, [](CardQuery &q) { q.states.clear(); }),
        anchors(
            u"as many as are asked at once"_s, [](CardQuery &) {}, 200'000),
        anchors(u"common dataset"_s, [](CardQuery &q) { q.dataset = Dataset::Resolutions; }),
        anchors(u"hidden, rare dataset"_s,
                [](CardQuery &q) {
                    q.dataset = Dataset::Whois;
                    q.states = {CardState::Suppressed};
                }),
    };
}

QList<Question> otherQuestions(const Entity &name)
{
    const Entity hub{ArtifactKind::Ipv4, u"192.0.2.1"_s};
    const auto ofHub = [hub](FactQuery &q) { q.entity = hub; };
    return {
        {u"summary: a name"_s, [name](Reader &r) { return bool(r.summary(name)); }},
        {u"summary: the address of all names"_s, [hub](Reader &r) { return bool(r.summary(hub)); }},
        facts(u"of a name"_s, [name](FactQuery &q) { q.entity = name; }),
        facts(u"names on the address"_s, ofHub),
        facts(u"names on the address, a part that none has"_s,
              [hub](FactQuery &q) {
                  q.entity = hub;
                  q.filter = u"nobody"_s;
              }),
        monitors(u"first page"_s, [](MonitorQuery &) {}),
        monitors(u"a part that all have"_s, [](MonitorQuery &q) { q.filter = u"bench"_s; }),
        monitors(u"a part that one has"_s, [](MonitorQuery &q) { q.filter = u"n9876.b"_s; }),
        monitors(u"a part that none has"_s, [](MonitorQuery &q) { q.filter = u"nobody"_s; }),
        {u"watched count"_s, [](Reader &r) { return bool(r.watchedCount()); }},
        {u"open cards"_s, [](Reader &r) { return bool(r.openCards()); }},
        {u"unnotified"_s, [](Reader &r) { return bool(r.unnotified(100)); }},
        {u"next wake"_s, [](Reader &r) { return bool(r.nextWake()); }},
        {u"eyes, a page"_s, [](Reader &r) { return bool(r.eyes(0, 1000)); }},
        {u"settings"_s, [](Reader &r) { return bool(r.settings()); }},
    };
}

QJsonArray measure(Reader &reader, const Question &question)
{
    std::vector<double> cpu;
    double longest = 0;
    for (int i = 0; i <= repetitions; ++i) {
        const Stopwatch watch(CLOCK_THREAD_CPUTIME_ID);
        if (!question.ask(reader))
            std::fprintf(stderr, "%s fails\n", qPrintable(question.name));
        if (i == 0)
            continue; // the warm-up
        cpu.push_back(watch.cpu());
        longest = std::max(longest, watch.wall());
    }
    std::nth_element(cpu.begin(), cpu.begin() + repetitions / 2, cpu.end());
    return {cpu[repetitions / 2], longest};
}

int run(const QString &folder, qint64 names)
{
    DatabaseConfig config;
    config.file = databaseFile(folder);
    config.access = Access::Read;
    const auto database = Database::open(config);
    if (!database) {
        std::fprintf(stderr, "%s\n", qPrintable(database.error().detail));
        return 1;
    }
    const SystemClock clock;
    Reader reader(**database, clock);
    const Entity name{ArtifactKind::Domain, u"n%1.bench.test"_s.arg(names - 1)};
    QJsonObject told;
    for (const Question &question : cardQuestions(name) + otherQuestions(name))
        told.insert(question.name, measure(reader, question));
    say(told);
    return 0;
}

} // namespace

} // namespace wg::bench

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const auto words = QCoreApplication::arguments();
    if (words.size() != 3) {
        std::fprintf(stderr, "usage: bench_readers FOLDER NAMES\n");
        return 2;
    }
    return wg::bench::run(words.at(1), words.at(2).toLongLong());
}
