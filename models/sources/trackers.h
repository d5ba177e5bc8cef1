// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace wg {

/// An account with a service that counts a page's visitors or sells to them.
struct Tracker
{
    QString type; ///< "GoogleAnalyticsTrackingId": PassiveTotal's word where it has one
    QString value; ///< lower case, as PassiveTotal tells it
    friend bool operator==(const Tracker &, const Tracker &) = default;
};

/// The tracker ids in the scripts of a page, each once, in the order of our table; at most a
/// hundred. Takes time in proportion to the text, whatever it is. Pure.
QList<Tracker> findTrackers(const QString &code);

} // namespace wg
