// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/deltabuilder.h"

#include "store/codec.h"
#include "store/fingerprint.h"
#include "store/readernetworks.h"

#include <bit>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

constexpr qint64 resumesAfterMs = 30 * dayMs;
constexpr qint64 endJoinedMs = 2 * dayMs; ///< so long the rest of a gone name joins its card
constexpr qsizetype mostMembers = 32;
constexpr qsizetype memberSize = 8;

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

bool isMember(const QByteArray &members, const Hash128 &id)
{
    const auto known = toBytes(id).left(memberSize);
    for (qsizetype i = 0; i < members.size(); i += memberSize) {
        if (members.sliced(i, memberSize) == known)
            return true;
    }
    return false;
}

/// A fact as cards keep it.
QByteArray toldKey(const FactKey &key, const QString &value)
{
    return QByteArray::number(key.owner) + ' ' + QByteArray::number(int(key.dataset)) + ' '
        + QByteArray::number(key.type) + ' ' + value.toUtf8();
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

bool isDns(const QString &source)
{
    return codec::baseName(source) == "dns"_L1;
}

bool isAddressType(const QString &type)
{
    return type == "A"_L1 || type == "AAAA"_L1;
}

} // namespace

/// What an eye knows of facts that were told at their other end.
struct DeltaBuilder::OtherEnd
{
    qint64 baselineSeq = 0;
    QSet<QByteArray> toldByCards;
};

/// One question while it is compared.
struct DeltaBuilder::Work
{
    const Pass &pass;
    OpenQuestion &question;
    qsizetype index = 0;
    QuestionDelta delta;
    BuiltDelta &built;
    QSet<QByteArray> &told; ///< ids that another answer of this pass told already
    std::optional<CheckRow> before = {}; ///< the question's last check, or what stands for it
    bool pendings = false;
    std::optional<OtherEnd> otherEnd = {};
};

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
    QSet<QByteArray> told;
    for (qsizetype i = 0; i < questions.size(); ++i) {
        const Observation &answer = *questions[i].answer;
        delta.presence = answer.presence;
        delta.at = std::max(delta.at, answer.at);
        if (!isUsable(answer.outcome))
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
    for (qsizetype i = 0; i < records.size(); ++i)
        compareRecord(work, records[i], keys[i]);
    if (answer.presence == Presence::Current && isProof(answer.outcome))
        findMissing(work, saidInPass(work, present));

    if (delta.wasEmptyName && !delta.appeared.isEmpty())
        delta.existedBefore = wasHeld(question.key.artifact, emptySince(question.key, *before));
    question.members = membersOf(present);
    if (before && !before->members.isEmpty() && !question.members.isEmpty())
        question.swapped = exchanged(before->members, question.members);
    else if (before && before->records > mostMembers)
        question.swapped = !delta.appeared.isEmpty() && !delta.vanished.isEmpty();
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
        .query("SELECT 1 FROM span WHERE owner=? AND dataset IN (?,?)"
               " AND (told_at<=? OR world_first<=? OR world_last<=?) LIMIT 1",
               name, int(Dataset::Resolutions), int(Dataset::Dns), by, by, by)
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
    const bool atBaseline =
        !imports && any([&](const SpanRow &span) { return span.toldSeq <= known.baselineSeq; });
    return !atBaseline && !known.toldByCards.contains(toldKey(key, record.value.raw()));
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
        const FactKey key{rows.number(0), Dataset(rows.number(1)), rows.number(2), {}};
        work.otherEnd->toldByCards.insert(toldKey(key, rows.text(3)));
    }
    return *work.otherEnd;
}

void DeltaBuilder::compareRecord(Work &work, const Record &record, const FactKey &key)
{
    const QList<SpanRow> spans = m_facts.spans(key);
    const qint64 source = work.question.key.source;
    const Hash128 state = recordState(record);
    const auto open = std::find_if(spans.begin(), spans.end(), [source](const SpanRow &span) {
        return span.source == source && !span.goneAt;
    });
    if (open == spans.end()) {
        const QByteArray id = toBytes(key.id);
        if (work.told.contains(id))
            return;
        work.told.insert(id);
        work.delta.appeared.append(appearedFor(m_facts, key, record, spans, source));
        work.built.edits.append({FactEdit::Kind::Tell, key, record, state, {}});
        return;
    }
    if (isNewsHere(work, key, record, spans))
        work.delta.appeared.append(appearedFor(m_facts, key, record, spans, source));
    if (work.before && work.before->pending > 0 && m_facts.absence(key, source)) {
        work.pendings = true;
        work.built.edits.append({FactEdit::Kind::Back, key, record, state, *open});
    }
    if (open->state != state) {
        work.delta.altered.append({m_facts.record(key, *open), record});
        work.built.edits.append({FactEdit::Kind::Alter, key, record, state, *open});
        return;
    }
    compareDates(work, record, key, *open);
}

void DeltaBuilder::compareDates(Work &work, const Record &record, const FactKey &key, SpanRow span)
{
    auto first = span.worldFirst;
    auto last = span.worldLast;
    widen(first, last, record.worldFirst, record.worldLast);
    if (first == span.worldFirst && last == span.worldLast)
        return;
    const bool historical = work.question.answer->presence == Presence::Historical;
    if (historical && span.worldLast && *last - *span.worldLast > resumesAfterMs)
        work.delta.resumed.append({record, *span.worldLast});
    span.worldFirst = first;
    span.worldLast = last;
    work.built.edits.append({FactEdit::Kind::Dates, key, record, span.state, span});
}

/// Beside DNS, several answers of one pass may speak for one dataset; what any of them says is
/// there, and when one of them failed nothing is known to be missing.
std::optional<QSet<QByteArray>> DeltaBuilder::saidInPass(const Work &work,
                                                         const QSet<QByteArray> &present)
{
    const Observation &answer = *work.question.answer;
    QSet<QByteArray> said = present;
    if (isDns(answer.question.source))
        return said;
    for (const Observation &other : work.pass.observations) {
        if (&other == &answer || other.question.dataset != answer.question.dataset)
            continue;
        if (!isProof(other.outcome))
            return std::nullopt;
        for (const Record &record : other.records)
            said.insert(toBytes(recordId(record)));
    }
    return said;
}

void DeltaBuilder::findMissing(Work &work, const std::optional<QSet<QByteArray>> &said)
{
    if (!said)
        return;
    const Observation &answer = *work.question.answer;
    const CheckKey &key = work.question.key;
    const qint64 type = isDns(answer.question.source) ? m_interner.word(answer.question.text) : 0;
    QSet<qint64> owners{key.artifact};
    if (!type) {
        for (const Record &record : answer.records)
            owners.insert(m_interner.artifact(record.owner));
    }
    for (const qint64 owner : std::as_const(owners)) {
        const auto open = m_facts.openSpans(owner, answer.question.dataset, type, key.source);
        for (const auto &[fact, span] : open) {
            if (said->contains(toBytes(fact.id)))
                continue;
            Vanished vanished;
            vanished.record = m_facts.record(fact, span);
            const auto absent = m_facts.absence(fact, key.source);
            if (absent) {
                vanished.absentSince = absent->since;
                vanished.absentSeq = absent->seq;
                vanished.saidLast = lastProofBefore(key, absent->since);
                vanished.rotatedThen = rotatedAt(key, absent->since);
                work.pendings = true;
            }
            work.delta.vanished.append(vanished);
            work.built.missing.append({fact, span, absent.has_value(), work.index});
        }
    }
}

/// Whether at least two of the three checks up to a time exchanged members for others. A span that
/// ends by an exchange says so.
bool DeltaBuilder::rotatedAt(const CheckKey &key, Instant at)
{
    auto spans = m_database.query("SELECT swapped, n, outcome FROM check_past WHERE artifact=?"
                                  " AND source=? AND dataset=? AND question=? AND until_at<?"
                                  " ORDER BY from_at DESC LIMIT 9",
                                  key.artifact, key.source, int(key.dataset), key.question, at);
    int swaps = 0;
    qint64 checks = 0;
    while (checks < 3 && spans.next()) {
        swaps += int(spans.number(0));
        checks += isUsable(Outcome(spans.number(2))) ? spans.number(1) : 0;
    }
    return swaps >= 2;
}

std::optional<Instant> DeltaBuilder::lastProofBefore(const CheckKey &key, Instant at)
{
    auto span = m_database.query("SELECT until_at FROM check_past WHERE artifact=? AND source=?"
                                 " AND dataset=? AND question=? AND until_at<? AND outcome IN (?,?)"
                                 " ORDER BY from_at DESC LIMIT 1",
                                 key.artifact, key.source, int(key.dataset), key.question, at,
                                 int(Outcome::Complete), int(Outcome::Empty));
    return span.next() ? std::optional(span.instant(0)) : std::nullopt;
}

/// A confirmed removal joins the card of its move: one that the pass of the first absence raised
/// and that tells what the same question gained.
void DeltaBuilder::findForetold(Delta &delta)
{
    for (QuestionDelta &question : delta.questions) {
        const bool nameGone = saysNoSuchName(question.answer.outcome, question.answer.detail);
        for (Vanished &vanished : question.vanished) {
            if (!vanished.absentSince)
                continue;
            // Its card lists every eye there was then: any one of them leads to it.
            const auto witness =
                std::find_if(delta.eyes.cbegin(), delta.eyes.cend(), [&](const EyeView &eye) {
                    return eye.since <= *vanished.absentSince;
                });
            if (witness != delta.eyes.cend()) {
                vanished.foretoldBy =
                    cardThatTold(witness->entity, question.answer.question, vanished.absentSeq);
                if (nameGone)
                    vanished.goneWith = cardOfEnd(*witness, vanished.saidLast, delta.at);
            }
        }
    }
}

/// The card that told a while ago that a name no longer exists, unless it was back since: told so,
/// taken as a new baseline, or said again by this question.
QUuid DeltaBuilder::cardOfEnd(const EyeView &eye, std::optional<Instant> saidLast, Instant now)
{
    const Instant since = std::max({eye.since, saidLast.value_or(now), now - endJoinedMs});
    auto row = m_database.query("SELECT c.id, c.cause, c.state FROM card_entity e"
                                " JOIN card c ON c.row_id=e.card WHERE e.artifact=?"
                                " AND c.cause IN (?,?) AND c.detected_at>?"
                                " ORDER BY e.card DESC LIMIT 1",
                                m_interner.findArtifact(eye.entity), int(Cause::NameGone),
                                int(Cause::NameBack), since);
    const bool stands = row.next() && Cause(row.number(1)) == Cause::NameGone
        && CardState(row.number(2)) != CardState::Suppressed;
    return stands ? row.uuid(0) : QUuid();
}

QUuid DeltaBuilder::cardThatTold(const Artifact &about, const Question &question, qint64 seq)
{
    auto row = m_database.query(
        "SELECT c.id FROM card_entity e JOIN card c ON c.row_id=e.card WHERE e.artifact=?"
        " AND c.seq=? AND c.state<>? AND EXISTS (SELECT 1 FROM card_change h WHERE h.card=c.row_id"
        " AND h.asked=? AND h.dataset=? AND h.source=? AND h.question=? AND h.kind IN (?,?))"
        " ORDER BY e.card DESC LIMIT 1",
        m_interner.findArtifact(about), seq, int(CardState::Suppressed),
        m_interner.findArtifact(question.asked), int(question.dataset),
        m_interner.source(question.source), m_interner.word(question.text), int(ChangeKind::Added),
        int(ChangeKind::Returned));
    return row.next() ? row.uuid(0) : QUuid();
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
