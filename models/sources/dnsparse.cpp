// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/dnsparse.h"

#include "core/address.h"
#include "sources/dnspacket.h"
#include "sources/dnsrdata.h"
#include "sources/dnstypes.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// Where resolvers send people instead of what they asked for: OpenDNS and Cisco Umbrella block
/// pages (MISP warning list umbrella-blockpage-v4, CC0).
bool isBlockPage(const IpAddress &a)
{
    constexpr std::array<quint8, 3> umbrella{146, 112, 61};
    return !a.v6 && std::equal(umbrella.begin(), umbrella.end(), a.bytes.begin())
        && a.bytes[3] >= 104 && a.bytes[3] <= 110;
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
    RecordMaker(const DnsPacket &packet, const RawAnswer &answer)
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

    const DnsPacket &m_packet;
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
    case dnsrcode::servFail:
        return failWith(out, Outcome::Unreachable, u"the resolver failed (SERVFAIL)"_s);
    case dnsrcode::refused:
        return failWith(out, Outcome::Refused, u"the resolver refused (REFUSED)"_s);
    case dnsrcode::notImp:
        return failWith(out, Outcome::Refused, u"the resolver cannot answer this (NOTIMP)"_s);
    case dnsrcode::notAuth:
        return failWith(out, Outcome::Refused, u"the server is not responsible (NOTAUTH)"_s);
    case dnsrcode::formErr:
        return failWith(out, Outcome::Malformed, u"the resolver did not understand (FORMERR)"_s);
    default:
        return failWith(out, Outcome::Malformed,
                        u"the resolver answered with code %1"_s.arg(rcode));
    }
}

/// No record of the asked type: is that proven?
void judgeAbsence(Observation &out, const DnsPacket &packet, quint16 type)
{
    const bool aliased = packet.aliases() > 0;
    if (aliased && type != dnstype::a && type != dnstype::aaaa)
        return failWith(out, Outcome::Empty, u"the name is an alias"_s);
    const bool gone = packet.header().rcode == dnsrcode::nxDomain;
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

void judge(Observation &out, const DnsPacket &packet, const RawAnswer &answer, quint16 type)
{
    const int rcode = packet.header().rcode;
    if (rcode != dnsrcode::noError && rcode != dnsrcode::nxDomain)
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
    return dnsTypeNumber(question.text);
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
        if (out.outcome == Outcome::Malformed)
            out.raw = answer.bytes;
        return out;
    }
    const quint16 type = dnsQuestionType(answer.question);
    DnsPacket packet(answer.bytes);
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
    if (header->rcode == dnsrcode::nxDomain)
        return InventionVerdict::Honest;
    if (header->rcode != dnsrcode::noError)
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
