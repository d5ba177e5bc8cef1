// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/entitytext.h"

#include "core/address.h"
#include "core/entityreading.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

bool separates(QChar c)
{
    return c.isSpace() || QStringView(u",;\"'`<>|“”„‘’«»").contains(c);
}

/// Calls take(word) for every word of a line, "#" comments left out.
template <class Take>
void eachWord(QStringView line, Take take)
{
    qsizetype start = 0;
    for (qsizetype i = 0; i <= line.size(); ++i) {
        if (i < line.size() && !separates(line[i])) {
            if (line[i] == u'#' && (i == 0 || line[i - 1].isSpace()))
                return;
            continue;
        }
        if (i > start && !take(line.sliced(start, i - start)))
            return;
        start = i + 1;
    }
}

/// Trailing punctuation of a sentence and unbalanced brackets around a word.
QStringView bare(QStringView word)
{
    while (!word.isEmpty() && QStringView(u"({").contains(word.front()))
        word = word.sliced(1);
    while (!word.isEmpty() && QStringView(u".:!?)}").contains(word.back()))
        word = word.chopped(1);
    return word;
}

/// Prose holds much that a person who types an entity never means: file names, "a::b", "::".
bool isMeant(const Entity &entity, QStringView word)
{
    if (entity.kind == ArtifactKind::Domain) {
        const QStringView name(entity.value);
        return isKnownTop(name.sliced(name.lastIndexOf(u'.') + 1));
    }
    if (entity.kind == ArtifactKind::Ipv4)
        return true;
    return word.size() > 2
        && std::any_of(word.begin(), word.end(), [](QChar c) { return c.isDigit(); });
}

std::optional<Entity> entityIn(QStringView word)
{
    if (!word.contains(u'.') && !word.contains(u':'))
        return std::nullopt;
    EntityReading reading = readEntity(word);
    if (reading.trouble != TextTrouble::None || !isMeant(reading.entity, word))
        return std::nullopt;
    return std::move(reading.entity);
}

/// "src=192.0.2.1", "host:example.com", "link=https://example.com/": the part behind the sign.
QStringView behindSign(QStringView word)
{
    if (const qsizetype slashes = word.indexOf(u"://"); slashes >= 0) {
        qsizetype start = slashes;
        while (start > 0 && word[start - 1].isLetterOrNumber())
            --start;
        return word.sliced(start);
    }
    const qsizetype colon = word.count(u':') == 1 ? word.indexOf(u':') : -1;
    const qsizetype sign = std::max(word.lastIndexOf(u'='), colon);
    return sign < 0 ? QStringView() : word.sliced(sign + 1);
}

/// The entity that a word of prose means, if it means one.
std::optional<Entity> entityOfWord(QStringView word)
{
    word = bare(word);
    if (auto entity = entityIn(word))
        return entity;
    const QStringView rest = behindSign(word);
    return rest.isEmpty() ? std::nullopt : entityIn(bare(rest));
}

/// Endings of files that are top-level domains as well.
bool endsLikeAFile(const Entity &entity)
{
    static const QSet<QString> endings{u"zip"_s, u"mov"_s, u"sh"_s, u"py"_s,
                                       u"md"_s,  u"so"_s,  u"cab"_s};
    return entity.kind == ArtifactKind::Domain && endings.contains(entity.value.section(u'.', -1));
}

/// "evil.zip. 3600 IN A": a dot that ends no sentence ends a name.
bool endsAName(QStringView word, QStringView rest)
{
    rest = rest.trimmed();
    const bool sentence = rest.isEmpty()
        || (rest.size() > 1 && rest[0].isUpper() && (rest[1].isLower() || rest[1].isSpace()));
    return word.endsWith(u'.') && !sentence;
}

/// One line of a text, before its defanging was undone and after.
class Line
{
public:
    Line(QStringView told, QStringView plain)
        : m_told(told)
        , m_plain(plain)
    { }

    /// Whether something beside its ending says that a word is a name.
    [[nodiscard]] bool isName(QStringView word)
    {
        const QStringView rest = m_plain.sliced(word.end() - m_plain.begin());
        return word.contains(u"://") || word.contains(u'@') || endsAName(word, rest)
            || wasDefanged(bare(word)) || isList();
    }

private:
    [[nodiscard]] bool wasDefanged(QStringView word) const
    {
        constexpr qsizetype longest = 2000;
        return m_told.size() <= longest && m_told != m_plain
            && !m_told.contains(word, Qt::CaseInsensitive);
    }
    /// Nothing but names and addresses: a list, a hosts file.
    [[nodiscard]] bool isList()
    {
        if (m_list)
            return *m_list;
        m_list = true;
        eachWord(m_plain, [this](QStringView word) {
            m_list = entityIn(bare(word)).has_value();
            return *m_list;
        });
        return *m_list;
    }

    QStringView m_told;
    QStringView m_plain;
    std::optional<bool> m_list; ///< looked at when it is needed
};

/// A word of free text with all that a program could take for a link broken.
QString defangedWord(QStringView word)
{
    QString shown = word.toString();
    if (const auto entity = entityOfWord(word)) {
        shown.replace(u'.', QLatin1String("[.]"));
        if (entity->kind == ArtifactKind::Ipv6)
            shown.replace(u':', QLatin1String("[:]"));
    }
    for (const QLatin1String scheme : {QLatin1String("http:"), QLatin1String("https:"),
                                       QLatin1String("http[:]"), QLatin1String("https[:]")}) {
        for (qsizetype at = shown.indexOf(scheme, 0, Qt::CaseInsensitive); at >= 0;
             at = shown.indexOf(scheme, at + 1, Qt::CaseInsensitive))
            shown.replace(at + 1, 2, QLatin1String("xx"));
    }
    return shown;
}

} // namespace

QList<Entity> findEntities(const QString &text, qsizetype limit)
{
    QList<Entity> found;
    if (limit <= 0)
        return found;
    QSet<Entity> seen;
    for (const QStringView told : QStringView(text).tokenize(u'\n')) {
        const QString plain = refang(told);
        Line line(told, plain);
        eachWord(plain, [&](QStringView word) {
            const auto entity = entityOfWord(word);
            if (entity && !seen.contains(*entity)
                && (!endsLikeAFile(*entity) || line.isName(word))) {
                seen.insert(*entity);
                found.append(*entity);
            }
            return found.size() < limit;
        });
        if (found.size() >= limit)
            break;
    }
    return found;
}

QString defangText(const QString &text)
{
    QString out;
    out.reserve(text.size() + text.size() / 8);
    qsizetype done = 0;
    for (qsizetype i = 0; i <= text.size(); ++i) {
        if (i < text.size() && !separates(text[i]))
            continue;
        out += defangedWord(QStringView(text).sliced(done, i - done));
        if (i < text.size())
            out += text[i];
        done = i + 1;
    }
    return out;
}

} // namespace wg
