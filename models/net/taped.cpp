// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/taped.h"

#include "net/dnsquery.h"

#include <QPointer>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// Whether somebody outside brought it about.
bool cameFromOutside(ErrorCode code)
{
    return code == ErrorCode::Unreachable || code == ErrorCode::Malformed
        || code == ErrorCode::TooLarge;
}

QByteArrayList bodiesOf(const QByteArray &body)
{
    return body.isEmpty() ? QByteArrayList() : QByteArrayList{body};
}

QString text(const Exchange &exchange, QLatin1String note)
{
    return exchange.notes.value(note).toString();
}

Exchange answerOf(const WhoisAnswer &answer)
{
    Exchange exchange;
    if (answer.cut)
        exchange.notes.insert(u"cut"_s, true);
    exchange.bodies = bodiesOf(answer.text);
    return exchange;
}

Exchange answerOf(const TlsAnswer &answer)
{
    Exchange exchange;
    exchange.notes = {{u"protocol"_s, answer.protocol},
                      {u"cipher"_s, answer.cipher},
                      {u"alpn"_s, answer.alpn},
                      {u"distrust"_s, answer.distrust}};
    exchange.bodies = answer.chain;
    return exchange;
}

/// Wraps a transport's callback; the tape may go before the transport does.
template <class Answer>
std::function<void(Result<Answer> &&)> notingAny(Tape &tape, const Permit &permit,
                                                 const WireRequest &request,
                                                 std::function<void(Result<Answer> &&)> done)
{
    return [tape = QPointer(&tape), intent = permit.intent(), request,
            done = std::move(done)](Result<Answer> &&answer) {
        if (tape && (answer || cameFromOutside(answer.error().code))) {
            Exchange exchange = answer ? answerOf(*answer) : Exchange();
            if (!answer)
                exchange.failure = answer.error();
            exchange.request = request;
            tape->note(intent, std::move(exchange));
        }
        done(std::move(answer));
    };
}

ErrorCode codeOf(Outcome failure)
{
    return failure == Outcome::Malformed ? ErrorCode::Malformed : ErrorCode::Unreachable;
}

} // namespace

WireRequest wireRequest(const HttpQuestion &question)
{
    return {.transport = Transport::Http,
            .method = question.body.isEmpty() ? u"GET"_s : u"POST"_s,
            .place = question.url.toString(QUrl::FullyEncoded),
            .name = {},
            .body = question.body};
}

WireRequest wireRequest(const WhoisQuestion &question)
{
    return {.transport = Transport::Whois,
            .method = {},
            .place = question.host,
            .name = QString::fromUtf8(question.line),
            .body = {}};
}

WireRequest wireRequest(const TlsQuestion &question)
{
    return {
        .transport = Transport::Tls, .method = {}, .place = question.host, .name = {}, .body = {}};
}

WireRequest wireRequest(const ServerAddress &server, const QString &name, quint16 type)
{
    return {.transport = Transport::Dns,
            .method = {},
            .place = server.text(),
            .name = name,
            .type = type,
            .body = {}};
}

void note(Tape &tape, const HttpQuestion &question, const Result<HttpAnswer> &answer, Asker asker)
{
    Exchange exchange;
    exchange.request = wireRequest(question);
    Intent intent = question.permit.intent();
    intent.asker = asker;
    if (answer) {
        exchange.notes = {{u"status"_s, answer->status},
                          {u"url"_s, answer->url.toString(QUrl::FullyEncoded)}};
        if (answer->cut)
            exchange.notes.insert(u"cut"_s, true);
        exchange.headers = answer->headers;
        // A page's cookies are facts about it; an API's are ours, and prove who we are.
        if (!meetsTarget(intent.source))
            exchange.headers.remove("set-cookie");
        exchange.bodies = bodiesOf(answer->body);
    } else {
        exchange.failure = answer.error();
    }
    tape.note(intent, std::move(exchange), question.secret.texts);
}

WhoisDone noting(Tape &tape, const WhoisQuestion &question, WhoisDone done)
{
    return notingAny<WhoisAnswer>(tape, question.permit, wireRequest(question), std::move(done));
}

TlsDone noting(Tape &tape, const TlsQuestion &question, TlsDone done)
{
    return notingAny<TlsAnswer>(tape, question.permit, wireRequest(question), std::move(done));
}

DnsDone noting(Tape &tape, const Permit &permit, const WireRequest &request, DnsDone done)
{
    return [tape = QPointer(&tape), intent = permit.intent(), request,
            done = std::move(done)](DnsReply &&reply) {
        if (tape && reply.failure != Outcome::Refused) {
            Exchange exchange;
            exchange.request = request;
            const bool failed = reply.packet.isEmpty();
            exchange.bodies = bodiesOf(failed ? reply.unreadable : reply.packet);
            if (failed)
                exchange.failure = Error{codeOf(reply.failure), reply.detail};
            tape->note(intent, std::move(exchange));
        }
        done(std::move(reply));
    };
}

Result<HttpAnswer> httpAnswer(const Played &played, Instant now)
{
    if (!played)
        return played.error();
    if (played->failure)
        return *played->failure;
    HttpAnswer answer;
    answer.status = played->notes.value("status"_L1).toInt();
    answer.body = played->bodies.value(0);
    answer.headers = played->headers;
    answer.contentType = answer.headers.value("content-type");
    answer.url = QUrl(text(*played, "url"_L1), QUrl::StrictMode);
    answer.at = now;
    answer.cut = played->notes.value("cut"_L1).toBool();
    return answer;
}

Result<WhoisAnswer> whoisAnswer(const Played &played, Instant now)
{
    if (!played)
        return played.error();
    if (played->failure)
        return *played->failure;
    return WhoisAnswer{played->bodies.value(0), played->notes.value("cut"_L1).toBool(), now};
}

Result<TlsAnswer> tlsAnswer(const Played &played, Instant now)
{
    if (!played)
        return played.error();
    if (played->failure)
        return *played->failure;
    return TlsAnswer{
        played->bodies,           text(*played, "protocol"_L1), text(*played, "cipher"_L1),
        text(*played, "alpn"_L1), text(*played, "distrust"_L1), now};
}

DnsReply dnsReply(const Played &played, Instant now)
{
    DnsReply reply;
    reply.at = now;
    const std::optional<Error> failure = played ? played->failure : played.error();
    if (!failure) {
        reply.packet = played->bodies.value(0);
        if (!reply.packet.isEmpty())
            return reply;
    }
    const bool malformed = failure && failure->code == ErrorCode::Malformed;
    reply.failure = malformed ? Outcome::Malformed : Outcome::Unreachable;
    reply.detail = failure ? failure->detail : u"the recording has an empty answer"_s;
    if (malformed)
        reply.unreadable = played->bodies.value(0);
    return reply;
}

DnsReply noSuchName(const QString &name, quint16 type, Instant now)
{
    constexpr char answered = char(0x81); // QR, RD
    constexpr char noName = char(0x83); // RA, NXDOMAIN
    DnsReply reply;
    reply.at = now;
    const DnsQuery query(0, name, type, Edns::Without);
    const auto bytes = query.bytes();
    reply.packet =
        QByteArray(reinterpret_cast<const char *>(bytes.data()), qsizetype(bytes.size()));
    reply.packet[2] = answered;
    reply.packet[3] = noName;
    return reply;
}

} // namespace wg
