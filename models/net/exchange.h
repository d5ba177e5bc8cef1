// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/artifact.h"
#include "core/instant.h"
#include "core/result.h"

#include <QByteArrayList>
#include <QJsonObject>
#include <optional>

namespace wg {

enum class Transport : quint8
{
    Http,
    Dns,
    Whois,
    Tls
};

/// What a transport is asked for, without what proves who asks.
struct WireRequest
{
    Transport transport = Transport::Http;
    QString method; ///< of HTTP: GET or POST
    QString place; ///< the URL, or the server that is asked; for TLS the host
    QString name; ///< the DNS name, or WHOIS's line
    quint16 type = 0; ///< the DNS type's number
    QByteArray body; ///< of a POST

    friend bool operator==(const WireRequest &, const WireRequest &) = default;
    friend size_t qHash(const WireRequest &r, size_t seed = 0)
    {
        return qHashMulti(seed, quint8(r.transport), r.method, r.place, r.name, r.type, r.body);
    }
};

/// One request and what came of it, as a recording keeps it.
struct Exchange
{
    Instant at; ///< when it ended
    QString source; ///< base name
    bool byPerson = false; ///< else by an eye
    Artifact about;
    WireRequest request;
    std::optional<Error> failure; ///< why there is no answer
    /// What the transport says beside the bytes: status, url, cut; protocol, cipher, alpn,
    /// distrust.
    QJsonObject notes{};
    QHash<QByteArray, QByteArray> headers{}; ///< of an HTTP answer
    QByteArrayList bodies{}; ///< the answer's bytes; of TLS one for each certificate
    QStringList hashes{}; ///< their files' names, once they are written
};

/// BLAKE2b-256 in lower-case hex: the name of a body's file.
QString bodyHash(const QByteArray &body);

/// One line of exchanges.ndjson without its end; the bodies go by their hashes.
QByteArray toLine(const Exchange &exchange);
/// Malformed with what is wrong.
Result<Exchange> exchangeOf(const QByteArray &line);

} // namespace wg
