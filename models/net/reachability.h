// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QSet>
#include <QString>

namespace wg {

/// Tells "the network is away" from "that host is dead" by what requests meet; a pure value of the
/// net thread, fed by the fetcher.
class Reachability
{
public:
    /// Any answer of a host, an error page or a refused connection included. True when this brings
    /// the network back.
    bool reached(const QString &host);
    /// The host's name was not found, no route led there, or nothing came back. True when this
    /// makes it known that the network is away.
    bool missed(const QString &host);
    [[nodiscard]] bool isOnline() const { return m_online; }

private:
    [[nodiscard]] bool missesAnAcquaintance() const;

    QSet<QString> m_answered; ///< hosts that ever answered
    QHash<QString, int> m_missed; ///< hosts missed since the last answer from anywhere
    bool m_online = true;
};

} // namespace wg
