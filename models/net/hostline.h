// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/fetcher.h"

#include <QHash>
#include <QTimer>
#include <deque>
#include <functional>
#include <map>
#include <memory>

namespace wg {

/// The queues in front of hosts: at most so many requests at a time and so many in each window,
/// people before eyes, else first come first served. Lives on the net thread, owned by the fetcher.
class HostLines : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    using Ticket = quint64;
    using Go = std::function<void()>;

    /// Who waits and by which rules.
    struct Place
    {
        QString line; ///< source and host
        QList<HostWindow> windows;
        int parallel = 4;
        Asker asker = Asker::Eye;
    };

    /// Calls go, later or at once from the event loop, when the request may be sent.
    Ticket enter(const Place &place, Go go);
    /// Nobody of this line is served for so long: its host asked for a short rest.
    void hold(const QString &line, qint64 ms);
    /// A person joined: the place moves before the eyes.
    void promote(Ticket ticket);
    /// Leaves the queue, or frees the slot when go was called. Tickets leave exactly once.
    void leave(Ticket ticket);
    /// Whether the request still stands in the queue.
    [[nodiscard]] bool isWaiting(Ticket ticket) const;
    /// How long until the windows of this ticket's line have room, as far as known now; 0 when now.
    [[nodiscard]] qint64 expectedWaitMs(Ticket ticket) const;

private:
    struct Waiting
    {
        Ticket ticket = 0;
        Place place;
        Go go;
    };
    struct Line
    {
        std::deque<Waiting> people;
        std::deque<Waiting> eyes;
        QHash<qint64, std::deque<qint64>> sent; ///< per window length, when, monotonic ms
        std::unique_ptr<QTimer> timer;
        qint64 heldUntil = 0;
        int active = 0;
    };

    void serve(const QString &name);
    void serveLater(const QString &name, Line &line, qint64 ms);
    [[nodiscard]] qint64 waitFor(const Line &line, const QList<HostWindow> &windows) const;
    void note(Line &line, const QList<HostWindow> &windows) const;

    std::map<QString, Line> m_lines;
    QHash<Ticket, QString> m_lineOf;
    QSet<Ticket> m_active;
    Ticket m_last = 0;
};

} // namespace wg
