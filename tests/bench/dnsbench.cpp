// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Queries per CPU second of the DNS client alone: reads dnsperf's query file ("name TYPE" a line),
// asks everything of one server and prints one JSON line. Started by dns.py next to dnsperf.
#include "net/dnsclient.h"

#include <QCoreApplication>
#include <QFile>
#include <chrono>
#include <cstdio>
#include <sys/resource.h>
#include <vector>

using namespace wg;
using namespace Qt::StringLiterals;

namespace {

struct Query
{
    QString name;
    quint16 type;
};

class NoLedger final : public LedgerSink
{
public:
    void told(const LedgerEvent &) override { }
};

quint16 typeNumber(const QByteArray &word)
{
    static const QHash<QByteArray, quint16> numbers{{"A", 1},   {"NS", 2},   {"SOA", 6},
                                                    {"MX", 15}, {"TXT", 16}, {"AAAA", 28}};
    return numbers.value(word, 1);
}

std::vector<Query> readQueries(const QString &path)
{
    std::vector<Query> queries;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return queries;
    while (!file.atEnd()) {
        const QList<QByteArray> words = file.readLine().trimmed().split(' ');
        if (words.size() == 2)
            queries.push_back({QString::fromLatin1(words[0]), typeNumber(words[1])});
    }
    return queries;
}

double cpuSeconds()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval &t) {
        return double(t.tv_sec) + double(t.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

Policy benchPolicy()
{
    Policy policy;
    policy.ceiling = Pap::Green;
    policy.consents = {u"dns"_s};
    policy.ownServers = {u"dns"_s};
    return policy;
}

/// Keeps a number of questions under way until the list is done; the gate is asked once a name.
class Run
{
public:
    Run(std::vector<Query> queries, const ServerAddress &server, int inFlight)
        : m_queries(std::move(queries))
        , m_server(server)
    {
        for (int i = 0; i < inFlight; ++i)
            next();
    }

    [[nodiscard]] size_t answered() const { return m_answered; }
    [[nodiscard]] size_t lost() const { return m_lost; }

private:
    void next()
    {
        if (m_next == m_queries.size())
            return;
        const Query &query = m_queries[m_next++];
        if (query.name != m_permitFor) {
            m_permitFor = query.name;
            m_permit = m_gate.ask({u"dns"_s,
                                   u"dns@bench"_s,
                                   Pap::Green,
                                   {ArtifactKind::Domain, query.name},
                                   Asker::Eye});
        }
        if (!m_permit) {
            ++m_lost;
            done();
            return;
        }
        m_client.ask(*m_permit, m_server, query.name, query.type, [this](DnsReply &&reply) {
            ++(reply.packet.isEmpty() ? m_lost : m_answered);
            done();
        });
    }
    void done()
    {
        if (m_answered + m_lost == m_queries.size())
            QCoreApplication::quit();
        next();
    }

    std::vector<Query> m_queries;
    ServerAddress m_server;
    size_t m_next = 0;
    size_t m_answered = 0;
    size_t m_lost = 0;
    Gate m_gate{benchPolicy()};
    SystemClock m_clock;
    NoLedger m_ledger;
    QString m_permitFor;
    Result<Permit> m_permit{Error{}};
    DnsClient m_client{m_gate, m_clock, m_ledger};
};

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = app.arguments();
    if (arguments.size() != 4) {
        std::fputs("usage: bench_dns QUERYFILE PORT INFLIGHT\n", stderr);
        return 2;
    }
    auto queries = readQueries(arguments[1]);
    const ServerAddress server{u"127.0.0.1"_s, arguments[2].toUShort()};
    const double cpuBefore = cpuSeconds();
    const auto began = std::chrono::steady_clock::now();
    Run run(std::move(queries), server, arguments[3].toInt());
    app.exec();
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - began;
    std::printf("{\"answered\":%zu,\"lost\":%zu,\"wall\":%.4f,\"cpu\":%.4f}\n", run.answered(),
                run.lost(), wall.count(), cpuSeconds() - cpuBefore);
    return run.lost() == 0 ? 0 : 1;
}
