// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace wg {

/// Numbers of the record types this program knows by heart (IANA DNS parameters).
namespace dnstype {
constexpr quint16 a = 1;
constexpr quint16 ns = 2;
constexpr quint16 cname = 5;
constexpr quint16 soa = 6;
constexpr quint16 ptr = 12;
constexpr quint16 mx = 15;
constexpr quint16 txt = 16;
constexpr quint16 aaaa = 28;
constexpr quint16 opt = 41;
} // namespace dnstype

/// "A", "AAAA" …; "TYPE65280" for a number without a name (RFC 3597).
QString dnsTypeName(quint16 number);
/// The number of a type's name in any case, "TYPE257" included; 0 for what is none.
quint16 dnsTypeNumber(QLatin1String name);
quint16 dnsTypeNumber(QStringView name);
/// Whether a word of the data in presentation form is a host name, by its place from 0.
bool isNameAt(quint16 type, std::size_t place);
/// From which word on the data is one hexadecimal text, which may be in pieces; 0 for most types.
std::size_t hexFrom(quint16 type);
/// The same of Base64, whose case counts.
std::size_t base64From(quint16 type);

} // namespace wg
