// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/dnswire.h"

#include <QString>
#include <QVarLengthArray>

namespace wg {

/// Response codes (RFC 1035 4.1.1, RFC 2136); the extended ones of EDNS go on from here.
namespace dnsrcode {
inline constexpr int noError = 0;
inline constexpr int formErr = 1;
inline constexpr int servFail = 2;
inline constexpr int nxDomain = 3;
inline constexpr int notImp = 4;
inline constexpr int refused = 5;
inline constexpr int notAuth = 9;
} // namespace dnsrcode

/// What the resolver itself says about blocking (RFC 8914, extended DNS errors).
struct DnsExtendedError
{
    quint16 code = 0;
    QString text;
    [[nodiscard]] bool isBlocking() const { return code == 4 || (code >= 15 && code <= 17); }
};

/// Everything of an answer that decides what it is, read in one go. A value for one thread; the
/// bytes must outlive it.
class DnsPacket
{
public:
    explicit DnsPacket(QByteArrayView bytes)
        : m_wire(bytes)
    { }

    /// False when it is no answer to this question; the reason is in problem().
    bool read(const QString &name, quint16 type);
    [[nodiscard]] const QString &problem() const { return m_problem; }
    [[nodiscard]] const WireHeader &header() const { return m_header; }
    [[nodiscard]] const DnsWire &wire() const { return m_wire; }
    [[nodiscard]] const DnsExtendedError &extendedError() const { return m_extended; }
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
    DnsExtendedError m_extended;
    QString m_problem;
    QVarLengthArray<WireRecord, 24> m_answers;
    int m_aliases = 0;
    bool m_proven = false;
};

} // namespace wg
