// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal.h"

namespace wg {

QLatin1String verbName(Verb verb)
{
    switch (verb) {
    case Verb::EyeOn:
        return QLatin1String("eye.on");
    case Verb::EyeOff:
        return QLatin1String("eye.off");
    case Verb::CardsAcknowledge:
        return QLatin1String("cards.acknowledge");
    case Verb::CardsSnooze:
        return QLatin1String("cards.snooze");
    case Verb::CardsReopen:
        return QLatin1String("cards.reopen");
    case Verb::RuleAdd:
        return QLatin1String("rule.add");
    case Verb::Release:
        return QLatin1String("release");
    case Verb::Consent:
        return QLatin1String("consent");
    case Verb::Forget:
        return QLatin1String("forget");
    case Verb::Undo:
        return QLatin1String("undo");
    }
    return QLatin1String("unknown");
}

std::optional<Verb> verbByName(QStringView name)
{
    for (int number = int(Verb::EyeOn); number <= int(Verb::Undo); ++number) {
        if (name == verbName(Verb(number)))
            return Verb(number);
    }
    return std::nullopt;
}

HybridTime HybridTime::next(HybridTime last, Instant now)
{
    constexpr qint64 mostMs = (qint64(1) << 48) - 1;
    const HybridTime wall{quint64(std::clamp<qint64>(now.ms, 0, mostMs)) << 16};
    if (wall > last)
        return wall;
    // A full counter carries into the milliseconds, so that stamps of one device only ever grow.
    constexpr auto most = std::numeric_limits<quint64>::max();
    return {last.packed == most ? most : last.packed + 1};
}

} // namespace wg
