// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/words.h"

#include <QLocale>
#include <algorithm>

namespace wg {

namespace {

const Clock *clockInUse = nullptr; ///< set once by the program; else this machine's

} // namespace

using namespace Qt::StringLiterals;

QString Words::reverseType(const QString &type)
{
    return type == "A"_L1 || type == "AAAA"_L1 ? type : tr("is %1 of").arg(madeVisible(type, 60));
}

QString Words::datasetTitle(Dataset dataset)
{
    switch (dataset) {
    case Dataset::Resolutions:
        return tr("Resolutions");
    case Dataset::Dns:
        return tr("DNS");
    case Dataset::Whois:
        return tr("WHOIS");
    case Dataset::Certificates:
        return tr("Certificates");
    case Dataset::Subdomains:
        return tr("Subdomains");
    case Dataset::Trackers:
        return tr("Trackers");
    case Dataset::Components:
        return tr("Components");
    case Dataset::HostPairs:
        return tr("Host pairs");
    case Dataset::Cookies:
        return tr("Cookies");
    case Dataset::Services:
        return tr("Services");
    case Dataset::Malware:
        return tr("Malware");
    case Dataset::Osint:
        return tr("OSINT");
    case Dataset::Network:
        return tr("Network");
    case Dataset::Sightings:
        return tr("Sightings");
    }
    return {};
}

QString Words::outcome(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Complete:
        return tr("complete");
    case Outcome::Truncated:
        return tr("cut short");
    case Outcome::Empty:
        return tr("nothing there");
    case Outcome::SuspiciousEmpty:
        return tr("empty, but doubtful");
    case Outcome::Refused:
        return tr("refused");
    case Outcome::Unreachable:
        return tr("unreachable");
    case Outcome::Malformed:
        return tr("not understood");
    }
    return {};
}

QString Words::novelty(Novelty novelty)
{
    switch (novelty) {
    case Novelty::World:
        return tr("new in the world");
    case Novelty::Us:
        return tr("new to us");
    case Novelty::Backfill:
        return tr("older than the baseline");
    case Novelty::Here:
        return tr("first seen here");
    }
    return {};
}

QString Words::change(ChangeKind kind)
{
    switch (kind) {
    case ChangeKind::Added:
        return tr("added");
    case ChangeKind::Removed:
        return tr("gone");
    case ChangeKind::Modified:
        return tr("changed");
    case ChangeKind::Returned:
        return tr("back again");
    }
    return {};
}

QString Words::presence(Presence presence)
{
    switch (presence) {
    case Presence::Current:
        return tr("what holds now");
    case Presence::Historical:
        return tr("what was ever seen");
    }
    return {};
}

QString Words::papMeaning(Pap pap)
{
    switch (pap) {
    case Pap::Red:
        return tr("Nobody is asked: everything comes from the cache.");
    case Pap::Amber:
        return tr("Third parties may learn what you look at, the target may not.");
    case Pap::Green:
        return tr("The target may notice: live DNS reaches its name servers.");
    }
    return {};
}

QString Words::cardState(const Card &card, Instant now)
{
    switch (card.state) {
    case CardState::New:
        return tr("new");
    case CardState::Acknowledged:
        return tr("acknowledged");
    case CardState::Snoozed:
        return card.snoozedUntil ? tr("snoozed until %1").arg(clock(*card.snoozedUntil, now))
                                 : tr("snoozed until the next different change");
    case CardState::Suppressed:
        return tr("hidden by the rule “%1”").arg(card.hiddenBy);
    }
    return {};
}

QString Words::newOf(const Card &card)
{
    const auto only = [&card](Dataset dataset) {
        return card.datasets.size() == 1 && card.datasets[0] == dataset;
    };
    if (only(Dataset::Certificates))
        return tr("%n new certificate(s)", nullptr, card.changeCount);
    if (only(Dataset::Subdomains))
        return tr("%n new subdomain(s)", nullptr, card.changeCount);
    if (only(Dataset::Services))
        return tr("%n new service(s)", nullptr, card.changeCount);
    return tr("%n new record(s)", nullptr, card.changeCount);
}

QString Words::causeOfMany(const Card &card)
{
    switch (card.cause) {
    case Cause::NewRecords:
        return newOf(card);
    case Cause::GoneRecords:
        return tr("%n record(s) gone", nullptr, card.changeCount);
    case Cause::Returned:
        return tr("%n record(s) back again", nullptr, card.changeCount);
    case Cause::SinceLastAsked:
        return tr("%n change(s) since last asked", nullptr, card.changeCount);
    case Cause::Imported:
        return tr("%n fact(s) new to us by an import", nullptr, card.changeCount);
    case Cause::Storm:
        return tr("%n change(s) in one day", nullptr, card.changeCount);
    case Cause::WhileOff:
        return tr("%n change(s) while the eye was off", nullptr, card.changeCount);
    default:
        return tr("%n change(s)", nullptr, card.changeCount);
    }
}

QString Words::subject(const Card &card)
{
    if (card.groupSize < 2)
        return UntrustedText::trusted(card.entity.value).shown(300);
    const auto name = [](const Artifact &each) { return each.kind == ArtifactKind::Domain; };
    if (name(card.entity) && std::all_of(card.concerns.cbegin(), card.concerns.cend(), name))
        return tr("%n watched domain(s)", nullptr, card.groupSize);
    return tr("%n watched entities", nullptr, card.groupSize);
}

QString Words::cause(const Card &card)
{
    switch (card.cause) {
    case Cause::NewRecords:
    case Cause::GoneRecords:
    case Cause::Returned:
    case Cause::SinceLastAsked:
    case Cause::Imported:
    case Cause::Mixed:
    case Cause::Storm:
    case Cause::WhileOff:
        return causeOfMany(card);
    case Cause::Moved:
        return tr("Moved to another address");
    case Cause::NameGone:
        return tr("The name no longer exists");
    case Cause::NameBack:
        return tr("The name exists again");
    case Cause::NameServers:
        return tr("Other name servers");
    case Cause::Mail:
        return tr("Mail servers or policy changed");
    case Cause::Registration:
        return tr("Registration changed");
    case Cause::Transfer:
        return tr("Transferred to another holder or registrar");
    case Cause::Renewal:
        return tr("Renewed");
    }
    return {};
}

QString Words::errorOfStore(const Error &error)
{
    switch (error.code) {
    case ErrorCode::NotWritable:
        return tr("The workspace cannot be written.");
    case ErrorCode::DiskFull:
        return tr("The disk is full.");
    case ErrorCode::NewerSchema:
        return tr("The workspace was written by a newer Watchglass.");
    case ErrorCode::Corrupt:
        return tr("The database is damaged.");
    case ErrorCode::WorkspaceBusy:
        return tr("Another process uses this workspace.");
    default:
        return tr("That did not work.");
    }
}

QString Words::error(const Error &error)
{
    const auto with = [&error](const QString &sentence) {
        const auto detail = madeVisible(error.detail, 300);
        if (detail.isEmpty())
            return sentence;
        return detail.front().isLower() ? sentence.chopped(1) + u": "_s + detail
                                        : sentence + u' ' + detail;
    };
    switch (error.code) {
    case ErrorCode::Usage:
    case ErrorCode::NotAnEntity:
        return error.detail.isEmpty() ? tr("That cannot be read.") : madeVisible(error.detail, 300);
    case ErrorCode::NotFound:
        return with(tr("There is no such thing."));
    case ErrorCode::NothingStored:
        return with(tr("Nothing is stored about it yet."));
    case ErrorCode::Refused:
        return with(tr("Refused."));
    case ErrorCode::Postponed:
        return with(tr("Nobody was asked."));
    case ErrorCode::Held:
        return with(tr("Held back: this may be a name made for one victim."));
    case ErrorCode::Unreachable:
        return with(tr("Nobody answered."));
    case ErrorCode::Malformed:
        return with(tr("The answer could not be understood."));
    case ErrorCode::TooLarge:
        return with(tr("That is more than can be taken."));
    case ErrorCode::Cancelled:
        return tr("Cancelled.");
    case ErrorCode::Conflict:
        return with(tr("It changed meanwhile."));
    case ErrorCode::NotWritable:
    case ErrorCode::DiskFull:
    case ErrorCode::NewerSchema:
    case ErrorCode::Corrupt:
    case ErrorCode::WorkspaceBusy:
    case ErrorCode::Failed:
        return with(errorOfStore(error));
    }
    return {};
}

QString Words::when(Instant t, Instant now)
{
    const qint64 age = now - t;
    const qint64 size = qAbs(age);
    if (size < minuteMs)
        return age >= 0 ? tr("just now") : tr("in a moment");
    if (size >= 7 * dayMs)
        return toDay(t);
    const QString span = size < hourMs ? tr("%1 min").arg(size / minuteMs)
        : size < 2 * dayMs             ? tr("%1 h").arg(size / hourMs)
                                       : tr("%1 d").arg(size / dayMs);
    return age >= 0 ? tr("%1 ago").arg(span) : tr("in %1").arg(span);
}

QString Words::when(const std::optional<Instant> &t, Instant now)
{
    return t ? when(*t, now) : u"–"_s;
}

QString Words::clock(Instant t, Instant now)
{
    const auto local = t.utc().toLocalTime();
    const bool today = local.date() == now.utc().toLocalTime().date();
    return local.toString(today ? u"HH:mm"_s : u"yyyy-MM-dd HH:mm"_s);
}

QString Words::quota(const QuotaState &quota, Instant now)
{
    QString limit = number(quota.limit);
    if (quota.perMs == minuteMs)
        limit = tr("%1 a minute").arg(limit);
    else if (quota.perMs == hourMs)
        limit = tr("%1 an hour").arg(limit);
    else if (quota.perMs == dayMs)
        limit = tr("%1 a day").arg(limit);
    else if (quota.perMs == 30 * dayMs)
        limit = tr("%1 a month").arg(limit);
    const QString left = tr("%1 of %2 left").arg(number(quota.left), limit);
    return quota.wholeAt ? tr("%1; all again at %2").arg(left, clock(*quota.wholeAt, now)) : left;
}

QString Words::exact(Instant t)
{
    const auto local = t.utc().toLocalTime();
    const auto utc = t.utc().toString(u"yyyy-MM-dd HH:mm:ss 'UTC'"_s);
    if (local.offsetFromUtc() == 0)
        return utc;
    return u"%1 (%2)"_s.arg(utc, local.toString(u"HH:mm:ss t"_s));
}

Instant Words::now()
{
    return clockInUse ? clockInUse->now() : SystemClock().now();
}

void Words::useClock(const Clock &clock)
{
    clockInUse = &clock;
}

QString Words::toolTip(const QStringList &lines)
{
    QStringList inner;
    for (const auto &line : lines) {
        const auto tip = UntrustedText::fromString(line).toolTip();
        const auto from = tip.indexOf(u"\">") + 2;
        inner.append(tip.mid(from, tip.lastIndexOf(u"</p>") - from));
    }
    inner.removeAll(QString());
    if (inner.isEmpty())
        return {};
    return u"<qt><p style=\"white-space:pre-wrap\">%1</p></qt>"_s.arg(inner.join(u"<br/>"));
}

QString Words::number(qint64 n)
{
    return QLocale().toString(n);
}

} // namespace wg
