// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/artifact.h"
#include "core/instant.h"

#include <QByteArray>
#include <QList>
#include <QUuid>
#include <compare>
#include <optional>

namespace wg {

/// What a journal entry does. Stored by name, so that other programs can read it.
enum class Verb : quint8
{
    EyeOn,
    EyeOff,
    CardsAcknowledge,
    CardsSnooze,
    CardsReopen,
    RuleAdd,
    Release,
    Consent,
    Forget,
    Undo
};
/// "eye.on", "cards.acknowledge" …
QLatin1String verbName(Verb verb);
std::optional<Verb> verbByName(QStringView name);

/// Hybrid logical clock: 48 bits of milliseconds, 16 bits of counter.
struct HybridTime
{
    quint64 packed = 0;
    friend auto operator<=>(HybridTime, HybridTime) = default;
    [[nodiscard]] Instant instant() const { return {qint64(packed >> 16)}; }
    /// The next stamp at now, after last.
    static HybridTime next(HybridTime last, Instant now);
};

/// Who did it: every author has a UUID and a name from the first day.
struct Author
{
    QUuid id;
    QString name;
    QUuid device;
};

/// One thing that people did. Targets are canonical texts (an entity's value, a card's id).
struct JournalEntry
{
    QUuid id; ///< UUIDv7
    Author author;
    HybridTime time;
    Verb verb = Verb::EyeOn;
    QList<Artifact> entities; ///< targets that are entities
    QList<QUuid> cards; ///< targets that are cards
    QByteArray payload; ///< JSON, verb-specific: {"until":…} for a snooze,
                        ///< {"rules":[{"dataset":…,"type":…}]} for rules
    QUuid basedOn; ///< the entry it undoes or builds on; null when none
};

} // namespace wg

Q_DECLARE_METATYPE(wg::JournalEntry)
