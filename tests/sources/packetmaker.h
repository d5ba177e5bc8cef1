// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

namespace wg::test {

/// Writes DNS packets, honest and hostile, for tests.
class PacketMaker
{
public:
    enum Section
    {
        Question = 0,
        Answer = 1,
        Authority = 2,
        Additional = 3
    };
    enum Flags : quint16
    {
        Response = 0x8180,
        Cut = 0x0200
    };

    PacketMaker(const QByteArray &name, quint16 type, int rcode = 0, quint16 flags = Response);

    PacketMaker &rr(Section section, const QByteArray &owner, quint16 type, const QByteArray &data,
                    quint32 ttl = 300, quint16 rrClass = 1);
    PacketMaker &a(const QByteArray &owner, const QList<int> &address);
    PacketMaker &soa(const QByteArray &zone, Section section = Authority, quint32 serial = 1);
    /// An OPT record with one extended DNS error.
    PacketMaker &extendedError(quint16 code, const QByteArray &text);
    PacketMaker &raw(const QByteArray &bytes);
    [[nodiscard]] QByteArray packet() const { return m_packet; }

    static QByteArray name(const QByteArray &dotted);
    static QByteArray u16(int value);
    static QByteArray u32(quint32 value);

private:
    QByteArray m_packet;
};

} // namespace wg::test
