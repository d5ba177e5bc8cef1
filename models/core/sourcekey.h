// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QMetaType>
#include <QString>

namespace wg {

/// How a source stands with its key.
enum class KeyState : quint8
{
    Absent, ///< none was ever set
    Unread, ///< one is set; nobody needed it yet
    Found,
    Locked, ///< one is set, and the key chain does not give it
    Failed ///< there is no key chain, or it does not answer
};

/// What a source proves by who asks.
struct SourceKey
{
    KeyState state = KeyState::Absent;
    QByteArray value; ///< as it was typed; where it is a user name and a password: "name:password"
    QString detail; ///< one sentence when locked or failed
};

} // namespace wg

Q_DECLARE_METATYPE(wg::SourceKey)
