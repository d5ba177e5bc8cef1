// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/entitytext.h"
#include "net/nettest.h"
#include "recordedanswers.h"
#include "sources/manifestsource.h"
#include "support/httpserver.h"

#include <QTest>

namespace wg::test {

/// One described source whose server is a scripted one.
struct ManifestLab
{
    explicit ManifestLab(std::shared_ptr<const Manifest> manifest)
        : fetcher(gate, clock, ledger)
        , source(manifest, gate, fetcher, keys, clock)
    {
        Policy policy;
        QUrl base = server.url(QString());
        base.setPath({});
        policy.baseUrls = {{manifest->info.name, base}};
        gate.setPolicy(policy);
        FetchTimes times;
        times.retryBaseMs = 20;
        fetcher.setTimes(times);
    }
    /// What it says of an entity, asked on from what was kept.
    QList<Observation> ask(const QString &text, Purpose purpose = Purpose::Poll,
                           const QList<Bookmark> &bookmarks = {})
    {
        const auto entity = parseEntity(text);
        std::optional<RawPass> pass;
        source.ask({source.subject(*entity), purpose, Asker::Person, 1, Leave::Standing, bookmarks},
                   [&](RawPass &&raw) { pass = std::move(raw); });
        if (!QTest::qWaitFor([&] { return pass.has_value(); }, 15'000))
            return {};
        return pass->parse(*pass);
    }
    /// What the key chain says whenever it is asked.
    void holdInKeyChain(const SourceKey &key)
    {
        keys.set(QStringLiteral("inhouse"), key);
        QObject::connect(&keys, &KeyRing::wanted, &keys,
                         [this, key] { keys.set(QStringLiteral("inhouse"), key); });
    }
    QByteArrayList paths() const
    {
        QByteArrayList all;
        for (const HttpRequest &request : server.requests())
            all.append(request.path);
        return all;
    }

    HttpServer server;
    Gate gate;
    SystemClock clock;
    LedgerLog ledger;
    Fetcher fetcher;
    KeyRing keys;
    ManifestSource source;
};

} // namespace wg::test
