// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/whoistext.h"

#include <QHash>
#include <QRegularExpression>
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
};

QList<Raw> rawLines(const QString &text)
{
    QList<Raw> lines;
    const auto parts = QStringView(text).split(u'\n');
    for (qsizetype i = 0; i < std::min(parts.size(), mostLines); ++i) {
        const QStringView part = parts[i].first(std::min(parts[i].size(), longestLine));
        Raw raw{part.trimmed().toString(), 0};
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

/// "key: value", where the first colon is not that of a URL.
std::optional<WhoisLine> atColon(const QString &text)
{
    const qsizetype colon = text.indexOf(u':');
    const qsizetype tab = text.indexOf(u'\t');
    const bool fits = colon > 0 && colon <= longestKey && (tab < 0 || tab > colon);
    if (!fits || QStringView(text).mid(colon).startsWith("://"_L1))
        return std::nullopt;
    return WhoisLine{plainKey(text.left(colon)), text.mid(colon + 1).trimmed()};
}

WhoisLine split(const QString &text)
{
    static const QRegularExpression bracketed(uR"(^(?:[a-z]\. ?)?\[([^\]]{1,40})\]\s*(.*)$)"_s);
    static const QRegularExpression tab(uR"(^([^\t]{1,60})\t\s*(.+)$)"_s);
    static const QRegularExpression sentence(uR"(^(record (?:created|expires) on)\s+(\d.*)$)"_s,
                                             QRegularExpression::CaseInsensitiveOption);
    if (const auto found = bracketed.match(text); found.hasMatch())
        return {plainKey(found.captured(1)), found.captured(2).trimmed()};
    if (const auto line = atColon(text))
        return *line;
    for (const QRegularExpression *form : {&tab, &sentence}) {
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
        {u"registrant"_s, S::Registrant},
        {u"registrant contact information"_s, S::Registrant},
        {u"owner contact"_s, S::Registrant},
        {u"holder"_s, S::Registrant},
        {u"organization using domain name"_s, S::Registrant},
        {u"registrar"_s, S::Registrar},
        {u"registration status"_s, S::Status},
        {u"relevant dates"_s, S::Domain},
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

/// "Registrar:" above indented or set-off lines is a heading; in a list of keys it is one that
/// says nothing.
bool standsAlone(const QList<Raw> &lines, qsizetype at)
{
    if (at + 1 >= lines.size())
        return false;
    const Raw &next = lines[at + 1];
    return next.text.isEmpty() || next.indent > lines[at].indent;
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
        const bool bare = line.key.isEmpty();
        const bool brief = (bare ? line.value : line.key).size() <= longestHeading;
        const auto headed = brief && (line.value.isEmpty() || bare)
            ? sectionOf(bare ? plainKey(line.value) : line.key)
            : std::nullopt;
        line.heads = headed && (bare || standsAlone(raw, i));
        if (line.heads)
            section = *headed;
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
