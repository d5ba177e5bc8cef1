// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QFuture>
#include <QString>

namespace wg {

/// What the key chain said. A key chain that is locked may say Absent, too: whoever knows that a
/// secret was put there takes that for locked, never for "not set".
enum class SecretState : quint8
{
    Absent,
    Found,
    Locked,
    Failed ///< no key chain, or it does not answer
};

struct Secret
{
    SecretState state = SecretState::Absent;
    QByteArray value;
    QString detail; ///< one sentence unless found
};

/// Where secrets are kept: the key chain of the desktop. Lives on the main thread and never blocks
/// it; every order ends, within some seconds, also when the key chain does not answer.
class Secrets
{
public:
    Secrets() = default;
    virtual ~Secrets() = default;
    Secrets(const Secrets &) = delete;
    Secrets &operator=(const Secrets &) = delete;

    virtual QFuture<Secret> read(const QString &name) = 0;
    /// Refused where the key chain is locked, Failed where there is none or it does not answer.
    virtual QFuture<Result<Done>> write(const QString &name, const QByteArray &value) = 0;
    /// Done also where there was nothing.
    virtual QFuture<Result<Done>> remove(const QString &name) = 0;
};

} // namespace wg
