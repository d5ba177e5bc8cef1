// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "watch/outlook.h"

#include "core/nearest.h"
#include "store/reader.h"
#include "watch/judge.h"

#include <QCoreApplication>
#include <algorithm>

namespace wg {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Sources", text);
}

QString whyNot(const Policy &policy, const SourceInfo &info)
{
    if (policy.disabledSources.contains(info.name))
        return tr("switched off");
    if (!info.asksOutside)
        return {};
    if (policy.withoutKey.contains(info.name))
        return tr("needs a key");
    if (policy.cacheOnly)
        return tr("cache-only: nothing is asked outside");
    if (info.pap > policy.ceiling) {
        return tr("needs PAP %1, the workspace is at %2")
            .arg(papName(info.pap), papName(policy.ceiling));
    }
    if (info.pap == Pap::Green && !policy.consents.contains(info.name))
        return tr("needs your consent once: it contacts the target");
    return {};
}

} // namespace

QList<SourceState> sourceStates(const Policy &policy, const QList<SourceMemory> &memories)
{
    QList<SourceState> states;
    for (const auto &info : policy.sources) {
        SourceState state;
        state.info = info;
        state.enabled = !policy.disabledSources.contains(info.name);
        state.consented = info.pap < Pap::Green || policy.consents.contains(info.name);
        state.whyNot = whyNot(policy, info);
        state.permitted = state.whyNot.isEmpty();
        const auto it = std::find_if(memories.cbegin(), memories.cend(),
                                     [&](const auto &memory) { return memory.name == info.name; });
        if (it != memories.cend()) {
            state.lastOutcome = it->lastOutcome;
            state.lastAsked = it->lastAsked;
            state.lastGood = it->lastGood;
            state.lastDetail = it->detail;
            state.pausedUntil = it->pausedUntil;
            for (const QStringList &fields : it->lacking)
                state.lacking += fields;
            state.lacking.removeDuplicates();
            state.lacking.sort();
            state.lackingSince = it->lackingSince;
        }
        states.append(state);
    }
    return states;
}

QList<SourceState> brokenStates(const Catalogue &catalogue)
{
    QList<SourceState> states;
    for (const BrokenManifest &manifest : catalogue.broken) {
        SourceState state;
        state.info.name = manifest.file;
        state.broken = true;
        state.permitted = false;
        state.whyNot = manifest.why;
        states.append(state);
    }
    return states;
}

IngestRules rulesFor(const Policy &policy)
{
    IngestRules rules;
    rules.confirmGapMs = policy.confirmGapMs;
    rules.judge = &judge;
    for (const auto &info : policy.sources) {
        const qint64 set = policy.intervals.value(info.name, 0);
        rules.intervals.insert(info.name, set > 0 ? set : info.intervalMs);
    }
    return rules;
}

bool isKnownSource(const Policy &policy, const QString &name)
{
    return std::any_of(policy.sources.cbegin(), policy.sources.cend(),
                       [&](const auto &info) { return info.name == name; });
}

QString nearestSource(const Policy &policy, const QString &name)
{
    const auto nearer = [&name](const SourceInfo &a, const SourceInfo &b) {
        return editDistance(name, a.name) < editDistance(name, b.name);
    };
    const auto nearest = std::min_element(policy.sources.cbegin(), policy.sources.cend(), nearer);
    return nearest == policy.sources.cend() ? QString() : nearest->name;
}

} // namespace wg
