// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/fetcher.h"

#include <QElapsedTimer>
#include <QHash>
#include <QTimer>
#include <array>
#include <deque>
#include <functional>
#include <map>
#include <memory>

namespace wg {

/// The queues in front of hosts: at most so many requests at a time and so many in each window,
/// people before eyes and ordered eyes before others, else first come first served. Lives on the
/// net thread, owned by the fetcher.
class HostLines : public QObject
{
    Q_OBJECT

public:
    explicit HostLines(const Clock &clock, QObject *parent = nullptr);

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
    /// Somebody joined who goes before the one who waits: the place is theirs.
    void promote(Ticket ticket, Asker asker);
    /// Leaves the queue, or frees the slot when go was called. Tickets leave exactly once.
    void leave(Ticket ticket);
    /// As leave(), where nothing reached anybody since go was called: it uses nothing up.
    void leaveUnsent(Ticket ticket);
    /// Whether the request still stands in the queue.
    [[nodiscard]] bool isWaiting(Ticket ticket) const;
    /// How long until the windows of this ticket's line have room after those before it, as far as
    /// known now; 0 when now.
    [[nodiscard]] qint64 expectedWaitMs(Ticket ticket) const;
    /// In how many milliseconds an asker's next question may leave, after those that wait; 0 when
    /// now.
    [[nodiscard]] qint64 freeInMs(const QString &line, const QList<HostWindow> &windows,
                                  Asker asker) const;
    /// The host said how many requests are left.
    void said(const QString &line, int left, std::optional<int> limit, Instant reset);
    /// The scarcest of all the lines of a source ("NAME HOST").
    [[nodiscard]] std::optional<QuotaState> quota(const QString &source) const;
    /// What is worth keeping of them over a restart.
    [[nodiscard]] QByteArray saved(const QString &source) const;
    void restore(const QString &source, const QByteArray &saved);
    /// Forgets what was used up: another key has its own quota.
    void forget(const QString &source);
    /// The clock by which windows open.
    [[nodiscard]] Instant now() const;

Q_SIGNALS:
    /// Something of it was used up, or its host said how much is left.
    void quotaChanged(const QString &line);

private:
    struct Waiting
    {
        Ticket ticket = 0;
        Place place;
        Go go;
    };
    struct Line
    {
        std::array<std::deque<Waiting>, 3> queues; ///< people's first, eyes' last
        Quota quota;
        QList<HostWindow> windows; ///< as last asked with
        std::unique_ptr<QTimer> timer;
        Instant heldUntil;
        int active = 0;
    };

    void serve(const QString &name);
    void serveLater(const QString &name, Line &line, qint64 ms);
    static std::deque<Waiting> &queueOf(Line &line, Asker asker);
    [[nodiscard]] qint64 waitFor(const Line &line, const Place &place, int before) const;
    [[nodiscard]] QList<const Line *> linesOf(const QString &source) const;

    const Clock &m_clock;
    mutable Instant m_startedAt; ///< the clock, as far ahead as it ever was …
    mutable QElapsedTimer m_elapsed; ///< … and since then

    std::map<QString, Line> m_lines;
    QHash<Ticket, QString> m_lineOf;
    QHash<Ticket, Quota::Taken> m_active;
    Ticket m_last = 0;
};

} // namespace wg
