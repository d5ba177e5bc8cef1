// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/policybuilder.h"

#include "core/instant.h"

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// "source.NAME.what" → NAME, for keys of that form.
QString sourceOf(const QString &key, QLatin1String what)
{
    const QString head = u"source."_s;
    const QString tail = u'.' + QString(what);
    if (!key.startsWith(head) || !key.endsWith(tail))
        return {};
    return key.mid(head.size(), key.size() - head.size() - tail.size());
}

void readSourceKey(Policy &policy, const Settings &settings, const QString &key)
{
    if (const QString name = sourceOf(key, "enabled"_L1); !name.isEmpty() && !settings.flag(key))
        policy.disabledSources.insert(name);
    if (const QString name = sourceOf(key, "allow_special"_L1);
        !name.isEmpty() && settings.flag(key))
        policy.specialAllowed.insert(name);
    if (const QString name = sourceOf(key, "allow_http"_L1); !name.isEmpty() && settings.flag(key))
        policy.plainHttpAllowed.insert(name);
    if (const QString name = sourceOf(key, "interval"_L1); !name.isEmpty())
        policy.intervals.insert(name, settings.number(key) * secondMs);
    if (const QString name = sourceOf(key, "base_url"_L1);
        !name.isEmpty() && !settings.text(key).isEmpty()) {
        policy.baseUrls.insert(name, QUrl(settings.text(key)));
        policy.ownServers.insert(name);
    }
    if (const QString name = sourceOf(key, "file"_L1);
        !name.isEmpty() && !settings.text(key).isEmpty())
        policy.files.insert(name, settings.text(key));
}

} // namespace

Policy policyFrom(const Settings &settings, const QSet<QString> &consents,
                  const QSet<QString> &releases)
{
    Policy policy;
    policy.ceiling = papByName(settings.text(u"pap"_s)).value_or(Pap::Amber);
    policy.cacheOnly = settings.flag(u"cache_only"_s);
    policy.consents = consents;
    policy.released = releases;
    policy.ownNames = settings.text(u"names.own"_s).split(u',', Qt::SkipEmptyParts);
    policy.proxy = QUrl(settings.text(u"proxy"_s));
    policy.dnsServers = settings.text(u"dns.servers"_s);
    if (!policy.dnsServers.isEmpty())
        policy.ownServers.insert(u"dns"_s);
    policy.rdapBootstrap = QUrl(settings.text(u"rdap.bootstrap"_s));
    if (settings.isSet(u"rdap.bootstrap"_s))
        policy.ownServers.insert(u"rdap"_s);
    policy.rdapRegistrar = settings.flag(u"rdap.registrar"_s);
    policy.confirmGapMs = settings.number(u"watch.confirm_gap"_s) * secondMs;
    const auto &stored = settings.stored();
    for (auto it = stored.cbegin(); it != stored.cend(); ++it)
        readSourceKey(policy, settings, it.key());
    return policy;
}

} // namespace wg
