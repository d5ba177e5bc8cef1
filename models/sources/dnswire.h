// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QString>
#include <array>
#include <optional>

namespace wg {

/// A name out of a packet as lower-case text without trailing dot; the root is "". Bytes that are
/// no host name's stand as \DDD (RFC 1035 5.1). A value on the stack: nothing is allocated.
class WireName
{
public:
    [[nodiscard]] QLatin1String text() const { return {m_text.data(), m_size}; }
    /// "." for the root.
    [[nodiscard]] QString value() const;
    [[nodiscard]] bool isRoot() const { return m_size == 0; }
    /// The name itself or one below zone.
    [[nodiscard]] bool isWithin(const WireName &zone) const;

    friend bool operator==(const WireName &a, const WireName &b) { return a.text() == b.text(); }

private:
    friend class DnsWire;
    void append(quint8 byte);

    std::array<char, 1024> m_text; // 255 octets, at most four characters each; filled up to m_size
    int m_size = 0;
};

/// The fixed part of a packet (RFC 1035 4.1.1).
struct WireHeader
{
    bool response = false;
    bool truncated = false;
    int rcode = 0;
    std::array<quint16, 4> counts{}; ///< questions, answers, authority, additional
};

/// Where one resource record lies in its packet.
struct WireRecord
{
    qsizetype name = 0;
    qsizetype data = 0;
    quint16 type = 0;
    quint16 rrClass = 0;
    quint16 length = 0;
    quint32 ttl = 0;
};

/// Reads a DNS packet without trusting it: every length is checked, compression pointers only lead
/// backwards. Any thread; the bytes must outlive it.
class DnsWire
{
public:
    explicit DnsWire(QByteArrayView packet)
        : m_packet(packet)
    { }

    std::optional<WireHeader> header();
    /// Reads a name at the given offset and returns where it ends; nothing when it is no name.
    std::optional<qsizetype> name(qsizetype at, WireName *out) const;
    /// Reads the record at the cursor and moves behind it.
    bool next(WireRecord &out);
    /// Reads the question at the cursor and moves behind it.
    bool question(WireName &name, quint16 &type, quint16 &rrClass);

    /// True when the name at this offset is a pointer to the first question, or the same text.
    bool isName(qsizetype at, const WireName &name, bool isQuestion) const;

    [[nodiscard]] quint16 u16(qsizetype at) const;
    [[nodiscard]] quint32 u32(qsizetype at) const;
    [[nodiscard]] QByteArrayView bytes(qsizetype at, qsizetype count) const
    {
        return m_packet.sliced(at, count);
    }

private:
    [[nodiscard]] quint8 byte(qsizetype at) const { return quint8(m_packet[at]); }
    /// Behind the name at this offset, without reading where pointers lead.
    [[nodiscard]] std::optional<qsizetype> skipName(qsizetype at) const;

    QByteArrayView m_packet;
    qsizetype m_at = 0;
};

} // namespace wg
