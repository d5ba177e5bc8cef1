// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/whoistext.h"

#include "core/address.h"

#include <QHash>
#include <QRegularExpression>
#include <QSet>
#include <QStringDecoder>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

constexpr qsizetype mostLines = 5000;
constexpr qsizetype longestLine = 1000;
constexpr qsizetype longestKey = 200;
constexpr qsizetype longestHeading = 60;

/// A line before its meaning is known.
struct Raw
{
    QString text; ///< trimmed
    qsizetype indent = 0;
    bool marked = false; ///< a heading or a key by its mark, "** Registrant:"
};

/// Where "** Registrant:" begins to say something; 0 where no such mark stands. What has a mark and
/// no key is a comment.
qsizetype marksEnd(QStringView text)
{
    static constexpr QLatin1String mark("** ");
    const qsizetype colon = text.indexOf(u':');
    const bool keyed =
        text.startsWith(mark) && colon > 0 && !text.first(colon).mid(mark.size()).contains(u'*');
    return keyed ? mark.size() : 0;
}

QList<Raw> rawLines(const QString &text)
{
    QList<Raw> lines;
    const auto parts = QStringView(text).split(u'\n');
    for (qsizetype i = 0; i < std::min(parts.size(), mostLines); ++i) {
        const QStringView part = parts[i].first(std::min(parts[i].size(), longestLine));
        const QStringView trimmed = part.trimmed();
        const qsizetype begin = marksEnd(trimmed);
        Raw raw{trimmed.mid(begin).toString(), 0, begin > 0};
        while (raw.indent < part.size() && part[raw.indent].isSpace())
            ++raw.indent;
        lines.append(raw);
    }
    return lines;
}

bool isComment(const QString &text)
{
    static constexpr std::array marks{"%"_L1, "#"_L1, "*"_L1, ">>>"_L1, "--"_L1};
    const auto begins = [&](QLatin1String mark) { return text.startsWith(mark); };
    const bool framed = text.startsWith("[ "_L1) && text.endsWith(u']');
    return framed || std::any_of(marks.begin(), marks.end(), begins);
}

/// "Company Name (as registered)" and "created......" are "company name" and "created".
QString plainKey(const QString &text)
{
    static const QRegularExpression note(uR"(\s*\([^)]*\))"_s);
    QString key = text.toLower();
    key.remove(note);
    while (key.endsWith(u'.') || key.endsWith(u' '))
        key.chop(1);
    return key.simplified();
}

/// "ns1.example.net 2001:db8::1" and "(2001:db8::1)" hold colons that end no key.
bool isWithinAddress(const QString &text, qsizetype colon)
{
    const auto isEdge = [](QChar c) { return c.isSpace() || "[](),"_L1.contains(c); };
    qsizetype begin = colon;
    while (begin > 0 && !isEdge(text[begin - 1]))
        --begin;
    const auto end = std::find_if(text.cbegin() + colon, text.cend(), isEdge);
    return parseAddress(text.mid(begin, end - text.cbegin() - begin)).has_value();
}

/// "key: value", where the first colon is not that of a URL or an address.
std::optional<WhoisLine> atColon(const QString &text)
{
    const qsizetype colon = text.indexOf(u':');
    const bool fits = colon > 0 && colon <= longestKey;
    if (!fits || QStringView(text).left(colon).trimmed().contains(u'\t')
        || QStringView(text).mid(colon).startsWith("://"_L1) || isWithinAddress(text, colon))
        return std::nullopt;
    return WhoisLine{plainKey(text.left(colon)), text.mid(colon + 1).trimmed()};
}

WhoisLine split(const QString &text)
{
    static const QRegularExpression bracketed(uR"(^(?:[a-z]\.? ?)?\[([^\]]{1,40})\]\s*(.*)$)"_s);
    static const QRegularExpression tab(uR"(^([^\t]{1,60})\t\s*(.+)$)"_s);
    static const QRegularExpression sentence(uR"(^(record (?:created|expires) on)\s+(\d.*)$)"_s,
                                             QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression column(
        uR"(^(domain +name|domain +state|registered +on|expires +on|nameserver)\s{2,}(\S.*)$)"_s,
        QRegularExpression::CaseInsensitiveOption);
    if (const auto found = bracketed.match(text); found.hasMatch())
        return {plainKey(found.captured(1)), found.captured(2).trimmed()};
    if (const auto line = atColon(text))
        return *line;
    for (const QRegularExpression *form : {&tab, &sentence, &column}) {
        const auto found = form->match(text);
        if (found.hasMatch())
            return {plainKey(found.captured(1)), found.captured(2).trimmed()};
    }
    return {{}, text};
}

std::optional<WhoisSection> sectionOf(const QString &heading)
{
    using S = WhoisSection;
    static const QHash<QString, S> known{
        {u"domain name"_s, S::Name},
        {u"domain"_s, S::Name},
        {u"registrant"_s, S::Registrant},
        {u"registrant contact information"_s, S::Registrant},
        {u"owner contact"_s, S::Registrant},
        {u"holder"_s, S::Registrant},
        {u"domain holder"_s, S::Registrant},
        {u"organization using domain name"_s, S::Registrant},
        {u"registrar"_s, S::Registrar},
        {u"registration status"_s, S::Status},
        {u"relevant dates"_s, S::Domain},
        {u"additional info"_s, S::Domain},
        {u"nservers"_s, S::NameServers},
        {u"dns servers"_s, S::NameServers},
        {u"administrative"_s, S::Other},
        {u"admin"_s, S::Other},
        {u"technical"_s, S::Other},
        {u"tech"_s, S::Other},
        {u"billing"_s, S::Other},
        {u"zone"_s, S::Other},
        {u"reseller"_s, S::Other},
        {u"keys"_s, S::Other},
        {u"flags"_s, S::Other},
    };
    if (const auto found = known.constFind(heading); found != known.cend())
        return *found;
    static constexpr std::array servers{"name server"_L1, "nameserver"_L1, "domain servers"_L1};
    static constexpr std::array others{"contact"_L1, "onsite"_L1, "validation"_L1, "agent"_L1};
    const auto tells = [&](QLatin1String word) { return heading.contains(word); };
    if (std::any_of(servers.begin(), servers.end(), tells))
        return S::NameServers;
    if (std::any_of(others.begin(), others.end(), tells))
        return S::Other;
    return std::nullopt;
}

/// A name server, whatever words its name is made of, is no heading.
bool isHost(const QString &line)
{
    static const QRegularExpression host(uR"(^[\w-]+(\.[\w-]+)+\.?(\s|$))"_s);
    return host.match(line).hasMatch();
}

/// What the first line of a section is about where it is not indented.
bool beginsSection(const QString &key)
{
    static const QSet<QString> first{u"name"_s,         u"type"_s,         u"nserver"_s,
                                     u"organization"_s, u"organisation"_s, u"hostname"_s,
                                     u"dns"_s};
    return key.isEmpty() || first.contains(key);
}

/// "Registrar:" above indented or set-off lines, or such without a key, is a heading; in a list of
/// keys it is one that says nothing.
bool standsAlone(const QList<Raw> &lines, qsizetype at)
{
    if (lines[at].marked)
        return true;
    if (at + 1 >= lines.size())
        return false;
    const Raw &next = lines[at + 1];
    if (next.text.isEmpty() || next.indent > lines[at].indent)
        return true;
    const bool first = at == 0 || lines[at - 1].text.isEmpty();
    return (first && beginsSection(split(next.text).key)) || isHost(next.text);
}

/// The section that a line heads, if it does.
std::optional<WhoisSection> headOf(const WhoisLine &line, const QList<Raw> &lines, qsizetype at)
{
    const bool bare = line.key.isEmpty();
    const QString &heading = bare ? line.value : line.key;
    if (heading.size() > longestHeading || (!bare && !line.value.isEmpty()) || isHost(heading))
        return std::nullopt;
    const auto section = sectionOf(bare ? plainKey(heading) : heading);
    return bare || standsAlone(lines, at) ? section : std::nullopt;
}

} // namespace

QString whoisText(const QByteArray &bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString text = decoder(bytes);
    return decoder.hasError() ? QString::fromLatin1(bytes) : text;
}

QList<WhoisLine> whoisLines(const QString &text)
{
    const QList<Raw> raw = rawLines(text);
    QList<WhoisLine> lines;
    WhoisSection section = WhoisSection::Domain;
    bool begun = false; // the section has said something
    int paragraph = 0;
    for (qsizetype i = 0; i < raw.size(); ++i) {
        if (raw[i].text.isEmpty()) {
            ++paragraph;
            section = begun ? WhoisSection::Domain : section;
            continue;
        }
        if (isComment(raw[i].text))
            continue;
        WhoisLine line = split(raw[i].text);
        line.paragraph = paragraph;
        const auto headed = headOf(line, raw, i);
        line.heads = headed.has_value();
        section = headed.value_or(section);
        begun = !line.heads;
        line.section = section;
        lines.append(line);
    }
    return lines;
}

QStringList whoisComments(const QString &text)
{
    static const QRegularExpression marks(uR"(^[%#*>\-\[ ]+)"_s);
    QStringList comments;
    const QList<Raw> lines = rawLines(text);
    for (const Raw &line : lines) {
        if (isComment(line.text))
            comments.append(QString(line.text).remove(marks));
    }
    return comments;
}

} // namespace wg
