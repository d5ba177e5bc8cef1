// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/recording.h"

#include <QTest>

namespace wg::test {

using namespace Qt::StringLiterals;

inline QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline void append(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::Append));
    QCOMPARE(file.write(bytes), bytes.size());
}

inline Exchange madeUp(Instant at, const QByteArray &body)
{
    Exchange exchange;
    exchange.at = at;
    exchange.source = u"mnemonic"_s;
    exchange.about = {ArtifactKind::Domain, u"interfaxru.com"_s};
    exchange.request = {.transport = Transport::Http,
                        .method = u"GET"_s,
                        .place = u"https://api.mnemonic.no/x"_s,
                        .name = {},
                        .body = {}};
    exchange.notes = {{u"status"_s, 200}};
    exchange.bodies = {body};
    return exchange;
}

} // namespace wg::test
