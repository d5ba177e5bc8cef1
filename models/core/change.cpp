// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change.h"

namespace wg {

QLatin1String changeKindName(ChangeKind kind)
{
    switch (kind) {
    case ChangeKind::Added:
        return QLatin1String("added");
    case ChangeKind::Removed:
        return QLatin1String("removed");
    case ChangeKind::Modified:
        return QLatin1String("modified");
    case ChangeKind::Returned:
        return QLatin1String("returned");
    }
    return QLatin1String("unknown");
}

QLatin1String noveltyName(Novelty novelty)
{
    switch (novelty) {
    case Novelty::World:
        return QLatin1String("world");
    case Novelty::Us:
        return QLatin1String("us");
    case Novelty::Backfill:
        return QLatin1String("backfill");
    case Novelty::Here:
        return QLatin1String("here");
    }
    return QLatin1String("unknown");
}

QLatin1String causeName(Cause cause)
{
    switch (cause) {
    case Cause::NewRecords:
        return QLatin1String("new_records");
    case Cause::GoneRecords:
        return QLatin1String("gone_records");
    case Cause::Moved:
        return QLatin1String("moved");
    case Cause::NameGone:
        return QLatin1String("name_gone");
    case Cause::NameBack:
        return QLatin1String("name_back");
    case Cause::Returned:
        return QLatin1String("returned");
    case Cause::NameServers:
        return QLatin1String("name_servers");
    case Cause::Mail:
        return QLatin1String("mail");
    case Cause::Registration:
        return QLatin1String("registration");
    case Cause::Transfer:
        return QLatin1String("transfer");
    case Cause::Renewal:
        return QLatin1String("renewal");
    case Cause::SinceLastAsked:
        return QLatin1String("since_last_asked");
    case Cause::Imported:
        return QLatin1String("imported");
    case Cause::Mixed:
        return QLatin1String("mixed");
    case Cause::Storm:
        return QLatin1String("storm");
    case Cause::WhileOff:
        return QLatin1String("while_off");
    }
    return QLatin1String("unknown");
}

QLatin1String cardStateName(CardState state)
{
    switch (state) {
    case CardState::New:
        return QLatin1String("new");
    case CardState::Acknowledged:
        return QLatin1String("acknowledged");
    case CardState::Snoozed:
        return QLatin1String("snoozed");
    case CardState::Suppressed:
        return QLatin1String("suppressed");
    }
    return QLatin1String("unknown");
}

} // namespace wg
