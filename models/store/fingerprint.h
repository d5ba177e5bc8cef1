// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/observation.h"

namespace wg {

/// The detail by which a source says that a name does not exist.
bool saysNoSuchName(Outcome outcome, const QString &detail);
/// setHash, in which an answer "no such name" differs from an empty one.
Hash128 answerHash(const Observation &answer);
/// Fingerprint of world dates, which are no part of the set; 0 when the records have none.
qint64 datesHash(const QList<Record> &records);

/// Hash of all that a whole ask is compared by: BLAKE2b-128 over, for each of its questions in
/// their order, dataset, outcome, parser version, words and records (sorted, with their dates, but
/// without details). Zeros for an ask that is not compared as a whole, because its questions are
/// about several things.
Hash128 fingerprintOf(const Pass &pass);

} // namespace wg
