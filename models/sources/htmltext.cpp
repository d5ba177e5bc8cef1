// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/htmltext.h"

#include <QRegularExpression>
#include <QStringDecoder>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// So far into a page its own word for its encoding counts (HTML, section 13.2.3.2).
constexpr qsizetype prescan = 1024;

QByteArray charsetIn(const QByteArray &text)
{
    static const QRegularExpression said(u"charset\\s{0,9}=\\s{0,9}[\"']?([a-z0-9_:.+-]{1,40})"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    return said.match(QString::fromLatin1(text)).captured(1).toLatin1();
}

/// What is said, as far as it can be an encoding of a web page: a page that could be read as ASCII
/// until there is not UTF-16, and UTF-7 is none at all.
QByteArray plausible(const QByteArray &charset)
{
    const QByteArray lower = charset.toLower();
    if (lower.startsWith("utf-16") || lower.startsWith("utf-32"))
        return "utf-8";
    if (lower == "utf-7" || lower.startsWith("x-"))
        return {};
    // The labels of Latin-1 and ASCII mean Windows-1252 on the web.
    if (lower == "iso-8859-1" || lower == "latin1" || lower == "us-ascii" || lower == "ascii")
        return "windows-1252";
    return lower;
}

QByteArray charsetOf(const QByteArray &body, const QByteArray &contentType)
{
    if (body.startsWith("\xef\xbb\xbf"))
        return "utf-8";
    if (body.startsWith("\xff\xfe"))
        return "utf-16le";
    if (body.startsWith("\xfe\xff"))
        return "utf-16be";
    const QByteArray header = charsetIn(contentType.left(prescan)).toLower();
    if (header.startsWith("utf-16"))
        return header;
    return plausible(header.isEmpty() ? charsetIn(body.left(prescan)) : header);
}

} // namespace

QByteArray htmlAsUtf8(const QByteArray &body, const QByteArray &contentType)
{
    const QByteArray charset = charsetOf(body, contentType);
    QStringDecoder said =
        charset.isEmpty() ? QStringDecoder() : QStringDecoder(charset.constData());
    QString text;
    if (said.isValid()) {
        text = said.decode(body);
    } else {
        QStringDecoder utf8(QStringDecoder::Utf8);
        text = utf8.decode(body);
        if (utf8.hasError()) {
            QStringDecoder western("windows-1252");
            text = western.isValid() ? QString(western.decode(body)) : QString::fromLatin1(body);
        }
    }
    text.replace(QChar(u'\0'), QChar(QChar::ReplacementCharacter));
    return text.toUtf8();
}

} // namespace wg
