// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/instant.h"
#include "core/record.h"

#include <QStringList>

namespace wg {

/// How often own hosts were in contact with an entity within a span of time, by one log.
struct ContactSpan
{
    Instant first;
    Instant last;
    qint64 count = 0;
};

/// Hosts that are named one by one; beyond them "and more" is said.
inline constexpr qsizetype mostContactHosts = 20;

/// The details of a sighting: "count", "hosts" and "spans". Without dates the span is all time.
Attributes contactDetails(std::optional<ContactSpan> span, qint64 count, const QStringList &hosts);

/// What another log tells of the same contact. Spans apart from each other add up; of spans that
/// overlap the greater count holds, so that a file which is read again, or has grown, counts once.
/// The count is therefore a least one.
void joinContact(Attributes &known, const Attributes &told);

} // namespace wg
