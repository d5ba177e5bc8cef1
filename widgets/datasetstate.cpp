// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/datasetstate.h"

#include "items/words.h"

#include <algorithm>
#include <array>

namespace wg {

using namespace Qt::StringLiterals;

namespace {

using Kind = DatasetState::Kind;

bool anyOf(const DatasetSituation &s, Outcome outcome)
{
    return std::any_of(s.checks.cbegin(), s.checks.cend(),
                       [outcome](const CheckState &c) { return c.outcome == outcome; });
}

QString namesOf(const DatasetSituation &s, Outcome outcome)
{
    QStringList names;
    for (const auto &check : s.checks) {
        if (check.outcome == outcome)
            names.append(madeVisible(check.question.source, 60));
    }
    names.removeDuplicates();
    return names.join(u", "_s);
}

QString detailOf(const DatasetSituation &s, Outcome outcome)
{
    for (const auto &check : s.checks) {
        if (check.outcome == outcome && !check.detail.isEmpty())
            return madeVisible(check.detail, 300);
    }
    return {};
}

/// Somebody answered, and had nothing.
bool anyProof(const DatasetSituation &s)
{
    return anyOf(s, Outcome::Empty) || anyOf(s, Outcome::Complete);
}

Instant latest(const DatasetSituation &s)
{
    Instant at;
    for (const auto &check : s.checks)
        at = std::max(at, check.at);
    return at;
}

/// Whether the gate's words stand in for an answer. What a source says itself begins otherwise.
bool isOfGate(const QString &detail)
{
    static constexpr std::array<QLatin1String, 7> begins{
        "PAP is "_L1,
        "this window asks nobody"_L1,
        "a proxy is set"_L1,
        "private and special-use"_L1,
        "reserved for documentation"_L1,
        "one of your own names"_L1,
        "may be a per-victim name"_L1,
    };
    return detail.endsWith(" is switched off"_L1) || detail.contains("needs your consent once"_L1)
        || detail.contains(" needs a key: set one on the Sources page"_L1)
        || std::any_of(begins.begin(), begins.end(),
                       [&detail](QLatin1String begin) { return detail.startsWith(begin); });
}

} // namespace

QString sourceFamily(const QString &fullName)
{
    return fullName.section(u'@', 0, 0);
}

DatasetState DatasetStates::judge(const DatasetSituation &s)
{
    if (s.rows > 0)
        return {};
    if (s.error && s.error->code == ErrorCode::Held) {
        return {Kind::Held,
                u"warning"_s,
                Tint::Warn,
                tr("This name was not asked: it may be made for one victim, and asking can "
                   "identify you."),
                madeVisible(s.error->detail, 300),
                {NextStep::Release}};
    }
    if (!s.asking.isEmpty()) {
        return {Kind::Loading,
                u"refresh"_s,
                Tint::Dim,
                tr("Asking %1 …").arg(s.asking.join(u", "_s)),
                tr("What comes in appears here."),
                {NextStep::Cancel}};
    }
    if (s.reading)
        return {Kind::Reading, {}, Tint::Dim, tr("Reading the cache …"), {}, {}};
    if (s.filtered) {
        return {Kind::Filtered,
                u"filter"_s,
                Tint::Dim,
                tr("Nothing here passes the filter."),
                {},
                {NextStep::ClearFilter}};
    }
    if (auto state = judgePermission(s))
        return *state;
    auto heard = s;
    heard.checks.removeIf([&s](const CheckState &check) { return isOurRefusal(s, check); });
    return judgeChecks(heard);
}

DatasetStates::Leave DatasetStates::leaveToAsk(const DatasetSituation &s, const SourceState &source)
{
    if (!source.enabled)
        return {false, false, tr("%1 is switched off.").arg(source.info.name)};
    for (const auto &party : s.parties) {
        if (sourceFamily(party.source) == source.info.name)
            return {party.permitted, party.needsConsent, party.whyNot};
    }
    const bool consent = !source.permitted && source.info.pap == Pap::Green;
    return {source.permitted, consent, source.whyNot};
}

bool DatasetStates::isOurRefusal(const DatasetSituation &s, const CheckState &check)
{
    const auto refused = [&](const SourceState &source) {
        return source.info.name == sourceFamily(check.question.source)
            && !leaveToAsk(s, source).given;
    };
    return check.outcome == Outcome::Refused && isOfGate(check.detail)
        && std::any_of(s.sources.cbegin(), s.sources.cend(), refused);
}

QStringList DatasetStates::lackingConsent(const DatasetSituation &s)
{
    QStringList names;
    for (const auto &source : s.sources) {
        const auto leave = leaveToAsk(s, source);
        if (source.info.asksOutside && !leave.given && leave.needsConsent)
            names.append(source.info.name);
    }
    return names;
}

/// Files may tell anything of anyone; everybody else was asked for what they tell.
std::optional<DatasetState> DatasetStates::judgeSources(const DatasetSituation &s)
{
    const auto asksOutside = [](const SourceState &source) { return source.info.asksOutside; };
    if (s.sources.isEmpty() || std::any_of(s.sources.cbegin(), s.sources.cend(), asksOutside))
        return std::nullopt;
    DatasetState state{Kind::NoSource, u"question"_s, Tint::Dim, {}, {}, {}};
    if (s.dataset == Dataset::Sightings) {
        state.sentence = tr("No log of yours that was imported names it.");
        state.detail = tr("“watchglass import FILE” reads proxy, firewall and DNS logs; nothing "
                          "of them leaves this computer.");
        return state;
    }
    state.sentence = s.entity.kind == ArtifactKind::Domain
        ? tr("No source tells this of a domain.")
        : tr("No source tells this of an address.");
    state.detail = tr("Imported files may.");
    return state;
}

std::optional<DatasetState> DatasetStates::judgePermission(const DatasetSituation &s)
{
    if (auto state = judgeSources(s))
        return state;
    if (s.network.mode == NetworkState::Mode::CacheOnly && !anyProof(s)) {
        return DatasetState{Kind::CacheOnly,
                            u"lock"_s,
                            Tint::Dim,
                            tr("Nothing is stored, and nobody is asked while “cache only” is on."),
                            {},
                            {NextStep::LeaveCacheOnly}};
    }
    bool usable = false;
    bool ofEntity = false; // sources could be asked, only not about this one
    QString whyNot;
    for (const auto &source : s.sources) {
        if (!source.info.asksOutside)
            continue;
        const auto leave = leaveToAsk(s, source);
        usable = usable || leave.given;
        const bool could = source.enabled && source.permitted;
        if (whyNot.isEmpty() || (could && !ofEntity))
            whyNot = leave.whyNot; // of one that could be asked about another: it is the entity's
        ofEntity = ofEntity || could;
    }
    if (usable || s.sources.isEmpty())
        return std::nullopt;
    if (!lackingConsent(s).isEmpty())
        return consent(s);
    if (ofEntity) {
        return DatasetState{
            Kind::Refused,
            u"lock"_s,
            Tint::Warn,
            tr("Nobody is asked about %1.").arg(UntrustedText::trusted(s.entity.value).shown(120)),
            madeVisible(whyNot, 300),
            {NextStep::AskAgain, NextStep::OpenSettings}};
    }
    return DatasetState{Kind::Refused,
                        u"lock"_s,
                        Tint::Warn,
                        tr("No source may be asked for this."),
                        madeVisible(whyNot, 300),
                        {NextStep::OpenSources}};
}

QString DatasetStates::resolver(const DatasetSituation &s)
{
    QStringList who;
    for (const auto &party : s.parties) {
        if (sourceFamily(party.source) == u"dns")
            who.append(madeVisible(party.who, 120));
    }
    who.removeDuplicates();
    return who.isEmpty() ? tr("your resolver, and through it the name servers of the domain")
                         : who.join(u", "_s);
}

QString DatasetStates::targetsOf(const DatasetSituation &s, const QStringList &sources)
{
    QStringList who;
    for (const auto &party : s.parties) {
        if (sources.contains(sourceFamily(party.source)))
            who.append(madeVisible(party.who, 120));
    }
    who.removeDuplicates();
    return who.join(u", "_s);
}

DatasetState DatasetStates::consent(const DatasetSituation &s)
{
    const auto name = UntrustedText::trusted(s.entity.value).shown(120);
    const QStringList lacking = lackingConsent(s);
    const bool asked = std::any_of(s.checks.cbegin(), s.checks.cend(), [&](const auto &check) {
        return lacking.contains(sourceFamily(check.question.source)) && !isOurRefusal(s, check);
    });
    const QList steps{NextStep::ConsentOnce, NextStep::ConsentAlways, NextStep::Why};
    if (!lacking.contains(u"dns"_s)) {
        return {Kind::Consent,
                u"lock"_s,
                Tint::Accent,
                asked ? tr("%1 itself may not be asked again.").arg(name)
                      : tr("%1 itself has not been asked.").arg(name),
                tr("Asking tells %1, which sees your address.").arg(targetsOf(s, lacking)),
                steps};
    }
    QStringList who{resolver(s)};
    QStringList others = lacking;
    others.removeOne(u"dns"_s);
    if (!others.isEmpty())
        who.append(targetsOf(s, others));
    return {
        Kind::Consent,
        u"lock"_s,
        Tint::Accent,
        asked ? tr("Live DNS may not be asked about %1 again.").arg(name)
              : tr("Live DNS has not been asked about %1.").arg(name),
        tr("Asking tells %1. A company's own resolver logs it, may rewrite answers, and may alarm "
           "its SOC.")
            .arg(who.join(u", "_s)),
        steps};
}

QString DatasetStates::whyConsent(const DatasetSituation &s)
{
    const QStringList lacking = lackingConsent(s);
    if (!lacking.contains(u"dns"_s)) {
        return tr("Watchglass works at PAP AMBER: third parties may learn what you look at, the "
                  "target may not. This question tells %1. “Once” asks for this name only; "
                  "“always” raises the ceiling to GREEN, and what you watch is then visited again "
                  "and again.")
            .arg(targetsOf(s, lacking));
    }
    return tr("Watchglass works at PAP AMBER: third parties may learn what you look at, the target "
              "may not. A live DNS question tells %1, and the target may run some of these and "
              "read "
              "it. “Once” asks for this name only; “always” raises the ceiling to GREEN, and what "
              "you watch is then checked live every hour.")
        .arg(resolver(s));
}

DatasetState DatasetStates::judgeChecks(const DatasetSituation &s)
{
    const auto now = Words::now();
    if (s.network.mode == NetworkState::Mode::Offline && !anyOf(s, Outcome::Empty)) {
        return {Kind::Offline,
                u"offline"_s,
                Tint::Dim,
                tr("You are offline, and nothing is stored."),
                tr("Ask, and the question waits until the network is back."),
                {NextStep::AskAgain}};
    }
    if (s.error && s.error->code != ErrorCode::Cancelled && s.checks.isEmpty()) {
        const bool refused = s.error->code == ErrorCode::Refused;
        return {refused ? Kind::Refused : Kind::Failed,
                refused ? u"lock"_s : u"warning"_s,
                Tint::Warn,
                Words::error(*s.error),
                {},
                {NextStep::AskAgain}};
    }
    if (s.checks.isEmpty()) {
        return {Kind::NotAsked,      u"question"_s, Tint::Dim, tr("Nobody has been asked yet."), {},
                {NextStep::AskAgain}};
    }
    // Who has nothing proves nothing about what another could not be asked.
    if (!anyProof(s) || anyOf(s, Outcome::Unreachable) || anyOf(s, Outcome::Malformed))
        return judgeTrouble(s);
    const auto names =
        anyOf(s, Outcome::Empty) ? namesOf(s, Outcome::Empty) : namesOf(s, Outcome::Complete);
    if (!lackingConsent(s).isEmpty() && s.network.mode == NetworkState::Mode::Online) {
        auto state = consent(s); // who has nothing says nothing of what holds now
        state.detail.prepend(tr("%1 had nothing.").arg(names) + u' ');
        return state;
    }
    return {Kind::Empty,
            u"well"_s,
            Tint::Dim,
            tr("There is nothing: %1 said so.").arg(names),
            tr("Asked %1.").arg(Words::when(latest(s), now)),
            {NextStep::AskAgain}};
}

DatasetState DatasetStates::judgeTrouble(const DatasetSituation &s)
{
    auto asked = tr("Asked %1.").arg(Words::when(latest(s), Words::now()));
    if (anyOf(s, Outcome::Empty))
        asked = tr("%1 had nothing.").arg(namesOf(s, Outcome::Empty)) + u' ' + asked;
    const auto detail = [&](Outcome outcome) {
        const auto words = detailOf(s, outcome);
        return words.isEmpty() ? asked : u"%1 · %2"_s.arg(words, asked);
    };
    if (anyOf(s, Outcome::Unreachable)) {
        return {Kind::Unreachable,
                u"offline"_s,
                Tint::Warn,
                tr("%1 could not be reached.").arg(namesOf(s, Outcome::Unreachable)),
                detail(Outcome::Unreachable),
                {NextStep::AskAgain}};
    }
    if (anyOf(s, Outcome::Refused)) {
        return {Kind::Refused,
                u"lock"_s,
                Tint::Warn,
                tr("%1 refused to answer.").arg(namesOf(s, Outcome::Refused)),
                detail(Outcome::Refused),
                {NextStep::AskAgain, NextStep::OpenSources}};
    }
    if (anyOf(s, Outcome::Malformed)) {
        return {Kind::Malformed,
                u"warning"_s,
                Tint::Bad,
                tr("The answer of %1 could not be understood.").arg(namesOf(s, Outcome::Malformed)),
                detail(Outcome::Malformed),
                {NextStep::AskAgain, NextStep::OpenSources}};
    }
    return {Kind::Empty,
            u"warning"_s,
            Tint::Warn,
            tr("%1 answered with nothing, but that is doubtful.")
                .arg(namesOf(s, Outcome::SuspiciousEmpty)),
            detail(Outcome::SuspiciousEmpty),
            {NextStep::AskAgain}};
}

QString DatasetStates::stepText(NextStep step)
{
    switch (step) {
    case NextStep::AskAgain:
        return tr("Ask now");
    case NextStep::Cancel:
        return tr("Stop asking");
    case NextStep::ConsentOnce:
        return tr("Ask once");
    case NextStep::ConsentAlways:
        return tr("Always ask");
    case NextStep::Why:
        return tr("Why is this asked?");
    case NextStep::OpenSources:
        return tr("Open sources");
    case NextStep::OpenSettings:
        return tr("Open settings");
    case NextStep::ClearFilter:
        return tr("Clear the filter");
    case NextStep::Release:
        return tr("Ask nevertheless");
    case NextStep::LeaveCacheOnly:
        return tr("Leave cache only");
    }
    return {};
}

} // namespace wg
