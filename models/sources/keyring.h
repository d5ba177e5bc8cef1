// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sourcekey.h"
#include "net/gate.h"

#include <QDeadlineTimer>
#include <QHash>
#include <QList>
#include <QObject>
#include <QPointer>
#include <functional>

namespace wg {

/// The keys of sources as far as they were read from the key chain. Keys that are set are read when
/// a source first wants its own. Lives on the net thread.
class KeyRing : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    using Taken = std::function<void(const SourceKey &)>;

    void set(const QString &source, const SourceKey &key);
    /// As far as known now.
    [[nodiscard]] SourceKey key(const QString &source) const { return m_keys.value(source); }
    /// Calls taken once the key was read or could not be; at once where that is known. A key that
    /// could not be had is read again for a person, for eyes once an hour: each time the key chain
    /// may ask to be unlocked. Never once context is gone.
    void want(const QString &source, Asker asker, QObject *context, Taken taken);

Q_SIGNALS:
    /// Somebody has to read this key and to call set().
    void wanted(const QString &source);

private:
    struct Waiter
    {
        QPointer<QObject> context;
        Taken taken;
    };

    [[nodiscard]] bool isWorthReading(const QString &source, Asker asker) const;

    QHash<QString, SourceKey> m_keys;
    QHash<QString, QDeadlineTimer> m_patience; ///< of keys that could not be had
    QHash<QString, QList<Waiter>> m_waiters;
};

} // namespace wg
