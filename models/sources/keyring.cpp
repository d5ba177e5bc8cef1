// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/keyring.h"

#include <chrono>

namespace wg {

namespace {

constexpr std::chrono::hours eyesAgain{1};

} // namespace

void KeyRing::set(const QString &source, const SourceKey &key)
{
    m_keys.insert(source, key);
    m_patience.insert(source, QDeadlineTimer(eyesAgain));
    if (key.state == KeyState::Unread)
        return;
    const auto waiters = m_waiters.take(source);
    for (const Waiter &waiter : waiters) {
        if (waiter.context)
            waiter.taken(key);
    }
}

bool KeyRing::isWorthReading(const QString &source, Asker asker) const
{
    switch (key(source).state) {
    case KeyState::Unread:
        return true;
    case KeyState::Locked:
    case KeyState::Failed:
        return asker == Asker::Person || m_patience.value(source).hasExpired();
    case KeyState::Absent:
    case KeyState::Found:
        break;
    }
    return false;
}

void KeyRing::want(const QString &source, Asker asker, QObject *context, Taken taken)
{
    if (!m_waiters.contains(source) && !isWorthReading(source, asker))
        return taken(key(source));
    auto &waiters = m_waiters[source];
    waiters.append({context, std::move(taken)});
    if (waiters.size() == 1)
        Q_EMIT wanted(source);
}

} // namespace wg
