// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "watch/watcher.h"

#include "core/after.h"
#include "watch/outlook.h"

#include <QRandomGenerator>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// Eyes read at once when the schedule is loaded.
constexpr int eyesPerPage = 2000;
/// Asks under way at most: DNS is cheap and parallel, HTTP sources queue in the fetch layer.
constexpr int dnsUnderWay = 256;
constexpr int httpUnderWay = 8;
/// First wait after a failure; doubles, with full jitter, up to an hour.
constexpr qint64 firstBackoffMs = 30 * secondMs;
constexpr qint64 longestBackoffMs = hourMs;
/// How often at most the number of questions under way is told.
constexpr int loadToldEveryMs = 100;

} // namespace

Instant dueAfter(const AskedState &state, qint64 intervalMs)
{
    Instant due = state.lastAsked + intervalMs;
    if (state.failures > 0) {
        const qint64 wait =
            std::min(longestBackoffMs, firstBackoffMs << std::min(state.failures - 1, 10));
        due = state.lastAsked + std::min(wait, intervalMs);
    }
    return state.confirmAt ? std::min(due, *state.confirmAt) : due;
}

Watcher::Watcher(const Catalogue &catalogue, Store &store, const Clock &clock, QThreadPool &compute,
                 LedgerSink &ledger, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_clock(clock)
    , m_outside(catalogue, clock, ledger)
    , m_pipeline(store, compute)
    , m_schedule(int(m_outside.sources().size()))
{
    for (const auto &source : m_outside.sources()) {
        Desk desk;
        desk.info = source->info();
        desk.most = desk.info.name == "dns"_L1 ? dnsUnderWay : httpUnderWay;
        desk.source = source.get();
        if (desk.info.name == registrySource)
            m_registry = int(m_desks.size());
        m_desks.push_back(std::move(desk));
    }
    connect(&m_outside, &Outside::resolverTested, this, &Watcher::resolverTested);
    connect(&m_outside, &Outside::rdapFileFetched, this, &Watcher::rdapFileFetched);
    connect(&m_outside, &Outside::quotaChanged, this, &Watcher::tellQuota);
    connect(&m_outside, &Outside::keyWanted, this, &Watcher::keyWanted);
    connect(&m_pipeline, &Pipeline::ingested, this, &Watcher::onIngested);
    connect(&m_pipeline, &Pipeline::troubled, this, &Watcher::troubled);
    m_nextPump.setSingleShot(true);
    connect(&m_nextPump, &QTimer::timeout, this, &Watcher::pump);
    connect(&m_clockWatch, &QTimer::timeout, this, &Watcher::watchClock);
    m_loadTold.setSingleShot(true);
    m_loadTold.setInterval(loadToldEveryMs);
    connect(&m_loadTold, &QTimer::timeout, this, [this] { Q_EMIT loadChanged(m_underWay.size()); });
}

Watcher::~Watcher()
{
    m_outside.end(); // answers what is under way while those who hear of it still stand
}

qint64 Watcher::intervalOf(int desk) const
{
    const SourceInfo &info = m_desks[size_t(desk)].info;
    const qint64 set = m_policy.intervals.value(info.name, 0);
    return set > 0 ? set : info.intervalMs;
}

/// The regular time is spread a little, so that eyes switched on together do not ask together for
/// ever. What was asked in the future, before the clock was set back, is due now.
Instant Watcher::plannedDue(const AskedState &state, int desk) const
{
    if (const Instant now = m_clock.now(); state.lastAsked > now)
        return now;
    const qint64 interval = intervalOf(desk);
    AskedState counted = state;
    // Nobody knocks more often where nobody opens; what a recording lacks it lacks.
    if (meetsTarget(m_desks[size_t(desk)].info.name) || m_outside.tape().isReplaying())
        counted.failures = 0;
    const Instant due = dueAfter(counted, interval);
    const bool regular = counted.failures == 0 && !counted.confirmAt;
    return regular ? spread(due, interval / 20, counted.asked, desk) : due;
}

bool Watcher::isPermitted(const Desk &desk) const
{
    return !m_policy.cacheOnly && !m_policy.disabledSources.contains(desk.info.name)
        && !m_policy.withoutKey.contains(desk.info.name) && desk.info.pap <= m_policy.ceiling
        && (desk.info.pap < Pap::Green || m_policy.consents.contains(desk.info.name));
}

void Watcher::setPolicy(const Policy &policy)
{
    m_policy = policy;
    m_outside.setPolicy(policy);
    for (int i = 0; i < int(m_desks.size()); ++i) {
        Desk &desk = m_desks[size_t(i)];
        const bool before = std::exchange(desk.permitted, isPermitted(desk));
        if (desk.permitted && !before)
            catchUp(i);
        for (quint32 slot = 0; before && !desk.permitted && slot < m_schedule.slotCount(); ++slot) {
            if (m_schedule.sourceOf(slot) == i)
                letGo(slot);
        }
    }
    for (const quint32 slot : std::exchange(m_keptIn, {}))
        m_schedule.hasten(slot, m_clock.now());
    m_pipeline.setRules(rulesFor(policy));
    pump();
}

/// Overdue slots are many after a sleep: they are spread, so that nothing is asked in one burst.
void Watcher::catchUp(int desk)
{
    constexpr size_t fewEnough = 20;
    const Instant now = m_clock.now();
    if (m_schedule.dueSlots(desk, now).size() > fewEnough)
        m_schedule.spreadOverdue(desk, now, std::min(10 * minuteMs, intervalOf(desk) / 4));
}

/// Nobody will ask this slot: those who wait for it are told so.
void Watcher::letGo(quint32 slot)
{
    if (m_poll)
        m_poll->strike(slot);
    Answered nobody;
    nobody.outcome = Outcome::Refused;
    nobody.refused = 1;
    for (const auto &job : m_slotJobs.take(slot))
        job->answered(nobody);
}

void Watcher::load(std::function<void()> done)
{
    if (m_loaded) {
        done();
        return;
    }
    m_loadWaiters.append(std::move(done));
    if (m_loadWaiters.size() > 1)
        return;
    loadPage(0, [this] {
        m_offWhileLoading.clear();
        for (const auto &waiter : std::exchange(m_loadWaiters, {}))
            waiter();
    });
}

void Watcher::loadPage(qint64 afterRow, std::function<void()> done)
{
    using Eyes = QList<EyeSchedule>;
    after(this, m_store.read<Eyes>([afterRow](Reader &reader) {
        return reader.eyes(afterRow, eyesPerPage);
    }),
          [this, done = std::move(done)](const Result<Eyes> &eyes) {
              if (eyes)
                  return loadStates(*eyes, done);
              Q_EMIT troubled(eyes.error());
              done();
          });
}

/// When what the eyes of a page ask for was last asked.
void Watcher::loadStates(const QList<EyeSchedule> &eyes, const std::function<void()> &done)
{
    QList<Entity> entities;
    for (const auto &eye : eyes)
        entities.append(eye.entity);
    const auto subjects = subjectsOf(entities);
    readBefore(subjects, [this, eyes, subjects, done](const Result<AskedBefore> &before) {
        if (!before) {
            Q_EMIT troubled(before.error());
            done();
            return;
        }
        takeStates(eyes, subjects, *before);
        m_loaded = eyes.size() < eyesPerPage;
        if (m_loaded)
            done();
        else
            loadPage(eyes.last().row, done);
    });
}

/// What is asked for the sake of an eye: some sources answer persons only.
Artifact Watcher::watchedSubject(const Desk &desk, const Entity &entity)
{
    return desk.info.onDemand ? Artifact() : desk.source->subject(entity);
}

Watcher::Subjects Watcher::subjectsOf(const Entity &entity) const
{
    Subjects subjects;
    subjects.reserve(m_desks.size());
    for (const auto &desk : m_desks)
        subjects.push_back(watchedSubject(desk, entity));
    return subjects;
}

QHash<Entity, Watcher::Subjects> Watcher::subjectsOf(const QList<Entity> &entities) const
{
    QHash<Entity, Subjects> subjects;
    subjects.reserve(entities.size());
    for (const auto &entity : entities)
        subjects.insert(entity, subjectsOf(entity));
    return subjects;
}

void Watcher::readBefore(const QList<Entity> &entities,
                         const std::function<void(const Result<AskedBefore> &)> &taken)
{
    readBefore(subjectsOf(entities), taken);
}

/// Who is asked about what is our own matter: a reader may outlive us.
void Watcher::readBefore(const QHash<Entity, Subjects> &subjects,
                         const std::function<void(const Result<AskedBefore> &)> &taken)
{
    QSet<Artifact> asked;
    QList<Entity> addresses;
    for (auto it = subjects.cbegin(); it != subjects.cend(); ++it) {
        if (isAddress(it.key()))
            addresses.append(it.key());
        for (const Artifact &subject : it.value()) {
            if (!subject.isEmpty())
                asked.insert(subject);
        }
    }
    after(this, m_store.read<AskedBefore>([asked = asked.values(), addresses](Reader &reader) {
        return readAskedBefore(reader, asked, addresses);
    }),
          taken);
}

void Watcher::takeStates(const QList<EyeSchedule> &eyes, const QHash<Entity, Subjects> &subjects,
                         const AskedBefore &before)
{
    const Instant now = m_clock.now();
    for (const auto &eye : eyes) {
        if (m_offWhileLoading.contains(eye.entity) || m_eyes.contains(eye.entity))
            continue;
        if (const auto held = membershipIn(before, eye.entity, eye.since, now))
            m_memberships.insert(eye.entity, *held);
        addEye(eye.entity, *subjects.constFind(eye.entity), [&](const Artifact &subject, int desk) {
            const AskedState *state = before.of(subject, m_desks[size_t(desk)].info.name);
            return state ? std::min(plannedDue(*state, desk), now + intervalOf(desk)) : now;
        });
    }
}

void Watcher::addEye(const Entity &entity, const Subjects &subjects,
                     const std::function<Instant(const Artifact &, int)> &due)
{
    if (m_eyes.contains(entity))
        return;
    m_eyes.insert(entity);
    m_offWhileLoading.remove(entity);
    for (int i = 0; i < int(m_desks.size()); ++i) {
        const Artifact subject = networkAround(entity, i).value_or(subjects[size_t(i)]);
        if (!subject.isEmpty())
            join(entity, subject, i, due(subject, i));
    }
}

void Watcher::join(const Entity &eye, const Artifact &subject, int desk, Instant due)
{
    if (subject != eye)
        m_sharers[subject].insert(eye);
    m_schedule.want(subject, desk, due);
}

std::optional<quint32> Watcher::leave(const Entity &eye, const Artifact &subject, int desk)
{
    const auto slot = m_schedule.find(subject, desk);
    m_schedule.unwant(subject, desk);
    if (const auto it = m_sharers.find(subject); it != m_sharers.end()) {
        it->remove(eye);
        if (it->isEmpty())
            m_sharers.erase(it);
    }
    return m_schedule.find(subject, desk) ? std::nullopt : slot;
}

void Watcher::startWatching()
{
    m_watching = true;
    for (int i = 0; i < int(m_desks.size()); ++i)
        catchUp(i);
    m_monotonic.start();
    m_wallAtMonotonic = m_clock.now();
    m_clockWatch.start(15'000);
    pump();
}

/// Sleep and clock jumps: wall time that did not pass on the monotonic clock, or the other way
/// round.
void Watcher::watchClock()
{
    if (!m_clock.isWall())
        return;
    const Instant now = m_clock.now();
    const qint64 jumped = (now - m_wallAtMonotonic) - m_monotonic.restart();
    m_wallAtMonotonic = now;
    if (std::abs(jumped) < 90 * secondMs)
        return;
    for (int i = 0; i < int(m_desks.size()); ++i) {
        m_schedule.clampFuture(i, now, intervalOf(i));
        catchUp(i);
    }
    pump();
}

void Watcher::eyesOn(const QList<Entity> &entities, BaselineJob::Done done)
{
    turnOn(entities, [this, done = std::move(done)](const QList<Entity> &turned) {
        const auto job = std::make_shared<BaselineJob>(done);
        for (const auto &entity : turned) {
            for (int i = 0; i < int(m_desks.size()); ++i) {
                const auto slot = m_schedule.find(subjectOf(entity, i), i);
                if (!slot || !m_desks[size_t(i)].permitted)
                    continue;
                job->expect();
                m_slotJobs[*slot].append(job);
                order(*slot, i);
            }
        }
        job->sealed();
        pump();
    });
}

void Watcher::eyesResumed(const QList<Entity> &entities)
{
    turnOn(entities, [this](const QList<Entity> &) {
        if (m_watching)
            pump();
    });
}

void Watcher::eyesOff(const QList<Entity> &entities)
{
    for (const auto &entity : entities) {
        if (!m_loaded)
            m_offWhileLoading.insert(entity);
        m_turningOn.remove(entity);
        if (!m_eyes.remove(entity))
            continue;
        for (int i = 0; i < int(m_desks.size()); ++i) {
            const Artifact subject = subjectOf(entity, i);
            if (subject.isEmpty())
                continue;
            if (const auto slot = leave(entity, subject, i))
                letGo(*slot);
        }
        m_memberships.remove(entity);
    }
    finishPoll();
}

void Watcher::test(const QString &name, std::function<void(Outcome, QString)> done)
{
    for (auto &desk : m_desks) {
        if (desk.info.name != name)
            continue;
        desk.source->test(
            [this, name, done = std::move(done)](Outcome outcome, const QString &detail) {
                const auto paused = m_outside.waitUntil(name).value_or(Instant{});
                Q_EMIT sourceSpoke(name, outcome, detail, m_clock.now(), paused);
                done(outcome, detail);
            });
        return;
    }
    done(Outcome::Refused, u"this source asks nobody"_s);
}

void Watcher::resetSource(const QString &source)
{
    m_outside.reset(source);
}

void Watcher::setKey(const QString &source, const SourceKey &key)
{
    m_outside.setKey(source, key);
}

void Watcher::forgetQuota(const QString &source)
{
    m_outside.forgetQuota(source);
    tellQuota(source);
}

void Watcher::restoreQuota(const QString &source, const QByteArray &saved)
{
    m_outside.restoreQuota(source, saved);
    m_quotas.insert(source, saved);
}

QHash<QString, QuotaState> Watcher::quotas() const
{
    QHash<QString, QuotaState> left;
    for (const Desk &desk : m_desks) {
        if (const auto quota = m_outside.quota(desk.info.name))
            left.insert(desk.info.name, *quota);
    }
    return left;
}

/// Windows of a second are nobody's concern.
void Watcher::tellQuota(const QString &source)
{
    const QByteArray saved = m_outside.savedQuota(source);
    if (std::exchange(m_quotas[source], saved) != saved)
        Q_EMIT quotaChanged(source, saved);
}

void Watcher::remember(const QList<ResolverMemory> &resolvers, const QList<SourceMemory> &sources,
                       const QList<RdapFile> &files)
{
    for (const auto &file : files)
        m_outside.rememberRdapFile(file);
    for (const auto &memory : resolvers)
        m_outside.rememberResolver(memory.server, memory.verdict, memory.detail, memory.at);
    for (const auto &memory : sources) {
        m_lacking.insert(memory.name, memory.lacking);
        if (memory.pausedUntil && *memory.pausedUntil > m_clock.now())
            m_outside.rememberWait(memory.name, *memory.pausedUntil);
    }
}

} // namespace wg
