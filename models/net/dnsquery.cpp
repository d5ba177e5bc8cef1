// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/dnsquery.h"

namespace wg {

namespace {

constexpr qsizetype headerBytes = 12;
constexpr size_t longestName = 255;
constexpr size_t longestLabel = 63;
constexpr quint16 classInternet = 1;
constexpr quint16 typeOpt = 41;

} // namespace

DnsQuery::DnsQuery(quint16 id, QStringView name, quint16 type, Edns edns)
{
    write16(id);
    write16(0x0100); // RD
    write16(1); // one question, no answers, no authorities
    write16(0);
    write16(0);
    write16(edns == Edns::With ? 1 : 0);
    if (!writeName(name)) {
        m_size = 0;
        return;
    }
    write16(type);
    write16(classInternet);
    if (edns == Edns::Without)
        return;
    m_bytes[m_size++] = 0;
    write16(typeOpt);
    write16(ednsPayloadBytes);
    for (int i = 0; i < 3; ++i) // extended rcode, version, flags; no options
        write16(0);
}

bool DnsQuery::writeName(QStringView name)
{
    if (name.endsWith(u'.'))
        name.chop(1);
    if (size_t(name.size()) + 2 > longestName)
        return false;
    const size_t begin = m_size;
    size_t lengthAt = m_size++;
    for (const QChar c : name) {
        if (c == u'.') {
            const size_t length = m_size - lengthAt - 1;
            if (length == 0 || length > longestLabel)
                return false;
            m_bytes[lengthAt] = static_cast<unsigned char>(length);
            lengthAt = m_size++;
            continue;
        }
        if (c.unicode() <= 0x20 || c.unicode() >= 0x7f)
            return false;
        m_bytes[m_size++] = static_cast<unsigned char>(c.unicode());
    }
    const size_t length = m_size - lengthAt - 1;
    m_bytes[lengthAt] = static_cast<unsigned char>(length);
    if (length == 0)
        return m_size == begin + 1; // the root
    m_bytes[m_size++] = 0;
    return length <= longestLabel;
}

bool DnsQuery::fits(QByteArrayView packet) const
{
    if (!repeatsQuestion(packet))
        return true;
    size_t at = size_t(headerBytes);
    while (m_bytes[at] != 0)
        at += 1 + m_bytes[at];
    const auto size = qsizetype(at) + 5 - headerBytes;
    const QByteArrayView own(m_bytes.data() + headerBytes, size);
    return packet.size() >= headerBytes + size
        && qstrnicmp(own.data(), size, packet.data() + headerBytes, size) == 0;
}

bool rejectsEdns(QByteArrayView packet)
{
    constexpr char formatError = 1;
    return packet.size() >= headerBytes && (packet[3] & 0x0f) == formatError && packet[10] == 0
        && packet[11] == 0;
}

bool isCut(QByteArrayView packet)
{
    return packet.size() > 2 && (packet[2] & 0x02) != 0;
}

const char *packetFault(QByteArrayView packet)
{
    constexpr const char *unreadable = "the answer cannot be read";
    if (packet.size() < headerBytes)
        return unreadable;
    const auto flags = static_cast<unsigned char>(packet[2]);
    const bool repeats = repeatsQuestion(packet);
    const bool bareError = (packet[3] & 0x0f) != 0 && packet[4] == 0 && packet[5] == 0;
    if (!repeats && !((flags & 0x80) != 0 && bareError))
        return unreadable;
    if ((flags & 0x80) == 0)
        return "a question came back instead of an answer";
    if ((flags & 0x78) != 0)
        return "the answer is of another kind than the question";
    return nullptr;
}

bool isError(QByteArrayView packet)
{
    constexpr char noSuchName = 3;
    const char code = packet.size() > 3 ? packet[3] & 0x0f : 0;
    return code != 0 && code != noSuchName;
}

bool repeatsQuestion(QByteArrayView packet)
{
    if (packet.size() < headerBytes || packet[4] != 0 || packet[5] != 1)
        return false;
    qsizetype at = headerBytes;
    while (at < packet.size()) {
        const auto length = static_cast<unsigned char>(packet[at]);
        if (length == 0)
            return at + 5 <= packet.size();
        if (length > longestLabel)
            return false;
        at += 1 + length;
    }
    return false;
}

} // namespace wg
