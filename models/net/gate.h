// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ledger.h"
#include "core/policy.h"
#include "core/result.h"

#include <QUrl>
#include <optional>

namespace wg {

/// On whose behalf something is asked. What a person ordered passes cache age, back-off and an open
/// breaker, never PAP, quota or Retry-After.
enum class Asker : quint8
{
    Person,
    Eye,
    OrderedEye, ///< "check all now": the eyes' own questions, so their part of the ledger
    ResolverTest
};
[[nodiscard]] constexpr bool isOrdered(Asker asker)
{
    return asker == Asker::Person || asker == Asker::OrderedEye;
}

/// Whose word lets a GREEN question out: the settings', or a person's for this one order.
enum class Leave : quint8
{
    Standing,
    ThisOnce
};

/// What somebody wants to send and to whom.
struct Intent
{
    QString source; ///< base name, "dns", "rdap"
    QString fullSource; ///< "dns@192.0.2.53"; same as source where there is no resolver
    Pap pap = Pap::Amber; ///< how visible this one question is
    Artifact about; ///< what a party would learn
    Asker asker = Asker::Eye;
    Leave leave = Leave::Standing;
};

/// Whether a source connects to the targets themselves: to names that others resolve as they
/// please, and to hosts that tell nothing about each other.
[[nodiscard]] bool meetsTarget(const QString &source);

/// Proof that the gate agreed to an Intent; nobody else can make one, and every transport wants
/// one.
class Permit
{
public:
    [[nodiscard]] const Intent &intent() const { return m_intent; }

private:
    friend class Gate;
    Permit(Intent intent, quint64 policyNumber)
        : m_intent(std::move(intent))
        , m_policyNumber(policyNumber)
    { }
    Intent m_intent;
    quint64 m_policyNumber;
};

/// Every outgoing question passes here; refuses by default. Lives on the net thread.
class Gate
{
public:
    explicit Gate(Policy policy = {});

    void setPolicy(Policy policy);
    [[nodiscard]] const Policy &policy() const { return m_policy; }

    /// Refused with one sentence (disabled, cache-only, PAP, consent, private, own name, proxy with
    /// DNS), or Held for a per-victim name that no person released.
    [[nodiscard]] Result<Permit> ask(const Intent &intent) const;

    /// Asked again right before something leaves, which may be long after ask(): nothing when the
    /// permit still holds. Costs one comparison while the policy is the one that gave it.
    [[nodiscard]] std::optional<Error> objection(const Permit &permit) const
    {
        if (permit.m_policyNumber == m_policyNumber)
            return std::nullopt;
        return objection(permit.intent());
    }

    /// Where a URL of a source's own making really goes: policy's base URL replaces scheme, host,
    /// port. Refused: schemes other than https (http only to loopback or when allowed), user info,
    /// an address literal or name that is private where the user did not name the server, hosts
    /// outside allowedHosts.
    [[nodiscard]] Result<QUrl> destination(const QString &source, const QUrl &url,
                                           const QStringList &allowedHosts) const;

    /// Where a Location header leads: read strictly (odd spellings of addresses are refused),
    /// relative to the URL it came from, then judged as by destination().
    [[nodiscard]] Result<QUrl> redirection(const QString &source, const QUrl &from,
                                           const QByteArray &location,
                                           const QStringList &allowedHosts) const;

    /// Where a WHOIS question to a host really goes, as whois://HOST:PORT: the host and port of the
    /// policy's base URL if there is one, else port 43. Refused: what is no host, or is private and
    /// was not named by the user.
    [[nodiscard]] Result<QUrl> whoisServer(const QString &source, const QString &host) const;

    /// The same for a TLS handshake, as tls://HOST:PORT, port 443.
    [[nodiscard]] Result<QUrl> tlsServer(const QString &source, const QString &host) const;

    /// Whether this name is somebody else's word ("*" let it pass, or it is the target's own), so
    /// that what it leads to must be looked at before connecting. Not for servers that the user
    /// named; behind a proxy names are the proxy's to resolve.
    [[nodiscard]] bool distrustsName(const QString &source, const QUrl &target,
                                     const QStringList &allowedHosts) const;

private:
    [[nodiscard]] std::optional<Error> objection(const Intent &intent) const;
    [[nodiscard]] std::optional<Error> visibilityObjection(const Intent &intent) const;
    [[nodiscard]] std::optional<Error> nameObjection(const Intent &intent) const;
    [[nodiscard]] bool isOwnName(const Artifact &about) const;
    [[nodiscard]] bool isConsented(const Intent &intent) const;
    [[nodiscard]] Result<QUrl> serverAt(const QString &source, const QString &host,
                                        const QString &scheme, int port) const;
    [[nodiscard]] bool isServerOfUser(const QString &source, const QString &host) const;
    [[nodiscard]] std::optional<Error> destinationObjection(const QString &source,
                                                            const QUrl &url) const;

    Policy m_policy;
    quint64 m_policyNumber = 1;
};

} // namespace wg
