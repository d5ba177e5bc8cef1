// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/change.h"
#include "store/interner.h"

#include <string>

namespace wg {

/// Columns of a card with its group's size, in the order cardFrom() takes them; table c, group g.
extern const std::string cardSelect;

/// The current row of a statement that began with cardSelect. The concerned entities are read
/// apart.
Card cardFrom(const Statement &row, Interner &interner);
/// The watched entities that a card concerns, beside its own, at most a thousand.
QList<Artifact> concernedBy(Database &database, Interner &interner, const Card &card);
/// The entities of a group's cards.
QList<Artifact> groupOf(Database &database, Interner &interner, const QUuid &group);
QList<Change> changesOf(Database &database, Interner &interner, qint64 card);

} // namespace wg
