// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/replayer.h"

#include "actions/netroom.h"
#include "core/after.h"
#include "core/names.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// The files that say which registry to ask; nobody's entity.
bool isRegistryFile(const Exchange &exchange)
{
    return exchange.source == "rdap"_L1 && exchange.request.place.endsWith(".json"_L1)
        && exchange.about.value == "iana.org"_L1;
}

/// Whether a source asks about registered domains for the sake of hosts below them.
bool asksAboutRegistered(const QString &source, const QList<SourceInfo> &sources)
{
    if (source == "rdap"_L1 || source == "whois"_L1)
        return true;
    return std::any_of(sources.begin(), sources.end(), [&](const SourceInfo &info) {
        return info.name == source && info.registered;
    });
}

/// What exchanges tell about one entity.
struct Trace
{
    std::optional<Instant> first;
    bool byEye = false;
    bool itself = false; ///< some source asked about it for its own sake
};

} // namespace

QList<RecordedEye> eyesIn(const Recording &recording, const QList<SourceInfo> &sources)
{
    QHash<Entity, Trace> traces;
    for (const Exchange &exchange : recording.exchanges) {
        if (exchange.about.isEmpty() || isRegistryFile(exchange))
            continue;
        Trace &trace = traces[exchange.about];
        trace.first = std::min(trace.first.value_or(exchange.at), exchange.at);
        trace.byEye = trace.byEye || !exchange.byPerson;
        trace.itself = trace.itself || !asksAboutRegistered(exchange.source, sources);
    }
    QSet<QString> ofOthers; // registered domains of hosts below them
    for (auto it = traces.keyBegin(); it != traces.keyEnd(); ++it) {
        const QString registered = isAddress(*it) ? QString() : registeredDomain(it->value);
        if (registered != it->value)
            ofOthers.insert(registered);
    }
    QList<RecordedEye> eyes;
    for (auto it = traces.cbegin(); it != traces.cend(); ++it) {
        if (it->byEye && (it->itself || !ofOthers.contains(it.key().value)))
            eyes.append({*it->first, it.key()});
    }
    std::sort(eyes.begin(), eyes.end(), [](const RecordedEye &a, const RecordedEye &b) {
        return a.since != b.since ? a.since < b.since : a.entity < b.entity;
    });
    return eyes;
}

void admitRecorded(Policy &policy, const Recording &recording)
{
    QSet<QString> recorded;
    for (const Exchange &exchange : recording.exchanges) {
        recorded.insert(exchange.source);
        if (exchange.about.kind == ArtifactKind::Domain)
            policy.released.insert(exchange.about.value);
        if (isRegistryFile(exchange))
            policy.rdapBootstrap = QUrl(exchange.request.place).resolved(QUrl(u"."_s));
    }
    policy.ceiling = Pap::Amber;
    policy.proxy.clear();
    policy.consents = recorded;
    policy.ownServers = recorded;
    policy.specialAllowed = recorded;
    for (const SourceInfo &info : std::as_const(policy.sources)) {
        if (!info.asksOutside)
            continue;
        if (!recorded.contains(info.name)) {
            policy.disabledSources.insert(info.name);
            continue;
        }
        policy.disabledSources.remove(info.name);
        policy.ceiling = std::max(policy.ceiling, info.pap);
    }
}

Replayer::Replayer(Actions &actions, NetRoom &net, const Recording &recording,
                   QList<RecordedEye> eyes, VirtualClock &clock)
    : QObject(&actions)
    , m_actions(actions)
    , m_net(net)
    , m_clock(clock)
    , m_eyes(std::move(eyes))
    , m_report{{}, recording.from, recording.to}
    , m_end(recording.to + 2 * actions.policy().confirmGapMs)
{
    m_wait.setSingleShot(true);
    connect(&m_wait, &QTimer::timeout, this, &Replayer::step);
    m_promise.start();
}

QFuture<Result<ReplayReport>> Replayer::run()
{
    m_actions.startWatching();
    QMetaObject::invokeMethod(this, &Replayer::step, Qt::QueuedConnection);
    return m_promise.future();
}

void Replayer::step()
{
    tellProgress();
    const Instant now = m_clock.now();
    if (!m_eyes.isEmpty() && m_eyes.first().since <= now)
        return switchOn();
    if (!m_clock.hasBegun()) {
        m_clock.begin(); // what there was at first has been seen
        m_net.order([](Watcher &watcher) { watcher.clockMoved(); });
    }
    if (!m_lookedOnceMore && m_report.to <= now)
        return lookOnceMore();
    // What is under way belongs to this moment, and to what there is to tell at the end.
    after(this,
          m_net.ask<std::optional<Instant>>(
              [](Watcher &watcher, const std::function<void(std::optional<Instant>)> &idle) {
                  watcher.load([&watcher, idle] { watcher.whenIdle(idle); });
              }),
          [this](const std::optional<Instant> &due) { moveOn(due); });
}

void Replayer::switchOn()
{
    QList<Entity> entities;
    while (!m_eyes.isEmpty() && m_eyes.first().since <= m_clock.now())
        entities.append(m_eyes.takeFirst().entity);
    after(this, m_actions.switchEyes(entities, EyeState::On),
          [this, entities](const Result<EyeReport> &report) {
              if (!report)
                  return end(report.error());
              m_report.eyes += entities;
              step();
          });
}

void Replayer::lookOnceMore()
{
    m_lookedOnceMore = true;
    after(this, m_actions.poll(PollScope::All), [this](const Result<PollReport> &polled) {
        if (!polled)
            return end(polled.error());
        step();
    });
}

/// When something happens that is no check.
Instant Replayer::nextStop() const
{
    const Instant end = m_lookedOnceMore ? m_end : m_report.to;
    return m_eyes.isEmpty() ? end : std::min(end, m_eyes.first().since);
}

void Replayer::moveOn(std::optional<Instant> due)
{
    const Instant stop = nextStop();
    if (m_lookedOnceMore && (m_end <= m_clock.now() || (due && *due > m_end)))
        return end(m_report);
    if (!m_clock.standsStill()) {
        m_wait.start(int(m_clock.realMsUntil(stop)));
        return;
    }
    // What could not be asked when it was due does not hold the clock.
    const Instant now = m_clock.now();
    const Instant next = due && *due <= now ? now + secondMs : due.value_or(stop);
    m_clock.moveTo(std::min(next, stop));
    m_net.order([](Watcher &watcher) { watcher.clockMoved(); });
    step();
}

void Replayer::tellProgress()
{
    const qint64 hours = std::max<qint64>((m_end - m_report.from) / hourMs, 1);
    const qint64 passed = std::clamp<qint64>((m_clock.now() - m_report.from) / hourMs, 0, hours);
    if (std::exchange(m_toldHour, passed) != passed)
        Q_EMIT m_actions.workProgress(tr("replay"), passed, hours);
}

void Replayer::end(const Result<ReplayReport> &result)
{
    Q_EMIT m_actions.workProgress(tr("replay"), 0, 0);
    m_promise.addResult(result);
    m_promise.finish();
    deleteLater();
}

} // namespace wg
