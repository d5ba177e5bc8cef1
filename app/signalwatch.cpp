// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/signalwatch.h"

#include <QSocketNotifier>
#include <csignal>
#include <sys/signalfd.h>
#include <unistd.h>

namespace wg {

SignalWatch::SignalWatch(QObject *parent)
    : QObject(parent)
{
    sigset_t set;
    sigemptyset(&set);
    for (const int number : {SIGTERM, SIGINT, SIGHUP})
        sigaddset(&set, number);
    // Blocked before any thread starts, so that all threads inherit it and only the descriptor hears them.
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    const int descriptor = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    m_notifier = std::make_unique<QSocketNotifier>(descriptor, QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this, descriptor] {
        signalfd_siginfo info;
        while (read(descriptor, &info, sizeof info) == ssize_t(sizeof info))
            Q_EMIT endAsked();
    });
}

SignalWatch::~SignalWatch()
{
    const int descriptor = int(m_notifier->socket());
    m_notifier.reset();
    close(descriptor);
}

} // namespace wg
