// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/htmlpage.h"

#include <array>
#include <cctype>
#include <cstring>
#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <memory>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

constexpr qsizetype mostBytes = 2 << 20;
constexpr int deepest = 512; // as in browsers; the parser searches its stack at every end tag
constexpr int mostWords = 1'000; // of one tag; the parser compares every attribute with all others
constexpr qsizetype mostReferences = 10'000;
constexpr qsizetype mostGenerators = 20;
constexpr qsizetype longestUrl = 8192;
constexpr qsizetype longestTitle = 300;

/// Elements that have something fetched, or lead to it, and their attribute.
struct Leading
{
    QLatin1String element;
    QLatin1String attribute;
};
constexpr std::array leading{
    Leading{"script"_L1, "src"_L1}, Leading{"iframe"_L1, "src"_L1}, Leading{"frame"_L1, "src"_L1},
    Leading{"img"_L1, "src"_L1},    Leading{"link"_L1, "href"_L1},  Leading{"form"_L1, "action"_L1},
};

QString textOf(const xmlChar *text)
{
    return text ? QString::fromUtf8(reinterpret_cast<const char *>(text)) : QString();
}

bool isSpace(char c)
{
    return c != '\0' && std::strchr(" \t\r\n\f", c);
}

/// Where in a tag a page stands, as the parser sees it: a value is quoted behind "=" alone, and no
/// "<" ends a tag.
class TagWatch
{
public:
    /// Whether the character is one more word of one tag.
    bool take(char c, char next)
    {
        if (!m_inTag) {
            m_inTag = c == '<' && std::isalpha(static_cast<unsigned char>(next));
            return false;
        }
        if (m_quote == '\0' && c == '>')
            m_inTag = false;
        else if (m_quote != '\0' ? c == m_quote : (m_last == '=' && (c == '"' || c == '\'')))
            m_quote = m_quote != '\0' ? '\0' : c;
        const bool word = m_inTag && (isSpace(c) || c == '/' || c == '"' || c == '\'');
        if (!isSpace(c))
            m_last = c;
        return word;
    }

    [[nodiscard]] bool isInside() const { return m_inTag; }

private:
    bool m_inTag = false;
    char m_quote = '\0';
    char m_last = '\0'; ///< before this, spaces left out
};

/// A tag of too many words ends there, so that no page takes the square of its length to read. In
/// a quoted value one ">" more changes nothing that is looked for.
QByteArray withShortTags(QByteArrayView page)
{
    QByteArray out;
    out.reserve(page.size() + page.size() / mostWords);
    TagWatch tag;
    int words = 0;
    for (qsizetype i = 0; i < page.size(); ++i) {
        const bool word = tag.take(page[i], i + 1 < page.size() ? page[i + 1] : '\0');
        words = tag.isInside() ? words + (word ? 1 : 0) : 0;
        if (words > mostWords) {
            out += '>';
            words = 0;
        }
        out += page[i];
    }
    return out;
}

/// "5; url=https://…" as <meta http-equiv="refresh"> has it.
QString refreshTarget(const QString &content)
{
    const qsizetype at = content.indexOf("url="_L1, 0, Qt::CaseInsensitive);
    if (at < 0)
        return {};
    QString target = content.mid(at + 4).trimmed();
    if (target.startsWith(u'"') || target.startsWith(u'\''))
        target = target.mid(1).section(target.front(), 0, 0);
    return target;
}

/// Takes what the parser finds, element by element; no tree is made.
class PageReader
{
public:
    explicit PageReader(const QUrl &url)
        : m_base(url)
    { }

    void read(const QByteArray &page)
    {
        const std::unique_ptr<htmlParserCtxt, decltype(&htmlFreeParserCtxt)> parser(
            htmlCreateMemoryParserCtxt(page.constData(), int(page.size())), &htmlFreeParserCtxt);
        if (!parser)
            return;
        m_parser = parser.get();
        *m_parser->sax = {};
        m_parser->sax->initialized = XML_SAX2_MAGIC;
        m_parser->sax->startElement = started;
        m_parser->sax->endElement = ended;
        m_parser->sax->characters = characters;
        m_parser->sax->cdataBlock = code;
        m_parser->userData = this;
        htmlCtxtUseOptions(m_parser,
                           HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC | HTML_PARSE_NOERROR
                               | HTML_PARSE_NOWARNING | HTML_PARSE_NOIMPLIED);
        m_parser->sax->serror = passOver;
        xmlSwitchEncoding(m_parser, XML_CHAR_ENCODING_UTF8);
        htmlParseDocument(m_parser);
        m_parser = nullptr;
    }

    HtmlPage finished()
    {
        m_page.title = m_page.title.simplified().left(longestTitle);
        for (const auto &[cause, text] : std::as_const(m_found)) {
            m_page.code += text + u'\n';
            const QUrl url = m_base.resolved(QUrl(text.trimmed()));
            if (url.isValid() && !url.host().isEmpty())
                m_page.references.append({cause, url});
        }
        return std::move(m_page);
    }

private:
    struct Found
    {
        QString cause;
        QString text;
    };
    using Words = QHash<QString, QString>;

    static PageReader &reader(void *user) { return *static_cast<PageReader *>(user); }
    static void started(void *user, const xmlChar *name, const xmlChar **attributes)
    {
        Words words;
        for (; attributes && attributes[0]; attributes += 2)
            words.insert(textOf(attributes[0]), textOf(attributes[1]));
        reader(user).start(textOf(name), words);
    }
    static void ended(void *user, const xmlChar *name) { reader(user).end(textOf(name)); }
    static void characters(void *user, const xmlChar *text, int length)
    {
        if (reader(user).m_inTitle && reader(user).m_page.title.size() < 4 * longestTitle)
            reader(user).m_page.title +=
                QString::fromUtf8(reinterpret_cast<const char *>(text), length);
    }
    static void code(void *user, const xmlChar *text, int length)
    {
        reader(user).m_page.code += QString::fromUtf8(reinterpret_cast<const char *>(text), length);
    }
    static void passOver(void * /*user*/, xmlErrorPtr /*error*/) { }

    void start(const QString &element, const Words &words)
    {
        if (m_parser->nameNr > deepest || m_found.size() >= mostReferences) {
            m_page.cut = true;
            xmlStopParser(m_parser);
            return;
        }
        if (m_inTextArea)
            return; // what looks like elements there is text; the parser knows only scripts' text
        m_page.code += u'\n';
        m_inTextArea = element == "textarea"_L1;
        m_inTitle = element == "title"_L1 && !m_hasTitle;
        if (element == "meta"_L1)
            meta(words);
        if (element == "base"_L1 && !std::exchange(m_hasBase, true))
            m_base = m_base.resolved(QUrl(words.value(u"href"_s).left(longestUrl).trimmed()));
        for (const Leading &each : leading) {
            if (element == each.element)
                add(each.element + u'.' + each.attribute, words.value(each.attribute));
        }
    }

    void end(const QString &element)
    {
        if (element == "textarea"_L1)
            m_inTextArea = false;
        if (element == "title"_L1)
            m_hasTitle = std::exchange(m_inTitle, false) || m_hasTitle;
    }

    void meta(const Words &words)
    {
        const QString content = words.value(u"content"_s);
        const bool generator =
            words.value(u"name"_s).compare("generator"_L1, Qt::CaseInsensitive) == 0;
        if (generator && !content.isEmpty() && m_page.generators.size() < mostGenerators)
            m_page.generators.append(content);
        if (words.value(u"http-equiv"_s).compare("refresh"_L1, Qt::CaseInsensitive) == 0)
            add(u"redirect"_s, refreshTarget(content));
    }

    void add(const QString &cause, const QString &text)
    {
        if (!text.isEmpty() && text.size() <= longestUrl)
            m_found.append({cause, text});
    }

    htmlParserCtxtPtr m_parser = nullptr;
    QUrl m_base;
    QList<Found> m_found;
    HtmlPage m_page;
    bool m_hasBase = false;
    bool m_hasTitle = false;
    bool m_inTitle = false;
    bool m_inTextArea = false;
};

} // namespace

HtmlPage readHtml(const QByteArray &utf8, const QUrl &url)
{
    PageReader reader(url);
    reader.read(withShortTags(QByteArrayView(utf8).first(std::min(utf8.size(), mostBytes))));
    HtmlPage page = reader.finished();
    page.cut = page.cut || utf8.size() > mostBytes;
    return page;
}

} // namespace wg
