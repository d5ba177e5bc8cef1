// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ledger.h"
#include "core/policy.h"
#include "core/rdapfile.h"
#include "net/dnsclient.h"
#include "net/fetcher.h"
#include "net/tape.h"
#include "net/tlsclient.h"
#include "net/whoisclient.h"
#include "sources/catalogue.h"
#include "sources/keyring.h"
#include "sources/source.h"

#include <memory>
#include <vector>

namespace wg {

/// Everything that reaches outside, in one place: the gate, the transports and the sources that use
/// them. Made and living on the net thread, owned by the watcher.
class Outside : public QObject
{
    Q_OBJECT

public:
    Outside(const Catalogue &catalogue, const Clock &clock, LedgerSink &ledger,
            QObject *parent = nullptr);
    ~Outside() override;

    /// Ends every source; what was under way is answered now. Nothing is asked any more.
    void end();
    void setPolicy(const Policy &policy);
    /// Records what passes, or answers in everybody's place.
    [[nodiscard]] Tape &tape() { return m_tape; }
    [[nodiscard]] const Tape &tape() const { return m_tape; }
    [[nodiscard]] const std::vector<std::unique_ptr<Source>> &sources() const { return m_sources; }
    /// Whether the gate lets this source be asked about a subject at all.
    [[nodiscard]] bool permits(const SourceInfo &source, const Artifact &subject) const;
    /// Until when the source's servers asked to be left alone; kept across restarts.
    [[nodiscard]] std::optional<Instant> waitUntil(const QString &source) const;
    void rememberWait(const QString &source, Instant until);
    /// Changed settings reset breaker and waits, and what tests said about resolvers.
    void reset(const QString &source);
    /// What is known of a source's key.
    void setKey(const QString &source, const SourceKey &key);
    /// What a source's quota allows; how it was before a restart; and another key has its own.
    [[nodiscard]] std::optional<QuotaState> quota(const QString &source) const;
    [[nodiscard]] QByteArray savedQuota(const QString &source) const;
    void restoreQuota(const QString &source, const QByteArray &saved);
    void forgetQuota(const QString &source);
    /// Resolvers are tested again before their next use.
    void forgetResolvers();
    /// What a resolver's test said before, so that it is not tested again within a day.
    void rememberResolver(const QString &server, Outcome verdict, const QString &detail,
                          Instant at);
    /// A bootstrap file that an earlier run fetched.
    void rememberRdapFile(const RdapFile &file);

Q_SIGNALS:
    void resolverTested(const QString &server, wg::Outcome verdict, const QString &detail,
                        wg::Instant at);
    void rdapFileFetched(const wg::RdapFile &file);
    void reachabilityChanged(bool online);
    void quotaChanged(const QString &source);
    /// Somebody has to read this source's key and to call setKey().
    void keyWanted(const QString &source);

private:
    Gate m_gate;
    Fetcher m_fetcher;
    DnsClient m_dns;
    WhoisClient m_whois;
    TlsClient m_tls;
    Tape m_tape; ///< goes before those who use it
    KeyRing m_keys;
    std::vector<std::unique_ptr<Source>> m_sources;
};

/// One who would learn of an entity, or the reason why not.
struct Learner
{
    QString source;
    QString who; ///< host, resolver or a few words, translated
    Pap pap = Pap::Amber;
    bool permitted = false;
    QString whyNot;
    bool needsConsent = false;
    bool held = false; ///< only a release is missing
};

/// Who would learn of the entity if a person asked now, without naming sources that are asked on
/// demand. Pure.
QList<Learner> whoLearns(const Policy &policy, const Entity &entity);

} // namespace wg
