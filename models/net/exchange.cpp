// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/exchange.h"

#include "core/entitytext.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

constexpr std::array<std::pair<Transport, QLatin1String>, 4> transports{
    {{Transport::Http, "http"_L1},
     {Transport::Dns, "dns"_L1},
     {Transport::Whois, "whois"_L1},
     {Transport::Tls, "tls"_L1}}};

/// Of TLS one for each certificate of a chain.
constexpr qsizetype mostBodies = 64;

/// What may become of a question that left.
constexpr std::array<std::pair<ErrorCode, QLatin1String>, 4> failures{
    {{ErrorCode::Unreachable, "unreachable"_L1},
     {ErrorCode::Refused, "refused"_L1},
     {ErrorCode::Malformed, "malformed"_L1},
     {ErrorCode::TooLarge, "too_large"_L1}}};

template <class Table, class Key>
QString nameIn(const Table &table, Key key)
{
    const auto it =
        std::find_if(table.begin(), table.end(), [&](const auto &row) { return row.first == key; });
    return it == table.end() ? QString() : QString(it->second);
}

template <class Table>
auto keyIn(const Table &table, const QString &name)
{
    const auto it = std::find_if(table.begin(), table.end(),
                                 [&](const auto &row) { return row.second == name; });
    return it == table.end() ? std::nullopt : std::optional(it->first);
}

/// With milliseconds, which toRfc3339() leaves out.
QString timeText(Instant at)
{
    const qint64 ms = (at.ms % secondMs + secondMs) % secondMs;
    return toRfc3339(at).chopped(1) + u".%1Z"_s.arg(ms, 3, 10, QLatin1Char('0'));
}

QJsonObject requestObject(const WireRequest &request)
{
    switch (request.transport) {
    case Transport::Http: {
        QJsonObject object{{u"method"_s, request.method}, {u"url"_s, request.place}};
        if (!request.body.isEmpty())
            object.insert(u"body"_s, QString::fromUtf8(request.body));
        return object;
    }
    case Transport::Dns:
        return {{u"server"_s, request.place}, {u"name"_s, request.name}, {u"type"_s, request.type}};
    case Transport::Whois:
        return {{u"server"_s, request.place}, {u"query"_s, request.name}};
    case Transport::Tls:
        return {{u"host"_s, request.place}};
    }
    return {};
}

/// Nothing where the request's own members are missing.
std::optional<WireRequest> requestIn(Transport transport, const QJsonObject &object)
{
    const auto text = [&](QLatin1String member) { return object.value(member).toString(); };
    WireRequest request;
    request.transport = transport;
    switch (transport) {
    case Transport::Http:
        request.method = text("method"_L1);
        request.place = text("url"_L1);
        request.body = text("body"_L1).toUtf8();
        break;
    case Transport::Dns:
        request.place = text("server"_L1);
        request.name = text("name"_L1);
        request.type = quint16(std::clamp(object.value("type"_L1).toInt(), 0, 0xffff));
        break;
    case Transport::Whois:
        request.place = text("server"_L1);
        request.name = text("query"_L1);
        break;
    case Transport::Tls:
        request.place = text("host"_L1);
        break;
    }
    return request.place.isEmpty() ? std::nullopt : std::optional(request);
}

/// Whether it can be nothing but the name of a body's file.
bool isBodyHash(const QString &text)
{
    return text.size() == 64 && std::all_of(text.begin(), text.end(), [](QChar c) {
               return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f');
           });
}

Error malformed(const QString &why)
{
    return {ErrorCode::Malformed, why};
}

/// Reads what came of a request; what is wrong, if something is.
QString takeOutcome(Exchange &exchange, const QJsonObject &object)
{
    if (const QJsonValue failure = object.value("failure"_L1); failure.isObject()) {
        const auto code = keyIn(failures, failure["code"_L1].toString());
        if (!code)
            return u"an unknown failure"_s;
        exchange.failure = Error{*code, failure["detail"_L1].toString()};
    } else if (!object.value("answer"_L1).isObject()) {
        return u"neither answer nor failure"_s;
    }
    exchange.notes = object.value("answer"_L1).toObject();
    const QJsonObject headers = exchange.notes.take("headers"_L1).toObject();
    for (auto it = headers.begin(); it != headers.end(); ++it)
        exchange.headers.insert(it.key().toLatin1(), it.value().toString().toLatin1());
    const QJsonArray bodies = exchange.notes.take("bodies"_L1).toArray();
    if (bodies.size() > mostBodies)
        return u"more bodies than an answer has"_s;
    for (const auto &body : bodies) {
        if (!isBodyHash(body.toString()))
            return u"a body that is no BLAKE2b hash"_s;
        exchange.hashes.append(body.toString());
    }
    return {};
}

} // namespace

QString bodyHash(const QByteArray &body)
{
    return QString::fromLatin1(
        QCryptographicHash::hash(body, QCryptographicHash::Blake2b_256).toHex());
}

QByteArray toLine(const Exchange &exchange)
{
    QJsonObject answer = exchange.notes;
    if (!exchange.headers.isEmpty()) {
        QJsonObject headers;
        for (auto it = exchange.headers.begin(); it != exchange.headers.end(); ++it)
            headers.insert(QString::fromLatin1(it.key()), QString::fromLatin1(it.value()));
        answer.insert(u"headers"_s, headers);
    }
    if (!exchange.hashes.isEmpty())
        answer.insert(u"bodies"_s, QJsonArray::fromStringList(exchange.hashes));
    QJsonObject object{
        {u"at"_s, timeText(exchange.at)},
        {u"source"_s, exchange.source},
        {u"asker"_s, exchange.byPerson ? u"person"_s : u"eye"_s},
        {u"entity"_s, exchange.about.value},
        {u"transport"_s, nameIn(transports, exchange.request.transport)},
        {u"request"_s, requestObject(exchange.request)},
    };
    if (exchange.failure) {
        const QString code = nameIn(failures, exchange.failure->code);
        object.insert(u"failure"_s,
                      QJsonObject{{u"code"_s, code.isEmpty() ? u"unreachable"_s : code},
                                  {u"detail"_s, exchange.failure->detail}});
    }
    if (!exchange.failure || !answer.isEmpty())
        object.insert(u"answer"_s, answer);
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Result<Exchange> exchangeOf(const QByteArray &line)
{
    QJsonParseError trouble;
    const QJsonObject object = QJsonDocument::fromJson(line, &trouble).object();
    if (trouble.error != QJsonParseError::NoError)
        return malformed(trouble.errorString());
    Exchange exchange;
    const auto at = parseInstant(object.value("at"_L1).toString());
    if (!at)
        return malformed(u"no time in \"at\""_s);
    exchange.at = *at;
    exchange.source = object.value("source"_L1).toString();
    exchange.byPerson = object.value("asker"_L1).toString() == "person"_L1;
    if (const auto entity = parseEntity(object.value("entity"_L1).toString()))
        exchange.about = *entity;
    const auto transport = keyIn(transports, object.value("transport"_L1).toString());
    if (!transport)
        return malformed(u"an unknown transport"_s);
    const auto request = requestIn(*transport, object.value("request"_L1).toObject());
    if (!request || exchange.source.isEmpty())
        return malformed(u"source or request is missing"_s);
    exchange.request = *request;
    if (const QString wrong = takeOutcome(exchange, object); !wrong.isEmpty())
        return malformed(wrong);
    return exchange;
}

} // namespace wg
