// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QStringView>
#include <array>
#include <span>

namespace wg {

/// The largest UDP answer that is asked for (DNS flag day 2020: no fragments).
constexpr int ednsPayloadBytes = 1232;

/// Whether a question offers EDNS; some old servers answer FORMERR to it.
enum class Edns : quint8
{
    With,
    Without
};

/// One DNS question on the wire, built on the stack: recursion desired, EDNS without client subnet.
class DnsQuery
{
public:
    /// Empty when the name cannot be a DNS name: a label over 63 or a name over 255 octets, or not
    /// ASCII.
    DnsQuery(quint16 id, QStringView name, quint16 type, Edns edns = Edns::With);

    [[nodiscard]] bool isEmpty() const { return m_size == 0; }
    [[nodiscard]] quint16 id() const { return quint16(m_bytes[0] << 8 | m_bytes[1]); }
    [[nodiscard]] std::span<const unsigned char> bytes() const { return {m_bytes.data(), m_size}; }
    /// Whether the packet repeats this question, in any case of letters, or none at all.
    [[nodiscard]] bool fits(QByteArrayView packet) const;

private:
    bool writeName(QStringView name);
    void write16(quint16 value)
    {
        m_bytes[m_size++] = static_cast<unsigned char>(value >> 8);
        m_bytes[m_size++] = static_cast<unsigned char>(value & 0xff);
    }

    // Header, name, type and class, OPT.
    std::array<unsigned char, 12 + 255 + 4 + 11> m_bytes;
    size_t m_size = 0;
};

/// True for a FORMERR without an OPT record: the responder does not know EDNS.
bool rejectsEdns(QByteArrayView packet);

/// True where the TC bit says that the answer was cut to fit.
bool isCut(QByteArrayView packet);

/// What is wrong with a packet as an answer to anything, or null: too short, a question, another
/// opcode, no error and yet no question that can be read.
const char *packetFault(QByteArrayView packet);

/// True where one question in plain form follows the header: what c-ares tells answers apart by.
bool repeatsQuestion(QByteArrayView packet);

/// True for every code but NOERROR and NXDOMAIN.
bool isError(QByteArrayView packet);

} // namespace wg
