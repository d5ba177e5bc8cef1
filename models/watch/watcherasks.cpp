// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "watch/watcher.h"

#include "core/after.h"

#include <QRandomGenerator>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// Answers that may wait for the store before eyes stop asking.
constexpr int fullBacklog = 16'384;
/// Asks sent in one step of the net thread.
constexpr int asksPerStep = 200;
/// Unreachable asks in a row, with nothing in between, after which the network counts as away.
constexpr int unreachableMeansOffline = 3;

bool fillsAny(const SourceInfo &info, const QList<Dataset> &datasets)
{
    return datasets.isEmpty()
        || std::any_of(datasets.cbegin(), datasets.cend(),
                       [&](Dataset dataset) { return info.datasets.contains(dataset); });
}

/// Whoever names a dataset or a source wants those, too, that are asked on demand.
bool isWanted(const SourceInfo &info, const AskWish &wish)
{
    if (!wish.sources.isEmpty())
        return wish.sources.contains(info.name);
    return info.onDemand ? !wish.datasets.isEmpty() && fillsAny(info, wish.datasets)
                         : fillsAny(info, wish.datasets);
}

} // namespace

void Watcher::ask(const Entity &entity, AskWish wish, AskJob::Done done)
{
    const auto job = std::make_shared<AskJob>(entity, std::move(done));
    QSet<int> desks;
    for (int i = 0; i < int(m_desks.size()); ++i) {
        const SourceInfo &info = m_desks[size_t(i)].info;
        if (!m_desks[size_t(i)].source->subject(entity).isEmpty()
            && !m_policy.disabledSources.contains(info.name) && isWanted(info, wish))
            desks.insert(i);
    }
    if (!wish.onlyStale) {
        askDesks(job, wish, desks);
        return;
    }
    readBefore({entity}, [this, job, wish, desks](const Result<AskedBefore> &before) {
        QSet<int> stale = desks;
        if (before)
            stale.removeIf([&](int desk) { return isFresh(job->entity(), desk, *before); });
        askDesks(job, wish, stale);
    });
}

void Watcher::askDesks(const std::shared_ptr<AskJob> &job, AskWish wish, const QSet<int> &desks)
{
    for (int i = 0; i < int(m_desks.size()); ++i) {
        if (!desks.contains(i))
            continue;
        const Artifact subject = m_desks[size_t(i)].source->subject(job->entity());
        job->expect();
        Q_EMIT progress(job->entity(), m_desks[size_t(i)].info.name, false, Outcome::Unreachable,
                        {});
        if (const auto same = m_asking.constFind({subject, i}); same != m_asking.constEnd()) {
            m_underWay[*same].askJobs.append(job);
            continue;
        }
        UnderWay underWay;
        underWay.askJobs.append(job);
        const bool once = wish.onceFor.contains(m_desks[size_t(i)].info.name);
        const Leave leave = once ? Leave::ThisOnce : Leave::Standing;
        launch(i, {subject, wish.purpose, wish.asker, 0, leave}, std::move(underWay));
    }
    job->sealed();
}

void Watcher::cancelAsk(const Entity &entity)
{
    for (auto it = m_underWay.begin(); it != m_underWay.end(); ++it) {
        const bool wanted = std::any_of(it->askJobs.cbegin(), it->askJobs.cend(),
                                        [&](const auto &job) { return job->entity() == entity; });
        if (!wanted || it->askJobs.size() != 1 || it->slot)
            continue;
        if (it->isOut)
            m_desks[size_t(it->desk)].source->cancel(it.key());
        else
            it->cancelled = true;
    }
}

void Watcher::launch(int desk, AskOrder order, UnderWay underWay)
{
    const quint64 ticket = ++m_lastTicket;
    order.ticket = ticket;
    underWay.desk = desk;
    underWay.subject = order.subject;
    m_underWay.insert(ticket, std::move(underWay));
    m_asking.insert({order.subject, desk}, ticket);
    noteLoad();
    ++m_desks[size_t(desk)].underWay;
    const Source &source = *m_desks[size_t(desk)].source;
    if (!source.keepsBookmarks())
        return send(desk, order);
    ++m_desks[size_t(desk)].preparing;
    // Without what is kept everything is asked for: that costs more, and loses nothing.
    after(this,
          m_store.read<QList<Bookmark>>(
              [subject = order.subject, name = source.info().name](Reader &reader) {
                  return reader.bookmarks(subject, name);
              }),
          [this, desk, order](const Result<QList<Bookmark>> &bookmarks) {
              AskOrder known = order;
              known.bookmarks = bookmarks ? *bookmarks : QList<Bookmark>();
              --m_desks[size_t(desk)].preparing;
              send(desk, known);
              pumpLater();
          });
}

void Watcher::send(int desk, const AskOrder &order)
{
    Source &source = *m_desks[size_t(desk)].source;
    UnderWay &underWay = m_underWay[order.ticket];
    const bool cancelled = underWay.cancelled;
    underWay.isOut = true;
    source.ask(order, [this, desk, ticket = order.ticket](RawPass &&raw) {
        --m_desks[size_t(desk)].underWay;
        m_pipeline.take(std::move(raw), ticket);
    });
    if (cancelled)
        source.cancel(order.ticket);
}

void Watcher::poll(bool all, const QList<Entity> &only, PollJob::Done done)
{
    if (!m_poll)
        m_poll = std::make_shared<PollJob>();
    m_poll->addWaiter(std::move(done));
    const Instant now = m_clock.now();
    for (int i = 0; i < int(m_desks.size()); ++i) {
        if (!m_desks[size_t(i)].permitted)
            continue;
        if (only.isEmpty()) {
            m_poll->expect(all ? m_schedule.hastenAll(i, now) : m_schedule.dueSlots(i, now));
            continue;
        }
        for (const auto &entity : only) {
            const auto slot = m_schedule.find(subjectOf(entity, i), i);
            if (!slot || !m_eyes.contains(entity))
                continue;
            m_poll->expect({*slot});
            order(*slot, i);
        }
    }
    m_pollsDue = m_pollsDue || only.isEmpty();
    for (Desk &desk : m_desks)
        desk.toldWaiting = false;
    pump();
}

void Watcher::pump()
{
    m_pumpPosted = false;
    const Instant now = m_clock.now();
    int sent = 0;
    for (int i = 0; i < int(m_desks.size()); ++i) {
        Desk &desk = m_desks[size_t(i)];
        if (!desk.permitted)
            continue;
        while (desk.underWay < desk.most && m_pipeline.backlog() < fullBacklog && sent < asksPerStep
               && hasRoom(i) && pumpOne(i, now))
            ++sent;
    }
    if (sent >= asksPerStep)
        pumpLater();
    planNextPump();
    finishPoll();
    tellIdle();
}

void Watcher::pumpLater()
{
    if (!std::exchange(m_pumpPosted, true))
        QMetaObject::invokeMethod(this, &Watcher::pump, Qt::QueuedConnection);
}

void Watcher::order(quint32 slot, int desk)
{
    m_desks[size_t(desk)].ordered.push_back(slot);
    m_desks[size_t(desk)].toldWaiting = false;
}

/// A quota that is used up may take hours: nobody waits for it, and the desk asks by itself then.
bool Watcher::hasRoom(int desk)
{
    Desk &asked = m_desks[size_t(desk)];
    if (asked.preparing > 0) // it takes room of which its source does not know yet
        return false;
    asked.roomAt = asked.source->roomAt();
    if (!asked.roomAt)
        asked.toldWaiting = false;
    else if (!std::exchange(asked.toldWaiting, true))
        postpone(desk);
    return !asked.roomAt;
}

/// Those who wait for answers of this desk are told that they come later.
void Watcher::postpone(int desk)
{
    for (quint32 slot = 0; slot < m_schedule.slotCount(); ++slot) {
        if (m_schedule.sourceOf(slot) != desk || m_schedule.isUnderWay(slot))
            continue;
        if (m_poll)
            m_poll->postpone(slot);
        for (const auto &job : m_slotJobs.take(slot))
            job->postponed();
    }
}

/// What a person ordered goes first; what is due only where somebody watches or polls.
std::optional<Turn> Watcher::nextTurn(int desk, Instant now)
{
    auto &ordered = m_desks[size_t(desk)].ordered;
    while (!ordered.empty()) {
        const quint32 slot = ordered.front();
        ordered.pop_front();
        if (auto turn = m_schedule.takeSlot(slot))
            return turn;
    }
    if (!m_watching && !m_pollsDue)
        return std::nullopt;
    return m_schedule.take(desk, now);
}

bool Watcher::pumpOne(int desk, Instant now)
{
    const auto turn = nextTurn(desk, now);
    if (!turn)
        return false;
    UnderWay underWay;
    underWay.slot = turn->slot;
    underWay.failures = turn->failures;
    underWay.slotJobs = m_slotJobs.take(turn->slot);
    if (underWay.slotJobs.isEmpty()
        && !m_outside.permits(m_desks[size_t(desk)].info, turn->subject)) {
        // Policy keeps it in: nothing was tried, so nothing failed.
        m_schedule.done(turn->slot, now + intervalOf(desk), 0);
        m_keptIn.push_back(turn->slot);
        if (m_poll)
            m_poll->strike(turn->slot);
        return true;
    }
    const bool baseline = !underWay.slotJobs.isEmpty();
    const bool ordered = m_poll && m_poll->wants(turn->slot);
    const Purpose purpose = baseline ? Purpose::Baseline : Purpose::Poll;
    const Asker asker = baseline ? Asker::Person : ordered ? Asker::OrderedEye : Asker::Eye;
    launch(desk, {turn->subject, purpose, asker, 0, Leave::Standing}, std::move(underWay));
    return true;
}

void Watcher::planNextPump()
{
    if (!m_watching)
        return;
    qint64 wait = 30 * secondMs;
    if (const auto due = nextDue())
        wait = std::min(wait, std::max<qint64>(m_clock.realMsUntil(*due), 1));
    m_nextPump.start(int(wait));
}

void Watcher::onIngested(const QList<Answered> &answers, const IngestReport &report)
{
    if (m_poll)
        m_poll->told(report);
    Q_EMIT ingested(report);
    const QHash<SubjectAtDesk, Instant> confirmations = [&] {
        QHash<SubjectAtDesk, Instant> at;
        for (const auto &confirmation : report.confirmations) {
            for (int i = 0; i < int(m_desks.size()); ++i) {
                if (m_desks[size_t(i)].info.name == confirmation.source.section(u'@', 0, 0))
                    at.insert({confirmation.asked, i}, confirmation.at);
            }
        }
        return at;
    }();
    for (const auto &answer : answers)
        settle(answer);
    for (auto it = confirmations.cbegin(); it != confirmations.cend(); ++it) {
        const auto &[asked, desk] = it.key();
        if (const auto slot = m_schedule.find(subjectOf(asked, desk), desk))
            m_schedule.hasten(*slot, it.value());
    }
    pump();
}

void Watcher::settle(const Answered &answer)
{
    const auto it = m_underWay.constFind(answer.ticket);
    if (it == m_underWay.constEnd())
        return;
    const UnderWay underWay = *it;
    m_underWay.erase(it);
    noteLoad();
    const SubjectAtDesk key{underWay.subject, underWay.desk};
    if (m_asking.value(key) == answer.ticket)
        m_asking.remove(key);
    const QString name = m_desks[size_t(underWay.desk)].info.name;
    if (answer.sent)
        noteHealth(name, answer);
    noteLacking(name, answer);
    noteReach(answer);
    if (underWay.slot)
        reschedule(underWay, answer);
    if (underWay.slot && answer.postponed && m_poll)
        m_poll->postpone(*underWay.slot);
    else if (underWay.slot)
        tellPoll(underWay, answer);
    for (const auto &job : underWay.slotJobs) {
        if (answer.postponed)
            job->postponed();
        else
            job->answered(answer);
    }
    for (const auto &job : underWay.askJobs) {
        Q_EMIT progress(job->entity(), name, true, answer.outcome, answer.detail);
        job->answered(answer);
    }
    noteNetwork(underWay, answer);
}

void Watcher::reschedule(const UnderWay &underWay, const Answered &answer)
{
    AskedState state;
    state.lastAsked = m_clock.now();
    const bool failed = answer.unreachable > 0;
    state.failures = failed ? underWay.failures + 1 : 0;
    state.asked = underWay.subject;
    const bool regular =
        meetsTarget(m_desks[size_t(underWay.desk)].info.name) || m_outside.tape().isReplaying();
    Instant due = plannedDue(state, underWay.desk);
    if (answer.postponed) // the rest is asked as soon as there is room
        due = m_desks[size_t(underWay.desk)].source->roomAt().value_or(state.lastAsked + minuteMs);
    else if (failed && !regular) // full jitter, so that many do not come back together
        due = state.lastAsked
            + QRandomGenerator::global()->bounded(std::max<qint64>(due - state.lastAsked, 2));
    m_schedule.done(*underWay.slot, due, state.failures);
    if (m_slotJobs.contains(*underWay.slot)) // switched on while the question was out
        order(*underWay.slot, underWay.desk);
}

void Watcher::tellPoll(const UnderWay &underWay, const Answered &answer)
{
    if (!m_poll || !m_poll->strike(*underWay.slot))
        return;
    const bool failed = answer.sent && (answer.unreachable > 0 || answer.refused > 0);
    const auto tell = [this, failed](const Entity &eye) {
        m_poll->checked(eye);
        if (failed)
            m_poll->failed(eye);
    };
    if (m_eyes.contains(underWay.subject))
        tell(underWay.subject);
    if (const auto sharers = m_sharers.constFind(underWay.subject); sharers != m_sharers.cend())
        std::for_each(sharers->cbegin(), sharers->cend(), tell);
}

void Watcher::finishPoll()
{
    if (!m_poll || !m_poll->isDone())
        return;
    m_pollsDue = false;
    std::exchange(m_poll, {})->finish();
}

/// How many questions are out is told a few times a second, however fast they come and go.
void Watcher::noteLoad()
{
    if (!m_loadTold.isActive())
        m_loadTold.start();
}

/// Health is told when it changes, or once a minute: an unchanged check must not write a second
/// row.
void Watcher::noteHealth(const QString &source, const Answered &answer)
{
    auto &last = m_health[source];
    const Instant now = m_clock.now();
    if (last.first == answer.outcome && now - last.second < minuteMs)
        return;
    last = {answer.outcome, now};
    const auto paused = m_outside.waitUntil(source).value_or(Instant{});
    Q_EMIT sourceSpoke(source, answer.outcome, answer.detail, answer.at, paused);
}

void Watcher::noteLacking(const QString &source, const Answered &answer)
{
    auto &known = m_lacking[source];
    for (auto it = answer.lacking.cbegin(); it != answer.lacking.cend(); ++it) {
        const QString &question = it.key();
        if (known.value(question) == it.value())
            continue;
        known.insert(question, it.value());
        Q_EMIT lackingChanged(source, question, it.value(), answer.at);
    }
}

void Watcher::noteReach(const Answered &answer)
{
    if (m_outside.tape().isReplaying())
        return; // what a recording lacks says nothing of the network
    if (answer.usable > 0) {
        m_unreachableInRow = 0;
        if (!std::exchange(m_online, true)) {
            m_outside.forgetResolvers(); // it may be another network, with another resolver
            Q_EMIT onlineChanged(true);
        }
        return;
    }
    if (meetsTarget(answer.source.section(u'@', 0, 0)))
        return; // a target that is gone says nothing of the network
    if (answer.unreachable > 0 && ++m_unreachableInRow >= unreachableMeansOffline
        && std::exchange(m_online, false))
        Q_EMIT onlineChanged(false);
}

} // namespace wg
