// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "watch/membership.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// A reader's transactions are short, however many eyes are switched at once.
constexpr qsizetype readAtOnce = 1000;

} // namespace

const AskedState *AskedBefore::of(const Artifact &asked, const QString &source) const
{
    const auto it = newest.constFind({asked, source});
    return it == newest.cend() ? nullptr : &*it;
}

Result<AskedBefore> readAskedBefore(Reader &reader, const QList<Artifact> &subjects,
                                    const QList<Entity> &addresses)
{
    AskedBefore before;
    QSet<Artifact> asked(subjects.cbegin(), subjects.cend());
    for (qsizetype i = 0; i < addresses.size(); i += readAtOnce) {
        const auto networks = reader.networksAround(addresses.mid(i, readAtOnce));
        if (!networks)
            return networks.error();
        for (const HeldNetwork &held : *networks) {
            before.networks.insert(held.address, held);
            asked.insert(held.network);
        }
    }
    const auto all = asked.values();
    for (qsizetype i = 0; i < all.size(); i += readAtOnce) {
        const auto states = reader.askedStates(all.mid(i, readAtOnce));
        if (!states)
            return states.error();
        before.states += *states;
    }
    for (const AskedState &state : std::as_const(before.states)) {
        auto &held = before.newest[{state.asked, state.source.section(u'@', 0, 0)}];
        if (held.asked.isEmpty() || held.lastAsked < state.lastAsked)
            held = state;
    }
    return before;
}

bool isDisowned(Outcome outcome)
{
    return outcome == Outcome::Empty || outcome == Outcome::SuspiciousEmpty;
}

std::optional<Membership> membershipIn(const AskedBefore &before, const Entity &address,
                                       Instant expectedSince, Instant now)
{
    const auto held = before.networks.constFind(address);
    if (held == before.networks.cend())
        return std::nullopt;
    // A network without a check of its own is known from answers about addresses alone.
    const AskedState *network = before.of(held->network, registrySource);
    if (!network || isDisowned(network->worst))
        return std::nullopt;
    const AskedState *own = before.of(address, registrySource);
    if (held->told != (own != nullptr) || (!own && !held->isAssignment()))
        return std::nullopt;
    Membership membership{held->network, own ? own->lastAsked : expectedSince, false};
    membership.asksItself = now - membership.since >= membershipMs || membership.since > now
        || (own && own->failures > 0);
    return membership;
}

} // namespace wg
