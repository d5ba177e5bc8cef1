// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/strike.h"

#include <algorithm>
#include <bitset>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

constexpr qsizetype leastKey = 6;
constexpr qsizetype leastName = 3;

/// A character as some format writes it: what it stands for, and how long it is written.
struct Escaped
{
    QByteArray bytes;
    qsizetype length = 0; ///< 0: it is no escape
};

Escaped numbered(QByteArrayView digits, int base, qsizetype length)
{
    bool isNumber = false;
    const uint code = digits.toByteArray().toUInt(&isNumber, base);
    if (!isNumber || code == 0 || code > 0xffff)
        return {};
    return {QString(QChar(char16_t(code))).toUtf8(), length};
}

/// JSON's backslash.
Escaped slashed(QByteArrayView text)
{
    if (text.size() < 2)
        return {};
    if (text[1] == 'u')
        return text.size() < 6 ? Escaped() : numbered(text.sliced(2, 4), 16, 6);
    const bool itself = text[1] == '"' || text[1] == '\\' || text[1] == '/';
    return itself ? Escaped{QByteArray(1, text[1]), 2} : Escaped();
}

/// A URL's per cent.
Escaped percent(QByteArrayView text)
{
    if (text.size() < 3)
        return {};
    bool isNumber = false;
    const uint code = text.sliced(1, 2).toByteArray().toUInt(&isNumber, 16);
    return isNumber ? Escaped{QByteArray(1, char(code)), 3} : Escaped();
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
    return character == 0 ? Escaped() : Escaped{QByteArray(1, character), end + 1};
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

/// How much of the text's beginning the secret takes, however it is written; 0 where it is not.
qsizetype lengthAt(QByteArrayView text, QByteArrayView secret)
{
    qsizetype passed = 0;
    while (!secret.isEmpty()) {
        if (passed >= text.size())
            return 0;
        const Escaped written = escaped(text.sliced(passed));
        if (written.length > 0 && secret.startsWith(written.bytes)) {
            const qsizetype here = passed + written.length;
            const QByteArrayView rest = secret.sliced(written.bytes.size());
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
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-'
        || c == '_' || uchar(c) >= 0x80;
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
        for (const char escape : {'\\', '%', '&'})
            m_first.set(uchar(escape));
    }

    QByteArray operator()(const QByteArray &text) const
    {
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
