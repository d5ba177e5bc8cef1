// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/address.h"
#include "watch/watcher.h"

namespace wg {

namespace {

/// So many addresses are asked together when their network is none any more.
constexpr qsizetype fewEnough = 20;

} // namespace

/// A network is asked once for all the addresses in it.
std::optional<Artifact> Watcher::networkAround(const Entity &entity, int desk) const
{
    if (desk != m_registry)
        return std::nullopt;
    const auto held = m_memberships.constFind(entity);
    if (held == m_memberships.cend() || held->asksItself)
        return std::nullopt;
    return held->network;
}

/// What is asked for an eye's sake.
Artifact Watcher::subjectOf(const Entity &entity, int desk) const
{
    if (const auto network = networkAround(entity, desk))
        return *network;
    return watchedSubject(m_desks[size_t(desk)], entity);
}

/// Adds eyes to the schedule, due now; turned is told those that were not switched off meanwhile.
/// Addresses need a look into the store first: a network around them may be known.
void Watcher::turnOn(const QList<Entity> &entities,
                     std::function<void(const QList<Entity> &)> turned)
{
    const auto add = [this, turned = std::move(turned)](const QList<Entity> &on) {
        for (const auto &entity : on)
            addEye(entity, subjectsOf(entity),
                   [this](const Artifact &, int) { return m_clock.now(); });
        turned(on);
    };
    QList<Entity> addresses;
    std::copy_if(entities.cbegin(), entities.cend(), std::back_inserter(addresses), isAddress);
    if (addresses.isEmpty())
        return add(entities);
    m_turningOn += QSet<Artifact>(entities.cbegin(), entities.cend());
    readBefore(addresses, [this, entities, add](const Result<AskedBefore> &before) {
        const Instant now = m_clock.now();
        QList<Entity> on;
        for (const auto &entity : entities) {
            const bool known = m_eyes.contains(entity);
            if (!m_turningOn.remove(entity) && !known)
                continue;
            on.append(entity);
            const auto held =
                before && !known ? membershipIn(*before, entity, now, now) : std::nullopt;
            if (held)
                m_memberships.insert(entity, *held);
        }
        add(on);
    });
}

/// An address's answer tells in which network it lies; a network's may tell that there is no such
/// network any more. Then, and now and then, the addresses are asked themselves.
void Watcher::noteNetwork(const UnderWay &underWay, const Answered &answer)
{
    if (underWay.desk != m_registry)
        return;
    if (!answer.network.isEmpty() && m_eyes.contains(underWay.subject))
        lodge(underWay.subject, answer.network);
    if (underWay.subject.kind != ArtifactKind::Cidr)
        return;
    const Instant now = m_clock.now();
    const bool disowned = isDisowned(answer.outcome);
    const auto addresses = m_sharers.value(underWay.subject);
    for (const auto &address : addresses) {
        if (disowned)
            askItself(address, soon(address, addresses.size()));
        else if (answer.usable > 0 && now - m_memberships.value(address).since >= membershipMs)
            askItself(address, spread(now, intervalOf(m_registry), address, m_registry));
    }
}

/// From now on the network is asked in the address's place.
void Watcher::lodge(const Entity &address, const Artifact &network)
{
    const Artifact from = subjectOf(address, m_registry);
    const Membership before = m_memberships.value(address);
    const Instant now = m_clock.now();
    m_memberships.insert(address, {network, now, false});
    AskedState asked;
    asked.asked = network;
    asked.lastAsked = now;
    move(address, from, plannedDue(asked, m_registry));
    // A smaller network within the one known so far: whoever else is in it hears of it, too.
    const auto block = before.network != network ? parseNetwork(network.value) : std::nullopt;
    const auto others = block ? m_sharers.value(before.network) : QSet<Artifact>();
    for (const auto &other : others) {
        if (const auto ip = parseAddress(other.value); ip && block->contains(*ip))
            askItself(other, soon(other, others.size()));
    }
}

/// Now, or where many are to be asked, one after the other.
Instant Watcher::soon(const Entity &address, qsizetype count) const
{
    const qint64 window = count > fewEnough ? intervalOf(m_registry) / 4 : 0;
    return spread(m_clock.now(), window, address, m_registry);
}

void Watcher::askItself(const Entity &address, Instant due)
{
    const Artifact from = subjectOf(address, m_registry);
    m_memberships[address].asksItself = true;
    move(address, from, due);
}

/// The eye's question at the registry is another one now; who waited for the old one goes along.
void Watcher::move(const Entity &address, const Artifact &from, Instant due)
{
    const Artifact to = subjectOf(address, m_registry);
    if (to == from)
        return;
    join(address, to, m_registry, due);
    const auto left = leave(address, from, m_registry);
    const auto slot = m_schedule.find(to, m_registry);
    if (!left || !slot)
        return;
    const auto waiting = m_slotJobs.take(*left);
    const bool polled = m_poll && m_poll->strike(*left);
    if (polled)
        m_poll->expect({*slot});
    if (!waiting.isEmpty())
        m_slotJobs[*slot] += waiting;
    if (polled || !waiting.isEmpty())
        order(*slot, m_registry);
}

} // namespace wg
