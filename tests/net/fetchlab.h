// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/fetcher.h"
#include "net/nettest.h"
#include "support/httpserver.h"

#include <QTest>

namespace wg::test {

using namespace Qt::StringLiterals;

using Future = QFuture<Result<HttpAnswer>>;
using End = HttpScript::End;

inline const QString source = u"mnemonic"_s;
inline const QString host = u"api.mnemonic.no"_s;

/// A fetcher whose source is asked at a scripted server.
struct Lab
{
    Lab()
    {
        policy.baseUrls.insert(source, server.url(QString()));
        policy.baseUrls[source].setPath({});
        gate.setPolicy(policy);
        fetcher = std::make_unique<Fetcher>(gate, clock, ledger);
        FetchTimes times;
        times.retryBaseMs = 20;
        times.leastRetryAfterMs = 10;
        fetcher->setTimes(times);
    }

    HttpQuestion question(const QString &path, Asker asker = Asker::Eye)
    {
        HttpQuestion question{
            *gate.ask(intentOf(source, asker)), QUrl(u"https://"_s + host + path), {host}};
        question.timeoutMs = 2000;
        return question;
    }
    Future ask(const QString &path, Asker asker = Asker::Eye)
    {
        return fetcher->fetch(question(path, asker));
    }
    static bool wait(const Future &future, int ms = 8000)
    {
        return QTest::qWaitFor([&] { return future.isFinished(); }, ms);
    }
    ErrorCode codeOf(const Future &future)
    {
        return wait(future) && !future.result() ? future.result().error().code : ErrorCode::Failed;
    }
    QString detailOf(const Future &future) { return future.result().error().detail; }

    HttpServer server;
    Policy policy;
    Gate gate;
    HeldClock clock;
    LedgerLog ledger;
    std::unique_ptr<Fetcher> fetcher;
};

} // namespace wg::test
