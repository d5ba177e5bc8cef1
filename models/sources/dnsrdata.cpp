// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/dnsrdata.h"

#include "sources/dnstypes.h"

using namespace Qt::StringLiterals;

namespace wg {

namespace {

bool readName(const DnsWire &wire, const WireRecord &rr, Record &out)
{
    WireName name;
    const auto end = wire.name(rr.data, &name);
    if (!end || *end != rr.data + rr.length)
        return false;
    out.value = UntrustedText::trusted(name.value());
    return true;
}

bool readMx(const DnsWire &wire, const WireRecord &rr, Record &out)
{
    WireName exchange;
    if (rr.length < 3)
        return false;
    const auto end = wire.name(rr.data + 2, &exchange);
    if (!end || *end != rr.data + rr.length)
        return false;
    out.value = UntrustedText::trusted(exchange.value());
    out.attributes = {
        {u"preference"_s, UntrustedText::trusted(QString::number(wire.u16(rr.data)))}};
    return true;
}

bool readSoa(const DnsWire &wire, const WireRecord &rr, Record &out)
{
    WireName server;
    WireName mailbox;
    const auto second = wire.name(rr.data, &server);
    if (!second || *second > rr.data + rr.length)
        return false;
    const auto timers = wire.name(*second, &mailbox);
    if (!timers || *timers + 20 != rr.data + rr.length)
        return false;
    out.value = UntrustedText::trusted(server.value() + u' ' + mailbox.value());
    const auto number = [&](int index) {
        return UntrustedText::trusted(QString::number(wire.u32(*timers + 4 * index)));
    };
    out.details = {{u"expire"_s, number(3)},
                   {u"minimum"_s, number(4)},
                   {u"refresh"_s, number(1)},
                   {u"retry"_s, number(2)},
                   {u"serial"_s, number(0)}};
    return true;
}

bool readTxt(const DnsWire &wire, const WireRecord &rr, Record &out)
{
    QByteArray joined;
    joined.reserve(rr.length);
    const qsizetype end = rr.data + rr.length;
    qsizetype at = rr.data;
    while (at < end) {
        const auto length = qsizetype(quint8(wire.bytes(at, 1)[0]));
        if (at + 1 + length > end)
            return false;
        joined += wire.bytes(at + 1, length);
        at += 1 + length;
    }
    out.value = UntrustedText::fromUtf8(joined);
    return rr.length > 0;
}

} // namespace

std::optional<IpAddress> addressOf(const DnsWire &wire, const WireRecord &rr)
{
    IpAddress address;
    address.v6 = rr.type == dnstype::aaaa;
    if (rr.length != (address.v6 ? 16 : 4))
        return std::nullopt;
    const QByteArrayView bytes = wire.bytes(rr.data, rr.length);
    std::transform(bytes.begin(), bytes.end(), address.bytes.begin(),
                   [](char c) { return quint8(c); });
    return address;
}

bool readRdata(const DnsWire &wire, const WireRecord &rr, Record &out)
{
    switch (rr.type) {
    case dnstype::a:
    case dnstype::aaaa: {
        const auto address = addressOf(wire, rr);
        if (!address)
            return false;
        out.value = UntrustedText::trusted(address->text());
        return true;
    }
    case dnstype::ns:
    case dnstype::cname:
    case dnstype::ptr:
        return readName(wire, rr, out);
    case dnstype::mx:
        return readMx(wire, rr, out);
    case dnstype::soa:
        return readSoa(wire, rr, out);
    case dnstype::txt:
        return readTxt(wire, rr, out);
    default:
        return false;
    }
}

} // namespace wg
