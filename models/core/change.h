// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/observation.h"

#include <QUuid>

namespace wg {

/// Kinds of difference. The numbers are stored.
enum class ChangeKind : quint8
{
    Added = 1,
    Removed = 2,
    Modified = 3,
    Returned = 4
};
QLatin1String changeKindName(ChangeKind kind);

/// New in the world, new to us, back-fill, or first seen here (a live fact of unknown age).
enum class Novelty : quint8
{
    World = 1,
    Us = 2,
    Backfill = 3,
    Here = 4
};
/// "world", "us", "backfill", "here".
QLatin1String noveltyName(Novelty novelty);

/// One immutable difference.
struct Change
{
    QUuid id; ///< UUIDv5 of the canonical content
    ChangeKind kind = ChangeKind::Added;
    Question question;
    Record record; ///< the fact concerned, as it is now (as it was, when removed)
    UntrustedText before; ///< empty for Added
    UntrustedText after; ///< empty for Removed
    std::optional<Instant> worldFirst;
    Instant toldAt; ///< when a source first told us
    Instant fetchedAt; ///< when we fetched this answer
    Novelty novelty = Novelty::Here;
    QString hiddenBy; ///< name of the rule that hides it, or empty
};

/// One cause, as one card tells it. The numbers are stored.
enum class Cause : quint8
{
    NewRecords = 1, ///< records appeared
    GoneRecords = 2, ///< records went, confirmed
    Moved = 3, ///< addresses replaced by others
    NameGone = 4, ///< the name no longer exists
    NameBack = 5, ///< a name that was gone exists again
    Returned = 6, ///< a record came back
    NameServers = 7, ///< the zone is served by others
    Mail = 8, ///< mail servers or mail policy changed
    Registration = 9, ///< WHOIS fields changed: one update, one card
    Transfer = 10, ///< another registrar or holder
    Renewal = 11, ///< only the expiry moved on
    SinceLastAsked = 12, ///< what differs from a cache too old to be a baseline
    Imported = 13, ///< an import told facts new to us
    Mixed = 14, ///< several of the above in one pass
    Storm = 15, ///< more than twenty cards of one monitor in a day
    WhileOff = 16, ///< what changed while the eye was off, told when that is undone
};
/// "new_records", "name_gone" …
QLatin1String causeName(Cause cause);

/// Card states. The numbers are stored.
enum class CardState : quint8
{
    New = 1,
    Acknowledged = 2,
    Snoozed = 3,
    Suppressed = 4
};
QLatin1String cardStateName(CardState state);

/// Changes of one entity, one cause and one pass, shown to people.
struct Card
{
    QUuid id; ///< UUIDv5 of entity, cause and change ids
    qint64 row = 0; ///< order of arrival in this store; 0 before it is stored
    Artifact entity; ///< the watched entity, or the owner several eyes share
    /// In a card read for its details also the other members of its group.
    QList<Artifact> concerns; ///< the watched entities it concerns
    QList<Dataset> datasets; ///< in order of weight, never empty
    Cause cause = Cause::NewRecords;
    int weight = 50; ///< 0 to 100: how much it matters
    CardState state = CardState::New;
    Instant detectedAt;
    std::optional<Instant> snoozedUntil;
    QString source;
    QString hiddenBy; ///< rule, when Suppressed
    Hash128 signature{}; ///< what changed without where: the same on several entities makes a group
    QUuid group; ///< the same change on several entities; null when alone
    int groupSize = 1;
    int changeCount = 0; ///< also when changes is not filled
    QString headline; ///< first value and kind, for lists: outside text, show with care
    QList<Change> changes; ///< filled for details, empty in pages
};

} // namespace wg

Q_DECLARE_METATYPE(wg::Change)
Q_DECLARE_METATYPE(wg::Card)
