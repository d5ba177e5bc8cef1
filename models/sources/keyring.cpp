// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/keyring.h"

namespace wg {

void KeyRing::set(const QString &source, const SourceKey &key)
{
    m_keys.insert(source, key);
    if (key.state == KeyState::Unread)
        return;
    const auto waiters = m_waiters.take(source);
    for (const Waiter &waiter : waiters) {
        if (waiter.context)
            waiter.taken(key);
    }
}

void KeyRing::want(const QString &source, QObject *context, Taken taken)
{
    const SourceKey known = key(source);
    if (known.state != KeyState::Unread) {
        taken(known);
        return;
    }
    auto &waiters = m_waiters[source];
    waiters.append({context, std::move(taken)});
    if (waiters.size() == 1)
        Q_EMIT wanted(source);
}

} // namespace wg
