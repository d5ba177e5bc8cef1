// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/zoneline.h"

#include "core/address.h"
#include "sources/dnstypes.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

constexpr std::size_t longestEntry = 1 << 20;
constexpr quint16 dname = 39;

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

QLatin1String latin(std::string_view text)
{
    return {text.data(), qsizetype(text.size())};
}

bool isWord(std::string_view text, const char *word)
{
    return latin(text).compare(QLatin1String(word), Qt::CaseInsensitive) == 0;
}

/// The Internet's, by name or by number (RFC 3597).
bool isInternet(std::string_view word)
{
    return isWord(word, "IN") || isWord(word, "CLASS1");
}

bool isClass(std::string_view word)
{
    const bool numbered = word.size() > 5 && isWord(word.substr(0, 5), "CLASS")
        && word.find_first_not_of("0123456789", 5) == word.npos;
    return isInternet(word) || numbered || isWord(word, "CH") || isWord(word, "HS")
        || isWord(word, "CS");
}

/// "3600", "1h30m"
bool isTtl(std::string_view word)
{
    constexpr std::string_view units = "smhdwSMHDW";
    bool digits = false;
    for (const char c : word) {
        if (c >= '0' && c <= '9')
            digits = true;
        else if (!digits || units.find(c) == std::string_view::npos)
            return false;
    }
    return digits;
}

bool isType(std::string_view word)
{
    return dnsTypeNumber(latin(word)) != 0;
}

bool isAddressText(std::string_view word)
{
    return parseAddress(QString(latin(word))).has_value();
}

/// What proves the zone and says nothing of infrastructure.
bool isProofOfZone(std::string_view type)
{
    constexpr std::array types{"RRSIG", "NSEC", "NSEC3", "NSEC3PARAM", "ZONEMD"};
    return std::any_of(types.begin(), types.end(),
                       [type](const char *each) { return isWord(type, each); });
}

/// Where the word at the front ends; nothing where a quotation mark is not closed.
std::optional<std::size_t> wordEnd(std::string_view text)
{
    if (text.front() == '(' || text.front() == ')')
        return 1;
    const bool quoted = text.front() == '"';
    for (std::size_t i = quoted ? 1 : 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\\')
            ++i; // and what it protects
        else if (quoted && c == '"')
            return i + 1;
        else if (!quoted && c == '"' && text[i - 1] == '=') // alpn="h2,h3"
            i = std::min(text.find('"', i + 1), text.size());
        else if (!quoted && (isBlank(c) || c == ';' || c == '(' || c == ')' || c == '"'))
            return i;
    }
    return quoted ? std::nullopt : std::optional(text.size());
}

/// Takes the next word off the front, with its quotation marks if it has some; empty at the end or
/// a comment, nothing where a quotation mark is not closed.
std::optional<std::string_view> takeWord(std::string_view &rest)
{
    while (!rest.empty() && isBlank(rest.front()))
        rest.remove_prefix(1);
    if (rest.empty() || rest.front() == ';')
        return std::string_view();
    const auto end = wordEnd(rest);
    if (!end)
        return std::nullopt;
    const auto word = rest.substr(0, *end);
    rest.remove_prefix(word.size());
    return word;
}

std::string quotedWord(const std::string &word)
{
    std::string quoted(1, '"');
    for (const char c : word) {
        if (c == '"')
            quoted += '\\';
        quoted += c;
    }
    return quoted + '"';
}

} // namespace

ZoneLine::ZoneLine(Instant told)
    : m_maker(told)
{ }

/// Words of prose and of scanners' tables may be a class or a type ("in a report", "443 https"):
/// one is believed behind a name that ends in a dot, in capitals, or before an address.
bool ZoneLine::isZone(std::string_view line)
{
    std::array<std::string_view, 5> words;
    for (auto &word : words)
        word = takeWord(line).value_or(std::string_view());
    constexpr std::array directives{"$ORIGIN", "$TTL", "$DATE", "$INCLUDE", "$GENERATE"};
    if (std::any_of(directives.begin(), directives.end(),
                    [&words](const char *each) { return isWord(words[0], each); }))
        return !words[1].empty();
    const bool absolute = words[0].ends_with('.') || words[0] == "@";
    std::size_t at = 1;
    while (at < 3 && (isClass(words[at]) || isTtl(words[at])))
        ++at;
    const std::string_view type = words[at];
    const std::string_view data = words[at + 1];
    const bool plain = at == 1; // neither class nor time to live was said
    const auto isSmall = [](char c) { return c >= 'a' && c <= 'z'; };
    // "example.com. NS ns1.example.com." is no prose either.
    const bool several = words[0].find('.') + 1 < words[0].size();
    const bool capital = std::none_of(type.begin(), type.end(), isSmall);
    const bool told =
        isWord(type, "SOA") || (several && capital && (type.size() > 1 || isAddressText(data)));
    if (!isType(type) || data.empty() || isAddressText(words[0]) || (plain && !(absolute && told)))
        return false;
    return absolute || std::none_of(type.begin(), type.end(), isSmall) || isAddressText(data);
}

QString ZoneLine::read(std::string_view line, bool indented, RecordBatch &out)
{
    // An entry that was never closed must not take the rest of the file with it.
    const bool forgotten = m_depth > 0 && !indented && isZone(line);
    if (forgotten)
        m_depth = 0;
    const QString fault = readOn(line, indented, out);
    return forgotten && fault.isEmpty() ? u"the parenthesis of the entry before is not closed"_s
                                        : fault;
}

QString ZoneLine::readOn(std::string_view line, bool indented, RecordBatch &out)
{
    if (m_depth == 0) {
        m_words.clear();
        m_bytes = 0;
        m_fault = {};
        m_indented = indented;
    }
    for (auto word = takeWord(line); !word || !word->empty(); word = takeWord(line)) {
        if (!word) { // where it should have ended nobody knows: not the whole rest of the file
            m_fault = "a quotation mark is not closed"_L1;
            m_depth = 0;
            break;
        }
        if (*word == "(") {
            ++m_depth;
        } else if (*word == ")") {
            m_depth = std::max(0, m_depth - 1);
        } else if ((m_bytes += word->size()) > longestEntry) {
            m_fault = "the entry is longer than 1 MiB"_L1;
        } else {
            m_words.emplace_back(*word);
        }
    }
    return m_depth > 0 ? QString() : takeEntry(out);
}

void ZoneLine::lose()
{
    if (m_depth > 0)
        m_fault = "the entry is longer than 1 MiB"_L1;
    else
        m_owner.clear();
}

/// Names below an origin that could not be read must not end below the one before it.
void ZoneLine::loseOrigin()
{
    m_hasOrigin = false;
    m_owner.clear();
}

QString ZoneLine::takeEntry(RecordBatch &out)
{
    if (!m_fault.isEmpty()) {
        if (!m_indented)
            m_owner.clear(); // what follows indented belongs to nobody
        if (!m_words.empty() && isWord(m_words[0], "$ORIGIN"))
            loseOrigin();
        return m_fault;
    }
    if (m_words.empty())
        return {};
    return m_words[0].starts_with('$') ? takeDirective() : takeRecord(out);
}

QString ZoneLine::takeDirective()
{
    const std::string &directive = m_words[0];
    if (isWord(directive, "$TTL") || isWord(directive, "$DATE"))
        return {};
    if (!isWord(directive, "$ORIGIN"))
        return u"%1 is not followed"_s.arg(madeVisible(latin(directive), 20));
    const auto origin = m_words.size() > 1 ? absolute(m_words[1]) : std::nullopt;
    if (!origin) {
        loseOrigin();
        return u"$ORIGIN names no absolute domain"_s;
    }
    m_origin = *origin;
    m_hasOrigin = true;
    return {};
}

QString ZoneLine::takeRecord(RecordBatch &out)
{
    std::size_t at = 0;
    if (!m_indented) {
        const auto owner = absolute(m_words[at++]);
        if (!owner) {
            m_owner.clear();
            return u"the name is relative, and no $ORIGIN was given"_s;
        }
        m_owner = *owner;
    }
    for (int i = 0; i < 2 && at < m_words.size(); ++i) {
        if (isClass(m_words[at]) && !isInternet(m_words[at]))
            return u"the class is not IN"_s;
        if (isClass(m_words[at]) || isTtl(m_words[at]))
            ++at;
    }
    if (at >= m_words.size())
        return u"the record type is missing or too long"_s;
    const std::string type = m_words[at++];
    if (isProofOfZone(type) || type.starts_with("\\-")) // a cache's "there is none"
        return {};
    if (m_owner.empty())
        return u"the owner is the root, or could not be read"_s;
    const quint16 number = dnsTypeNumber(latin(type));
    if (number == 0)
        return u"%1 is no record type"_s.arg(madeVisible(latin(type), 20));
    if (QString problem = faultOf(number, at); !problem.isEmpty())
        return problem;
    const auto data = dataOf(number, at);
    if (!data)
        return u"a name in the record is relative, and no $ORIGIN was given"_s;
    const QLatin1String problem =
        m_maker.make({m_owner, type, *data, std::nullopt, std::nullopt}, out.add());
    if (!problem.isEmpty())
        out.dropLast();
    return problem;
}

/// What is wrong with the words of the data, or nothing.
QString ZoneLine::faultOf(quint16 type, std::size_t from) const
{
    const std::size_t words = m_words.size() - from;
    if (words == 0)
        return u"the record has no data"_s;
    const bool named = !dnsTypeName(type).startsWith("TYPE"_L1);
    if (named && m_words[from] == "\\#")
        return u"the data stands as bytes (RFC 3597), which is read for unknown types only"_s;
    if (type == dnstype::mx) {
        const bool numbered = m_words[from].find_first_not_of("0123456789") == std::string::npos;
        return words == 2 && numbered ? QString() : u"a mail exchange is a preference and a name"_s;
    }
    const bool isOneName =
        type == dnstype::ns || type == dnstype::cname || type == dnstype::ptr || type == dname;
    return isOneName && words != 1 ? u"the value is no host name"_s : QString();
}

std::optional<std::string> ZoneLine::absolute(std::string_view name) const
{
    if (name == "@")
        return m_hasOrigin ? std::optional(m_origin) : std::nullopt;
    if (name.ends_with('.') && !name.ends_with("\\."))
        return std::string(name.substr(0, name.size() - 1));
    if (!m_hasOrigin)
        return std::nullopt;
    return m_origin.empty() ? std::string(name) : std::string(name) + '.' + m_origin;
}

/// The words of the data as one text, names in it absolute.
std::optional<std::string> ZoneLine::dataOf(quint16 type, std::size_t from) const
{
    const bool strings = type == dnstype::txt || type == 99;
    std::string data;
    for (std::size_t i = from; i < m_words.size(); ++i) {
        std::string word = m_words[i];
        if (isNameAt(type, i - from)) {
            const auto name = absolute(word);
            if (!name)
                return std::nullopt;
            word = name->empty() ? "." : *name;
        } else if (strings && !word.starts_with('"')) {
            word = quotedWord(word);
        }
        data += (data.empty() ? "" : " ") + word;
    }
    return data;
}

} // namespace wg
