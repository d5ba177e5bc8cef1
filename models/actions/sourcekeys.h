// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/secrets.h"
#include "core/settings.h"
#include "core/sourcekey.h"

#include <QHash>
#include <QObject>
#include <QSet>

namespace wg {

/// The keys of sources. The workspace notes under which name the key chain holds one, so that a
/// key chain that is locked is never taken for a key that was not set. Main thread.
class SourceKeys : public QObject
{
    Q_OBJECT

public:
    /// Where what is noted is stored; nothing to forget a note.
    using Note = std::function<QFuture<Result<Done>>(const QString &key,
                                                     const std::optional<QString> &entry)>;

    /// Without secrets there is no key chain. The settings are those of the program, kept current
    /// here.
    SourceKeys(Secrets *secrets, Settings &settings, Note note);

    [[nodiscard]] bool isSet(const QString &source) const;
    /// As far as known; keys are read when somebody wants them.
    [[nodiscard]] SourceKey key(const QString &source) const;
    /// Names of sources that have a key.
    [[nodiscard]] QSet<QString> all() const;
    /// Reads the key now, also where it failed before; ends with changed().
    void read(const QString &source);
    /// Puts the key into the key chain first, then takes note of it.
    QFuture<Result<Done>> set(const QString &source, const QByteArray &value);
    /// NotFound where none is set. A note whose entry cannot be removed stays.
    QFuture<Result<Done>> remove(const QString &source);

Q_SIGNALS:
    void changed(const QString &source, const wg::SourceKey &key);

private:
    QFuture<Result<Done>> takeNote(const QString &source, const std::optional<QString> &entry,
                                   const SourceKey &key);
    void know(const QString &source, const SourceKey &key);

    Secrets *m_secrets;
    Settings &m_settings;
    Note m_note;
    QHash<QString, SourceKey> m_known;
};

} // namespace wg
