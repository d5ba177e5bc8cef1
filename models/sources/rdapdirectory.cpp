// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/rdapdirectory.h"

#include "sources/httpsource.h"

using namespace Qt::StringLiterals;

namespace wg {

namespace {

constexpr qint64 mostBytes = 1 << 20; // parsed on the net thread: about 5 ms
constexpr qint64 longestWaitMs = hourMs;

/// National registries below a regional one, which redirects to them and is alone in IANA's files.
constexpr std::array nationalHosts{"jpnic.rdap.apnic.net"_L1, "rdap.registro.br"_L1};

Result<RdapBootstrap> understood(const Result<HttpAnswer> &answer, RdapRegistry registry)
{
    if (!answer) {
        return Error{answer.error().code,
                     u"the RDAP bootstrap file %1 could not be fetched: %2"_s.arg(
                         rdapFileName(registry), answer.error().detail)};
    }
    if (answer->status != 200 || answer->cut) {
        return Error{ErrorCode::Unreachable,
                     u"the RDAP bootstrap file %1 could not be fetched: HTTP status %2"_s.arg(
                         rdapFileName(registry), QString::number(answer->status))};
    }
    return RdapBootstrap::parse(answer->body, registry);
}

QString textOf(const QUrl &base)
{
    return base.toString(QUrl::FullyEncoded);
}

} // namespace

RdapDirectory::RdapDirectory(const Gate &gate, Fetcher &fetcher, const Clock &clock,
                             QObject *parent)
    : QObject(parent)
    , m_gate(gate)
    , m_fetcher(fetcher)
    , m_clock(clock)
{ }

bool RdapDirectory::isSettled(const Entry &entry, Asker asker) const
{
    const Instant now = m_clock.now();
    if (entry.good && now < entry.goodSince + dayMs && now + dayMs > entry.goodSince)
        return true;
    const bool backedOff = entry.failures > 0 && now < entry.retryAt;
    return backedOff && (!isOrdered(asker) || entry.good);
}

void RdapDirectory::want(RdapRegistry registry, Asker asker, Freshness freshness, Ready ready)
{
    Entry &entry = entryOf(registry);
    const bool loading = !entry.waiting.empty();
    entry.waiting.push_back(std::move(ready));
    if (loading)
        return;
    if (freshness == Freshness::Day && isSettled(entry, asker))
        answer(entry);
    else
        load(registry, asker);
}

/// The setting's own copy: another setting starts over.
RdapDirectory::Entry &RdapDirectory::entryOf(RdapRegistry registry)
{
    Entry &entry = m_entries[std::size_t(registry)];
    const QUrl from = m_gate.policy().rdapBootstrap;
    if (entry.from != from && entry.waiting.empty())
        entry = remembered(registry, from);
    return entry;
}

bool RdapDirectory::names(const Artifact &subject)
{
    const Entry &entry = entryOf(rdapRegistryOf(subject));
    return entry.good && !entry.good->baseFor(subject).isEmpty();
}

void RdapDirectory::remember(const RdapFile &file)
{
    if (file.body.size() > mostBytes)
        return;
    const auto same = [&](const RdapFile &known) {
        return known.base == file.base && known.name == file.name;
    };
    const auto known = std::find_if(m_remembered.begin(), m_remembered.end(), same);
    if (known == m_remembered.end())
        m_remembered.append(file);
    else if (known->at < file.at)
        *known = file;
}

RdapDirectory::Entry RdapDirectory::remembered(RdapRegistry registry, const QUrl &from) const
{
    Entry entry;
    entry.from = from;
    for (const RdapFile &file : m_remembered) {
        if (file.base != textOf(from) || file.name != rdapFileName(registry))
            continue;
        if (auto good = RdapBootstrap::parse(file.body, registry)) {
            entry.good = std::move(good).value();
            entry.goodSince = file.at;
        }
    }
    return entry;
}

void RdapDirectory::load(RdapRegistry registry, Asker asker)
{
    // Nobody learns what is looked up: the file is the same for all.
    const auto permit = m_gate.ask(
        {u"rdap"_s, u"rdap"_s, Pap::Amber, {ArtifactKind::Domain, u"iana.org"_s}, asker});
    if (!permit) { // no failure of the server: nothing is put off
        Entry &entry = m_entries[std::size_t(registry)];
        entry.error = permit.error();
        return answer(entry);
    }
    QUrl url = m_gate.policy().rdapBootstrap;
    QString path = url.path(QUrl::FullyEncoded);
    if (!path.endsWith(u'/'))
        path += u'/';
    url.setPath(path + rdapFileName(registry), QUrl::StrictMode);
    HttpQuestion question{*permit, url, {url.host(QUrl::FullyEncoded)}};
    question.maxBytes = mostBytes;
    whenFetched(this, m_fetcher.fetch(question), [this, registry](Result<HttpAnswer> &&answer) {
        took(registry, std::move(answer));
    });
}

void RdapDirectory::took(RdapRegistry registry, Result<HttpAnswer> &&answered)
{
    Entry &entry = m_entries[std::size_t(registry)];
    Result<RdapBootstrap> file = understood(answered, registry);
    const Instant now = m_clock.now();
    if (file) {
        entry.good = std::move(file).value();
        entry.goodSince = now;
        entry.error.reset();
        entry.failures = 0;
        remember({textOf(entry.from), rdapFileName(registry), answered->body, now});
        Q_EMIT fetched({textOf(entry.from), rdapFileName(registry), answered->body, now});
    } else {
        entry.error = file.error();
        entry.retryAt = now + std::min(longestWaitMs, minuteMs << std::min(entry.failures, 6));
        ++entry.failures;
    }
    answer(entry);
}

void RdapDirectory::answer(Entry &entry)
{
    const auto waiting = std::exchange(entry.waiting, {});
    const Result<RdapBootstrap> result = entry.good
        ? Result<RdapBootstrap>(*entry.good)
        : Result<RdapBootstrap>(entry.error.value_or(Error{ErrorCode::Failed, {}}));
    for (const Ready &ready : waiting)
        ready(result);
}

QStringList RdapDirectory::hosts() const
{
    QStringList all(nationalHosts.begin(), nationalHosts.end());
    for (const Entry &entry : m_entries) {
        if (entry.good)
            all += entry.good->hosts();
    }
    return all;
}

} // namespace wg
