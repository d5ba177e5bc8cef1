// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/secrets.h"

#include <QObject>
#include <chrono>
#include <functional>

namespace QKeychain {
class Job;
}

namespace wg {

/// The desktop's key chain: Secret Service or KWallet, whichever the session has. What hangs is
/// given up after some seconds. Main thread.
class KeyChain final : public QObject, public Secrets
{
    Q_OBJECT

public:
    explicit KeyChain(std::chrono::milliseconds patience = std::chrono::seconds(10),
                      QObject *parent = nullptr);

    QFuture<Secret> read(const QString &name) override;
    QFuture<Result<Done>> write(const QString &name, const QByteArray &value) override;
    QFuture<Result<Done>> remove(const QString &name) override;

private:
    /// Starts the job; the future holds what its end says, or silence when it did not end in time.
    template <class T>
    QFuture<T> run(QKeychain::Job *job, T silence, std::function<T()> end,
                   std::function<void()> late = {});

    std::chrono::milliseconds m_patience;
};

} // namespace wg
