// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/tlsclient.h"
#include "sources/source.h"

#include <QHash>
#include <memory>

namespace wg {

struct TlsAsk;

/// The certificate that a name or an address presents at port 443: one handshake with the target
/// itself. Lives on the net thread.
class TlsSource final : public Source
{
    Q_OBJECT

public:
    TlsSource(const Gate &gate, TlsClient &client, const Clock &clock, QObject *parent = nullptr);
    ~TlsSource() override;

    [[nodiscard]] SourceInfo info() const override;
    [[nodiscard]] Artifact subject(const Entity &entity) const override;
    [[nodiscard]] QStringList fullNames() const override { return {QStringLiteral("tls")}; }
    void ask(const AskOrder &order, AskDone done) override;
    void cancel(quint64 ticket) override;
    void test(std::function<void(Outcome, QString)> done) override;

private:
    using AskPtr = std::shared_ptr<TlsAsk>;

    void took(const AskPtr &ask, Result<TlsAnswer> &&answer);
    void fail(const AskPtr &ask, Outcome outcome, const QString &detail);
    void finish(const AskPtr &ask);

    const Gate &m_gate;
    TlsClient &m_client;
    const Clock &m_clock;
    QHash<TlsAsk *, AskPtr> m_asks;
    std::shared_ptr<TlsSource *> m_self; ///< what comes after the end looks here
};

} // namespace wg
