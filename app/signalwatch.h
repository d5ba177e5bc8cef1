// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <memory>

class QSocketNotifier;

namespace wg {

/// Turns SIGTERM, SIGINT and SIGHUP into a signal of ours, so that the program ends in good order.
/// One per process, on the main thread.
class SignalWatch : public QObject
{
    Q_OBJECT

public:
    /// Before the application and any thread is made, so that all inherit it.
    static void block();

    /// Needs the application.
    explicit SignalWatch(QObject *parent = nullptr);
    ~SignalWatch() override;

Q_SIGNALS:
    void endAsked();

private:
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace wg
