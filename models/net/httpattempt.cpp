// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/httpattempt.h"

#include "net/strike.h"

#include <QNetworkAccessManager>
#include <array>

namespace wg {

using namespace Qt::StringLiterals;

namespace {

// Enough for one turn of the event loop; the rest waits in the socket.
constexpr qint64 readBufferBytes = 1 << 20;
// Qt refuses bodies that expand suspiciously beyond this many bytes; our own cap comes on top.
constexpr qint64 bombThresholdBytes = 10 << 20;

bool isRedirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/// Connects to the address, and speaks to the name: in TLS (SNI and certificate) and in Host.
void useAddress(QNetworkRequest &request, const IpAddress &address)
{
    QUrl url = request.url();
    const QString name = url.host(QUrl::FullyEncoded);
    request.setRawHeader("Host", url.authority(QUrl::FullyEncoded).toLatin1());
    request.setPeerVerifyName(name);
    // HTTP/2 would send the address as authority.
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    url.setHost(address.text());
    request.setUrl(url);
}

/// The place of a key in a URL's path, as an encoded URL writes it.
constexpr QLatin1StringView keyInPath = "%7Bkey%7D"_L1;

QNetworkRequest requestFor(const HttpQuestion &question, const Destination &destination)
{
    QUrl url = destination.url;
    if (!question.secret.path.isEmpty())
        url.setPath(url.path(QUrl::FullyEncoded)
                        .replace(keyInPath, QString::fromLatin1(question.secret.path)),
                    QUrl::StrictMode);
    if (!question.secret.query.isEmpty()) {
        const QString own = url.query(QUrl::FullyEncoded);
        url.setQuery((own.isEmpty() ? own : own + u'&')
                         + QString::fromLatin1(question.secret.query),
                     QUrl::StrictMode);
    }
    QNetworkRequest request(url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                         QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute,
                         QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setDecompressedSafetyCheckThreshold(bombThresholdBytes);
    request.setHeader(QNetworkRequest::UserAgentHeader,
                      QStringLiteral("Watchglass/" WATCHGLASS_VERSION));
    request.setRawHeader("Accept-Language", "en"); // not that of the desktop
    if (!question.body.isEmpty())
        request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/octet-stream"_s);
    for (const auto &[name, value] : question.headers + question.secret.headers)
        request.setRawHeader(name, value);
    if (destination.address)
        useAddress(request, *destination.address);
    return request;
}

} // namespace

HttpAttempt::HttpAttempt(QNetworkAccessManager &manager, const HttpQuestion &question,
                         const Destination &destination, Sent sent, Ended ended)
    : m_url(destination.url)
    , m_secrets(question.secret.texts)
    , m_maxBytes(question.maxBytes)
    , m_tooMuch(question.tooMuch)
    , m_sent(std::move(sent))
    , m_ended(std::move(ended))
{
    const QNetworkRequest request = requestFor(question, destination);
    m_reply = question.body.isEmpty() ? manager.get(request) : manager.post(request, question.body);
    // Qt's thread hears of it only once the operation has begun, which is queued, and would read
    // without any limit, and without looking up.
    QMetaObject::invokeMethod(
        m_reply, [reply = m_reply] { reply->setReadBufferSize(readBufferBytes); },
        Qt::QueuedConnection);
    m_stall.setSingleShot(true);
    m_stall.start(question.timeoutMs);
    connect(&m_stall, &QTimer::timeout, this, [this] { stop(AttemptEnd::Kind::NoAnswer); });
    connect(m_reply, &QNetworkReply::requestSent, this, &HttpAttempt::sent);
    // A target sees who calls, whether or not they come to terms.
    if (meetsTarget(question.permit.intent().source))
        connect(m_reply, &QNetworkReply::socketStartedConnecting, this, &HttpAttempt::sent);
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &HttpAttempt::headersCame);
    connect(m_reply, &QNetworkReply::readyRead, this, &HttpAttempt::bytesCame);
    connect(m_reply, &QNetworkReply::finished, this, &HttpAttempt::finished);
}

HttpAttempt::~HttpAttempt()
{
    if (!m_reply)
        return;
    m_reply->disconnect(this);
    m_reply->abort();
    m_reply->deleteLater();
}

void HttpAttempt::stop(AttemptEnd::Kind kind)
{
    if (!m_ended)
        return;
    // Where not even a status came, it is not slowness.
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    m_reply->disconnect(this);
    m_reply->abort();
    end(kind == AttemptEnd::Kind::Slow && status == 0 ? AttemptEnd::Kind::NoAnswer : kind);
}

void HttpAttempt::sent()
{
    if (auto tell = std::exchange(m_sent, nullptr))
        tell();
}

void HttpAttempt::headersCame()
{
    sent();
    m_stall.start();
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (isRedirect(status) && m_reply->hasRawHeader("Location")) {
        // Whatever body it carries, nobody reads it.
        stop(AttemptEnd::Kind::Answer);
    }
}

void HttpAttempt::bytesCame()
{
    m_stall.start();
    std::array<char, 65536> room;
    for (qint64 read = 1; read > 0;) {
        read = m_reply->read(room.data(), qint64(room.size()));
        if (m_body.size() + read > m_maxBytes) {
            m_body.append(room.data(), m_maxBytes - m_body.size());
            tooMuchCame();
            return;
        }
        m_body.append(room.data(), std::max<qint64>(read, 0));
    }
}

void HttpAttempt::tooMuchCame()
{
    if (m_tooMuch == TooMuch::Fails) {
        stop(AttemptEnd::Kind::TooLarge);
        return;
    }
    m_isCut = true;
    stop(AttemptEnd::Kind::Answer);
}

void HttpAttempt::finished()
{
    if (m_reply->isReadable() && m_reply->bytesAvailable() > 0)
        bytesCame();
    if (!m_ended)
        return;
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const AttemptEnd::Kind kind = kindOfFailure(status);
    // Qt stops a body that expands suspiciously with the same code as a broken one, and no words.
    const bool packed =
        kind == AttemptEnd::Kind::Malformed && m_reply->hasRawHeader("Content-Encoding");
    end(kind,
        packed ? u"it does not unpack, or unpacks to suspiciously much"_s
            : kind == AttemptEnd::Kind::Answer ? QString()
                                               : m_reply->errorString());
}

/// Answer when it did not fail. QNetworkReply counts error statuses as errors, too.
AttemptEnd::Kind HttpAttempt::kindOfFailure(int status) const
{
    using Kind = AttemptEnd::Kind;
    const auto error = m_reply->error();
    switch (error) {
    case QNetworkReply::NoError:
        return status == 0 ? Kind::Malformed : isShort() ? Kind::Cut : Kind::Answer;
    case QNetworkReply::HostNotFoundError:
        return Kind::NoName;
    case QNetworkReply::TimeoutError:
        return Kind::NoAnswer;
    case QNetworkReply::SslHandshakeFailedError:
        return Kind::Tls;
    case QNetworkReply::TemporaryNetworkFailureError:
    case QNetworkReply::NetworkSessionFailedError:
    case QNetworkReply::UnknownNetworkError:
        return status > 0 ? Kind::Cut : Kind::NoRoute;
    case QNetworkReply::UnknownContentError:
        // Either an unusual 4xx, or a body that Qt could not or would not decompress.
        return status >= 400 ? Kind::Answer : Kind::Malformed;
    case QNetworkReply::ProtocolFailure:
        return Kind::Malformed;
    default:
        break;
    }
    if (error > 100 && error < 200 && status == 0)
        return Kind::Proxy;
    if (status > 0 && error > 200)
        return Kind::Answer;
    return status > 0 ? Kind::Cut : Kind::Closed;
}

/// Fewer bytes than announced; with a content coding the announced length is the coded one.
bool HttpAttempt::isShort() const
{
    const QByteArray announced = m_reply->rawHeader("Content-Length");
    return !announced.isEmpty() && m_reply->rawHeader("Content-Encoding").isEmpty()
        && m_body.size() < announced.toLongLong();
}

void HttpAttempt::fill(AttemptEnd &end) const
{
    HttpAnswer &answer = end.answer;
    answer.status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    answer.url = m_url;
    answer.cut = m_isCut || end.kind == AttemptEnd::Kind::Cut;
    for (const auto &[name, value] : m_reply->rawHeaderPairs())
        answer.headers.insert(name.toLower(), struck(value));
    answer.contentType = answer.headers.value("content-type");
    if (isRedirect(answer.status))
        end.location = answer.headers.value("location");
}

/// Servers like to repeat a key that they do not know, and write it in their own way.
QByteArray HttpAttempt::struck(const QByteArray &text) const
{
    return wg::struck(text, {m_secrets, {}});
}

void HttpAttempt::end(AttemptEnd::Kind kind, const QString &detail)
{
    m_stall.stop();
    AttemptEnd end;
    end.kind = kind;
    end.detail = m_secrets.isEmpty() ? detail : QString::fromUtf8(struck(detail.toUtf8()));
    if (kind == AttemptEnd::Kind::Answer || kind == AttemptEnd::Kind::Cut) {
        fill(end);
        end.answer.body = struck(m_body);
    }
    if (auto ended = std::exchange(m_ended, nullptr))
        ended(std::move(end));
}

} // namespace wg
