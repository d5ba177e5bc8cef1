// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fakeactions.h"

#include <QPromise>

// The same Actions, played from a script: everything the window can order ends up in a list.
namespace wg {

struct Ground
{ };

using namespace Qt::StringLiterals;

namespace {

template <class T>
QFuture<Result<T>> ready(Result<T> result)
{
    return QtFuture::makeReadyFuture(std::move(result));
}

template <class T>
QFuture<Result<T>> read(T value)
{
    const auto &script = test::script();
    if (script.silent) {
        static QList<std::shared_ptr<QPromise<Result<T>>>> waiting;
        waiting.append(std::make_shared<QPromise<Result<T>>>());
        waiting.last()->start();
        return waiting.last()->future();
    }
    if (script.readError)
        return ready(Result<T>(*script.readError));
    return ready(Result<T>(std::move(value)));
}

void ordered(const QString &order)
{
    test::script().orders.append(order);
}

QString textOf(const QList<QUuid> &cards)
{
    return QString::number(cards.size());
}

} // namespace

struct Store::Threads
{ };
Store::~Store() = default;
void Store::post(std::function<void(Writer &)>) { }
void Store::ask(std::function<void(Reader &)>) { }

struct Actions::Parts
{ };

Actions::Actions(Ground &&, WorkspacePaths, const Clock &, Secrets *,
                 std::shared_ptr<const Recording>)
    : m_parts(std::make_unique<Parts>())
{ }
Actions::~Actions() = default;

QFuture<Result<Done>> Actions::begin()
{
    return ready(Result<Done>(Done{}));
}
void Actions::startWatching() { }

QFuture<Result<LookupReport>> Actions::lookup(const Entity &entity, const LookupOrder &order)
{
    const auto how = order.freshness == Freshness::Ask ? u"ask"_s
        : order.freshness == Freshness::WhenStale      ? u"when stale"_s
                                                       : u"cache"_s;
    const auto once = order.onceFor.isEmpty() ? QString() : u" once "_s + order.onceFor.join(u',');
    const auto from = order.sources.isEmpty() ? QString() : u" from "_s + order.sources.join(u',');
    ordered(u"lookup %1 %2%3%4"_s.arg(entity.value, how, once, from));
    if (test::script().lookupError)
        return ready(Result<LookupReport>(*test::script().lookupError));
    return ready(Result<LookupReport>(LookupReport{entity, {}, 1, 0, 0, false, false}));
}
QList<Party> Actions::parties(const Entity &) const
{
    return test::script().parties;
}
void Actions::cancelAsk(const Entity &entity)
{
    ordered(u"cancel "_s + entity.value);
}

QFuture<Result<EyeReport>> Actions::switchEyes(const QList<Entity> &entities, EyeState state)
{
    for (const auto &entity : entities) {
        ordered(u"eye %1 %2"_s.arg(state == EyeState::On ? u"on"_s : u"off"_s, entity.value));
        test::script().summaries[entity].entity = entity;
        test::script().summaries[entity].watched = state == EyeState::On;
    }
    Q_EMIT eyesChanged(entities);
    return ready(Result<EyeReport>(EyeReport{}));
}
QFuture<Result<PollReport>> Actions::poll(PollScope, const QList<Entity> &only)
{
    ordered(u"poll %1"_s.arg(only.size()));
    return ready(Result<PollReport>(PollReport{only.size(), 0, 0, 0}));
}

namespace {

QFuture<Result<JournalReport>> cardsBecome(const QList<QUuid> &ids, CardState state,
                                           const std::optional<JournalEntry> &undone = {})
{
    JournalReport report;
    report.undone = undone;
    for (auto &card : test::script().cards) {
        if (!ids.contains(card.id))
            continue;
        card.state = state;
        report.cards.append(card.id);
    }
    return ready(Result<JournalReport>(report));
}

} // namespace

QFuture<Result<JournalReport>> Actions::acknowledge(const QList<QUuid> &cards)
{
    ordered(u"acknowledge "_s + textOf(cards));
    return cardsBecome(cards, CardState::Acknowledged);
}
QFuture<Result<JournalReport>> Actions::snooze(const QList<QUuid> &cards,
                                               std::optional<Instant> until)
{
    ordered(u"snooze %1 %2"_s.arg(textOf(cards), until ? u"until"_s : u"next change"_s));
    return cardsBecome(cards, CardState::Snoozed);
}
QFuture<Result<JournalReport>> Actions::reopen(const QList<QUuid> &cards)
{
    return cardsBecome(cards, CardState::New);
}
QFuture<Result<QList<HideRule>>> Actions::rulesLike(const QUuid &)
{
    return read(QList<HideRule>{});
}
QFuture<Result<JournalReport>> Actions::hideLike(const QUuid &card)
{
    ordered(u"hide like %1"_s.arg(card.data1));
    return ready(Result<JournalReport>(JournalReport{}));
}
QFuture<Result<QList<StoredRule>>> Actions::hideRules()
{
    return read(test::script().rules);
}
QFuture<Result<JournalReport>> Actions::undo(const QUuid &entry)
{
    ordered(entry.isNull() ? u"undo"_s : u"undo %1"_s.arg(entry.data1));
    test::script().rules.removeIf([&entry](const StoredRule &r) { return r.entry == entry; });
    QList<QUuid> all;
    for (const auto &card : std::as_const(test::script().cards))
        all.append(card.id);
    return cardsBecome(all, CardState::New, test::script().undone);
}
QFuture<std::optional<TableSketch>> Actions::sketchOf(std::shared_ptr<QIODevice>)
{
    return QtFuture::makeReadyFuture(test::script().sketch);
}

QFuture<Result<ImportReport>> Actions::importFrom(std::shared_ptr<QIODevice> device,
                                                  const QString &name, const ImportOptions &options)
{
    ordered(u"import %1 %2 %3"_s.arg(name).arg(device->size()).arg(options.columns).trimmed());
    return ready(Result<ImportReport>(test::script().imported));
}

const Settings &Actions::settings() const
{
    return test::script().settings;
}
const Policy &Actions::policy() const
{
    return test::script().policy;
}
QFuture<Result<QString>> Actions::setSetting(const QString &key,
                                             const std::optional<QString> &value)
{
    ordered(u"set %1 %2"_s.arg(key, value.value_or(u"default"_s)));
    auto checked = checkSetting(key, value.value_or(QString()));
    if (!value)
        checked = Result<QString>(QString());
    if (checked) {
        auto &script = test::script();
        script.settings.set(key, *checked);
        if (key == u"cache_only")
            script.policy.cacheOnly = *checked == u"true";
        if (key == u"pap")
            script.policy.ceiling = papByName(*checked).value_or(Pap::Amber);
        Q_EMIT settingsChanged(key);
    }
    return ready(checked);
}
QFuture<Result<Done>> Actions::consent(const QString &source, Consent consent)
{
    ordered(
        u"consent %1 %2"_s.arg(source, consent == Consent::Given ? u"given"_s : u"withdrawn"_s));
    return ready(Result<Done>(Done{}));
}
QFuture<Result<Done>> Actions::release(const Entity &entity)
{
    ordered(u"release "_s + entity.value);
    return ready(Result<Done>(Done{}));
}
QFuture<Result<SourceTest>> Actions::testSource(const QString &name)
{
    ordered(u"test "_s + name);
    return ready(Result<SourceTest>(SourceTest{name, Outcome::Complete, u"HTTP 200, 3 records"_s}));
}
QFuture<Result<Done>> Actions::setSourceKey(const QString &name, const QByteArray &key)
{
    ordered(u"set key "_s + name + u' ' + QString::fromLatin1(key));
    return ready(test::script().keyAnswer);
}
QFuture<Result<Done>> Actions::removeSourceKey(const QString &name)
{
    ordered(u"remove key "_s + name);
    return ready(Result<Done>(Done{}));
}
QFuture<Result<QList<QueuedAsk>>> Actions::queuedAsks()
{
    return read(test::script().queued);
}
QFuture<Result<Done>> Actions::dropQueued(const Entity &entity)
{
    ordered(u"drop "_s + entity.value);
    return ready(Result<Done>(Done{}));
}
QFuture<Result<QString>> Actions::backup(const QString &target)
{
    return ready(Result<QString>(target));
}
QFuture<Result<QStringList>> Actions::checkStore()
{
    return ready(Result<QStringList>(QStringList{u"ok"_s}));
}
void Actions::looked(const Entity &entity)
{
    ordered(u"looked "_s + entity.value);
}
QFuture<Result<Done>> Actions::markNotified(const QList<QUuid> &)
{
    return ready(Result<Done>(Done{}));
}
QFuture<Result<QList<Card>>> Actions::unnotified()
{
    return ready(Result<QList<Card>>(QList<Card>{}));
}
NetworkState Actions::networkState() const
{
    return test::script().network;
}
qint64 Actions::openCards() const
{
    const auto &script = test::script();
    if (script.manyCards > 0)
        return script.manyCards;
    return std::count_if(script.cards.cbegin(), script.cards.cend(),
                         [](const Card &c) { return c.state == CardState::New; });
}
const StoreOpening &Actions::opening() const
{
    return test::script().opening;
}

namespace {

CardPage pageOfMany(const CardQuery &query)
{
    const qint64 many = test::script().manyCards;
    CardPage page;
    page.total = many;
    const qint64 from = query.beforeRow ? std::min(*query.beforeRow - 1, many) : many;
    for (qint64 row = from; row > 0 && page.cards.size() < query.limit; --row)
        page.cards.append(test::madeUpCard(row));
    return page;
}

} // namespace

QFuture<Result<CardPage>> Actions::cards(const CardQuery &query)
{
    if (test::script().manyCards > 0)
        return read(pageOfMany(query));
    CardPage page;
    for (const auto &card : std::as_const(test::script().cards)) {
        if (query.states.isEmpty() ? card.state == CardState::Suppressed
                                   : !query.states.contains(card.state))
            continue;
        ++page.total;
        if ((!query.beforeRow || card.row < *query.beforeRow) && page.cards.size() < query.limit)
            page.cards.append(card);
    }
    return read(page);
}
QFuture<Result<CardAnchors>> Actions::cardAnchors(const CardQuery &query, int step, qint64 most)
{
    CardAnchors anchors;
    anchors.step = step;
    const qint64 many = test::script().manyCards;
    const qint64 from = query.beforeRow ? std::min(*query.beforeRow - 1, many) : many;
    anchors.counted = std::min(from, most);
    for (qint64 i = step; i <= anchors.counted; i += step)
        anchors.rows.append(from - i + 1);
    return read(anchors);
}
QFuture<Result<Card>> Actions::card(const QUuid &id)
{
    for (const auto &card : std::as_const(test::script().cards)) {
        if (card.id == id)
            return read(card);
    }
    if (test::script().manyCards > 0)
        return read(test::madeUpCard(id.data1));
    return ready(Result<Card>(Error{ErrorCode::NotFound, {}}));
}
QFuture<Result<FactPage>> Actions::facts(const FactQuery &query)
{
    FactPage page;
    const auto all = test::script().facts.value(query.entity).value(query.dataset);
    QList<FactRow> fitting;
    for (const auto &row : all) {
        if (query.newOnly && !row.newSinceLooked && !row.goneSinceLooked)
            continue;
        if (query.filter.isEmpty() || row.record.value.raw().contains(query.filter))
            fitting.append(row);
    }
    const auto from = query.afterKey.toLongLong();
    page.rows = fitting.mid(from, query.limit);
    page.total = query.filter.isEmpty() ? fitting.size() : -1;
    if (from + page.rows.size() < fitting.size())
        page.nextKey = QString::number(from + page.rows.size());
    return read(page);
}
QFuture<Result<EntitySummary>> Actions::summary(const Entity &entity)
{
    EntitySummary summary = test::script().summaries.value(entity);
    summary.entity = entity;
    return read(summary);
}
QFuture<Result<MonitorPage>> Actions::monitors(const MonitorQuery &query)
{
    MonitorPage page;
    for (const auto &row : std::as_const(test::script().monitors)) {
        if (!row.entity.value.contains(query.filter))
            continue;
        ++page.total;
        if ((!query.afterRow || row.row > *query.afterRow) && page.monitors.size() < query.limit)
            page.monitors.append(row);
    }
    if (!query.filter.isEmpty())
        page.total = -1; // as the store: not counted
    if (page.monitors.size() == query.limit)
        page.nextRow = page.monitors.constLast().row;
    return read(page);
}
QFuture<Result<QList<SourceState>>> Actions::sources()
{
    return read(test::script().sources);
}

} // namespace wg

namespace wg::test {

namespace {

std::unique_ptr<Script> &held()
{
    static auto one = std::make_unique<Script>();
    return one;
}

} // namespace

Script &script()
{
    return *held();
}

Script &newScript()
{
    held() = std::make_unique<Script>();
    return *held();
}

std::unique_ptr<Actions> scriptedActions()
{
    static const SystemClock clock;
    return std::make_unique<Actions>(Ground{}, WorkspacePaths{}, clock);
}

Card madeUpCard(qint64 row)
{
    Card card;
    card.id = QUuid(uint(row), 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
    card.row = row;
    card.entity = {ArtifactKind::Domain, u"host%1.example.com"_s.arg(row)};
    card.concerns = {card.entity};
    card.datasets = {Dataset::Resolutions};
    card.changeCount = 1 + int(row % 3);
    card.headline = u"A 192.0.2.%1"_s.arg(row % 250);
    card.detectedAt = SystemClock().now() - row * 1000;
    return card;
}

} // namespace wg::test
