// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bench/stopwatch.h"

#include <QApplication>
#include <QEvent>
#include <QPointer>
#include <QThread>
#include <QWidget>
#include <functional>
#include <utility>

namespace wg::bench {

/// Counts what handling events costs the main thread, and tells when a widget was painted.
class MeasuredApplication : public QApplication
{
    Q_OBJECT

public:
    MeasuredApplication(const Stopwatch &started, int &argc, char **argv)
        : QApplication(argc, argv)
        , m_started(started)
    { }

    /// Of one widget, or of any.
    void onPainted(QWidget *widget, std::function<void(QObject *)> done)
    {
        m_painted = widget;
        m_done = std::move(done);
    }
    [[nodiscard]] QJsonObject sinceStart() const
    {
        return {{QStringLiteral("wall"), m_started.wall()},
                {QStringLiteral("cpu"), m_started.cpu()}};
    }

    bool notify(QObject *receiver, QEvent *event) override
    {
        if (QThread::currentThread() != thread())
            return QApplication::notify(receiver, event); // every thread's events come through here
        const bool outermost = m_depth++ == 0;
        const Stopwatch watch(CLOCK_THREAD_CPUTIME_ID);
        const bool taken = QApplication::notify(receiver, event);
        --m_depth;
        if (outermost) {
            m_busyWall += watch.wall();
            m_busyCpu += watch.cpu();
        }
        m_paints += event->type() == QEvent::Paint ? 1 : 0;
        if (event->type() == QEvent::Paint && m_done && (!m_painted || receiver == m_painted)
            && receiver->isWidgetType()) {
            const auto done = m_done; // which may set another
            done(receiver);
        }
        return taken;
    }

    /// Paint events since the last call.
    int takePaints() { return std::exchange(m_paints, 0); }

    /// Milliseconds spent in events since the last call: wall and CPU of the main thread.
    std::pair<double, double> takeBusy()
    {
        return {std::exchange(m_busyWall, 0.0), std::exchange(m_busyCpu, 0.0)};
    }

private:
    Stopwatch m_started;
    QPointer<QWidget> m_painted;
    std::function<void(QObject *)> m_done;
    int m_depth = 0;
    int m_paints = 0;
    double m_busyWall = 0;
    double m_busyCpu = 0;
};

} // namespace wg::bench
