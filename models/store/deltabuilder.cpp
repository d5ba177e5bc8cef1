// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/deltabuilder.h"

#include "store/deltawork.h"
#include "store/fingerprint.h"
#include "store/readernetworks.h"

#include <bit>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

constexpr qint64 resumesAfterMs = 30 * dayMs;

template <class T>
void raise(std::optional<T> &most, const std::optional<T> &value)
{
    if (value && (!most || *most < *value))
        most = value;
}

template <class T>
void lower(std::optional<T> &least, const std::optional<T> &value)
{
    if (value && (!least || *value < *least))
        least = value;
}

/// The sorted beginnings of the ids of a small set.
QByteArray membersOf(const QSet<QByteArray> &ids)
{
    if (ids.size() > mostMembers)
        return {};
    QByteArrayList list;
    for (const QByteArray &id : ids)
        list.append(id.left(memberSize));
    std::sort(list.begin(), list.end());
    return list.join();
}

/// A page has one title: another one is an exchange, though its place is the same.
bool isRetitled(const QuestionDelta &delta)
{
    return delta.answer.question.dataset == Dataset::Components
        && std::any_of(delta.altered.cbegin(), delta.altered.cend(),
                       [](const Altered &altered) { return altered.after.type == "Title"_L1; });
}

/// A fact as cards keep it.
QByteArray toldKey(qint64 owner, Dataset dataset, qint64 type, const QString &value)
{
    return QByteArray::number(owner) + ' ' + QByteArray::number(int(dataset)) + ' '
        + QByteArray::number(type) + ' ' + value.toUtf8();
}

/// Whether each of two sets has members that the other lacks.
bool exchanged(const QByteArray &before, const QByteArray &now)
{
    const auto hasOwn = [](const QByteArray &one, const QByteArray &other) {
        for (qsizetype i = 0; i < one.size(); i += memberSize) {
            bool shared = false;
            for (qsizetype j = 0; j < other.size() && !shared; j += memberSize)
                shared = one.sliced(i, memberSize) == other.sliced(j, memberSize);
            if (!shared)
                return true;
        }
        return false;
    };
    return hasOwn(before, now) && hasOwn(now, before);
}

/// What a source last said where there can be one value only.
std::optional<SpanRow> lastGone(const QList<SpanRow> &spans, const Record &record, qint64 source)
{
    std::optional<SpanRow> last;
    if (record.identity != Identity::Type)
        return last;
    for (const SpanRow &span : spans) {
        if (span.source == source && span.goneHow == GoneHow::Absent
            && (!last || last->goneAt < span.goneAt))
            last = span;
    }
    return last;
}

bool isAddressType(const QString &type)
{
    return type == "A"_L1 || type == "AAAA"_L1;
}

} // namespace

/// A network that an address's answer names for the first time takes the place of what the address
/// was told before: it is no first answer where the address had one.
std::optional<CheckRow> DeltaBuilder::checkBefore(const Pass &pass,
                                                  const QList<OpenQuestion> &questions,
                                                  const OpenQuestion &question)
{
    if (question.before)
        return question.before;
    const auto asked =
        std::find_if(questions.cbegin(), questions.cend(), [&](const OpenQuestion &other) {
            return other.before && other.answer->question.asked == pass.asked
                && other.answer->question.dataset == question.answer->question.dataset;
        });
    return asked == questions.cend() ? checkOfAssignment(pass, question) : asked->before;
}

/// An eye on an address that was never asked itself was served by the assignment around it, until
/// the address is asked at last and lies in another network.
std::optional<CheckRow> DeltaBuilder::checkOfAssignment(const Pass &pass,
                                                        const OpenQuestion &question)
{
    if (!isAddress(pass.asked) || pass.purpose == Purpose::Baseline
        || question.answer->question.dataset != Dataset::Whois)
        return std::nullopt;
    const auto eye = m_eyes.find(m_interner.artifact(pass.asked));
    const auto held = NetworkReader(m_database, m_interner).around({pass.asked});
    if (!eye || !eye->on || held.isEmpty() || held[0].told || !held[0].isAssignment())
        return std::nullopt;
    const bool same = std::any_of(
        pass.observations.cbegin(), pass.observations.cend(),
        [&](const Observation &answer) { return answer.question.asked == held[0].network; });
    if (same)
        return std::nullopt; // asked now and then to see whether it still lies there
    CheckKey key = question.key;
    key.artifact = m_interner.artifact(held[0].network);
    auto check = m_checks.load(key);
    const bool served = check && check->lastProof() && *check->lastProof() >= eye->since;
    return served ? std::move(check) : std::nullopt;
}

BuiltDelta DeltaBuilder::build(const Pass &pass, QList<OpenQuestion> &questions, qint64 seq,
                               qint64 intervalMs, qint64 confirmGapMs, Instant now)
{
    m_now = now;
    BuiltDelta built;
    Delta &delta = built.delta;
    delta.asked = pass.asked;
    delta.source = pass.source;
    delta.purpose = pass.purpose;
    delta.seq = seq;
    delta.intervalMs = intervalMs;
    delta.confirmGapMs = confirmGapMs;
    QHash<QByteArray, qsizetype> told;
    for (qsizetype i = 0; i < questions.size(); ++i) {
        const Observation &answer = *questions[i].answer;
        delta.at = std::max(delta.at, answer.at);
        if (!isUsable(answer.outcome) || answer.extent == Extent::Same)
            continue;
        Work work{
            pass, questions[i], i, {}, built, told, checkBefore(pass, questions, questions[i])};
        compare(work);
        const QuestionDelta &q = work.delta;
        const bool emptyNow = saysNoSuchName(answer.outcome, answer.detail);
        if (q.firstAnswer || q.parserChanged || work.pendings || !q.appeared.isEmpty()
            || !q.vanished.isEmpty() || !q.altered.isEmpty() || !q.resumed.isEmpty()
            || (isProof(answer.outcome) && q.wasEmptyName != emptyNow))
            delta.questions.append(std::move(work.delta));
    }
    if (!delta.questions.isEmpty()) {
        findEyes(pass, built);
        findForetold(delta);
    }
    return built;
}

void DeltaBuilder::compare(Work &work)
{
    OpenQuestion &question = work.question;
    const Observation &answer = *question.answer;
    const auto &before = question.before;
    QuestionDelta &delta = work.delta;
    delta.answer = answer;
    delta.answer.raw.clear();
    delta.previousProof = work.before ? work.before->lastProof() : std::nullopt;
    delta.previousCheck = work.before ? work.before->lastUsable() : std::nullopt;
    delta.firstAnswer = !delta.previousProof && work.pass.purpose != Purpose::Import;
    delta.parserChanged = delta.previousCheck && work.before->lastParser() != answer.parserVersion;
    delta.wasEmptyName = before && before->lastProofGone();

    const auto [present, records, keys] = joined(answer.records);
    const qsizetype toldBefore = work.told.size();
    for (qsizetype i = 0; i < records.size(); ++i)
        compareRecord(work, records[i], keys[i]);
    question.records = work.told.size() - toldBefore;
    const bool whole = answer.extent == Extent::Whole;
    if (whole && answer.presence == Presence::Current && isProof(answer.outcome))
        findMissing(work, saidInPass(work, present));

    if (delta.wasEmptyName && !delta.appeared.isEmpty())
        delta.existedBefore = wasHeld(question.key.artifact, emptySince(question.key, *before));
    question.members = whole ? membersOf(present) : before ? before->members : QByteArray();
    if (!whole)
        question.swapped = false;
    else if (before && !before->members.isEmpty() && !question.members.isEmpty())
        question.swapped = exchanged(before->members, question.members);
    else if (before && before->records > mostMembers)
        question.swapped = !delta.appeared.isEmpty() && !delta.vanished.isEmpty();
    question.swapped = question.swapped || isRetitled(delta);
    const int swaps = (before ? before->swapsShifted() : 0) | int(question.swapped);
    delta.recentSwaps = std::popcount(unsigned(swaps));

    if (!delta.appeared.isEmpty() && isAddressType(answer.question.text)) {
        delta.knownNeighbourhoods =
            m_facts.neighbourhoods(question.key.artifact, answer.question.dataset,
                                   m_interner.word(answer.question.text), question.key.source);
    }
}

DeltaBuilder::Joined DeltaBuilder::joined(const QList<Record> &records)
{
    Joined out;
    QHash<QByteArray, qsizetype> places;
    for (const Record &record : records) {
        const FactKey key = m_facts.keyOf(record);
        const QByteArray id = toBytes(key.id);
        if (const auto place = places.constFind(id); place != places.cend()) {
            joinRecord(out.records[*place], record);
            continue;
        }
        places.insert(id, out.records.size());
        out.ids.insert(id);
        out.records.append(record);
        out.keys.append(key);
    }
    return out;
}

/// Since when a question's answers have been that the name does not exist, whatever failed between.
Instant DeltaBuilder::emptySince(const CheckKey &key, const CheckRow &open)
{
    Instant since = isProof(open.outcome) ? open.from : open.lastProof().value_or(open.from);
    auto spans = m_database.query("SELECT from_at, outcome, detail FROM check_past WHERE artifact=?"
                                  " AND source=? AND dataset=? AND question=?"
                                  " ORDER BY from_at DESC",
                                  key.artifact, key.source, int(key.dataset), key.question);
    while (spans.next()) {
        const auto outcome = Outcome(spans.number(1));
        if (!isProof(outcome))
            continue;
        if (!saysNoSuchName(outcome, spans.text(2)))
            break;
        since = spans.instant(0);
    }
    return since;
}

/// Whether anything of a name had been told by then, or is known to be older.
bool DeltaBuilder::wasHeld(qint64 name, Instant by)
{
    return m_database
        .query("SELECT 1 FROM fact f WHERE f.owner=? AND f.dataset IN (?,?)"
               " AND (f.world_first<=? OR f.world_last<=? OR coalesce(f.told_at,"
               " (SELECT t.at FROM telling t WHERE t.seq=f.told_seq))<=?) LIMIT 1",
               name, int(Dataset::Resolutions), int(Dataset::Dns), by.seconds(), by.seconds(), by)
        .next();
}

Appeared DeltaBuilder::appearedFor(FactRows &facts, const FactKey &key, const Record &record,
                                   const QList<SpanRow> &spans, qint64 source)
{
    Appeared appeared;
    appeared.record = record;
    appeared.earliestFirst = record.worldFirst;
    for (const SpanRow &span : spans) {
        lower(appeared.earliestFirst, span.worldFirst);
        if (span.presence == Presence::Current && span.goneHow == GoneHow::Absent)
            raise(appeared.confirmedGoneAt, span.goneAt);
        if (span.source == source)
            continue;
        appeared.saidByOthers = true;
        raise(appeared.othersLast, span.worldLast ? span.worldLast : std::optional(span.toldAt));
    }
    if (const auto before = lastGone(spans, record, source)) {
        const Record said = facts.record(key, *before);
        if (said.value != record.value) {
            appeared.instead = said;
            appeared.confirmedGoneAt.reset();
        }
    }
    return appeared;
}

/// A fact has two ends. What passive DNS says of both was perhaps told when the other end was
/// asked, and then to nobody who watches this one: it was told since the eye's baseline and the
/// question's last answer, and that answer, where it was small enough to be kept, lacks it.
bool DeltaBuilder::isNewsHere(Work &work, const FactKey &key, const Record &record,
                              const QList<SpanRow> &spans)
{
    const auto &before = work.before;
    const bool imports = work.pass.purpose == Purpose::Import;
    const auto lastUsable = before ? before->lastUsable() : std::nullopt;
    if (work.question.answer->presence != Presence::Historical || (!imports && !lastUsable))
        return false;
    const qint64 source = work.question.key.source;
    const auto any = [&](auto isOlder) {
        return std::any_of(spans.begin(), spans.end(), [&](const SpanRow &span) {
            return span.source == source && isOlder(span);
        });
    };
    const bool older = any([&](const SpanRow &span) {
        return imports ? span.toldSeq != work.built.delta.seq
                       : span.toldAt <= *lastUsable || span.toldAt > m_now;
    });
    if (older || (before && isMember(before->members, key.id)))
        return false;
    const OtherEnd &known = otherEnd(work);
    // Where the last answer was too large to be kept, its time decides, by whatever clock.
    const bool unknown = !imports && before && before->members.isEmpty();
    if (unknown && any([&](const SpanRow &span) { return span.toldAt <= known.answered; }))
        return false;
    const bool atBaseline =
        !imports && any([&](const SpanRow &span) { return span.toldSeq <= known.baselineSeq; });
    return !atBaseline
        && !known.toldByCards.contains(
            toldKey(key.owner, key.dataset, key.type, record.value.raw()));
}

/// When the question was last answered, as the clock told it before it was set back, if it was.
Instant DeltaBuilder::answeredBy(const Work &work)
{
    if (!work.before)
        return {};
    std::optional<Instant> latest = work.before->lastUsable();
    if (isUsable(work.before->outcome))
        raise(latest, std::optional(work.before->from));
    const CheckKey &key = work.question.key;
    auto past = m_database.query(
        "SELECT max(until_at), max(from_at) FROM check_past WHERE artifact=?"
        " AND source=? AND dataset=? AND question=? AND outcome IN (?,?,?)"
        " AND until_at<=? AND from_at<=?",
        key.artifact, key.source, int(key.dataset), key.question, int(Outcome::Complete),
        int(Outcome::Truncated), int(Outcome::Empty), m_now, m_now);
    if (past.next()) {
        raise(latest, past.instantIfAny(0));
        raise(latest, past.instantIfAny(1));
    }
    return latest.value_or(Instant{});
}

/// What the eye on what was asked knows of facts that were told at their other end; read where it
/// is first needed.
const DeltaBuilder::OtherEnd &DeltaBuilder::otherEnd(Work &work)
{
    if (work.otherEnd)
        return *work.otherEnd;
    work.otherEnd.emplace();
    const qint64 asked = m_interner.findArtifact(work.pass.asked);
    if (const auto eye = m_eyes.find(asked); eye && eye->on)
        work.otherEnd->baselineSeq = eye->baselineSeq;
    auto rows = m_database.query("SELECT h.owner, h.dataset, h.rtype, h.value FROM card_entity e"
                                 " JOIN card_change h ON h.card=e.card"
                                 " WHERE e.artifact=? AND h.source=?",
                                 asked, work.question.key.source);
    while (rows.next()) {
        work.otherEnd->toldByCards.insert(
            toldKey(rows.number(0), Dataset(rows.number(1)), rows.number(2), rows.text(3)));
    }
    work.otherEnd->answered = answeredBy(work);
    return *work.otherEnd;
}

/// Whether a source's history repeats what a current question of the same source has found gone
/// since.
bool DeltaBuilder::isKnownPast(const Work &work, const Record &record, const QList<SpanRow> &spans)
{
    if (work.question.answer->presence != Presence::Historical)
        return false;
    return std::any_of(spans.cbegin(), spans.cend(), [&](const SpanRow &span) {
        return span.source == work.question.key.source && span.presence == Presence::Current
            && span.goneHow == GoneHow::Absent
            && (!record.worldLast || *record.worldLast <= *span.goneAt);
    });
}

void DeltaBuilder::compareRecord(Work &work, const Record &record, const FactKey &key)
{
    const QList<SpanRow> spans = m_facts.spans(key);
    const qint64 source = work.question.key.source;
    const Hash128 state = recordState(record);
    const auto open = std::find_if(spans.begin(), spans.end(), [source](const SpanRow &span) {
        return span.source == source && !span.goneAt;
    });
    const Presence presence = work.question.answer->presence;
    if (open == spans.end()) {
        if (isKnownPast(work, record, spans))
            return;
        const QByteArray id = toBytes(key.id);
        if (const auto told = work.told.constFind(id); told != work.told.cend()) {
            if (presence == Presence::Current)
                work.built.edits[*told].presence = presence;
            return;
        }
        work.told.insert(id, work.built.edits.size());
        work.delta.appeared.append(appearedFor(m_facts, key, record, spans, source));
        work.built.edits.append({FactEdit::Kind::Tell, key, record, state, {}, presence});
        return;
    }
    const bool confirms = presence == Presence::Current && open->presence != presence;
    if (confirms) // the source's history told it first
        work.built.edits.append({FactEdit::Kind::Presence, key, record, state, *open, presence});
    if (isNewsHere(work, key, record, spans))
        work.delta.appeared.append(appearedFor(m_facts, key, record, spans, source));
    if (work.before && work.before->pending > 0 && m_facts.absence(key, source)) {
        work.pendings = true;
        work.built.edits.append({FactEdit::Kind::Back, key, record, state, *open, presence});
    }
    if (open->state != state) {
        work.delta.altered.append({m_facts.record(key, *open), record});
        work.built.edits.append({FactEdit::Kind::Alter, key, record, state, *open,
                                 confirms ? presence : open->presence});
        return;
    }
    compareDates(work, record, key, *open);
}

void DeltaBuilder::compareDates(Work &work, const Record &record, const FactKey &key, SpanRow span)
{
    auto first = span.worldFirst;
    auto last = span.worldLast;
    widen(first, last, wholeSeconds(record.worldFirst), wholeSeconds(record.worldLast));
    if (first == span.worldFirst && last == span.worldLast)
        return;
    const bool historical = work.question.answer->presence == Presence::Historical;
    if (historical && span.worldLast && *last - *span.worldLast > resumesAfterMs)
        work.delta.resumed.append({record, *span.worldLast});
    span.worldFirst = first;
    span.worldLast = last;
    work.built.edits.append({FactEdit::Kind::Dates, key, record, span.state, span, span.presence});
}

void DeltaBuilder::findEyes(const Pass &pass, BuiltDelta &built)
{
    auto reaches = Reaches::AskedOnly;
    QSet<Artifact> named;
    for (const QuestionDelta &question : std::as_const(built.delta.questions)) {
        if (question.answer.question.dataset != Dataset::Whois)
            continue;
        reaches = Reaches::Registration;
        named.insert(question.answer.question.asked);
        for (const Record &record : question.answer.records)
            named.insert(record.owner);
    }
    QList<IpNetwork> networks;
    for (const Artifact &artifact : std::as_const(named)) {
        if (artifact.kind != ArtifactKind::Cidr)
            continue;
        if (const auto network = parseNetwork(artifact.value))
            networks.append(*network);
    }
    QList<EyeView> &eyes = built.delta.eyes;
    eyes = m_eyes.concerned(pass.asked, reaches, networks, built.delta.at);
    eyes.removeIf([&](const EyeView &eye) {
        return isAddress(eye.entity) && eye.entity != pass.asked && !liesIn(eye.entity, networks);
    });
}

/// Whether one of the networks is what an address lies in: the one it was told, else the most
/// specific one around it.
bool DeltaBuilder::liesIn(const Entity &address, const QList<IpNetwork> &networks)
{
    NetworkReader reader(m_database, m_interner);
    const Artifact told = reader.toldNetworkOf(address);
    const auto around =
        told.isEmpty() ? parseNetwork(reader.smallestAround(address).value) : std::nullopt;
    const auto ip = parseAddress(address.value);
    return std::any_of(networks.cbegin(), networks.cend(), [&](const IpNetwork &network) {
        if (!told.isEmpty())
            return network.text() == told.value;
        return ip && network.contains(*ip) && (!around || network.length >= around->length);
    });
}

} // namespace wg
