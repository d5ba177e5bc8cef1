// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/delta.h"
#include "watch/findings.h"

namespace wg {

/// Findings that one card tells: they have one cause.
struct Bundle
{
    Cause cause = Cause::NewRecords;
    QList<Finding> findings;
};

/// Visible findings of one pass by cause: a name that went or came back takes everything; otherwise
/// registration, name servers, mail and other records each tell their own story.
QList<Bundle> bundlesOf(const Delta &delta, const QList<Finding> &visible);

/// 0 to 100: how much a card of this cause matters.
int weightOf(Cause cause, const QList<Finding> &findings);

/// What changed without where, so that the same change on several entities is one group.
Hash128 signatureOf(const Card &card);

} // namespace wg
