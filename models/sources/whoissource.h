// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/whoisclient.h"
#include "sources/rdapdirectory.h"
#include "sources/source.h"

#include <QHash>
#include <memory>

namespace wg {

struct WhoisAsk;

/// What a registry is asked about for a name's sake: its registered domain; empty for all else,
/// since every address registry has RDAP.
Artifact whoisSubject(const Entity &entity);

/// Registration data of domains whose registry has no RDAP service: IANA names the registry's
/// server, and that is asked. What a registry says of registrars' servers is not followed: they may
/// be the actor's. Lives on the net thread.
class WhoisSource final : public Source
{
    Q_OBJECT

public:
    /// directory knows who has RDAP; it is rdap's own, so that no file is fetched twice.
    WhoisSource(const Gate &gate, RdapDirectory &directory, WhoisClient &client, const Clock &clock,
                QObject *parent = nullptr);
    ~WhoisSource() override;

    [[nodiscard]] SourceInfo info() const override;
    [[nodiscard]] Artifact subject(const Entity &entity) const override;
    [[nodiscard]] QStringList fullNames() const override { return {QStringLiteral("whois")}; }
    /// Brings no answer where the registry has RDAP: then there is nothing to ask here.
    void ask(const AskOrder &order, AskDone done) override;
    void cancel(quint64 ticket) override;
    void test(std::function<void(Outcome, QString)> done) override;

private:
    using AskPtr = std::shared_ptr<WhoisAsk>;
    using Named = std::function<void(const Result<QString> &host)>;

    /// Which server a top-level domain has, as IANA said within a day; empty where it has none.
    struct Known
    {
        QUrl from; ///< another base URL starts over
        QString host;
        Instant at;
    };

    void took(const AskPtr &ask, const Result<RdapBootstrap> &bootstrap);
    void findServer(const QString &top, Asker asker, const Named &named);
    void tookServer(const QString &top, const QUrl &from, Result<WhoisAnswer> &&answer);
    void askRegistry(const AskPtr &ask, const QString &host);
    void fail(const AskPtr &ask, Outcome outcome, const QString &detail);
    void finish(const AskPtr &ask);

    const Gate &m_gate;
    RdapDirectory &m_directory;
    WhoisClient &m_client;
    const Clock &m_clock;
    QHash<WhoisAsk *, AskPtr> m_asks;
    QHash<QString, Known> m_servers; ///< by top-level domain
    QHash<QString, QList<Named>> m_waiting; ///< for IANA's word, by top-level domain
    std::shared_ptr<WhoisSource *> m_self; ///< what comes after the end looks here
};

} // namespace wg
