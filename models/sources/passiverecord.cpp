// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/passiverecord.h"

#include "core/address.h"
#include "core/entitytext.h"
#include "sources/dnstypes.h"

#include <charconv>
#include <cmath>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

QString fromUtf8(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

/// Text of so many characters that are to be written, in the room of one that is done with.
QString roomFor(std::size_t size, QString &&old)
{
    constexpr qsizetype mostKept = 1024; // else one long text would stay for as long as the batch
    if (!old.isDetached() || old.capacity() < qsizetype(size) || old.capacity() > mostKept)
        return QString(qsizetype(size), Qt::Uninitialized);
    old.resize(qsizetype(size));
    return std::move(old);
}

/// ASCII in the room of a text that is done with.
QString asciiText(std::string_view ascii, QString &&old)
{
    QString text = roomFor(ascii.size(), std::move(old));
    std::copy(ascii.begin(), ascii.end(), reinterpret_cast<char16_t *>(text.data()));
    return text;
}

constexpr bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// Text that is a number nearly always, in the room of one that is done with.
UntrustedText numberText(std::string_view told, UntrustedText &&old)
{
    const bool plain = !told.empty() && std::all_of(told.begin(), told.end(), isDigit);
    return plain ? UntrustedText::trusted(asciiText(told, std::move(old).taken()))
                 : UntrustedText::fromUtf8(told);
}

/// A list to be written over what it held, of so many.
Attribute *rewritten(Attributes &list, qsizetype size)
{
    if (!list.isDetached())
        list = Attributes();
    if (list.size() != size)
        list.resize(size);
    return list.data();
}

constexpr bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && isBlank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isBlank(text.back()))
        text.remove_suffix(1);
    return text;
}

/// Lower case for what host names are made of, dots between labels too; 0 for anything else.
constexpr std::array<char, 256> makeHostBytes()
{
    std::array<char, 256> table{};
    for (std::size_t c = 'a'; c <= 'z'; ++c)
        table[c] = table[c - 0x20] = char(c);
    for (std::size_t c = '0'; c <= '9'; ++c)
        table[c] = char(c);
    for (const char c : {'-', '_', '*', '.'})
        table[std::size_t(c)] = c;
    return table;
}
constexpr auto hostBytes = makeHostBytes();

constexpr std::size_t mostName = 253;
constexpr std::size_t mostLabel = 63;

/// The usual ASCII names in canonical form without the general way's cost; empty where that must
/// decide.
QString plainHost(std::string_view name, QString &&old)
{
    if (name.ends_with('.'))
        name.remove_suffix(1);
    if (name.size() > mostName)
        return {};
    QString host = roomFor(name.size(), std::move(old));
    auto *const to = reinterpret_cast<char16_t *>(host.data());
    std::size_t label = 0; // where it begins
    for (std::size_t i = 0; i < name.size(); ++i) {
        const char byte = hostBytes[quint8(name[i])];
        const bool ends = byte == '.';
        if (byte == 0 || (ends && (i == label || i - label > mostLabel)))
            return {};
        to[i] = char16_t(byte);
        label = ends ? i + 1 : label;
    }
    return name.size() > label && name.size() - label <= mostLabel ? host : QString();
}

QString hostText(std::string_view name, QString &&old = {})
{
    QString plain = plainHost(name, std::move(old));
    return plain.isEmpty() ? canonicalHostName(fromUtf8(name)).value_or(QString()) : plain;
}

bool isPlainV4(std::string_view text)
{
    int dots = 0;
    int digits = 0;
    int value = 0;
    for (const char c : text) {
        if (c == '.') {
            if (digits == 0 || ++dots > 3)
                return false;
            digits = value = 0;
        } else {
            if (!isDigit(c) || (digits == 1 && value == 0))
                return false; // "01" is not an address
            value = value * 10 + (c - '0');
            if (++digits > 3 || value > 255)
                return false;
        }
    }
    return dots == 3 && digits > 0;
}

std::optional<Artifact> addressOf(std::string_view text)
{
    if (isPlainV4(text))
        return Artifact{ArtifactKind::Ipv4,
                        QString::fromLatin1(text.data(), qsizetype(text.size()))};
    if (text.find(':') == std::string_view::npos)
        return std::nullopt;
    const auto address = parseAddress(fromUtf8(text));
    return address ? std::optional(address->artifact()) : std::nullopt;
}

/// "4.3.2.1.in-addr.arpa" as 1.2.3.4, so that a PTR belongs to the address as in live DNS.
std::optional<Artifact> reversedAddress(const QString &name)
{
    const bool v6 = name.endsWith(".ip6.arpa"_L1);
    if (!v6 && !name.endsWith(".in-addr.arpa"_L1))
        return std::nullopt;
    QStringList parts = name.chopped(v6 ? 9 : 13).split(u'.');
    if (parts.size() != (v6 ? 32 : 4))
        return std::nullopt;
    std::reverse(parts.begin(), parts.end());
    QString text = parts.join(v6 ? QString() : u"."_s);
    for (qsizetype i = 4; v6 && i < text.size(); i += 5)
        text.insert(i, u':');
    const auto address = parseAddress(text);
    return address ? std::optional(address->artifact()) : std::nullopt;
}

/// Takes the next word off the front.
std::string_view word(std::string_view &text)
{
    text = trimmed(text);
    const auto end = std::min(text.find_first_of(" \t"), text.size());
    const std::string_view first = text.substr(0, end);
    text.remove_prefix(end);
    return first;
}

/// A name in RDATA: canonical where it is a host name, else as told, in lower case.
UntrustedText dataName(std::string_view data, UntrustedText &&old = {})
{
    data = trimmed(data);
    if (data == ".")
        return UntrustedText::trusted(u"."_s);
    if (QString host = hostText(data, std::move(old).taken()); !host.isEmpty())
        return UntrustedText::trusted(std::move(host));
    const QString name = fromUtf8(data).toLower();
    return UntrustedText::fromString(name.endsWith(u'.') ? name.chopped(1) : name);
}

/// "10 mx.example.", or the exchange alone.
void readMx(std::string_view data, Record &out)
{
    std::string_view rest = data;
    const std::string_view number = word(rest);
    quint16 preference = 0;
    const auto read = std::from_chars(number.data(), number.data() + number.size(), preference);
    const bool numbered = read.ec == std::errc() && read.ptr == number.data() + number.size();
    out.value = dataName(numbered ? rest : data, std::move(out.value));
    if (numbered && !trimmed(rest).empty())
        out.attributes.append(
            {u"preference"_s, UntrustedText::trusted(QString::number(preference))});
}

/// "mname rname serial …": the timers are no part of the fact.
void readSoa(std::string_view data, Record &out)
{
    std::string_view rest = data;
    const QString server = dataName(word(rest)).raw();
    const QString mailbox = dataName(word(rest)).raw();
    out.value = UntrustedText::fromString(mailbox.isEmpty() ? server : server + u' ' + mailbox);
}

std::string_view soaSerial(std::string_view data)
{
    word(data);
    word(data);
    return word(data);
}

/// Data of several words, names and digits among them in one form however they were told.
UntrustedText wordsOf(quint16 type, std::string_view data)
{
    const std::size_t hex = hexFrom(type);
    const std::size_t joined = hex > 0 ? hex : base64From(type);
    constexpr std::size_t most = 6;
    bool named = joined > 0;
    for (std::size_t place = 0; place < most; ++place)
        named = named || isNameAt(type, place);
    if (!named)
        return UntrustedText::fromUtf8(trimmed(data));
    QString text;
    std::string_view rest = data;
    for (std::size_t place = 0; !trimmed(rest).empty(); ++place) {
        const std::string_view each = word(rest);
        if (place > 0 && (joined == 0 || place <= joined))
            text += u' ';
        if (isNameAt(type, place))
            text += dataName(each).raw();
        else
            text += hex > 0 && place >= hex ? fromUtf8(each).toLower() : fromUtf8(each);
    }
    return UntrustedText::fromString(text);
}

/// Master file strings ("\"v=spf1 \" \"-all\"") joined; text without quotes as it is.
std::string joinedStrings(std::string_view data)
{
    if (!data.starts_with('"'))
        return std::string(data);
    std::string joined;
    bool inside = false;
    for (std::size_t i = 0; i < data.size(); ++i) {
        if (data[i] == '"') {
            inside = !inside;
            continue;
        }
        if (!inside)
            continue;
        int code = 0;
        if (data[i] != '\\' || i + 1 == data.size()) {
            joined += data[i];
        } else if (i + 3 < data.size()
                   && std::from_chars(&data[i + 1], &data[i + 4], code).ptr == &data[i + 4]
                   && code >= 0 && code <= 255) {
            joined += char(code);
            i += 3;
        } else {
            joined += data[++i];
        }
    }
    return joined;
}

/// "0 issue \"ca.example\"": some tell the value without its quotation marks.
void readCaa(std::string_view data, Record &out)
{
    std::string_view rest = data;
    const QString flags = fromUtf8(word(rest));
    const QString tag = fromUtf8(word(rest)).toLower();
    const std::string value = joinedStrings(trimmed(rest));
    out.value = UntrustedText::fromString(tag.isEmpty() ? fromUtf8(trimmed(data))
                                                        : flags + u' ' + tag + u" \""_s
                                                  + fromUtf8(value) + u'"');
}

/// 201905011234 and 20190501123456 are days and times of day. As milliseconds they would be from
/// before there were names, or of a time to come.
std::optional<quint64> compactOf(quint64 stamp)
{
    constexpr quint64 namesBegan = 473'385'600'000; // 1985, in ms
    if (stamp >= 197'001'010'000 && stamp < namesBegan)
        return stamp * 100;
    return stamp >= 19'700'101'000'000 && stamp < 21'010'000'000'000 ? std::optional(stamp)
                                                                     : std::nullopt;
}

std::optional<Instant> compactTime(quint64 stamp)
{
    const auto take = [&stamp](quint64 size) {
        const int part = int(stamp % size);
        stamp /= size;
        return part;
    };
    const int second = take(100);
    const int minute = take(100);
    const QTime time(take(100), minute, second);
    const int day = take(100);
    const int month = take(100);
    const QDate date(int(stamp), month, day);
    if (!time.isValid() || !date.isValid())
        return std::nullopt;
    return Instant{QDateTime(date, time, Qt::UTC).toMSecsSinceEpoch()};
}

/// Told in seconds, milliseconds or microseconds.
template <class Number>
std::optional<Instant> timeOf(Number stamp)
{
    constexpr auto mostSeconds = Number(100'000'000'000); // the year 5138
    constexpr auto mostMilliseconds = Number(100'000'000'000'000);
    constexpr auto mostMicroseconds = Number(100'000'000'000'000'000);
    if (!(stamp > 0) || stamp >= mostMicroseconds)
        return std::nullopt;
    if (stamp < mostSeconds)
        return Instant{qint64(stamp * 1000)};
    return Instant{qint64(stamp < mostMilliseconds ? stamp : stamp / 1000)};
}

/// "2019/05/01 12:00:00" and "2019-05-01 12:00:00 UTC", as a few write them, in the form of ISO
/// 8601.
QString isoForm(std::string_view text)
{
    constexpr std::size_t dayPart = 5;
    QString iso = fromUtf8(text);
    if (text.size() > 2 * dayPart - 1 && text[dayPart - 1] == '/')
        iso.replace(u'/', u'-');
    if (iso.endsWith(" UTC"_L1) || iso.endsWith(" GMT"_L1))
        iso = iso.chopped(4) + u'Z';
    return iso;
}

} // namespace

PassiveRecordMaker::PassiveRecordMaker(Instant told)
    : m_latest(told + dayMs) // clocks differ, and days are told without a zone
{ }

bool PassiveRecordMaker::readOwner(std::string_view name)
{
    if (name == m_ownerBytes && !m_owner.isEmpty())
        return true;
    if (auto address = addressOf(name)) {
        m_owner = *std::move(address);
    } else {
        QString host = hostText(name);
        if (host.isEmpty())
            return false;
        const auto reversed = host.endsWith(".arpa"_L1) ? reversedAddress(host) : std::nullopt;
        m_owner = reversed.value_or(Artifact{ArtifactKind::Domain, std::move(host)});
    }
    m_ownerBytes.assign(name);
    return true;
}

QLatin1String PassiveRecordMaker::recogniseType(Type &type)
{
    constexpr std::size_t longest = 20;
    const std::string &bytes = type.bytes;
    if (bytes.empty() || bytes.size() > longest)
        return "the record type is missing or too long"_L1;
    const auto read = std::from_chars(bytes.data(), bytes.data() + bytes.size(), type.number);
    if (read.ec != std::errc() || read.ptr != bytes.data() + bytes.size())
        type.number = dnsTypeNumber(QLatin1String(bytes.data(), qsizetype(bytes.size())));
    const auto isWordByte = [](char c) {
        return hostBytes[quint8(c)] != 0 && c != '*' && c != '.';
    };
    if (type.number == 0 && !std::all_of(bytes.begin(), bytes.end(), isWordByte))
        return "the record type is no word"_L1;
    type.name = type.number != 0 ? dnsTypeName(type.number) : fromUtf8(bytes).toUpper();
    return {};
}

QLatin1String PassiveRecordMaker::readType(std::string_view bytes)
{
    constexpr std::size_t mostTypes = 32;
    const auto known = std::find_if(m_types.cbegin(), m_types.cend(), [bytes](const Type &each) {
        return each.bytes.size() == bytes.size() && each.bytes[0] == bytes[0]
            && each.bytes == bytes;
    });
    if (known != m_types.cend()) {
        m_type = std::size_t(known - m_types.cbegin());
        return {};
    }
    Type told{std::string(bytes), {}, 0};
    if (const QLatin1String problem = recogniseType(told); !problem.isEmpty())
        return problem;
    if (m_types.size() == mostTypes)
        m_types.clear();
    m_type = m_types.size();
    m_types.push_back(std::move(told));
    return {};
}

/// Sorted by name.
void PassiveRecordMaker::readDetails(const PassiveStatement &statement, std::string_view serial,
                                     Attributes &out)
{
    const bool within = !statement.bailiwick.empty();
    const bool counted = !statement.count.empty();
    Attribute *next = rewritten(out, int(within) + int(counted) + int(!serial.empty()));
    if (within) {
        if (statement.bailiwick != m_bailiwickBytes) { // neighbours share its text
            m_bailiwickBytes.assign(statement.bailiwick);
            m_bailiwick = UntrustedText::fromUtf8(statement.bailiwick);
        }
        next->name = u"bailiwick"_s;
        next++->text = m_bailiwick;
    }
    if (counted) {
        next->name = u"count"_s;
        next->text = numberText(statement.count, std::move(next->text));
        ++next;
    }
    if (!serial.empty()) {
        next->name = u"serial"_s;
        next->text = numberText(serial, std::move(next->text));
    }
}

QLatin1String PassiveRecordMaker::readAddress(std::string_view data, UntrustedText &out) const
{
    if (type().number == dnstype::a && isPlainV4(data)) { // nearly all are
        out = UntrustedText::trusted(asciiText(data, std::move(out).taken()));
        return {};
    }
    const auto address = addressOf(data);
    const auto kind = type().number == dnstype::a ? ArtifactKind::Ipv4 : ArtifactKind::Ipv6;
    const bool mapped = kind == ArtifactKind::Ipv6 && data.find(':') != data.npos;
    if (!address || (address->kind != kind && !mapped))
        return "the address cannot be read"_L1;
    out = UntrustedText::trusted(address->value);
    return {};
}

QLatin1String PassiveRecordMaker::readValue(std::string_view data, Record &out) const
{
    if (data.starts_with("\\# ") && !type().name.startsWith("TYPE"_L1))
        return "the data is written as that of an unknown type"_L1;
    switch (type().number) {
    case dnstype::a:
    case dnstype::aaaa:
        return readAddress(trimmed(data), out.value);
    case dnstype::mx:
        readMx(data, out);
        break;
    case dnstype::soa:
        readSoa(data, out);
        break;
    case dnstype::ns:
    case dnstype::cname:
    case dnstype::ptr:
    case 39: // DNAME
        out.value = dataName(data, std::move(out.value));
        break;
    case 257: // CAA
        readCaa(data, out);
        break;
    case dnstype::txt:
    case 99: // SPF
        out.value = data.starts_with('"') ? UntrustedText::fromUtf8(joinedStrings(data))
                                          : UntrustedText::fromUtf8(data);
        return {};
    default:
        out.value = wordsOf(type().number, data);
        break;
    }
    return out.value.isEmpty() ? "the record has no data"_L1 : QLatin1String();
}

bool PassiveRecordMaker::isPossible(const std::optional<Instant> &date) const
{
    return date && date->ms > 0 && *date <= m_latest;
}

QLatin1String PassiveRecordMaker::make(const PassiveStatement &statement, Record &out)
{
    if (const QLatin1String problem = readType(statement.type); !problem.isEmpty())
        return problem;
    std::string_view name = trimmed(statement.name);
    std::string_view data = statement.data;
    const bool resolution = type().number == dnstype::a || type().number == dnstype::aaaa;
    if (resolution && addressOf(name) && !addressOf(trimmed(data)))
        std::swap(name, data); // some servers put what was asked into rrname
    if (!readOwner(trimmed(name)))
        return "the name is no host name"_L1;
    if (resolution && m_owner.kind != ArtifactKind::Domain)
        return "an address has no address"_L1;
    out.attributes.clear();
    out.identity = Identity::Value;
    out.worldFirst.reset();
    out.worldLast.reset();
    out.owner = m_owner;
    out.dataset = resolution ? Dataset::Resolutions : Dataset::Dns;
    out.type = type().name;
    if (const QLatin1String problem = readValue(data, out); !problem.isEmpty())
        return problem;
    readDetails(statement, type().number == dnstype::soa ? soaSerial(data) : std::string_view(),
                out.details);
    if (isPossible(statement.first))
        out.worldFirst = statement.first;
    if (isPossible(statement.last))
        out.worldLast = statement.last;
    if (out.worldFirst && out.worldLast && *out.worldLast < *out.worldFirst)
        std::swap(out.worldFirst, out.worldLast);
    return {};
}

std::optional<Instant> passiveTime(double stamp)
{
    return timeOf(stamp);
}

std::optional<Instant> passiveTime(quint64 stamp)
{
    constexpr quint64 compactFrom = 100'000'000'000;
    const auto compact = stamp < compactFrom ? std::nullopt : compactOf(stamp);
    return compact ? compactTime(*compact) : timeOf(stamp);
}

std::optional<Instant> passiveTime(std::string_view text)
{
    text = trimmed(text);
    quint64 whole = 0; // nearly all are
    const auto plain = std::from_chars(text.data(), text.data() + text.size(), whole);
    if (plain.ec == std::errc() && plain.ptr == text.data() + text.size())
        return passiveTime(whole);
    double stamp = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), stamp);
    if (read.ec == std::errc() && read.ptr == text.data() + text.size())
        return passiveTime(stamp);
    return text.empty() ? std::nullopt : parseInstant(isoForm(text));
}

} // namespace wg
