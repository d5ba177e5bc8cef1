// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/interner.h"
#include "store/reader.h"

namespace wg {

/// In which networks addresses lie, as registries said. Any thread's connection.
class NetworkReader
{
public:
    NetworkReader(Database &database, Interner &interner)
        : m_database(database)
        , m_interner(interner)
    { }

    /// The network in which an address was told to lie, else the most specific known one around it.
    Artifact networkOf(const Entity &address);
    Artifact toldNetworkOf(const Entity &address);
    Artifact smallestAround(const Entity &address);
    /// Of those addresses that lie in a known network.
    QList<HeldNetwork> around(const QList<Entity> &addresses);

private:
    bool isRegistered(qint64 network);
    QString whoisNow(const Artifact &owner, const QString &type);

    Database &m_database;
    Interner &m_interner;
};

} // namespace wg
