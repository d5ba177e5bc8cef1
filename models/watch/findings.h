// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/delta.h"

namespace wg {

/// One difference that counts as a change, before it belongs to a card.
struct Finding
{
    Change change;
    QUuid foretoldBy; ///< the card of the move whose confirmed half this is, or null
    QUuid goneWith; ///< the card that told that the name is gone, or null
    bool nameGone = false; ///< the answer was NXDOMAIN
    bool nameBack = false; ///< the answer before was NXDOMAIN
    bool nameBorn = false; ///< the same, and nothing is known of the name from before that
    bool sinceLastAsked = false; ///< differs from a cache too old to be a baseline
    bool newNetwork = false; ///< an address outside every known neighbourhood
};

/// What finding changes yields for one pass.
struct Findings
{
    QList<Finding> found;
    QList<Hash128> gone;
    QList<Hash128> pending;
    std::optional<Instant> confirmAt;
};

/// Which differences of the pass are changes for the eyes that look on. Absences are tracked also
/// when nobody looks.
Findings findChanges(const Delta &delta);

/// How new a fact that a question's answer told is to the world and to us.
/// began: earliest first-seen any source tells.
Novelty noveltyOf(const Delta &delta, const QuestionDelta &question, std::optional<Instant> began);

} // namespace wg
