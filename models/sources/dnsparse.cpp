// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/dnsparse.h"

#include "core/address.h"
#include "sources/dnsrdata.h"
#include "sources/dnstypes.h"

#include <QSet>
#include <QVarLengthArray>
#include <cstring>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

constexpr quint16 classIn = 1;
constexpr int mostAliases = 16;
enum Rcode
{
    NoError = 0,
    FormErr = 1,
    ServFail = 2,
    NxDomain = 3,
    NotImp = 4,
    Refused = 5,
    NotAuth = 9
};

/// Where resolvers send people instead of what they asked for: OpenDNS and Cisco Umbrella block
/// pages (MISP warning list umbrella-blockpage-v4, CC0).
bool isBlockPage(const IpAddress &a)
{
    constexpr std::array<quint8, 3> umbrella{146, 112, 61};
    return !a.v6 && std::equal(umbrella.begin(), umbrella.end(), a.bytes.begin())
        && a.bytes[3] >= 104 && a.bytes[3] <= 110;
}

/// What the resolver itself says about blocking (RFC 8914, extended DNS errors).
struct ExtendedError
{
    quint16 code = 0;
    QString text;
    [[nodiscard]] bool isBlocking() const { return code == 4 || (code >= 15 && code <= 17); }
};

/// Everything of a packet that decides what it is, read in one go.
class Packet
{
public:
    explicit Packet(QByteArrayView bytes)
        : m_wire(bytes)
    { }

    /// False when it is no answer to this question; the reason is in problem().
    bool read(const QString &name, quint16 type);
    [[nodiscard]] const QString &problem() const { return m_problem; }
    [[nodiscard]] const WireHeader &header() const { return m_header; }
    [[nodiscard]] const DnsWire &wire() const { return m_wire; }
    [[nodiscard]] const ExtendedError &extendedError() const { return m_extended; }
    [[nodiscard]] const WireName &lastTarget() const { return m_target; }
    [[nodiscard]] int aliases() const { return m_aliases; }
    /// The SOA of a zone at or above the name or where its aliases end stands in the authority
    /// section.
    [[nodiscard]] bool isProven() const { return m_proven; }
    /// Records of the asked type that answer for the asked name.
    [[nodiscard]] const QVarLengthArray<WireRecord, 24> &answers() const { return m_answers; }

private:
    bool fail(QString why);
    bool readQuestion(const QString &name, quint16 type);
    bool readAnswers(quint16 type);
    void followAliases(const QVarLengthArray<WireRecord, 24> &all);
    bool readAuthority();
    bool readAdditional();
    void readOptions(const WireRecord &opt);

    DnsWire m_wire;
    WireHeader m_header;
    WireName m_name;
    WireName m_target;
    ExtendedError m_extended;
    QString m_problem;
    QVarLengthArray<WireRecord, 24> m_answers;
    int m_aliases = 0;
    bool m_proven = false;
};

bool Packet::fail(QString why)
{
    m_problem = std::move(why);
    return false;
}

bool Packet::read(const QString &name, quint16 type)
{
    const auto header = m_wire.header();
    if (!header)
        return fail(u"the answer is too short for a DNS packet"_s);
    m_header = *header;
    if (!m_header.response)
        return fail(u"the answer is a question"_s);
    const bool failed = m_header.rcode != NoError && m_header.rcode != NxDomain;
    if (failed && m_header.counts[0] == 0)
        return true; // servers may leave the question out of an error
    if (!readQuestion(name, type))
        return false;
    if (failed)
        return true;
    // A truncated packet may end anywhere.
    if (!readAnswers(type) || !readAuthority() || !readAdditional())
        return m_header.truncated || fail(u"the answer breaks off or has wrong lengths"_s);
    return true;
}

bool Packet::readQuestion(const QString &name, quint16 type)
{
    quint16 gotType = 0;
    quint16 gotClass = 0;
    if (m_header.counts[0] != 1 || !m_wire.question(m_name, gotType, gotClass))
        return fail(u"the answer does not repeat the question"_s);
    if (m_name.text() != name || gotType != type || gotClass != classIn)
        return fail(u"the answer is to another question"_s);
    m_target = m_name;
    return true;
}

bool Packet::readAnswers(quint16 type)
{
    QVarLengthArray<WireRecord, 24> all;
    bool whole = true;
    bool aliased = false;
    for (int i = 0; i < m_header.counts[1]; ++i) {
        WireRecord rr;
        if (!m_wire.next(rr)) {
            whole = false;
            break;
        }
        if (rr.rrClass != classIn)
            continue;
        aliased = aliased || rr.type == dnstype::cname;
        all.append(rr);
    }
    if (aliased && type != dnstype::cname)
        followAliases(all);
    // Only addresses are facts about a name that is an alias; other records belong to the target.
    const bool throughAliases = type == dnstype::a || type == dnstype::aaaa;
    const bool ownName = m_aliases == 0;
    if (!ownName && !throughAliases)
        return whole;
    for (const WireRecord &rr : all) {
        if (rr.type == type && m_wire.isName(rr.name, m_target, ownName))
            m_answers.append(rr);
    }
    return whole;
}

void Packet::followAliases(const QVarLengthArray<WireRecord, 24> &all)
{
    bool moved = true;
    while (moved && m_aliases < mostAliases) {
        moved = false;
        for (const WireRecord &rr : all) {
            WireName target;
            if (rr.type != dnstype::cname || !m_wire.isName(rr.name, m_target, m_aliases == 0)
                || !m_wire.name(rr.data, &target))
                continue;
            m_target = target;
            ++m_aliases;
            moved = true;
            break;
        }
    }
}

bool Packet::readAuthority()
{
    for (int i = 0; i < m_header.counts[2]; ++i) {
        WireRecord rr;
        if (!m_wire.next(rr))
            return false;
        WireName zone;
        if (rr.type == dnstype::soa && rr.rrClass == classIn && m_wire.name(rr.name, &zone))
            m_proven = m_proven || m_name.isWithin(zone) || m_target.isWithin(zone);
    }
    return true;
}

bool Packet::readAdditional()
{
    for (int i = 0; i < m_header.counts[3]; ++i) {
        WireRecord rr;
        if (!m_wire.next(rr))
            return false;
        if (rr.type == dnstype::opt)
            readOptions(rr);
    }
    return true;
}

void Packet::readOptions(const WireRecord &opt)
{
    constexpr quint16 extendedErrorOption = 15;
    m_header.rcode |= int(opt.ttl >> 24) << 4;
    const qsizetype end = opt.data + opt.length;
    for (qsizetype at = opt.data; at + 4 <= end;) {
        const quint16 code = m_wire.u16(at);
        const qsizetype length = m_wire.u16(at + 2);
        if (at + 4 + length > end)
            return;
        if (code == extendedErrorOption && length >= 2) {
            m_extended.code = m_wire.u16(at + 4);
            m_extended.text = UntrustedText::fromUtf8(m_wire.bytes(at + 6, length - 2)).shown(200);
        }
        at += 4 + length;
    }
}

/// Keeps one record per value; of two exchanges of the same name the preferred one.
void addOnce(QList<Record> &records, QSet<QString> &seen, Record &&record)
{
    constexpr qsizetype few = 16; // looking through these is quicker than hashing them
    const auto same = [&](const Record &r) { return r.value == record.value; };
    if (records.size() < few) {
        const auto twin = std::find_if(records.begin(), records.end(), same);
        if (twin == records.end()) {
            records.append(std::move(record));
            return;
        }
    } else {
        if (seen.isEmpty()) {
            for (const Record &r : records)
                seen.insert(r.value.raw());
        }
        const qsizetype before = seen.size();
        seen.insert(record.value.raw());
        if (seen.size() > before) {
            records.append(std::move(record));
            return;
        }
    }
    const auto twin = std::find_if(records.begin(), records.end(), same);
    const auto preference = [](const Record &r) {
        return attribute(r.attributes, u"preference").raw().toInt();
    };
    if (!record.attributes.isEmpty() && preference(record) < preference(*twin))
        *twin = std::move(record);
}

/// Turns the answers into records; the sentence says what is wrong with one.
class RecordMaker
{
public:
    RecordMaker(const Packet &packet, const RawAnswer &answer)
        : m_packet(packet)
        , m_answer(answer)
    { }

    /// False when a record is malformed or not to be believed.
    bool make(QList<Record> &records);
    [[nodiscard]] bool isInvented() const { return m_invented; }
    [[nodiscard]] const QString &problem() const { return m_problem; }

private:
    bool isBelievable(const WireRecord &rr);
    const Attributes &detailsFor(quint32 ttl);

    const Packet &m_packet;
    const RawAnswer &m_answer;
    Attributes m_details;
    std::optional<quint32> m_ttl;
    QString m_problem;
    bool m_invented = false;
};

bool RecordMaker::isBelievable(const WireRecord &rr)
{
    if (rr.type != dnstype::a && rr.type != dnstype::aaaa)
        return true;
    const auto address = addressOf(m_packet.wire(), rr);
    if (!address)
        return true; // reading it again says what is wrong
    if (isBlockPage(*address)) {
        m_problem = u"the resolver answers with a block page, %1"_s.arg(address->text());
    } else if (reachOf(*address) == Reach::Private
               && reachOfName(m_answer.question.asked.value) == Reach::Public) {
        m_problem =
            u"the resolver gives the private address %1 for a public name"_s.arg(address->text());
    }
    m_invented = !m_problem.isEmpty();
    return !m_invented;
}

const Attributes &RecordMaker::detailsFor(quint32 ttl)
{
    if (m_ttl == ttl)
        return m_details;
    m_ttl = ttl;
    m_details = {{u"ttl"_s, UntrustedText::trusted(QString::number(ttl))}};
    if (m_packet.aliases() > 0)
        m_details.append({u"via"_s, UntrustedText::trusted(m_packet.lastTarget().value())});
    return m_details;
}

bool RecordMaker::make(QList<Record> &records)
{
    const auto &answers = m_packet.answers();
    records.reserve(answers.size());
    QSet<QString> seen;
    for (const WireRecord &rr : answers) {
        if (!isBelievable(rr))
            return false;
        Record record;
        if (!readRdata(m_packet.wire(), rr, record)) {
            m_problem = u"a record's data does not fit its type"_s;
            return false;
        }
        record.owner = m_answer.question.asked;
        record.dataset = m_answer.question.dataset;
        record.type = m_answer.question.text;
        if (record.details.isEmpty())
            record.details = detailsFor(rr.ttl);
        else
            setAttribute(record.details, u"ttl"_s, detailsFor(rr.ttl).first().text);
        addOnce(records, seen, std::move(record));
    }
    return true;
}

void failWith(Observation &out, Outcome outcome, QString detail)
{
    out.outcome = outcome;
    out.detail = std::move(detail);
    out.records.clear();
}

/// Rcodes other than NOERROR and NXDOMAIN.
void judgeError(Observation &out, int rcode)
{
    switch (rcode) {
    case ServFail:
        return failWith(out, Outcome::Unreachable, u"the resolver failed (SERVFAIL)"_s);
    case Rcode::Refused:
        return failWith(out, Outcome::Refused, u"the resolver refused (REFUSED)"_s);
    case NotImp:
        return failWith(out, Outcome::Refused, u"the resolver cannot answer this (NOTIMP)"_s);
    case NotAuth:
        return failWith(out, Outcome::Refused, u"the server is not responsible (NOTAUTH)"_s);
    case FormErr:
        return failWith(out, Outcome::Malformed, u"the resolver did not understand (FORMERR)"_s);
    default:
        return failWith(out, Outcome::Malformed,
                        u"the resolver answered with code %1"_s.arg(rcode));
    }
}

/// No record of the asked type: is that proven?
void judgeAbsence(Observation &out, const Packet &packet, quint16 type)
{
    const bool aliased = packet.aliases() > 0;
    if (aliased && type != dnstype::a && type != dnstype::aaaa)
        return failWith(out, Outcome::Empty, u"the name is an alias"_s);
    const bool gone = packet.header().rcode == NxDomain;
    if (!packet.isProven()) {
        return failWith(out, Outcome::SuspiciousEmpty,
                        gone ? u"no such name, but without the zone's SOA as proof"_s
                             : u"no records, but without the zone's SOA as proof"_s);
    }
    if (!gone)
        return failWith(out, Outcome::Empty, QString());
    failWith(out, Outcome::Empty,
             aliased ? u"an alias to a name that does not exist"_s : u"nxdomain"_s);
}

void judge(Observation &out, const Packet &packet, const RawAnswer &answer, quint16 type)
{
    const int rcode = packet.header().rcode;
    if (rcode != NoError && rcode != NxDomain)
        return judgeError(out, rcode);
    if (packet.extendedError().isBlocking()) {
        const QString words = packet.extendedError().text;
        return failWith(out, Outcome::SuspiciousEmpty,
                        words.isEmpty()
                            ? u"the resolver says that it blocks this name"_s
                            : u"the resolver says that it blocks this name: %1"_s.arg(words));
    }
    RecordMaker maker(packet, answer);
    if (!maker.make(out.records)) {
        return failWith(out, maker.isInvented() ? Outcome::SuspiciousEmpty : Outcome::Malformed,
                        maker.problem());
    }
    if (packet.header().truncated) {
        out.outcome = Outcome::Truncated;
        out.detail = u"the answer was cut by the resolver"_s;
        return;
    }
    if (out.records.isEmpty())
        return judgeAbsence(out, packet, type);
    out.outcome = Outcome::Complete;
}

} // namespace

quint16 dnsQuestionType(const Question &question)
{
    const QByteArray name = question.text.toLatin1();
    return dnsTypeNumber(QLatin1String(name));
}

QString dnsQuestionName(const Artifact &asked)
{
    if (!isAddress(asked))
        return asked.value;
    const auto address = parseAddress(asked.value);
    return address ? reverseName(*address) : QString();
}

Observation parseDnsAnswer(const RawAnswer &answer)
{
    Observation out;
    out.question = answer.question;
    out.presence = Presence::Current;
    out.at = answer.at;
    if (answer.failure != Outcome::Complete) {
        out.outcome = answer.failure;
        out.detail = answer.detail;
        return out;
    }
    const quint16 type = dnsQuestionType(answer.question);
    Packet packet(answer.bytes);
    if (packet.read(dnsQuestionName(answer.question.asked), type))
        judge(out, packet, answer, type);
    else
        failWith(out, Outcome::Malformed, packet.problem());
    if (out.outcome == Outcome::Malformed)
        out.raw = answer.bytes;
    return out;
}

QList<Observation> parseDns(const RawPass &raw)
{
    QList<Observation> out;
    out.reserve(raw.answers.size());
    for (const RawAnswer &answer : raw.answers)
        out.append(parseDnsAnswer(answer));
    return out;
}

InventionVerdict judgeInvention(QByteArrayView packet)
{
    DnsWire wire(packet);
    const auto header = wire.header();
    if (!header || !header->response)
        return InventionVerdict::Inconclusive;
    if (header->rcode == NxDomain)
        return InventionVerdict::Honest;
    if (header->rcode != NoError)
        return InventionVerdict::Inconclusive;
    WireName name;
    quint16 type = 0;
    quint16 rrClass = 0;
    if (header->counts[0] != 1 || !wire.question(name, type, rrClass))
        return InventionVerdict::Inconclusive;
    for (int i = 0; i < header->counts[1]; ++i) {
        WireRecord rr;
        if (!wire.next(rr))
            return InventionVerdict::Inconclusive;
        if (rr.type == dnstype::a || rr.type == dnstype::aaaa)
            return InventionVerdict::Invents;
    }
    return InventionVerdict::Honest;
}

} // namespace wg
