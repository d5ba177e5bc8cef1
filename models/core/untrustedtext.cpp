// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/untrustedtext.h"

namespace wg {

namespace {

constexpr qsizetype mostMarks = 10;
constexpr qsizetype longestWord = 60;

bool needsCleaning(QStringView text)
{
    for (const QChar c : text) {
        if (c.isNull() || c.isSurrogate())
            return true;
    }
    return false;
}

/// Every U+0000 and lone surrogate becomes U+FFFD.
void clean(QString &text)
{
    const qsizetype size = text.size();
    for (qsizetype i = 0; i < size; ++i) {
        const QChar c = text.at(i);
        if (c.isHighSurrogate() && i + 1 < size && text.at(i + 1).isLowSurrogate())
            ++i;
        else if (c.isNull() || c.isSurrogate())
            text[i] = QChar::ReplacementCharacter;
    }
}

/// Format characters that some fonts draw as nothing, though Unicode calls them letters or marks.
bool isBlank(char32_t c)
{
    return c == 0x115f || c == 0x1160 || c == 0x3164 || c == 0xffa0 || c == 0x034f || c == 0x2800
        || (c >= 0xe0100 && c <= 0xe01ef);
}

bool mustBeNamed(char32_t c)
{
    if (c >= 0x20 && c < 0x7f)
        return false;
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    default:
        return isBlank(c);
    }
}

/// Printable ASCII: nearly everything, shown as it is.
bool isPlain(QStringView text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u' ' && c < u'\x7f'; });
}

QString nameOf(char32_t c)
{
    return QStringLiteral("⟨U+%1⟩").arg(uint(c), 4, 16, QLatin1Char('0')).toUpper();
}

/// Builds the visible form and counts what it costs.
class Visible
{
public:
    explicit Visible(qsizetype limit)
        : m_limit(limit)
    { }

    /// False when c no longer fits.
    bool add(char32_t c)
    {
        const bool mark = QChar::isMark(c);
        if (mustBeNamed(c))
            return append(nameOf(c), 0);
        if (mark && m_count == 0 && !append(QString(QChar(u'◌')), 0))
            return false;
        m_marks = mark ? m_marks + 1 : 0;
        if (m_marks > mostMarks) // dropped, yet paid for: a flood of marks ends the text
            return ++m_count <= m_limit;
        if (m_count + 1 > m_limit)
            return false;
        ++m_count;
        if (QChar::requiresSurrogates(c)) {
            m_text.append(QChar(QChar::highSurrogate(c)));
            m_text.append(QChar(QChar::lowSurrogate(c)));
        } else {
            m_text.append(QChar(char16_t(c)));
        }
        return true;
    }
    QString cut() { return m_text + QChar(u'…'); }
    QString whole() { return m_text; }

private:
    bool append(const QString &ascii, qsizetype marks)
    {
        if (m_count + ascii.size() > m_limit)
            return false;
        m_count += ascii.size();
        m_marks = marks;
        m_text += ascii;
        return true;
    }

    QString m_text;
    qsizetype m_limit;
    qsizetype m_count = 0;
    qsizetype m_marks = 0;
};

/// Lets a tool tip break words that would make it wider than the screen.
QString breakable(const QString &text)
{
    QString out;
    out.reserve(text.size() + text.size() / longestWord);
    qsizetype run = 0;
    for (const QChar c : text) {
        if (run >= longestWord && !c.isLowSurrogate() && !c.isMark()) {
            out += QChar(u'\u200b');
            run = 0;
        }
        run = c.isSpace() ? 0 : run + 1;
        out += c;
    }
    return out;
}

} // namespace

UntrustedText UntrustedText::fromUtf8(QByteArrayView bytes)
{
    const auto isAscii = [](qint8 byte) { return byte > 0; };
    if (std::all_of(bytes.begin(), bytes.end(), isAscii)) // nothing in it needs cleaning
        return trusted(QString::fromLatin1(bytes));
    return fromString(QString::fromUtf8(bytes));
}

UntrustedText UntrustedText::fromString(QString text)
{
    if (needsCleaning(text))
        clean(text);
    return trusted(std::move(text));
}

UntrustedText UntrustedText::trusted(QString text)
{
    UntrustedText made;
    made.m_text = std::move(text);
    return made;
}

QString UntrustedText::shown(qsizetype limit) const
{
    return madeVisible(m_text, limit);
}

QString UntrustedText::toolTip() const
{
    if (isEmpty())
        return {};
    return QStringLiteral("<qt><p style=\"white-space:pre-wrap\">%1</p></qt>")
        .arg(breakable(shown()).toHtmlEscaped());
}

QString madeVisible(const QString &text, qsizetype limit)
{
    if (text.size() <= limit && isPlain(text))
        return text;
    Visible out(limit);
    const qsizetype size = text.size();
    for (qsizetype i = 0; i < size; ++i) {
        const QChar c = text.at(i);
        char32_t point = c.unicode();
        if (c.isHighSurrogate() && i + 1 < size && text.at(i + 1).isLowSurrogate())
            point = QChar::surrogateToUcs4(c, text.at(++i));
        if (!out.add(point))
            return out.cut();
    }
    return out.whole();
}

} // namespace wg
