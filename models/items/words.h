// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/change.h"
#include "core/pages.h"
#include "core/policy.h"

#include <QCoreApplication>

namespace wg {

/// The words that people read for our values, in one place and translated. Pure; any thread.
class Words
{
    Q_DECLARE_TR_FUNCTIONS(Words)

public:
    static QString datasetTitle(Dataset dataset);
    static QString outcome(Outcome outcome);
    /// The type of a fact that is seen from its value's side: "is MX of". That names have an
    /// address is told by the type alone, as everywhere.
    static QString reverseType(const QString &type);
    static QString novelty(Novelty novelty);
    static QString change(ChangeKind kind);
    static QString presence(Presence presence);
    static QString papMeaning(Pap pap);
    static QString cardState(const Card &card, Instant now);
    /// "2 new records", "The name no longer exists".
    static QString cause(const Card &card);
    /// Whom a card is about: its entity, or "14 watched domains" for a group.
    static QString subject(const Card &card);
    /// One sentence for an error, and its detail where that adds something.
    static QString error(const Error &error);

    /// "2 h ago" when fresh, else the UTC day; also for the future: "in 5 min".
    static QString when(Instant t, Instant now);
    static QString when(const std::optional<Instant> &t, Instant now);
    /// The clock time today, else day and time, local; for "next check 14:20".
    static QString clock(Instant t, Instant now);
    /// "3 of 10 an hour left; all again at 22:14".
    static QString quota(const QuotaState &quota, Instant now);
    /// "2026-11-22 04:10:00 UTC (05:10:00 CET)".
    static QString exact(Instant t);
    static Instant now();
    /// By which clock now() goes, from now on: that of the opened workspace, which must stay.
    static void useClock(const Clock &clock);

    /// A tool tip of several lines; what stands in them is escaped and made visible line by line.
    static QString toolTip(const QStringList &lines);

    /// "12,345" in the reader's locale.
    static QString number(qint64 n);

private:
    static QString newOf(const Card &card);
    static QString causeOfMany(const Card &card);
    static QString errorOfStore(const Error &error);
};

} // namespace wg
