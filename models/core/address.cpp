// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/address.h"

namespace wg {

namespace {

constexpr std::array<quint8, 12> mappedPrefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

int bitsOf(const IpAddress &a)
{
    return a.v6 ? 128 : 32;
}

bool isMapped(const IpAddress &a)
{
    return a.v6 && std::equal(mappedPrefix.begin(), mappedPrefix.end(), a.bytes.begin());
}

IpAddress unmapped(const IpAddress &a)
{
    IpAddress v4;
    std::copy(a.bytes.begin() + 12, a.bytes.end(), v4.bytes.begin());
    return v4;
}

/// At most count decimal digits without sign or leading zero, or -1.
int decimal(QStringView text, qsizetype count)
{
    if (text.isEmpty() || text.size() > count || (text.size() > 1 && text.front() == u'0'))
        return -1;
    int value = 0;
    for (const QChar c : text) {
        if (c < u'0' || c > u'9')
            return -1;
        value = value * 10 + (c.unicode() - u'0');
    }
    return value;
}

int hexDigit(QChar c)
{
    if (c >= u'0' && c <= u'9')
        return c.unicode() - u'0';
    const char16_t lower = c.unicode() | 0x20;
    return lower >= u'a' && lower <= u'f' && c.unicode() < 0x80 ? lower - u'a' + 10 : -1;
}

/// One to four hexadecimal digits, or -1.
int group(QStringView text)
{
    if (text.isEmpty() || text.size() > 4)
        return -1;
    int value = 0;
    for (const QChar c : text) {
        const int digit = hexDigit(c);
        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

std::optional<IpAddress> parseV4(QStringView text)
{
    IpAddress a;
    for (std::size_t part = 0; part < 4; ++part) {
        const qsizetype dot = part < 3 ? text.indexOf(u'.') : text.size();
        if (dot < 0)
            return std::nullopt;
        const int value = decimal(text.first(dot), 3);
        if (value < 0 || value > 255)
            return std::nullopt;
        a.bytes[part] = quint8(value);
        text = part < 3 ? text.sliced(dot + 1) : QStringView();
    }
    return a;
}

/// Sixteen-bit groups on one side of "::"; a last part may be an IPv4 address.
bool takeGroups(QStringView text, std::array<quint8, 16> &bytes, std::size_t &used)
{
    used = 0;
    while (!text.isEmpty()) {
        const qsizetype colon = text.indexOf(u':');
        const QStringView part = colon < 0 ? text : text.first(colon);
        if (colon < 0 && part.contains(u'.')) {
            const auto v4 = parseV4(part);
            if (!v4 || used + 4 > bytes.size())
                return false;
            std::copy_n(v4->bytes.begin(), 4, bytes.begin() + std::ptrdiff_t(used));
            used += 4;
            return true;
        }
        const int value = group(part);
        if (value < 0 || used + 2 > bytes.size())
            return false;
        bytes[used++] = quint8(value >> 8);
        bytes[used++] = quint8(value & 0xff);
        if (colon < 0)
            return true;
        text = text.sliced(colon + 1);
        if (text.isEmpty())
            return false; // a single colon at the end
    }
    return true;
}

std::optional<IpAddress> parseV6(QStringView text)
{
    if (text.size() < 2 || text.size() > 45)
        return std::nullopt;
    IpAddress a;
    a.v6 = true;
    const qsizetype gap = text.indexOf(QLatin1String("::"));
    std::size_t used = 0;
    if (gap < 0) {
        if (!takeGroups(text, a.bytes, used) || used != 16)
            return std::nullopt;
    } else {
        const QStringView left = text.first(gap);
        std::array<quint8, 16> tail{};
        std::size_t tailUsed = 0;
        // An IPv4 part belongs to the very end, so none on the left.
        if (left.contains(u'.') || !takeGroups(left, a.bytes, used)
            || !takeGroups(text.sliced(gap + 2), tail, tailUsed) || used + tailUsed > 14)
            return std::nullopt;
        std::copy_n(tail.begin(), tailUsed, a.bytes.end() - std::ptrdiff_t(tailUsed));
    }
    return isMapped(a) ? unmapped(a) : a;
}

/// Appends a number from 0 to 255 and returns the place behind it.
char *putByte(char *to, quint8 value)
{
    if (value >= 100)
        *to++ = char('0' + value / 100);
    if (value >= 10)
        *to++ = char('0' + value / 10 % 10);
    *to++ = char('0' + value % 10);
    return to;
}

QString textOfV4(const quint8 *b)
{
    char text[15];
    char *at = putByte(text, b[0]);
    for (int i = 1; i < 4; ++i) {
        *at++ = '.';
        at = putByte(at, b[i]);
    }
    return QString::fromLatin1(text, at - text);
}

/// Appends a group in hexadecimal without leading zeros and returns the place behind it.
char *putGroup(char *to, int value)
{
    for (int shift = 12; shift >= 0; shift -= 4) {
        if (shift == 0 || value >> shift != 0)
            *to++ = "0123456789abcdef"[value >> shift & 0xf];
    }
    return to;
}

/// Start and length of the longest run of at least two zero groups, the first of equals.
std::pair<int, int> longestZeroRun(const std::array<int, 8> &groups)
{
    std::pair<int, int> best{-1, 1};
    for (int i = 0; i < 8; ++i) {
        int end = i;
        while (end < 8 && groups[std::size_t(end)] == 0)
            ++end;
        if (end - i > best.second)
            best = {i, end - i};
        if (end > i)
            i = end;
    }
    return best;
}

QString textOfV6(const std::array<quint8, 16> &bytes)
{
    std::array<int, 8> groups{};
    for (std::size_t i = 0; i < 8; ++i)
        groups[i] = bytes[2 * i] << 8 | bytes[2 * i + 1];
    const auto [zeros, count] = longestZeroRun(groups);
    char text[40];
    char *at = text;
    for (int i = 0; i < 8; ++i) {
        if (i == zeros) {
            *at++ = ':';
            if (i == 0)
                *at++ = ':';
            i += count - 1;
            continue;
        }
        at = putGroup(at, groups[std::size_t(i)]);
        if (i < 7)
            *at++ = ':';
    }
    return QString::fromLatin1(text, at - text);
}

enum class Host : quint8
{
    Zeros,
    Ones
};

/// Sets all bits behind the first length ones.
void setHostBits(std::array<quint8, 16> &bytes, int length, int total, Host host)
{
    if (length >= total)
        return;
    const auto split = std::size_t(length / 8);
    const auto mask = quint8(0xff >> (length % 8));
    bytes[split] = quint8(host == Host::Ones ? bytes[split] | mask : bytes[split] & ~mask);
    std::fill(bytes.begin() + std::ptrdiff_t(split) + 1, bytes.begin() + total / 8,
              quint8(host == Host::Ones ? 0xff : 0));
}

IpNetwork networkOf(const IpAddress &a, int length)
{
    IpNetwork n{a, length};
    setHostBits(n.first.bytes, length, bitsOf(a), Host::Zeros);
    return n;
}

} // namespace

QByteArray IpAddress::sortKey() const
{
    QByteArray key(16, '\0');
    if (v6) {
        std::copy(bytes.begin(), bytes.end(), key.begin());
    } else {
        std::copy(mappedPrefix.begin(), mappedPrefix.end(), key.begin());
        std::copy_n(bytes.begin(), 4, key.begin() + 12);
    }
    return key;
}

QString IpAddress::text() const
{
    if (!v6)
        return textOfV4(bytes.data());
    if (isMapped(*this))
        return QLatin1String("::ffff:") + textOfV4(bytes.data() + 12);
    return textOfV6(bytes);
}

Artifact IpAddress::artifact() const
{
    return {v6 ? ArtifactKind::Ipv6 : ArtifactKind::Ipv4, text()};
}

QString IpNetwork::text() const
{
    return first.text() + u'/' + QString::number(length);
}

bool IpNetwork::contains(const IpAddress &a) const
{
    return a.v6 == first.v6 && networkOf(a, length).first == networkOf(first, length).first;
}

IpAddress IpNetwork::last() const
{
    IpAddress end = first;
    setHostBits(end.bytes, length, bitsOf(first), Host::Ones);
    return end;
}

std::optional<IpAddress> parseAddress(QStringView text)
{
    return text.contains(u':') ? parseV6(text) : parseV4(text);
}

std::optional<IpNetwork> parseNetwork(QStringView text)
{
    const qsizetype slash = text.indexOf(u'/');
    if (slash < 0)
        return std::nullopt;
    const auto address = parseAddress(text.first(slash));
    int length = decimal(text.sliced(slash + 1), 3);
    if (!address || length < 0)
        return std::nullopt;
    if (!address->v6 && text.contains(u':'))
        length -= 96; // written as IPv4-mapped IPv6
    if (length < 0 || length > bitsOf(*address))
        return std::nullopt;
    return networkOf(*address, length);
}

IpNetwork neighbourhood(const IpAddress &a)
{
    return networkOf(a, a.v6 ? 64 : 24);
}

IpNetwork networkOfRange(const IpAddress &first, const IpAddress &last)
{
    const int total = bitsOf(first);
    if (first.v6 != last.v6)
        return {first, total};
    int length = 0;
    while (length < total) {
        const auto byte = std::size_t(length / 8);
        if (((first.bytes[byte] ^ last.bytes[byte]) >> (7 - length % 8)) & 1)
            break;
        ++length;
    }
    return networkOf(first, length);
}

QString reverseName(const IpAddress &a)
{
    QString out;
    if (!a.v6) {
        for (std::size_t i = 4; i-- > 0;)
            out += QString::number(a.bytes[i]) + u'.';
        return out + QLatin1String("in-addr.arpa");
    }
    for (std::size_t i = 16; i-- > 0;) {
        out += QString::number(a.bytes[i] & 0xf, 16) + u'.';
        out += QString::number(a.bytes[i] >> 4, 16) + u'.';
    }
    return out + QLatin1String("ip6.arpa");
}

} // namespace wg
