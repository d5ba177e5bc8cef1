// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/importfile.h"

#include <array>

namespace wg::bench {

namespace {

constexpr qint64 perName = 5;
constexpr qsizetype lineSize = 258;
constexpr qint64 began = 1'420'000'000;

/// SplitMix64: what looks like chance and is the same each time.
quint64 mixed(quint64 number)
{
    number += 0x9e37'79b9'7f4a'7c15;
    number = (number ^ (number >> 30)) * 0xbf58'476d'1ce4'e5b9;
    number = (number ^ (number >> 27)) * 0x94d0'49bb'1331'11eb;
    return number ^ (number >> 31);
}

QByteArray nameOf(quint64 number)
{
    constexpr std::array tops{"com", "net", "org", "info", "co.uk"};
    const quint64 chance = mixed(number);
    QByteArray label;
    for (quint64 rest = chance; label.size() < 5 + qsizetype(chance % 7); rest /= 26)
        label += char('a' + rest % 26);
    return label + QByteArray::number(number, 36) + '.' + tops[chance % tops.size()];
}

QByteArray addressOf(quint64 chance)
{
    return QByteArray::number(11 + chance % 180) + '.' + QByteArray::number((chance >> 8) % 256)
        + '.' + QByteArray::number((chance >> 16) % 256) + '.'
        + QByteArray::number((chance >> 24) % 256);
}

struct Told
{
    QByteArray type;
    QByteArray data; ///< as JSON
};

/// Names share servers, and fewer addresses than there are names.
Told toldOf(quint64 name, qint64 which)
{
    const quint64 chance = mixed(name * perName + quint64(which) + 1'000'000'007);
    const QByteArray provider = "provider" + QByteArray::number(chance % 5000) + ".net.";
    switch (which) {
    case 0:
        return {"A", '"' + addressOf(mixed(chance % 150'000)) + '"'};
    case 1:
        return {"NS", "[\"ns1." + provider + "\",\"ns2." + provider + "\"]"};
    case 2:
        return {"MX", "\"10 mail." + provider + '"'};
    case 3:
        return {"TXT",
                "\"v=spf1 include:_spf." + provider.chopped(1) + " ip4:" + addressOf(chance)
                    + " -all\""};
    default:
        break;
    }
    if (chance % 2)
        return {"CNAME", "\"edge" + QByteArray::number(chance % 90'000) + ".cdn.example.net.\""};
    return {"AAAA",
            "\"2001:db8:" + QByteArray::number((chance >> 20) % 0xffff + 1, 16)
                + "::" + QByteArray::number(chance % 0xffff + 1, 16) + '"'};
}

QByteArray lineOf(quint64 name, qint64 which)
{
    const quint64 chance = mixed(name ^ quint64(which) << 40);
    const Told told = toldOf(name, which);
    const QByteArray owner = nameOf(name);
    const qint64 first = began + qint64(chance % 150'000'000);
    const qint64 last = first + qint64((chance >> 30) % 100'000'000);
    QByteArray line = "{\"rrname\":\"" + owner + ".\",\"rrtype\":\"" + told.type
        + "\",\"rdata\":" + told.data + ",\"time_first\":" + QByteArray::number(first)
        + ",\"time_last\":" + QByteArray::number(last)
        + ",\"count\":" + QByteArray::number(1 + chance % 5000) + ",\"bailiwick\":\"" + owner
        + ".\",\"sensor_id\":\"sensor-" + QByteArray::number(chance % 40) + "\",\"origin\":\"";
    const qsizetype room = lineSize - line.size() - 2;
    return line + QByteArray("https://pdns.example/").leftJustified(room, 'x', true) + "\"}\n";
}

} // namespace

bool writeRecords(QIODevice &out, qint64 records, RecordOrder order)
{
    const qint64 names = (records + perName - 1) / perName;
    QByteArray chunk;
    for (qint64 i = 0; i < records; ++i) {
        const bool together = order == RecordOrder::Together;
        const qint64 name = together ? i / perName : i % names;
        // A factor that has no divisor in common with the number: every name once, in no order.
        const quint64 place = quint64(name) * 7'919 % quint64(names);
        chunk += lineOf(place, together ? i % perName : i / names);
        if (chunk.size() > 1 << 20 || i + 1 == records) {
            if (out.write(chunk) != chunk.size())
                return false;
            chunk.clear();
        }
    }
    return true;
}

} // namespace wg::bench
