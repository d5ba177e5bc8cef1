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

/// The details of a sighting: "count", "hosts" and "spans", and "count_at_most" where logs that
/// overlap leave it open. Without dates the span is all time.
Attributes contactDetails(std::optional<ContactSpan> span, qint64 count, const QStringList &hosts);

/// What another log tells of the same contact. Spans apart from each other add up; one that begins
/// when a known one does is the same log, read again or grown, and counts once. Of spans that
/// overlap in part nobody can tell which contacts both hold: "count" is what is certain,
/// "count_at_most" their sum.
void joinContact(Attributes &known, const Attributes &told);

} // namespace wg
