// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/readersummary.h"

#include "core/names.h"
#include "store/checkrows.h"
#include "store/codec.h"

#include <limits>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

constexpr int mostAtOnce = 5000;
/// A filtered page looks at this many eyes, then answers with what it has and where to go on.
constexpr int mostEyesWalked = 50'000;
/// Open cards of one eye are counted up to here.
constexpr int mostOpenCounted = 1000;
constexpr int lastCards = 5;
/// What is new since a look is counted among this many facts of a dataset.
constexpr int mostSince = 500;

/// Whois types that the head of a page shows, in order of importance.
constexpr std::array headTypes{"registrar"_L1, "registrant"_L1,  "organisation"_L1, "holder"_L1,
                               "name"_L1,      "description"_L1, "created"_L1,      "expires"_L1,
                               "network"_L1,   "asn"_L1,         "country"_L1};

} // namespace

QList<CheckState> SummaryReader::checks(const Artifact &asked)
{
    QList<CheckState> list;
    const qint64 artifact = m_interner.findArtifact(asked);
    if (!artifact)
        return list;
    auto rows =
        m_database.query("SELECT source, dataset, question, outcome, from_at, until_at, n, detail,"
                         " usable_at FROM check_now WHERE artifact=?"
                         " ORDER BY dataset, source, question",
                         artifact);
    while (rows.next()) {
        CheckState state;
        state.question = {asked, Dataset(rows.number(1)), m_interner.sourceOf(rows.number(0)),
                          m_interner.wordOf(rows.number(2))};
        state.outcome = Outcome(rows.number(3));
        state.from = rows.instant(4);
        state.at = rows.instant(5);
        state.count = rows.number(6);
        state.detail = rows.text(7);
        state.lastUsable = isUsable(state.outcome) ? state.at : rows.instantIfAny(8);
        list.append(state);
    }
    return list;
}

Enrichment SummaryReader::enrichment(const Entity &entity)
{
    return m_enrichments.ofPage(entity, m_facts.registrationOf(entity));
}

EntitySummary SummaryReader::summary(const Entity &entity)
{
    EntitySummary summary;
    summary.entity = entity;
    summary.warning =
        entity.kind == ArtifactKind::Domain ? confusableWarning(entity.value) : QString();
    summary.registration = m_facts.registrationOf(entity);
    const qint64 artifact = m_interner.findArtifact(entity);
    // The registration's checks before its own: an address is seldom asked in which network it
    // lies.
    if (!summary.registration.isEmpty() && summary.registration != entity) {
        summary.checks = checks(summary.registration);
        summary.checks.removeIf(
            [](const CheckState &check) { return check.question.dataset != Dataset::Whois; });
    }
    summary.checks += checks(entity);
    for (const CheckState &check : std::as_const(summary.checks)) {
        if (const auto &usable = check.lastUsable)
            summary.lastChecked = std::max(summary.lastChecked.value_or(*usable), *usable);
    }
    if (artifact) {
        summary.lookedAt = m_facts.lookedBefore(artifact);
        fillEye(summary, artifact);
        fillSeen(summary, artifact);
        CardQuery query;
        query.entity = entity;
        query.limit = lastCards;
        summary.lastCards = m_cards.page(query).cards;
    }
    fillCounts(summary, artifact);
    fillHead(summary);
    summary.enrichment = m_enrichments.ofPage(entity, summary.registration);
    summary.known = !summary.checks.isEmpty() || summary.watched
        || std::any_of(summary.counts.cbegin(), summary.counts.cend(),
                       [](qint64 n) { return n > 0; });
    return summary;
}

void SummaryReader::fillEye(EntitySummary &summary, qint64 artifact)
{
    auto row = m_database.query(
        "SELECT since_at, baseline_at FROM monitor WHERE artifact=? AND is_on=1", artifact);
    if (!row.next())
        return;
    summary.watched = true;
    summary.watchedSince = row.instant(0);
    summary.baselineAt = row.instantIfAny(1);
}

void SummaryReader::fillCounts(EntitySummary &summary, qint64)
{
    for (const Dataset dataset : allDatasets) {
        qint64 total = 0;
        for (const auto &segment : m_facts.segmentsOf(summary.entity, dataset))
            total += m_facts.count(segment, dataset);
        summary.counts.insert(dataset, total);
        if (total == 0 || !summary.lookedAt)
            continue;
        FactQuery query;
        query.entity = summary.entity;
        query.dataset = dataset;
        query.limit = mostSince;
        for (const FactRow &row : m_facts.page(query).rows) {
            summary.newSinceLooked[dataset] += row.newSinceLooked ? 1 : 0;
            summary.goneSinceLooked[dataset] += row.goneSinceLooked ? 1 : 0;
        }
    }
}

void SummaryReader::fillHead(EntitySummary &summary)
{
    FactQuery query;
    query.entity = summary.entity;
    query.dataset = Dataset::Whois;
    query.limit = mostSince;
    const auto rows = m_facts.page(query).rows;
    for (const QLatin1String type : headTypes) {
        for (const FactRow &row : rows) {
            if (row.gone || row.reverse || row.record.type != type)
                continue;
            summary.headFacts.append({QString(type), row.record.value});
            break;
        }
    }
}

/// From both sides of its facts: what a name has, and the names an address had.
void SummaryReader::fillSeen(EntitySummary &summary, qint64 artifact)
{
    {
        auto row = m_database.query(
            "SELECT min(coalesce(world_first,"
            " CASE WHEN world_last<told_at THEN world_last END, told_at)),"
            " max(coalesce(world_last, told_at)) FROM"
            " (SELECT s.world_first*1000 AS world_first, s.world_last*1000 AS world_last,"
            " coalesce(s.told_at, t.at) AS told_at FROM"
            " (SELECT world_first, world_last, told_at, told_seq FROM"
            " (SELECT world_first, world_last, told_at, told_seq FROM fact WHERE owner=?"
            " LIMIT 20000) own"
            " UNION ALL SELECT world_first, world_last, told_at, told_seq FROM"
            " (SELECT f.world_first, f.world_last, f.told_at, f.told_seq FROM reverse r"
                + std::string(FactRows::factOfReverse)
                + " WHERE r.value=? LIMIT 20000) other) s"
                  " JOIN telling t ON t.seq=s.told_seq) seen",
            artifact, codec::sortKey(m_interner.artifactOf(artifact).value), artifact);
        if (row.next()) {
            summary.firstSeen = row.instantIfAny(0);
            summary.lastSeen = row.instantIfAny(1);
        }
    }
    auto live = m_database.query("SELECT max(usable_at), max(until_at) FROM check_now"
                                 " WHERE artifact=? AND presence=? AND records>0 AND outcome<=?",
                                 artifact, int(Presence::Current), int(Outcome::Truncated));
    if (!live.next())
        return;
    const auto checked = live.instantIfAny(1);
    if (checked && summary.lastSeen && *summary.lastSeen < *checked)
        summary.lastSeen = checked;
}

MonitorPage SummaryReader::monitors(const MonitorQuery &query)
{
    MonitorPage page;
    const bool filtered = !query.filter.isEmpty();
    const qint64 after = query.afterRow.value_or(0);
    const int limit = std::clamp(query.limit, 1, mostAtOnce);
    constexpr std::string_view columns =
        "SELECT m.row_id, m.id, m.artifact, m.since_at, m.baseline_at, m.author FROM monitor m";
    constexpr std::string_view order = " m.is_on=1 AND m.row_id>? ORDER BY m.row_id LIMIT ?";
    std::optional<qint64> walkedTo;
    if (filtered)
        walkedTo = endOfWalk(after);
    QList<std::pair<MonitorRow, qint64>> rows;
    {
        auto found =
            m_database.prepare(std::string(columns)
                               + (filtered ? " JOIN artifact a ON a.id=m.artifact WHERE m.row_id<=?"
                                             " AND replace(a.value, ?, '')<>a.value AND"
                                           : " WHERE")
                               + std::string(order));
        if (filtered) {
            found.bind(walkedTo.value_or(std::numeric_limits<qint64>::max()));
            found.bind(query.filter.toLower());
        }
        found.bind(after);
        found.bind(limit);
        while (found.next()) {
            MonitorRow row;
            row.row = found.number(0);
            row.id = found.uuid(1);
            row.entity = m_interner.artifactOf(found.number(2));
            row.since = found.instant(3);
            row.baselineAt = found.instantIfAny(4);
            row.author = found.text(5);
            rows.append({row, found.number(2)});
        }
    }
    for (auto &[row, artifact] : rows) {
        fillMonitor(row, artifact);
        page.monitors.append(row);
    }
    page.nextRow = rows.size() == limit ? std::optional(rows.constLast().first.row) : walkedTo;
    page.total = filtered ? -1 : watchedCount();
    return page;
}

/// The eye at which a filtered page ends at the latest; none when there are not that many.
std::optional<qint64> SummaryReader::endOfWalk(qint64 afterRow)
{
    auto last = m_database.query(
        "SELECT count(*), max(row_id) FROM (SELECT row_id FROM monitor WHERE is_on=1"
        " AND row_id>? ORDER BY row_id LIMIT ?) walked",
        afterRow, mostEyesWalked);
    const bool more = last.next() && last.number(0) == mostEyesWalked;
    return more ? std::optional(last.number(1)) : std::nullopt;
}

void SummaryReader::fillMonitor(MonitorRow &row, qint64 artifact)
{
    std::optional<Instant> failingSince;
    QString failing;
    bool anyUsable = false;
    bool networkAsked = false;
    const auto take = [&](const Statement &check) {
        const std::optional<Instant> at = check.instant(3);
        const auto outcome = Outcome(check.number(1));
        anyUsable = anyUsable || isUsable(outcome);
        if (const auto usable = isUsable(outcome) ? at : check.instantIfAny(5))
            row.lastChecked = std::max(row.lastChecked.value_or(*usable), *usable);
        if (!isUsable(outcome) && (!failingSince || check.instant(2) < *failingSince)) {
            failingSince = check.instant(2);
            failing = m_interner.sourceOf(check.number(0)) + u' ' + outcomeName(outcome);
        }
    };
    const std::string columns = "SELECT source, outcome, from_at, until_at, dataset, usable_at"
                                " FROM check_now WHERE artifact=?";
    if (isAddress(row.entity)) {
        const Artifact network = m_facts.registrationOf(row.entity);
        const qint64 number = network.isEmpty() ? 0 : m_interner.findArtifact(network);
        auto checks = m_database.query(columns + " AND dataset=?", number, int(Dataset::Whois));
        for (; checks.next(); networkAsked = true)
            take(checks);
    }
    {
        auto checks = m_database.query(columns, artifact);
        while (checks.next()) {
            // Its network is asked in its place, and it itself but seldom.
            if (!networkAsked || Dataset(checks.number(4)) != Dataset::Whois)
                take(checks);
        }
    }
    if (failingSince && !anyUsable)
        row.trouble = u"%1 since %2"_s.arg(failing, toRfc3339(*failingSince));
    auto open = m_database.query("SELECT count(*) FROM (SELECT 1 FROM card_entity k JOIN card c"
                                 " ON c.row_id=k.card WHERE k.artifact=? AND +c.state=? LIMIT ?) o",
                                 artifact, int(CardState::New), mostOpenCounted);
    if (open.next())
        row.openCards = open.number(0);
    auto last =
        m_database.query("SELECT c.detected_at FROM card_entity k JOIN card c ON c.row_id=k.card"
                         " WHERE k.artifact=? AND +c.state<>? ORDER BY k.card DESC LIMIT 1",
                         artifact, int(CardState::Suppressed));
    if (last.next())
        row.lastChangeAt = last.instant(0);
}

QList<EyeSchedule> SummaryReader::eyes(qint64 afterRow, int limit)
{
    QList<EyeSchedule> list;
    auto rows = m_database.query("SELECT m.row_id, a.kind, a.value, m.since_at, m.baseline_at"
                                 " FROM monitor m JOIN artifact a ON a.id=m.artifact"
                                 " WHERE m.is_on=1 AND m.row_id>? ORDER BY m.row_id LIMIT ?",
                                 afterRow, limit);
    while (rows.next()) {
        list.append({rows.number(0),
                     {ArtifactKind(rows.number(1)), rows.text(2)},
                     rows.instant(3),
                     rows.instantIfAny(4)});
    }
    return list;
}

/// Read for every eye at start, so past the view: the repetitions are looked up once a subject.
QList<AskedState> SummaryReader::askedStates(const QList<Artifact> &asked)
{
    QList<AskedState> list;
    auto spans = m_database.prepare("SELECT source, outcome, until_at, n, failures, confirm_at,"
                                    " repeats FROM check_open WHERE artifact=? ORDER BY source");
    auto repeats = m_database.prepare("SELECT source, until_at, n FROM check_repeat"
                                      " WHERE artifact=? AND n>0");
    struct Repeat
    {
        Instant until;
        qint64 n = 0;
    };
    QHash<qint64, Repeat> repeated;
    for (const Artifact &artifact : asked) {
        const qint64 number = m_interner.findArtifact(artifact);
        if (!number)
            continue;
        repeated.clear();
        repeats.bind(number);
        while (repeats.next())
            repeated.insert(repeats.number(0), {repeats.instant(1), repeats.number(2)});
        spans.bind(number);
        qint64 source = 0;
        while (spans.next()) {
            const bool isNew = spans.number(0) != source;
            source = spans.number(0);
            const auto repeat = spans.number(6) != 0 ? repeated.constFind(source) : repeated.cend();
            const bool again = repeat != repeated.cend();
            const auto outcome = Outcome(spans.number(1));
            const Instant at = again ? repeat->until : spans.instant(2);
            const qint64 n = spans.number(3) + (again ? repeat->n : 0);
            const int failures = isUsable(outcome) ? 0 : int(n + spans.number(4));
            if (isNew)
                list.append({artifact, m_interner.sourceOf(source), at, outcome, failures, {}});
            AskedState &state = list.last();
            state.lastAsked = std::min(state.lastAsked, at);
            state.worst = std::max(state.worst, outcome);
            state.failures = std::max(state.failures, failures);
            const auto confirm = spans.instantIfAny(5);
            if (confirm && (!state.confirmAt || *confirm < *state.confirmAt))
                state.confirmAt = confirm;
        }
    }
    return list;
}

qint64 SummaryReader::watchedCount()
{
    auto row = m_database.query("SELECT number FROM meta WHERE name='watched'");
    return row.next() ? row.number(0) : 0;
}

bool SummaryReader::isWatched(const Entity &entity)
{
    const qint64 artifact = m_interner.findArtifact(entity);
    if (!artifact)
        return false;
    auto row = m_database.query("SELECT is_on FROM monitor WHERE artifact=?", artifact);
    return row.next() && row.number(0) != 0;
}

} // namespace wg
