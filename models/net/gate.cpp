// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/gate.h"

#include "core/address.h"
#include "core/names.h"
#include "net/urltext.h"

namespace wg {

using namespace Qt::StringLiterals;

namespace {

constexpr QLatin1String dnsSource{"dns"};
constexpr QLatin1String cymruSource{"cymru"};
constexpr QLatin1String rdapSource{"rdap"};
constexpr QLatin1String httpSource{"http"};
constexpr QLatin1String tlsSource{"tls"};
constexpr int whoisPort = 43; // RFC 3912
constexpr int tlsPort = 443;

Error refused(QString why)
{
    return {ErrorCode::Refused, std::move(why)};
}

int effectivePort(const QUrl &url)
{
    return url.port(url.scheme() == "https"_L1 ? 443 : 80);
}

bool sameOrigin(const QUrl &a, const QUrl &b)
{
    return a.scheme() == b.scheme() && a.host() == b.host() && effectivePort(a) == effectivePort(b);
}

bool isBelow(const QUrl &url, const QUrl &base)
{
    return !base.isEmpty() && sameOrigin(url, base) && url.path().startsWith(base.path());
}

/// Scheme, host, port and leading path of base; the rest of url.
QUrl rebased(const QUrl &url, const QUrl &base)
{
    QUrl moved = url;
    moved.setScheme(base.scheme());
    moved.setHost(base.host());
    moved.setPort(base.port());
    QString prefix = base.path(QUrl::FullyEncoded);
    while (prefix.endsWith('/'_L1))
        prefix.chop(1);
    moved.setPath(prefix + url.path(QUrl::FullyEncoded), QUrl::StrictMode);
    return moved;
}

bool isAllowed(const QString &host, const QStringList &allowedHosts)
{
    return allowedHosts.contains(host, Qt::CaseInsensitive) || allowedHosts.contains("*"_L1);
}

Reach reachOfHost(const QString &host)
{
    if (const auto address = parseAddress(host))
        return reachOf(*address);
    // A name without a dot is somebody's local one.
    return host.contains('.'_L1) ? reachOfName(host) : Reach::Private;
}

QString ceilingSentence(const Intent &intent, Pap ceiling)
{
    if (intent.pap == Pap::Green && intent.source == dnsSource) {
        return u"PAP is %1; live DNS would contact the target's name servers (GREEN)"_s.arg(
            papName(ceiling));
    }
    if (intent.pap == Pap::Green)
        return u"PAP is %1; %2 may touch the target (GREEN)"_s.arg(papName(ceiling), intent.source);
    return u"PAP is %1; %2 would tell a third party (%3)"_s.arg(papName(ceiling), intent.source,
                                                                papName(intent.pap));
}

/// Questions to resolvers cannot take a proxy's way.
bool goesByDns(const QString &source)
{
    return source == dnsSource || source == cymruSource;
}

QString proxySentence(const QString &source)
{
    return u"a proxy is set, and %1 would go past it; ask without the proxy or switch %2 off"_s.arg(
        source == dnsSource ? u"live DNS"_s : source, source);
}

QString consentSentence(const Intent &intent)
{
    if (intent.source == dnsSource) {
        return u"live DNS needs your consent once: choose GREEN in the window's PAP menu, or run "
               "\"watchglass config set pap GREEN\""_s;
    }
    return u"%1 may touch the target and needs your consent once: give it on the Sources page, or "
           "run \"watchglass config set source.%1.enabled true\""_s.arg(intent.source);
}

} // namespace

bool meetsTarget(const QString &source)
{
    return source == httpSource || source == tlsSource;
}

Gate::Gate(Policy policy)
    : m_policy(std::move(policy))
{ }

void Gate::setPolicy(Policy policy)
{
    m_policy = std::move(policy);
    ++m_policyNumber;
}

Result<Permit> Gate::ask(const Intent &intent) const
{
    if (auto error = objection(intent))
        return std::move(*error);
    return Permit(intent, m_policyNumber);
}

std::optional<Error> Gate::objection(const Intent &intent) const
{
    if (m_policy.cacheOnly)
        return refused(u"this window asks nobody: cache only"_s);
    if (m_policy.disabledSources.contains(intent.source)
        || m_policy.disabledSources.contains(intent.fullSource)) {
        return refused(u"%1 is switched off"_s.arg(intent.source));
    }
    if (m_policy.withoutKey.contains(intent.source)) {
        return refused(u"%1 needs a key: set one on the Sources page, or with "
                       "\"watchglass source set-key %1\""_s.arg(intent.source));
    }
    if (auto error = visibilityObjection(intent))
        return error;
    return nameObjection(intent);
}

std::optional<Error> Gate::visibilityObjection(const Intent &intent) const
{
    // RED is "cache only": nothing that leaves the machine is RED, whatever a source declares.
    const Pap pap = std::max(intent.pap, Pap::Amber);
    const bool thisOnce = intent.leave == Leave::ThisOnce && m_policy.ceiling > Pap::Red;
    if (pap > m_policy.ceiling && !thisOnce)
        return refused(ceilingSentence(intent, m_policy.ceiling));
    if (pap == Pap::Green && !thisOnce && !isConsented(intent))
        return refused(consentSentence(intent));
    if (goesByDns(intent.source) && !m_policy.proxy.isEmpty())
        return refused(proxySentence(intent.source));
    return std::nullopt;
}

std::optional<Error> Gate::nameObjection(const Intent &intent) const
{
    // The names of a resolver test are random and of our own making: they tell nothing.
    if (intent.asker == Asker::ResolverTest)
        return std::nullopt;
    const bool special = m_policy.specialAllowed.contains(intent.source);
    switch (reachOf(intent.about)) {
    case Reach::Public:
        break;
    case Reach::Private:
        if (!special)
            return refused(
                u"private and special-use addresses and names are never asked outside"_s);
        break;
    case Reach::Documentation:
        if (!special && !m_policy.ownServers.contains(intent.source)) {
            return refused(u"reserved for documentation: only asked of servers that you named"_s);
        }
        break;
    }
    if (!special && isOwnName(intent.about))
        return refused(u"one of your own names: never asked outside unless you allow the source"_s);
    if (intent.about.kind == ArtifactKind::Domain && looksPerVictim(intent.about.value)
        && !m_policy.released.contains(intent.about.value)) {
        return Error{ErrorCode::Held, u"may be a per-victim name; asking can identify you"_s};
    }
    return std::nullopt;
}

bool Gate::isOwnName(const Artifact &about) const
{
    const QString &name = about.value;
    return std::any_of(m_policy.ownNames.begin(), m_policy.ownNames.end(), [&](const QString &own) {
        if (own.isEmpty() || !name.endsWith(own, Qt::CaseInsensitive))
            return false;
        if (name.size() == own.size())
            return true;
        const QChar before = name.at(name.size() - own.size() - 1);
        return before == '.'_L1 || before == '@'_L1;
    });
}

bool Gate::isConsented(const Intent &intent) const
{
    if (m_policy.consents.contains(intent.source) || m_policy.consents.contains(intent.fullSource))
        return true;
    // The setting is the consent: it says what the registrar learns.
    return intent.source == rdapSource && m_policy.rdapRegistrar;
}

bool Gate::isServerOfUser(const QString &source, const QString &host) const
{
    if (m_policy.baseUrls.value(source).host() == host)
        return true;
    return source == rdapSource && m_policy.rdapBootstrap.host() == host;
}

std::optional<Error> Gate::destinationObjection(const QString &source, const QUrl &url) const
{
    const QString scheme = url.scheme();
    const QString host = url.host(QUrl::FullyEncoded);
    if (scheme != "https"_L1 && scheme != "http"_L1)
        return refused(u"only https is asked, not \"%1\""_s.arg(scheme));
    if (!url.userInfo().isEmpty())
        return refused(u"the address carries a user name"_s);
    if (host.isEmpty())
        return refused(u"the address has no host"_s);
    if (reachOfHost(host) != Reach::Public && !isServerOfUser(source, host))
        return refused(u"%1 is a private or special host that you did not name"_s.arg(host));
    // What a page says in the clear is a fact about it; nothing is believed.
    const bool plain = source == httpSource || m_policy.plainHttpAllowed.contains(source);
    if (scheme == "http"_L1 && !isLoopbackHost(host) && !plain)
        return refused(u"plain http to %1 is not allowed for %2"_s.arg(host, source));
    return std::nullopt;
}

Result<QUrl> Gate::destination(const QString &source, const QUrl &url,
                               const QStringList &allowedHosts) const
{
    if (!url.isValid() || url.isRelative())
        return refused(u"the address cannot be read"_s);
    if (!url.userInfo().isEmpty())
        return refused(u"the address carries a user name"_s);
    if (url.scheme() != "https"_L1 && url.scheme() != "http"_L1)
        return refused(u"only https is asked, not \"%1\""_s.arg(url.scheme()));
    const bool bootstrap = source == rdapSource && isBelow(url, m_policy.rdapBootstrap);
    if (!bootstrap && !isAllowed(url.host(QUrl::FullyEncoded), allowedHosts))
        return refused(u"%1 is not a host of %2"_s.arg(url.host(QUrl::FullyEncoded), source));
    const QUrl base = m_policy.baseUrls.value(source);
    if (!base.userInfo().isEmpty())
        return refused(u"the base URL of %1 carries a user name"_s.arg(source));
    QUrl target = base.isEmpty() || bootstrap ? url : rebased(url, base);
    target.setFragment({});
    if (auto error = destinationObjection(source, target))
        return std::move(*error);
    return target;
}

Result<QUrl> Gate::whoisServer(const QString &source, const QString &host) const
{
    return serverAt(source, host, u"whois"_s, whoisPort);
}

Result<QUrl> Gate::tlsServer(const QString &source, const QString &host) const
{
    return serverAt(source, host, u"tls"_s, tlsPort);
}

Result<QUrl> Gate::serverAt(const QString &source, const QString &host, const QString &scheme,
                            int port) const
{
    const QUrl base = m_policy.baseUrls.value(source);
    if (!base.userInfo().isEmpty())
        return refused(u"the base URL of %1 carries a user name"_s.arg(source));
    QUrl target;
    target.setScheme(scheme);
    target.setHost(base.isEmpty() ? host : base.host(QUrl::FullyEncoded), QUrl::StrictMode);
    target.setPort(base.port(port));
    const QString name = target.host(QUrl::FullyEncoded);
    if (name.isEmpty())
        return refused(u"the server's name cannot be read"_s);
    if (reachOfHost(name) != Reach::Public && !isServerOfUser(source, name))
        return refused(u"%1 is a private or special host that you did not name"_s.arg(name));
    return target;
}

bool Gate::distrustsName(const QString &source, const QUrl &target,
                         const QStringList &allowedHosts) const
{
    const QString host = target.host(QUrl::FullyEncoded);
    const bool foreign = allowedHosts.contains("*"_L1) || meetsTarget(source);
    return foreign && m_policy.proxy.isEmpty() && !parseAddress(host)
        && !isServerOfUser(source, host);
}

Result<QUrl> Gate::redirection(const QString &source, const QUrl &from, const QByteArray &location,
                               const QStringList &allowedHosts) const
{
    const auto read = strictUrl(location.trimmed());
    if (!read)
        return read.error();
    QUrl target = from.resolved(*read);
    target.setFragment({});
    // Already at the server that the user named, or still at the one that answered: base URLs were
    // applied.
    const QUrl base = m_policy.baseUrls.value(source);
    if (sameOrigin(target, from) || (!base.isEmpty() && sameOrigin(target, base))) {
        if (auto error = destinationObjection(source, target))
            return std::move(*error);
        return target;
    }
    return destination(source, target, allowedHosts);
}

} // namespace wg
