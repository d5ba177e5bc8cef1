// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/fetcher.h"

#include <QNetworkReply>
#include <QPointer>
#include <QTimer>
#include <functional>

class QNetworkAccessManager;

namespace wg {

/// How one request ended.
struct AttemptEnd
{
    enum class Kind : quint8
    {
        Answer, ///< a status and its whole body (of a redirect: only its Location)
        Cut, ///< a status and the beginning of its body
        NoName, ///< the host's name could not be resolved
        NoRoute, ///< no way out of this machine
        Closed, ///< somebody is there, but refuses or drops the connection
        NoAnswer, ///< nothing came within the time-out
        Slow, ///< the whole question took too long
        Tls, ///< no trustworthy connection
        Proxy, ///< the proxy is down or refuses
        TooLarge,
        Malformed, ///< not HTTP, or not decodable
    };
    Kind kind = Kind::Answer;
    QString detail; ///< the transport's words, may hold outside text
    QByteArray location;
    HttpAnswer answer;
};

/// Where a request goes: the URL and, where its name was looked at before, the address to use.
struct Destination
{
    QUrl url;
    std::optional<IpAddress> address{};
};

/// One request on the wire: streams the body with a cap, watches for stalls, aborts when deleted.
/// Lives on the net thread, owned by its job.
class HttpAttempt : public QObject
{
    Q_OBJECT

public:
    /// The party hears of the question: once a request, or from a target once it is called.
    using Sent = std::function<void()>;
    using Ended = std::function<void(AttemptEnd &&)>;

    HttpAttempt(QNetworkAccessManager &manager, const HttpQuestion &question,
                const Destination &destination, Sent sent, Ended ended);
    ~HttpAttempt() override;

    /// Ends with the given kind unless it has ended.
    void stop(AttemptEnd::Kind kind);

private:
    void sent();
    void headersCame();
    void bytesCame();
    void tooMuchCame();
    void finished();
    void fill(AttemptEnd &end) const;
    [[nodiscard]] AttemptEnd::Kind kindOfFailure(int status) const;
    [[nodiscard]] bool isShort() const;
    [[nodiscard]] QByteArray struck(const QByteArray &text) const;
    void end(AttemptEnd::Kind kind, const QString &detail = {});

    QUrl m_url;
    QPointer<QNetworkReply> m_reply; ///< gone early when its manager goes
    QTimer m_stall;
    QByteArray m_body;
    QByteArrayList m_secrets; ///< struck out of what came
    qint64 m_maxBytes;
    TooMuch m_tooMuch;
    bool m_isCut = false; ///< there was more than m_maxBytes
    Sent m_sent;
    Ended m_ended;
};

} // namespace wg
