// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/strike.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <charconv>
#include <optional>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

constexpr qsizetype leastKey = 6;
constexpr qsizetype leastName = 3;
constexpr std::array escapeSigns{'\\', '%', '&'};

/// A character as some format writes it: what it stands for, and how long it is written.
struct Escaped
{
    std::array<char, 3> bytes{}; ///< UTF-8
    qsizetype size = 0;
    qsizetype length = 0; ///< 0: it is no escape

    [[nodiscard]] QByteArrayView view() const { return {bytes.data(), size}; }
};

/// One byte that stands for itself.
Escaped plain(char byte, qsizetype length)
{
    return {{byte}, 1, length};
}

std::optional<uint> numberIn(QByteArrayView digits, int base)
{
    uint number = 0;
    const auto [end, error] = std::from_chars(digits.begin(), digits.end(), number, base);
    return error == std::errc() && end == digits.end() ? std::optional(number) : std::nullopt;
}

Escaped numbered(QByteArrayView digits, int base, qsizetype length)
{
    const uint code = numberIn(digits, base).value_or(0);
    if (code == 0 || code > 0xffff)
        return {};
    if (code < 0x80)
        return plain(char(code), length);
    const char last = char(0x80 | (code & 0x3f));
    if (code < 0x800)
        return {{char(0xc0 | code >> 6), last}, 2, length};
    return {{char(0xe0 | code >> 12), char(0x80 | (code >> 6 & 0x3f)), last}, 3, length};
}

/// JSON's backslash.
Escaped slashed(QByteArrayView text)
{
    if (text.size() < 2)
        return {};
    if (text[1] == 'u')
        return text.size() < 6 ? Escaped() : numbered(text.sliced(2, 4), 16, 6);
    const bool itself = text[1] == '"' || text[1] == '\\' || text[1] == '/';
    return itself ? plain(text[1], 2) : Escaped();
}

/// A URL's per cent.
Escaped percent(QByteArrayView text)
{
    if (text.size() < 3)
        return {};
    const auto byte = numberIn(text.sliced(1, 2), 16);
    return byte ? plain(char(*byte), 3) : Escaped();
}

/// HTML's ampersand.
Escaped entity(QByteArrayView text)
{
    constexpr qsizetype longest = 8;
    const qsizetype end = text.first(std::min(longest, text.size())).indexOf(';');
    if (end < 3)
        return {};
    const QByteArrayView name = text.sliced(1, end - 1);
    if (name[0] == '#') {
        const bool hex = name.size() > 2 && (name[1] == 'x' || name[1] == 'X');
        return numbered(name.sliced(hex ? 2 : 1), hex ? 16 : 10, end + 1);
    }
    static const QHash<QByteArray, char> named{
        {"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}};
    const char character = named.value(name.toByteArray());
    return character == 0 ? Escaped() : plain(character, end + 1);
}

Escaped escaped(QByteArrayView text)
{
    switch (text[0]) {
    case '\\':
        return slashed(text);
    case '%':
        return percent(text);
    case '&':
        return entity(text);
    default:
        return {};
    }
}

bool isPlain(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// The longest run of letters and digits: nobody needs to escape those.
QByteArray plainRun(const QByteArray &secret)
{
    QByteArrayView longest;
    for (qsizetype begin = 0; begin < secret.size(); ++begin) {
        qsizetype end = begin;
        while (end < secret.size() && isPlain(secret[end]))
            ++end;
        if (end - begin > longest.size())
            longest = QByteArrayView(secret).sliced(begin, end - begin);
        begin = end;
    }
    return longest.toByteArray();
}

/// Whether letters or digits are escaped all the same.
bool escapesPlain(QByteArrayView text)
{
    for (const char sign : escapeSigns) {
        for (qsizetype at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1)) {
            const Escaped written = escaped(text.sliced(at));
            if (written.size == 1 && isPlain(written.bytes[0]))
                return true;
        }
    }
    return false;
}

/// How much of the text's beginning the secret takes, however it is written; 0 where it is not.
qsizetype lengthAt(QByteArrayView text, QByteArrayView secret)
{
    qsizetype passed = 0;
    while (!secret.isEmpty()) {
        if (passed >= text.size())
            return 0;
        const Escaped written = escaped(text.sliced(passed));
        if (written.length > 0 && secret.startsWith(written.view())) {
            const qsizetype here = passed + written.length;
            const QByteArrayView rest = secret.sliced(written.size);
            if (rest.isEmpty())
                return here;
            if (const qsizetype more = lengthAt(text.sliced(here), rest); more > 0)
                return here + more;
        }
        if (text[passed] != secret[0])
            return 0;
        ++passed;
        secret = secret.sliced(1);
    }
    return passed;
}

bool isWord(char c)
{
    return isPlain(c) || c == '-' || c == '_' || uchar(c) >= 0x80;
}

/// Whether what ends here is written with an escape, whose letters belong to no word.
bool endsWithEscape(QByteArrayView text)
{
    for (const qsizetype length : {2, 3, 6}) {
        if (text.size() >= length && escaped(text.last(length)).length == length)
            return true;
    }
    return text.size() >= 2 && text[text.size() - 2] == '\\'; // \n
}

/// Part of a longer word or of a host's name it is somebody else's.
bool standsAlone(QByteArrayView before, QByteArrayView behind)
{
    if (!before.isEmpty() && !endsWithEscape(before)) {
        const char last = before.back();
        if (isWord(last) || (last == '.' && before.size() > 1 && isWord(before[before.size() - 2])))
            return false;
    }
    if (behind.isEmpty())
        return true;
    return !isWord(behind[0]) && !(behind[0] == '.' && behind.size() > 1 && isWord(behind[1]));
}

void addOnce(QByteArrayList &texts, const QByteArray &text, qsizetype least)
{
    if (text.size() >= least && !texts.contains(text))
        texts.append(text);
}

QByteArrayList longestFirst(QByteArrayList texts)
{
    texts.removeAll(QByteArray());
    std::sort(texts.begin(), texts.end(),
              [](const QByteArray &a, const QByteArray &b) { return a.size() > b.size(); });
    return texts;
}

/// Finds secrets at places of a text.
class Striker
{
public:
    explicit Striker(const Confidential &secrets)
        : m_keys(longestFirst(secrets.keys))
        , m_names(longestFirst(secrets.names))
    {
        for (const QByteArrayList *texts : {&m_keys, &m_names}) {
            for (const QByteArray &text : *texts)
                m_first.set(uchar(text[0]));
        }
        for (const char escape : escapeSigns)
            m_first.set(uchar(escape));
        for (const QByteArray &key : m_keys)
            m_runs.append(plainRun(key));
    }

    QByteArray operator()(const QByteArray &text) const
    {
        if (!mayHold(text))
            return text;
        QByteArray result;
        qsizetype kept = 0;
        for (qsizetype at = 0; at < text.size();) {
            const auto [length, word] = m_first.test(uchar(text[at])) ? find(text, at) : Found();
            if (length == 0) {
                ++at;
                continue;
            }
            result += QByteArrayView(text).sliced(kept, at - kept);
            result += word;
            at += length;
            kept = at;
        }
        return kept == 0 ? text : result + text.sliced(kept);
    }

private:
    using Found = std::pair<qsizetype, const char *>;

    /// Large answers hold no key, as a rule, and that is found soon.
    [[nodiscard]] bool mayHold(const QByteArray &text) const
    {
        const auto isIn = [&text](const QByteArray &run) { return text.contains(run); };
        return !m_names.isEmpty() || std::any_of(m_runs.cbegin(), m_runs.cend(), isIn)
            || escapesPlain(text);
    }

    Found find(QByteArrayView text, qsizetype at) const
    {
        for (const QByteArray &key : m_keys) {
            if (const qsizetype length = lengthAt(text.sliced(at), key); length > 0)
                return {length, "[key]"};
        }
        for (const QByteArray &name : m_names) {
            const qsizetype length = lengthAt(text.sliced(at), name);
            if (length > 0 && standsAlone(text.first(at), text.sliced(at + length)))
                return {length, "[name]"};
        }
        return {0, ""};
    }

    QByteArrayList m_keys;
    QByteArrayList m_names;
    QByteArrayList m_runs; ///< of each key what is written alike everywhere
    std::bitset<256> m_first; ///< with what a secret may begin
};

} // namespace

void Confidential::add(const Confidential &other)
{
    for (const QByteArray &key : other.keys)
        addOnce(keys, key, 1);
    for (const QByteArray &name : other.names)
        addOnce(names, name, 1);
}

Confidential confidentialOf(const QByteArray &key)
{
    Confidential secrets;
    const qsizetype colon = key.indexOf(':');
    for (const QByteArray &text : {key, key.mid(colon + 1), key.toBase64()})
        addOnce(secrets.keys, text, leastKey);
    if (colon > 0)
        addOnce(secrets.names, key.first(colon), leastName);
    return secrets;
}

QByteArray struck(const QByteArray &text, const Confidential &secrets)
{
    return secrets.keys.isEmpty() && secrets.names.isEmpty() ? text : Striker(secrets)(text);
}

void strike(Exchange &exchange, const Confidential &secrets)
{
    if (secrets.keys.isEmpty() && secrets.names.isEmpty())
        return;
    const Striker keys({secrets.keys, {}});
    const Transport transport = exchange.request.transport;
    const bool isText = transport == Transport::Http || transport == Transport::Whois;
    const Striker all(isText ? secrets : Confidential{secrets.keys, {}});
    const auto strikeText = [](QString &text, const Striker &striker) {
        text = QString::fromUtf8(striker(text.toUtf8()));
    };
    strikeText(exchange.request.place, keys);
    strikeText(exchange.request.name, keys);
    exchange.request.body = keys(exchange.request.body);
    if (exchange.failure)
        strikeText(exchange.failure->detail, all);
    for (auto note : exchange.notes) {
        if (note.isString())
            note = QString::fromUtf8(all(note.toString().toUtf8()));
    }
    QHash<QByteArray, QByteArray> headers;
    for (auto it = exchange.headers.cbegin(); it != exchange.headers.cend(); ++it)
        headers.insert(all(it.key()), all(it.value()));
    exchange.headers = headers;
    for (auto &body : exchange.bodies)
        body = all(body);
}

} // namespace wg
