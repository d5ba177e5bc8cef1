// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/entitytext.h"

#include "core/address.h"
#include "core/entityreading.h"
#include "core/port.h"
#include "core/untrustedtext.h"

namespace wg {

namespace {

/// Longer than any URL people paste; the rest of such a text is not worth reading.
constexpr qsizetype mostText = 8192;

EntityReading refuse(TextTrouble trouble, QStringView part = {})
{
    return {Entity(), trouble, NameTrouble::None, part.toString()};
}

bool isAnyOf(QChar c, QStringView set)
{
    return set.contains(c);
}

/// Quotes, brackets and punctuation around a pasted word; a bracketed IPv6 address keeps its
/// brackets.
QStringView unwrapped(QStringView text)
{
    constexpr QStringView opening = u"\"'`“”„‘’‚«»‹›<({,;*•·|";
    constexpr QStringView closing = u"\"'`“”‘’«»‹›>)},;!?|";
    text = text.trimmed();
    while (!text.isEmpty() && isAnyOf(text.front(), opening) && !text.startsWith(u"*."))
        text = text.sliced(1).trimmed();
    while (!text.isEmpty() && isAnyOf(text.back(), closing))
        text = text.chopped(1).trimmed();
    const bool boxed = text.startsWith(u'[') && text.endsWith(u']') && !text.contains(u':');
    return boxed ? text.sliced(1).chopped(1).trimmed() : text;
}

qsizetype indexOfAny(QStringView text, QStringView set)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (isAnyOf(text[i], set))
            return i;
    }
    return -1;
}

/// True for the letters, digits, "+", "-" and "." of a URL scheme (RFC 3986 section 3.1).
bool isScheme(QStringView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](QChar c) {
        const char16_t u = c.unicode() | 0x20;
        return (u >= u'a' && u <= u'z') || (c >= u'0' && c <= u'9') || isAnyOf(c, u"+-.");
    });
}

/// What may name the host: without scheme, path, query and user.
QStringView authorityOf(QStringView text)
{
    const qsizetype slashes = text.indexOf(u"://");
    if (slashes >= 0 && isScheme(text.first(slashes)))
        text = text.sliced(slashes + 3);
    else if (text.startsWith(u"//"))
        text = text.sliced(2);
    else if (text.startsWith(u"mailto:", Qt::CaseInsensitive))
        text = text.sliced(7);
    if (const qsizetype end = indexOfAny(text, u"/\\?#"); end >= 0)
        text = text.first(end);
    if (const qsizetype at = text.lastIndexOf(u'@'); at >= 0)
        text = text.sliced(at + 1);
    return text;
}

EntityReading accept(const IpAddress &address)
{
    return {address.artifact(), TextTrouble::None, NameTrouble::None, {}};
}

EntityReading readAddress(QStringView text)
{
    if (text.startsWith(u"IPv6:", Qt::CaseInsensitive))
        text = text.sliced(5);
    if (text.contains(u'%'))
        return refuse(TextTrouble::Zone, text);
    if (const auto address = parseAddress(text))
        return accept(*address);
    return refuse(TextTrouble::BadAddress, text);
}

/// "[2001:db8::1]:443", or "[192.0.2.1]" of an e-mail address.
EntityReading readBracketed(QStringView host)
{
    const qsizetype end = host.indexOf(u']');
    if (end < 0)
        return refuse(TextTrouble::BadAddress, host);
    const QStringView rest = host.sliced(end + 1);
    if (!rest.isEmpty()
        && (rest.front() != u':' || (rest.size() > 1 && !portNumber(rest.sliced(1)))))
        return refuse(TextTrouble::BadPort, rest);
    return readAddress(host.sliced(1, end - 1));
}

/// What DNS data may hold and no name that people mean: a star, a top label that is no word.
QString strayCharacter(const QString &name)
{
    if (name.contains(u'*'))
        return QStringLiteral("*");
    const QStringView top = QStringView(name).sliced(name.lastIndexOf(u'.') + 1);
    const bool word = top.front() != u'-' && top.back() != u'-' && !top.contains(u'_');
    return word ? QString() : top.toString();
}

EntityReading readName(QStringView host)
{
    // "*.example.com" of certificates and ".example.com" of block lists stand for the name below.
    const bool suffix = host.startsWith(u"*.") || (host.startsWith(u'.') && host.size() > 1);
    if (suffix)
        host = host.sliced(host.indexOf(u'.') + 1);
    HostName read = readHostName(host, ALabels::Checked);
    if (read.trouble == NameTrouble::NumericTop && !suffix) {
        if (const auto address = parseAddress(read.name)) // written in wide digits
            return accept(*address);
    }
    if (read.trouble != NameTrouble::None)
        return {Entity(), TextTrouble::Name, read.trouble, read.part};
    if (!read.name.contains(u'.'))
        return refuse(TextTrouble::SingleLabel, read.name);
    if (const QString bad = strayCharacter(read.name); !bad.isEmpty())
        return {Entity(), TextTrouble::Name, NameTrouble::BadCharacter, bad};
    return {Entity{ArtifactKind::Domain, read.name}, TextTrouble::None, NameTrouble::None, {}};
}

EntityReading readHost(QStringView host)
{
    if (host.isEmpty())
        return refuse(TextTrouble::NoHost);
    if (host.startsWith(u'['))
        return readBracketed(host);
    const auto colons = host.count(u':');
    if (colons >= 2)
        return readAddress(host);
    if (colons == 1) {
        const qsizetype colon = host.indexOf(u':');
        const QStringView port = host.sliced(colon + 1);
        if (!port.isEmpty() && !portNumber(port))
            return refuse(TextTrouble::BadPort, port);
        host = host.first(colon);
    }
    if (const auto address = parseAddress(host))
        return accept(*address);
    return readName(host);
}

QString quoted(const QString &part)
{
    return u'"' + madeVisible(part, 80) + u'"';
}

QString nameSentence(NameTrouble trouble, const QString &part)
{
    switch (trouble) {
    case NameTrouble::None:
    case NameTrouble::Empty:
        return QStringLiteral("There is no name in it.");
    case NameTrouble::EmptyLabel:
        return QStringLiteral("It has two dots in a row, or a dot too many at an end.");
    case NameTrouble::LongLabel:
        return QStringLiteral(
                   "The part %1 is longer than the 63 characters that a domain name allows.")
            .arg(quoted(part));
    case NameTrouble::LongName:
        return QStringLiteral("It is longer than the 253 characters that a domain name allows.");
    case NameTrouble::BadCharacter:
        return QStringLiteral("A domain name cannot hold %1.").arg(quoted(part));
    case NameTrouble::NumericTop:
        return QStringLiteral(
            "It is not a complete IPv4 address: four numbers from 0 to 255 are needed, "
            "without leading zeros.");
    case NameTrouble::BadALabel:
        return QStringLiteral("The international label %1 is not valid Punycode.")
            .arg(quoted(part));
    case NameTrouble::BadIdn:
        return QStringLiteral("It holds characters that international domain names do not allow.");
    }
    return {};
}

QString sentence(const EntityReading &reading)
{
    switch (reading.trouble) {
    case TextTrouble::None:
    case TextTrouble::Empty:
        return QStringLiteral("Nothing was entered: type a domain name or an IP address.");
    case TextTrouble::TooLong:
        return QStringLiteral("The text is too long for a domain name or an IP address.");
    case TextTrouble::NoHost:
        return QStringLiteral("There is no domain name and no IP address in it.");
    case TextTrouble::BadPort:
        return QStringLiteral("%1 is not a port: expected a number up to 65535 after the colon.")
            .arg(quoted(reading.part));
    case TextTrouble::BadAddress:
        return QStringLiteral("%1 is not an IP address.").arg(quoted(reading.part));
    case TextTrouble::Zone:
        return QStringLiteral("%1 holds a zone, which has a meaning on one machine only.")
            .arg(quoted(reading.part));
    case TextTrouble::Network:
        return QStringLiteral("%1 is a network: enter one of its addresses.")
            .arg(quoted(reading.part));
    case TextTrouble::SingleLabel:
        return QStringLiteral("%1 is a single word: a domain name has a dot, as in example.com.")
            .arg(quoted(reading.part));
    case TextTrouble::Name:
        return nameSentence(reading.nameTrouble, reading.part);
    }
    return {};
}

} // namespace

EntityReading readEntity(QStringView plain)
{
    if (plain.size() > mostText)
        return refuse(TextTrouble::TooLong);
    const QStringView text = unwrapped(plain);
    if (text.isEmpty())
        return refuse(TextTrouble::Empty);
    if (const auto network = parseNetwork(text)) {
        if (network->first == network->last())
            return accept(network->first);
        return refuse(TextTrouble::Network, text);
    }
    return readHost(authorityOf(text));
}

Result<Entity> parseEntity(QStringView text)
{
    if (text.size() > mostText)
        return Error{ErrorCode::NotAnEntity, sentence(refuse(TextTrouble::TooLong))};
    EntityReading reading = readEntity(refang(text.trimmed()));
    if (reading.trouble == TextTrouble::None)
        return std::move(reading.entity);
    return Error{ErrorCode::NotAnEntity, sentence(reading)};
}

} // namespace wg
