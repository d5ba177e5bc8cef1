// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/fetchroom.h"
#include "net/httpattempt.h"

#include <QFutureWatcher>
#include <QPromise>
#include <list>

namespace wg {

/// One question from queue to answer: waits for its turn, follows redirects, tries again. Several
/// may wait for it. Lives on the net thread, owned by the fetcher.
class HttpJob : public QObject
{
    Q_OBJECT

public:
    using Ended = std::function<void()>;

    /// url is the gate's destination; ended is called once, from the event loop or from
    /// cancellation.
    HttpJob(FetchRoom &room, HttpQuestion question, QUrl url, Ended ended);
    ~HttpJob() override;

    QFuture<Result<HttpAnswer>> join(const Permit &permit);
    void start();

    /// Whether it waits, unsent or for another try, to ask the same server about the same entity
    /// with the same key.
    [[nodiscard]] bool waitsBeside(const HttpJob &other) const;

private:
    /// Somebody who waits for the answer.
    struct Waiter
    {
        explicit Waiter(const Permit &p)
            : permit(p)
        { }
        Permit permit;
        QPromise<Result<HttpAnswer>> promise;
        QFutureWatcher<Result<HttpAnswer>> watcher;
        QSet<QString> told; ///< parties
    };

    void queue();
    void send();
    void findHost();
    void launch(const std::optional<IpAddress> &address);
    void tell(const QString &party);
    void tellOne(Waiter &waiter, const QString &party);
    void ended(AttemptEnd &&end);
    void settle(AttemptEnd &&end);
    void blameProxy(AttemptEnd &end) const;
    void noteReach(const AttemptEnd &end);
    void answered(AttemptEnd &&end);
    void redirected(const QByteArray &location, int status);
    void throttled(const AttemptEnd &end);
    void refuseAll(const Error &error);
    void goFirst();
    void standBack();
    void comeForward();
    void failed(AttemptEnd &&end);
    [[nodiscard]] bool tryAgainIn(qint64 ms);
    void waiterCancelled();
    [[nodiscard]] bool dropObjected();
    [[nodiscard]] Asker asker() const;
    [[nodiscard]] QString host() const { return m_url.host(QUrl::FullyEncoded); }
    [[nodiscard]] Breaker &breaker();
    [[nodiscard]] std::optional<Error> pause();
    void leaveLine();
    void record(const Result<HttpAnswer> &result) const;
    void finish(const Result<HttpAnswer> &result);

    FetchRoom &m_room;
    const HttpQuestion m_asked; ///< as it came
    HttpQuestion m_question; ///< as redirects left it
    QUrl m_url;
    Ended m_ended;
    std::list<Waiter> m_waiters;
    std::unique_ptr<HttpAttempt> m_attempt;
    HostLines::Ticket m_ticket = 0;
    QTimer m_deadline;
    QTimer m_queueTimer;
    QTimer m_retryTimer;
    QString m_line;
    int m_remainingMs; ///< of the whole question; waiting in the queue costs nothing
    int m_sent = 0;
    int m_redirects = 0;
    bool m_underWay = false; ///< the request of this attempt has left
    bool m_looked = false; ///< a resolver was asked for the target's name
    bool m_goesFirst = false; ///< those that wait beside it stand back until it has ended
    bool m_standsBack = false; ///< not in the line, for another's sake
    bool m_holdsProbe = false; ///< the breaker admitted us and has no verdict yet
};

} // namespace wg
