// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/reader.h"

#include <QHash>

namespace wg {

/// The source that tells in which networks addresses lie.
constexpr QLatin1String registrySource{"rdap"};
/// An address is asked again in which network it lies after this time, so that a smaller one that
/// was made around it is noticed.
constexpr qint64 membershipMs = 30 * dayMs;

/// The network whose question is asked for an address's sake.
struct Membership
{
    Artifact network;
    Instant since; ///< when the address was told so
    bool asksItself =
        false; ///< the address's own question is due, and asked in the network's place
};

/// What the store holds of earlier asks, for those who plan the next ones.
struct AskedBefore
{
    QList<AskedState> states;
    QHash<std::pair<Artifact, QString>, AskedState> newest; ///< by source, without its "@…"
    QHash<Artifact, HeldNetwork> networks; ///< by address

    [[nodiscard]] const AskedState *of(const Artifact &asked, const QString &source) const;
};

/// States of the subjects, and of the networks around the addresses. Reader thread.
Result<AskedBefore> readAskedBefore(Reader &reader, const QList<Artifact> &subjects,
                                    const QList<Entity> &addresses);

/// Whether the answer to a network's question says that there is no such network (any more).
bool isDisowned(Outcome outcome);

/// The network to ask in an address's place, if any: one that it was told to lie in, or where it
/// was never asked, an assignment around it. expectedSince: since when somebody relies on the
/// latter.
std::optional<Membership> membershipIn(const AskedBefore &before, const Entity &address,
                                       Instant expectedSince, Instant now);

} // namespace wg
