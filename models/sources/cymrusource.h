// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/dnsclient.h"
#include "sources/source.h"

#include <QHash>
#include <memory>

namespace wg {

struct CymruAsk;

/// Who announces an address, from Team Cymru's DNS zones through the policy's resolvers: first the
/// prefix and its autonomous systems, then whose those are. Lives on the net thread; asks the next
/// resolver only when the first could not be reached at all.
class CymruSource final : public Source
{
    Q_OBJECT

public:
    CymruSource(const Gate &gate, DnsClient &client, const Clock &clock, QObject *parent = nullptr);
    ~CymruSource() override;

    [[nodiscard]] SourceInfo info() const override;
    [[nodiscard]] Artifact subject(const Entity &entity) const override;
    [[nodiscard]] QStringList fullNames() const override { return {QStringLiteral("cymru")}; }
    void ask(const AskOrder &order, AskDone done) override;
    void cancel(quint64 ticket) override;
    void test(std::function<void(Outcome, QString)> done) override;

private:
    using AskPtr = std::shared_ptr<CymruAsk>;

    void askOrigin(const AskPtr &ask);
    void tookOrigin(const AskPtr &ask, DnsReply &&reply);
    void tookHolder(const AskPtr &ask, const QString &asn, DnsReply &&reply);
    void fail(const AskPtr &ask, Outcome outcome, const QString &detail);
    void finish(const AskPtr &ask);

    const Gate &m_gate;
    DnsClient &m_client;
    const Clock &m_clock;
    QHash<CymruAsk *, AskPtr> m_asks;
};

} // namespace wg
