// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/reachability.h"

namespace wg {

namespace {

// One dead host says nothing about the network. Two in a row without an answer from anybody do, if
// one of them used to answer. Where only one host was ever asked, it has to be missed three times.
constexpr int hostsToDespair = 2;
constexpr int missesOfTheOnlyHost = 3;
constexpr int mostRemembered = 256;

} // namespace

bool Reachability::reached(const QString &host)
{
    if (m_answered.size() < mostRemembered)
        m_answered.insert(host);
    m_missed.clear();
    return !std::exchange(m_online, true);
}

bool Reachability::missed(const QString &host)
{
    if (m_missed.size() < mostRemembered || m_missed.contains(host))
        ++m_missed[host];
    const bool enough = m_missed.size() >= hostsToDespair
        || (m_answered.size() <= 1 && m_missed.value(host) >= missesOfTheOnlyHost);
    return enough && missesAnAcquaintance() && std::exchange(m_online, false);
}

bool Reachability::missesAnAcquaintance() const
{
    if (m_answered.isEmpty())
        return true;
    return std::any_of(m_missed.keyBegin(), m_missed.keyEnd(),
                       [this](const QString &host) { return m_answered.contains(host); });
}

} // namespace wg
