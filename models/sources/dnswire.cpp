// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/dnswire.h"

using namespace Qt::StringLiterals;

namespace wg {

namespace {

constexpr qsizetype headerSize = 12;
constexpr int mostOctets = 255;

/// The byte as a name's text has it, 0 where it must be escaped.
constexpr std::array<char, 256> makeNameBytes()
{
    std::array<char, 256> table{};
    for (std::size_t c = 0x21; c < 0x7f; ++c)
        table[c] = char(c);
    for (std::size_t c = 'A'; c <= 'Z'; ++c)
        table[c] = char(c + 0x20);
    for (const char c : {'.', '\\', '"', '(', ')', ';', '@', '$'})
        table[std::size_t(c)] = 0;
    return table;
}
constexpr auto nameBytes = makeNameBytes();

} // namespace

QString WireName::value() const
{
    return isRoot() ? u"."_s : QString(text());
}

bool WireName::isWithin(const WireName &zone) const
{
    if (zone.isRoot())
        return true;
    if (!text().endsWith(zone.text()))
        return false;
    return m_size == zone.m_size || m_text[std::size_t(m_size - zone.m_size - 1)] == '.';
}

void WireName::append(quint8 byte)
{
    if (const char c = nameBytes[byte]) {
        m_text[std::size_t(m_size++)] = c;
        return;
    }
    m_text[std::size_t(m_size++)] = '\\';
    for (const int unit : {100, 10, 1})
        m_text[std::size_t(m_size++)] = char('0' + byte / unit % 10);
}

quint16 DnsWire::u16(qsizetype at) const
{
    return quint16(byte(at) << 8 | byte(at + 1));
}

quint32 DnsWire::u32(qsizetype at) const
{
    return quint32(u16(at)) << 16 | u16(at + 2);
}

std::optional<WireHeader> DnsWire::header()
{
    if (m_packet.size() < headerSize)
        return std::nullopt;
    WireHeader out;
    out.response = byte(2) & 0x80;
    out.truncated = byte(2) & 0x02;
    out.rcode = byte(3) & 0x0f;
    for (std::size_t i = 0; i < 4; ++i)
        out.counts[i] = u16(4 + 2 * qsizetype(i));
    m_at = headerSize;
    return out;
}

std::optional<qsizetype> DnsWire::skipName(qsizetype at) const
{
    while (at < m_packet.size()) {
        const quint8 length = byte(at);
        if (length == 0)
            return at + 1;
        if (length >= 0xc0)
            return at + 2 <= m_packet.size() ? std::optional(at + 2) : std::nullopt;
        if (length > 63)
            return std::nullopt; // RFC 6891 did away with the other label types
        at += 1 + length;
    }
    return std::nullopt;
}

std::optional<qsizetype> DnsWire::name(qsizetype at, WireName *out) const
{
    std::optional<qsizetype> end;
    qsizetype lowest = at; // every pointer must lead before all that was read: no loops
    int octets = 1;
    out->m_size = 0;
    while (at < m_packet.size()) {
        const quint8 length = byte(at);
        if (length == 0)
            return end ? end : std::optional(at + 1);
        if (length >= 0xc0) {
            if (at + 2 > m_packet.size())
                return std::nullopt;
            if (!end)
                end = at + 2;
            const qsizetype target = u16(at) & 0x3fff;
            if (target >= lowest || target < headerSize)
                return std::nullopt;
            lowest = at = target;
            continue;
        }
        octets += 1 + length;
        if (length > 63 || octets > mostOctets || at + 1 + length > m_packet.size())
            return std::nullopt;
        if (out->m_size > 0)
            out->m_text[std::size_t(out->m_size++)] = '.';
        for (qsizetype i = at + 1; i <= at + length; ++i)
            out->append(byte(i));
        at += 1 + length;
    }
    return std::nullopt;
}

bool DnsWire::next(WireRecord &out)
{
    const auto fixed = skipName(m_at);
    if (!fixed || *fixed + 10 > m_packet.size())
        return false;
    out.name = m_at;
    out.type = u16(*fixed);
    out.rrClass = u16(*fixed + 2);
    out.ttl = u32(*fixed + 4);
    out.length = u16(*fixed + 8);
    out.data = *fixed + 10;
    if (out.data + out.length > m_packet.size())
        return false;
    m_at = out.data + out.length;
    return true;
}

bool DnsWire::question(WireName &out, quint16 &type, quint16 &rrClass)
{
    const auto end = name(m_at, &out);
    if (!end || *end + 4 > m_packet.size())
        return false;
    type = u16(*end);
    rrClass = u16(*end + 2);
    m_at = *end + 4;
    return true;
}

bool DnsWire::isName(qsizetype at, const WireName &expected, bool isQuestion) const
{
    if (isQuestion && at + 2 <= m_packet.size() && u16(at) == (0xc000 | headerSize))
        return true;
    WireName found;
    return name(at, &found) && found == expected;
}

} // namespace wg
