// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/packetmaker.h"

namespace wg::test {

QByteArray PacketMaker::u16(int value)
{
    return QByteArray(1, char(value >> 8)) + char(value);
}

QByteArray PacketMaker::u32(quint32 value)
{
    return u16(int(value >> 16)) + u16(int(value & 0xffff));
}

QByteArray PacketMaker::name(const QByteArray &dotted)
{
    QByteArray out;
    const QList<QByteArray> labels = dotted.isEmpty() ? QList<QByteArray>() : dotted.split('.');
    for (const QByteArray &label : labels)
        out += char(label.size()) + label;
    return out + '\0';
}

PacketMaker::PacketMaker(const QByteArray &asked, quint16 type, int rcode, quint16 flags)
{
    m_packet = u16(0x1234) + u16(flags | rcode) + u16(1) + u16(0) + u16(0) + u16(0);
    m_packet += name(asked) + u16(type) + u16(1);
}

PacketMaker &PacketMaker::rr(Section section, const QByteArray &owner, quint16 type,
                             const QByteArray &data, quint32 ttl, quint16 rrClass)
{
    // The question's name is pointed to, as servers do.
    const QByteArray question = m_packet.mid(12, m_packet.indexOf('\0', 12) - 11);
    const QByteArray written = name(owner);
    m_packet += written == question ? QByteArray("\xc0\x0c") : written;
    m_packet += u16(type) + u16(rrClass) + u32(ttl) + u16(int(data.size())) + data;
    const qsizetype at = 4 + 2 * qsizetype(section);
    const int count = (quint8(m_packet[at]) << 8 | quint8(m_packet[at + 1])) + 1;
    m_packet.replace(at, 2, u16(count));
    return *this;
}

PacketMaker &PacketMaker::a(const QByteArray &owner, const QList<int> &address)
{
    QByteArray data;
    for (const int byte : address)
        data += char(byte);
    return rr(Answer, owner, address.size() == 4 ? 1 : 28, data);
}

PacketMaker &PacketMaker::soa(const QByteArray &zone, Section section, quint32 serial)
{
    return rr(section, zone, 6,
              name("NS1." + zone) + name("hostmaster." + zone) + u32(serial) + u32(7200) + u32(900)
                  + u32(1209600) + u32(300));
}

PacketMaker &PacketMaker::extendedError(quint16 code, const QByteArray &text)
{
    const QByteArray option = u16(15) + u16(int(text.size()) + 2) + u16(code) + text;
    return rr(Additional, {}, 41, option, 0, 1232);
}

PacketMaker &PacketMaker::raw(const QByteArray &bytes)
{
    m_packet += bytes;
    return *this;
}

} // namespace wg::test
