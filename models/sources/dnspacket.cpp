// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/dnspacket.h"

#include "core/untrustedtext.h"
#include "sources/dnstypes.h"

using namespace Qt::StringLiterals;

namespace wg {

namespace {

constexpr quint16 classIn = 1;
constexpr int mostAliases = 16;

} // namespace

bool DnsPacket::fail(QString why)
{
    m_problem = std::move(why);
    return false;
}

bool DnsPacket::read(const QString &name, quint16 type)
{
    const auto header = m_wire.header();
    if (!header)
        return fail(u"the answer is too short for a DNS packet"_s);
    m_header = *header;
    if (!m_header.response)
        return fail(u"the answer is a question"_s);
    const bool failed = m_header.rcode != dnsrcode::noError && m_header.rcode != dnsrcode::nxDomain;
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

bool DnsPacket::readQuestion(const QString &name, quint16 type)
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

bool DnsPacket::readAnswers(quint16 type)
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

void DnsPacket::followAliases(const QVarLengthArray<WireRecord, 24> &all)
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

bool DnsPacket::readAuthority()
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

bool DnsPacket::readAdditional()
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

void DnsPacket::readOptions(const WireRecord &opt)
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

} // namespace wg
