// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/record.h"

namespace wg {

/// Whether an answer in COF must say itself that it is whole.
enum class CofFrame : quint8
{
    None, ///< bare lines (CIRCL)
    Needed, ///< lines within a frame, whose end proves that they are all (DNSDB v2)
};

/// What lines of COF hold, and whether they are all.
struct CofAnswer
{
    Outcome outcome = Outcome::Complete;
    QString detail; ///< may hold outside text
    QList<Record> records;
    std::optional<QStringList> lacking{}; ///< see Observation
};

/// Pure. told: when the answer was fetched; later dates are impossible.
CofAnswer parseCofAnswer(const QByteArray &bytes, CofFrame frame, Instant told);

} // namespace wg
